"""What is told by e-mail is told when the letter has arrived, and not before (principle 3)."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import AwaitAnswer, RecordDelivery, Withdraw
from chalicelib.domain.deadlines import deadlines, return_visit
from chalicelib.domain.delivery import BOUNCED, DELIVERED, FAILED, STATES, further
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.evolve import replay
from chalicelib.domain.joined import part_of
from chalicelib.domain.model import BY_CLOCK, RESIDENT
from chalicelib.domain.tasks import UNTOLD, tasks
from support.examples import (
    CHECK,
    POLICY,
    a_life,
    acknowledge,
    at,
    close,
    confirm,
    correct,
    dispute,
    judge,
    reply,
    update,
)
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
TUESDAY = "Tuesday 2026-11-24 10:00"
WEDNESDAY = "Wednesday 2026-11-25 10:00"
IN_TIME = "Friday 2026-11-27 10:00"
DUE = "Monday 2026-11-30 18:00"
TOO_LATE = "Tuesday 2026-12-01 10:00"
OWNER = "jade-manager"


def a_silent_life(moment=MONDAY, **facts):
    """A complaint of whose letters nothing is heard by itself."""
    return replace(a_life(moment, **facts), silent=True)


def heard(life, moment, state, sent_at=None):
    """The mail service tells what became of the letter that was sent last."""
    told = [one for one in life.records if getattr(one.event, "told_by", "") == "email"][-1]
    sent_at = at(sent_at) if sent_at else told.at
    return life.on(moment, RecordDelivery(told.number, told.kind, state, sent_at))


REPLIED = a_silent_life().on(IN_TIME, judge("jade-supervisor", valid=True), reply(OWNER))
CONFIRM_BY = at(IN_TIME) + timedelta(hours=24)


def test_a_reply_on_its_way_has_not_replied():
    """It is not solved, cannot be closed and is not asked after, and the record says who waits."""
    complaint = REPLIED.complaint
    assert complaint.status == "received"
    assert not complaint.is_solved
    assert return_visit(complaint, POLICY) is None
    assert REPLIED.refusal(IN_TIME, close(OWNER)).params["lacking"] == ("reply",)


def test_its_clocks_neither_ring_nor_stop_meanwhile():
    """What the reply would stop is not due; once it has failed, it is due as if never written."""
    before = deadlines(a_life(MONDAY).complaint, POLICY)
    meanwhile = deadlines(REPLIED.complaint, POLICY)
    assert {"reply", "acknowledge", "silence", "month"} <= before.keys()
    assert not {"reply", "acknowledge", "silence", "month"} & meanwhile.keys()
    assert "missed" not in REPLIED.on(DUE, CHECK).kinds
    failed = heard(REPLIED, DUE, BOUNCED)
    assert deadlines(failed.complaint, POLICY)["reply"] == before["reply"]
    assert failed.on(DUE, CHECK).complaint.missed >= {"reply"}


def test_delivered_it_counts_from_when_it_was_sent():
    """However late that is heard."""
    life = heard(REPLIED, TOO_LATE, DELIVERED)
    assert life.kinds == ("letter_delivered",)
    assert life.complaint.status == "replied"
    assert life.complaint.replied_at == life.complaint.acknowledged_at == at(IN_TIME)
    assert "reply" not in life.on(TOO_LATE, CHECK).complaint.missed
    assert life.on(TOO_LATE, close(OWNER)).complaint.status == "closed"


def test_sent_too_late_it_was_missed():
    """Written in time and sent after the promise had run out: both are on the record."""
    life = heard(REPLIED, TOO_LATE, DELIVERED, sent_at="Monday 2026-11-30 18:30")
    assert life.kinds == ("missed", "letter_delivered")
    assert life.latest[0].by == BY_CLOCK
    assert life.complaint.replied_at == at("Monday 2026-11-30 18:30")


def test_a_month_that_ends_meanwhile_waits_for_the_word():
    """5.1.3 holds where the reply did not arrive, and not where it did (our setting)."""
    life = a_silent_life().on("Wednesday 2026-12-23 09:00", reply(OWNER))
    over = "Wednesday 2026-12-23 11:00"
    assert "escalated" not in life.on(over, CHECK).kinds
    assert "escalated" not in heard(life, over, DELIVERED).on(over, CHECK).kinds
    assert "escalated" in heard(life, over, BOUNCED).on(over, CHECK).kinds


@pytest.mark.parametrize("state", STATES[6:])
def test_what_did_not_arrive_was_not_told(state):
    """The owner is to tell the resident another way, and it can be closed by no such reply."""
    life = heard(REPLIED, TOO_LATE, state)
    assert life.kinds == ("letter_failed",)
    assert (UNTOLD, OWNER) in {
        (one.deadline, one.to) for one in tasks(life.complaint, life.context, at(TOO_LATE))
    }
    assert "reply" in life.refusal(TOO_LATE, close(OWNER)).params["lacking"]


def test_a_failed_address_is_written_to_no_more():
    """An e-mail is refused, and no letter to the resident is called for, until it is corrected."""
    life = heard(REPLIED, TOO_LATE, BOUNCED)
    assert life.refusal(TOO_LATE, reply(OWNER)).code == "email_failed"
    assert life.refusal(TOO_LATE, update(OWNER, "email")).code == "email_failed"
    assert life.refusal(TOO_LATE, AwaitAnswer(OWNER, "Which?")).code == "email_failed"
    assert RESIDENT not in {one.to for one in life.letters_of(life.records)}
    same = life.on(TOO_LATE, correct(OWNER, phone="139 0000 0000"))
    assert same.refusal(TOO_LATE, reply(OWNER)).code == "email_failed"
    other = life.on(TOO_LATE, correct(OWNER, email="li@example.com"))
    assert other.on(TOO_LATE, reply(OWNER)).kinds == ("replied",)


def test_an_old_bounce_does_not_mark_a_new_address():
    """What was sent before the address was another one says nothing of that."""
    life = REPLIED.on(TOO_LATE, correct(OWNER, email="li@example.com"))
    life = heard(life, TOO_LATE, BOUNCED)
    assert life.kinds == ("letter_failed",)
    assert life.complaint.gets_mail


def test_our_own_failure_does_not_mark_the_address():
    """What could not be handed over says nothing against the address."""
    life = heard(REPLIED, TOO_LATE, FAILED)
    assert life.complaint.gets_mail
    assert life.complaint.untold_at == at(TOO_LATE)


def test_told_another_way_the_task_is_done():
    """By telephone it counts at once."""
    life = heard(REPLIED, TOO_LATE, BOUNCED).on(TOO_LATE, reply(OWNER, "telephone"))
    assert life.complaint.untold_at is None
    assert life.complaint.status == "replied"


def test_junk_was_read_all_the_same():
    """It counts, and was the last one."""
    life = heard(REPLIED, TOO_LATE, "complained")
    assert life.kinds == ("letter_delivered", "letter_failed")
    assert life.complaint.status == "replied"
    assert life.complaint.untold_at is None
    assert not life.complaint.gets_mail


def test_a_late_bounce_voids_what_had_counted():
    """As SES tells of some only after the delivery; unless the resident has reacted."""
    life = heard(REPLIED, IN_TIME, DELIVERED)
    void = heard(life, DUE, BOUNCED)
    assert void.complaint.status == "received"
    assert not void.complaint.is_solved
    assert void.on(DUE, CHECK).complaint.missed >= {"reply", "acknowledge"}
    reacted = heard(life.on(DUE, confirm(RESIDENT, "page")), DUE, BOUNCED)
    assert reacted.complaint.status == "replied"


def test_whoever_answers_a_reply_has_read_it():
    """Confirmed or disputed, whatever is heard of its letter, before or after."""
    confirmed = REPLIED.on(IN_TIME, confirm(RESIDENT, "page"))
    assert confirmed.kinds == ("letter_delivered", "confirmed")
    assert confirmed.complaint.is_solved
    disputed = REPLIED.on(IN_TIME, dispute(RESIDENT, "page"))
    assert disputed.complaint.status == "reopened"
    assert heard(disputed, IN_TIME, DELIVERED).kinds == ()


def test_a_silent_mail_service_has_a_day():
    """Then it is taken to have arrived, by who asks the record of letters for it."""
    assert next_due_at(REPLIED.complaint, POLICY) <= CONFIRM_BY
    life = heard(REPLIED, "Saturday 2026-11-28 10:00", "presumed")
    assert life.complaint.status == "replied"
    assert life.latest[-1].event.because == "presumed"


def test_of_what_has_ended_nothing_is_waited_for():
    """Withdrawn while a reply is on its way, it is due for nothing, whatever is heard later."""
    life = REPLIED.on(IN_TIME, Withdraw(RESIDENT, ""))
    assert next_due_at(life.complaint, POLICY) is None
    heard_of = heard(life, TOO_LATE, DELIVERED)
    assert heard_of.complaint.status == "withdrawn"
    assert heard_of.complaint.unconfirmed == ()


@pytest.mark.parametrize(
    ("told", "before", "after"),
    [
        (acknowledge(OWNER), "received", "acknowledged"),
        (update(OWNER, "email"), "received", "acknowledged"),
        (AwaitAnswer(OWNER, "Which tap?"), "received", "acknowledged"),
    ],
)
def test_any_word_by_e_mail_is_a_first_contact_once_it_has_arrived(told, before, after):
    """A first contact, an update and a question alike; a bounce leaves all as it was."""
    life = a_silent_life()
    stood = life.complaint
    life = life.on(TUESDAY, told)
    assert life.complaint.status == before
    assert heard(life, TUESDAY, DELIVERED).complaint.status == after
    failed = heard(life, TUESDAY, BOUNCED).complaint
    changed = {"version", "email_failed", "untold_at"}
    assert all(
        getattr(failed, name) == getattr(stood, name)
        for name in stood.__struct_fields__
        if name not in changed
    )


def test_a_question_pauses_from_when_it_was_sent():
    """Not before it has arrived for good, and as long as was said."""
    life = a_silent_life().on(TUESDAY, AwaitAnswer(OWNER, "Which tap?"))
    assert life.complaint.pauses == ()
    (pause,) = heard(life, WEDNESDAY, DELIVERED).complaint.pauses
    assert pause.begin == at(TUESDAY)


def test_a_merged_part_is_answered_once_its_letter_has_arrived():
    """Its survivor takes note of that, as of what its resident says."""
    assert part_of(REPLIED.complaint, "").answered_at is None
    arrived = heard(REPLIED, IN_TIME, DELIVERED).complaint
    assert part_of(arrived, "").answered_at == at(IN_TIME)


TOLD = [one for one in STATES[3:] if one != FAILED]
"""What the mail service tells; that we have given up, nobody tells us."""
FEEDBACK = st.lists(st.sampled_from(TOLD), min_size=1, max_size=4)


@given(FEEDBACK, st.data())
def test_the_order_of_feedback_does_not_matter(states, data):
    """Twice, late or the other way round: as the letter's state stands at the end, so it is.

    Whoever hears of it tells the furthest state so far, as the record of letters keeps it.
    """
    outcomes = set()
    order = data.draw(st.permutations(states))
    for one in (states, order, [*order, *states]):
        life, so_far = REPLIED, STATES[2]
        for state in one:
            so_far = further(so_far, state)
            life = heard(life, IN_TIME, so_far)
        outcomes.add(_outcome(life))
    assert len(outcomes) == 1


def _outcome(life):
    complaint = life.complaint
    assert replay(life.records) == complaint
    return complaint.status, complaint.is_solved, bool(complaint.email_failed)


def test_every_state_comes_after_those_before():
    """Of any two states of a letter the same one is the further, whichever is heard first."""
    for one, other in permutations(STATES, 2):
        assert further(one, other) == further(other, one)
