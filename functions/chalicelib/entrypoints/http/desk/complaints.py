"""A complaint at the desk: everything at a glance, and every verb that one may use."""

from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.staff_log import StaffEvent
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk import at_reception, staff_log
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import done, exported, refusal, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.entrypoints.http.desk.complaint_view import ComplaintView

_CONFLICT = 409
_NEW_CODE = frozenset({"renew-code", "correct-contact"})
"""The verbs that make a new code, which is then given out."""


@staff_only
def complaint(visitor: Visitor, reference: str) -> Response:
    """The whole of one complaint; that somebody looked is recorded."""
    view = _view(visitor, reference)
    view.note_look()
    return view.page(notice=done(visitor))


@staff_only
def act(visitor: Visitor, reference: str, verb: str) -> Response:
    """Run a verb: typed, then shown with its letters, then done."""
    view = _view(visitor, reference)
    if verb not in STAFF_VERBS:
        raise NotFoundError
    if visitor.kept or visitor.sent.get("checked") == "no":
        return view.page(typed=view.typed(verb))
    try:
        command = view.reader.read(verb, visitor.sent, visitor.staff.id, view.words)
    except BadInputError as error:
        return view.page(422, typed=view.typed(verb, view.sheets.sentences(verb, error.faults)))
    try:
        return _previewed(view, verb, command) or _done(view, verb, command)
    except RefusedError as error:
        return view.page(_CONFLICT, typed=view.typed(verb, {"": refusal(error, visitor)}))
    except ChangedMeanwhileError:
        fresh = _view(visitor, reference)
        return fresh.page(_CONFLICT, typed=fresh.typed(verb), since=view.version_seen)


@staff_only
def slip(visitor: Visitor, reference: str) -> Response:
    """Reference and code, to print or to read out; for who takes it in, while they do."""
    view = _view(visitor, reference, verb="receive")
    view.note_look()
    return view.slip() if view.gives_out_code else view.slip_over()


@staff_only
def access_log(visitor: Visitor, reference: str) -> Response:
    """Who looked at a complaint, and when."""
    view = _view(visitor, reference, verb="see-access")
    return shown("access_log.j2", visitor, c=view.content(), records=view.access_log(), here="")


@staff_only
def export(visitor: Visitor, reference: str) -> Response:
    """All that is kept by or about the resident of this complaint, as a file for them."""
    view = _view(visitor, reference, verb="export")
    view.note_look()
    staff_log.note(visitor, StaffEvent.EXPORTED, view.reference)
    found = visitor.container.personal_data.export((view.reference,))
    return exported(found, visitor, view.reference)


def _view(visitor: Visitor, reference: str, verb: str = "see") -> "ComplaintView":
    """The complaint as it is worked on; what that needs no other request pays for."""
    from chalicelib.entrypoints.http.desk.complaint_view import ComplaintView

    return ComplaintView.of(visitor, reference, verb)


def _previewed(view: "ComplaintView", verb: str, command: PersonCommand) -> Response | None:
    """The letters that would go out, to be seen first; None when there are none, or when seen."""
    view.require_unchanged(verb)
    if view.visitor.sent.get("checked") == "yes":
        return None
    letters = view.preview_of(command)
    if not letters or STAFF_VERBS[verb].at_once:
        return None
    return view.preview(verb, letters, view.warning_of(command))


def _done(view: "ComplaintView", verb: str, command: PersonCommand) -> Response:
    view.act(verb, command)
    done = responses.see_other(f"/desk/complaints/{view.reference}?done={verb}")
    return at_reception.begun(done, view.reference) if verb in _NEW_CODE else done
