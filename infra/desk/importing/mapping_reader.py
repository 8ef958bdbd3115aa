"""Reads a mapping file, and tells all that is wrong with it."""

import tomllib
from typing import Any

import msgspec

from chalicelib.domain.errors import Fault
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormFields
from desk.importing import mapping_checks
from desk.importing.mapping import ColumnMap, FieldSource, MappingFile, column_map


class MappingError(Exception):
    """Raised with every fault of a mapping file; a fault's field is a key of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


def read_mapping(
    text: str, policy: Policy, organisation: Organisation, form: FormFields = FIELDS
) -> ColumnMap:
    """The mapping in this file. Raises MappingError."""
    file = _shaped(_toml(text))
    faults = tuple(mapping_checks.faults(file, policy, organisation, form))
    if faults:
        raise MappingError(faults)
    return column_map(file)


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError((_unreadable("TOML", error),)) from error


def _shaped(raw: dict[str, Any]) -> MappingFile:
    try:
        return msgspec.convert(raw, MappingFile)
    except msgspec.ValidationError as error:
        fields = raw.get("fields")
        found = _faulty_fields(fields) if isinstance(fields, dict) else ()
        raise MappingError(found or (_shape_fault(error),)) from error


def _faulty_fields(fields: dict[str, Any]) -> tuple[Fault, ...]:
    """Which fields are of the wrong shape: for these msgspec tells no name."""
    found = []
    for name, entry in fields.items():
        try:
            msgspec.convert(entry, FieldSource)
        except msgspec.ValidationError as error:
            found.append(_shape_fault(error, f"fields.{name}"))
    return tuple(found)


def _shape_fault(error: msgspec.ValidationError, within: str = "") -> Fault:
    """What msgspec tells as ``reason - at `$.key```."""
    reason, _, place = str(error).partition(" - at ")
    key = place.strip("`").removeprefix("$").removeprefix(".")
    return _unreadable(".".join(part for part in (within, key) if part) or "TOML", reason)


def _unreadable(key: str, reason: object) -> Fault:
    return Fault(key, "map_unreadable", {"reason": reason})
