"""What every `ComplaintList` finds in a month, and what is no more there."""

from datetime import timedelta

from chalicelib.application.listed import listed
from chalicelib.application.ports.complaint_list import ENDED, RECEIVED, Span
from chalicelib.domain.commands import Erase, Reopen, Withdraw
from support.examples import POLICY, acknowledge, at, correct_contact
from support.histories import just_received, one_more

ONE, OTHER, THIRD = "7K3MQ-9TX4B", "8K3MQ-9TX4B", "9K3MQ-9TX4B"
NOVEMBER = ("Monday 2026-11-02 10:00", "Monday 2026-11-30 10:00")
MONDAY, LATER, NOON = (f"Monday 2026-11-23 {time}" for time in ("10:00", "11:00", "12:00"))
SECOND = timedelta(seconds=1)


def span(by, start, end, month="2026-11"):
    return Span(by, month, at(start), at(end))


def kept(ports, history, *steps):
    """A complaint submitted, and kept after each step."""
    ports.submit(history)
    for step in steps:
        before, history = history, step(history)
        ports.complaints.save(before, history, None)
    return history


def withdrawn(history):
    return one_more(history, LATER, Withdraw("jade-supervisor", "不用了"))


def reopened(history):
    return one_more(history, NOON, Reopen("jade-manager", "又漏了"))


def erased(history):
    return one_more(history, NOON, Erase("jade-manager", "她要求"))


def test_a_month_has_its_complaints_open_and_ended(ports):
    """The row is that of the record as it is now; another month has none of them."""
    history = kept(ports, just_received(MONDAY))
    ended = kept(ports, just_received(LATER, reference=OTHER), withdrawn)
    kept(ports, just_received("Tuesday 2026-12-01 09:00", reference=THIRD))
    rows = tuple(listed(one, POLICY) for one in (history, ended))
    assert ports.complaint_list.rows(span(RECEIVED, *NOVEMBER)) == rows
    assert ports.complaint_list.rows(span(ENDED, *NOVEMBER)) == rows[1:]
    assert next(one.complaint for one in ports.complaint_list.open()) == rows[0]


def test_a_row_follows_each_change(ports):
    """Status and owner, and what runs, are as the last change left them."""
    history = kept(
        ports, just_received(MONDAY), lambda it: one_more(it, LATER, acknowledge("jade-manager"))
    )
    (row,) = ports.complaint_list.rows(span(RECEIVED, *NOVEMBER))
    assert (row, row.status) == (listed(history, POLICY), "acknowledged")


def test_a_span_takes_its_first_instant_and_leaves_its_last(ports):
    """Rows and words alike."""
    kept(ports, just_received(MONDAY))
    here = Span(RECEIVED, "2026-11", at(MONDAY), at(MONDAY) + SECOND)
    before = Span(RECEIVED, "2026-11", at(MONDAY) - SECOND, at(MONDAY))
    for find in (ports.complaint_list.rows, ports.complaint_list.words):
        assert (len(find(here)), len(find(before))) == (1, 0)


def test_a_month_is_one_of_the_community_s_calendar(ports):
    """The last evening of November in Shanghai is November, though elsewhere it is earlier."""
    kept(ports, just_received("Tuesday 2026-12-01 00:30"))
    wide = "Monday 2026-11-30 10:00", "Tuesday 2026-12-01 10:00"
    assert ports.complaint_list.rows(span(RECEIVED, *wide)) == ()
    assert len(ports.complaint_list.rows(span(RECEIVED, *wide, month="2026-12"))) == 1


def test_words_are_found_by_the_receipt_and_by_the_end(ports):
    """As they are now, corrected ones too; or asked for by reference."""
    history = kept(
        ports,
        just_received(MONDAY),
        lambda it: one_more(
            it,
            MONDAY,
            correct_contact(
                "jade-receptionist",
                "她搬了",
                **dict.fromkeys(("name", "phone", "email", "contact_time"), ""),
                building="9栋",
                unit="101",
                contact_by="visit",
            ),
        ),
        withdrawn,
    )
    expected = {ONE: dict(history.words)}
    assert expected[ONE]["building"] == "9栋"
    assert ports.complaint_list.words(span(RECEIVED, *NOVEMBER)) == expected
    assert ports.complaint_list.words(span(ENDED, *NOVEMBER)) == expected
    assert ports.complaint_list.words_of([ONE, OTHER]) == expected


def test_what_opens_again_has_not_ended(ports):
    """It leaves the month of its end, row and words, and stays in that of its receipt."""
    kept(ports, just_received(MONDAY), withdrawn, reopened)
    assert ports.complaint_list.rows(span(ENDED, *NOVEMBER)) == ()
    assert ports.complaint_list.words(span(ENDED, *NOVEMBER)) == {}
    assert [one.status for one in ports.complaint_list.rows(span(RECEIVED, *NOVEMBER))] == [
        "reopened"
    ]
    assert [one.words["description"] for one in ports.complaint_list.open()] == ["Water again."]


def test_what_was_erased_has_its_row_and_no_words(ports):
    """The row holds keys and numbers alone, and stays for the counts."""
    history = kept(ports, just_received(MONDAY), withdrawn, erased)
    for by in (RECEIVED, ENDED):
        assert ports.complaint_list.rows(span(by, *NOVEMBER)) == (listed(history, POLICY),)
        assert ports.complaint_list.words(span(by, *NOVEMBER)) == {}


def test_a_row_holds_no_word_of_the_resident_s():
    """Nothing in it has to expire."""
    history = just_received(MONDAY)
    row = str(listed(history, POLICY))
    assert history.words
    assert [word for word in history.words.values() if word in row] == []
