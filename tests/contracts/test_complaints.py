"""What every `Complaints` keeps."""

import pytest

from chalicelib.domain.commands import Note
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from examples import acknowledge, at, close, judge, reply
from histories import just_received, lived, one_more

MONDAY = "Monday 2026-11-23 10:00"
LATER = "Monday 2026-11-23 11:00"
TEN, ELEVEN, NOON = (at(f"Monday 2026-11-23 {time}") for time in ("10:00", "11:00", "12:00"))
ONE, OTHER, THIRD = "7K3MQ-9TX4B", "8K3MQ-9TX4B", "9K3MQ-9TX4B"


def noted(history, text="看过了 𠮷", moment=LATER):
    return one_more(history, moment, Note("jade-supervisor", text))


def test_what_was_submitted_is_loaded_again(ports):
    """A submission answers that it is new, and its record comes back as it went in."""
    history = just_received(MONDAY)
    submitted = ports.submit(history)
    assert submitted.is_new
    assert submitted.complaint == history.complaint
    assert ports.complaints.load(ONE) == history


def test_submitting_the_same_again_gives_what_stands(ports):
    """The same digest again is not new, changes nothing, and answers with the present state."""
    history = lived(MONDAY)
    ports.submit(history, origin="a sheet")
    after = one_more(history, LATER, acknowledge("jade-manager"))
    ports.complaints.keep(history, after, None)
    again = ports.submit(just_received("Monday 2026-11-23 12:00"), origin="another sheet")
    assert not again.is_new
    assert again.complaint == after.complaint
    assert again.origin == "a sheet"
    assert ports.complaints.load(ONE) == after


def test_other_content_under_the_same_reference_is_refused(ports):
    """Another digest under a reference that stands is refused, and the first stays as it was."""
    history = just_received(MONDAY)
    ports.submit(history)
    with pytest.raises(FormUsedError):
        ports.submit(just_received(MONDAY, hurt=True), digest="another digest")
    assert ports.complaints.load(ONE) == history


def test_an_unknown_reference_is_not_found(ports):
    """Nothing stands under a reference that was never given."""
    with pytest.raises(NotFoundError):
        ports.complaints.load(OTHER)


def test_a_life_grows_by_what_is_kept(ports):
    """Each record kept comes back with its words, in the order in which it was kept."""
    history = just_received(MONDAY)
    ports.submit(history)
    for count in range(12):
        after = noted(history, f"第 {count} 次\n看过了 𠮷")
        ports.complaints.keep(history, after, None)
        history = after
    assert ports.complaints.load(ONE) == history
    assert ports.complaints.load(ONE).records[-1].words == {"text": "第 11 次\n看过了 𠮷"}


def test_a_history_of_several_records_is_submitted_whole(ports):
    """An import submits receipt and what followed it at once."""
    history = lived(MONDAY, (LATER, acknowledge("jade-manager")))
    ports.submit(history)
    assert ports.complaints.load(ONE) == history


def test_a_stale_version_is_refused_and_nothing_is_half_written(ports):
    """Who did not see the last change keeps nothing of hers: no record, no words, no due time."""
    history = just_received(MONDAY)
    ports.submit(history, due_at=NOON)
    theirs, mine = noted(history, "theirs"), noted(history, "mine")
    ports.complaints.keep(history, theirs, NOON)
    with pytest.raises(ChangedMeanwhileError):
        ports.complaints.keep(history, mine, TEN)
    assert ports.complaints.load(ONE) == theirs
    assert list(ports.complaints.due(ELEVEN)) == []


def test_words_come_back_with_their_record(ports):
    """Words that belong to one record are not found with another."""
    history = just_received(MONDAY)
    ports.submit(history)
    after = noted(history)
    ports.complaints.keep(history, after, None)
    first, second = ports.complaints.load(ONE).records
    assert "text" not in first.words
    assert set(second.words) == {"text"}


def test_what_is_due_comes_earliest_first(ports):
    """Only what is due by now is found, to the second, and the earliest first."""
    for reference, due_at in ((OTHER, ELEVEN), (ONE, NOON), (THIRD, TEN)):
        ports.submit(just_received(MONDAY, reference=reference), due_at=due_at)
    found = {str(now): list(ports.complaints.due(now)) for now in (TEN, ELEVEN, NOON)}
    assert list(found.values()) == [[THIRD], [THIRD, OTHER], [THIRD, OTHER, ONE]]


def test_an_open_complaint_with_nothing_scheduled_is_not_due(ports):
    """Where no clock runs nothing is due, in a hundred years either."""
    ports.submit(just_received(MONDAY))
    assert list(ports.complaints.due(at("Monday 2126-11-25 10:00"))) == []


def test_a_new_due_time_takes_the_place_of_the_old(ports):
    """A change moves the complaint in the index; it is never found under the time before."""
    history = just_received(MONDAY)
    ports.submit(history, due_at=TEN)
    after = noted(history)
    ports.complaints.keep(history, after, NOON)
    assert list(ports.complaints.due(ELEVEN)) == []
    assert list(ports.complaints.due(NOON)) == [ONE]


def test_an_ended_complaint_is_never_due(ports):
    """Closing takes a complaint out of the index, whatever was scheduled."""
    answered = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
    )
    ports.submit(answered, due_at=TEN)
    closed = one_more(answered, "Monday 2026-11-23 13:00", close("jade-manager"))
    assert closed.complaint.status == "closed"
    ports.complaints.keep(answered, closed, TEN)
    assert list(ports.complaints.due(NOON)) == []


def test_one_that_had_ended_before_it_came_is_never_due(ports):
    """An archive that is imported is not in the index at all."""
    answered = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
        ("Monday 2026-11-23 13:00", close("jade-manager")),
    )
    ports.submit(answered, due_at=TEN)
    assert list(ports.complaints.due(NOON)) == []
