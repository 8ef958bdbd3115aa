"""Says what is wrong with a file of the organisation, each fault with its line.

For `desk check` and `desk package`. Nothing on the path of a request imports it.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain.email_addresses import is_address
from chalicelib.domain.named_addresses import NamedAddress
from chalicelib.domain.policy import LANGUAGES, ROBOT_KINDS, Organisation
from chalicelib.policy.company_file import (
    CompanyFile,
    Faults,
    FileFault,
    Place,
    by_line,
    lines,
    not_toml,
)
from chalicelib.policy.reader import load_organisation

_TEXTS = {"community": ("key", "zone", "emergency", "reception"), "department": ("key",)}
_WORDS = {"community": ("name", "office"), "department": ("name",)}
_COUNTS = {"community": ("households",), "department": ()}
"""Whole numbers that an entry may have, and need not."""
_RESERVED = "unsure"
"""What the form offers to whoever does not know the department."""
_SECRET = ("url", "key", "webhook")
"""Under which somebody may write a robot's URL, which stands in no file."""
_LEAST_DIGITS = 3
_MADE_UP = ".example"
"""A domain that nobody can ever own (RFC 2606), so that no letter of ours leaves it."""


def is_organisation(text: str) -> bool:
    """Whether this is a file of the organisation, sound or not, rather than a policy."""
    return bool(re.search(r"^\s*(\[\[(community|department)\]\]|sender\s*=)", text, re.MULTILINE))


def is_example(organisation: Organisation) -> bool:
    """Whether this is the demonstration's company, or still has its address or telephones.

    Residents would be told to call numbers that nobody answers: it is never deployed.
    """
    is_made_up = NamedAddress.of(organisation.sender).address.lower().endswith(_MADE_UP)
    return is_made_up or bool(_numbers(organisation) & _numbers(load_organisation()))


def faults(text: str) -> tuple[FileFault, ...]:
    """Every fault of a file of the organisation, by line; empty when it is sound."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (not_toml(text, error),)
    return by_line(_File(raw, lines(text)).faults())


def _numbers(organisation: Organisation) -> set[str]:
    communities = organisation.communities
    return {number for one in communities for number in (one.emergency, one.reception)}


@dataclass(frozen=True)
class _File(CompanyFile):
    """The file as TOML read it, and the line of each of its headings and keys."""

    def faults(self) -> Faults:
        """What is wrong at the top, then in each entry, then among them."""
        yield from self._top()
        for table in _TEXTS:
            for at, entry in self._entries(table):
                yield from self._entry(table, at, entry)
            yield from self._twice(table)

    def _entries(self, table: str) -> list[tuple[int, dict[str, Any]]]:
        found = self.raw.get(table)
        entries = enumerate(found) if isinstance(found, list) else ()
        return [(at, entry) for at, entry in entries if isinstance(entry, dict)]

    def _top(self) -> Faults:
        for key in self.raw.keys() - {"name", "sender", "reply_to", "robot", *_TEXTS}:
            yield self.fault((key, 0, ""), "unknown_at_top", item=key)
        yield from self._words(("", 0, "name"), self.raw)
        for table in _TEXTS:
            if not self._entries(table):
                yield self.fault((table, 0, ""), "no_entries", item=table)
        yield from self._address("sender")
        if "reply_to" in self.raw:
            yield from self._address("reply_to")
        if "robot" in self.raw:
            yield from self._robot(self.raw["robot"])

    def _robot(self, robot: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
        if not isinstance(robot, dict):
            yield self.fault(("", 0, "robot"), "no_robot")
            return
        for key in robot.keys() - {"kind", "language"}:
            place = ("robot", 0, key)
            if key in _SECRET or "://" in str(robot[key]):
                yield self.fault(place, "robot_secret", item=key)
            else:
                yield self.fault(place, "unknown_key", item=key, heading="[robot]")
        if robot.get("kind") not in ROBOT_KINDS:
            kinds = ", ".join(ROBOT_KINDS)
            yield self.fault(("robot", 0, "kind"), "robot_kind", kinds=kinds)
        if robot.get("language", LANGUAGES[0]) not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            yield self.fault(("robot", 0, "language"), "robot_language", known=known)

    def _address(self, key: str) -> Faults:
        place, given = ("", 0, key), self.raw.get(key)
        if isinstance(given, str) and given.strip() and not given.isprintable():
            yield self.fault(place, "not_one_line", item=key)
        else:
            yield from self._text(place, given)

    def _entry(self, table: str, at: int, entry: dict[str, Any]) -> Faults:
        known = {*_TEXTS[table], *_WORDS[table], *_COUNTS[table]}
        for key in entry.keys() - known:
            yield self.fault((table, at, key), "unknown_key", item=key, heading=f"[[{table}]]")
        for key in _TEXTS[table]:
            yield from self._text((table, at, key), entry.get(key))
        for key in _WORDS[table]:
            yield from self._words((table, at, key), entry)
        for key in _COUNTS[table]:
            given = entry.get(key, 1)
            if type(given) is not int or given < 1:
                yield self.fault((table, at, key), "bad_households", given=str(given))

    def _text(self, place: Place, given: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
        key = place[2]
        if not isinstance(given, str) or not given.strip():
            yield self.fault(place, "no_text", item=key)
        elif key in _FORMS and not _FORMS[key](given):
            yield self.fault(place, CODES[key], given=given)

    def _words(self, place: Place, entry: dict[str, Any]) -> Faults:
        given = entry.get(place[2])
        if not isinstance(given, dict):
            yield self.fault(place, "no_words", item=place[2])
            return
        for language in LANGUAGES:
            if not isinstance(word := given.get(language), str) or not word.strip():
                yield self.fault(place, "no_word", item=place[2], tongue=language)
        for language in given.keys() - set(LANGUAGES):
            yield self.fault(place, "unknown_language", item=place[2], tongue=language)

    def _twice(self, table: str) -> Faults:
        keys = [entry.get("key") for _, entry in self._entries(table)]
        for at, key in enumerate(keys):
            if isinstance(key, str) and key in keys[:at]:
                yield self.fault((table, at, "key"), "twice", item=key)


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


def _has_address(given: str) -> bool:
    return is_address(NamedAddress.of(given).address)


_FORMS = {
    "key": _is_key,
    "zone": _is_zone,
    "emergency": _is_telephone,
    "reception": _is_telephone,
    "sender": _has_address,
    "reply_to": _has_address,
}
CODES = {key: f"bad_{key}" for key in _FORMS}
"""For each key whose text has a form, the code of what has another."""
