"""The filters of queue and list that a member of staff keeps under names of their own."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.saved_filters import ADDRESSES, LIST, QUEUE, as_typed, asked_for, full
from chalicelib.domain.errors import BadInputError
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only

Errors = Mapping[str, str]
_NO_ERRORS: Errors = {}


@staff_only
def change_filters(visitor: Visitor) -> Response:
    """Keep what a page is asked for under a name, or drop a filter that is kept."""
    sent, page = visitor.sent, _page(visitor.sent)
    asked = _asked(page, sent)
    if visitor.kept:
        return _shown(page, visitor)
    if sent.get("do") == "drop":
        visitor.container.staff.drop_filter(visitor.staff.id, sent.get("name", ""), page)
        return _back(page, asked, "drop-filter")
    try:
        _keep(visitor, page, asked)
    except BadInputError as error:
        return _shown(page, visitor, _sentences(error, visitor.language))
    return _back(page, asked, "keep-filter")


def _keep(visitor: Visitor, page: str, asked: Mapping[str, str]) -> None:
    """Raises BadInputError for a name that is none, and where there is no room for another."""
    one = as_typed(visitor.sent, asked, page)
    if not visitor.container.staff.keep_filter(visitor.staff.id, one):
        raise full()


def _page(sent: Mapping[str, str]) -> str:
    page = sent.get("of", QUEUE)
    return page if page in ADDRESSES else QUEUE


def _asked(page: str, sent: Mapping[str, str]) -> dict[str, str]:
    """What the page is asked for, without what is no filter's."""
    if page == QUEUE:
        return asked_for(sent)
    from chalicelib.application.complaint_filters import kept_values

    return kept_values(sent)


def _shown(page: str, visitor: Visitor, errors: Errors = _NO_ERRORS) -> Response:
    """The page as it was asked for, with sentences about the filter that was to be kept."""
    shown: Callable[[Visitor, Mapping[str, str], Errors], Response]
    if page == LIST:
        from chalicelib.entrypoints.http.desk.complaint_list import list_page as shown
    else:
        from chalicelib.entrypoints.http.desk.queue import queue_page as shown
    return shown(visitor, visitor.sent, errors)


def _back(page: str, asked: Mapping[str, str], done_what: str) -> Response:
    query = urlencode({**asked, "done": done_what})
    return responses.see_other(f"{ADDRESSES[page]}?{query}")


def _sentences(error: BadInputError, language: str) -> dict[str, str]:
    label = locales.say_desk(language, "filter.name")
    return {
        one.field: locales.say_desk(language, f"field.{one.code}", label=label, **one.params)
        for one in error.faults
    }
