"""What holds for every history, whatever staff and clock do and in whatever order."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.commands import (
    ReplaceAbsentOwner,
)
from chalicelib.domain.deadlines import NOT_PROMISED, deadlines, explained
from chalicelib.domain.decisions.reminding import chain
from chalicelib.domain.escalation import NO_LADDER, next_due_at
from chalicelib.domain.evolve import replay
from chalicelib.domain.model import BY_CLOCK, RESIDENT
from chalicelib.domain.notices import FAREWELL, notices
from chalicelib.domain.permissions import may
from chalicelib.domain.promises import due_at
from chalicelib.domain.staff import LEADER, Post
from chalicelib.domain.tasks import tasks
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.domain.working_time import days_after, months_after
from support.actors import ACTORS, is_act_of_its_actor
from support.examples import (
    CHECK,
    DIRECTORY,
    POLICY,
    SHANGHAI,
    a_life,
    close,
    dispute,
    reply,
)
from support.lives import IDS, START, VERBS, lived_on, lives, minutes_between, waits

NEW_ROUND = ("disputed", "reopened")
each_life = settings(max_examples=settings.default.max_examples * 4 // 5)


@each_life
@given(lives)
def test_exactly_one_owner_while_open(life):
    """At no moment of its life is an open complaint without an owner."""
    for count in range(2, len(life.records) + 1):
        complaint = replay(life.records[:count])
        assert not complaint.is_open or DIRECTORY.person(complaint.owner.staff)


@each_life
@given(lives)
def test_every_beginning_of_a_history_is_a_complaint(life):
    """Any number of first records replays to a state, whose version is that number."""
    for count in range(1, len(life.records) + 1):
        complaint = replay(life.records[:count])
        assert complaint.version == count
        next_due_at(complaint, POLICY)


@each_life
@given(lives)
def test_severity_falls_only_by_a_person_s_word(life):
    """Wherever the severity falls, a person named it and gave a reason."""
    for count in range(2, len(life.records) + 1):
        before, after = (replay(life.records[:size]) for size in (count - 1, count))
        if POLICY.graver(before.severity, after.severity):
            record = life.records[count - 1]
            assert record.kind in ("judged", "part_left")
            assert record.words.get("reason") or record.kind == "part_left"
            assert record.event.severity_before == before.severity


@each_life
@given(lives)
def test_no_promise_ever_moves_later(life):
    """Within a round nothing makes a promise later than the resident was told before."""
    for count in range(2, len(life.records) + 1):
        if life.records[count - 1].kind in NEW_ROUND:
            continue
        before, after = (replay(life.records[:size]).promises for size in (count - 1, count))
        assert after.acknowledge_by <= before.acknowledge_by
        assert after.reply_by <= before.reply_by


@each_life
@given(lives)
def test_nothing_is_closed_without_an_answer(life):
    """Whenever the owner tries it: closed means valid and replied to, invalid means explained."""
    complaint = lived_on(life, close(life.owner)).complaint
    if complaint.status == "closed":
        assert complaint.valid
        assert complaint.is_solved
    if complaint.status == "invalid":
        assert complaint.valid is False
        assert complaint.explained


@each_life
@given(lives)
def test_checking_the_deadlines_settles_the_moment(life):
    """After the deadlines were checked nothing is overdue, and asking again yields nothing."""
    if not life.complaint.is_open:
        return
    now = life.records[-1].at + timedelta(days=40)
    life = life.on(now, CHECK)
    due_at = next_due_at(life.complaint, POLICY)
    assert due_at is None or due_at > now
    assert life.on(now, CHECK).latest == ()


@each_life
@given(lives, st.integers(0, 60 * 24 * 60))
def test_before_the_next_due_time_the_clock_has_nothing_to_say(life, minutes):
    """Until the next due time checking the deadlines yields nothing, and at it something."""
    due_at = next_due_at(life.complaint, POLICY)
    if life.complaint.erased:
        assert due_at is None
        return
    now = life.records[-1].at + timedelta(minutes=minutes)
    happened = life.on(now, CHECK).latest
    assert bool(happened) is (due_at is not None and due_at <= now)


@each_life
@given(lives)
def test_an_open_complaint_is_in_somebodys_tasks(life):
    """At every moment of its life, whoever is away: no complaint is nobody's to go on with.

    An owner who has left has it until the clock has looked.
    """
    for count in range(2, len(life.records) + 1):
        complaint, now = replay(life.records[:count]), life.records[count - 1].at
        if complaint.is_open and not waits(complaint):
            found = tasks(complaint, life.context, now)
            assert found, complaint
            there = life.context.directory.answering(
                Post(LEADER, complaint.community), POLICY, frozenset()
            )
            assert there is None or {one.to for one in found} <= {
                *life.context.directory.enabled_ids,
                complaint.owner.staff,
            }


@each_life
@given(lives)
def test_whoever_has_a_task_may_do_it(life):
    """Its button opens a form: nobody is asked for what they may not do or cannot open."""
    life = lived_on(life, ReplaceAbsentOwner())  # as whatever changes the staff asks
    post, directory = Post(LEADER, life.complaint.community), life.context.directory
    if directory.answering(post, POLICY, frozenset()) is None:
        return
    if life.complaint.merged_into and not directory.person(life.complaint.owner.staff or ""):
        return  # its owner is replaced with the one of the complaint that it goes on under
    for one in tasks(life.complaint, life.context, life.records[-1].at):
        person = life.context.directory.person(one.to)
        assert may(person, "see", life.complaint), one
        assert may(person, one.verb, life.complaint), one


@each_life
@given(lives)
def test_no_act_is_without_its_actor(life):
    """Who stands on the record did it: a person of the staff, the resident, or else the clock."""
    for record in life.records:
        assert is_act_of_its_actor(record, DIRECTORY), (record.kind, record.by)


def test_what_was_missed_is_nobodys_act():
    """The resident who says that it is not solved, days late, did not miss the reply."""
    life = a_life(START).on(START, reply("jade-manager"))
    life = life.on(START + timedelta(days=20), dispute(RESIDENT, "page"))
    by = {record.kind: record.by for record in life.latest}
    assert (by["missed"], by["disputed"]) == (BY_CLOCK, RESIDENT)
    assert ACTORS["missed"] == {BY_CLOCK}


@each_life
@given(lives)
def test_a_new_date_is_to_come_when_it_is_told(life):
    """However late the clock came to it, by whatever was done before."""
    for record in life.records:
        if record.kind == "new_date_set":
            assert all(one.anew.at > record.at for one in record.event.dates)


@each_life
@given(lives)
def test_no_letter_goes_to_who_may_not_open_it(life):
    """Whatever happened and whoever is away, but for who had it and is told that it is gone."""
    for count in range(2, len(life.records) + 1):
        complaint = replay(life.records[:count])
        for one in notices(life.records[count - 1], complaint, life.context):
            reader = life.context.directory.person(one.to)
            seen = one.to == RESIDENT or may(reader, "see", complaint)
            assert seen or one.letter == FAREWELL


@each_life
@given(lives)
def test_nobody_is_written_to_twice_about_one_thing(life):
    """One record never calls for two letters to the same person."""
    for record in life.records:
        recipients = [notice.to for notice in life.letters_of([record])]
        assert len(recipients) == len(set(recipients))


@each_life
@given(lives)
def test_a_new_round_begins_with_fresh_promises(life):
    """Disputed or reopened, no promise is missed yet and each lies ahead; to judge may be late."""
    for count in range(2, len(life.records) + 1):
        record = life.records[count - 1]
        if record.kind in NEW_ROUND:
            complaint = replay(life.records[:count])
            assert complaint.missed <= {"judge"}
            assert complaint.promises.acknowledge_by > record.at
            assert complaint.promises.reply_by > record.at
            assert not complaint.is_solved


@each_life
@given(lives)
def test_what_was_due_and_not_done_is_in_the_history(life):
    """After a check no deadline has run out without its entry in this round.

    Somebody was reminded of it, where there is anybody at all whose it is.
    """
    if not life.complaint.is_open:
        return
    now = life.records[-1].at + timedelta(days=100)
    life = life.on(now, CHECK)
    running = deadlines(life.complaint, POLICY).values()
    over = {one.name for one in running if one.at <= now}
    assert over - NOT_PROMISED <= life.complaint.missed
    whose = {name for name in over - NO_LADDER if chain(name, life.complaint, life.context)}
    assert whose <= {one.deadline for one in life.complaint.chased}


@each_life
@given(lives)
def test_every_open_complaint_has_something_due(life):
    """Whatever happened to it, some deadline runs until it has ended: none is forgotten."""
    for count in range(1, len(life.records) + 1):
        complaint = replay(life.records[:count])
        if not waits(complaint):
            assert bool(deadlines(complaint, POLICY)) is complaint.is_open


@each_life
@given(lives)
def test_each_basis_leads_to_its_date(life):
    """Whatever happened, each deadline can be computed again from the basis beside it."""
    for count in range(1, len(life.records) + 1):
        for one in explained(replay(life.records[:count]), POLICY):
            assert computed(one) == one.at


def computed(deadline):
    """The date, computed again from what the basis says."""
    basis = deadline.basis
    if basis.left is not None:
        return POLICY.working_time.instant_after(basis.from_at, basis.left, SHANGHAI)
    if basis.within is not None:
        return due_at(basis.within, basis.from_at, POLICY, SHANGHAI)
    if basis.days:
        at = days_after(basis.from_at, basis.days, SHANGHAI)
        opens = basis.start in ("replied", "promised_date")
        return POLICY.working_time.within_hours(at, SHANGHAI) if opens else at
    if basis.months:
        return months_after(basis.from_at, basis.months, SHANGHAI)
    return deadline.at


@each_life
@given(lives, st.lists(minutes_between, max_size=6))
def test_a_return_visit_is_never_made_by_the_clock(life, pauses):
    """It opens a visit and says that none was made; who tried and who asked are people."""
    now = life.records[-1].at
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        life = lived_on(life, CHECK, now)
    people = {RESIDENT, *IDS}
    for record in life.records:
        if record.kind in ("return_visited", "return_visit_tried"):
            assert record.by in people
        if record.kind == "return_visit_missed":
            assert not record.words
            assert not hasattr(record.event, "told_by")


def test_every_verb_is_driven():
    """No verb of the staff is left out of these histories."""
    assert VERBS.keys() == STAFF_VERBS.keys()
