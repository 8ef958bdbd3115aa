"""Lives of complaints at random: whatever staff and clock do, in whatever order.

What is refused is left out, so that each is a life as there could be one.
"""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from chalicelib.domain.commands import (
    Absorb,
    Acknowledge,
    AgreeTime,
    AskCode,
    AssignOwner,
    AwaitAnswer,
    CallForHelp,
    Confirm,
    Dispute,
    Erase,
    FollowUp,
    LetGo,
    Link,
    Merge,
    Message,
    Note,
    PassOn,
    PassUp,
    RecordConfidence,
    RecordDelivery,
    RecordFacts,
    RenewCode,
    ReplaceAbsentOwner,
    Separate,
    Settle,
    Withdraw,
)
from chalicelib.domain.decisions.passing_on import PASSED_UP
from chalicelib.domain.delivery import STATES
from chalicelib.domain.errors import DeskError
from chalicelib.domain.model import RESIDENT
from support.examples import (
    CHECK,
    DIRECTORY,
    FACTS_FOR,
    Life,
    a_life,
    a_part,
    acknowledge,
    at,
    close,
    confirm,
    correct,
    dispute,
    feedback,
    hand_back,
    hand_over,
    judge,
    reopen,
    reply,
    return_visit,
    staff_but,
    update,
)
from support.values import replace

START = at("Monday 2026-11-23 10:00")
IDS = [one.id for one in DIRECTORY.staff]
SEVERITIES = ["major", "important", "minor", None]
REPEATED = "00000-00001"
OWNER = "the owner, whoever it is by then"

by = st.sampled_from([OWNER] * len(IDS) + IDS)
judgements = st.fixed_dictionaries(
    {"by": by},
    optional={
        "valid": st.booleans(),
        "cause": st.sampled_from(["service", "promise", "facility", "unsure"]),
        "caused_by_us": st.booleans(),
        "slight": st.booleans(),
        "about": st.sampled_from(["engineering", "cleaning", "customer-service", "unsure"]),
        "severity": st.sampled_from(SEVERITIES),
    },
)
held = st.sampled_from([True, False, None])
whom = st.sampled_from(["customer_service_supervisor", "property_manager"])
days = st.sampled_from([1, 5, 89])
facts = st.fixed_dictionaries(
    {}, optional={"hurt": st.booleans(), "loss": st.sampled_from([Decimal(1), Decimal(9000)])}
)
phones = st.sampled_from(["", "1"])
VERBS = {
    "acknowledge": st.builds(
        lambda who, how, reached: Acknowledge(who, how, reached=reached),
        by,
        st.sampled_from(["email", "telephone"]),
        st.booleans(),
    ),
    "agree-time": st.builds(lambda who, n: AgreeTime(who, START + timedelta(n), "Soon."), by, days),
    "await-answer": st.builds(lambda who: AwaitAnswer(who, "Which tap?"), by),
    "message": st.builds(lambda who: Message(who, "She rang."), by),
    "follow-up": st.builds(lambda who: FollowUp(who, "The part came."), by),
    "record-facts": st.builds(lambda who, told: RecordFacts(who, "Seen.", **told), by, facts),
    "record-confidence": st.builds(
        lambda who, how: RecordConfidence(who, how, "telephone", "Do not tell them."),
        by,
        st.booleans(),
    ),
    "pass-on": st.builds(lambda who: PassOn(who, "Corridor", "It leaks.", "Mend it."), by),
    "reply": st.builds(
        lambda who, how, n: reply(who, how, follow_up_by=n and START + timedelta(n)),
        by,
        st.sampled_from(["email", "telephone"]),
        st.sampled_from([None, 3, 60]),
    ),
    "close": st.builds(close, by),
    "settle": st.builds(
        lambda who, named: Settle(who, "Seen.", "Bulb.", "New.", "visit", root_cause="-", **named),
        by,
        st.sampled_from([{}, {"severity": "minor"}, {"valid": False}, {"cause": "facility"}]),
    ),
    "judge": judgements.map(lambda judged: judge(**judged)),
    "hand-over": st.builds(hand_over, by, st.sampled_from(IDS)),
    "hand-back": st.builds(hand_back, by),
    "give-feedback": st.builds(feedback, by),
    "update": st.builds(update, by, st.sampled_from(["email", "telephone"])),
    "renew-code": st.builds(lambda who: RenewCode(who, "She lost her telephone."), by),
    "note": st.builds(lambda who: Note(who, "Rang twice."), by),
    "call-for-help": st.builds(CallForHelp, by, whom),
    "confirm": st.builds(confirm, by),
    "dispute": st.builds(dispute, by),
    "return-visit": st.builds(lambda who, how: return_visit(who, held=how), by, held),
    "correct-contact": st.builds(lambda who, phone: correct(who, phone=phone), by, phones),
    "withdraw": st.builds(lambda who: Withdraw(who, "It stopped."), by),
    "merge": st.builds(lambda who: Merge(who, "00000-00000", "The same."), by),
    "separate": st.builds(lambda who: Separate(who, "Another matter."), by),
    "reopen": st.builds(reopen, by),
    "erase": st.builds(lambda who: Erase(who, "She asked."), by),
}
the_clock = st.sampled_from([CHECK, AssignOwner(), ReplaceAbsentOwner()])
OTHER = "00000-00000"
parts = st.builds(
    a_part,
    st.just(OTHER),
    hurt=st.booleans(),
    answered_at=st.sampled_from([None, START]),
    confirmed_at=st.sampled_from([None, START]),
    withdrawn_at=st.sampled_from([None, None, START]),
)
together = st.one_of(
    st.builds(lambda part: Absorb((part,)), parts),
    st.builds(
        lambda kind, part: PassUp(kind, 2, (part,)), st.sampled_from(sorted(PASSED_UP)), parts
    ),
    st.just(LetGo((OTHER,))),
)
validity = st.builds(judge, by, valid=st.booleans())
own = st.sampled_from(
    [
        Message(RESIDENT, "Still dripping."),
        AskCode(RESIDENT),
        Confirm(RESIDENT, "page"),
        Dispute(RESIDENT, "", "page"),
        Withdraw(RESIDENT, ""),
    ]
)
feedback_of_mail = st.builds(
    RecordDelivery, st.integers(1, 12), st.just("replied"), st.sampled_from(STATES[3:])
)
links = st.sampled_from([Link(REPEATED, "household", times, told=False) for times in (1, 2)])
asked = st.one_of(the_clock, validity, own, links, together, feedback_of_mail, *VERBS.values())
deputies = {
    one.id: [
        {"absent": True, "deputy": it.id} for it in DIRECTORY.staff if it.may_be_deputy_of(one)
    ]
    for one in DIRECTORY.staff
}
"""Whoever may stand in for each, as the directory lets them be named."""
absences = st.lists(st.sampled_from(IDS), max_size=4, unique=True).flatmap(
    lambda away: st.fixed_dictionaries(
        {
            one.replace("-", "_"): st.sampled_from(
                [None, {"absent": True}, {"disabled": True}, *deputies[one]]
            )
            for one in away
        }
    )
)
minutes_between = st.sampled_from([0, 1, 20, 120, 24 * 60, 3 * 24 * 60, 31 * 24 * 60])
steps = st.lists(st.tuples(minutes_between, absences, asked), max_size=14)
answered = [
    (0, {}, judge("jade-supervisor", valid=True)),
    (0, {}, acknowledge(OWNER)),
    (0, {}, reply(OWNER)),
]
"""What a life of its own seldom comes to: half of them begin with an answer."""


def lived(facts, done) -> Life:
    """The story of a complaint in which everything is tried and what is refused is left out."""
    life, now = a_life(START, **facts), START
    for minutes, away, asked_for in done:
        now += timedelta(minutes=minutes)
        by_owner = getattr(asked_for, "by", None) == OWNER
        command = replace(asked_for, by=life.owner) if by_owner else asked_for
        life = lived_on(life.among(staff_but(**away)), command, now)
    return life


def lived_on(life, command, now=None) -> Life:
    """The story with one thing more, when it is not refused."""
    try:
        return life.on(now or life.records[-1].at, command)
    except DeskError:
        return life


def goes_on_with_others(complaint):
    """Whether what is still to be done may stand in the record of another of the same matter."""
    return bool(complaint.merged_into or complaint.those_going_on)


def waits(complaint):
    """Whether it waits for others, or until it is known whether a letter has arrived."""
    return goes_on_with_others(complaint) or bool(complaint.unconfirmed)


beginnings = st.sampled_from([[], answered, [*answered, (0, {}, close(OWNER))]])
done = st.builds(lambda before, after: [*before, *after], beginnings, steps)
IN_CONFIDENCE = {"cause": "facility", "in_confidence": True}
lives = st.builds(lived, st.sampled_from([*FACTS_FOR.values(), IN_CONFIDENCE]), done)
