"""From a row to what a complaint records: pure, with every fault of the row told at once.

The fields go through the parsers of the form itself, so that an import takes nothing
that the form would refuse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from chalicelib.application.intake import FormReader, Intake
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormFields
from desk.importing import dates
from desk.importing.dates import Span, WrittenDate
from desk.importing.mapping import ColumnMap, FieldSource
from desk.importing.sheet import Row

T = TypeVar("T")


@dataclass(frozen=True)
class ImportedRow:
    """A row that can be taken in."""

    row: Row
    intake: Intake
    span: Span


@dataclass(frozen=True)
class RowReader:
    """Reads rows under one mapping; `now` is UTC, the same for all of them."""

    mapping: ColumnMap
    policy: Policy
    organisation: Organisation
    now: datetime
    form: FormFields = FIELDS

    def read(self, row: Row) -> ImportedRow:
        """The entry that a row makes. Raises BadInputError with every fault found."""
        faults = list(row.faults)
        if not faults:
            span = self._span(row, faults)
            raw = self._raw(row, faults)
            intake = _tried(partial(self._reader.read, raw, self.now), faults)
            if span and intake and not faults:
                return ImportedRow(row, intake, span)
        raise BadInputError(tuple(faults))

    def _span(self, row: Row, faults: list[Fault]) -> Span | None:
        source = self.mapping.source
        received = _tried(partial(self._date, row, "received_at", source.received), faults)
        ended = _tried(partial(self._ended, row), faults)
        if received is None:
            return None
        return _tried(partial(dates.span, received, ended, self.now), faults)

    def _ended(self, row: Row) -> WrittenDate | None:
        column = self.mapping.source.ended
        return self._date(row, "ended_at", column) if column and row.cells[column] else None

    def _date(self, row: Row, name: str, column: str) -> WrittenDate:
        return dates.read_date(row.cells[column], name, column, self.mapping.source)

    def _raw(self, row: Row, faults: list[Fault]) -> dict[str, object]:
        """The fields as a form would have sent them; None for one that is faulty."""
        raw: dict[str, object] = {
            name: _tried(partial(_text, name, field, row), faults)
            for name, field in self.mapping.fields.items()
        }
        zone = self._zone(raw["community"])
        return raw | {"happened_at": _tried(partial(self._happened, row, zone), faults)}

    def _happened(self, row: Row, zone: ZoneInfo) -> str:
        """When it happened, from the spreadsheet's zone into the community's."""
        field = self.mapping.fields["happened_at"]
        text = _text("happened_at", field, row)
        if not text:
            return ""
        column = ", ".join(field.named)
        return dates.read_date(text, "happened_at", column, self.mapping.source).local(zone)

    def _zone(self, community: object) -> ZoneInfo:
        zones = {one.key: one.zone for one in self.organisation.communities}
        return ZoneInfo(zones.get(str(community), self.mapping.source.zone))

    @cached_property
    def _reader(self) -> FormReader:
        return FormReader(
            self.policy, self.organisation, self.form.of_import(), needs_contact=False
        )


def _text(name: str, field: FieldSource, row: Row) -> str:
    """What stands in the row for a field. Raises BadInputError for a word without a value."""
    if field.value is not None:
        return field.value
    text = field.join.join(row.cells[one] for one in field.named if row.cells[one])
    if not text:
        return field.blank
    if field.values is None:
        return text
    found = field.values.get(text, field.otherwise)
    if found is None:
        params = {"column": ", ".join(field.named), "value": text}
        raise BadInputError((Fault(name, "import_unmapped", params),))
    return found


def _tried(attempt: Callable[[], T], faults: list[Fault]) -> T | None:
    """What came of it; else None and its faults, but no second fault for one field."""
    try:
        return attempt()
    except BadInputError as error:
        told = {fault.field for fault in faults}
        faults += [fault for fault in error.faults if fault.field not in told]
        return None
