"""What the letters of the verbs say, and what stays with the staff (3.3, 6.1.2, principle 1)."""

from datetime import date

import pytest

from chalicelib.application.outbox import EntryWritten
from chalicelib.domain.commands import (
    HandOver,
    Judge,
    RecordFacts,
    ReplaceAbsentOwner,
    Reply,
    Withdraw,
)
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.views.presentation import Presenter
from chalicelib.views.resident_page import ResidentPage
from support.examples import acknowledge, close, feedback, judge, reopen, reply
from support.forms import ORGANISATION, POLICY
from support.office import SITE
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

RESIDENT = "li@example.com"


def alerts(office):
    """The latest letter to each of the staff, by address."""
    return {mail.to: mail.written for mail in office.mailer.sent if mail.to != RESIDENT}


# ── Words that stay with the staff ───────────────────────────────────────

INTERNAL = ("老化的密封圈", "以后每季度检查")


def test_root_cause_and_lesson_are_for_the_record_alone(office):
    """The resident reads what was found and done, by letter and on the page, and no more."""
    reference = office.receive()
    cause, lesson = INTERNAL
    told = Reply(MANAGER.id, "阀门漏水", done="已换新", root_cause=cause, lesson=lesson)
    office.act(reference, told)
    letter = office.mailer.sent[-1]
    assert letter.to == RESIDENT
    for text in (letter.written.text, letter.written.html):
        assert "阀门漏水" in text
        assert "已换新" in text
    for mail in office.mailer.sent:
        if mail.to == RESIDENT:
            assert not any(word in mail.written.text + mail.written.html for word in INTERNAL)
    history = office.complaints.load(reference)
    presenter = Presenter(POLICY, ORGANISATION, SITE, "zh")
    page = ResidentPage(presenter, office.staff.directory(), office.clock.now()).content(history)
    assert not any(word in str(page) for word in INTERNAL)
    assert page["story"][-1]["entry"].said == ("阀门漏水", "已换新")


@pytest.mark.parametrize(
    "command",
    [
        Withdraw(SUPERVISOR.id, INTERNAL[0]),
        Judge(SUPERVISOR.id, INTERNAL[0], valid=True),
        replace(reopen(SUPERVISOR.id), reason=INTERNAL[0]),
    ],
)
def test_a_reason_of_the_staff_s_stays_with_them(office, command):
    """Whatever the staff write for each other is in no letter to the resident."""
    reference = office.receive()
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    office.act(reference, reply(MANAGER.id))
    if type(command) is type(reopen("")):
        office.act(reference, close(MANAGER.id))
    office.act(reference, command)
    to_resident = [mail.written for mail in office.mailer.sent if mail.to == RESIDENT]
    assert not any(INTERNAL[0] in letter.text + letter.html for letter in to_resident)


# ── Feedback ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (False, "反馈时限（2026年11月24日（星期二）18:00）已过"),
        (True, "您的反馈已经收到"),
    ],
)
def test_a_head_reads_where_their_feedback_stands(office, given, sentence):
    """The head is asked by the deadline's date; later letters say that it passed, or thank them."""
    reference = office.receive()
    assert "2026年11月24日（星期二）18:00" in alerts(office)[HEAD.email].text
    if given:
        office.act(reference, feedback(HEAD.id))
    office.until("Wednesday 2026-11-25 10:00")
    office.act(reference, judge(SUPERVISOR.id, severity="major"))
    assert sentence in alerts(office)[HEAD.email].text


# ── Standing in ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("away", "command", "sentence"),
    [
        ({"absent": True}, ReplaceAbsentOwner(), "is away"),
        ({"disabled": True}, ReplaceAbsentOwner(), "no longer has an account"),
        ({"roles": ("receptionist",)}, ReplaceAbsentOwner(moved=True), "has other work now"),
        (None, ReplaceAbsentOwner(), "is no longer in the staff directory"),
    ],
    ids=["absent", "disabled", "moved", "gone"],
)
def test_who_stands_in_reads_why(office, away, command, sentence):
    """The new owner reads whose it was and why it is theirs now."""
    reference = office.receive()
    if away is None:
        del office.staff.staff[MANAGER.id]
    else:
        office.staff.put(replace(MANAGER, **away))
    office.act(reference, command)
    letter = alerts(office)[LEADER.email]
    assert letter.subject.startswith("[Please take over] You stand in")
    assert sentence in letter.text


# ── The duty log ─────────────────────────────────────────────────────────


def called(office, **more):
    """A call for help from the desk, before there is a complaint; its letter went out."""
    entry = DutyLogEntry(
        community="jade-lake",
        on=date(2026, 11, 23),
        number=0,
        at=office.clock.now(),
        by=SUPERVISOR.id,
        kind="call",
        words={"place": "3栋大堂", "text": "业户很着急，\n<要见经理>"},
        whom="property_manager",
    )
    written = office.duty_log.write(replace(entry, **more))
    office.notifier.post(EntryWritten("jade-lake", date(2026, 11, 23), written.number))
    return written


def test_a_call_from_the_log_reaches_who_answers_for_the_post(office):
    """The supervisor reads who calls, from where and what about, with a link to the log; once."""
    called(office)
    office.notifier.post(EntryWritten("jade-lake", date(2026, 11, 23), 1))
    (mail,) = office.mailer.sent
    assert mail.to == MANAGER.email
    assert SUPERVISOR.name["en"] in mail.written.subject
    for text in ("3栋大堂", "<要见经理>", f"{SITE}/desk/log?community=jade-lake&date=2026-11-23"):
        assert text in mail.written.text
    assert "<要见经理>" not in mail.written.html
    assert EntryWritten("jade-lake", date(2026, 11, 23), 1) in office.letters.settled


def test_two_calls_have_two_subjects(office):
    """The entry's number tells one call from the next."""
    called(office)
    called(office, words={})
    first, second = (mail.written.subject for mail in office.mailer.sent)
    assert first != second


def test_a_call_finds_the_next_rung(office):
    """Where the manager is away the leader is called."""
    office.staff.put(replace(MANAGER, absent=True))
    called(office)
    assert [mail.to for mail in office.mailer.sent] == [LEADER.email]


@pytest.mark.parametrize("kind", ["handover_note", "entry", "correction"])
def test_other_entries_call_nobody(office, kind):
    """A hand-over note, an entry and a correction are there to be read."""
    called(office, kind=kind, whom=None)
    assert office.mailer.sent == []


# ── What a subject asks ──────────────────────────────────────────────────


def test_a_subject_asks_only_for_what_its_reader_still_has_to_do(office):
    """Accepted and fed back, then judged more severe: nobody is asked to do that again."""
    reference = office.receive(cause="facility")
    office.act(reference, acknowledge(SUPERVISOR.id))
    office.act(reference, feedback(HEAD.id))
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    before = len(office.mailer.sent)
    office.act(reference, RecordFacts(SUPERVISOR.id, "摔了一跤。", hurt=True))
    subjects = {one.to: one.written.subject for one in office.mailer.sent[before:]}
    assert subjects[HEAD.email].startswith("【请协助】")
    assert not any(
        subject.startswith(("【请受理】", "[Yours to handle]")) for subject in subjects.values()
    )
    assert any(
        subject.startswith(("【请答复】", "[Yours to reply to]")) for subject in subjects.values()
    )


def test_what_comes_and_what_goes_are_counted_apart(office):
    """Handed over to somebody for the first time after it had been theirs is the first time."""
    reference = office.receive()
    office.act(reference, HandOver(MANAGER.id, HEAD.id, "yours"))
    office.act(reference, HandOver(LEADER.id, MANAGER.id, "back"))
    came = alerts(office)[MANAGER.email].subject
    assert "handed over to you" in came
    assert "(2)" not in came
    office.act(reference, HandOver(LEADER.id, HEAD.id, "again"))
    assert "第 2 次移交给您" in alerts(office)[HEAD.email].subject


def test_what_time_has_made_major_was_judged_by_nobody(office):
    """An undecided complaint a month old: its letter says what it counts as now."""
    office.receive(cause="unsure")
    office.until("Wednesday 2026-12-23 10:00").sweep.go()
    office.deliver()
    subjects = [mail.written.subject for mail in office.mailer.sent if "5.1.3" in mail.written.text]
    assert subjects
    assert not [one for one in subjects if "已判定" in one or "Judged" in one]
