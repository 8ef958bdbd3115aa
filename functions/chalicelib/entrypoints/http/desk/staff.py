"""The staff directory: who is on the staff, for those who answer for them."""

from collections.abc import Callable, Mapping

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.domain import permissions
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.staff import LEADER, Staff
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk import staff_log, staff_view
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import shown
from chalicelib.text_cleaning import BlankIfMissing

_LIST = "/desk/staff"
_STEPS = ("disable", "enable", "invite", "forget-factor")


@staff_only
def everybody(visitor: Visitor) -> Response:
    """Whom they may edit."""
    from chalicelib.application.staffing import may_edit

    _require_editor(visitor)
    seen = [one for one in visitor.directory.staff if may_edit(visitor.staff, one)]
    rows = [_row(visitor, one) for one in seen]
    return shown(
        "staff.j2",
        visitor,
        here="staff",
        rows=rows,
        notice=staff_view.notice(visitor),
        requests=staff_log.requests(visitor),
        sees_log=staff_log.sees_all(visitor),
    )


@staff_only
def new_person(visitor: Visitor) -> Response:
    """The empty form."""
    _require_editor(visitor)
    return _form(visitor, None, {"language": visitor.language})


@staff_only
def add_person(visitor: Visitor) -> Response:
    """Take somebody on; they are invited by e-mail."""
    _require_editor(visitor)
    staffing = visitor.container.staffing

    def add() -> str:
        person = _read(visitor, None)
        staffing.add(visitor.staff, person)
        return staff_view.done("added")

    return _tried(visitor, None, add)


@staff_only
def person(visitor: Visitor, staff_id: str) -> Response:
    """Somebody's entry."""
    from chalicelib.application.staff_form import typed_from

    found = _editable(visitor, staff_id)
    return _form(visitor, found, typed_from(found))


@staff_only
def change_person(visitor: Visitor, staff_id: str) -> Response:
    """Change somebody's entry; what they cannot own any more goes to who stands in."""
    found = _editable(visitor, staff_id)

    def change() -> str:
        version = staff_view.version_of(visitor.sent)
        after = _read(visitor, found)
        handed_on = visitor.container.staffing.change(visitor.staff, after, version)
        return staff_view.done("changed", handed_on)

    return _tried(visitor, found, change)


@staff_only
def step_person(visitor: Visitor, staff_id: str, step: str) -> Response:
    """Disable or enable somebody, invite them again, or take the second factor off."""
    found = _editable(visitor, staff_id)
    if step not in _STEPS:
        raise NotFoundError
    return _tried(visitor, found, lambda: _stepped(visitor, found, step))


def _stepped(visitor: Visitor, found: Staff, step: str) -> str:
    staffing, version = visitor.container.staffing, staff_view.version_of(visitor.sent)
    staff_id = found.id
    match step:
        case "disable":
            staff_view.require_name(found, visitor.sent.get("typed_name", ""))
            return staff_view.done(step, staffing.disable(visitor.staff, staff_id, version))
        case "enable":
            staffing.enable(visitor.staff, staff_id, version)
        case "invite":
            staffing.invite_again(visitor.staff, staff_id)
        case _:
            if not staffing.forget_second_factor(visitor.staff, staff_id):
                return staff_view.done("factor-asked")
    return staff_view.done(step)


def _tried(visitor: Visitor, found: Staff | None, change: Callable[[], str]) -> Response:
    """Do it, or show the form again with what was typed and what is wrong."""
    from chalicelib.application.staff_form import typed_from

    typed = visitor.sent if "language" in visitor.sent or not found else typed_from(found)
    if visitor.kept:
        return _form(visitor, found, typed)
    try:
        return responses.see_other(f"{_LIST}?{change()}")
    except BadInputError as error:
        errors, status = staff_view.sentences(error, visitor.language), 422
    except ChangedMeanwhileError:
        key = "changed_meanwhile" if found else "fault_id_taken_meanwhile"
        errors, status = _said(visitor, key), 409
    except RefusedError as error:
        errors, status = _said(visitor, f"refused_{error.code}"), 422
    except IdentityRefusedError as error:
        errors, status = _said(visitor, f"account_{error.code}"), 422
    return _form(visitor, found, typed, status, errors)


def _said(visitor: Visitor, key: str) -> dict[str, str]:
    return {"": locales.say_desk(visitor.language, f"staff.{key}")}


def _read(visitor: Visitor, before: Staff | None) -> Staff:
    from chalicelib.application.staff_form import StaffForm

    container = visitor.container
    form = StaffForm(visitor.sent, visitor.directory, container.organisation, container.clock.now())
    return form.read(before)


def _form(
    visitor: Visitor,
    found: Staff | None,
    typed: Mapping[str, str],
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    language, organisation = visitor.language, visitor.container.organisation
    may_choose = _choices(visitor)
    return shown(
        "person.j2",
        visitor,
        status,
        here="staff",
        found=found,
        name=found.name[language] if found else "",
        typed=BlankIfMissing(typed),
        errors=BlankIfMissing(errors or {}),
        version=staff_view.present_version(visitor, found.id) if found else 0,
        **may_choose,
        departments=[(one.key, one.name[language]) for one in organisation.departments],
        owned=_owned(visitor, found),
        records=staff_log.of_person(visitor, found.id) if found else [],
        deputies=staff_view.deputies(visitor, found, typed.get("deputy", "")),
    )


def _owned(visitor: Visitor, found: Staff | None) -> int:
    """How many open complaints would go to somebody else."""
    if found is None or not permissions.may_own(found):
        return 0
    lines = visitor.container.complaints.open()
    return sum(one.complaint.owner.staff == found.id for one in lines)


def _choices(visitor: Visitor) -> dict[str, object]:
    """What they may make of somebody: posts and communities that are theirs to give."""
    from chalicelib.application.staffing import edits_everybody

    language, container, staff = visitor.language, visitor.container, visitor.staff
    gives_all = edits_everybody(staff)
    roles = [one for one in container.policy.roles if gives_all or one.key != LEADER]
    places = [
        one for one in container.organisation.communities if gives_all or staff.serves(one.key)
    ]
    return {
        "roles": [(one.key, one.name[language]) for one in roles],
        "communities": [(one.key, one.name[language]) for one in places],
        "everywhere": gives_all or not staff.communities,
    }


def _row(visitor: Visitor, one: Staff) -> dict[str, object]:
    language, container = visitor.language, visitor.container
    places = [container.organisation.community(key).name[language] for key in one.communities]
    joined = locales.say(language, "sentence.joined")
    deputy = visitor.directory.person(one.deputy or "")
    return {
        "id": one.id,
        "name": one.name[language],
        "email": one.email,
        "roles": joined.join(container.policy.role(role).name[language] for role in one.roles),
        "places": joined.join(places),
        "disabled": one.disabled,
        "absence": staff_view.absence(one, language),
        "deputy": deputy.name[language] if deputy else "",
    }


def _require_editor(visitor: Visitor) -> None:
    """The directory is not there for those who may not edit it."""
    if not permissions.may_somewhere(visitor.staff, "edit-staff"):
        raise NotFoundError


def _editable(visitor: Visitor, staff_id: str) -> Staff:
    """Somebody whom they may edit; raises NotFoundError alike for unknown and other people."""
    from chalicelib.application.staffing import may_edit

    found = visitor.directory.person(staff_id)
    if found is None or not may_edit(visitor.staff, found):
        raise NotFoundError
    return found
