"""The queue: whose complaints stand in it, in which order, and how it is narrowed."""

import pytest

from chalicelib.application.queue import PER_PAGE, Asked
from chalicelib.application.queue import queue as queued
from chalicelib.application.queue_views import Reader, views_of
from chalicelib.application.records import Line
from chalicelib.domain.commands import AwaitAnswer, Message
from chalicelib.domain.model import Complaint
from support.examples import (
    CHECK,
    DIRECTORY,
    POLICY,
    a_life,
    acknowledge,
    agree,
    at,
    close,
    feedback,
    judge,
    reply,
    return_visit,
)
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
OWNER = "jade-manager"


def person(staff_id):
    """A member of the tests' staff."""
    return DIRECTORY.person(staff_id)


def a_line(reference, moment=MONDAY, *done, words=None, **facts):
    """One complaint as the table's query brings it, after what was done to it."""
    life = a_life(moment, reference=reference, **facts)
    for when, command in done:
        life = life.on(when, command)
    said = {"building": "3栋", "unit": "1201", "description": "Water again.", "name": "Wang"}
    return Line(life.complaint, said | (words or {}))


def queue(lines, asked, staff, policy, ended=None):
    """The queue as it stands on Monday."""
    return queued(lines, asked, Reader(staff, policy, at(MONDAY)), ended)


def shown(lines, asked=None, staff_id=OWNER):
    """The references that somebody sees, in their order."""
    found = queue(lines, asked or Asked(view="all"), person(staff_id), POLICY)
    return [row.complaint.reference for row in found.rows]


def test_what_is_due_first_stands_first():
    """Two hours press more than a working day, and an earlier day more than a later one."""
    lines = [
        a_line("LATER", "Wednesday 2026-11-25 10:00"),
        a_line("MAJOR", "Wednesday 2026-11-25 10:00", hurt=True),
        a_line("FIRST"),
    ]
    assert shown(lines) == ["FIRST", "MAJOR", "LATER"]


def test_what_was_missed_stays_on_top():
    """A promise that was missed and recorded so presses on; it does not make room for the next."""
    missed = a_line("MISSED", MONDAY)
    assert missed.complaint.missed == frozenset()
    later = a_life(MONDAY, reference="MISSED").on("Wednesday 2026-11-25 09:00", judge(valid=True))
    assert "acknowledge" in later.complaint.missed
    lines = [a_line("MAJOR", "Wednesday 2026-11-25 09:00", hurt=True), Line(later.complaint, {})]
    rows = queue(lines, Asked(view="all"), person(OWNER), POLICY).rows
    assert [row.complaint.reference for row in rows] == ["MISSED", "MAJOR"]
    assert rows[0].deadline in ("acknowledge", "feedback")
    assert rows[0].due_at == at("Tuesday 2026-11-24 18:00")


def test_what_is_answered_is_still_to_be_judged_and_closed():
    """A reply silences neither: it stands where the judgement is due, then where the closing is."""
    replied = (("Monday 2026-11-23 12:00", reply(OWNER)),)
    judged = (*replied, ("Monday 2026-11-23 13:00", judge(valid=True)))
    lines = [
        a_line("CLOSE", MONDAY, *judged),
        a_line("OPEN", "Wednesday 2026-11-25 10:00"),
        a_line("JUDGE", MONDAY, *replied),
    ]
    rows = queue(lines, Asked(view="all"), person(OWNER), POLICY).rows
    assert [row.complaint.reference for row in rows] == ["JUDGE", "OPEN", "CLOSE"]
    assert (rows[0].deadline, rows[0].due_at) == ("judge", at("Wednesday 2026-11-25 18:00"))
    assert (rows[2].deadline, rows[2].due_at) == ("close", at("Monday 2026-12-07 18:00"))


SEEN = {
    "jade-manager": {"JADE", "JADE-MINOR", "JADE-CLEANING"},
    "jade-receptionist": {"JADE", "JADE-MINOR", "JADE-CLEANING"},
    "maple-manager": {"MAPLE"},
    "head-of-engineering": {"JADE", "JADE-MINOR", "MAPLE"},
    "head-of-cleaning": {"JADE-CLEANING"},
    "leader": {"JADE", "JADE-MINOR", "JADE-CLEANING", "MAPLE"},
}


@pytest.fixture
def lines():
    return [
        a_line("JADE"),
        a_line("JADE-MINOR", cause="facility"),
        a_line("JADE-CLEANING", about="cleaning"),
        a_line("MAPLE", community="maple-court"),
    ]


@pytest.mark.parametrize("staff_id", SEEN)
def test_nobody_sees_or_counts_what_they_may_not_see(lines, staff_id):
    """Community, department and company bound what is listed, and every count."""
    found = queue(lines, Asked(view="all"), person(staff_id), POLICY)
    assert {row.complaint.reference for row in found.rows} == SEEN[staff_id]
    assert found.counts["all"] == len(SEEN[staff_id])
    assert sum(found.options["category"].values()) == len(SEEN[staff_id])


TO_DO = {"to_close": 0, "agreed_today": 0, "waiting": 0, "overdue": 0}


def test_the_views_are_mine_my_department_s_and_my_community_s(lines):
    """Each view counts its own, and only views that say something are there."""
    supervisor = queue(lines, Asked(), person("jade-supervisor"), POLICY)
    whose = {"mine": 1, "community": 3, "all": 3}
    assert dict(supervisor.counts) == whose | TO_DO | {"visits": None}
    assert supervisor.view == "mine"
    head = queue(lines, Asked(view="department"), person("head-of-engineering"), POLICY)
    whose = {"mine": 0, "department": 3, "all": 3}
    assert dict(head.counts) == whose | TO_DO | {"visits": None, "feedback": 3}


VIEWS_OF = {
    "jade-receptionist": "community all visits agreed_today waiting overdue",
    "jade-supervisor": "mine community all to_close visits agreed_today waiting overdue",
    "head-of-cleaning": "mine department all to_close visits feedback agreed_today waiting overdue",
    "leader": "mine all to_close visits agreed_today waiting overdue",
}


@pytest.mark.parametrize("staff_id", VIEWS_OF)
def test_only_views_are_there_in_which_they_may_have_something(staff_id):
    """A head owes feedback and others do not; who owns nothing has nothing to close."""
    assert " ".join(views_of(person(staff_id))) == VIEWS_OF[staff_id]


TODAY = "Friday 2026-11-27 12:00"
ASKED_ON = "Thursday 2026-11-26 10:00"
SPOKEN_TO = (MONDAY, acknowledge(OWNER, "telephone"))


def found_in(view, lines, staff_id=OWNER, moment=TODAY):
    """The rows of a view at that moment: reference, deadline and when it is due."""
    reader = Reader(person(staff_id), POLICY, at(moment))
    found = queued(lines, Asked(view=view), reader)
    assert found.view == view
    assert found.counts[view] == len(found.rows)
    return [(row.complaint.reference, row.deadline) for row in found.rows]


def test_to_close_is_what_has_its_answer_and_is_the_readers():
    """Not what somebody else owns, nor what still promises something."""
    promised = reply(OWNER, follow_up_by=at("Friday 2026-12-04 10:00"))
    lines = [
        a_line("REPLIED", MONDAY, CLOSED[0], CLOSED[1]),
        a_line("PROMISED", MONDAY, CLOSED[0], (MONDAY, promised)),
        a_line("OPEN"),
    ]
    assert found_in("to_close", lines) == [("REPLIED", "close")]
    assert found_in("to_close", lines, "jade-supervisor") == []


def test_my_feedback_is_what_the_head_owes():
    """Of their own department, until it is given; the row says by when."""
    lines = [
        a_line("OWED"),
        a_line("GIVEN", MONDAY, (MONDAY, feedback())),
        a_line("CLEANING", about="cleaning"),
    ]
    assert found_in("feedback", lines, "head-of-engineering") == [("OWED", "feedback")]
    assert found_in("feedback", lines, "head-of-cleaning") == [("CLEANING", "feedback")]


def test_agreed_times_today_stand_by_their_hour():
    """Past or to come, by the community's calendar; not yesterday's, nor tomorrow's."""
    agreed = {
        "AFTERNOON": "Friday 2026-11-27 15:00",
        "MORNING": "Friday 2026-11-27 09:00",
        "LAST": "Friday 2026-11-27 23:59",
        "TOMORROW": "Saturday 2026-11-28 00:00",
        "YESTERDAY": "Thursday 2026-11-26 23:59",
    }
    lines = [
        a_line(name, MONDAY, SPOKEN_TO, (MONDAY, agree(OWNER, when)))
        for name, when in agreed.items()
    ]
    expected = [(name, "agreed") for name in ("MORNING", "AFTERNOON", "LAST")]
    assert found_in("agreed_today", lines) == expected
    assert found_in("agreed_today", lines, "maple-manager") == []


def test_waiting_for_the_resident_ends_with_the_answer_or_with_the_wait():
    """While a question is open, and no longer."""
    asked = (ASKED_ON, AwaitAnswer(OWNER, "Which tap?", "telephone"))
    answered = ("Thursday 2026-11-26 12:00", Message(OWNER, "The left one."))
    lines = [
        a_line("ASKED", MONDAY, SPOKEN_TO, asked),
        a_line("ANSWERED", MONDAY, SPOKEN_TO, asked, answered),
        a_line("OPEN"),
    ]
    assert [name for name, _ in found_in("waiting", lines)] == ["ASKED"]
    assert found_in("waiting", lines, moment="Friday 2026-12-25 12:00") == []


def test_overdue_is_what_has_run_out():
    """From the very moment that it is due."""
    lines = [a_line("OLD"), a_line("NEW", "Friday 2026-11-27 11:00")]
    assert found_in("overdue", lines) == [("OLD", "acknowledge")]
    assert found_in("overdue", lines[:1], moment="Tuesday 2026-11-24 17:59") == []
    assert found_in("overdue", lines[:1], moment="Tuesday 2026-11-24 18:00") != []


def test_who_owns_nothing_begins_with_all_they_may_see(lines):
    """An empty list is no place to begin."""
    assert queue(lines, Asked(), person("jade-receptionist"), POLICY).view == "all"


FILTERS = {
    "severity": ("minor", ["JADE-MINOR"]),
    "department": ("cleaning", ["JADE-CLEANING"]),
    "category": ("noise", []),
    "status": ("acknowledged", []),
    "text": ("water WANG", ["JADE", "JADE-CLEANING", "JADE-MINOR"]),
    "building": ("7", []),
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_narrows(lines, name):
    """Status, severity, department, category, building and text, each by itself."""
    value, references = FILTERS[name]
    assert sorted(shown(lines, Asked(view="all", **{name: value}))) == references


def test_filters_narrow_together(lines):
    """Two filters leave what fits both."""
    both = Asked(view="all", severity="important", department="engineering")
    assert shown(lines, both) == ["JADE"]


def test_a_building_is_one_however_it_was_written():
    """3栋, 3 and ３ are one choice of the filter, and it finds all of them."""
    written = ["3栋", "3", "３号楼", "4栋"]
    lines = [
        a_line(f"R{number}", words={"building": building})
        for number, building in enumerate(written)
    ]
    found = queue(lines, Asked(view="all"), person(OWNER), POLICY)
    assert sorted(found.options["building"].values()) == [1, 3]
    (three,) = [key for key, count in found.options["building"].items() if count == 3]
    assert sorted(shown(lines, Asked(view="all", building=three))) == ["R0", "R1", "R2"]


def test_undecided_can_be_asked_for():
    """What still waits for the supervisor's judgement is a severity of its own."""
    lines = [a_line("OPEN", cause="unsure"), a_line("JUDGED")]
    assert shown(lines, Asked(view="all", severity="undecided")) == ["OPEN"]


def test_the_queue_has_pages():
    """A page holds so many, the last the rest, and a page beyond is the last one."""
    lines = [a_line(f"R{number:03}") for number in range(PER_PAGE * 2 + 3)]
    sizes = []
    for page in (1, 2, 3, 9):
        found = queue(lines, Asked(view="all", page=page), person(OWNER), POLICY)
        sizes.append((found.page, len(found.rows), found.pages, found.found))
    assert sizes == [(1, 25, 3, 53), (2, 25, 3, 53), (3, 3, 3, 53), (3, 3, 3, 53)]


CLOSED = (
    (MONDAY, judge(valid=True)),
    ("Monday 2026-11-23 12:00", reply(OWNER)),
    ("Monday 2026-11-23 13:00", close(OWNER)),
)
OPENED = ("Monday 2026-11-30 12:00", CHECK)


def test_what_waits_for_its_return_visit_has_a_view_closed_or_not():
    """By when it is to be made; what has not opened yet stands below, with when it will."""
    still_open = a_line("REPLIED", MONDAY, *CLOSED[:2], OPENED)
    later = (("Tuesday 2026-11-24 10:00", reply(OWNER)), ("Tuesday 2026-11-24 11:00", close(OWNER)))
    ended = [
        a_line("NOT-YET", MONDAY, CLOSED[0], *later),
        a_line("CLOSED", "Monday 2026-11-23 09:00", *CLOSED, OPENED),
        a_line("VISITED", MONDAY, *CLOSED, OPENED, (OPENED[0], return_visit(OWNER))),
    ]
    asked = Asked(view="visits")
    found = queue([still_open, a_line("NEW")], asked, person("jade-supervisor"), POLICY, ended)
    assert found.view == "visits"
    assert found.counts["visits"] == 3
    assert [(row.complaint.reference, row.deadline, row.due_at) for row in found.rows] == [
        ("CLOSED", "return_visit", at("Monday 2026-12-07 12:00")),
        ("REPLIED", "return_visit", at("Monday 2026-12-07 12:00")),
        ("NOT-YET", "return_visit_opens", at("Tuesday 2026-12-01 10:00")),
    ]


@pytest.mark.parametrize(
    ("staff_id", "count"),
    [
        ("jade-supervisor", 1),
        ("jade-receptionist", 1),
        ("leader", 1),
        ("maple-supervisor", 0),
        ("head-of-engineering", 0),
    ],
)
def test_a_return_visit_is_shown_to_who_may_make_it(staff_id, count):
    """The rights to the verb bound the view, and its count."""
    ended = [a_line("CLOSED", MONDAY, *CLOSED, OPENED)]
    found = queue([], Asked(view="visits"), person(staff_id), POLICY, ended)
    assert (found.counts["visits"], len(found.rows)) == (count, count)


def test_a_disabled_person_sees_nothing(lines):
    """Whatever their post was."""
    gone = replace(person(OWNER), disabled=True)
    assert queue(lines, Asked(view="all"), gone, POLICY).found == 0
    assert isinstance(lines[0].complaint, Complaint)
