"""Return visits from the reply to their end, over the whole service.

Whose they are, and what stands on the record when nobody makes them.
"""

import pytest

from chalicelib.application.queue import Asked, queue
from chalicelib.application.queue_views import Reader
from chalicelib.domain.commands import Close, FollowUp, Judge, Reply, ReturnVisit
from chalicelib.domain.deadlines import explained
from chalicelib.views.history_view import HistoryView
from chalicelib.views.presentation import Presenter
from chalicelib.views.timeline_view import TimelineView
from support.examples import at, on_the_wall
from support.forms import ORGANISATION, POLICY
from support.office import SITE, Office
from support.people import DIRECTORY, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
PRESENTER = Presenter(POLICY, ORGANISATION, SITE, "zh")
NOT_REACHED = ReturnVisit(SUPERVISOR.id, None, "telephone", "没有人接。")


@pytest.fixture
def office():
    """On a Monday, its mornings told of."""
    return Office(MONDAY, digests=True)


def go_on(office, until):
    """The clock alone goes on, from due time to due time and from morning to morning."""
    while True:
        due = [one.due_at for one in office.complaints.saved.values() if one.due_at]
        opening = office.start_workday.next_after(office.clock.at)
        moment = max(min([*due, opening]), office.clock.at)
        if moment > at(until):
            break
        office.clock.at = moment
        office.sweep.go()
        office.deliver()
    office.until(until)


def answered(office, told_by="telephone", **more):
    """Judged valid, replied to by the manager and closed."""
    reference = office.receive(email="" if told_by == "telephone" else "li@example.com")
    office.act(reference, Judge(SUPERVISOR.id, "看过了。", valid=True))
    office.act(reference, Reply(MANAGER.id, "阀门已更换。", told_by, **more))
    if "follow_up_by" not in more:
        office.act(reference, Close(MANAGER.id, root_cause="阀门老化。", remedy="全部更换。"))
    return reference


def told(office, reference):
    """The history as the staff read it: what, and by whom."""
    view = HistoryView(PRESENTER, DIRECTORY)
    entries = reversed(view.entries(office.complaints.load(reference)))
    return [(one["title"], one["by"]) for one in entries if "回访" in one["title"]]


def story(office, reference):
    """What the resident reads of it."""
    history = office.complaints.load(reference)
    view = TimelineView(PRESENTER, DIRECTORY)
    return [one.title for one in view.story(history) if "回访" in one.title]


def letters(office, name):
    """When each letter of this name went out, and to whom."""
    sent = zip(office.letters.sent.values(), office.mailer.sent, strict=True)
    return [mail.to for (letter, _, _), mail in sent if letter == name]


def due_visits(office, person=SUPERVISOR):
    """The references in the desk's view of return visits."""
    complaints = office.complaints
    asked, reader = Asked(view="visits"), Reader(person, POLICY, office.clock.now())
    found = queue(complaints.open(), asked, reader, complaints.visits())
    return [one.complaint.reference for one in found.rows]


def test_a_visit_that_nobody_made_was_not_carried_out(office):
    """A telephone and no e-mail: fifteen days on nobody has tried, and the record says no more.

    It stands in the supervisor's letter each morning from day seven on, and is chased from day
    fourteen on; the complaint is found at the desk until somebody has asked the resident.
    """
    reference = answered(office)
    go_on(office, "Tuesday 2026-12-08 11:00")
    assert told(office, reference) == [
        ("到期回访：请客服主任致电或上门", "系统"),
        ("回访未进行", "系统"),
        ("催办：回访逾期（陈静）", "系统"),
        ("催办：回访逾期（陈静）", "系统"),
    ]
    assert story(office, reference)[-1] == "回访未进行：我们还没有问到您，会继续与您联系"
    assert letters(office, "morning") == [SUPERVISOR.email] * 6
    assert letters(office, "reminder") == []
    assert due_visits(office) == [reference]
    office.act(reference, ReturnVisit(SUPERVISOR.id, True, "telephone", "好了。", "satisfied"))
    assert told(office, reference)[-1] == ("回访（电话）：问题没有再出现", "陈静")
    assert story(office, reference)[-1] == "回访：您说问题没有再出现（满意）"
    assert due_visits(office) == []
    go_on(office, "Friday 2026-12-11 11:00")
    assert letters(office, "morning") == [SUPERVISOR.email] * 6


def test_three_tries_on_three_working_days_end_it_as_not_reached(office):
    """Each is kept with who tried and how; after the third nobody is chased any more."""
    reference = answered(office)
    days = ("Tuesday 2026-12-01", "Wednesday 2026-12-02", "Friday 2026-12-04")
    for day in days:
        assert due_visits(office) == [reference]
        go_on(office, f"{day} 16:00")
        office.act(reference, NOT_REACHED)
    tried = "回访没有联系上（电话）"
    assert told(office, reference)[1:] == [
        (f"{tried}；回访还要再做", "陈静"),
        (f"{tried}；回访还要再做", "陈静"),
        (f"{tried}；几个工作日都没有联系上，回访结束", "陈静"),
    ]
    assert due_visits(office) == []
    asked = letters(office, "morning")
    go_on(office, "Friday 2026-12-18 11:00")
    assert letters(office, "morning") == asked
    assert "return_visit_missed" not in [
        one.kind for one in office.complaints.load(reference).records
    ]


def test_nobody_is_asked_before_the_date_that_the_reply_promised(office):
    """The reply's letter names both days; the question waits for the second."""
    part_by = at("Tuesday 2026-12-15 18:00")
    reference = answered(office, "email", follow_up_by=part_by)
    (letter,) = [one for one in office.mailer.sent if "答复" in one.written.subject]
    assert "2026年12月15日（星期二）18:00 之前办好" in letter.written.text
    assert "2026年12月16日（星期三）起，我们会再问您一次" in letter.written.text
    go_on(office, "Tuesday 2026-12-15 12:00")
    office.act(reference, FollowUp(office.complaints.load(reference).complaint.owner.staff, "好了"))
    go_on(office, "Wednesday 2026-12-16 17:59")
    assert letters(office, "return_visit") == []
    go_on(office, "Wednesday 2026-12-16 18:00")
    assert letters(office, "return_visit") == ["li@example.com"]
    (asked,) = [
        one for one in office.complaints.load(reference).records if one.kind == "return_visit_asked"
    ]
    assert on_the_wall(asked.at) == "Wednesday 2026-12-16 18:00"


def test_while_the_supervisor_is_away_the_next_rung_is_asked(office):
    """First the manager, then the leadership; never nobody."""
    reference = answered(office)
    office.staff.put(replace(SUPERVISOR, absent=True))
    go_on(office, "Monday 2026-12-07 11:00")
    assert set(letters(office, "morning")) == {MANAGER.email}
    office.staff.put(replace(MANAGER, absent=True))
    go_on(office, "Tuesday 2026-12-08 11:00")
    assert letters(office, "morning")[-1] == LEADER.email
    assert due_visits(office, RECEPTIONIST) == [reference]


def test_the_morning_letter_lists_the_visit_of_a_closed_complaint(office):
    """To the supervisor from the day it opens until it is done, and to nobody else."""
    reference = answered(office)
    go_on(office, "Monday 2026-11-30 09:30")
    assert letters(office, "morning") == []
    go_on(office, "Tuesday 2026-12-01 09:30")
    assert letters(office, "morning") == [SUPERVISOR.email]
    mail = office.mailer.sent[-1].written
    assert mail.subject == "【晨报】12月1日：回访 1 件"
    assert f"{reference}：回访" in mail.text
    assert "时限 2026年12月7日（星期一）10:00" in mail.text
    office.act(reference, ReturnVisit(SUPERVISOR.id, True, "visit", "好了。", "satisfied"))
    go_on(office, "Friday 2026-12-04 09:30")
    assert letters(office, "morning") == [SUPERVISOR.email]


def test_an_answered_complaint_is_still_its_owner_s_to_close(office):
    """The visit is the supervisor's, and each reads of their own in the morning letter."""
    part_by = at("Wednesday 2026-11-25 12:00")
    reference = answered(office, "email", follow_up_by=part_by)
    office.act(reference, FollowUp(MANAGER.id, "配件已装。"))
    go_on(office, "Tuesday 2026-12-01 09:30")
    texts = {mail.to: mail.written.text for mail in office.mailer.sent[-2:]}
    assert f"{reference}：回访\n" in texts[SUPERVISOR.email]
    assert f"{reference}: Close\n" in texts[MANAGER.email]
    assert "do=return-visit" not in texts[MANAGER.email]
    running = explained(office.complaints.load(reference).complaint, POLICY)
    assert "close" in [one.name for one in running]
