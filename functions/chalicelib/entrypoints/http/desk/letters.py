"""The letters that did not arrive, for those who answer for a community."""

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain import permissions
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import number, presenter, refusal, shown
from chalicelib.views.row_view import RowView
from chalicelib.views.undelivered_view import UndeliveredView

_PAGE = "/desk/letters"


@staff_only
def letters(visitor: Visitor) -> Response:
    """What did not arrive, why, and what to do instead."""
    said = "letters.sent_again" if visitor.query.get("done") == "again" else ""
    return _page(visitor, notice=_say(visitor, said) if said else "")


@staff_only
def send_again(visitor: Visitor) -> Response:
    """Tell the resident the same by e-mail once more."""
    _require_right(visitor)
    reference, place = visitor.sent.get("reference", ""), visitor.sent.get("number", "")
    try:
        again = visitor.container.undelivered_letters.again
        again(reference, number(place, otherwise=0), visitor.staff)
    except RefusedError as error:
        return _page(visitor, 409, error=refusal(error, visitor))
    except ChangedMeanwhileError:
        return _page(visitor, 409, error=locales.say(visitor.language, "refused.changed_meanwhile"))
    return responses.see_other(f"{_PAGE}?done=again")


def _page(visitor: Visitor, status: int = 200, notice: str = "", error: str = "") -> Response:
    _require_right(visitor)
    container, now = visitor.container, visitor.container.clock.now()
    found = container.undelivered_letters.of(visitor.staff, visitor.directory, now)
    row_view = RowView(presenter(visitor), visitor.directory, now)
    rows = UndeliveredView(row_view, visitor.staff).rows(found)
    content = {"rows": rows, "notice": notice, "error": error}
    return shown("letters.j2", visitor, status, here="letters", **content)


def _require_right(visitor: Visitor) -> None:
    """The page is not there for those who answer for no community."""
    if not permissions.may_somewhere(visitor.staff, "see-letters"):
        raise NotFoundError


def _say(visitor: Visitor, key: str) -> str:
    return locales.say_desk(visitor.language, key)
