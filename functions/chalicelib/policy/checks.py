"""Says what is wrong with a policy file, each fault with its line.

For `desk check`, and for the test that keeps the company's own file sound. Nothing
on the path of a request imports it.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from chalicelib.domain.clauses import FACTS
from chalicelib.domain.deadlines import PAUSABLE
from chalicelib.domain.policy import LANGUAGES
from chalicelib.policy.company_file import Faults, FileFault, Place, by_line, lines, not_toml
from chalicelib.policy.reader import CALENDARS
from chalicelib.policy.shapes import ENTRIES, PolicyFile, outline, readable, shapes

_MAY_BE_NOUGHT = frozenset({"gather_after"})
_SCOPES = ("community", "department", "company")


def faults(text: str) -> tuple[FileFault, ...]:
    """Every fault of a policy file, by line; empty when the file is sound."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (not_toml(text, error),)
    file = PolicyFile(raw, lines(text))
    rest = replace(file, raw=readable(raw))
    return by_line([*outline(file), *(fault for check in _CHECKS for fault in check(rest))])


def _languages(file: PolicyFile) -> Faults:
    for table in (*ENTRIES, "undecided"):
        for index, entry in file.all(table):
            for key in ("name", "words"):
                yield from _missing_language(file, (table, index, key), entry.get(key))
    yield from _missing_language(file, ("", 0, "name"), file.raw.get("name"))


def _missing_language(file: PolicyFile, place: Place, words: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
    for language in LANGUAGES if isinstance(words, dict) else ():
        if not str(words.get(language, "")).strip():
            yield file.fault(place, "no_word", item=place[2], tongue=language)


def _unique_keys(file: PolicyFile) -> Faults:
    for table in ("role", "severity", "fact", "category"):
        keys = file.keys(table)
        for index, key in enumerate(keys):
            if key and key in keys[:index]:
                yield file.fault((table, index, "key"), "twice", item=key)


def _clauses(file: PolicyFile) -> Faults:
    severity_of: dict[str, str] = {}
    for index, clause in file.sound("clause"):
        number, severity = clause["number"], clause["severity"]
        facts, page = ("clause", index, "facts"), ("clause", index, "page")
        yield from _unknown(file, facts, clause["facts"], "unknown_fact", sorted(FACTS))
        if not clause["facts"]:
            yield file.fault(facts, "no_facts", number=number)
        if not re.fullmatch(r"[\w/-]+/#[\w-]+", clause["page"]):
            yield file.fault(page, "bad_page", number=number, given=clause["page"])
        place = ("clause", index, "severity")
        yield from _unknown_severity(file, place, severity)
        if severity_of.setdefault(number, severity) != severity:
            yield file.fault(place, "two_severities", number=number)


def _facts(file: PolicyFile) -> Faults:
    keys = file.keys("fact")
    for index, key in enumerate(keys):
        if key:
            place = ("fact", index, "key")
            yield from _unknown(file, place, [key], "unknown_fact", sorted(FACTS))
    for missing in FACTS.keys() - set(keys):
        yield file.fault(("fact", 0, ""), "fact_without_words", fact=missing)


def _roles(file: PolicyFile) -> Faults:
    for index, role in file.sound("role"):
        rung, scope = ("role", index, "next_rung"), ("role", index, "scope")
        yield from _unknown_role(file, rung, *filter(None, [role.get("next_rung")]))
        yield from _unknown(file, scope, [role["scope"]], "unknown_scope", _SCOPES)
        if _goes_round(role["key"], file):
            yield file.fault(rung, "rungs_go_round", role=role["key"])


def _goes_round(key: str, file: PolicyFile) -> bool:
    above = {role["key"]: role.get("next_rung") for _, role in file.sound("role")}
    seen: list[str] = []
    while key in above and key not in seen:
        seen.append(key)
        key = above[key] or ""
    return key in seen


def _severities(file: PolicyFile) -> Faults:
    for index, severity in file.sound("severity"):
        owner, alerts = severity["owner"], severity["alerts"]
        place = ("severity", index, "alerts")
        yield from _unknown_role(file, ("severity", index, "owner"), owner)
        yield from _unknown_role(file, place, *alerts)
        if owner in file.keys("role") and owner not in alerts:
            yield file.fault(place, "owner_not_told", severity=severity["key"], owner=owner)
    yield from _acknowledgements(file)


def _acknowledgements(file: PolicyFile) -> Faults:
    """A graver complaint may not wait longer for a person's word than a lesser one."""
    for (index, graver), (_, lesser) in pairwise(file.sound("severity")):
        if _length(graver["acknowledge"]) > _length(lesser["acknowledge"]):
            place = ("severity", index, "acknowledge")
            names = {"graver": graver["key"], "lesser": lesser["key"]}
            yield file.fault(place, "waits_longer", **names)


def _promises(file: PolicyFile) -> Faults:
    for table in ("severity", "settings"):
        for index, entry in file.sound(table):
            for key, value in entry.items():
                is_words = key in ("name", "words")
                if isinstance(value, dict) and not is_words and not _is_promise(value):
                    yield file.fault((table, index, key), "no_promise", item=key)


def _is_promise(value: dict[str, Any]) -> bool:
    return len(value) == 1 and next(iter(value)) in ("hours", "working_days") and _length(value) > 0


def _settings(file: PolicyFile) -> Faults:
    for index, settings in file.sound("settings"):
        for key, value in settings.items():
            if not isinstance(value, dict | list):
                least = 0 if key in _MAY_BE_NOUGHT else 1
                yield from _too_small(file, ("settings", index, key), value, least)
        days = settings["warn_after_days"]
        if days != sorted({*days}) or any(day < 1 for day in days):
            yield file.fault(("settings", index, "warn_after_days"), "bad_warnings")


def _too_small(file: PolicyFile, place: Place, value: float, least: int) -> Faults:
    if value < least:
        yield file.fault(place, "too_small", item=place[2], least=str(least))


def _ladder(file: PolicyFile) -> Faults:
    for index, ladder in file.sound("ladder"):
        rungs, hours = ("ladder", index, "rungs"), ("ladder", index, "hours_between")
        yield from _unknown_role(file, rungs, *ladder["rungs"])
        if not ladder["rungs"]:
            yield file.fault(rungs, "no_rungs")
        yield from _too_small(file, hours, ladder["hours_between"], 1)


def _pauses(file: PolicyFile) -> Faults:
    for index, pauses in file.sound("pauses"):
        for key, names in pauses.items():
            yield from _unknown(file, ("pauses", index, key), names, "no_pause", sorted(PAUSABLE))


def _undecided(file: PolicyFile) -> Faults:
    for index, undecided in file.sound("undecided"):
        place = ("undecided", index, "treated_as")
        yield from _unknown_severity(file, place, undecided["treated_as"])
        yield from _unknown_role(file, ("undecided", index, "owner"), undecided["owner"])


def _calendar(file: PolicyFile) -> Faults:
    for index, calendar in file.sound("calendar"):
        days = calendar["days"]
        if not re.fullmatch(r"[A-Z0-9-]+", days) or not _has_days(days):
            yield file.fault(("calendar", index, "days"), "no_calendar", given=days)
        if calendar["opens"] >= calendar["closes"]:
            yield file.fault(("calendar", index, "closes"), "closes_early")
        if not calendar["weekdays"] or not set(calendar["weekdays"]) <= set(range(1, 8)):
            yield file.fault(("calendar", index, "weekdays"), "bad_weekdays")


def _unknown_role(file: PolicyFile, place: Place, *given: str) -> Faults:
    yield from _unknown(file, place, given, "unknown_role", file.keys("role"))


def _unknown_severity(file: PolicyFile, place: Place, given: str) -> Faults:
    yield from _unknown(file, place, [given], "unknown_severity", file.keys("severity"))


def _unknown(
    file: PolicyFile, place: Place, given: Iterable[str], code: str, known: Iterable[str]
) -> Faults:
    """Each of what is given that is not known; where nothing is known, that is the fault."""
    choices = dict.fromkeys(filter(None, known))
    for one in given:
        if choices and one not in choices:
            yield file.fault(place, code, item=place[2], given=one, known=", ".join(choices))


def _has_days(name: str) -> bool:
    return (CALENDARS / f"{name}.toml").is_file()


def _length(within: dict[str, int]) -> int:
    return within.get("working_days", 0) * 24 + within.get("hours", 0)


_CHECKS = (
    shapes,
    _languages,
    _unique_keys,
    _clauses,
    _facts,
    _roles,
    _severities,
    _promises,
    _settings,
    _undecided,
    _ladder,
    _pauses,
    _calendar,
)
