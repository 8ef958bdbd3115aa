"""Who may be the one complained about: letters, lists and books show them nothing."""

from datetime import date

import pytest

from chalicelib.application.archive import Query
from chalicelib.application.decided import decided
from chalicelib.application.duty_log import TakenInEntry, WrittenEntry
from chalicelib.application.queue import Asked, queue
from chalicelib.application.queue_views import Reader
from chalicelib.domain import permissions
from chalicelib.domain.commands import Close, EndElsewhere, Judge, Merge, Note, Withdraw
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import BadInputError, NotFoundError
from chalicelib.domain.events import HelpCalled, NewEvent
from chalicelib.domain.model import NOBODY
from support.examples import acknowledge, at, judge, reply
from support.forms import POLICY, an_intake
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, STAFF, SUPERVISOR
from support.values import replace

MONDAY, ON = "Monday 2026-11-23 10:00", date(2026, 11, 23)
WAYS = [
    ({"person": "赵经理"}, [MANAGER]),
    ({"person": "姓赵的经理"}, [MANAGER]),
    ({"person": "经理"}, [MANAGER]),
    ({"person": "Manager Zhao"}, [MANAGER]),
    ({"person": "陈主任"}, [SUPERVISOR]),
    ({"person": "客服陈静"}, [SUPERVISOR]),
    ({"person": "工程部孙主任"}, [HEAD]),
    ({"person": "前台小周"}, [RECEPTIONIST]),
    ({"person": "高总"}, [LEADER]),
    ({"person": None, "person_post": "supervisor"}, [SUPERVISOR]),
    ({"person": None, "person_post": "property_manager"}, [MANAGER]),
    ({"person": None, "person_post": "department_head"}, [HEAD]),
    ({"person": "那个人"}, [RECEPTIONIST, SUPERVISOR, HEAD]),
]


@pytest.fixture
def office():
    return Office(MONDAY, digests=True)


def sees_anything(office, one, reference):
    """Where a member of staff comes upon a complaint: page, queue, archive and duty log."""
    found = []
    try:
        office.open_complaint.for_staff(reference, one)
        found.append("page")
    except NotFoundError:
        pass
    reader = Reader(one, POLICY, office.clock.now())
    if queue(office.complaints.open(), Asked(view="all"), reader).found:
        found.append("queue")
    asked = Query("reference", reference=reference)
    if office.archive.find(asked, one):
        found.append("archive")
    if office.duty_book.day("jade-lake", ON, one):
        found.append("log")
    return found


@pytest.mark.parametrize(("form", "meant"), WAYS)
def test_who_may_be_meant_comes_upon_it_nowhere(office, form, meant):
    """Neither letter nor list, through a month of reminders, digests and warnings."""
    reference = office.receive(**form)
    office.deliver()
    for moment in ("Tuesday 2026-11-24 09:00", "Friday 2026-11-27 09:00", "Monday 2026-12-28 9:00"):
        office.until(moment.replace(" 9:", " 09:"))
        office.sweep.go()
        office.deliver()
    owner = office.complaints.load(reference).complaint.owner.staff
    addresses = {mail.to for mail in office.mailer.sent}
    for one in STAFF:
        if one in meant:
            assert one.id != owner
            assert one.email not in addresses
            assert sees_anything(office, one, reference) == []
        else:
            assert "log" in sees_anything(office, one, reference)


def test_who_is_certainly_not_meant_sees_it_as_ever(office):
    """A full name that nobody here has keeps it from nobody."""
    reference = office.receive(person="张伟", person_post="other")
    assert all(sees_anything(office, one, reference) for one in STAFF)
    assert HEAD.email in {mail.to for mail in office.mailer.sent}


def test_before_the_stream_came_nobody_sees_it(office):
    """Whom it may be about is not known yet; who wrote it down goes on seeing it."""
    intake = an_intake(office.clock.now(), person="张伟")
    made = office.submit_complaint.receive(intake, "walk_in", by=RECEPTIONIST.id)
    seeing = [one for one in STAFF if sees_anything(office, one, made.reference)]
    assert seeing == [RECEPTIONIST]
    office.deliver()
    assert all(sees_anything(office, one, made.reference) for one in STAFF)


def test_the_one_who_is_named_sees_it_no_more_and_the_others_are_told(office):
    """The owner names the head: the supervisor has it then, and hears of it."""
    reference = office.receive(person="那个人", cause="facility")
    sent = len(office.mailer.sent)
    after = office.act(reference, Judge(MANAGER.id, "问过了", meant=HEAD.id))
    assert after.owner.staff == SUPERVISOR.id
    assert SUPERVISOR.email in office.mails_since(sent)
    assert HEAD.email not in {mail.to for mail in office.mailer.sent}


def test_let_down_the_head_is_asked(office):
    """None of the staff is meant, so the department is told as of any complaint."""
    reference = office.receive(person="那个人", cause="facility")
    sent = len(office.mailer.sent)
    office.act(reference, Judge(MANAGER.id, "是外面的人", meant=NOBODY))
    assert {SUPERVISOR.email, HEAD.email} <= {*office.mails_since(sent)}
    assert sees_anything(office, RECEPTIONIST, reference)


def test_an_ended_one_stays_kept(office):
    """In archive and lessons too, and after the words are gone."""
    reference = office.receive(person="陈主任", cause="service")
    for command in (
        acknowledge(MANAGER.id),
        judge(LEADER.id, valid=True),
        reply(MANAGER.id, "telephone"),
        Close(MANAGER.id, "失言", "已道歉", "多听少辩"),
    ):
        office.act(reference, command)
    lessons = office.archive.lessons
    assert lessons("water_leak", {"jade-lake"}, SUPERVISOR) == ()
    assert len(lessons("water_leak", {"jade-lake"}, MANAGER)) == 1
    assert sees_anything(office, SUPERVISOR, reference) == []


def test_what_the_ended_import_is_about_is_kept_too():
    """It never had an owner; who may be meant is on its record all the same."""
    office = Office(MONDAY)
    intake = an_intake(office.clock.now(), person="陈主任")
    history = office.submit_complaint.begun(intake, "import", "7K3MQ-9TX4B", office.clock.now())
    context = office.contexts.of(history)
    ended = decided(history, EndElsewhere(at(MONDAY)), context, at(MONDAY), by="import").complaint
    assert ended.may_be_meant == (SUPERVISOR.id,)
    assert not permissions.may(SUPERVISOR, "see", ended)
    assert permissions.may(MANAGER, "see", ended)


def test_a_merge_keeps_it_from_whom_either_is_about(office):
    """What is about the head goes on under another complaint, and stays kept from the head."""
    first = office.receive(person=None, form_id="1")
    second = office.receive(person="孙主任", form_id="2")
    office.act(second, Merge(MANAGER.id, first, "同一件事"))
    assert office.complaints.load(first).complaint.may_be_meant == (HEAD.id,)
    assert sees_anything(office, HEAD, first) == []


def test_nobody_gets_by_a_merge_what_is_about_them(office):
    """The owner of the other complaint is the one complained about: the next rung has it then."""
    first = office.receive(person=None, form_id="1")
    second = office.receive(person="赵经理", form_id="2")
    office.act(second, Judge(LEADER.id, "两件都看过", severity="minor"))
    office.act(second, Merge(SUPERVISOR.id, first, "同一件事"))
    for reference in (first, second):
        complaint = office.complaints.load(reference).complaint
        assert complaint.owner.staff == LEADER.id
        assert sees_anything(office, MANAGER, reference) == []


def call(office, meant=()):
    """The front desk calls the supervisor before there is a complaint."""
    entry = DutyLogEntry(
        *("jade-lake", ON, 0, office.clock.now(), RECEPTIONIST.id, "call", {"text": "吵起来了"}),
        whom="customer_service_supervisor",
        may_be_meant=tuple(one.id for one in meant),
    )
    written = office.duty_log.write(entry)
    office.deliver()
    return written


def test_a_call_about_the_supervisor_goes_to_the_next_rung(office):
    """They neither come nor read of it in the duty log."""
    call(office, [SUPERVISOR])
    assert [mail.to for mail in office.mailer.sent] == [MANAGER.email]
    assert office.duty_book.day("jade-lake", ON, SUPERVISOR) == ()
    (row,) = office.duty_book.day("jade-lake", ON, RECEPTIONIST)
    assert isinstance(row, WrittenEntry)


def test_a_call_that_belongs_to_a_kept_complaint_is_kept_with_it(office):
    """What was called out says what the complaint says."""
    entry = call(office)
    earlier = (NewEvent(HelpCalled(SUPERVISOR.roles[0], f"{ON}#{entry.number}")),)
    intake = an_intake(office.clock.now(), person="陈主任")
    office.submit_complaint.receive(intake, "walk_in", by=RECEPTIONIST.id, earlier=earlier)
    office.deliver()
    assert office.duty_book.day("jade-lake", ON, SUPERVISOR) == ()
    rows = office.duty_book.day("jade-lake", ON, RECEPTIONIST)
    assert {type(row) for row in rows} == {WrittenEntry, TakenInEntry}


def test_a_correction_of_a_kept_complaint_is_kept_with_it(office):
    """The duty log has corrections in rows of their own."""
    reference = office.receive(person="陈主任")
    office.act(reference, Note(MANAGER.id, "应为二层", "when_where"))
    assert office.duty_book.day("jade-lake", ON, SUPERVISOR) == ()
    assert len(office.duty_book.day("jade-lake", ON, MANAGER)) == 2


def test_where_everybody_may_be_meant_the_operator_hears_the_reference_alone(office):
    """One letter with the reference in it, and nothing that the resident said."""
    reference = office.receive(person="你们所有人")
    (mail,) = (one for one in office.mailer.sent if one.to == "operator@anhe.example")
    said = mail.written.subject + mail.written.text
    assert reference in said
    assert not any(word in said for word in ("李女士", "138", "1201", "水管", "翠湖", "li@example"))
    assert office.complaints.load(reference).complaint.owner.staff == LEADER.id
    assert {one.to for one in office.mailer.sent} == {
        *("li@example.com", LEADER.email, "operator@anhe.example"),
    }


def test_without_an_operator_s_address_nobody_else_gets_the_letter(office):
    """The complaint has its owner all the same."""
    office = office.but(settings=replace(office.settings, operator_email=""))
    reference = office.receive(person="你们所有人")
    assert office.complaints.load(reference).complaint.owner.staff == LEADER.id
    assert {one.to for one in office.mailer.sent} == {"li@example.com", LEADER.email}


def test_the_post_is_unknown_until_it_is_chosen():
    """Of whoever is named; where nobody is, an unknown post says nothing."""
    now = at(MONDAY)
    assert an_intake(now, person="赵经理").person_post == "unknown"
    assert an_intake(now, person=None).person_post is None
    assert an_intake(now, person=None, person_post="unknown").person_post is None
    assert an_intake(now, person=None, person_post="supervisor").person_post == "supervisor"
    with pytest.raises(BadInputError):
        an_intake(now, person_post="gardener")


def test_a_withdrawal_within_seconds_opens_it_to_nobody(office):
    """Its owner was never named, so nobody knows whom it was about."""
    intake = an_intake(office.clock.now(), person="陈主任")
    made = office.submit_complaint.receive(intake, "web")
    office.act_on_complaint.act(made.reference, Withdraw("resident", ""), "resident")
    office.deliver()
    assert sees_anything(office, SUPERVISOR, made.reference) == []


def test_somebody_new_of_the_name_is_not_the_one_who_was_meant(office):
    """Who may be meant is settled at receipt: the post's next holder may handle it."""
    reference = office.receive(person=None, person_post="supervisor", cause="facility")
    office.staff.put(replace(SUPERVISOR, id="new", email="new@anhe.example"))
    assert office.complaints.load(reference).complaint.may_be_meant == (SUPERVISOR.id,)
    assert "page" in sees_anything(office, office.staff.directory().person("new"), reference)
