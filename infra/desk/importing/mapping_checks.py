"""Says what is wrong with a mapping file, each fault with its key and the mend.

Everything that can be known before the spreadsheet is read is told at once, so that
no row is refused for what the mapping got wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from chalicelib import locales
from chalicelib.application import intake
from chalicelib.domain.errors import Fault
from chalicelib.domain.policy import Organisation, Policy
from desk.importing.mapping import FieldSource, MappingFile, column_map

MAY_BE_MISSING = frozenset({"unit", "name", "request"})
"""Besides the contact, what an old spreadsheet often lacks: left blank, never made up."""

REQUIRED = tuple(name for name in intake.REQUIRED if name not in MAY_BE_MISSING)
KNOWN = frozenset(intake.REQUIRED + intake.OPTIONAL) - {"form_id", "website"}
_A_MOMENT = datetime(2026, 11, 23)  # noqa: DTZ001 - a form's date has no zone

Faults = Iterator[Fault]
Choices = Mapping[str, tuple[str, ...]]


def faults(file: MappingFile, policy: Policy, organisation: Organisation) -> Faults:
    """Every fault of a file whose shape is right; a fault's field is a key of the file."""
    choices = _choices(policy, organisation)
    return (fault for check in _CHECKS for fault in check(file, choices))


def _choices(policy: Policy, organisation: Organisation) -> Choices:
    return {
        "community": tuple(one.key for one in organisation.communities),
        "about": (*(one.key for one in organisation.departments), intake.UNSURE),
        "category": tuple(one.key for one in policy.categories),
        "cause": intake.CAUSES,
        "hurt": intake.YES_NO,
        "contact_by": intake.CONTACT_BY,
        "language": locales.LANGUAGES,
    }


def _source(file: MappingFile, _: Choices) -> Faults:
    source = file.source
    for key in ("name", "key", "received"):
        if not getattr(source, key).strip():
            yield _fault(f"source.{key}", "map_blank")
    if not _works(lambda: ZoneInfo(source.zone)):
        yield _fault("source.zone", "map_zone", value=source.zone)
    if not _works(lambda: "a".encode(source.encoding)):
        yield _fault("source.encoding", "map_encoding", value=source.encoding)
    if len(source.delimiter) != 1:
        yield _fault("source.delimiter", "map_delimiter")


def _dates(file: MappingFile, _: Choices) -> Faults:
    if not file.source.date_formats:
        yield _fault("source.date_formats", "map_blank")
    for form in file.source.date_formats:
        if not _tells_a_day(form):
            yield _fault("source.date_formats", "map_date_format", value=form)


def _names(file: MappingFile, _: Choices) -> Faults:
    """Each field is known, filled once, and none that is needed is left out."""
    given = [*file.fields, *(name for table in file.table for name in table.gives)]
    given += ["community"] if file.source.community is not None else []
    for name in dict.fromkeys(given):
        if name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            yield _fault(f"fields.{name}", "map_unknown_field", known=known)
        elif given.count(name) > 1:
            yield _fault(f"fields.{name}", "map_twice")
    for name in REQUIRED:
        if name not in given:
            yield _fault(f"fields.{name}", "map_field_missing")


def _kinds(file: MappingFile, _: Choices) -> Faults:
    for name, field in file.fields.items():
        if sum((field.column is not None, bool(field.columns), field.value is not None)) != 1:
            yield _fault(f"fields.{name}", "map_one_kind")
        if field.values is None and field.otherwise is not None:
            yield _fault(f"fields.{name}.otherwise", "map_otherwise")


def _tables(file: MappingFile, _: Choices) -> Faults:
    for number, table in enumerate(file.table, 1):
        rows = [*table.values.items(), *([("otherwise", table.otherwise)] * bool(table.otherwise))]
        for word, given in rows:
            if len(given or ()) != len(table.gives):
                yield _fault(f"table {number}, {word}", "map_table_row", count=len(table.gives))


def _values(file: MappingFile, choices: Choices) -> Faults:
    """What the mapping itself writes into a field of choices is one of them."""
    if any(_tables(file, choices)):
        return
    for name, field in column_map(file).fields.items():
        offered = choices.get(name)
        for value in dict.fromkeys(_written(field)):
            if offered and value not in offered:
                say = partial(_fault, f"fields.{name}", "map_unknown_value")
                yield say(value=value, known=", ".join(offered))


def _written(field: FieldSource) -> Iterator[str]:
    yield from (field.values or {}).values()
    yield from (value for value in (field.value, field.otherwise, field.blank or None) if value)


def _tells_a_day(form: str) -> bool:
    """Whether a form gives back the day it was written with."""
    with suppress(ValueError):
        return datetime.strptime(_A_MOMENT.strftime(form), form).date() == _A_MOMENT.date()  # noqa: DTZ007
    return False


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (LookupError, ValueError, OSError):
        return False
    return True


def _fault(key: str, code: str, **params: object) -> Fault:
    return Fault(key, code, params)


_CHECKS = (_source, _dates, _names, _kinds, _tables, _values)
