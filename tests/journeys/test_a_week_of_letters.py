"""A week of seventy complaints, neglected or answered in time: who gets how many letters.

The figures are printed by `pytest --capture=no`; what the policy says of them is held here.
"""

import sys
from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.domain.commands import Acknowledge, Close, GiveFeedback, Judge, Reply
from support.examples import SHANGHAI, at
from support.load import complain
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, STAFF, SUPERVISOR

MONDAY = "Monday 2026-11-23 09:30"
END = "Tuesday 2026-12-01 08:30"
COMPLAINTS = 70
CAUSES = ("facility", "service", "unsure")
NEWLY_DONE = {"alert", "gathered", "escalated", "feedback_given", "message", "handed_over"}
"""Letters of what a resident or a colleague newly did, of which there are as many as was done."""


def go_on(office, until):
    """The clock goes on from due time to due time, batch to batch and morning to morning."""
    while (moment := _next(office)) <= until:
        office.clock.at = moment
        office.sweep.go()
        office.deliver()
    office.clock.at = until


def _next(office):
    due = [one.due_at for one in office.complaints.saved.values() if one.due_at]
    opening = office.start_workday.next_after(office.clock.at)
    batches = [one.ends_at for one in office.alert_batches.ended(at("Friday 2027-12-31 12:00"))]
    return max(min([*due, *batches, opening]), office.clock.at)


def letters_a_day(office, *without):
    """How many letters each of the staff got on each day, but for those of these names."""
    sent = zip(office.letters.sent.values(), office.mailer.sent, strict=True)
    people = {one.email: one.id for one in STAFF}
    return Counter(
        (people[mail.to], claimed_at.astimezone(SHANGHAI).date())
        for (letter, claimed_at, _), mail in sent
        if mail.to in people and letter not in without
    )


def told(what, office):
    """Print the figures: all letters, and in brackets those of what somebody newly did."""
    every, chasing = letters_a_day(office), letters_a_day(office, *NEWLY_DONE)
    days = sorted({on for _, on in every})
    figures = [f"\n{what}, a person and day; in brackets what was newly done"]
    for person in sorted({person for person, _ in every}):
        told = (f"{every[person, on]} ({every[person, on] - chasing[person, on]})" for on in days)
        figures.append(f"  {person:14} {' | '.join(told)}")
    sys.stdout.write("\n".join(figures))
    return chasing


@pytest.fixture(scope="module")
def neglected():
    """Seventy on one Monday, of each cause as many, and nobody does anything."""
    office = Office(MONDAY, digests=True)
    for number in range(COMPLAINTS):
        complain(office, number, cause=CAUSES[number % len(CAUSES)])
        go_on(office, office.clock.at + timedelta(minutes=5))
    go_on(office, at(END))
    return office


@pytest.fixture(scope="module")
def normal():
    """Fourteen on each of five days, and everybody does what is theirs by the next day."""
    office = Office(MONDAY, digests=True)
    steps = [step for number in range(COMPLAINTS) for step in _in_time(office, number)]
    for moment, step in sorted(steps, key=lambda one: one[0]):
        go_on(office, moment)
        step()
    go_on(office, at(END))
    return office


def _in_time(office, number):
    """What happens to one complaint, and when: a first contact that day, the rest on the next."""
    day, of_day = divmod(number, 14)
    received_at = at(MONDAY) + timedelta(days=day, minutes=20 * of_day)
    next_day = received_at + timedelta(days=3 if day == 4 else 1)
    owner = MANAGER if number % 3 else SUPERVISOR
    references = []

    def act(command):
        return lambda: office.act(references[0], command)

    def receive():
        references.append(complain(office, number, cause="service" if number % 3 else "facility"))

    done = "阀门已经更换。"
    return [
        (received_at, receive),
        (received_at + timedelta(minutes=45), act(Acknowledge(owner.id))),
        (received_at + timedelta(minutes=90), act(GiveFeedback(HEAD.id, done))),
        (next_day, act(Judge(SUPERVISOR.id, "看过了。", valid=True))),
        (next_day + timedelta(hours=1), act(Reply(owner.id, done))),
        (next_day + timedelta(hours=1, minutes=1), act(Close(owner.id, "阀门老化。", done))),
    ]


def test_of_what_nobody_answers_there_is_one_letter_a_morning(neglected):
    """To each whose task it is, and to each whom the ladder reached; that is all there is."""
    chasing = told("Neglected", neglected)
    assert set(chasing.values()) == {1}
    assert {person for person, _ in chasing} == {
        one.id for one in (SUPERVISOR, MANAGER, HEAD, LEADER)
    }


def test_who_does_what_is_theirs_in_time_has_one_letter_a_morning_at_most(normal):
    """All else that they get is what a resident or a colleague newly did."""
    chasing = told("Normal", normal)
    assert max(chasing.values(), default=0) <= 1
