"""Withdrawn, merged and erased: how a complaint ends otherwise than by being settled."""

import pytest

from chalicelib.domain.commands import (
    Absorb,
    AssignOwner,
    Erase,
    Merge,
    Note,
    ReplaceAbsentOwner,
    Withdraw,
)
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice
from support.examples import (
    CHECK,
    a_life,
    a_part,
    acknowledge,
    agree,
    close,
    confirm,
    correct,
    dispute,
    judge,
    reopen,
    reply,
    return_visit,
)

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, SUPERVISOR, FRONT_DESK = "jade-manager", "jade-supervisor", "jade-receptionist"
INTO = "9TX4B-7K3MQ"
WITHDRAW = Withdraw(FRONT_DESK, " She says it stopped. ")
MERGE = Merge(SUPERVISOR, INTO, "The same leak.")
ERASE = Erase(OWNER, "She asked for it.")
CLOSED = a_life(MONDAY).on(TUESDAY, judge(valid=True), reply(OWNER), close(OWNER))


def test_it_ends_and_the_resident_is_told():
    """The resident reads it, and so does the owner whose complaint another ended."""
    life = a_life(MONDAY).on(TUESDAY, WITHDRAW)
    assert (life.complaint.status, life.complaint.is_open) == ("withdrawn", False)
    assert life.letters == (Notice("withdrawn", RESIDENT), Notice("released", OWNER))
    assert life.on(TUESDAY).complaint.ended_at == life.latest[0].at


def test_an_owner_who_records_it_is_not_told():
    """They know."""
    life = a_life(MONDAY).on(TUESDAY, Withdraw(OWNER, "She told me."))
    assert life.letters == (Notice("withdrawn", RESIDENT),)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (Withdraw(FRONT_DESK, " "), "reason"),
        (Merge(SUPERVISOR, INTO, ""), "reason"),
    ],
)
def test_no_end_without_its_reason(command, name):
    """Why it ended is on the record, or it does not end."""
    refused = a_life(MONDAY).refusal(TUESDAY, command)
    assert (refused.code, refused.params["name"]) == ("text_missing", name)


def test_the_reason_stands_beside_the_event():
    """Trimmed, as all free text."""
    assert a_life(MONDAY).on(TUESDAY, WITHDRAW).latest[0].words == {
        "reason": "She says it stopped."
    }


def test_nothing_is_merged_into_itself():
    """It would be gone."""
    life = a_life(MONDAY)
    itself = Merge(SUPERVISOR, life.complaint.reference, "Twice the same.")
    assert life.refusal(TUESDAY, itself).code == "merge_itself"


def test_what_takes_another_in_says_so_once():
    """The one that goes on names the other, and being told again adds nothing."""
    life = a_life(MONDAY).on(TUESDAY, Absorb((a_part(INTO),)))
    assert (life.kinds, life.complaint.absorbed) == (("absorbed",), (INTO,))
    assert life.on(TUESDAY, Absorb((a_part(INTO),))).latest == ()


def test_nothing_is_erased_while_it_is_handled():
    """The resident's contact is needed until the end."""
    assert a_life(MONDAY).refusal(TUESDAY, ERASE).code == "erase_open"


def test_another_reference_erases_nothing():
    """Who types one means that one; on the command line the reference was given already."""
    other = Erase(OWNER, "As asked.", "7K3MQ-9TX4C")
    assert CLOSED.refusal(TUESDAY, other).code == "reference_differs"
    same = Erase(OWNER, "As asked.", CLOSED.complaint.reference)
    assert CLOSED.on(TUESDAY, same).complaint.erased


def test_erased_the_history_keeps_its_shape():
    """The events stand, the state says erased, and nobody is written to about it any more."""
    life = CLOSED.on(TUESDAY, ERASE)
    assert life.complaint.erased
    assert life.complaint.reachable_by == ()
    assert life.complaint.status == "closed"
    assert len(life.records) == len(CLOSED.records) + 1
    assert life.letters_of(life.records) == ()


@pytest.mark.parametrize(
    "command",
    [
        Note(OWNER, "Too late."),
        acknowledge(OWNER),
        agree(OWNER, "Friday 2026-11-27 10:00"),
        confirm(OWNER),
        dispute(OWNER),
        return_visit(OWNER),
        reopen(OWNER),
        correct(SUPERVISOR, name="Li"),
        ERASE,
        AssignOwner(),
        ReplaceAbsentOwner(),
        CHECK,
    ],
    ids=lambda command: type(command).__name__,
)
def test_once_erased_nothing_is_done_any_more(command):
    """There is nobody left to do it for."""
    assert CLOSED.on(TUESDAY, ERASE).refusal(TUESDAY, command).code == "erased"


def test_only_who_may_erases():
    """Erasing is for the manager and leadership."""
    assert CLOSED.refusal(TUESDAY, Erase(SUPERVISOR, "She asked.")).code == "not_allowed"


def test_a_note_is_written_after_the_end():
    """What comes to light later belongs on the record, too."""
    assert CLOSED.on(TUESDAY, Note(FRONT_DESK, "She sent flowers.")).kinds == ("noted",)
