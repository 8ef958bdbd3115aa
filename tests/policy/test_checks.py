"""What `desk check` finds wrong with a policy file: each fault with its line and the mend."""

import re
import tomllib
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import locales
from chalicelib.policy.checks import faults
from chalicelib.policy.company_file import FileFault
from chalicelib.policy.reader import COMMUNITY, policy_from
from chalicelib.policy.shapes import CODES, KINDS

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
    return [(lines[fault.line - 1].strip(), fault) for fault in faults(text)]


def said(fault):
    """Its sentence in each language."""
    key = f"file_fault.{fault.code}"
    return [locales.say_desk(language, key, **fault.params) for language in locales.LANGUAGES]


FAULTS = {
    # What is written instead, the line that the fault is on, its code, and what it names
    # The file as a whole
    "not TOML": ('version = "2026.1"', "version = ", "version =", "not_toml", "Invalid value"),
    "unknown key at the top": (
        'version = "2026.1"',
        'version = "2026.1"\ncolour = "red"',
        'colour = "red"',
        "unknown_at_top",
        "colour",
    ),
    "unknown table": (
        "[settings]\nearl",
        "[extras]\n[settings]\nearl",
        "[extras]",
        "unknown_at_top",
        "extras",
    ),
    "version is no text": (
        'version = "2026.1"',
        "version = 7",
        "version = 7",
        "no_text",
        "version",
    ),
    "date is no date": (
        "dated_on = 2026-11-24",
        "dated_on = 3",
        "dated_on = 3",
        "no_date",
        "dated_on",
    ),
    "a table as a list": ("[undecided]", "[[undecided]]", "[[undecided]]", "no_table", "undecided"),
    # Shape of entries
    "unknown key": (
        "[undecided]\n",
        '[undecided]\nmood = "calm"\n',
        'mood = "calm"',
        "unknown_key",
        "mood",
    ),
    "missing key": (
        'owner = "property_manager"\n',
        "",
        "[[severity]]",
        "no_text",
        "owner",
    ),
    "wrong type": ("hours = 2", 'hours = "two"', "acknowledge =", "no_promise", "acknowledge"),
    "blank text": ('number = "5.2.1"', 'number = " "', 'number = " "', "no_text", "number"),
    "text in place of a list": (
        'facts = ["personal_injury"]',
        'facts = "personal_injury"',
        'facts = "personal_injury"',
        "no_texts",
        "facts",
    ),
    "a setting that is missing": (
        "receipts_a_day = 10",
        "",
        "[settings]",
        "no_number",
        "receipts_a_day",
    ),
    "a number as text": (
        "hours_between = 2",
        'hours_between = "2"',
        'hours_between = "2"',
        "no_number",
        "hours_between",
    ),
    "a day alone": (
        "warn_after_days = [20, 25]",
        "warn_after_days = 20",
        "warn_after_days = 20",
        "no_numbers",
        "warn_after_days",
    ),
    "an amount in words": (
        "major_loss = 5000",
        'major_loss = "much"',
        'major_loss = "much"',
        "no_amount",
        "major_loss",
    ),
    "an hour alone": ("closes = 18:00:00", "closes = 18", "closes = 18", "no_time", "closes"),
    "a name without languages": (
        'name = { zh = "电梯", en = "Lift" }',
        'name = "电梯"',
        'name = "电梯"',
        "no_words",
        "name",
    ),
    # Languages
    "a name in one language": (
        'name = { zh = "电梯", en = "Lift" }',
        'name = { zh = "电梯" }',
        'name = { zh = "电梯" }',
        "no_word",
        "name",
    ),
    "blank words": (
        'zh = "因管理服务不到位或有过失引起"',
        'zh = "  "',
        'words = { zh = "  "',
        "no_word",
        "words",
    ),
    "the policy's name": (
        'zh = "业户投诉处理规定"',
        'zh = ""',
        'name = { zh = ""',
        "no_word",
        "name",
    ),
    # Keys that stand twice
    "role twice": (
        'key = "receptionist"',
        'key = "department_head"',
        'key = "department_head"',
        "twice",
        "department_head",
    ),
    "severity twice": ('key = "minor"', 'key = "major"', 'key = "major"', "twice", "major"),
    "fact twice": (
        'key = "limited_facilities"',
        'key = "service_at_fault"',
        'key = "service_at_fault"',
        "twice",
        "service_at_fault",
    ),
    "category twice": ('key = "pests"', 'key = "lift"', 'key = "lift"', "twice", "lift"),
    # Clauses and facts
    "clause with unknown fact": (
        'facts = ["personal_injury"]',
        'facts = ["personal_insult"]',
        'facts = ["personal_insult"]',
        "unknown_fact",
        "personal_insult",
    ),
    "clause without facts": (
        'facts = ["personal_injury"]',
        "facts = []",
        "facts = []",
        "no_facts",
        "5.1.2",
    ),
    "clause without anchor": (
        "policy/clauses/#c-5-2-1",
        "policy/clauses/",
        'page = "policy/clauses/"',
        "bad_page",
        "5.2.1",
    ),
    "clause of no severity": (
        'number = "5.3.1"\nseverity = "minor"',
        'number = "5.3.1"\nseverity = "tiny"',
        'severity = "tiny"',
        "unknown_severity",
        "tiny",
    ),
    "clause of two severities": (
        'severity = "major"\nfacts = ["major_economic_loss"]',
        'severity = "minor"\nfacts = ["major_economic_loss"]',
        'severity = "minor"',
        "two_severities",
        "5.1.2",
    ),
    "unknown fact": (
        'key = "limited_facilities"',
        'key = "bad_weather"',
        'key = "bad_weather"',
        "unknown_fact",
        "bad_weather",
    ),
    "fact without words": (
        'key = "limited_facilities"',
        'key = "bad_weather"',
        "[[fact]]",
        "fact_without_words",
        "limited_facilities",
    ),
    # Roles
    "rung to nowhere": (
        'next_rung = "property_manager"',
        'next_rung = "caretaker"',
        'next_rung = "caretaker"',
        "unknown_role",
        "caretaker",
    ),
    "unknown scope": (
        'scope = "company"',
        'scope = "city"',
        'scope = "city"',
        "unknown_scope",
        "city",
    ),
    "rungs that go round": (
        'next_rung = "company_leadership"',
        'next_rung = "receptionist"',
        'next_rung = "receptionist"',
        "rungs_go_round",
        "property_manager",
    ),
    # Severities
    "severity without owner": (
        'owner = "property_manager"',
        'owner = "caretaker"',
        'owner = "caretaker"',
        "unknown_role",
        "caretaker",
    ),
    "alert to nobody": (
        '"company_leadership"]',
        '"chairman"]',
        "alerts = ",
        "unknown_role",
        "chairman",
    ),
    "owner not told": (
        'alerts = ["property_manager", "customer_service_supervisor"]',
        'alerts = ["customer_service_supervisor"]',
        'alerts = ["customer_service_supervisor"]',
        "owner_not_told",
        "property_manager",
    ),
    "the graver waits longer": (
        "acknowledge = { hours = 2 }",
        "acknowledge = { hours = 25 }",
        "acknowledge = { hours = 25 }",
        "waits_longer",
        "important",
    ),
    # Promises and settings
    "promise of nothing": (
        "reply = { working_days = 10 }",
        "reply = {}",
        "reply = {}",
        "no_promise",
        "reply",
    ),
    "promise of both": (
        "reply = { working_days = 10 }",
        "reply = { working_days = 10, hours = 3 }",
        "reply =",
        "no_promise",
        "reply",
    ),
    "promise of no days": (
        "explain_invalid = { working_days = 2 }",
        "explain_invalid = { working_days = 0 }",
        "explain_invalid =",
        "no_promise",
        "explain_invalid",
    ),
    "setting of nought": (
        "earlier_times_raised = 2",
        "earlier_times_raised = 0",
        "earlier_times_raised = 0",
        "too_small",
        "earlier_times_raised",
    ),
    "a negative loss": (
        "major_loss = 5000",
        "major_loss = -5000",
        "major_loss = -5000",
        "too_small",
        "major_loss",
    ),
    "fewer than no alerts": (
        "gather_after = 15",
        "gather_after = -1",
        "gather_after = -1",
        "too_small",
        "gather_after",
    ),
    "no time to gather in": (
        "gather_minutes = 15",
        "gather_minutes = 0",
        "gather_minutes = 0",
        "too_small",
        "gather_minutes",
    ),
    "warnings out of order": (
        "warn_after_days = [20, 25]",
        "warn_after_days = [25, 20]",
        "warn_after_days =",
        "bad_warnings",
        "warn_after_days",
    ),
    "a warning before the first day": (
        "warn_after_days = [20, 25]",
        "warn_after_days = [0, 25]",
        "warn_after_days =",
        "bad_warnings",
        "warn_after_days",
    ),
    # Ladder and pauses
    "a rung that there is not": (
        'rungs = ["customer_service_supervisor", ',
        'rungs = ["caretaker", ',
        "rungs =",
        "unknown_role",
        "caretaker",
    ),
    "no rung at all": (
        'rungs = ["customer_service_supervisor", "property_manager", "company_leadership"]',
        "rungs = []",
        "rungs = []",
        "no_rungs",
        "rungs",
    ),
    "no time between rungs": (
        "hours_between = 2",
        "hours_between = 0",
        "hours_between = 0",
        "too_small",
        "hours_between",
    ),
    "the month paused": (
        'agreed_time = ["silence"]',
        'agreed_time = ["silence", "month"]',
        "agreed_time =",
        "no_pause",
        "month",
    ),
    # Undecided
    "undecided as nothing": (
        'treated_as = "important"',
        'treated_as = "urgent"',
        'treated_as = "urgent"',
        "unknown_severity",
        "urgent",
    ),
    "undecided without owner": (
        'treated_as = "important"\nowner = "customer_service_supervisor"',
        'treated_as = "important"\nowner = "caretaker"',
        'owner = "caretaker"',
        "unknown_role",
        "caretaker",
    ),
    # Calendar
    "no such calendar": ('days = "CN"', 'days = "XX"', 'days = "XX"', "no_calendar", "XX"),
    "calendar elsewhere": (
        'days = "CN"',
        'days = "../CN"',
        'days = "../CN"',
        "no_calendar",
        "../CN",
    ),
    "closed before open": (
        "closes = 18:00:00",
        "closes = 09:00:00",
        "closes = 09:00:00",
        "closes_early",
        "closes",
    ),
    "an eighth day": (
        "weekdays = [1, 2, 3, 4, 5]",
        "weekdays = [1, 8]",
        "weekdays = [1, 8]",
        "bad_weekdays",
        "weekdays",
    ),
    "no day at all": (
        "weekdays = [1, 2, 3, 4, 5]",
        "weekdays = []",
        "weekdays = []",
        "bad_weekdays",
        "weekdays",
    ),
}


@pytest.mark.parametrize(("before", "after", "line", "code", "named"), FAULTS.values(), ids=FAULTS)
def test_each_kind_of_fault_is_found_on_its_line(before, after, line, code, named):
    """A fault is on its line, and its sentence names in both languages what to mend."""
    told = found(spoiled((before, after)))
    (fault,) = [one for at, one in told if at.startswith(line) and one.code == code]
    assert all(named in sentence for sentence in said(fault))


ALONE = {
    key: FAULTS[key]
    for key in FAULTS
    if key not in {"role twice", "severity twice", "fact twice", "unknown fact"}
    and key not in {"fact without words", "rungs that go round"}
}


@pytest.mark.parametrize("name", ALONE)
def test_one_fault_is_named_once(name):
    """A slip that breaks nothing else is one fault, not a heap of them."""
    before, after, *_ = ALONE[name]
    assert len(found(spoiled((before, after)))) == 1


@pytest.mark.parametrize("table", KINDS)
def test_every_key_has_a_fault_of_its_type(table):
    """Whatever type a key has, the program can say what must stand there."""
    assert {one.type for one in msgspec.structs.fields(KINDS[table])} <= CODES.keys()


def test_what_is_unknown_is_named_once_with_what_is_known():
    """Whoever mistyped a role reads how it is written, once for a line."""
    ((_, fault),) = found(spoiled(('rungs = ["', 'rungs = ["caretaker", "caretaker", "')))
    roles = [role["key"] for role in tomllib.loads(COMPANY)["role"]]
    for sentence in said(fault):
        assert all(key in sentence for key in ["rungs", "caretaker", *roles])


@pytest.mark.parametrize("table", ["role", "severity", "fact", "clause", "category"])
def test_a_table_that_is_missing(table):
    """A file without one of its tables is told so, at its first line."""
    text = re.sub(rf"(?ms)^\[\[{table}\]\]\n.*?(?=^\[|\Z)", "", COMPANY)
    assert FileFault(1, "no_entries", {"item": table}) in faults(text)


def test_an_empty_file_lacks_everything():
    """Nothing at all is not a policy."""
    missing = {(fault.code, fault.params.get("item")) for fault in faults("")}
    assert {("no_text", "version"), ("no_table", "settings"), ("no_entries", "clause")} <= missing


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
    assert [fault.code for fault in told] == [
        "no_word",
        "waits_longer",
        "unknown_fact",
        "too_small",
        "no_calendar",
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
    told = faults(text)
    assert told or is_readable(text)
    assert all(sentence for fault in told for sentence in said(fault))


@pytest.mark.parametrize(
    "table",
    ["role", "severity", "fact", "clause", "category", "settings", "undecided", "calendar"],
)
@pytest.mark.parametrize("value", ["5", '"x"', "[]", "[1]"])
def test_a_table_of_another_kind_is_a_fault(table, value):
    """Whatever stands where a table belongs is a fault, and never a crash."""
    rest = re.sub(rf"(?ms)^\[+{table}\]+\n.*?(?=^\[|\Z)", "", COMPANY)
    assert faults(f"{table} = {value}\n{rest}")
