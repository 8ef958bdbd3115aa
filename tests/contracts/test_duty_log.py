"""What every `DutyLog` keeps."""

from datetime import date, timedelta

import pytest

from chalicelib.application.outbox import EntryWritten
from chalicelib.application.ports.letters import LetterKey
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import NotFoundError
from support.examples import at
from support.values import replace

DAY = date(2026, 11, 25)
NOW = at("Wednesday 2026-11-25 10:00")
WORDS = {"text": "夜班交接：\n3 栋水泵有异响 𠮷"}
NOTE = DutyLogEntry("jade-lake", DAY, 0, NOW, "jade-receptionist", "handover_note", WORDS)
CALL = replace(NOTE, kind="call", whom="customer_service_supervisor")


def test_entries_are_numbered_through_the_day_as_in_the_book(ports):
    """Each comes back with the next number, and the day has them in order, to the letter."""
    written = [ports.duty_log.write(one) for one in (NOTE, CALL, replace(NOTE, corrects=1))]
    assert [one.number for one in written] == [1, 2, 3]
    assert [replace(one, number=0) for one in written] == [NOTE, CALL, replace(NOTE, corrects=1)]
    assert ports.duty_log.day("jade-lake", DAY) == tuple(written)


def test_each_community_and_day_has_a_page_of_its_own(ports):
    """Numbers begin anew, and an empty page is no error."""
    others = replace(NOTE, community="maple-court"), replace(NOTE, on=date(2026, 11, 26))
    assert [ports.duty_log.write(one).number for one in (NOTE, *others)] == [1, 1, 1]
    assert len(ports.duty_log.day("jade-lake", DAY)) == 1
    assert ports.duty_log.day("maple-court", date(2026, 11, 26)) == ()


def test_an_entry_is_found_by_its_page_and_number(ports):
    """As the notifier asks for it."""
    written = ports.duty_log.write(CALL)
    assert ports.duty_log.entry("jade-lake", DAY, 1) == written


@pytest.mark.parametrize(("community", "number"), [("jade-lake", 2), ("nowhere", 1)])
def test_an_entry_that_was_never_written_is_not_found(ports, community, number):
    """Neither under a number not reached, nor on a page that is not there."""
    ports.duty_log.write(NOTE)
    with pytest.raises(NotFoundError):
        ports.duty_log.entry(community, DAY, number)


def test_a_call_for_help_is_an_event_whose_letter_is_to_go_out(ports):
    """It is unsettled until it is settled; what is only written down never is."""
    ports.duty_log.write(NOTE)
    ports.duty_log.write(CALL)
    post = EntryWritten("jade-lake", DAY, 2)
    soon = NOW + timedelta(seconds=1)
    assert list(ports.letters.unsettled(soon)) == [post]
    ports.letters.settle(post)
    assert list(ports.letters.unsettled(soon)) == []


def test_the_letters_of_a_call_are_no_entries(ports):
    """What was sent stands beside the call; the page and its numbers go on as if it did not."""
    ports.duty_log.write(CALL)
    ports.letters.claim(
        LetterKey(EntryWritten("jade-lake", date(2026, 11, 25), 1), "chen-jing"), "help_called", NOW
    )
    assert ports.duty_log.write(NOTE).number == 2
    assert [one.kind for one in ports.duty_log.day("jade-lake", DAY)] == ["call", "handover_note"]
