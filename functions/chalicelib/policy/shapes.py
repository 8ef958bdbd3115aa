"""The shape of a policy file: its tables and keys, and the line each stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from chalicelib.domain import policy
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
    "name": dict[str, str],
    **dict.fromkeys(ENTRIES, list[dict[str, Any]]),
    **dict.fromkeys(TABLES, dict[str, Any]),
}


@dataclass(frozen=True, order=True)
class PolicyFault:
    """One fault: the line of the file it stands on (from 1), and what to mend."""

    line: int
    reason: str


Faults = Iterator[PolicyFault]


@dataclass(frozen=True)
class PolicyFile:
    """A policy file as TOML read it, and the line of each of its headings and keys."""

    raw: dict[str, Any]
    lines: dict[tuple[str, int, str], int]

    def fault(self, table: str, index: int, key: str, reason: str) -> PolicyFault:
        """A fault at a key, or at its table's heading when the key is not there."""
        heading = self.lines.get((table, index, ""), self.lines.get(("", 0, table), 1))
        return PolicyFault(self.lines.get((table, index, key), heading), reason)

    def all(self, table: str) -> list[tuple[int, dict[str, Any]]]:
        """Every entry of a table with its place; a plain table is its own only entry."""
        found = self.raw.get(table, [])
        return list(enumerate(found if isinstance(found, list) else [found]))

    def sound(self, table: str) -> list[tuple[int, dict[str, Any]]]:
        """The entries whose shape is right, so that the other checks can rely on it."""
        kind = KINDS[table]
        return [
            (at, entry)
            for at, entry in self.all(table)
            if not list(_shape(self, table, at, entry, kind))
        ]

    def keys(self, table: str) -> list[str]:
        """The keys of a table's entries, in their order."""
        return [str(entry.get("key", "")) for _, entry in self.all(table)]


def lines(text: str) -> dict[tuple[str, int, str], int]:
    """The line of each heading and key: tomllib tells values, not places."""
    places: dict[tuple[str, int, str], int] = {}
    table, index, count = "", 0, dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.match(r"\s*\[+\s*([\w-]+)", line)
        key = re.match(r"\s*([\w-]+)\s*[.=]", line)
        if heading:
            table = heading[1]
            index = count[table] = count.get(table, -1) + 1
            places[table, index, ""] = number
        elif key:
            places.setdefault((table, index, key[1]), number)
    return places


def outline(file: PolicyFile) -> Faults:
    """Whether the file has the tables and keys it needs, each of the right kind, and no others."""
    for name in file.raw.keys() - _OUTLINE.keys():
        yield file.fault(name, 0, "", f"unknown table or key `{name}`")
    for name in _OUTLINE:
        if file.raw.get(name) in (None, []):
            yield file.fault(name, 0, "", f"`{name}` is missing")
    for name in file.raw.keys() - readable(file.raw).keys() & _OUTLINE.keys():
        yield file.fault(name, 0, "", f"`{name}` must be {_kind_in_words(name)}")


def readable(raw: dict[str, Any]) -> dict[str, Any]:
    """What is of the right kind, so that the other checks can look into it."""
    return {
        name: value
        for name, value in raw.items()
        if name in _OUTLINE and _converts(value, _OUTLINE[name])
    }


def _converts(value: object, kind: Any) -> bool:  # noqa: ANN401 - any type expression
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _kind_in_words(name: str) -> str:
    plain = {"version": "text", "dated_on": "a date", "name": "words in each language"}
    tables = f"a table, [{name}]" if name in TABLES else f"entries, each headed [[{name}]]"
    return plain.get(name, tables)


def shapes(file: PolicyFile) -> Faults:
    """Whether each entry has the keys it needs, of the right type, and no others."""
    for name, kind in KINDS.items():
        for index, entry in file.all(name):
            yield from _shape(file, name, index, entry, kind)


def _shape(file: PolicyFile, table: str, index: int, entry: dict[str, Any], kind: type) -> Faults:
    known = {field.name for field in msgspec.inspect.type_info(kind).fields}  # type: ignore[attr-defined]
    for key in entry.keys() - known:
        yield file.fault(table, index, key, f"unknown key `{key}` in [{table}]")
    try:
        msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        named = re.search(r"at `\$\.([\w-]+)", str(error))
        reason = str(error).replace("Object missing required field", "has no")
        yield file.fault(table, index, named[1] if named else "", f"[{table}] {reason}")
