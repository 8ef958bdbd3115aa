"""A day of the duty log, put together as the book had it."""

from datetime import date

import pytest

from chalicelib.application.duty_log import CorrectedEntry, TakenInEntry, WrittenEntry
from chalicelib.domain.commands import Note
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.events import HelpCalled, NewEvent
from support.examples import at
from support.forms import PERSONAL, an_intake
from support.office import Office
from support.people import MANAGER, SUPERVISOR

WEDNESDAY = date(2026, 11, 25)
DESK = "lin-xia"


@pytest.fixture
def office():
    return Office("Wednesday 2026-11-25 09:00")


def write(office, moment, kind="entry", **more):
    """Somebody at the front desk writes in the log."""
    now = at(moment)
    entry = DutyLogEntry(
        "jade-lake", WEDNESDAY, 0, now, DESK, kind, {"text": "3 栋水泵有异响"}, **more
    )
    return office.duty_log.write(entry)


def receive(office, moment, channel="walk_in", tied=(), **form):
    """A complaint comes in on this channel."""
    office.until(moment)
    intake = an_intake(office.clock.now(), **form)
    return office.submit_complaint.receive(intake, channel, DESK, tied).reference


def page(office, community="jade-lake", on=WEDNESDAY, reader=MANAGER):
    office.deliver()
    return office.duty_book.day(community, on, reader)


def test_a_day_has_what_came_in_and_what_was_written_in_order(office):
    """Complaints of every channel stand between the log's own entries, by the clock."""
    first = write(office, "Wednesday 2026-11-25 08:30", "handover_note")
    walk_in = receive(office, "Wednesday 2026-11-25 09:10", form_id="1")
    second = write(office, "Wednesday 2026-11-25 11:00")
    web = receive(office, "Wednesday 2026-11-25 23:59", "web", form_id="2")
    rows = page(office)
    assert [type(row) for row in rows] == [WrittenEntry, TakenInEntry, WrittenEntry, TakenInEntry]
    assert [row.entry for row in rows[::2]] == [first, second]
    assert [row.line.complaint.reference for row in rows[1::2]] == [walk_in, web]
    assert rows[1].by == DESK
    assert rows[1].line.words == PERSONAL
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_a_day_begins_and_ends_at_the_community_s_midnight(office):
    """What came in before or after it stands on another page, and another community's never."""
    for number, moment in enumerate(
        ("Tuesday 2026-11-24 23:59", "Wednesday 2026-11-25 00:00", "Thursday 2026-11-26 00:00")
    ):
        receive(office, moment, form_id=f"{number}")
    receive(office, "Wednesday 2026-11-25 12:00", form_id="9", community="maple-court")
    assert [row.at for row in page(office)] == [at("Wednesday 2026-11-25 00:00")]
    assert len(page(office, "maple-court")) == 1


def test_a_call_is_shown_with_the_complaint_that_it_belongs_to(office):
    """Tied when the complaint was saved; a call without one says so by having none."""
    tied, untied = (write(office, f"Wednesday 2026-11-25 09:0{n}", "call") for n in (1, 2))
    called = NewEvent(HelpCalled("customer_service_supervisor", f"2026-11-25#{tied.number}"))
    reference = receive(office, "Wednesday 2026-11-25 09:20", tied=(called,))
    first, second, _ = page(office)
    assert (first.entry, first.tied_to) == (tied, reference)
    assert (second.entry, second.tied_to) == (untied, None)


def test_a_call_before_midnight_is_tied_by_a_complaint_after_it(office):
    """The complaint stands on its own day's page; the call says on its own where it went."""
    call = write(office, "Wednesday 2026-11-25 23:55", "call")
    called = NewEvent(HelpCalled("customer_service_supervisor", f"2026-11-25#{call.number}"))
    reference = receive(office, "Thursday 2026-11-26 00:05", tied=(called,))
    (only,) = page(office)
    assert only.tied_to == reference


def test_a_correction_is_a_new_entry_and_the_old_one_stays_legible(office):
    """The old one says which entries correct it."""
    write(office, "Wednesday 2026-11-25 09:00")
    write(office, "Wednesday 2026-11-25 09:30", "correction", corrects=1)
    first, second = page(office)
    assert (first.corrected_by, second.corrected_by) == ((2,), ())
    assert first.entry.words == {"text": "3 栋水泵有异响"}


def test_a_correction_of_a_complaint_stands_on_the_day_it_was_made(office):
    """With its words, and the item that it corrects; a plain note does not stand in the log."""
    reference = receive(office, "Tuesday 2026-11-24 15:00")
    office.until("Wednesday 2026-11-25 10:00")
    office.act(reference, Note(SUPERVISOR.id, "是 1301 室", corrects="place"))
    office.act(reference, Note(SUPERVISOR.id, "业户来过电话"))
    (only,) = page(office)
    assert only == CorrectedEntry(
        office.clock.now(), SUPERVISOR.id, reference, "place", "是 1301 室"
    )


@pytest.mark.parametrize("on", [date(1, 1, 1), date(2026, 11, 24), date(9999, 12, 31)])
def test_an_empty_day_is_no_error(office, on):
    """However far from today."""
    receive(office, "Wednesday 2026-11-25 09:10")
    assert page(office, on=on) == ()


def test_an_unknown_community_has_no_log(office):
    """It is an error of who asks, not an empty page."""
    with pytest.raises(KeyError):
        page(office, "moon")
