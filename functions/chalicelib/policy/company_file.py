"""A file of the company as TOML read it, and its faults: what the checks of both files share.

A fault is a code with what fills its sentence: the words stand with those of the staff's pages,
in both languages, under ``file_fault``. Nothing on the path of a request imports it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Place = tuple[str, int, str]
"""The table ("" for the top of the file), which of its entries from 0, and the key or ""."""


@dataclass(frozen=True)
class FileFault:
    """One fault: its line (from 1), its code, and what fills the sentence of that code."""

    line: int
    code: str
    params: dict[str, str] = field(default_factory=dict)


Faults = Iterator[FileFault]


@dataclass(frozen=True)
class CompanyFile:
    """The file as TOML read it, and the line of each of its headings and keys."""

    raw: dict[str, Any]
    lines: dict[Place, int]

    def fault(self, place: Place, code: str, **params: str) -> FileFault:
        """A fault at a key, or at its table's heading when the key is not there."""
        table, index, _ = place
        heading = self.lines.get((table, index, ""), self.lines.get(("", 0, table), 1))
        return FileFault(self.lines.get(place, heading), code, params)


def not_toml(text: str, error: tomllib.TOMLDecodeError) -> FileFault:
    """The one fault of a text that TOML cannot read, on the line that it says."""
    found = re.search(r"at line (\d+)", str(error))
    line = int(found[1]) if found else len(text.splitlines()) or 1
    return FileFault(line, "not_toml", {"problem": str(error)})


def by_line(found: Iterable[FileFault]) -> tuple[FileFault, ...]:
    """Each fault once, in the order of the lines."""
    ordered = sorted(found, key=lambda one: (one.line, one.code, sorted(one.params.items())))
    return tuple(fault for fault, _ in groupby(ordered))


def lines(text: str) -> dict[Place, int]:
    """The line of each heading and key: tomllib tells values, not places."""
    places: dict[Place, int] = {}
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
