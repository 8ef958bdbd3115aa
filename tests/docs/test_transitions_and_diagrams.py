"""Transitions are found by the engine, and diagrams drawn from the policy, each with its words."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from docs.generator import engine_runs, svg
from docs.generator.diagrams.alerts import alert_diagram
from docs.generator.diagrams.deadlines import deadline_diagram
from docs.generator.diagrams.statuses import status_diagram
from docs.generator.reference_text import act_name, status_name, transition_table
from docs.generator.severity_text import headed
from docs.generator.transitions import BEGINNING, transitions, tried_commands

from chalicelib import locales
from chalicelib.domain.commands import Merge
from chalicelib.domain.model import IMPORT
from chalicelib.domain.staff import SUPERVISOR
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.policy import load_policy
from support.handbook import LANGUAGES
from support.values import replace

POLICY = load_policy()
FOUND = transitions(POLICY)
DRAWN = {"alerts": alert_diagram, "statuses": status_diagram, "deadlines": deadline_diagram}


def words_of(picture):
    """The words in a drawing, and the sentences below it."""
    drawing, _, below = picture.partition("</svg>")
    return [
        unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<text.*?</text>", drawing)
    ], below


NO_OTHER_STATUS = {
    *("call-for-help", "correct-contact", "erase", "follow-up"),
    *("give-feedback", "hand-back", "hand-over", "message", "note", "record-facts"),
    *("pass-on", "record-confidence", "renew-code"),
}
"""Verbs after which a complaint stands as it stood before."""


def test_it_is_decided_of_every_verb_whether_it_leads_to_another_status():
    """A new verb is tried for the handbook, or said to leave the status alone."""
    receipt = engine_runs.a_receipt(engine_runs.first_weekday(POLICY, 1))
    run = engine_runs.begun(receipt, engine_runs.one_of_each(POLICY))
    merged = run.after(Merge(SUPERVISOR, "another", "-"), receipt.received_at)
    runs = (run, merged)
    tried = {verb for one in runs for verb, _ in tried_commands(one, receipt.received_at)}
    tried -= {IMPORT}
    assert tried | NO_OTHER_STATUS == STAFF_VERBS.keys()
    assert not tried & NO_OTHER_STATUS


def test_every_status_is_reached():
    """From a receipt the transitions lead to each status that there is."""
    reached = {one.after for one in FOUND}
    assert reached == set(locales.catalogue("zh")["status"])
    assert {one.before for one in FOUND} - {BEGINNING} < reached


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        ("", "receive", "received"),
        ("received", "acknowledge", "acknowledged"),
        ("acknowledged", "reply", "replied"),
        ("replied", "close", "closed"),
        ("replied", "close", "invalid"),
        ("received", "settle", "closed"),
        ("acknowledged", "settle", "invalid"),
        ("replied", "judge", "acknowledged"),
        ("replied", "dispute", "reopened"),
        ("closed", "return-visit", "reopened"),
        ("closed", "reopen", "reopened"),
        ("reopened", "acknowledge", "acknowledged"),
        ("received", IMPORT, "ended_elsewhere"),
    ],
)
def test_the_transitions_of_the_policy_are_there(before, verb, after):
    """Accepted, answered, closed with a reply, opened again when it did not hold."""
    assert (before, verb, after) in {(one.before, one.verb, one.after) for one in FOUND}


def test_nothing_closes_without_a_reply():
    """Closed and judged invalid come from replied, or with a reply in one (1, principle 4)."""
    ends = {(one.before, one.verb) for one in FOUND if one.after in ("closed", "invalid")}
    at_once = {("received", "settle"), ("acknowledged", "settle")}
    assert ends == {("replied", "close"), *at_once}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_transition_is_told(language):
    """The table has a row for each, and so have the words below the drawing."""
    table, (_, below) = (
        transition_table(POLICY, language),
        words_of(status_diagram(POLICY, language)),
    )
    for one in FOUND:
        said = [act_name(one.verb, language), status_name(one.after, language)]
        assert f"| {' | '.join(said)} |" in table
        assert " → ".join(said) in below


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_whole(name, language):
    """It is well-formed, has a name and a sentence, and all its words stand within it."""
    drawing = DRAWN[name](POLICY, language).partition("<figure")[2].partition(">")[2]
    tree = ET.fromstring(drawing.partition("</figure>")[0])  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert tree.get("role") == "img"
    named = [tree.find(f"{space}{part}") for part in ("title", "desc")]
    assert tree.get("aria-labelledby") == " ".join(one.get("id") for one in named)
    assert all(one.text for one in named)
    height = float(tree.get("viewBox").split()[3])
    for one in tree.iter(f"{space}text"):
        assert 0 < float(one.get("y")) < height
    for one in tree.iter(f"{space}rect"):
        assert float(one.get("x")) + float(one.get("width")) <= svg.WIDTH
        assert float(one.get("y")) + float(one.get("height")) <= height


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_told_follows_the_policy(language):
    """Each severity is drawn with whom it is told to, and another policy otherwise."""
    words, _ = words_of(alert_diagram(POLICY, language))
    for severity in (*POLICY.severities, POLICY.undecided):
        assert headed(severity.name[language]) in words
    leader = POLICY.role("company_leadership").name[language]
    told = [one for one in words if one.startswith(leader)]
    assert len(told) == 1
    everybody = tuple(
        replace(one, alerts=(*one.alerts, "company_leadership")) for one in POLICY.severities[1:]
    )
    changed = replace(POLICY, severities=(POLICY.severities[0], *everybody))
    words, _ = words_of(alert_diagram(changed, language))
    assert len([one for one in words if one.startswith(leader)]) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_deadlines_are_computed(language):
    """Received on Monday 2026-11-30 10:00 and untouched: each date by the calendar."""
    _, below = words_of(deadline_diagram(POLICY, language))
    days = re.findall(r"2026年(\d+)月(\d+)日" if language == "zh" else r"(\d+) (\w+) 2026", below)
    if language == "zh":
        assert days == [
            *[("11", "30"), ("12", "1"), ("12", "1"), ("12", "2"), ("12", "3"), ("12", "7")],
            *[("12", "20"), ("12", "25"), ("12", "30")],
        ]
    assert len(days) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deadlines_name_the_severity_that_the_engine_finds(language):
    """A policy that takes service at fault for major draws the deadlines of a major complaint."""
    (fault,) = [one for one in POLICY.clauses if one.facts == ("service_at_fault",)]
    changed = replace(POLICY, clauses=(replace(fault, severity="major"),))
    for policy, severity in ((POLICY, "important"), (changed, "major")):
        text = re.findall(r"<desc[^>]*>(.*?)</desc>", deadline_diagram(policy, language))[0]
        assert policy.severity(severity).name[language] in text


def test_words_are_broken_where_they_may_be():
    """English at blanks, Chinese anywhere; no line is wider than it may be."""
    assert svg.wrapped("one two three", 70) == ["one two", "three"]
    assert svg.wrapped("a “b” c", 20) == ["a", "“b”", "c"]
    lines = svg.wrapped("业户表示没有解决", 60)
    assert "".join(lines) == "业户表示没有解决"
    assert all(svg.width_of(line) <= 60 for line in lines)
