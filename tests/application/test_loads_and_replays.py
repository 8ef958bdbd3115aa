"""What a piece of work reads: a complaint is loaded once and its record replayed once.

The fakes read a complaint from its records each time, as the table does.
"""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.resident_actions import SentAction
from chalicelib.domain.commands import Note
from chalicelib.domain.evolve import replay
from fakes.complaints import FakeComplaints
from support.counting import calls_of
from support.examples import acknowledge, judge, reply
from support.forms import an_intake
from support.office import KEYS
from support.people import MANAGER, SUPERVISOR

ONCE = {"load": 1, "replay": 1}


def counted():
    """Loads and replays while this is open."""
    return calls_of(FakeComplaints.load, replay)


def test_the_letters_of_a_receipt_take_one_load_and_one_replay(office):
    """Its ties are looked for and its owner is named on the history that was loaded."""
    reference = office.submit_complaint.receive(an_intake(office.clock.now()), "web").reference
    with counted() as calls:
        office.notifier.post(ComplaintEvent(reference, 1))
    assert [one.kind for one in office.complaints.load(reference).records] == [
        "received",
        "owner_assigned",
    ]
    assert calls == ONCE


def test_so_do_the_letters_of_every_later_event(office):
    """Whatever happened, and however many are told."""
    reference = office.receive()
    for command in (acknowledge(MANAGER.id), judge(SUPERVISOR.id, valid=True), reply(MANAGER.id)):
        office.act(reference, command)
    numbers = [one.number for one in office.complaints.load(reference).records]
    for number in numbers:
        with counted() as calls:
            office.notifier.post(ComplaintEvent(reference, number))
        assert calls == ONCE


def test_a_repeat_loads_each_of_the_two_once(office):
    """The earlier complaint is told of it, and is loaded for that alone."""
    first = office.receive(form_id="1")
    intake = an_intake(office.clock.now(), form_id="2", earlier_reference=first)
    second = office.submit_complaint.receive(intake, "web").reference
    with counted() as calls:
        office.notifier.post(ComplaintEvent(second, 1))
    assert office.complaints.load(second).complaint.links == (first,)
    assert calls == {"load": 2, "replay": 2}


def test_a_verb_takes_one_load_and_one_replay(office):
    """By its reference, as the command line and the clock act."""
    reference = office.receive()
    with counted() as calls:
        office.act_on_complaint.act(reference, acknowledge(MANAGER.id), MANAGER.id)
    assert calls == ONCE


def test_a_verb_on_a_history_that_is_loaded_takes_no_other(office):
    """Who has read the complaint for this very request acts on what was read."""
    reference = office.receive()
    history = office.complaints.load(reference)
    with counted() as calls:
        office.act_on_complaint.act_on(history, acknowledge(MANAGER.id), MANAGER.id)
    assert calls == {"replay": 1}


def test_a_conflict_takes_a_second_load_and_no_more(office):
    """Somebody came between: what stands now is read, and decided on again."""
    reference = office.receive()
    history = office.complaints.load(reference)
    office.act(reference, acknowledge(MANAGER.id))
    with counted() as calls:
        office.act_on_complaint.act_on(history, Note(SUPERVISOR.id, "Seen."), SUPERVISOR.id)
    assert calls == {"load": 1, "replay": 2}


def test_a_resident_s_action_takes_one_load_and_one_replay(office):
    """The code is checked on the history that is acted on."""
    reference = office.receive()
    action = SentAction("message", "It drips.")
    with counted() as calls:
        office.resident_actions.act(reference, KEYS.code(reference), action)
    assert calls == ONCE


def test_a_sweep_loads_each_complaint_that_is_due_once(office):
    """And replays it once."""
    for number in range(3):
        office.receive(form_id=f"{number}")
    office.until("Wednesday 2026-12-23 10:00")
    with counted() as calls:
        assert office.sweep.go().looked_at == 3
    assert calls == {"load": 3, "replay": 3}


@pytest.mark.parametrize("channel", ["web", "walk_in"])
def test_what_is_carried_on_is_what_a_replay_gives(office, channel):
    """The state that a history was extended to is the one that its records say."""
    intake = an_intake(office.clock.now())
    history = office.submit_complaint.begun(intake, channel, "7K3MQ-9TX4B", office.clock.now())
    office.submit_complaint.submit(history, intake)
    office.deliver()
    history = office.complaints.load("7K3MQ-9TX4B")
    for command in (acknowledge(MANAGER.id), judge(SUPERVISOR.id, valid=True), reply(MANAGER.id)):
        history = office.act_on_complaint.act_on(history, command, command.by)
        assert history.complaint == replay(history.records)
        assert history == office.complaints.load("7K3MQ-9TX4B")
