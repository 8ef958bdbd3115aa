"""The filters of the queue that a member of staff keeps under names of their own."""

from collections.abc import Mapping
from urllib.parse import urlencode

from chalice.app import Response

from chalicelib import locales
from chalicelib.application.saved_filters import as_typed, asked_for, full
from chalicelib.domain.errors import BadInputError
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk import addresses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.queue import queue_page


@staff_only
def change_filters(visitor: Visitor) -> Response:
    """Keep what the queue is asked for under a name, or drop a filter that is kept."""
    sent = visitor.sent
    if visitor.kept:
        return queue_page(visitor, sent)
    if sent.get("do") == "drop":
        visitor.container.staff.drop_filter(visitor.staff.id, sent.get("name", ""))
        return _back(asked_for(sent), "drop-filter")
    try:
        _keep(visitor)
    except BadInputError as error:
        return queue_page(visitor, sent, _sentences(error, visitor.language))
    return _back(asked_for(sent), "keep-filter")


def _keep(visitor: Visitor) -> None:
    """Raises BadInputError for a name that is none, and where there is no room for another."""
    if not visitor.container.staff.keep_filter(visitor.staff.id, as_typed(visitor.sent)):
        raise full()


def _back(asked: Mapping[str, str], done_what: str) -> Response:
    query = urlencode({**asked, "done": done_what})
    return responses.see_other(f"{addresses.HOME}?{query}")


def _sentences(error: BadInputError, language: str) -> dict[str, str]:
    label = locales.say_desk(language, "filter.name")
    return {
        one.field: locales.say_desk(language, f"field.{one.code}", label=label, **one.params)
        for one in error.faults
    }
