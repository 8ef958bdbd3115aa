"""Every complaint in a list, open and ended, by filters; and the same as a file."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.application.saved_filters import LIST, SavedFilter
from chalicelib.domain.errors import BadInputError
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import done, presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.complaint_filters import Asked, ListReader
    from chalicelib.views.complaint_list_view import ComplaintListView

NO_ERRORS: Mapping[str, str] = {}


@staff_only
def every_complaint(visitor: Visitor) -> Response:
    """The page of the list that is asked for."""
    return list_page(visitor, visitor.query)


def list_page(
    visitor: Visitor, given: Mapping[str, str], errors: Mapping[str, str] = NO_ERRORS
) -> Response:
    """The list as it is asked for in `given`; what cannot be read is said, and nothing listed.

    `errors` are sentences about a filter that was to be kept, by field.
    """
    from chalicelib.application.complaint_filters import Asked, given_values, kept_values

    view, faults = _view(visitor), NO_ERRORS
    try:
        asked = _asked(visitor, given)
    except BadInputError as error:
        faults = view.faults(error.faults)
        asked = Asked(values=given_values(given))
    found = None if faults else visitor.container.complaint_listing.page(asked, view.reader)
    return shown(
        "complaints.j2",
        visitor,
        422 if faults or errors else 200,
        here="complaints",
        asked=asked,
        fields=view.fields(asked, found.counts if found else {}),
        found=found,
        rows=[view.row(one) for one in found.lines] if found else [],
        scope=view.scope(asked, found.latest) if found else "",
        present=SavedFilter("", kept_values(given), LIST),
        saved=[one for one in visitor.filters if one.page == LIST],
        typed_name=visitor.sent.get("name", ""),
        errors={f"filter-{name}": one for name, one in errors.items()} | dict(faults),
        notice=done(visitor),
    )


def _asked(visitor: Visitor, given: Mapping[str, str], *, reads_words: bool = False) -> "Asked":
    from chalicelib.application.complaint_filters import read_asked

    container = visitor.container
    today = container.complaint_listing.today(container.clock.now())
    return read_asked(given, today, reads_words=reads_words)


def _reader(visitor: Visitor) -> "ListReader":
    from chalicelib.application.complaint_filters import ListReader

    return ListReader(visitor.staff, visitor.container.clock.now())


def _view(visitor: Visitor) -> "ComplaintListView":
    from chalicelib.views.complaint_list_view import ComplaintListView

    return ComplaintListView(presenter(visitor), visitor.directory, _reader(visitor))
