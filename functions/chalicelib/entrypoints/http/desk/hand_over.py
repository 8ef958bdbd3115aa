"""Several complaints handed over, or taken back, on one page and with one note."""

from typing import cast

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.handing_over import HandedOver
from chalicelib.application.records import Line
from chalicelib.application.verb_parser import VerbParser
from chalicelib.domain import permissions
from chalicelib.domain.commands import HandOver
from chalicelib.domain.errors import BadInputError, NotFoundError
from chalicelib.domain.staff import Staff
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import number, presenter, refusal, shown
from chalicelib.text_cleaning import BlankIfMissing
from chalicelib.views.row_view import RowView
from chalicelib.views.verb_form_view import field_label

_PAGE = "/desk/hand-over"
_VERB = "hand-over"
_PICK = "pick-"


@staff_only
def several(visitor: Visitor) -> Response:
    """What one person has, to be given to another: one's own unless another is asked for."""
    return _page(visitor, visitor.query.get("from", ""))


@staff_only
def hand_over_several(visitor: Visitor) -> Response:
    """Hand over what was ticked; what is refused stays, and the page says why."""
    _require_right(visitor)
    owner = visitor.sent.get("from", "")
    if visitor.kept:
        return _page(visitor, owner)
    picked = [name.removeprefix(_PICK) for name in visitor.sent if name.startswith(_PICK)]
    errors = {} if picked else {"picked": _said(visitor, "nothing_picked")}
    try:
        command = _read(visitor)
    except BadInputError as error:
        return _page(visitor, owner, 422, errors | _sentences(visitor, error))
    if errors:
        return _page(visitor, owner, 422, errors)
    handed = visitor.container.handing_over.several(picked, owner, command)
    if handed.refused:
        return _page(visitor, owner, 409, _refused(visitor, handed), len(handed.done))
    return responses.see_other(f"{_PAGE}?from={owner}&count={len(handed.done)}")


def _page(
    visitor: Visitor,
    owner: str,
    status: int = 200,
    errors: dict[str, str] | None = None,
    count: int = 0,
) -> Response:
    _require_right(visitor)
    owned = visitor.container.handing_over.owned(visitor.staff, visitor.directory)
    owner = owner or visitor.staff.id
    row_view = RowView(presenter(visitor), visitor.directory, visitor.container.clock.now())
    count = count or number(visitor.query.get("count", ""), otherwise=0)
    return shown(
        "hand_over.j2",
        visitor,
        status,
        here="queue",
        owner=owner,
        owners=_owners(visitor, owned),
        rows=[row_view.line(one) for one in owned.get(owner, [])],
        people=_people(visitor, owner, owned.get(owner, [])),
        typed=BlankIfMissing(visitor.sent),
        errors=BlankIfMissing(errors or {}),
        notice=_said(visitor, "done", count=count) if count else "",
    )


def _require_right(visitor: Visitor) -> None:
    """The page is not there for those who hand nothing over."""
    if not permissions.may_somewhere(visitor.staff, _VERB):
        raise NotFoundError


def _owners(visitor: Visitor, owned: dict[str, list[Line]]) -> list[tuple[str, str, int]]:
    """Whose complaints one may hand over, oneself first, and how many they have."""
    own = visitor.staff.id
    keys = sorted({own, *owned}, key=lambda one: (one != own, one))
    return [(one, _name(visitor, one), len(owned.get(one, []))) for one in keys]


def _name(visitor: Visitor, staff_id: str) -> str:
    person = visitor.directory.person(staff_id)
    return person.name[visitor.language] if person else staff_id


def _people(visitor: Visitor, owner: str, lines: list[Line]) -> list[tuple[str, str]]:
    """Who may have at least one of them."""
    say, communities = presenter(visitor), {one.complaint.community for one in lines}
    able = (one for one in visitor.directory.staff if one.id != owner)
    return [(one.id, say.person(one)) for one in able if _may_have(one, communities)]


def _may_have(person: Staff, communities: set[str]) -> bool:
    return any(permissions.can_own(person, one) for one in communities)


def _read(visitor: Visitor) -> HandOver:
    """To whom, and with which note. Raises BadInputError."""
    container, people = visitor.container, tuple(one.id for one in visitor.directory.staff)
    zone = container.organisation.zone_of(visitor.staff.communities)
    parser = VerbParser(container.policy, container.organisation, zone, people, container.fields)
    return cast("HandOver", parser.read(_VERB, visitor.sent, visitor.staff.id, {}))


def _sentences(visitor: Visitor, error: BadInputError) -> dict[str, str]:
    language, fields = visitor.language, visitor.container.fields
    return {
        one.field: locales.say_desk(
            language,
            f"field.{one.code}",
            label=field_label(_VERB, one.field, language, fields),
            **one.params,
        )
        for one in error.faults
    }


def _refused(visitor: Visitor, handed: HandedOver) -> dict[str, str]:
    """Why each was refused, by the field that it is ticked in."""
    changed = _said(visitor, "changed")
    return {
        f"{_PICK}{reference}": refusal(error, visitor) if error else changed
        for reference, error in handed.refused.items()
    }


def _said(visitor: Visitor, key: str, **params: object) -> str:
    return locales.say_desk(visitor.language, f"handing.{key}", **params)
