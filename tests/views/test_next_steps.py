"""What comes next and by when: honest in every state, and never a time that has passed."""

import pytest

from chalicelib import locales
from chalicelib.domain.commands import (
    AwaitAnswer,
    CheckDeadlines,
    Confirm,
    FollowUp,
    Message,
    Reply,
    Withdraw,
)
from chalicelib.domain.model import RESIDENT
from chalicelib.views.next_steps import NextSteps
from chalicelib.views.presentation import Presenter
from support.examples import acknowledge, agree, at, close, dispute, judge, reply
from support.forms import ORGANISATION, POLICY
from support.histories import lived
from support.people import DIRECTORY

MONDAY, NOON = "Monday 2026-11-23 10:00", "Monday 2026-11-23 12:00"
LATER = "2026年12月4日（星期五）17:00"
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
ACCEPTED = (MONDAY, acknowledge(OWNER))
VALID = (MONDAY, judge(SUPERVISOR, valid=True))
INVALID = (MONDAY, judge(SUPERVISOR, valid=False))
REPLIED = (NOON, reply(OWNER))
ASKED = (NOON, AwaitAnswer(OWNER, "Which tap?"))
PROMISED = (NOON, reply(OWNER, follow_up_by=at("Friday 2026-11-27 12:00")))
CONFIRMED = (NOON, Confirm(RESIDENT, "page"))


def view_of(history, now, language="zh"):
    """What puts the steps into words at a moment."""
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", language)
    return NextSteps(presenter, presenter.for_resident(history, DIRECTORY), at(now))


def steps(*done, now=NOON, language="zh", **facts):
    """What the resident reads after this was done."""
    history = lived(MONDAY, *done, **facts)
    return view_of(history, now, language).of(history)


def keys(*done, **more):
    """Which sentences those are."""
    words = locales.catalogue("zh")["page"]
    starts = {
        key.removeprefix("next_"): list(sentence.replace("{", "}").split("}")[::2])
        for key, sentence in words.items()
        if key.startswith("next_")
    }
    found = []
    for step in steps(*done, **more):
        fits = [key for key, container in starts.items() if all(part in step for part in container)]
        found.append(max(fits, key=lambda key: sum(map(len, starts[key]))))
    return found


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((), ["acknowledge", "reply"]),
        ((ACCEPTED,), ["acknowledged", "reply"]),
        (
            (ACCEPTED, (NOON, agree(OWNER, "Friday 2026-11-27 15:00"))),
            ["acknowledged", "agreed", "reply"],
        ),
        ((VALID, REPLIED), ["replied", "visit"]),
        ((VALID, REPLIED, CONFIRMED), ["confirmed"]),
        ((VALID, REPLIED, (NOON, dispute("jade-receptionist"))), ["acknowledge", "reply"]),
        ((VALID, REPLIED, (NOON, close(OWNER))), ["closed", "visit"]),
        ((VALID, REPLIED, CONFIRMED, (NOON, close(OWNER))), ["confirmed"]),
        ((INVALID,), ["acknowledge", "reply"]),
        ((INVALID, REPLIED), ["explained"]),
        ((INVALID, REPLIED, (NOON, close(OWNER))), ["invalid"]),
        (((NOON, Withdraw(RESIDENT, "")),), ["withdrawn"]),
        ((ACCEPTED, ASKED), ["awaiting", "acknowledged", "reply"]),
        ((ACCEPTED, ASKED, (NOON, Message(RESIDENT, "The left."))), ["acknowledged", "reply"]),
        ((VALID, PROMISED), ["replied", "follow_up", "visit"]),
        ((VALID, PROMISED, (NOON, FollowUp(OWNER, "It is in."))), ["replied", "visit"]),
    ],
)
def test_each_state_has_its_steps(done, expected):
    """What is to come, in its order; once it has ended, how it opens again."""
    assert keys(*done) == expected


@pytest.mark.parametrize(
    ("now", "done", "expected"),
    [
        ("Tuesday 2026-11-24 18:00", (), ["acknowledge", "reply"]),
        ("Tuesday 2026-11-24 18:01", (), ["acknowledge_late", "reply"]),
        ("Tuesday 2026-12-01 10:00", (), ["acknowledge_late", "reply_late"]),
        ("Tuesday 2026-12-01 10:00", (ACCEPTED,), ["acknowledged", "reply_late"]),
        (
            "Friday 2026-11-27 15:01",
            (ACCEPTED, (NOON, agree(OWNER, "Friday 2026-11-27 15:00"))),
            ["acknowledged", "agreed_past", "reply"],
        ),
        ("Monday 2026-11-30 09:00", (VALID, PROMISED), ["replied", "follow_up_late", "visit"]),
        ("Friday 2026-11-27 09:00", (ACCEPTED, ASKED), ["acknowledged", "reply"]),
    ],
)
def test_what_was_not_kept_is_said_to_be_so(now, done, expected):
    """Nobody reads that something will happen by a time that has passed, nor of success."""
    assert keys(*done, now=now) == expected
    history = lived(MONDAY, *done)
    is_late = any(one.endswith("_late") for one in expected)
    assert view_of(history, now).is_late(history) is is_late


def test_an_agreed_time_that_was_found_missed_is_late():
    """Until the deadline was checked it may have been kept."""
    agreed = (NOON, agree(OWNER, "Friday 2026-11-27 15:00"))
    checked = ("Friday 2026-11-27 16:00", CheckDeadlines())
    history = lived(MONDAY, ACCEPTED, agreed, checked)
    assert view_of(history, "Friday 2026-11-27 16:01").is_late(history)


def test_once_asked_whether_it_held_no_other_visit_is_announced():
    """The letter is there; it is for the resident to say."""
    asked = ("Tuesday 2026-12-01 10:00", CheckDeadlines())
    assert keys(VALID, REPLIED, asked, now="Tuesday 2026-12-01 11:00") == ["replied"]


def test_the_dates_are_those_the_resident_was_told():
    """A rise in severity binds the staff to less time; the resident's own dates stay."""
    told = steps()
    hurried = steps((NOON, judge(SUPERVISOR, severity="major")))
    assert told == hurried
    assert "2026年11月24日（星期二）18:00" in told[0]
    assert "2026年11月30日（星期一）18:00" in told[1]


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_nothing_of_the_staff_s_is_among_the_steps(language):
    """Nobody judged anything that the resident could read here."""
    said = " ".join(
        steps(
            (NOON, judge(SUPERVISOR, valid=False)),
            (NOON, Message(RESIDENT, "Hello.")),
            (NOON, Reply(OWNER, "Text.", "telephone", at(NOON))),
            language=language,
        )
    )
    assert "I went to see it." not in said
    assert "{" not in said


def test_no_answer_is_late_while_the_resident_is_asked():
    """What is waited for puts off the date that the resident reads, and no promise is broken."""
    asked = ("Friday 2026-11-27 10:00", AwaitAnswer(OWNER, "Which tap?"))
    waiting = steps(ACCEPTED, asked, now="Tuesday 2026-12-01 10:00")
    assert waiting[-1] == locales.say("zh", "page.next_reply", reception="", moment=LATER)
    assert "reply_late" in keys(ACCEPTED, now="Tuesday 2026-12-01 10:00")
    assert "reply_late" in keys(ACCEPTED, asked, now="Friday 2026-12-04 17:01")


CHECKED = ("Tuesday 2026-11-24 18:00", CheckDeadlines())
CHECKED_AGAIN = ("Wednesday 2026-11-25 18:00", CheckDeadlines())


def test_a_missed_promise_comes_with_its_new_date_and_who_has_it():
    """The page says what the letter says, and never a date that has passed."""
    said = steps(VALID, CHECKED, now="Wednesday 2026-11-25 09:00")
    assert said[-1] == "物业经理现在负责此事，会在 2026年11月25日（星期三）18:00 之前与您联系。"


def test_a_new_date_that_was_missed_too_asks_for_a_time():
    """Until one is agreed."""
    done = (VALID, CHECKED, CHECKED_AGAIN)
    assert keys(*done, now="Thursday 2026-11-26 09:00")[-1] == "new_date_late"
    agreed = ("Thursday 2026-11-26 10:00", agree(OWNER, "Friday 2026-11-27 15:00"))
    assert "new_date_late" not in keys(*done, agreed, now="Thursday 2026-11-26 11:00")


def test_who_has_it_now_is_not_said_to_have_accepted_it():
    """Another may have: it was handed over since, or has risen."""
    assert "已经受理。现由" in steps(ACCEPTED)[0]
    assert "现由物业经理负责" in steps(ACCEPTED)[0]
