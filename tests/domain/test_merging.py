"""What holds for any two complaints that go on as one, and once they are separated again."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import (
    Absorb,
    Join,
    LetGo,
    Link,
    Merge,
    Message,
    Note,
    PassDown,
    PassUp,
    Repeat,
    Separate,
)
from chalicelib.domain.decisions.merging import open_promises_of
from chalicelib.domain.errors import DeskError
from chalicelib.domain.events import Updated
from chalicelib.domain.joined import FLAGS, part_of
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.verbs import STAFF_VERBS
from support.examples import POLICY, a_life, a_part, acknowledge, at, judge, reply

MONDAY, TUESDAY, FRIDAY = (
    "Monday 2026-11-23 10:00",
    "Tuesday 2026-11-24 10:00",
    "Friday 2026-11-27 10:00",
)
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
OTHER = "8K3MQ-9TX4B"
facts = st.fixed_dictionaries(
    {
        "cause": st.sampled_from(["service", "promise", "facility", "unsure"]),
        "hurt": st.booleans(),
        "loss": st.sampled_from([None, Decimal(100), Decimal(6000)]),
        "times_raised": st.integers(0, 3),
        "about": st.sampled_from(["engineering", "cleaning", "unsure"]),
    }
)
steps = st.lists(
    st.sampled_from(
        [
            acknowledge(OWNER),
            judge(SUPERVISOR, valid=True),
            judge(SUPERVISOR, valid=False),
            judge(SUPERVISOR, severity="minor"),
            judge(SUPERVISOR, caused_by_us=False),
            reply(OWNER),
            Link("00000-00001", "household", 2, told=False),
            Repeat("00000-00002"),
            Note(SUPERVISOR, "Rang twice."),
            Message(RESIDENT, "Still dripping."),
        ]
    ),
    max_size=4,
)


def lived(moment, said, done, **more):
    life = a_life(moment, **said, **more)
    for command in done:
        with suppress(DeskError):
            life = life.on(FRIDAY, command)
    return life


elders = st.builds(lambda said, done: lived(MONDAY, said, done), facts, steps)
youngers = st.builds(
    lambda said, done: lived(TUESDAY, said, done, reference=OTHER, received_at=at(TUESDAY)),
    facts,
    steps,
)
homes = st.sampled_from(["7K3MQ-9TX4B", OTHER])


def absorbing(younger, home=OTHER):
    one = younger.complaint
    return Absorb(
        (part_of(one, home), *one.parts),
        open_promises_of(one, POLICY),
        one.may_be_meant,
        one.about,
        one.links,
        one.repeats,
        "The same.",
    )


@given(elders, youngers, homes)
def test_a_merge_loses_nothing(elder, younger, home):
    """Receipt, severity, facts, clauses, times raised, ties, and whom it may be about."""
    before, part = elder.complaint, younger.complaint
    after = elder.on("Saturday 2026-11-28 10:00", absorbing(younger, home)).complaint
    assert after.received_at == min(before.received_at, part.received_at)
    assert POLICY.rank(after.severity) <= min(map(POLICY.rank, (before.severity, part.severity)))
    for name in FLAGS:
        assert getattr(after, name) is (getattr(before, name) or getattr(part, name))
    assert (after.loss or 0) == max(before.loss or 0, part.loss or 0)
    assert after.verdict.facts >= before.verdict.facts | part.verdict.facts
    assert after.times_raised >= max(before.times_raised, part.times_raised)
    assert set(after.absorbed) == {OTHER}
    assert set(after.links) >= {*before.links, *part.links} - {OTHER, before.reference}
    assert set(after.repeats) >= {*before.repeats, *part.repeats} - {OTHER, before.reference}
    assert set(after.may_be_meant) >= {*before.may_be_meant, *part.may_be_meant}
    assert after.photos == before.photos
    assert after.messages == before.messages
    assert after.owner.staff not in after.may_be_meant
    known = (before.about, part.about)
    assert after.about == next((one for one in known if one != "unsure"), "unsure")


@given(elders, youngers)
def test_no_promise_moves_later_by_a_merge(elder, younger):
    """Neither that to the one resident, nor that to the other where it is still to come."""
    now = at("Saturday 2026-11-28 10:00")
    before, others = elder.complaint, open_promises_of(younger.complaint, POLICY)
    after = elder.on("Saturday 2026-11-28 10:00", absorbing(younger)).complaint
    assert after.promises.acknowledge_by <= before.promises.acknowledge_by
    assert after.promises.reply_by <= before.promises.reply_by
    told = zip((after.promises.acknowledge_by, after.promises.reply_by), others, strict=True)
    for at_last, other in told:
        assert other is None or other.at <= now or at_last <= other.at


@given(elders, youngers)
def test_separated_each_is_as_it_was(elder, younger):
    """Facts and severity of the one that stays, severity and promises of the other."""
    merged = elder.on("Saturday 2026-11-28 10:00", absorbing(younger))
    joined = younger.on("Saturday 2026-11-28 10:00", Join(merged.complaint))
    alone = merged.on("Saturday 2026-11-28 11:00", LetGo((OTHER,))).complaint
    again = joined.on("Saturday 2026-11-28 11:00", Separate(SUPERVISOR, "Another.")).complaint
    for name in ("cause", "hurt", "loss", "caused_by_us", "slight", "valid", "times_raised"):
        assert getattr(alone, name) == getattr(elder.complaint, name), name
        assert getattr(again, name) == getattr(younger.complaint, name), name
    assert alone.severity == elder.complaint.severity
    assert (again.severity, again.promises) == (
        younger.complaint.severity,
        younger.complaint.promises,
    )
    assert (again.merged_into, alone.absorbed) == (None, ())
    assert again.may_be_meant == younger.complaint.may_be_meant


@given(elders, st.lists(st.booleans(), min_size=1, max_size=4))
def test_it_is_solved_once_each_who_goes_on_has_an_answer(elder, told):
    """Who has withdrawn is waited for no more."""
    life = elder
    for number, is_told in enumerate(told):
        when = at(FRIDAY) if is_told else None
        part = a_part(f"0000{number}-00000", answered_at=when)
        life = life.on("Saturday 2026-11-28 10:00", Absorb((part,)))
    after = life.complaint
    assert after.is_solved is (after.replied_at is not None and all(told))


@pytest.mark.parametrize(
    ("judged", "hurt", "caused"),
    [
        ((False, False), (True, True), False),
        ((False, None), (True, True), None),
        ((False, None), (True, False), False),
        ((None, True), (False, True), True),
    ],
)
def test_who_caused_it_counts_of_those_who_were_hurt(judged, hurt, caused):
    """By others only where somebody judged so of each of them (5.1.2)."""
    life = a_life(MONDAY, cause="facility", hurt=hurt[0])
    if judged[0] is not None:
        life = life.on(TUESDAY, judge(SUPERVISOR, caused_by_us=judged[0]))
    part = a_part(OTHER, hurt=hurt[1], caused_by_us=judged[1])
    assert life.on(TUESDAY, Absorb((part,))).complaint.caused_by_us is caused


def test_what_is_passed_on_twice_is_known_already():
    """Nothing comes of a part that is not its own, nor of one that left."""
    life = a_life(MONDAY).on(TUESDAY, Absorb((a_part(OTHER),)))
    stranger = PassUp("disputed", 2, (a_part("99999-99999"),))
    assert life.on(TUESDAY, stranger).latest == ()
    left = life.on(TUESDAY, LetGo((OTHER,)))
    assert left.on(TUESDAY, PassUp("disputed", 2, (a_part(OTHER),))).latest == ()
    assert left.on(TUESDAY, LetGo((OTHER,))).latest == ()


def test_what_was_told_by_telephone_is_told_to_one():
    """An update by telephone is not on the others' records; by e-mail it is."""
    survivor = a_life(MONDAY).on(TUESDAY, Absorb((a_part(OTHER),))).complaint
    part = a_life(TUESDAY, reference=OTHER, received_at=at(TUESDAY))
    part = part.on(TUESDAY, Join(survivor))
    for how, kinds in (("telephone", ()), ("email", ("updated",))):
        passed = PassDown(
            Updated(how), {}, survivor.reference, survivor.owner, survivor.promises, how
        )
        assert part.on(TUESDAY, passed).kinds == kinds


def test_every_verb_says_whether_it_is_one_residents():
    """What is done of a merged complaint where its resident is; the rest is the survivor's."""
    of_one = {name for name, verb in STAFF_VERBS.items() if verb.of_one}
    assert STAFF_VERBS.keys() - of_one == {
        *("judge", "give-feedback", "hand-over", "hand-back", "close", "call-for-help"),
        *("merge", "reopen", "settle", "pass-on", "record-confidence"),
    }
    merged = a_life(MONDAY).on(TUESDAY, Merge(SUPERVISOR, OTHER, "The same."))
    refused = merged.refusal(TUESDAY, judge(SUPERVISOR, valid=True))
    assert (refused.code, refused.params) == ("merged", {})
