"""What every `Complaints` keeps."""

from datetime import date, timedelta

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from chalicelib.application.records import Dossier, Line, SentLetter
from chalicelib.domain.commands import Erase, Note, Reopen, Withdraw
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import ChangedMeanwhileError, FormUsedError, NotFoundError
from chalicelib.domain.events import HelpCalled, NewEvent
from support.examples import (
    acknowledge,
    at,
    close,
    correct_contact,
    dispute,
    judge,
    reply,
    return_visit,
)
from support.histories import just_received, lived, one_more

MONDAY = "Monday 2026-11-23 10:00"
LATER = "Monday 2026-11-23 11:00"
TEN, ELEVEN, NOON = (at(f"Monday 2026-11-23 {time}") for time in ("10:00", "11:00", "12:00"))
MINUTE = timedelta(minutes=1)
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
    ports.complaints.save(history, after, None)
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
        ports.complaints.save(history, after, None)
        history = after
    assert ports.complaints.load(ONE) == history
    assert ports.complaints.load(ONE).records[-1].words == {"text": "第 11 次\n看过了 𠮷"}


def test_a_history_of_several_records_is_submitted_whole(ports):
    """An import submits receipt and what followed it at once."""
    history = lived(MONDAY, (LATER, acknowledge("jade-manager")))
    ports.submit(history)
    assert ports.complaints.load(ONE) == history


def test_a_stale_version_is_refused_and_nothing_is_half_written(ports):
    """Who did not see the last change keeps nothing: no record, no words, no due time."""
    history = just_received(MONDAY)
    ports.submit(history, due_at=NOON)
    theirs, mine = noted(history, "theirs"), noted(history, "mine")
    ports.complaints.save(history, theirs, NOON)
    with pytest.raises(ChangedMeanwhileError):
        ports.complaints.save(history, mine, TEN)
    assert ports.complaints.load(ONE) == theirs
    assert list(ports.complaints.due(ELEVEN)) == []


def test_words_come_back_with_their_record(ports):
    """Words that belong to one record are not found with another."""
    history = just_received(MONDAY)
    ports.submit(history)
    after = noted(history)
    ports.complaints.save(history, after, None)
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
    ports.complaints.save(history, after, NOON)
    assert list(ports.complaints.due(ELEVEN)) == []
    assert list(ports.complaints.due(NOON)) == [ONE]


def test_an_ended_complaint_is_due_for_its_return_visit_alone(ports):
    """Closing takes it out of the queue; it is due once more if something is scheduled."""
    answered = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
    )
    ports.submit(answered, due_at=TEN)
    closed = one_more(answered, "Monday 2026-11-23 13:00", close("jade-manager"))
    assert closed.complaint.status == "closed"
    ports.complaints.save(answered, closed, TEN)
    assert list(ports.complaints.due(NOON)) == [closed.complaint.reference]
    assert ports.complaints.open() == ()
    disputed = one_more(closed, "Monday 2026-11-23 14:00", dispute("jade-manager"))
    ports.complaints.save(closed, disputed, None)
    assert list(ports.complaints.due(NOON)) == []
    assert len(ports.complaints.open()) == 1


def test_what_ended_and_waits_for_its_return_visit_is_found_with_its_words(ports):
    """By one request, with what was corrected and noted since; once it is done, no more."""
    answered = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
    )
    ports.submit(answered, due_at=NOON)
    assert ports.complaints.visits() == ()
    closed = one_more(answered, "Monday 2026-11-23 13:00", close("jade-manager"))
    ports.complaints.save(answered, closed, NOON)
    assert ports.complaints.visits() == (Line(closed.complaint, answered.words, NOON),)
    put_right = corrected(closed, "Monday 2026-11-23 14:00", name="Wang Wu", unit="0301")
    ports.complaints.save(closed, put_right, NOON + MINUTE)
    assert ports.complaints.visits() == (Line(put_right.complaint, put_right.words, NOON + MINUTE),)
    visited = one_more(put_right, "Monday 2026-11-23 15:00", return_visit("jade-supervisor"))
    ports.complaints.save(put_right, visited, None)
    assert ports.complaints.visits() == ports.complaints.open() == ()
    (line,) = ports.complaints.lines([ONE])
    assert line == Line(visited.complaint, visited.words)


def test_what_opens_again_waits_among_the_open_ones(ports):
    """Disputed after its end, it leaves the return visits with its words."""
    closed = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
        ("Monday 2026-11-23 13:00", close("jade-manager")),
    )
    ports.submit(closed, due_at=NOON)
    assert [one.words for one in ports.complaints.visits()] == [closed.words]
    disputed = one_more(closed, "Monday 2026-11-23 14:00", dispute("jade-manager"))
    ports.complaints.save(closed, disputed, NOON)
    assert ports.complaints.visits() == ()
    assert [one.words for one in ports.complaints.open()] == [closed.words]


def test_one_that_had_ended_before_it_came_is_never_due(ports):
    """An archive that is imported is not in the index at all."""
    answered = lived(
        MONDAY,
        (LATER, judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
        ("Monday 2026-11-23 13:00", close("jade-manager")),
    )
    ports.submit(answered)
    assert list(ports.complaints.due(NOON)) == []


def ended(history, moment=LATER):
    return one_more(history, moment, Withdraw("jade-supervisor", "不用了"))


def kept(ports, history, *steps, **households):
    """A complaint submitted, and kept after each step."""
    ports.submit(history, **households)
    for step in steps:
        before, history = history, step(history)
        ports.complaints.save(before, history, None)
    return history


def corrected(history, moment=LATER, **contact):
    given = dict.fromkeys(("name", "phone", "email", "building", "unit", "contact_time"), "")
    wanted = {**given, **contact, "contact_by": "visit"}
    return one_more(history, moment, correct_contact("jade-receptionist", "她搬了", **wanted))


def erased(history, moment="Monday 2026-11-23 12:00"):
    return one_more(history, moment, Erase("jade-manager", "她要求"))


def test_the_queue_has_every_open_complaint_with_its_words(ports):
    """State and words as the record has them; what ended is not among them."""
    open_one = kept(ports, just_received(MONDAY), noted)
    kept(ports, just_received(MONDAY, reference=OTHER), ended)
    assert ports.complaints.open() == (Line(open_one.complaint, open_one.words),)


def test_a_line_says_when_it_is_looked_at_next(ports):
    """What is scheduled stands beside the complaint, in the queue and asked for by reference."""
    ports.submit(just_received(MONDAY), due_at=NOON)
    ports.submit(just_received(MONDAY, reference=OTHER))
    assert {one.complaint.reference: one.due_at for one in ports.complaints.open()} == {
        ONE: NOON,
        OTHER: None,
    }
    assert [one.due_at for one in ports.complaints.lines([ONE, OTHER])] == [NOON, None]


def test_a_complaint_is_looked_at_when_it_was_rescheduled_to(ports):
    """Sooner, later, or not at all; nothing is recorded by it, and its words stay in the queue."""
    history = just_received(MONDAY)
    ports.submit(history, due_at=NOON)
    for due_at in (ELEVEN, NOON + MINUTE, None, NOON):
        ports.complaints.reschedule(history.complaint, due_at)
        assert ports.complaints.open() == (Line(history.complaint, history.words, due_at),)
        assert list(ports.complaints.due(NOON)) == ([ONE] if due_at in (ELEVEN, NOON) else [])
    assert ports.complaints.load(ONE) == history


def test_what_changed_meanwhile_is_not_rescheduled(ports):
    """Who changed it has kept its due time with it, and what has ended stays out of the queue."""
    before = just_received(MONDAY)
    ports.submit(before, due_at=NOON)
    after = noted(before)
    ports.complaints.save(before, after, ELEVEN)
    ports.complaints.reschedule(before.complaint, NOON)
    assert [one.due_at for one in ports.complaints.open()] == [ELEVEN]
    ports.complaints.save(after, ended(after), None)
    ports.complaints.reschedule(after.complaint, NOON)
    assert ports.complaints.open() == ()
    assert list(ports.complaints.due(NOON)) == []


def test_what_opens_again_is_in_the_queue_again(ports):
    """Its words come back with it."""
    history = kept(ports, just_received(MONDAY), ended)
    assert ports.complaints.open() == ()
    again = one_more(history, "Monday 2026-11-23 12:00", Reopen("jade-supervisor", "她又来了"))
    ports.complaints.save(history, again, None)
    assert ports.complaints.open() == (Line(again.complaint, history.words),)


def test_the_words_of_a_line_are_as_corrected(ports):
    """A corrected contact shows as it is now, and what is no more is left out."""
    history = kept(
        ports,
        just_received(MONDAY),
        lambda one: corrected(one, name="Wang Wu", unit="0301"),
        lambda one: corrected(one, "Monday 2026-11-23 12:00", name="Wang Wu", unit="0302"),
    )
    expected = {"name": "Wang Wu", "unit": "0302", "description": "Water again."}
    assert history.words == expected
    assert [one.words for one in ports.complaints.open()] == [expected]
    assert [one.words for one in ports.complaints.lines([ONE])] == [expected]


def test_lines_come_in_the_order_asked_for_open_or_ended(ports):
    """Those that nobody knows are left out, and one asked for twice comes once."""
    kept(ports, just_received(MONDAY), ended)
    kept(ports, just_received(MONDAY, reference=OTHER))
    found = ports.complaints.lines([THIRD, OTHER, ONE, OTHER])
    assert [one.complaint.reference for one in found] == [OTHER, ONE]
    assert all(one.words["description"] == "Water again." for one in found)
    assert ports.complaints.lines([]) == ()


def test_many_lines_at_once_are_all_found(ports):
    """However many are asked for, each comes."""
    references = [f"7K3MQ-9TX{number:02}" for number in range(61)]
    for reference in references:
        ports.submit(just_received(MONDAY, reference=reference))
    found = ports.complaints.lines(reversed(references))
    assert [one.complaint.reference for one in found] == references[::-1]


def test_a_household_s_complaints_are_found_newest_first(ports):
    """By any of its keys, whether they ended or not; another's are not."""
    kept(ports, just_received(MONDAY), ended, unit="u1", phone="p1")
    kept(ports, just_received(LATER, reference=OTHER), unit="u1", phone="p2", email="e2")
    kept(ports, just_received(LATER, reference=THIRD), unit="u2")
    found = {key: ports.complaints.of_household(key) for key in ("u1", "p1", "p2", "e2", "u9")}
    assert found == {"u1": (OTHER, ONE), "p1": (ONE,), "p2": (OTHER,), "e2": (OTHER,), "u9": ()}


def test_a_corrected_contact_is_found_under_its_new_keys_alone(ports):
    """The old telephone and e-mail lead here no more; what did not change still does."""
    history = just_received(MONDAY, words={"phone": "1", "email": "a@b.example", "unit": "7"})
    ports.submit(history, unit="u1", phone="p1", email="e1")
    after = corrected(history, phone="2", unit="7")
    ports.complaints.save(history, after, None, {"unit": "u1", "phone": "p2"})
    keys = ("u1", "p1", "p2", "e1")
    assert [ports.complaints.of_household(key) for key in keys] == [(ONE,), (), (ONE,), ()]


def test_an_erased_complaint_has_its_shape_and_no_words(ports):
    """Every record stands, none with a word, and no key leads to it any more."""
    words = {"phone": "1", "name": "Wang"}
    history = just_received(MONDAY, words=words)
    after = kept(ports, history, noted, ended, erased, phone="p1")
    found = ports.complaints.load(ONE)
    assert [one.event for one in found.records] == [one.event for one in after.records]
    assert [dict(one.words) for one in found.records] == [{}] * 4
    assert found.complaint.erased
    assert ports.complaints.of_household("p1") == ()
    assert ports.complaints.lines([ONE]) == (Line(after.complaint, {}),)


def test_erasing_takes_the_words_of_its_call_for_help_too(ports):
    """The duty log keeps the entry, and nothing of what it said."""
    entry = DutyLogEntry(
        "jade-lake", date(2026, 11, 23), 0, TEN, "jade-receptionist", "call", {"text": "x"}
    )
    first, other = ports.duty_log.write(entry), ports.duty_log.write(entry)
    called = NewEvent(HelpCalled("property_manager", f"2026-11-23#{first.number}"))
    history = just_received(MONDAY).extended((called,), TEN, "jade-receptionist")
    kept(ports, history, ended, erased)
    words = [dict(one.words) for one in ports.duty_log.day("jade-lake", date(2026, 11, 23))]
    assert words == [{}, dict(other.words)]


def test_what_happened_in_a_community_comes_oldest_first(ports):
    """From the first instant to before the last, without words, across the end of a month."""
    early, late = "Monday 2026-11-30 23:30", "Tuesday 2026-12-01 00:30"
    history = kept(ports, just_received(early), lambda one: noted(one, moment=late))
    kept(ports, just_received(late, reference=OTHER))
    kept(ports, just_received(late, reference=THIRD, community="maple-court"))
    whole = ports.complaints.happened("jade-lake", at(early), at(late) + MINUTE)
    assert [(ref, one.number) for ref, one in whole] == [(ONE, 1), (ONE, 2), (OTHER, 1)]
    assert [one.words for _, one in whole] == [{}, {}, {}]
    assert whole[1][1].event == history.records[1].event
    assert ports.complaints.happened("jade-lake", at(early), at(late)) == whole[:1]
    assert ports.complaints.happened("jade-lake", at(early) + MINUTE, at(late)) == ()


def test_what_was_imported_counts_when_it_happened(ports):
    """A receipt of August is August's, whenever it came in."""
    then = at("Monday 2026-08-03 09:00")
    ports.submit(just_received(MONDAY, received_at=then))
    assert len(ports.complaints.happened("jade-lake", then, then + MINUTE)) == 1
    assert ports.complaints.happened("jade-lake", TEN, NOON) == ()


def test_a_dossier_has_the_record_and_its_letters(ports):
    """Each letter as far as it got: claimed, or sent, and when."""
    history = kept(ports, just_received(MONDAY))
    for number, to in ((1, "resident"), (1, "jade-supervisor"), (2, "jade-manager")):
        key = LetterKey(ComplaintEvent(ONE, number), to)
        ports.letters.claim(key, f"letter-{number}", TEN)
    ports.letters.mark_sent(LetterKey(ComplaintEvent(ONE, 1), "resident"), ELEVEN, "id")
    assert ports.complaints.dossier(ONE) == Dossier(
        history,
        (
            SentLetter(1, "jade-supervisor", "letter-1", "claimed", TEN),
            SentLetter(1, "resident", "letter-1", "sent", ELEVEN, ELEVEN),
            SentLetter(2, "jade-manager", "letter-2", "claimed", TEN),
        ),
    )


def test_there_is_no_dossier_of_an_unknown_reference(ports):
    """It is not found, as when it is loaded."""
    with pytest.raises(NotFoundError):
        ports.complaints.dossier(OTHER)
