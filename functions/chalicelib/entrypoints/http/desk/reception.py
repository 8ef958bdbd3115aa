"""Reception: taking a complaint in from somebody who stands there, rings or writes (3.4, 6.1)."""

from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.domain.errors import BadInputError, ChangedMeanwhileError, FormUsedError
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk import at_reception
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.entrypoints.http.desk.reception_view import ReceptionView

_CONFLICT = 409


@staff_only
def new(visitor: Visitor) -> Response:
    """The empty form, under an id of its own."""
    return _view(visitor).page()


@staff_only
def take_in(visitor: Visitor) -> Response:
    """Save it, or look up the household, or call the supervisor; nothing typed is lost."""
    view = _view(visitor)
    match "" if visitor.kept else visitor.sent.get("do", "save"):
        case "save":
            return _saved(view)
        case "call":
            return view.called().page()
        case "fill":
            return view.filled().page()
        case _:
            return view.page()


@staff_only
def households(visitor: Visitor) -> Response:
    """The household's earlier complaints, as a piece of the page."""
    view = _view(visitor)
    return shown("household.j2", visitor, **view.household())


def _view(visitor: Visitor) -> "ReceptionView":
    """The form as it is filled in; what that needs no other request pays for."""
    from chalicelib.entrypoints.http.desk.reception_view import ReceptionView

    return ReceptionView.of(visitor)


def _saved(view: "ReceptionView") -> Response:
    try:
        complaint = view.take_in()
    except BadInputError as error:
        return view.page(422, faults=error.faults)
    except FormUsedError:
        return view.page(_CONFLICT, problem="form_used")
    except ChangedMeanwhileError:
        return view.page(503, problem="failed")
    if view.visitor.staff.id in view.meant():
        return responses.see_other(f"/desk/new?saved={complaint.reference}")
    slip = f"/desk/complaints/{complaint.reference}/slip?print=yes"
    return at_reception.begun(responses.see_other(slip), complaint.reference)
