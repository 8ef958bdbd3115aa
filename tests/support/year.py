"""A year of complaints at random, the same for each seed: every verb, several communities.

The engine decides each as it decides real ones; what it refuses is left out.
"""

from datetime import timedelta
from decimal import Decimal
from random import Random

from chalicelib.domain import commands
from chalicelib.domain.commands import AssignOwner
from chalicelib.domain.errors import DeskError
from chalicelib.domain.model import RESIDENT
from support.examples import (
    CHECK,
    POLICY,
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
    update,
)

COMMUNITIES = {"jade-lake": "jade", "maple-court": "maple"}
FIRST = at("Thursday 2026-01-01 09:00")
OTHER = "00000-00000"


def a_year(count, seed=17):
    """The records of so many complaints, received in the year after `FIRST`."""
    random = Random(seed)  # noqa: S311 - the same for each seed
    return [_life(random, f"YEAR0-{number:05}").records for number in range(count)]


def _life(random, reference):
    community = random.choice([*COMMUNITIES])
    now = FIRST + timedelta(minutes=random.randrange(365 * 24 * 60))
    life = a_life(
        now,
        reference=reference,
        community=community,
        channel=random.choice(["web", "web", "walk_in", "telephone", "letter", "import"]),
        about=random.choice(["engineering", "cleaning", "security", "unsure"]),
        category=random.choice([one.key for one in POLICY.categories]),
        cause=random.choice(["service", "service", "facility", "promise", "unsure"]),
        hurt=random.random() < 0.05,
        times_raised=random.choice([0, 0, 0, 1, 2]),
        received_at=now - timedelta(days=random.choice([0, 0, 0, 0, 40])),
    )
    for _ in range(random.randrange(3, 12)):
        now += timedelta(hours=random.choice([1, 3, 8, 30, 80, 200]))
        life = _tried(life, now, CHECK)
        life = _tried(life, now, _next(life, random, COMMUNITIES[community], now))
    return life


def _tried(life, now, command):
    try:
        return life.on(now, command)
    except DeskError:
        return life


def _next(life, random, place, now):
    """What is mostly done next, and now and then whatever else there is."""
    complaint, owner = life.complaint, life.owner or f"{place}-manager"
    supervisor = f"{place}-supervisor"
    usual = {
        "received": [
            acknowledge(owner, "telephone"),
            judge(supervisor, valid=random.random() < 0.9, severity="minor"),
        ],
        "acknowledged": [
            judge(supervisor, valid=random.random() < 0.9, severity="minor"),
            reply(owner, "telephone"),
        ],
        "reopened": [acknowledge(owner), reply(owner, "visit")],
        "replied": [close(owner), confirm(owner), dispute(owner), _visit(random, supervisor)],
        "closed": [_visit(random, supervisor), reopen(owner), dispute(owner)],
    }.get(complaint.status, [reopen(supervisor), dispute(RESIDENT, "page")])
    if random.random() < 0.6:
        return random.choice(usual)
    return random.choice(_others(random, owner, supervisor, place, now))


def _visit(random, by):
    held = random.choice([True, True, True, False, None])
    said = random.choice(["satisfied", "mostly_satisfied", "dissatisfied", ""])
    return commands.ReturnVisit(by, held, "telephone", "Asked.", satisfaction=said if held else "")


def _others(random, owner, supervisor, place, now):
    receptionist, tomorrow = f"{place}-receptionist", now + timedelta(days=1)
    return [
        AssignOwner(),
        acknowledge(owner, reached=False),
        commands.AgreeTime(owner, tomorrow, "Soon."),
        commands.AskCode(RESIDENT),
        commands.AwaitAnswer(owner, "Which tap?"),
        commands.CallForHelp(receptionist, "property_manager"),
        commands.Confirm(RESIDENT, "page", satisfaction=random.choice(["satisfied", ""])),
        commands.Erase(f"{place}-manager", "She asked."),
        commands.FollowUp(owner, "The part came."),
        commands.Link(OTHER, "household", 1, told=False),
        commands.Message(RESIDENT, "Still dripping."),
        commands.Merge(supervisor, OTHER, "The same."),
        commands.Note(receptionist, "Rang twice."),
        commands.PassOn(owner, "Corridor", "It leaks.", "Mend it."),
        commands.RecordConfidence(receptionist, random.random() < 0.5, "telephone", "No."),
        commands.RecordFacts(receptionist, "Seen.", loss=Decimal(9000)),
        commands.RenewCode(receptionist, "Lost."),
        commands.Separate(supervisor, "Another matter."),
        commands.Settle(owner, "Seen.", "Bulb.", "New.", "visit", root_cause="-"),
        commands.Withdraw(receptionist, "It stopped."),
        commands.Absorb((a_part(OTHER, answered_at=now),)),
        commands.LetGo((OTHER,)),
        correct(receptionist, phone="1"),
        feedback("head-of-engineering"),
        feedback("head-of-cleaning"),
        hand_back(owner),
        hand_over(owner, f"{place}-manager"),
        reply(owner, "visit", follow_up_by=tomorrow),
        update(owner),
    ]
