"""What was recorded before an event or a state knew more is still read (append-only history)."""

import msgspec
import pytest

from chalicelib.domain.events import EVENTS
from chalicelib.domain.model import Complaint
from support.examples import a_life, hand_over, judge

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
LATER = {"judged": "owner_before", "handed_over": "returned"}
"""What these events have learned to say since."""


@pytest.mark.parametrize("kind", ["judged", "handed_over"])
def test_an_old_event_is_read(kind):
    """Without what it says by now, it is what it was."""
    commands = {
        "judged": judge(valid=True),
        "handed_over": hand_over("jade-manager", "jade-supervisor"),
    }
    [record] = a_life(MONDAY).on(TUESDAY, commands[kind]).latest
    old = msgspec.to_builtins(record.event)
    del old[LATER[kind]]
    read = msgspec.convert(old, EVENTS[kind], strict=False)
    assert read.owner == record.event.owner


def test_an_old_note_corrects_nothing():
    """It was a note."""
    assert msgspec.convert({}, EVENTS["noted"]).corrects is None


def test_an_old_state_is_read():
    """A head kept before agreed times, feedback and new rounds were known has none of them."""
    complaint = a_life(MONDAY).complaint
    old = msgspec.to_builtins(complaint)
    for name in (
        "taken_by",
        "handed_from",
        "agreed_at",
        "feedback_asked_at",
        "feedback_at",
        "raised_again_at",
        "confirmed_at",
        "parts",
        "own",
        "merged_into",
        "erased",
    ):
        del old[name]
    read = msgspec.convert(old, Complaint, strict=False)
    assert read.raised_at == complaint.received_at
    assert not read.erased
