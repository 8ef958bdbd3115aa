"""The morning of a working day: begun once, told once to each, and computed anew."""

import re
from datetime import date, timedelta

import pytest

from chalicelib.application.outbox import WorkdayStart
from chalicelib.domain import commands
from chalicelib.domain.commands import AwaitAnswer
from chalicelib.domain.escalation import next_due_at
from fakes.complaints import FakeComplaints
from support.examples import acknowledge, at, feedback, hand_over, judge, on_the_wall, reply
from support.forms import POLICY, an_intake
from support.load import complain
from support.office import SITE, Office
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from support.values import replace

MONDAY = "Monday 2026-11-23 08:00"
REFERENCE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}\b")


@pytest.fixture
def office():
    """On a Monday, an hour before opening."""
    return Office(MONDAY, digests=True)


def go(office, moment):
    """One sweep at a moment, and the stream after it."""
    office.until(moment).sweep.go()
    office.deliver()


def mornings(office, person=None):
    """The morning letters so far, oldest first, all or one person's."""
    sent = [letter for letter, _, _ in office.letters.sent.values()]
    mails = zip(sent, office.mailer.sent, strict=True)
    told = [mail for letter, mail in mails if letter == "morning"]
    return [mail for mail in told if person in (None, mail.to)]


def to(office, person):
    return mornings(office, person.email)


def listed(mail):
    """The references in a morning letter, each once, in their order."""
    found = (REFERENCE.match(line) for line in mail.written.text.splitlines())
    return list(dict.fromkeys(one[0] for one in found if one))


def test_each_who_has_something_to_do_is_told_once_a_morning(office):
    """Owner, supervisor and head; not the leadership, whom nothing has reached yet."""
    reference = office.receive()
    go(office, "Monday 2026-11-23 08:59")
    assert mornings(office) == []
    for moment in ("09:00", "09:05", "13:00", "18:00"):
        go(office, f"Monday 2026-11-23 {moment}")
    told = [one.email for one in (SUPERVISOR, MANAGER, HEAD)]
    assert sorted(mail.to for mail in mornings(office)) == sorted(told)
    assert all(listed(mail) == [reference] for mail in mornings(office))
    go(office, "Tuesday 2026-11-24 09:00")
    assert len(mornings(office)) == 6
    for person in (LEADER, RECEPTIONIST):
        assert to(office, person) == []


def test_nothing_but_the_morning_letter_reminds_of_what_is_neglected(office):
    """A week of rungs, and beside the alert of its receipt one letter a working day at most."""
    office.receive()
    sent = len(office.mailer.sent)
    days = (
        "Monday 2026-11-23",
        "Tuesday 2026-11-24",
        "Wednesday 2026-11-25",
        "Thursday 2026-11-26",
    )
    for day in days:
        for hour in ("09:00", "12:00", "18:00", "19:00"):
            go(office, f"{day} {hour}")
    told = [mail for mail in office.mailer.sent[sent:] if mail.to.endswith("@anhe.example")]
    assert told == mornings(office)
    assert len(to(office, SUPERVISOR)) == len(to(office, HEAD)) == len(days)
    (up,) = to(office, LEADER)
    assert up.written.subject == "[Morning letter] 26 November: 1 brought to you"
    assert "did not get in touch with the resident" in up.written.text
    assert "times brought to you: 1" in up.written.text


def test_a_letter_is_true_when_it_is_sent_late(office):
    """What was done at ten is asked for by no letter that goes at eleven."""
    reference = office.receive()
    office.until("Tuesday 2026-11-24 09:00")
    office.mailer.refused = {MANAGER.email}
    go_on_failing(office)
    office.until("Tuesday 2026-11-24 10:00")
    office.act_on_complaint.act(reference, acknowledge(MANAGER.id), by=MANAGER.id)
    office.mailer.refused = set()
    go(office, "Tuesday 2026-11-24 11:00")
    (mail,) = to(office, MANAGER)
    assert "Tuesday 24 November 2026, 11:00: 1" in mail.written.text
    assert f"{reference}: Reply" in mail.written.text
    assert f"{reference}: Acknowledge" not in mail.written.text


def go_on_failing(office):
    """A sweep, and another one for what the stream left, while the mail service refuses."""
    office.sweep.go()
    office.clock.at += timedelta(minutes=10)
    assert office.sweep.go().failed


def test_none_is_told_of_nothing(office):
    """A morning without an open complaint is begun, and nobody is written to."""
    go(office, "Monday 2026-11-23 09:00")
    assert office.workday_starts.begun.keys() == {
        WorkdayStart("jade-lake", date(2026, 11, 23)),
        WorkdayStart("maple-court", date(2026, 11, 23)),
    }
    assert office.mailer.sent == []
    assert office.sweep.go().failed == ()


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("Saturday 2026-11-28 09:00", False),
        ("Sunday 2026-11-29 12:00", False),
        ("Friday 2026-09-25 09:00", False),
        ("Sunday 2026-09-20 09:00", True),
        ("Saturday 2026-10-10 09:00", True),
        ("Monday 2026-09-21 18:00", True),
        ("Monday 2026-09-21 18:01", False),
    ],
)
def test_a_morning_is_one_of_a_working_day(moment, told):
    """On make-up working days too, never on a day off, and not after closing time."""
    office = Office("Monday 2026-09-14 10:00", digests=True)
    office.receive(happened_at="2026-09-14")
    go(office, moment)
    assert bool(mornings(office)) is told


def test_a_late_sweep_begins_the_present_morning_alone(office):
    """After a standstill of two days one letter goes out, with the day on which it does."""
    office.receive()
    go(office, "Wednesday 2026-11-25 15:30")
    (mail,) = to(office, SUPERVISOR)
    assert mail.written.subject.startswith("【晨报】11月25日：")
    assert {morning.on for morning in office.workday_starts.begun} == {date(2026, 11, 25)}


def test_a_morning_that_is_over_is_told_of_no_more(office):
    """What the mail service refused all day is settled the day after, without a letter."""
    office.receive()
    office.mailer.refused = {SUPERVISOR.email}
    office.until("Monday 2026-11-23 09:00").sweep.go()
    assert len(office.until("Monday 2026-11-23 09:10").sweep.go().failed) == 1
    assert len(to(office, MANAGER)) == 1
    office.mailer.refused = set()
    office.until("Tuesday 2026-11-24 08:00").sweep.go()
    assert to(office, SUPERVISOR) == []
    assert office.until("Tuesday 2026-11-24 08:10").sweep.go().posted == 0


def test_a_letter_that_was_refused_is_tried_again_on_the_same_day(office):
    """Nobody else has a second one by it."""
    office.receive()
    office.mailer.refused = {SUPERVISOR.email}
    office.until("Monday 2026-11-23 09:00").sweep.go()
    office.until("Monday 2026-11-23 09:10").sweep.go()
    office.mailer.refused = set()
    office.until("Monday 2026-11-23 09:15").sweep.go()
    assert [len(to(office, one)) for one in (SUPERVISOR, MANAGER)] == [1, 1]


def test_what_the_stream_lost_is_posted_by_the_sweep(office):
    """After some minutes, and once."""
    office.receive()
    for moment in ("09:00", "09:05", "09:10", "09:15"):
        office.until(f"Monday 2026-11-23 {moment}").sweep.go()
    assert [len(to(office, one)) for one in (SUPERVISOR, MANAGER)] == [1, 1]


def test_a_morning_delivered_twice_is_told_once(office):
    """The stream may bring it again, and two notifiers at once."""
    office.receive()
    go(office, "Monday 2026-11-23 09:00")
    for _ in range(2):
        office.notifier.post(WorkdayStart("jade-lake", date(2026, 11, 23)))
    assert len(mornings(office)) == 3


def test_each_task_has_its_date_and_leads_to_the_form_that_does_it(office):
    """A head who was handed one of two complaints gives feedback on both, and owns one."""
    of_head, other = office.receive(form_id="1"), office.receive(form_id="2", unit="2")
    office.act(of_head, hand_over(MANAGER.id, HEAD.id))
    go(office, "Monday 2026-11-23 09:00")
    (to_head,) = to(office, HEAD)
    assert to_head.written.subject == "【晨报】11月23日：首次联系 1 件、反馈 2 件"
    assert set(listed(to_head)) == {of_head, other}
    for verb, reference in (("give-feedback", of_head), ("acknowledge", of_head)):
        assert f"/desk/complaints/{reference}?do={verb}#{verb}" in to_head.written.text
        assert f'href="https://desk.example/desk/complaints/{reference}?do={verb}#{verb}"' in (
            to_head.written.html
        )
    assert "时限 2026年11月24日（星期二）18:00，还有 33 小时；新到" in to_head.written.text


def test_who_is_away_has_no_letter_and_who_stands_in_reads_what_they_would(office):
    """The deputy owns the absent manager's complaint, and judges for want of a supervisor."""
    office.staff.put(replace(MANAGER, absent=True, deputy=HEAD.id))
    office.staff.put(replace(SUPERVISOR, disabled=True))
    office.receive()
    owner = office.complaints.open()[0].complaint.owner.staff
    go(office, "Monday 2026-11-23 09:00")
    assert owner == HEAD.id
    (mail,) = mornings(office)
    assert mail.to == HEAD.email
    assert "判定 1 件" in mail.written.subject


def test_nobody_reads_of_a_complaint_about_themselves(office):
    """The supervisor is named in it: the manager and the head are told."""
    office.receive(person="陈静")
    go(office, "Monday 2026-11-23 09:00")
    assert {mail.to for mail in mornings(office)} == {MANAGER.email, HEAD.email}


def test_who_serves_two_communities_has_one_letter_of_both(office):
    """It is that of the first, says where each is, and nobody else reads of the other's."""
    office.staff.put(replace(SUPERVISOR, communities=()))
    jade = office.receive(form_id="1")
    maple = office.receive(form_id="2", community="maple-court")
    go(office, "Monday 2026-11-23 09:00")
    (mail,) = to(office, SUPERVISOR)
    assert mail.thread == "workday-jade-lake"
    assert set(listed(mail)) == {jade, maple}
    assert "翠湖花园、枫林苑：截至" in mail.written.text
    assert "枫林苑；3栋" in mail.written.text
    assert [listed(one) for one in to(office, MANAGER)] == [[jade]]


def test_only_what_is_in_the_second_community_is_told_all_the_same(office):
    """Nothing in the first: the letter names the one that there is something in."""
    office.staff.put(replace(SUPERVISOR, communities=()))
    maple = office.receive(form_id="2", community="maple-court")
    go(office, "Monday 2026-11-23 09:00")
    (mail,) = to(office, SUPERVISOR)
    assert listed(mail) == [maple]
    assert "枫林苑：截至" in mail.written.text


def test_two_mornings_have_different_subjects_in_one_thread(office):
    """Each has its day, and counts what there is to do by its kind."""
    reference = office.receive()
    office.act(reference, acknowledge(MANAGER.id))
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    for moment in ("Monday 2026-11-23 09:00", "Tuesday 2026-11-24 09:00"):
        go(office, moment)
    office.until("Tuesday 2026-11-24 10:00").act(reference, reply(MANAGER.id))
    go(office, "Wednesday 2026-11-25 09:00")
    mails = to(office, MANAGER)
    assert [mail.written.subject for mail in mails] == [
        "[Morning letter] 23 November: 1 to reply to",
        "[Morning letter] 24 November: 1 to reply to",
        "[Morning letter] 25 November: 1 to close",
    ]
    assert len({mail.thread for mail in mails}) == 1


def test_it_says_until_when_an_answer_is_waited_for(office):
    """The resident was asked something: the answer's deadline, in the community's zone."""
    reference = office.receive()
    office.act(reference, acknowledge(MANAGER.id))
    office.act(reference, feedback(HEAD.id))
    complaint = office.act(reference, AwaitAnswer(MANAGER.id, "哪一层？"))
    until = on_the_wall(complaint.awaiting_until)
    assert until == "Thursday 2026-11-26 18:00"
    go(office, "Monday 2026-11-23 09:00")
    assert (
        "waiting for the resident's answer, until Thursday 26 November 2026, 18:00 at the latest"
        in to(office, MANAGER)[0].written.text
    )


def test_a_letter_lists_a_hundred_and_counts_the_rest(office):
    """The subject counts them all, each kind has its share, and no mail client cuts it short."""
    for number in range(130):
        complain(office, number)
    go(office, "Tuesday 2026-11-24 18:00")
    go(office, "Wednesday 2026-11-25 09:00")
    mail = to(office, SUPERVISOR)[-1]
    assert mail.written.subject == "【晨报】11月25日：判定 130 件、上报到您 130 件"
    assert mail.written.text.count("：判定\n") == 50
    assert mail.written.text.count("还没有受理并联系业户") == 50
    assert mail.written.text.count("还有 80 件没有列出") == 2
    assert f"{SITE}/desk?task=judge" in mail.written.text
    assert len(mail.written.html.encode()) < 100_000


# ── Computed anew ────────────────────────────────────────────────────────


def with_days_off(office, *days):
    """The same office, once the calendar says that these days are off too."""
    calendar = POLICY.working_time
    calendar = replace(calendar, days_off=calendar.days_off.union(days))
    return office.but(policy=replace(POLICY, working_time=calendar))


def scheduled(office):
    """When each open complaint is looked at next, as on the wall."""
    lines = office.complaints.open()
    return {one.complaint.reference: on_the_wall(one.due_at) for one in lines}


def test_a_new_calendar_takes_effect_by_the_next_morning(office):
    """Thursday becomes a day off: the silence until its closing is until Friday's."""
    reference = office.receive()
    office.act(reference, acknowledge(MANAGER.id))
    office.act(reference, judge(SUPERVISOR.id, valid=True))
    office.act(reference, feedback(HEAD.id))
    before = office.complaints.load(reference)
    assert scheduled(office) == {reference: "Thursday 2026-11-26 18:00"}
    office = with_days_off(office, date(2026, 11, 26))
    go(office, "Tuesday 2026-11-24 08:59")
    assert scheduled(office) == {reference: "Thursday 2026-11-26 18:00"}
    go(office, "Tuesday 2026-11-24 09:00")
    assert scheduled(office) == {reference: "Friday 2026-11-27 18:00"}
    after = office.complaints.load(reference)
    assert after.records == before.records
    assert next_due_at(after.complaint, office.policy) == at("Friday 2026-11-27 18:00")


def test_what_falls_due_earlier_by_it_is_handled_in_the_same_sweep(office):
    """A complaint that was looked at too late is looked at that very morning."""
    history = office.submit_complaint.begun(
        an_intake(office.clock.now()), "web", "7K3MQ-9TX4B", at(MONDAY)
    )
    late = at("Monday 2026-12-28 09:00")
    office.complaints.submit(history, "a digest", {}, late)
    office.until("Wednesday 2026-11-25 09:00")
    assert list(office.complaints.due(office.clock.now())) == []
    assert office.sweep.go().looked_at == 1


class Unreachable(FakeComplaints):
    """Complaints that nobody can reschedule, as long as it is so."""

    is_so = True

    def reschedule(self, complaint, due_at):
        """Fail, while it is so."""
        if self.is_so:
            raise ConnectionError
        super().reschedule(complaint, due_at)


def test_a_sweep_that_cannot_compute_begins_no_morning():
    """The next one does, and nothing is told before it; other communities are begun."""
    complaints = Unreachable()
    office = Office(MONDAY, complaints, digests=True)
    reference = office.receive()
    office = with_days_off(office, date(2026, 11, 24))
    (failed,) = office.until("Monday 2026-11-23 09:00").sweep.go().failed
    assert "jade-lake" in failed
    assert [one.community for one in office.workday_starts.begun] == ["maple-court"]
    complaints.is_so = False
    go(office, "Monday 2026-11-23 09:05")
    assert [listed(mail) for mail in to(office, MANAGER)] == [[reference]]


def test_who_answers_in_two_communities_reads_of_both_in_one_letter(office):
    """One mail a morning: each complaint says where it is."""
    here = office.receive(form_id="here")
    elsewhere = {"community": "maple-court", "unit": "7", "email": "n@example.com"}
    there = office.receive(form_id="there", **elsewhere)
    for reference in (here, there):
        office.act(reference, commands.HandOver(LEADER.id, HEAD.id, "您的部门。"))
    go(office, "Monday 2026-11-23 09:00")
    (mail,) = to(office, HEAD)
    assert set(listed(mail)) == {here, there}
    assert "翠湖花园；3栋" in mail.written.text
    assert listed(to(office, SUPERVISOR)[0]) == [here]
