"""The shape of a policy file: its tables and keys, and what each of them must be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec

from chalicelib.domain import policy
from chalicelib.policy.company_file import CompanyFile, Faults
from chalicelib.policy.reader import CalendarSettings

ENTRIES: dict[str, type] = {
    "role": policy.Role,
    "severity": policy.Severity,
    "fact": policy.FactWords,
    "clause": policy.Clause,
    "category": policy.Choice,
}
TABLES: dict[str, type] = {
    "settings": policy.Settings,
    "undecided": policy.Undecided,
    "ladder": policy.Ladder,
    "pauses": policy.Pauses,
    "calendar": CalendarSettings,
}
KINDS = ENTRIES | TABLES
_OUTLINE: dict[str, Any] = {
    "version": str,
    "dated_on": date,
    "name": policy.Words,
    **dict.fromkeys(ENTRIES, list[dict[str, Any]]),
    **dict.fromkeys(TABLES, dict[str, Any]),
}
CODES: dict[Any, str] = {
    str: "no_text",
    str | None: "no_text",
    tuple[str, ...]: "no_texts",
    frozenset[str]: "no_texts",
    int: "no_number",
    tuple[int, ...]: "no_numbers",
    frozenset[int]: "no_numbers",
    Decimal: "no_amount",
    date: "no_date",
    time: "no_time",
    policy.Words: "no_words",
    policy.Within: "no_promise",
    list[dict[str, Any]]: "no_entries",
    dict[str, Any]: "no_table",
}
"""For each type of a value, the code of what is missing or of another type."""


@dataclass(frozen=True)
class PolicyFile(CompanyFile):
    """A policy file as TOML read it, and the line of each of its headings and keys."""

    def all(self, table: str) -> list[tuple[int, dict[str, Any]]]:
        """Every entry of a table with its place; a plain table is its own only entry."""
        found = self.raw.get(table, [])
        return list(enumerate(found if isinstance(found, list) else [found]))

    def sound(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The entries whose shape is right, so that the other checks can rely on it."""
        for at, entry in self.all(table):
            if not any(_shape(self, table, at, entry)):
                yield at, entry

    def keys(self, table: str) -> list[str]:
        """The keys of a table's entries, in their order."""
        return [str(entry.get("key", "")) for _, entry in self.all(table)]


def outline(file: PolicyFile) -> Faults:
    """Whether the file has the tables and keys it needs, each of the right kind, and no others."""
    for name in file.raw.keys() - _OUTLINE.keys():
        yield file.fault((name, 0, ""), "unknown_at_top", item=name)
    for name, kind in _OUTLINE.items():
        value = file.raw.get(name)
        if value == [] or not _is(value, kind):
            yield file.fault((name, 0, ""), CODES[kind], item=name)


def readable(raw: dict[str, Any]) -> dict[str, Any]:
    """What is of the right kind, so that the other checks can look into it."""
    return {
        name: value
        for name, value in raw.items()
        if name in _OUTLINE and _is(value, _OUTLINE[name])
    }


def shapes(file: PolicyFile) -> Faults:
    """Whether each entry has the keys it needs, of the right type, and no others."""
    for table in KINDS:
        for index, entry in file.all(table):
            yield from _shape(file, table, index, entry)


def _shape(file: PolicyFile, table: str, index: int, entry: dict[str, Any]) -> Faults:
    fields = {one.name: one for one in msgspec.structs.fields(KINDS[table])}
    for key in entry.keys() - fields.keys():
        yield file.fault((table, index, key), "unknown_key", item=key, heading=_heading(table))
    for key, one in fields.items():
        if (key in entry or one.required) and not _is(entry.get(key), one.type):
            yield file.fault((table, index, key), CODES[one.type], item=key)


def _is(value: object, kind: Any) -> bool:  # noqa: ANN401 - any type expression
    """Whether a value that was written, or None, is of this type; text is not blank."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return kind is not str or bool(str(value).strip())


def _heading(table: str) -> str:
    return f"[[{table}]]" if table in ENTRIES else f"[{table}]"
