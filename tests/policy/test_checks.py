"""What `desk check` finds wrong with a policy file: each fault with its line and the mend."""

import re
import tomllib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.policy.checks import faults
from chalicelib.policy.reader import COMMUNITY, policy_from

COMPANY = COMMUNITY.read_text("utf-8")
LINES = COMPANY.splitlines()


def spoiled(*changes, text=COMPANY):
    """The company's file with these pieces replaced where they stand first."""
    for before, after in changes:
        assert before in text, f"The company's file no longer says: {before}"
        text = text.replace(before, after, 1)
    return text


def found(text):
    """Each fault, with what stands on its line."""
    lines = text.splitlines()
    return [(lines[fault.line - 1].strip(), fault.reason) for fault in faults(text)]


FAULTS = {
    # The file as a whole
    "not TOML": ('version = "2026.1"', "version = ", "version =", "not valid TOML"),
    "unknown key at the top": (
        'version = "2026.1"',
        'version = "2026.1"\ncolour = "red"',
        'colour = "red"',
        "unknown table or key `colour`",
    ),
    "unknown table": ("[settings]\nearl", "[extras]\n[settings]\nearl", "[extras]", "key `extras`"),
    "version is no text": ('version = "2026.1"', "version = 7", "version = 7", "must be text"),
    "date is no date": ("dated_on = 2026-11-24", "dated_on = 3", "dated_on = 3", "must be a date"),
    "a table as a list": ("[undecided]", "[[undecided]]", "[[undecided]]", "must be a table"),
    # Shape of entries
    "unknown key": (
        "[undecided]\n",
        '[undecided]\nmood = "calm"\n',
        'mood = "calm"',
        "unknown key `mood` in [undecided]",
    ),
    "missing key": (
        'owner = "property_manager"\n',
        "",
        "[[severity]]",
        "has no `owner`",
    ),
    "wrong type": ("hours = 2", 'hours = "two"', "acknowledge =", "Expected `int`, got `str`"),
    # Languages
    "a name in one language": (
        'name = { zh = "电梯", en = "Lift" }',
        'name = { zh = "电梯" }',
        'name = { zh = "电梯" }',
        "`name` has no words in `en`",
    ),
    "blank words": (
        'zh = "因管理服务不到位或有过失引起"',
        'zh = "  "',
        'words = { zh = "  "',
        "`words` has no words in `zh`",
    ),
    "the policy's name": (
        'zh = "业户投诉处理规定"',
        'zh = ""',
        'name = { zh = ""',
        "`name` has no words in `zh`",
    ),
    # Keys that stand twice
    "role twice": (
        'key = "receptionist"',
        'key = "department_head"',
        'key = "department_head"',
        "`department_head` stands twice",
    ),
    "severity twice": ('key = "minor"', 'key = "major"', 'key = "major"', "`major` stands twice"),
    "fact twice": (
        'key = "limited_facilities"',
        'key = "service_at_fault"',
        'key = "service_at_fault"',
        "`service_at_fault` stands twice",
    ),
    "category twice": ('key = "pests"', 'key = "lift"', 'key = "lift"', "`lift` stands twice"),
    # Clauses and facts
    "clause with unknown fact": (
        'facts = ["personal_injury"]',
        'facts = ["personal_insult"]',
        'facts = ["personal_insult"]',
        "clause 5.1.2: unknown fact `personal_insult`; known are limited_facilities",
    ),
    "clause without facts": (
        'facts = ["personal_injury"]',
        "facts = []",
        "facts = []",
        "clause 5.1.2 names no fact",
    ),
    "clause without anchor": (
        "policy/clauses/#c-5-2-1",
        "policy/clauses/",
        'page = "policy/clauses/"',
        "clause 5.2.1 has no handbook page with an anchor",
    ),
    "clause of no severity": (
        'number = "5.3.1"\nseverity = "minor"',
        'number = "5.3.1"\nseverity = "tiny"',
        'severity = "tiny"',
        "clause 5.3.1: unknown severity `tiny`",
    ),
    "clause of two severities": (
        'severity = "major"\nfacts = ["major_economic_loss"]',
        'severity = "minor"\nfacts = ["major_economic_loss"]',
        'severity = "minor"',
        "clause 5.1.2 stands with two severities",
    ),
    "unknown fact": (
        'key = "limited_facilities"',
        'key = "bad_weather"',
        'key = "bad_weather"',
        "unknown fact `bad_weather`; known are",
    ),
    "fact without words": (
        'key = "limited_facilities"',
        'key = "bad_weather"',
        "[[fact]]",
        "the fact `limited_facilities` has no [[fact]]",
    ),
    # Roles
    "rung to nowhere": (
        'next_rung = "property_manager"',
        'next_rung = "caretaker"',
        'next_rung = "caretaker"',
        "unknown role `caretaker`",
    ),
    "unknown scope": (
        'scope = "company"',
        'scope = "city"',
        'scope = "city"',
        "unknown scope `city`",
    ),
    "rungs that go round": (
        'next_rung = "company_leadership"',
        'next_rung = "receptionist"',
        'next_rung = "receptionist"',
        "the rungs above `property_manager` go round",
    ),
    # Severities
    "severity without owner": (
        'owner = "property_manager"',
        'owner = "caretaker"',
        'owner = "caretaker"',
        "severity `major`: unknown owner role `caretaker`",
    ),
    "alert to nobody": (
        '"company_leadership"]',
        '"chairman"]',
        "alerts = ",
        "severity `major`: unknown role `chairman`",
    ),
    "owner not told": (
        'alerts = ["property_manager", "customer_service_supervisor"]',
        'alerts = ["customer_service_supervisor"]',
        'alerts = ["customer_service_supervisor"]',
        "severity `important`: its owner is not told",
    ),
    "the graver waits longer": (
        "acknowledge = { hours = 2 }",
        "acknowledge = { hours = 25 }",
        "acknowledge = { hours = 25 }",
        "`major` may wait longer for an acknowledgement than `important`",
    ),
    # Promises and settings
    "promise of nothing": (
        "reply = { working_days = 10 }",
        "reply = {}",
        "reply = {}",
        "`reply` must be either hours or working_days, 1 or more",
    ),
    "promise of both": (
        "reply = { working_days = 10 }",
        "reply = { working_days = 10, hours = 3 }",
        "reply =",
        "`reply` must be either",
    ),
    "promise of no days": (
        "explain_invalid = { working_days = 2 }",
        "explain_invalid = { working_days = 0 }",
        "explain_invalid =",
        "`explain_invalid` must be either",
    ),
    "setting of nought": (
        "earlier_times_raised = 2",
        "earlier_times_raised = 0",
        "earlier_times_raised = 0",
        "`earlier_times_raised` must be 1 or more",
    ),
    "a negative loss": (
        "major_loss = 5000",
        "major_loss = -5000",
        "major_loss = -5000",
        "`major_loss` must be 1 or more",
    ),
    "fewer than no alerts": (
        "gather_after = 15",
        "gather_after = -1",
        "gather_after = -1",
        "`gather_after` must be 0 or more",
    ),
    "no time to gather in": (
        "gather_minutes = 15",
        "gather_minutes = 0",
        "gather_minutes = 0",
        "`gather_minutes` must be 1 or more",
    ),
    "warnings out of order": (
        "warn_after_days = [20, 25]",
        "warn_after_days = [25, 20]",
        "warn_after_days =",
        "the earliest first",
    ),
    "a warning before the first day": (
        "warn_after_days = [20, 25]",
        "warn_after_days = [0, 25]",
        "warn_after_days =",
        "days from 1 on",
    ),
    # Ladder and pauses
    "a rung that there is not": (
        'rungs = ["customer_service_supervisor", ',
        'rungs = ["caretaker", ',
        "rungs =",
        "unknown role `caretaker`",
    ),
    "no rung at all": (
        'rungs = ["customer_service_supervisor", "property_manager", "company_leadership"]',
        "rungs = []",
        "rungs = []",
        "nobody is told after the owner",
    ),
    "no time between rungs": (
        "hours_between = 2",
        "hours_between = 0",
        "hours_between = 0",
        "`hours_between` must be 1 or more",
    ),
    "the month paused": (
        'agreed_time = ["silence"]',
        'agreed_time = ["silence", "month"]',
        "agreed_time =",
        "the clock `month` cannot be paused; known are judge, reply, silence",
    ),
    # Undecided
    "undecided as nothing": (
        'treated_as = "important"',
        'treated_as = "urgent"',
        'treated_as = "urgent"',
        "`treated_as` is not a severity",
    ),
    "undecided without owner": (
        'treated_as = "important"\nowner = "customer_service_supervisor"',
        'treated_as = "important"\nowner = "caretaker"',
        'owner = "caretaker"',
        "unknown owner role `caretaker`",
    ),
    # Calendar
    "no such calendar": ('days = "CN"', 'days = "XX"', 'days = "XX"', "no calendar file for `XX`"),
    "calendar elsewhere": (
        'days = "CN"',
        'days = "../CN"',
        'days = "../CN"',
        "no calendar file for `../CN`",
    ),
    "closed before open": (
        "closes = 18:00:00",
        "closes = 09:00:00",
        "closes = 09:00:00",
        "closing time is not after opening time",
    ),
    "an eighth day": (
        "weekdays = [1, 2, 3, 4, 5]",
        "weekdays = [1, 8]",
        "weekdays = [1, 8]",
        "weekdays are from 1 (Monday) to 7",
    ),
    "no day at all": (
        "weekdays = [1, 2, 3, 4, 5]",
        "weekdays = []",
        "weekdays = []",
        "weekdays are from 1 (Monday) to 7",
    ),
}


@pytest.mark.parametrize(("before", "after", "line", "reason"), FAULTS.values(), ids=FAULTS)
def test_each_kind_of_fault_is_found_on_its_line(before, after, line, reason):
    """A fault is named with the line it stands on and what to mend."""
    told = found(spoiled((before, after)))
    assert any(at.startswith(line) and reason in why for at, why in told), told


ALONE = {
    key: FAULTS[key]
    for key in FAULTS
    if key not in {"role twice", "severity twice", "fact twice", "unknown fact"}
    and key not in {"fact without words", "rungs that go round"}
}


@pytest.mark.parametrize(("before", "after", "line", "reason"), ALONE.values(), ids=ALONE)
def test_one_fault_is_named_once(before, after, line, reason):
    """A slip that breaks nothing else is one fault, not a heap of them."""
    assert len(found(spoiled((before, after)))) == 1, (line, reason)


@pytest.mark.parametrize("table", ["role", "severity", "fact", "clause", "category"])
def test_a_table_that_is_missing(table):
    """A file without one of its tables is told so, at its first line."""
    text = re.sub(rf"(?ms)^\[\[{table}\]\]\n.*?(?=^\[|\Z)", "", COMPANY)
    assert (1, f"`{table}` is missing") in [(fault.line, fault.reason) for fault in faults(text)]


def test_an_empty_file_lacks_everything():
    """Nothing at all is not a policy."""
    missing = {fault.reason for fault in faults("")}
    assert {"`version` is missing", "`settings` is missing", "`clause` is missing"} <= missing


def test_every_fault_is_named_at_once():
    """Whoever mends a file hears of all its faults together, in the order of its lines."""
    changes = [
        ('zh = "业户投诉处理规定"', 'zh = ""'),
        ("acknowledge = { hours = 2 }", "acknowledge = { hours = 25 }"),
        ('facts = ["personal_injury"]', 'facts = ["personal_insult"]'),
        ("major_loss = 5000", "major_loss = 0"),
        ('days = "CN"', 'days = "XX"'),
    ]
    told = faults(spoiled(*changes))
    assert [fault.line for fault in told] == sorted(fault.line for fault in told)
    assert [fault.reason.split("`")[1] for fault in told] == [
        "name",
        "major",
        "personal_insult",
        "major_loss",
        "XX",
    ]


def test_a_fault_of_the_second_entry_stands_in_the_second_entry():
    """Alike lines are told apart: minor's promise is not taken for major's."""
    text = spoiled(("reply = { working_days = 2 }", "reply = { working_days = 0 }"))
    assert [at for at, _ in found(text)] == ["reply = { working_days = 0 }"]


VALUES = ["5", '"x"', "[]", "{}", "[[1]]", "-1", "true", "0.5", "[{ a = 1 }]"]


@cache
def is_readable(text):
    """Whether the reader takes the file, as the functions would at their start."""
    try:
        policy_from(tomllib.loads(text))
    except (ValueError, KeyError, TypeError, OSError):
        return False
    return True


@settings(max_examples=settings.default.max_examples * 2)
@given(
    st.sampled_from([number for number, line in enumerate(LINES) if re.match(r"[\w\[]", line)]),
    st.sampled_from([None, *VALUES]),
)
def test_what_has_no_fault_can_be_read(number, value):
    """Whatever line is left out or spoiled, a file that passes the checks is one that runs."""
    spoiled_line = [] if value is None else [LINES[number].split("=")[0] + "= " + value]
    text = "\n".join([*LINES[:number], *spoiled_line, *LINES[number + 1 :]])
    assert faults(text) or is_readable(text)


@pytest.mark.parametrize(
    "table",
    ["role", "severity", "fact", "clause", "category", "settings", "undecided", "calendar"],
)
@pytest.mark.parametrize("value", ["5", '"x"', "[]", "[1]"])
def test_a_table_of_another_kind_is_a_fault(table, value):
    """Whatever stands where a table belongs is a fault, and never a crash."""
    rest = re.sub(rf"(?ms)^\[+{table}\]+\n.*?(?=^\[|\Z)", "", COMPANY)
    assert faults(f"{table} = {value}\n{rest}")
