"""Says what is wrong with a policy file, each fault with its line and the mend.

For `desk check`, and for the test that keeps the company's own file sound. Nothing
on the path of a request imports it.
"""

import re
import tomllib
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from chalicelib.domain.clauses import FACTS
from chalicelib.domain.deadlines import PAUSABLE
from chalicelib.domain.policy import LANGUAGES
from chalicelib.policy.reader import CALENDARS
from chalicelib.policy.shapes import (
    ENTRIES,
    Faults,
    PolicyFault,
    PolicyFile,
    lines,
    outline,
    readable,
    shapes,
)

_MAY_BE_NOUGHT = frozenset({"gather_after"})


def faults(text: str) -> tuple[PolicyFault, ...]:
    """Every fault of a policy file, by line; empty when the file is sound."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines()) or 1
        return (PolicyFault(line, f"not valid TOML: {error}"),)
    file = PolicyFile(raw, lines(text))
    broken = {*outline(file)}
    rest = replace(file, raw=readable(raw))
    return tuple(sorted(broken | {fault for check in _CHECKS for fault in check(rest)}))


def _languages(file: PolicyFile) -> Faults:
    for table in (*ENTRIES, "undecided"):
        for index, entry in file.all(table):
            for key in ("name", "words"):
                yield from _missing_language(file, table, index, key, entry.get(key))
    yield from _missing_language(file, "", 0, "name", file.raw.get("name"))


def _missing_language(file: PolicyFile, table: str, index: int, key: str, words: Any) -> Faults:  # noqa: ANN401 - whatever TOML holds
    for language in LANGUAGES if isinstance(words, dict) else ():
        if not str(words.get(language, "")).strip():
            yield file.fault(table, index, key, f"`{key}` has no words in `{language}`")


def _unique_keys(file: PolicyFile) -> Faults:
    for table in ("role", "severity", "fact", "category"):
        keys = file.keys(table)
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield file.fault(table, index, "key", f"`{key}` stands twice")


def _clauses(file: PolicyFile) -> Faults:
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


def _facts(file: PolicyFile) -> Faults:
    for index, key in enumerate(file.keys("fact")):
        if key not in FACTS:
            yield file.fault("fact", index, "key", f"unknown fact `{key}`; {_one_of(FACTS)}")
    for missing in FACTS.keys() - set(file.keys("fact")):
        yield file.fault("fact", 0, "", f"the fact `{missing}` has no [[fact]] with its words")


def _roles(file: PolicyFile) -> Faults:
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


def _goes_round(key: str, file: PolicyFile) -> bool:
    above = {role["key"]: role.get("next_rung") for _, role in file.sound("role")}
    seen: list[str] = []
    while key in above and key not in seen:
        seen.append(key)
        key = above[key] or ""
    return key in seen


def _severities(file: PolicyFile) -> Faults:
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


def _acknowledgements(file: PolicyFile) -> Faults:
    """A graver complaint may not wait longer for a person's word than a lesser one."""
    for (index, graver), (_, lesser) in pairwise(file.sound("severity")):
        if _length(graver["acknowledge"]) > _length(lesser["acknowledge"]):
            reason = (
                f"`{graver['key']}` may wait longer for an acknowledgement than"
                f" `{lesser['key']}`, which is less grave"
            )
            yield file.fault("severity", index, "acknowledge", reason)


def _promises(file: PolicyFile) -> Faults:
    tables = [("severity", index, entry) for index, entry in file.sound("severity")]
    settings = [("settings", index, entry) for index, entry in file.sound("settings")]
    for table, index, entry in tables + settings:
        for key, value in entry.items():
            if isinstance(value, dict) and key not in ("name", "words") and not _is_promise(value):
                reason = f"`{key}` must be either hours or working_days, 1 or more"
                yield file.fault(table, index, key, reason)


def _is_promise(value: dict[str, Any]) -> bool:
    return len(value) == 1 and next(iter(value)) in ("hours", "working_days") and _length(value) > 0


def _settings(file: PolicyFile) -> Faults:
    for index, settings in file.sound("settings"):
        for key, value in settings.items():
            least = 0 if key in _MAY_BE_NOUGHT else 1
            if not isinstance(value, dict | list) and value < least:
                yield file.fault("settings", index, key, f"`{key}` must be {least} or more")
        days = settings["warn_after_days"]
        if days != sorted({*days}) or any(day < 1 for day in days):
            reason = "`warn_after_days` are days from 1 on, each once, the earliest first"
            yield file.fault("settings", index, "warn_after_days", reason)


def _ladder(file: PolicyFile) -> Faults:
    for index, ladder in file.sound("ladder"):
        for role in ladder["rungs"]:
            if role not in file.keys("role"):
                yield file.fault("ladder", index, "rungs", f"unknown role `{role}`")
        if not ladder["rungs"]:
            yield file.fault("ladder", index, "rungs", "nobody is told after the owner")
        if ladder["hours_between"] < 1:
            yield file.fault("ladder", index, "hours_between", "`hours_between` must be 1 or more")


def _pauses(file: PolicyFile) -> Faults:
    for index, pauses in file.sound("pauses"):
        for key, names in pauses.items():
            for name in sorted(set(names) - PAUSABLE):
                reason = f"the clock `{name}` cannot be paused; {_one_of(PAUSABLE)}"
                yield file.fault("pauses", index, key, reason)


def _undecided(file: PolicyFile) -> Faults:
    for index, undecided in file.sound("undecided"):
        if undecided["treated_as"] not in file.keys("severity"):
            yield file.fault("undecided", index, "treated_as", "`treated_as` is not a severity")
        if undecided["owner"] not in file.keys("role"):
            reason = f"unknown owner role `{undecided['owner']}`"
            yield file.fault("undecided", index, "owner", reason)


def _calendar(file: PolicyFile) -> Faults:
    for index, calendar in file.sound("calendar"):
        if not re.fullmatch(r"[A-Z0-9-]+", calendar["days"]) or not _has_days(calendar["days"]):
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
