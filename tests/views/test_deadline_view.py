"""Deadlines in words: when each is due, how it was computed, when it is chased."""

import pytest

from chalicelib import locales
from chalicelib.domain.commands import AwaitAnswer
from chalicelib.views.deadline_view import DeadlineView
from chalicelib.views.history_view import HistoryView
from chalicelib.views.presentation import Presenter
from support.examples import CHECK, acknowledge, agree, at, feedback, judge, reply
from support.forms import ORGANISATION, POLICY
from support.histories import lived
from support.people import DIRECTORY

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER = "jade-manager"


def clocks(*done, now=TUESDAY, language="en", **facts):
    """What the staff read of each clock, by its name."""
    history = lived(MONDAY, *done, **facts)
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", language)
    return {one["name"]: one for one in DeadlineView(presenter, at(now)).deadlines(history)}


def test_each_clock_says_how_it_was_computed():
    """The judgement, a word to the resident and the month, beside what they were promised."""
    found = clocks(cause="unsure")
    assert list(found) == [
        "Acknowledgement",
        "Department's feedback",
        "Judgement",
        "Word to the resident",
        "Reply",
        "The month (5.1.3)",
    ]
    assert "Counted from receipt (Monday 23 November 2026" in found["Judgement"]["working"]
    assert "Counted from the last word" in found["Word to the resident"]["working"]
    assert "nothing pauses it" in found["The month (5.1.3)"]["working"]


def test_a_pause_says_until_when():
    """An agreed time, or the resident's answer: the deadline says what it paused for."""
    agreed = clocks((TUESDAY, agree(OWNER, "Friday 2026-11-27 15:00")))
    stood = "It stood still until Friday 27 November 2026, 15:00"
    assert agreed["Word to the resident"]["working"].startswith(stood)
    asked = clocks(("Friday 2026-11-27 10:00", AwaitAnswer(OWNER, "Which tap?")))
    assert asked["Reply"]["working"] == (
        "It stood still until Wednesday 2 December 2026, 18:00; the 17 h 0 min of working time"
        " that were left before go on from then."
    )


def test_a_judgement_asked_anew_counts_from_then():
    """Undecided again, it is to be judged within a day of that."""
    found = clocks((TUESDAY, judge(cause="unsure")), cause="facility")
    assert "Counted from when it was undecided again (Tuesday" in found["Judgement"]["working"]


def test_only_what_counts_working_days_is_provisional():
    """Received at the end of a year whose next is not out: the month is sure, the reply is not."""
    late = "Wednesday 2026-12-30 10:00"
    agreed = agree(OWNER, "Tuesday 2027-01-12 15:00")
    history = lived(late, ("Thursday 2026-12-31 10:00", agreed))
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", "en")
    found = DeadlineView(presenter, at(late)).deadlines(history)
    provisional = {one["name"] for one in found if "provisional" in one["at"]}
    assert provisional == {"Reply", "Word to the resident", "Judgement"}
    assert {"The month (5.1.3)", "Agreed time"} <= {one["name"] for one in found}


def test_what_a_reply_promises_is_a_clock():
    """It says where the promise stands."""
    promised = reply(OWNER, follow_up_by=at("Friday 2026-12-04 12:00"))
    found = clocks((TUESDAY, promised))["Follow-up of what was promised"]
    assert found["working"] == "Promised in the reply of Tuesday 24 November 2026, 10:00."
    assert found["chase"] == "The owner is reminded on Friday 4 December 2026, 09:00."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Reminders so far: 1. Unless it is done, the next is on Thursday 3"),
        ("zh", "已催办 1 次。 仍未办理的，将于 2026年12月3日（星期四）09:00 再次催办。"),
    ],
)
def test_how_often_it_was_chased_and_when_next(language, expected):
    """The reply was missed on Monday and the sweep came on Wednesday."""
    steps = (
        (TUESDAY, acknowledge(OWNER)),
        (TUESDAY, feedback()),
        ("Wednesday 2026-12-02 10:00", CHECK),
    )
    name = locales.say_desk(language, "deadline.reply")
    found = clocks(*steps, now="Wednesday 2026-12-02 11:00", language=language)[name]
    assert found["chase"].startswith(expected)
    assert found["late"]


def test_the_record_says_what_was_reminded_of_and_whom():
    """One entry for all of one moment, with each clock and person."""
    judged = (TUESDAY, judge(valid=True))
    history = lived(MONDAY, judged, ("Wednesday 2026-11-25 10:00", CHECK))
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", "en")
    entry = HistoryView(presenter, DIRECTORY).entries(history)[0]
    assert entry["title"] == (
        "Reminded: Acknowledgement is overdue (jade-manager);"
        " Department's feedback is overdue (head-of-engineering)"
    )


REPLIED_LATE = ("Thursday 2026-12-24 10:00", reply(OWNER))


@pytest.mark.parametrize(
    ("done", "now", "at_words", "working"),
    [
        (
            (REPLIED_LATE,),
            "Friday 2026-12-25 10:00",
            "Thursday 31 December 2026, 10:00",
            "Counted from the reply (Thursday 24 December 2026, 10:00): 7 calendar days; ",
        ),
        (
            (REPLIED_LATE, ("Thursday 2026-12-31 10:00", CHECK)),
            "Friday 2027-01-08 10:00",
            "Thursday 7 January 2027, 10:00",
            "not carried out: 7 calendar days, at the same clock time.",
        ),
        (
            (
                (
                    "Thursday 2026-12-24 10:00",
                    reply(OWNER, follow_up_by=at("Tuesday 2027-01-19 12:00")),
                ),
            ),
            "Friday 2026-12-25 10:00",
            "Wednesday 20 January 2027, 12:00",
            "date that the reply promised (Tuesday 19 January 2027, 12:00): the day after; outside",
        ),
    ],
    ids=["after the reply", "once it is open", "after what was promised"],
)
def test_a_return_visit_counts_calendar_days_and_is_never_provisional(done, now, at_words, working):
    """No day off that is not published could move it; it says what it was counted from."""
    found = clocks(*done, now=now)["Return visit"]
    assert found["at"] == at_words
    assert working in found["working"]


def test_a_return_visit_that_nobody_made_is_late_and_chased():
    """Its clock says how often the supervisor was reminded, and when the next goes out."""
    asked, missed = "Thursday 2026-12-31 10:00", "Thursday 2027-01-07 10:00"
    found = clocks(REPLIED_LATE, (asked, CHECK), (missed, CHECK), now="Thursday 2027-01-07 11:00")
    assert found["Return visit"]["late"]
    assert found["Return visit"]["chase"].startswith("Reminders so far: 1.")
