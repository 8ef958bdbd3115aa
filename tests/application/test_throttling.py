"""A storm of complaints, and no flood of letters (our setting)."""

import re
from collections import Counter
from datetime import timedelta

from chalicelib.application.outbox import AlertBatch, ComplaintEvent
from chalicelib.domain.commands import Erase, Judge, Withdraw
from support.examples import acknowledge, at, feedback
from support.forms import POLICY
from support.load import complain
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

SINGLY = POLICY.settings.gather_after
QUARTER = timedelta(minutes=POLICY.settings.gather_minutes)
REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
STAFF = (SUPERVISOR, MANAGER, HEAD)


def to(office, person):
    """The letters to a person, oldest first."""
    return [mail for mail in office.mailer.sent if mail.to == person.email]


def gathered(office, person):
    """The manager's letters about what was batched."""
    return [mail for mail in to(office, person) if mail.thread.startswith("alerts-")]


def named(mails):
    """How many letters each complaint stands in."""
    return Counter(one for mail in mails for one in set(REFERENCE.findall(mail.written.text)))


def test_a_few_complaints_are_told_of_one_by_one(office):
    """As many as the setting says reach a person singly, and nothing waits."""
    for number in range(SINGLY):
        complain(office, number)
    assert len(to(office, SUPERVISOR)) == SINGLY
    assert gathered(office, SUPERVISOR) == []
    assert list(office.alert_batches.ended(office.clock.now() + QUARTER)) == []


def test_what_comes_after_is_in_one_letter_at_the_end_of_the_quarter(office):
    """Twenty more are told of in one letter, at a quarter past and not before."""
    references = [complain(office, number) for number in range(SINGLY + 20)]
    office.until("Monday 2026-11-23 10:14").sweep.go()
    assert len(to(office, SUPERVISOR)) == SINGLY
    office.until("Monday 2026-11-23 10:15").sweep.go()
    for person in STAFF:
        (letter,) = gathered(office, person)
        assert named([letter]).keys() == set(references[SINGLY:])
    assert office.sweep.go().posted == 0


def test_every_quarter_begins_anew(office):
    """After a quiet quarter of an hour the first alerts come singly again."""
    for number in range(SINGLY + 1):
        complain(office, number)
    office.until("Monday 2026-11-23 10:15").sweep.go()
    sent = len(to(office, SUPERVISOR))
    complain(office, 1000)
    assert len(to(office, SUPERVISOR)) == sent + 1


def test_major_complaints_are_told_of_at_once(office):
    """In the middle of a storm whoever is concerned reads of an injury at that moment."""
    for number in range(SINGLY + 5):
        complain(office, number)
    sent = len(office.mailer.sent)
    reference = complain(office, 1000, hurt="yes")
    told = {mail.to for mail in office.mailer.sent[sent:]}
    assert told >= {one.email for one in (*STAFF, LEADER)}
    office.until("Monday 2026-11-23 10:15").sweep.go()
    assert reference not in named(gathered(office, SUPERVISOR))


def test_major_complaints_take_nobody_s_place(office):
    """They are not counted among the alerts that come singly."""
    for number in range(SINGLY):
        complain(office, number, hurt="yes")
    complain(office, 1000)
    assert len(to(office, SUPERVISOR)) == SINGLY + 1


def test_what_awaits_a_judgement_waits_too(office):
    """It counts as important until somebody has judged."""
    for number in range(SINGLY):
        complain(office, number)
    reference = complain(office, 1000, cause="unsure")
    office.until("Monday 2026-11-23 10:15").sweep.go()
    (letter,) = gathered(office, SUPERVISOR)
    assert reference in letter.written.text
    assert "待客服主任判定" in letter.written.text


def test_residents_have_their_receipts_at_once(office):
    """Nobody waits for a quarter of an hour to read that they were heard."""
    for number in range(SINGLY + 20):
        complain(office, number)
    receipts = [mail for mail in office.mailer.sent if mail.to.startswith("home-")]
    assert len(receipts) == SINGLY + 20


def test_a_power_cut_of_300_complaints_in_an_hour(office):
    """Each is in exactly one letter to each recipient, and nobody has more letters than set."""
    references = []
    for number in range(300):
        references.append(complain(office, number))
        office.clock.at += timedelta(seconds=12)
        if number % 25 == 24:
            office.sweep.go()
    office.until("Monday 2026-11-23 11:20").sweep.go()
    for person in STAFF:
        letters = to(office, person)
        assert named(letters) == dict.fromkeys(references, 1)
        assert len(gathered(office, person)) == 4
        assert len(letters) == 4 * SINGLY + 4


def test_two_batched_letters_have_different_subjects(office):
    """Each names the community and its quarter of an hour; those of a day are one thread."""
    for first, moment in ((0, "10:01"), (100, "10:16")):
        office.until(f"Monday 2026-11-23 {moment}")
        for number in range(SINGLY + 1):
            complain(office, first + number)
    office.until("Monday 2026-11-23 10:30").sweep.go()
    first, second = gathered(office, SUPERVISOR)
    assert first.written.subject != second.written.subject
    assert first.thread == second.thread
    assert "10:15 至 10:30" in second.written.subject


def in_a_storm(office, count=1):
    """A storm of which so many complaints wait; their references."""
    references = [complain(office, number) for number in range(SINGLY + count)]
    return references[SINGLY:]


def the_letter(office, person=SUPERVISOR):
    """The one letter of what waited, at the end of the quarter."""
    office.until("Monday 2026-11-23 10:15").sweep.go()
    (letter,) = gathered(office, person)
    return letter.written.text


def test_each_reader_is_told_what_is_asked_of_them(office):
    """The owner is to acknowledge, the head to give feedback, the others to know, by when."""
    in_a_storm(office)
    office.until("Monday 2026-11-23 10:15").sweep.go()
    texts = {one.id: gathered(office, one)[0].written for one in STAFF}
    assert texts[MANAGER.id].subject.startswith("[Yours to handle: 1 of 1]")
    assert "by Tuesday 24 November 2026, 18:00" in texts[MANAGER.id].text
    assert texts[HEAD.id].subject.startswith("【请反馈 1 件】")
    assert "2026年11月24日（星期二）18:00 之前反馈" in texts[HEAD.id].text
    assert texts[SUPERVISOR.id].subject.startswith("【请知悉 1 件】")
    assert "负责人：赵国强" in texts[SUPERVISOR.id].text


def test_what_was_done_meanwhile_is_not_asked_for_again(office):
    """Acknowledged or fed back on before the letter goes: it says so."""
    (reference,) = in_a_storm(office)
    office.act(reference, acknowledge(MANAGER.id))
    office.act(reference, feedback(HEAD.id))
    assert "Acknowledged; please reply by" in the_letter(office, MANAGER)
    (to_head,) = gathered(office, HEAD)
    assert "您的反馈已经收到" in to_head.written.text


def test_what_ended_meanwhile_asks_for_nothing(office):
    """A complaint that was withdrawn stands apart, with how it ended."""
    (reference, other) = in_a_storm(office, 2)
    office.act(reference, Withdraw(SUPERVISOR.id, "来电了"))
    text = the_letter(office, MANAGER)
    assert "Yours to handle: 1\n" in text
    assert "Ended meanwhile, with nothing left to do: 1\n" in text
    assert text.index(other) < text.index("Ended meanwhile") < text.index(reference)


def test_what_was_erased_meanwhile_is_left_out(office):
    """Nobody is written to about it any more; where nothing is left, no letter goes."""
    (reference, other) = in_a_storm(office, 2)
    end_and_erase(office, reference)
    assert reference not in the_letter(office)
    end_and_erase(office, other)
    complain(office, "late")
    office.until("Monday 2026-11-23 10:30").sweep.go()
    assert len(gathered(office, SUPERVISOR)) == 1


def end_and_erase(office, reference):
    office.act(reference, Withdraw(SUPERVISOR.id, "业户要求"))
    office.act(reference, Erase(MANAGER.id, "业户要求删除"))


def test_when_all_was_erased_no_letter_goes(office):
    """An alert batch of nothing is settled quietly."""
    (reference,) = in_a_storm(office)
    end_and_erase(office, reference)
    office.until("Monday 2026-11-23 10:15").sweep.go()
    assert gathered(office, SUPERVISOR) == []
    assert list(office.alert_batches.ended(office.clock.now())) == []


def test_who_was_disabled_meanwhile_is_written_to_no_more(office):
    """The others have their letters, and nothing is left over."""
    in_a_storm(office)
    office.staff.put(replace(HEAD, disabled=True))
    office.until("Monday 2026-11-23 10:15").sweep.go()
    assert gathered(office, HEAD) == []
    assert len(gathered(office, MANAGER)) == 1
    assert list(office.alert_batches.ended(office.clock.now())) == []


def test_a_letter_names_each_and_says_all_of_a_hundred(office):
    """More would be cut short by mail clients: of these it says which, how grave and where."""
    references = in_a_storm(office, 130)
    text = the_letter(office, MANAGER)
    assert named(gathered(office, MANAGER)).keys() == set(references)
    assert text.count("Acknowledge it and get in touch with the resident by") == 100
    assert "30 more, with all about them in the queue" in text
    assert text.count(": important complaint, 3栋 ") == 30
    assert "[Yours to handle: 130 of 130]" in gathered(office, MANAGER)[0].written.subject
    assert len(gathered(office, MANAGER)[0].written.html.encode()) < 100_000


def test_communities_are_batched_apart(office):
    """A storm in one community keeps back no alert of another."""
    in_a_storm(office, 5)
    sent = len(to(office, HEAD))
    complain(office, "maple", community="maple-court")
    assert len(to(office, HEAD)) == sent + 1


def test_where_the_setting_is_zero_every_alert_is_batched(office):
    """No alert comes singly, not even the first."""
    settings = replace(POLICY.settings, gather_after=0)
    office = office.but(policy=replace(POLICY, settings=settings))
    complain(office, 1)
    assert to(office, SUPERVISOR) == []
    assert "共 1 件" in the_letter(office)


def test_a_batched_letter_that_is_refused_is_tried_again(office):
    """It stays on the sweep's list until the mail service takes it, and is sent once."""
    in_a_storm(office)
    office.mailer.refused = {SUPERVISOR.email}
    office.until("Monday 2026-11-23 10:15")
    assert len(office.sweep.go().failed) == 1
    assert gathered(office, SUPERVISOR) == []
    office.mailer.refused = set()
    office.until("Monday 2026-11-23 10:20").sweep.go()
    office.until("Monday 2026-11-23 10:25").sweep.go()
    assert len(gathered(office, SUPERVISOR)) == 1


def test_the_stream_brings_an_alert_batch_too_early(office):
    """As soon as something waits the stream says so: nothing is sent, and it goes on waiting."""
    in_a_storm(office)
    waiting = AlertBatch("jade-lake", SUPERVISOR.id, at("Monday 2026-11-23 10:15"))
    office.notifier.post(waiting)
    assert gathered(office, SUPERVISOR) == []
    office.until("Monday 2026-11-23 10:15")
    office.notifier.post(waiting)
    office.notifier.post(waiting)
    assert len(gathered(office, SUPERVISOR)) == 1


def test_an_event_delivered_twice_is_counted_and_batched_once(office):
    """The stream may bring every event of a storm again; letters and lists are as they were."""
    references = [complain(office, number) for number in range(SINGLY + 5)]
    sent = len(office.mailer.sent)
    for reference in references:
        for number in (1, 2):
            office.notifier.post(ComplaintEvent(reference, number))
    assert len(office.mailer.sent) == sent
    office.until("Monday 2026-11-23 10:15").sweep.go()
    (letter,) = gathered(office, SUPERVISOR)
    assert set(named([letter])) == set(references[SINGLY:])


def test_the_staff_see_which_letters_were_batched(office):
    """On the complaint's page each letter says what became of it."""
    (reference,) = in_a_storm(office)
    states = {one.to: one.state for one in office.complaints.dossier(reference).letters}
    assert states == {"resident": "delivered"} | {one.id: "gathered" for one in STAFF}


def test_what_a_storm_left_overdue_is_no_letter_of_its_own():
    """Nobody could keep up: on the next morning each has one letter, and no batch."""
    office = Office("Monday 2026-11-23 10:00", digests=True)
    for number in range(SINGLY + 20):
        complain(office, number)
    office.until("Monday 2026-11-23 10:15").sweep.go()
    sent = len(office.mailer.sent)
    for moment in ("Tuesday 2026-11-24 18:00", "Wednesday 2026-11-25 09:15"):
        office.until(moment).sweep.go()
        office.deliver()
    office.until("Wednesday 2026-11-25 09:30").sweep.go()
    staff = {one.email for one in STAFF}
    told = [mail for mail in office.mailer.sent[sent:] if mail.to in staff]
    assert all(mail.thread == "workday-jade-lake" for mail in told)
    assert Counter(mail.to for mail in told) == {one.email: 2 for one in STAFF}


def test_what_was_received_before_is_not_said_to_be_of_the_quarter(office):
    """The head is told once the department is named; the letter says when each came in."""
    references = [complain(office, number, about="unsure") for number in range(SINGLY + 2)]
    office.until("Monday 2026-11-23 10:15").sweep.go()
    assert "10:00 至 10:15 之间收到的 2 件投诉" in gathered(office, SUPERVISOR)[0].written.text
    office.until("Monday 2026-11-23 11:01")
    for reference in references:
        office.act(reference, Judge(SUPERVISOR.id, "是工程部的。", about="engineering"))
    office.until("Monday 2026-11-23 11:15").sweep.go()
    (letter,) = gathered(office, HEAD)
    assert "到 2026年11月23日（星期一）11:15 为止要通知您的 2 件投诉" in letter.written.text
    assert "2026年11月23日（星期一）11:15 汇总的投诉，共 2 件" in letter.written.subject
    assert letter.written.text.count("2026年11月23日（星期一）10:00 收到") == 2


def test_reminders_take_no_alert_s_place(office):
    """In the hour in which many things are overdue a new complaint is told of at once."""
    for number in range(SINGLY + 1):
        complain(office, number)
    office.until("Tuesday 2026-11-24 18:00").sweep.go()
    office.deliver()
    sent = len(office.mailer.sent)
    complain(office, 1000)
    told = [mail.to for mail in office.mailer.sent[sent:]]
    assert set(told) >= {one.email for one in STAFF}
