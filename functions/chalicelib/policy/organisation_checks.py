"""Says what is wrong with a file of the organisation, each fault with its line.

For `desk check` and `desk package`. A fault is a code with what fills its sentence: the words
stand with those of the staff's pages, in both languages. Nothing on the path of a request
imports it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain.email_addresses import is_address
from chalicelib.domain.named_addresses import NamedAddress
from chalicelib.domain.policy import LANGUAGES, Organisation
from chalicelib.policy.reader import load_organisation
from chalicelib.policy.shapes import lines

_TEXTS = {"community": ("key", "zone", "emergency", "reception"), "department": ("key",)}
_WORDS = {"community": ("name", "office"), "department": ("name",)}
_RESERVED = "unsure"
"""What the form offers to whoever does not know the department."""
_LEAST_DIGITS = 3
_MADE_UP = ".example"
"""A domain that nobody can ever own (RFC 2606), so that no letter of ours leaves it."""


@dataclass(frozen=True, order=True)
class OrganisationFault:
    """One fault: its line (from 1), its code, and what fills the sentence of that code."""

    line: int
    code: str
    params: dict[str, str] = field(default_factory=dict, compare=False)


Faults = Iterator[OrganisationFault]


def is_organisation(text: str) -> bool:
    """Whether this is a file of the organisation, sound or not, rather than a policy."""
    return bool(re.search(r"^\s*(\[\[(community|department)\]\]|sender\s*=)", text, re.MULTILINE))


def is_example(organisation: Organisation) -> bool:
    """Whether this is the demonstration's company, or still has its address or telephones.

    Residents would be told to call numbers that nobody answers: it is never deployed.
    """
    is_made_up = NamedAddress.of(organisation.sender).address.lower().endswith(_MADE_UP)
    return is_made_up or bool(_numbers(organisation) & _numbers(load_organisation()))


def faults(text: str) -> tuple[OrganisationFault, ...]:
    """Every fault of a file of the organisation, by line; empty when it is sound."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines()) or 1
        return (OrganisationFault(line, "not_toml", {"problem": str(error)}),)
    file = _File(raw, lines(text))
    return tuple(sorted(file.faults()))


def _numbers(organisation: Organisation) -> set[str]:
    communities = organisation.communities
    return {number for one in communities for number in (one.emergency, one.reception)}


@dataclass(frozen=True)
class _File:
    """The file as TOML read it, and the line of each of its headings and keys."""

    raw: dict[str, Any]
    lines: dict[tuple[str, int, str], int]

    def faults(self) -> Faults:
        """What is wrong at the top, then in each entry, then among them."""
        yield from self._top()
        for table in _TEXTS:
            for at, entry in self._entries(table):
                yield from self._entry(table, at, entry)
            yield from self._twice(table)

    def _fault(self, place: tuple[str, int, str], code: str, **params: str) -> OrganisationFault:
        table, at, key = place
        heading = self.lines.get((table, at, ""), 1)
        return OrganisationFault(self.lines.get((table, at, key), heading), code, params)

    def _entries(self, table: str) -> list[tuple[int, dict[str, Any]]]:
        found = self.raw.get(table)
        entries = enumerate(found) if isinstance(found, list) else ()
        return [(at, entry) for at, entry in entries if isinstance(entry, dict)]

    def _top(self) -> Faults:
        for key in self.raw.keys() - {"name", "sender", "reply_to", *_TEXTS}:
            table = key if (key, 0, "") in self.lines else ""
            yield self._fault((table, 0, key), "unknown_at_top", item=key)
        yield from self._words(("", 0, "name"), self.raw)
        for table in _TEXTS:
            if not self._entries(table):
                yield self._fault((table, 0, ""), "no_entries", table=table)
        yield from self._address("sender")
        if "reply_to" in self.raw:
            yield from self._address("reply_to")

    def _address(self, key: str) -> Faults:
        place, given = ("", 0, key), self.raw.get(key)
        if not isinstance(given, str) or not given.strip():
            yield self._fault(place, "no_text", item=key)
        elif not given.isprintable():
            yield self._fault(place, "not_one_line", item=key)
        elif not is_address(NamedAddress.of(given).address):
            yield self._fault(place, f"bad_{key}", given=given)

    def _entry(self, table: str, at: int, entry: dict[str, Any]) -> Faults:
        known = {*_TEXTS[table], *_WORDS[table]}
        for key in entry.keys() - known:
            yield self._fault((table, at, key), "unknown_key", item=key, table=table)
        for key in _TEXTS[table]:
            yield from self._text((table, at, key), entry.get(key))
        for key in _WORDS[table]:
            yield from self._words((table, at, key), entry)

    def _text(self, place: tuple[str, int, str], given: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
        key = place[2]
        if not isinstance(given, str) or not given.strip():
            yield self._fault(place, "no_text", item=key)
        elif key in _FORMS and not _FORMS[key](given):
            yield self._fault(place, f"bad_{key}", given=given)

    def _words(self, place: tuple[str, int, str], entry: dict[str, Any]) -> Faults:
        given = entry.get(place[2])
        if not isinstance(given, dict):
            yield self._fault(place, "no_words", item=place[2])
            return
        for language in LANGUAGES:
            if not isinstance(word := given.get(language), str) or not word.strip():
                yield self._fault(place, "no_word", item=place[2], tongue=language)
        for language in given.keys() - set(LANGUAGES):
            yield self._fault(place, "unknown_language", item=place[2], tongue=language)

    def _twice(self, table: str) -> Faults:
        keys = [entry.get("key") for _, entry in self._entries(table)]
        for at, key in enumerate(keys):
            if isinstance(key, str) and key in keys[:at]:
                yield self._fault((table, at, "key"), "twice", item=key)


def _is_key(given: str) -> bool:
    return given != _RESERVED and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given))


def _is_zone(given: str) -> bool:
    try:
        ZoneInfo(given)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_telephone(given: str) -> bool:
    return len(re.findall(r"\d", given)) >= _LEAST_DIGITS


_FORMS = {
    "key": _is_key,
    "zone": _is_zone,
    "emergency": _is_telephone,
    "reception": _is_telephone,
}
