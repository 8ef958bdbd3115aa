"""Says what is wrong with a policy file, each fault with its line and the mend.

For `desk check`, and for the test that keeps the company's own file sound. Nothing
on the path of a request imports it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

import msgspec

from chalicelib.domain import rules
from chalicelib.domain.clauses import FACTS
from chalicelib.policy.reader import CALENDARS, CalendarSettings

LANGUAGES = ("zh", "en")
_ENTRIES: dict[str, type] = {
    "role": rules.Role,
    "severity": rules.Severity,
    "fact": rules.FactWords,
    "clause": rules.Clause,
    "category": rules.Choice,
}
_TABLES: dict[str, type] = {
    "settings": rules.Settings,
    "undecided": rules.Undecided,
    "calendar": CalendarSettings,
}
_KINDS = _ENTRIES | _TABLES
_OUTLINE: dict[str, Any] = {
    "version": str,
    "dated_on": date,
    "name": dict[str, str],
    **dict.fromkeys(_ENTRIES, list[dict[str, Any]]),
    **dict.fromkeys(_TABLES, dict[str, Any]),
}


@dataclass(frozen=True, order=True)
class PolicyFault:
    """One fault: the line of the file it stands on (from 1), and what to mend."""

    line: int
    reason: str


Faults = Iterator[PolicyFault]


def faults(text: str) -> tuple[PolicyFault, ...]:
    """Every fault of a policy file, by line; empty when the file is sound."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines()) or 1
        return (PolicyFault(line, f"not valid TOML: {error}"),)
    file = _File(raw, _lines(text))
    broken = {*_outline(file)}
    readable = replace(file, raw=_readable(raw))
    return tuple(sorted(broken | {fault for check in _CHECKS for fault in check(readable)}))


@dataclass(frozen=True)
class _File:
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
        kind = _KINDS[table]
        return [
            (at, entry)
            for at, entry in self.all(table)
            if not list(_shape(self, table, at, entry, kind))
        ]

    def keys(self, table: str) -> list[str]:
        return [str(entry.get("key", "")) for _, entry in self.all(table)]


def _lines(text: str) -> dict[tuple[str, int, str], int]:
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


def _outline(file: _File) -> Faults:
    """Whether the file has the tables and keys it needs, each of the right kind, and no others."""
    for name in file.raw.keys() - _OUTLINE.keys():
        yield file.fault(name, 0, "", f"unknown table or key `{name}`")
    for name in _OUTLINE:
        if file.raw.get(name) in (None, []):
            yield file.fault(name, 0, "", f"`{name}` is missing")
    for name in file.raw.keys() - _readable(file.raw).keys() & _OUTLINE.keys():
        yield file.fault(name, 0, "", f"`{name}` must be {_kind_in_words(name)}")


def _readable(raw: dict[str, Any]) -> dict[str, Any]:
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
    tables = f"a table, [{name}]" if name in _TABLES else f"entries, each headed [[{name}]]"
    return plain.get(name, tables)


def _shapes(file: _File) -> Faults:
    """Whether each entry has the keys it needs, of the right type, and no others."""
    for name, kind in _KINDS.items():
        for index, entry in file.all(name):
            yield from _shape(file, name, index, entry, kind)


def _shape(file: _File, table: str, index: int, entry: dict[str, Any], kind: type) -> Faults:
    known = {field.name for field in msgspec.inspect.type_info(kind).fields}  # type: ignore[attr-defined]
    for key in entry.keys() - known:
        yield file.fault(table, index, key, f"unknown key `{key}` in [{table}]")
    try:
        msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        named = re.search(r"at `\$\.([\w-]+)", str(error))
        reason = str(error).replace("Object missing required field", "has no")
        yield file.fault(table, index, named[1] if named else "", f"[{table}] {reason}")


def _languages(file: _File) -> Faults:
    for table in (*_ENTRIES, "undecided"):
        for index, entry in file.all(table):
            for key in ("name", "words"):
                yield from _missing_language(file, table, index, key, entry.get(key))
    yield from _missing_language(file, "", 0, "name", file.raw.get("name"))


def _missing_language(file: _File, table: str, index: int, key: str, words: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
    for language in LANGUAGES if isinstance(words, dict) else ():
        if not str(words.get(language, "")).strip():
            yield file.fault(table, index, key, f"`{key}` has no words in `{language}`")


def _unique_keys(file: _File) -> Faults:
    for table in ("role", "severity", "fact", "category"):
        keys = file.keys(table)
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield file.fault(table, index, "key", f"`{key}` stands twice")


def _clauses(file: _File) -> Faults:
    severity_of: dict[str, str] = {}
    for index, clause in file.sound("clause"):
        say = partial(file.fault, "clause", index)
        number = clause["number"]
        for fact in clause["facts"]:
            if fact not in FACTS:
                yield say("facts", f"clause {number}: unknown fact `{fact}`; {_one_of(FACTS)}")
        if not clause["facts"]:
            yield say("facts", f"clause {number} names no fact, so it would always be met")
        if not re.fullmatch(r"[\w/-]+/#[\w-]+", clause["page"]):
            yield say("page", f"clause {number} has no handbook page with an anchor")
        if clause["severity"] not in file.keys("severity"):
            yield say("severity", f"clause {number}: unknown severity `{clause['severity']}`")
        if severity_of.setdefault(number, clause["severity"]) != clause["severity"]:
            yield say("severity", f"clause {number} stands with two severities")


def _facts(file: _File) -> Faults:
    for index, key in enumerate(file.keys("fact")):
        if key not in FACTS:
            yield file.fault("fact", index, "key", f"unknown fact `{key}`; {_one_of(FACTS)}")
    for missing in FACTS.keys() - set(file.keys("fact")):
        yield file.fault("fact", 0, "", f"the fact `{missing}` has no [[fact]] with its words")


def _roles(file: _File) -> Faults:
    roles = set(file.keys("role"))
    for index, role in file.sound("role"):
        if role.get("next_rung", role["key"]) not in roles:
            yield file.fault("role", index, "next_rung", f"unknown role `{role['next_rung']}`")
        if role["scope"] not in ("community", "department", "company"):
            yield file.fault("role", index, "scope", f"unknown scope `{role['scope']}`")
        if _goes_round(role["key"], file):
            yield file.fault(
                "role", index, "next_rung", f"the rungs above `{role['key']}` go round"
            )


def _goes_round(key: str, file: _File) -> bool:
    above = {role["key"]: role.get("next_rung") for _, role in file.sound("role")}
    seen: list[str] = []
    while key in above and key not in seen:
        seen.append(key)
        key = above[key] or ""
    return key in seen


def _severities(file: _File) -> Faults:
    roles = file.keys("role")
    for index, severity in file.sound("severity"):
        key = severity["key"]
        if severity["owner"] not in roles:
            reason = f"severity `{key}`: unknown owner role `{severity['owner']}`"
            yield file.fault("severity", index, "owner", reason)
        elif severity["owner"] not in severity["alerts"]:
            reason = f"severity `{key}`: its owner is not told"
            yield file.fault("severity", index, "alerts", reason)
        for role in set(severity["alerts"]) - set(roles):
            reason = f"severity `{key}`: unknown role `{role}`"
            yield file.fault("severity", index, "alerts", reason)
    yield from _acknowledgements(file)


def _acknowledgements(file: _File) -> Faults:
    """A graver complaint may not wait longer for a person's word than a lesser one."""
    for (index, graver), (_, lesser) in pairwise(file.sound("severity")):
        if _length(graver["acknowledge"]) > _length(lesser["acknowledge"]):
            reason = (
                f"`{graver['key']}` may wait longer for an acknowledgement than"
                f" `{lesser['key']}`, which is less grave"
            )
            yield file.fault("severity", index, "acknowledge", reason)


def _promises(file: _File) -> Faults:
    tables = [("severity", index, entry) for index, entry in file.sound("severity")]
    settings = [("settings", index, entry) for index, entry in file.sound("settings")]
    for table, index, entry in tables + settings:
        for key, value in entry.items():
            if isinstance(value, dict) and key not in ("name", "words") and not _is_promise(value):
                reason = f"`{key}` must be either hours or working_days, 1 or more"
                yield file.fault(table, index, key, reason)


def _is_promise(value: dict[str, Any]) -> bool:
    return len(value) == 1 and next(iter(value)) in ("hours", "working_days") and _length(value) > 0


def _settings(file: _File) -> Faults:
    for index, settings in file.sound("settings"):
        for key, value in settings.items():
            if not isinstance(value, dict) and value < 1:
                yield file.fault("settings", index, key, f"`{key}` must be 1 or more")


def _undecided(file: _File) -> Faults:
    for index, undecided in file.sound("undecided"):
        if undecided["treated_as"] not in file.keys("severity"):
            yield file.fault("undecided", index, "treated_as", "`treated_as` is not a severity")
        if undecided["owner"] not in file.keys("role"):
            reason = f"unknown owner role `{undecided['owner']}`"
            yield file.fault("undecided", index, "owner", reason)


def _calendar(file: _File) -> Faults:
    for index, calendar in file.sound("calendar"):
        if not re.fullmatch(r"[A-Z-]+", calendar["days"]) or not _has_days(calendar["days"]):
            yield file.fault(
                "calendar", index, "days", f"no calendar file for `{calendar['days']}`"
            )
        if calendar["opens"] >= calendar["closes"]:
            yield file.fault("calendar", index, "closes", "closing time is not after opening time")
        if not calendar["weekdays"] or not set(calendar["weekdays"]) <= set(range(1, 8)):
            yield file.fault("calendar", index, "weekdays", "weekdays are from 1 (Monday) to 7")


def _has_days(name: str) -> bool:
    return (CALENDARS / f"{name}.toml").is_file()


def _length(within: dict[str, int]) -> int:
    return within.get("working_days", 0) * 24 + within.get("hours", 0)


def _one_of(known: object) -> str:
    return f"known are {', '.join(sorted(known))}"  # type: ignore[call-overload]


_CHECKS = (
    _shapes,
    _languages,
    _unique_keys,
    _clauses,
    _facts,
    _roles,
    _severities,
    _promises,
    _settings,
    _undecided,
    _calendar,
)
