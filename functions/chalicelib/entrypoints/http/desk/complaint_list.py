"""Every complaint in a list, open and ended, by filters; and the same as a file."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.application.saved_filters import LIST, SavedFilter
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import done, presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.complaint_filters import Asked, ListReader
    from chalicelib.application.listed import ListedLine
    from chalicelib.application.sheets import Sheet
    from chalicelib.views.complaint_list_view import ComplaintListView

NO_ERRORS: Mapping[str, str] = {}
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IN_AN_ANSWER = 4_000_000
"""Bytes; a function answers with six million at the most, and escapes some of them."""
MOST_IN_A_FILE = 12_000
"""Complaints; so many are written within the time that a request has."""


@staff_only
def every_complaint(visitor: Visitor) -> Response:
    """The page of the list that is asked for."""
    return list_page(visitor, visitor.query)


@staff_only
def csv_file(visitor: Visitor) -> Response:
    """What the filter shows as text; a large one is put aside, and the answer leads there."""
    from chalicelib.views.csv_file import csv_text

    sheet = _sheet(visitor)
    if isinstance(sheet, Response):
        return sheet
    text, name = csv_text(sheet), _file_name(visitor, "csv")
    content = text.encode()
    if len(content) <= MOST_IN_AN_ANSWER:
        return responses.file(text, CSV, name)
    kind = f"{CSV}; charset=utf-8"
    return responses.see_other(visitor.container.downloads.offer(name, kind, content))


@staff_only
def xlsx_file(visitor: Visitor) -> Response:
    """What the filter shows as a workbook, which is put aside; the answer leads there."""
    sheet = _sheet(visitor)
    if isinstance(sheet, Response):
        return sheet
    container = visitor.container
    content = container.workbooks.write([sheet], container.clock.now())
    link = container.downloads.offer(_file_name(visitor, "xlsx"), XLSX, content)
    return responses.see_other(link)


def list_page(
    visitor: Visitor,
    given: Mapping[str, str],
    errors: Mapping[str, str] = NO_ERRORS,
    faults: Mapping[str, str] = NO_ERRORS,
) -> Response:
    """The list as it is asked for in `given`; what cannot be read is said, and nothing listed.

    `errors` are sentences about a filter that was to be kept, `faults` about what was asked for.
    """
    from chalicelib.application.complaint_filters import Asked, given_values, kept_values

    view = _view(visitor)
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


def _sheet(visitor: Visitor) -> "Sheet | Response":
    """The table of all that the filter shows, or the page that says why there is none."""
    from chalicelib.views.complaint_sheet import ComplaintSheet

    view = _view(visitor)
    try:
        lines = _lines(visitor, view.reader)
    except BadInputError as error:
        return list_page(visitor, visitor.query, faults=view.faults(error.faults))
    # Nobody's data, and no filter, which may hold a name: who took how much, and when.
    blueprint.log.info("A file of %d complaints was made for %s.", len(lines), visitor.staff.id)
    return ComplaintSheet(view).sheet(lines)


def _lines(visitor: Visitor, reader: "ListReader") -> "tuple[ListedLine, ...]":
    """All that fit. Raises BadInputError, also where they are too many for a file."""
    asked = _asked(visitor, visitor.query, reads_words=True)
    lines = visitor.container.complaint_listing.whole(asked, reader)
    if len(lines) > MOST_IN_A_FILE:
        fault = Fault("from", "too_many_for_a_file", {"most": MOST_IN_A_FILE})
        raise BadInputError((fault,))
    return lines


def _file_name(visitor: Visitor, ending: str) -> str:
    container = visitor.container
    return f"complaints-{container.complaint_listing.today(container.clock.now())}.{ending}"


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
