"""The notifier: who is told what, once, and what stands in it."""

import re
from datetime import date, timedelta

import pytest

from chalicelib.application.decided import decided
from chalicelib.application.outbox import (
    AlertBatch,
    ComplaintEvent,
    EntryWritten,
    ImportFinished,
)
from chalicelib.application.ports.letters import LetterHeldError, LetterKey
from chalicelib.application.ports.mailer import MailRefusedError
from chalicelib.application.records import ImportRun
from chalicelib.domain.commands import (
    CallForHelp,
    CheckDeadlines,
    EndElsewhere,
    Judge,
    Note,
    ReplaceAbsentOwner,
    Withdraw,
)
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.views.presentation import Presenter
from support.examples import (
    acknowledge,
    agree,
    at,
    close,
    dispute,
    feedback,
    hand_back,
    hand_over,
    judge,
    reopen,
    reply,
    return_visit,
)
from support.forms import ORGANISATION, POLICY, an_intake
from support.office import KEYS, SITE
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

RESIDENT = "li@example.com"
FACTS = {
    "minor": {"cause": "facility"},
    "important": {"cause": "service"},
    "major": {"cause": "promise", "times_raised": "2"},
    None: {"cause": "unsure"},
}
OWNER = {"minor": SUPERVISOR, "important": MANAGER, "major": MANAGER, None: SUPERVISOR}
TOLD = {
    "minor": (SUPERVISOR, HEAD),
    "important": (SUPERVISOR, MANAGER, HEAD),
    "major": (SUPERVISOR, MANAGER, LEADER, HEAD),
    None: (SUPERVISOR, MANAGER, HEAD),
}
CLAUSES = {"minor": {"5.3.1"}, "important": {"5.2.1"}, "major": {"5.1.1", "5.2.1"}, None: set()}


def alerts(office):
    """The letters to staff, by address."""
    return {mail.to: mail.written for mail in office.mailer.sent if mail.to != RESIDENT}


@pytest.mark.parametrize("severity", FACTS)
def test_who_is_told_follows_from_the_severity(office, severity):
    """The policy's roles and always the department head; each gets one letter, the owner too."""
    office.receive(**FACTS[severity])
    told = [mail.to for mail in office.mailer.sent if mail.to != RESIDENT]
    assert sorted(told) == sorted(one.email for one in TOLD[severity])
    mine = [to for to, letter in alerts(office).items() if is_for_owner(letter)]
    assert mine == [OWNER[severity].email]


def is_for_owner(letter):
    return letter.subject.startswith(("[Yours to handle]", "【请受理】"))


@pytest.mark.parametrize("severity", FACTS)
def test_an_alert_cites_the_clauses_met_and_no_other(office, severity):
    """Each clause with its link to the handbook; 5.1.3, not met yet, only with its date."""
    office.receive(**FACTS[severity])
    for mail in office.mailer.sent:
        if mail.to == RESIDENT:
            continue
        for text in (mail.written.text, mail.written.html):
            cited = set(re.findall(r"\b5\.\d\.\d\b", text))
            assert cited == CLAUSES[severity] | {"5.1.3"}
            english = mail.written.language == "en"
            for clause in CLAUSES[severity]:
                anchor = f"policy/clauses/#c-{clause.replace('.', '-')}"
                assert f"{SITE}/{'en/' if english else ''}{anchor}" in text
            (line,) = (line for line in text.splitlines() if "5.1.3" in line)
            assert ("Wednesday 23 December 2026, 10:00" if english else "2026年12月23日") in line


@pytest.mark.parametrize("severity", FACTS)
def test_an_alert_has_all_that_its_reader_needs(office, severity):
    """The five items, the severity, both promises, and the link to the complaint."""
    reference = office.receive(**FACTS[severity])
    complaint = office.complaints.load(reference).complaint
    for mail in office.mailer.sent:
        if mail.to == RESIDENT:
            continue
        presenter = Presenter(POLICY, ORGANISATION, SITE, mail.written.language)
        history = office.complaints.load(reference)
        items = presenter.recorded(history)
        assert len(items) == 5
        assert f"{SITE}/desk/complaints/{reference}" in mail.written.text
        assert presenter.moment(complaint.promises.acknowledge_by, complaint) in mail.written.text
        assert presenter.moment(complaint.promises.reply_by, complaint) in mail.written.text
        severity_name = presenter.policy.severity_name(severity)[mail.written.language]
        assert severity_name in mail.written.text
        for label, value in items:
            assert label in mail.written.text
            assert value.splitlines()[0] in mail.written.text


def test_the_owner_is_named_before_anybody_is_told(office):
    """Each alert names the person who owns the complaint, and the resident's receipt does too."""
    office.receive()
    for mail in office.mailer.sent:
        name = MANAGER.name[mail.written.language]
        assert name in mail.written.text, mail.to


def test_the_receipt_is_the_residents_and_has_the_code(office):
    """The resident reads the reference, the code and the link, in their language."""
    reference = office.receive()
    (mail,) = (mail for mail in office.mailer.sent if mail.to == RESIDENT)
    code = KEYS.code(reference)
    assert reference in mail.written.subject
    assert f"{SITE}/complaints/{reference}?code={code}" in mail.written.text
    assert code not in mail.written.subject
    assert mail.written.language == "zh"


def whole_life(office):
    """Everything that sends a letter, one after the other."""
    reference = office.receive(about="unsure", cause="unsure")
    office.act(reference, acknowledge(SUPERVISOR.id))
    office.act(reference, Judge(SUPERVISOR.id, "看过了", about="engineering", cause="service"))
    office.act(reference, hand_over(MANAGER.id, SUPERVISOR.id))
    office.act(reference, hand_back(SUPERVISOR.id))
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    office.act(reference, agree(MANAGER.id, "Friday 2026-11-27 15:00"))
    office.act(reference, agree(MANAGER.id, "Friday 2026-11-27 16:00"))
    office.act(reference, feedback(HEAD.id))
    office.act(reference, feedback(HEAD.id))
    for _ in range(2):
        office.act(reference, CallForHelp(SUPERVISOR.id, "property_manager", "业户要见经理"))
    office.until("Wednesday 2026-12-23 10:00")
    office.sweep.go()
    office.deliver()
    office.act(reference, judge(SUPERVISOR.id, severity="minor"))
    office.act(reference, reply(SUPERVISOR.id))
    office.act(reference, close(SUPERVISOR.id))
    office.act(reference, dispute(SUPERVISOR.id))
    office.act(reference, hand_over(LEADER.id, HEAD.id))
    office.act(reference, hand_over(LEADER.id, MANAGER.id))
    office.act(reference, reply(MANAGER.id))
    office.act(reference, return_visit(SUPERVISOR.id, held=False))
    office.staff.put(replace(MANAGER, absent=True, deputy=HEAD.id))
    office.act(reference, ReplaceAbsentOwner())
    office.staff.put(MANAGER)
    office.act(reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    office.act(reference, reopen(SUPERVISOR.id))
    return reference


def test_no_letter_to_staff_has_the_code(office):
    """Only the resident's letters do, whatever happens to the complaint."""
    reference = whole_life(office)
    code = KEYS.code(reference)
    letters = [(mail.to, mail.written) for mail in office.mailer.sent]
    assert len(letters) > 35
    for to, letter in letters:
        has_code = code in letter.text or code in letter.html or code in letter.subject
        assert has_code == (to == RESIDENT)


def test_two_letters_that_say_different_things_have_different_subjects(office):
    """Nobody gets two letters of one subject in a complaint's whole life."""
    whole_life(office)
    subjects = [(mail.to, mail.written.subject) for mail in office.mailer.sent]
    assert len(set(subjects)) == len(subjects)
    by_subject = {}
    for mail in office.mailer.sent:
        by_subject.setdefault(mail.written.subject, set()).add(_said(mail))
    assert {subject: texts for subject, texts in by_subject.items() if len(texts) > 1} == {}


def _said(mail):
    """What a letter says, whomever it greets."""
    return mail.written.text.split("\n", 1)[1]


@pytest.mark.parametrize("times", [2, 3])
def test_a_further_reply_is_told_from_the_one_before(office, times):
    """Another reply, explanation or hand-over to the same reader has another subject."""
    reference = office.receive()
    for count in range(times):
        office.act(reference, replace(reply(MANAGER.id), text=f"第 {count} 次答复"))
    for _ in range(times):
        office.act(reference, hand_over(MANAGER.id, SUPERVISOR.id))
        office.act(reference, hand_back(SUPERVISOR.id))
    subjects = [(mail.to, mail.written.subject) for mail in office.mailer.sent]
    assert len(set(subjects)) == len(subjects)


def test_one_person_in_several_roles_gets_one_letter(office):
    """The manager who heads the department, too, is written to once."""
    office.staff.put(
        replace(MANAGER, roles=("property_manager", "department_head"), department="security")
    )
    office.receive(about="security")
    told = [mail.to for mail in office.mailer.sent]
    assert told.count(MANAGER.email) == 1


def test_a_department_that_is_not_known_yet_has_no_head_told(office):
    """When the resident is unsure, the head is told at the moment the supervisor names it."""
    reference = office.receive(about="unsure")
    assert HEAD.email not in alerts(office)
    office.act(reference, judge(SUPERVISOR.id, about="engineering"))
    assert HEAD.email in alerts(office)
    assert "3.3" in alerts(office)[HEAD.email].text


def test_nobody_without_an_address_is_written_to(office):
    """A resident who left a telephone number alone gets no letter, and the staff theirs."""
    office.receive(email=None)
    assert {mail.to for mail in office.mailer.sent} == {
        one.email for one in (SUPERVISOR, MANAGER, HEAD)
    }


def test_a_note_is_for_staff_alone_and_sends_nothing(office):
    """What is written on the record goes to nobody."""
    reference = office.receive()
    sent = len(office.mailer.sent)
    office.act(reference, Note(SUPERVISOR.id, "看过了"))
    assert len(office.mailer.sent) == sent


def test_an_event_posted_twice_is_sent_once(office):
    """The stream delivers at least once; the letters go out once."""
    reference = office.receive()
    sent = len(office.mailer.sent)
    for number in (1, 2, 1, 2):
        office.notifier.post(ComplaintEvent(reference, number))
    assert len(office.mailer.sent) == sent


def test_a_refused_letter_is_tried_again_and_the_others_are_not_sent_twice(office):
    """The event stays unsettled; the next delivery sends what was refused, and that alone."""
    office.mailer.refused = {SUPERVISOR.email}
    reference = office.submit_complaint.receive(an_intake(office.clock.now()), "web").reference
    office.notifier.post(ComplaintEvent(reference, 1))
    owner_assigned = ComplaintEvent(reference, 2)
    with pytest.raises(MailRefusedError):
        office.notifier.post(owner_assigned)
    assert {HEAD.email, MANAGER.email} <= {mail.to for mail in office.mailer.sent}
    assert owner_assigned not in office.letters.settled
    office.mailer.refused = set()
    sent = len(office.mailer.sent)
    office.notifier.post(owner_assigned)
    assert [mail.to for mail in office.mailer.sent[sent:]] == [SUPERVISOR.email]
    assert owner_assigned in office.letters.settled


def test_a_letter_that_another_notifier_holds_keeps_the_event_unsettled(office):
    """Whoever holds it may die before sending; after the lease it is sent here."""
    reference = office.submit_complaint.receive(an_intake(office.clock.now()), "web").reference
    receipt = ComplaintEvent(reference, 1)
    key = LetterKey(receipt, "resident")
    assert office.letters.claim(key, "receipt", office.clock.now())
    with pytest.raises(LetterHeldError):
        office.notifier.post(receipt)
    assert office.mailer.sent == []
    assert receipt not in office.letters.settled
    office.clock.at += timedelta(minutes=3)
    office.notifier.post(receipt)
    assert [mail.to for mail in office.mailer.sent] == [RESIDENT]
    assert receipt in office.letters.settled


@pytest.mark.parametrize(
    "entry",
    [
        ComplaintEvent("00000-00000", 1),
        ImportFinished("nothing"),
        EntryWritten("jade-lake", date(2026, 11, 23), 1),
        AlertBatch("jade-lake", MANAGER.id, at("Monday 2026-11-23 09:45")),
    ],
    ids=lambda entry: type(entry).__name__,
)
def test_what_is_not_there_is_an_error(office, entry):
    """An event, an import, an entry or a batch that was never recorded is not passed over."""
    with pytest.raises(NotFoundError):
        office.notifier.post(entry)


def test_letters_about_one_complaint_are_one_thread(office):
    """Every letter about a complaint refers to the same subject matter."""
    reference = whole_life(office)
    assert {mail.thread for mail in office.mailer.sent} == {reference}


def test_an_import_is_told_in_one_summary_an_owner(office):
    """Each owner reads how many are theirs, by severity; nobody is written to for each."""
    counts = {MANAGER.id: {"major": 2, "important": 1}, SUPERVISOR.id: {"minor": 3, "": 1}}
    office.imports.finish(ImportRun("a-1", "台账.csv", counts, 40), office.clock.now())
    office.deliver()
    office.notifier.post(ImportFinished("a-1"))
    mails = {mail.to: mail.written for mail in office.mailer.sent}
    assert len(office.mailer.sent) == 2
    assert "台账.csv" in mails[MANAGER.email].subject
    assert "3" in mails[MANAGER.email].subject
    assert "major complaint: 2" in mails[MANAGER.email].text
    assert "轻微投诉：3" in mails[SUPERVISOR.email].text
    assert "待客服主任判定：1" in mails[SUPERVISOR.email].text
    assert all("40" in letter.text for letter in mails.values())
    assert all(f"{SITE}/desk" in letter.html for letter in mails.values())


def test_a_receipt_of_what_has_ended_is_posted_quietly(office):
    """An archive that was imported names no owner, and its events are settled without a letter."""
    submit, now = office.submit_complaint, office.clock.now()
    history = submit.begun(an_intake(now), "import", "7K3MQ-9TX4B", now)
    context = office.contexts.of(history)
    ended = decided(history, EndElsewhere(now), context, now, by="import")
    submit.submit(ended, an_intake(now), origin="a-1")
    office.deliver()
    assert office.mailer.sent == []
    assert len(office.letters.settled) == 2


def test_the_month_is_never_provisional(office):
    """It counts calendar days, which no holiday moves, so its end is certain years ahead."""
    office.until("Tuesday 2026-12-29 10:00").receive()
    for mail in office.mailer.sent:
        if mail.to != RESIDENT:
            (line,) = (line for line in mail.written.text.splitlines() if "5.1.3" in line)
            assert "provisional" not in line
            assert "暂定" not in line
            assert "暂定" in mail.written.text or "provisional" in mail.written.text


def test_a_receipt_waits_for_nobody(office):
    """Where no rung has anybody the receipt still goes out; the alerts once somebody is there."""
    for person in (SUPERVISOR, MANAGER, LEADER, HEAD):
        office.staff.put(replace(person, disabled=True))
    reference = office.submit_complaint.receive(an_intake(office.clock.now()), "web").reference
    with pytest.raises(RefusedError, match="nobody_answers"):
        office.notifier.post(ComplaintEvent(reference, 1))
    assert [mail.to for mail in office.mailer.sent] == [RESIDENT]
    office.staff.put(LEADER)
    office.deliver()
    assert [mail.to for mail in office.mailer.sent] == [RESIDENT, LEADER.email]


def test_who_stands_in_for_the_head_is_asked_for_the_feedback(office):
    """An absent head's department answers through the next rung up (3.3), who is asked for it."""
    office.staff.put(replace(HEAD, absent=True))
    office.receive(cause="facility")
    subject = alerts(office)[MANAGER.email].subject
    assert subject.startswith(("[Your feedback, please]", "【请反馈】"))


def test_a_clause_that_left_the_policy_is_still_named(office):
    """An old decision cites what it rested on, when the policy has another entry or none."""
    reference = office.receive(cause="service")
    policy = replace(POLICY, clauses=tuple(one for one in POLICY.clauses if one.number != "5.2.1"))
    presenter = Presenter(policy, ORGANISATION, SITE, "en")
    history = office.complaints.load(reference)
    content = presenter.complaint(history, office.staff.directory())
    assert [one["number"] for one in content["findings"]] == ["5.2.1"]


def test_what_was_undecided_is_judged_and_not_escalated(office):
    """Undecided, then judged: the letter says what was judged, and never that it rose."""
    reference = office.receive(cause="unsure")
    before = len(office.mailer.sent)
    office.act(reference, judge(SUPERVISOR.id, severity="minor"))
    subjects = [mail.written.subject for mail in office.mailer.sent[before:]]
    assert subjects
    assert all("已判定为" in subject or "Judged:" in subject for subject in subjects)


def test_an_owner_is_not_told_to_keep_a_date_that_has_passed(office):
    """An escalation after the time to acknowledge asks for it at once."""
    reference = office.receive(cause="service")
    before = len(office.mailer.sent)
    office.until("Monday 2027-02-01 10:00").act(reference, CheckDeadlines())
    letter = office.mails_since(before)[MANAGER.email].written.text
    assert "at once" in letter
    assert "Acknowledge it and" not in letter
