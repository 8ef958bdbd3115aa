"""Reminders as their readers get them: what they say of the day, and of who is asked what."""

import pytest

from chalicelib.domain.commands import Acknowledge, AgreeTime, GiveFeedback
from support.examples import at
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR


def reminded(office, moment, person):
    """The subjects of what one person is sent by a sweep at that moment."""
    sent = len(office.mailer.sent)
    office.until(moment).sweep.go()
    office.deliver()
    return [mail.written.subject for mail in office.mailer.sent[sent:] if mail.to == person.email]


@pytest.mark.parametrize(
    ("agreed", "reminded_at", "says"),
    [
        ("Wednesday 2026-11-25 15:00", "Wednesday 2026-11-25 09:00", "[Due today]"),
        ("Saturday 2026-11-28 10:00", "Friday 2026-11-27 09:00", "[Due soon]"),
    ],
)
def test_due_today_is_said_of_that_day_alone(office, agreed, reminded_at, says):
    """For a day off the owner reads of it on the working day before, and not that it is today."""
    reference = office.receive()
    office.act(reference, Acknowledge(MANAGER.id))
    office.act(reference, GiveFeedback(HEAD.id, "已派人。"))
    office.act(reference, AgreeTime(MANAGER.id, at(agreed), "配件到货。"))
    (subject,) = reminded(office, reminded_at, MANAGER)
    assert subject.startswith(f"{says} report back as agreed")


def test_who_helps_the_owner_is_asked_to_help_and_who_is_above_to_see_to_it(office):
    """The supervisor of the manager's complaint helps (3.2); to leadership it is brought up."""
    office.receive()
    office.until("Tuesday 2026-11-24 18:00").sweep.go()
    (help_,) = reminded(office, "Wednesday 2026-11-25 09:00", SUPERVISOR)
    (up,) = reminded(office, "Thursday 2026-11-26 09:00", LEADER)
    assert help_.startswith("【请协助】")
    assert up.startswith("[Overdue, brought to you]")


def test_all_that_one_is_reminded_of_at_a_moment_is_one_letter(office):
    """Two things missed at the same closing time, one person, one letter."""
    office.receive(cause="unsure")
    (subject,) = reminded(office, "Tuesday 2026-11-24 18:00", SUPERVISOR)
    assert subject.startswith("【逾期催办】受理并联系业户等 2 项")
