"""Whom an import writes to: owners, and with `--alert` the staff; never a resident."""

from collections import Counter

from importing.office import ENDED, OVERDUE, spreadsheet
from support.forms import POLICY

TOLD_OF_MINOR = ("head-of-engineering", "maple-supervisor")
WITH_EMAIL = spreadsheet(OVERDUE, ENDED, {}, {"类别": "保洁"})


def test_residents_are_never_written_to(office):
    """Every row has an e-mail address; with and without alerts no letter goes to it."""
    office.imports_file(WITH_EMAIL)
    office.imports_file(spreadsheet({"编号": "9"}), alert=True)
    told = office.told()
    assert told
    assert not [to for to in told if "@" in to]


def test_what_an_open_row_missed_is_recorded_once_and_sends_no_letter(office):
    """One record names both promises; the later rounds add nothing, and only a summary goes out."""
    office.imports_file(spreadsheet(OVERDUE))
    assert office.kinds("1") == ["received", "owner_assigned", "missed"]
    assert office.history("1").records[2].event.promises == ("acknowledge", "reply")
    assert office.told() == ["maple-manager"]
    office.until("Tuesday 2026-11-24 23:59").sweep.go()
    assert (office.kinds("1")[3:], office.told()) == ([], [])


def test_what_was_overdue_when_it_came_in_is_chased_from_the_next_working_day(office):
    """The summary tells of it first; then its owner is reminded, and one rung up each day."""
    office.imports_file(spreadsheet(OVERDUE))
    office.told()
    office.until("Wednesday 2026-11-25 09:00").sweep.go()
    assert office.kinds("1")[3:] == ["reminded"]
    office.until("Thursday 2026-11-26 09:00").sweep.go()
    steps = office.history("1").records[-1].event.steps
    assert {step.to for step in steps} == {"maple-supervisor"}
    assert {step.deadline: step.number for step in steps if step.deadline == "judge"} == {
        "judge": 0
    }
    assert [step.number for step in steps if step.deadline != "judge"] == [2, 2]


def test_a_recent_open_row_keeps_its_promises_and_its_month(office):
    """What is not yet due is still promised from the day of receipt, and escalates in its time."""
    office.imports_file(spreadsheet({}))
    office.letters_sent()
    assert office.kinds("1") == ["received", "owner_assigned"]
    office.until("Wednesday 2026-12-23 09:31").sweep.go()
    assert office.kinds("1")[2:] == ["missed", "escalated", "reminded"]


def test_an_ended_row_came_in_as_ended_elsewhere_with_no_reply_claimed(office):
    """It is neither open nor solved, has no promise missed and nobody who answers for it."""
    office.imports_file(spreadsheet(ENDED))
    complaint = office.history("1").complaint
    assert office.kinds("1") == ["received", "ended_elsewhere"]
    assert (complaint.status, complaint.replied_at) == ("ended_elsewhere", None)
    assert (complaint.missed, complaint.owner.staff) == (frozenset(), None)


def test_ended_rows_alone_send_nothing(office):
    """A spreadsheet of ended complaints is an archive: nobody is told, alerts or not."""
    office.imports_file(spreadsheet(ENDED))
    office.imports_file(spreadsheet(ENDED, ENDED), alert=True)
    assert office.told() == []


def test_alerts_go_to_the_ordinary_recipients_of_open_rows_alone(office):
    """The minor row alerts supervisor and head; the ended row nobody; there is no summary."""
    report = office.imports_file(spreadsheet({}, ENDED), alert=True)
    assert office.told() == ["head-of-engineering", "maple-supervisor"]
    assert report.summaries == {}


def test_the_alerts_of_many_rows_are_batched(office):
    """Beyond fifteen singly the rest come in one letter each, and every row is in one."""
    singly = POLICY.settings.gather_after
    office.imports_file(spreadsheet(*[{}] * (singly + 3)), alert=True)
    assert Counter(office.told()) == dict.fromkeys(TOLD_OF_MINOR, singly)
    before = len(office.mailer.sent)
    office.until("Tuesday 2026-11-24 10:15").sweep.go()
    last = office.mailer.sent[before:]
    assert sorted(mail.to.partition("@")[0] for mail in last) == list(TOLD_OF_MINOR)
    assert all("3 件" in mail.written.subject for mail in last)


def test_what_came_in_quietly_before_alerts_is_still_summed_up(office):
    """A run broke off and is completed with alerts: each open row is told of once, one way."""
    rows = spreadsheet({}, {"类别": "保洁"})
    office.breaks_off(rows, after=1)
    office.imports_file(rows, alert=True)
    letters = office.letters_sent()
    about = {(mail.thread, mail.to.partition("@")[0]) for mail in letters}
    summed_up = {to for thread, to in about if thread.startswith("import-")}
    assert summed_up == {"maple-supervisor"}
    assert {to for thread, to in about if not thread.startswith("import-")} == {
        "head-of-cleaning",
        "maple-manager",
        "maple-supervisor",
    }


def test_what_was_alerted_before_is_not_summed_up_again(office):
    """A run with alerts broke off and is completed without: its rows are in no summary."""
    rows = spreadsheet({}, {"类别": "保洁"})
    office.breaks_off(rows, after=1, alert=True)
    assert office.imports_file(rows).summaries == {"maple-manager": {"important": 1}}
