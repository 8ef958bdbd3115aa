"""In confidence: what each reads of it in letters, lists, look-ups, duty log and archive."""

from datetime import date

import pytest

from chalicelib.application.archive import Query
from chalicelib.application.confidence import seen_history
from chalicelib.application.history import History
from chalicelib.application.queue import Asked, queue
from chalicelib.application.queue_views import Reader
from chalicelib.application.work_list import work_list
from chalicelib.domain.commands import (
    CallForHelp,
    Close,
    Dispute,
    GiveFeedback,
    HandOver,
    Merge,
    Message,
    Note,
    PassOn,
    RecordConfidence,
    Reopen,
    Reply,
    Separate,
    Withdraw,
)
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import HelpCalled, NewEvent, Reminded
from chalicelib.domain.model import RESIDENT
from chalicelib.domain.notices import Notice, notices
from chalicelib.domain.permissions import may
from chalicelib.views.complaint_page import ComplaintPage
from chalicelib.views.presentation import Presenter
from support.confidence import (
    CUT,
    ENGINEERING,
    HEAD_OF_SERVICE,
    OF_DEPARTMENT,
    PEOPLE,
    PLANTED,
    SERVICE,
    WORDS,
    told,
)
from support.examples import acknowledge, correct_contact, judge, reply
from support.forms import ORGANISATION, POLICY, an_intake
from support.office import SITE, Office
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
ON = date(2026, 11, 23)
DEPARTMENTS = pytest.mark.parametrize("about", OF_DEPARTMENT)


@pytest.fixture
def office():
    made = Office(MONDAY, digests=True)
    made.staff.put(HEAD_OF_SERVICE)
    return made


def receive(office, about=ENGINEERING, **changes):
    form = {"about": about, "in_confidence": "yes", **WORDS, **changes}
    return office.receive(**form)


def strangers(about):
    return [one for one in PEOPLE if one in OF_DEPARTMENT[about]]


def others(about):
    return [
        one
        for one in PEOPLE
        if one not in OF_DEPARTMENT[about] and one not in (HEAD, HEAD_OF_SERVICE)
    ]


def owner_of(office, reference):
    return office.complaints.load(reference).complaint.owner.staff


def letters_to(office, people):
    addresses = {one.email for one in people}
    return [mail for mail in office.mailer.sent if mail.to in addresses]


def whole(mail):
    return mail.written.subject + mail.written.text + mail.written.html


def a_whole_life(office, about):
    """A complaint that brings about every letter that goes to anybody of the staff."""
    reference = receive(office, about)
    owner = owner_of(office, reference)
    told_who = f"欧阳紫薇（{PLANTED['unit']}）"
    office.act(reference, CallForHelp(SUPERVISOR.id, "property_manager", "吵起来了"))
    office.act(reference, Message(RESIDENT, f"我是{told_who}，再催一次"))
    office.act(reference, acknowledge(owner))
    office.act(reference, Note(owner, f"{told_who} 住 2907"))
    office.act(reference, PassOn(owner, **CUT, more="管道已老化"))
    head = HEAD.id if about == ENGINEERING else HEAD_OF_SERVICE.id
    office.act(reference, GiveFeedback(head, "明天派人"))
    office.act(reference, judge(LEADER.id, severity="minor", valid=True))
    office.act(reference, judge(LEADER.id, severity="major"))
    office.act(reference, Reply(owner_of(office, reference), told_who, "telephone", done="已修"))
    office.act(reference, Dispute(RESIDENT, f"{told_who} 还漏", "page"))
    owner = owner_of(office, reference)
    office.act(
        reference, HandOver(owner, (MANAGER if owner != MANAGER.id else LEADER).id, told_who)
    )
    owner = owner_of(office, reference)
    office.act(reference, correct_contact(LEADER.id, f"{told_who} 换号", **contact()))
    for moment in ("Tuesday 2026-11-24", "Friday 2026-11-27", "Monday 2026-12-14"):
        office.until(f"{moment} 09:00")
        office.sweep.go()
        office.deliver()
    office.until("Monday 2026-12-28 09:00")
    office.sweep.go()
    office.deliver()
    office.act(reference, Reply(owner, told_who, "telephone", done="已修"))
    office.act(reference, Close(owner, f"{told_who}家管道老化", "已换", f"{told_who}的教训"))
    office.act(reference, Reopen(LEADER.id, f"{told_who}来电"))
    office.act(reference, Withdraw(LEADER.id, f"{told_who}说不用了"))
    return reference


def contact():
    return {
        **{name: PLANTED[name] for name in ("name", "email", "building", "unit", "contact_time")},
        "phone": "13987654321",
        "contact_by": "phone",
    }


@DEPARTMENTS
def test_no_letter_tells_the_department_who_the_resident_is(office, about):
    """From the receipt to the end, whatever happens: alerts, reminders, gathered and digests."""
    a_whole_life(office, about)
    found = letters_to(office, strangers(about))
    assert found
    assert [
        (mail.to, mail.written.subject, told(whole(mail))) for mail in found if told(whole(mail))
    ] == []


@DEPARTMENTS
def test_no_letter_would_tell_it_whoever_it_were_sent_to(office, about):
    """Each letter of a life to anybody of the staff, written to the department instead."""
    reference = a_whole_life(office, about)
    history = office.complaints.load(reference)
    written = set()
    for number in range(1, len(history.records) + 1):
        before = History(history.records[:number])
        context = office.contexts.of(before)
        for notice in notices(before.records[-1], before.complaint, context):
            if notice.to == RESIDENT:
                continue
            for one in strangers(about):
                other, record = Notice(notice.letter, one.id), asked_of(one, before.records[-1])
                letter = office.letter_writer.of_event(other, record, before, context)
                assert told(letter.subject + letter.text + letter.html) == [], (notice, one.id)
            written.add(notice.letter)
    assert written >= {
        *("alert", "message", "passed_on", "feedback_given", "escalated", "disputed", "reopened"),
        *("handed_over", "help_called", "reminder"),
    }


def asked_of(one, record):
    """The record as it would be if a reminder in it were this person's."""
    if not isinstance(record.event, Reminded):
        return record
    steps = tuple(replace(step, to=one.id) for step in record.event.steps)
    return replace(record, event=Reminded(steps))


@DEPARTMENTS
def test_no_gathered_letter_tells_it_either(office, about):
    """In a storm the alerts wait for one letter, with the place and without the home."""
    references = [
        receive(office, about, form_id=str(number), place=f"大堂 {number} 号柱")
        for number in range(20)
    ]
    office.until("Monday 2026-11-23 10:20")
    office.sweep.go()
    office.deliver()
    head = HEAD if about == ENGINEERING else HEAD_OF_SERVICE
    gathered = [one for one in letters_to(office, [head]) if references[-1] in one.written.text]
    assert gathered
    assert "大堂 19 号柱" in gathered[-1].written.text
    assert "业户要求保密" in gathered[-1].written.text
    found = letters_to(office, strangers(about))
    assert [one.written.subject for one in found if told(whole(one))] == []


@DEPARTMENTS
def test_everybody_else_is_told_as_ever(office, about):
    """Who handles it knows whom to ring."""
    reference = receive(office, about)
    owner = owner_of(office, reference)
    (mail,) = (one for one in letters_to(office, [MANAGER]) if reference in one.written.subject)
    assert owner == MANAGER.id
    for name in ("name", "phone", "email", "unit", "building"):
        assert PLANTED[name] in mail.written.text, name


def test_the_department_is_told_at_once_of_what_and_where_and_how_grave(office):
    """The head hears of it, and why the text is to follow; and is not asked for feedback yet."""
    reference = receive(office)
    (mail,) = letters_to(office, [HEAD])
    said = mail.written.text
    assert all(one in said for one in (reference, "重要投诉", "车库入口", "业户要求保密"))
    assert "漏水" in mail.written.subject
    complaint = office.complaints.load(reference).complaint
    assert complaint.waits_for_text
    assert not [one for one in tasks(office, HEAD) if one.deadline == "feedback"]


def test_what_was_passed_on_reaches_the_department(office):
    """The head reads the owner's version, and is asked for feedback from then on."""
    reference = receive(office)
    count = len(office.mailer.sent)
    office.until("Tuesday 2026-11-24 10:00")
    office.act(reference, PassOn(MANAGER.id, **CUT, more="管道已老化"))
    mail = office.mails_since(count)[HEAD.email]
    assert all(one in mail.written.text for one in (*CUT.values(), "管道已老化"))
    (task,) = [one for one in tasks(office, HEAD) if one.deadline == "feedback"]
    assert task.at > office.clock.now()


def tasks(office, person):
    directory = office.staff.directory()
    lines = office.complaints.open()
    found = work_list(lines, person, directory, office.contexts, office.clock.now())
    return [task for task, _ in found]


def test_reading_and_passing_on_is_the_owner_s_task(office):
    """Done once, it is no more to do until the resident adds something."""
    reference = receive(office)
    assert "pass_on" in [one.deadline for one in tasks(office, MANAGER)]
    office.act(reference, PassOn(MANAGER.id, **CUT))
    assert "pass_on" not in [one.deadline for one in tasks(office, MANAGER)]
    office.act(reference, Message(RESIDENT, "又漏了"))
    assert "pass_on" in [one.deadline for one in tasks(office, MANAGER)]


def in_queue(office, one, asked=Asked(view="all")):  # noqa: B008 - it is frozen
    """The queue as this person sees it."""
    return queue(office.complaints.open(), asked, Reader(one, POLICY, office.clock.now()))


def in_lists(office, one, reference):
    """All that lists and look-ups say to this person, by where it stands."""
    lines = office.complaints.open()
    directory, now = office.staff.directory(), office.clock.now()
    found = {
        "queue": [row.line for row in in_queue(office, one).rows],
        "work": [line for _, line in work_list(lines, one, directory, office.contexts, now)],
        "reference": office.archive.find(Query("reference", reference=reference), one),
        "log": [
            row.line for row in office.duty_book.day("jade-lake", ON, one) if hasattr(row, "line")
        ],
    }
    return {where: [dict(line.words) for line in those] for where, those in found.items()}


@DEPARTMENTS
def test_no_list_tells_the_department_who_the_resident_is(office, about):
    """Queue, work list, archive and duty log have it without what tells it."""
    reference = receive(office, about)
    for one in strangers(about):
        for where, said in in_lists(office, one, reference).items():
            assert said == [] or told(str(said)) == [], (one.id, where)
    for one in others(about):
        assert told(str(in_lists(office, one, reference)["queue"])), one.id


LOOK_UPS = (
    {"way": "phone", "phone": "13987654321"},
    {"way": "email", "email": PLANTED["email"]},
    {"way": "unit", "community": "jade-lake", "building": PLANTED["building"], "unit": "2907"},
    {"way": "name", "community": "jade-lake", "month": "2026-11", "name": "欧阳"},
)


@DEPARTMENTS
@pytest.mark.parametrize("asked", LOOK_UPS, ids=lambda one: one["way"])
def test_no_look_up_leads_the_department_to_it(office, about, asked):
    """Neither by telephone, e-mail, home nor name; all others find it."""
    receive(office, about)
    for one in strangers(about):
        assert office.archive.find(Query(**asked), one) == (), one.id
    for one in others(about):
        assert len(office.archive.find(Query(**asked), one)) == 1, one.id


@DEPARTMENTS
def test_what_is_looked_for_in_the_queue_finds_nothing_by_who_they_are(office, about):
    """A filter tells as much as a line does: neither words nor buildings lead there."""
    receive(office, about)
    for one in strangers(about):
        for asked in (Asked(text="欧阳"), Asked(text="2907"), Asked(building="金桂")):
            assert in_queue(office, one, asked).found == 0
        assert not in_queue(office, one).options["building"].get("金桂")


@DEPARTMENTS
def test_no_household_shows_it_to_the_department(office, about):
    """Neither from another complaint of the home nor from a home that is typed at reception."""
    open_one = receive(office, about, form_id="1", in_confidence="no")
    secret = receive(office, about, form_id="2")
    home = {"building": PLANTED["building"], "unit": "2907"}
    for one in strangers(about):
        load = office.complaints.load
        assert office.archive.household_of(load(open_one), one) == ()
        assert office.archive.household_of(load(secret), one) == ()
        found = office.archive.household(one, "jade-lake", **home)
        assert secret not in [line.complaint.reference for line in found]
    (line,) = office.archive.household_of(office.complaints.load(open_one), MANAGER)
    assert line.complaint.reference == secret


@DEPARTMENTS
def test_no_tie_to_another_complaint_tells_who_it_is(office, about):
    """One that the resident made openly would name them, in either direction."""
    open_one = receive(office, about, form_id="1", in_confidence="no")
    secret = receive(office, about, form_id="2")
    directory = office.staff.directory()
    for one in strangers(about):
        for reference, other in ((open_one, secret), (secret, open_one)):
            dossier = office.open_complaint.for_staff(reference, one)
            seen = office.open_complaint.seen(dossier, one, directory).history
            assert other not in str(seen.records), (one.id, reference)
            assert other not in str(seen.complaint)
    dossier = office.open_complaint.for_staff(secret, MANAGER)
    assert (
        open_one in office.open_complaint.seen(dossier, MANAGER, directory).history.complaint.links
    )


@DEPARTMENTS
def test_what_is_read_of_its_record_is_what_was_passed_on(office, about):
    """The department keeps what it wrote itself, and reads of all others what they passed on."""
    reference = receive(office, about)
    owner = owner_of(office, reference)
    head = HEAD if about == ENGINEERING else HEAD_OF_SERVICE
    office.act(reference, Message(RESIDENT, "我是欧阳紫薇"))
    office.act(reference, Note(owner, "欧阳紫薇来过"))
    office.act(reference, Note(head.id, "我部已知悉"))
    seen = as_seen(office, reference, head)
    assert "我部已知悉" in str(seen.records)
    assert "description" not in seen.words
    assert told(str(seen.records) + str(seen.words)) == []
    office.act(reference, PassOn(owner, **CUT, more="管道已老化"))
    seen = as_seen(office, reference, head)
    assert {name: seen.words[name] for name in CUT} == CUT
    assert "管道已老化" in str(seen.records)
    assert told(str(seen.records) + str(seen.words)) == []


def as_seen(office, reference, one):
    dossier = office.open_complaint.for_staff(reference, one)
    return office.open_complaint.seen(dossier, one, office.staff.directory()).history


def test_a_receptionist_keeps_what_they_wrote_down(office):
    """Of a complaint about customer service: their own entry, and nothing that came since."""
    form = {"about": SERVICE, "in_confidence": "yes", **WORDS, "email": None}
    reference = office.take_in(RECEPTIONIST, **form)
    office.act(reference, Message(MANAGER.id, "她说孤身一人"))
    seen = as_seen(office, reference, RECEPTIONIST)
    assert seen.words["name"] == PLANTED["name"]
    assert "她说孤身一人" not in str(seen.records)
    (row,) = office.duty_book.day("jade-lake", ON, RECEPTIONIST)
    assert row.line.words["name"] == PLANTED["name"]
    (row,) = office.duty_book.day("jade-lake", ON, SUPERVISOR)
    assert row.line.withheld
    assert told(str(row.line.words)) == []


def test_a_receptionist_is_told_of_the_reply_and_not_what_it_says(office):
    """Who took it in is of the department, and reads that there is one."""
    form = {"about": SERVICE, "in_confidence": "yes", **WORDS}
    reference = office.take_in(RECEPTIONIST, **form)
    count = len(office.mailer.sent)
    office.act(reference, Reply(MANAGER.id, "孤身一人的事已查明", "telephone", done="已谈话"))
    said = whole(office.mails_since(count)[RECEPTIONIST.email])
    assert reference in said
    assert "已谈话" not in said
    assert "孤身一人" not in said


@DEPARTMENTS
def test_a_call_before_there_was_a_complaint_tells_nothing_either(office, about):
    """The log has it with name and unit; whoever may not know them reads neither."""
    words = {"text": "孤身一人", "name": PLANTED["name"], "unit": PLANTED["unit"]}
    now = office.clock.now()
    called = DutyLogEntry(
        "jade-lake", ON, 0, now, "lin-xia", "call", words, whom="property_manager"
    )
    entry = office.duty_log.write(called)
    earlier = (NewEvent(HelpCalled("property_manager", f"{ON}#{entry.number}")),)
    intake = an_intake(now, about=about, in_confidence="yes", **WORDS)
    office.submit_complaint.receive(intake, "walk_in", by="lin-xia", earlier=earlier)
    office.deliver()
    for one in strangers(about):
        assert told(str(office.duty_book.day("jade-lake", ON, one))) == [], one.id
    assert told(str(office.duty_book.day("jade-lake", ON, MANAGER)))


@DEPARTMENTS
def test_no_lesson_of_it_is_shown_to_the_department(office, about):
    """Whoever drew it knew whom it was about."""
    reference = receive(office, about)
    owner = owner_of(office, reference)
    office.act(reference, judge(LEADER.id, valid=True))
    office.act(reference, reply(owner, "telephone"))
    office.act(reference, Close(owner, "老化", "已换", "欧阳紫薇家的教训"))
    for one in strangers(about):
        assert office.archive.lessons("water_leak", {"jade-lake"}, one) == ()
    assert len(office.archive.lessons("water_leak", {"jade-lake"}, LEADER)) == 1


@DEPARTMENTS
def test_a_preview_shows_the_one_who_acts_no_more_than_they_may_see(office, about):
    """The owner's letter has the resident in it; whoever gives feedback sees it without."""
    reference = receive(office, about)
    head = HEAD if about == ENGINEERING else HEAD_OF_SERVICE
    history = office.complaints.load(reference)
    letters = office.preview.letters(history, GiveFeedback(head.id, "明天派人"))
    assert [one.to for one in letters] == [owner_of(office, reference)]
    assert told("".join(one.written.text + one.written.html for one in letters)) == []


def test_about_customer_service_the_property_manager_owns_it(office):
    """However minor; and nobody of the front desk is given it."""
    reference = receive(office, SERVICE, cause="facility")
    assert owner_of(office, reference) == MANAGER.id
    with pytest.raises(RefusedError) as refused:
        office.act(reference, HandOver(MANAGER.id, SUPERVISOR.id, "请办"))
    assert refused.value.code == "in_confidence_of_department"


@DEPARTMENTS
def test_asked_for_later_it_is_kept_from_then_on(office, about):
    """Who of the department owned it loses it, and is told no more than that."""
    reference = receive(office, about, in_confidence="no", cause="facility")
    if about == ENGINEERING:
        office.act(reference, HandOver(SUPERVISOR.id, HEAD.id, "请办"))
    count = len(office.mailer.sent)
    office.act(reference, RecordConfidence(MANAGER.id, True, "telephone", "别让他们知道是我"))
    assert owner_of(office, reference) not in {one.id for one in strangers(about)}
    for one in strangers(about):
        assert told(str(in_lists(office, one, reference))) == []
        assert told(str(as_seen(office, reference, one).words)) == []
    for mail in office.mails_since(count).values():
        if mail.to in {one.email for one in strangers(about)}:
            assert told(whole(mail)) == []


@DEPARTMENTS
def test_lifted_at_the_resident_s_word_the_department_knows_all(office, about):
    """The head is told of it as of a new one, and asked for feedback."""
    reference = receive(office, about)
    count = len(office.mailer.sent)
    office.act(reference, RecordConfidence(LEADER.id, False, "visit", "说了也没关系"))
    head = HEAD if about == ENGINEERING else HEAD_OF_SERVICE
    assert PLANTED["name"] in office.mails_since(count)[head.email].written.text
    assert "feedback" in [one.deadline for one in tasks(office, head)]


@DEPARTMENTS
def test_nobody_of_the_department_lifts_it(office, about):
    """It is the resident's, and who may not know them does not hear their word."""
    reference = receive(office, about)
    for one in strangers(about):
        with pytest.raises(RefusedError) as refused:
            office.act(reference, RecordConfidence(one.id, False, "visit", "说了也没关系"))
        assert refused.value.code == "in_confidence"


def test_the_department_named_later_learns_nothing(office):
    """Where it was not known, naming customer service takes it from the front desk."""
    reference = receive(office, "unsure", cause="facility")
    assert owner_of(office, reference) == SUPERVISOR.id
    office.act(reference, judge(SUPERVISOR.id, about=SERVICE))
    assert owner_of(office, reference) == MANAGER.id
    assert told(str(as_seen(office, reference, SUPERVISOR).records)) == []


def test_no_trial_of_a_merge_tells_whose_it_is(office):
    """The same refusal as of a stranger's, though it is of the same home."""
    open_one = receive(office, SERVICE, form_id="1", in_confidence="no")
    secret = receive(office, SERVICE, form_id="2")
    stranger = {"name": "诸葛", "phone": "13600000000", "email": None, "unit": "0808"}
    another = receive(office, SERVICE, form_id="3", **stranger)
    for into in (secret, another):
        with pytest.raises(RefusedError) as refused:
            office.act(open_one, Merge(SUPERVISOR.id, into, "同一件事"))
        assert refused.value.code == "merge_unlike"


@pytest.mark.parametrize("order", [("no", "yes"), ("yes", "no")])
def test_merged_with_one_in_confidence_the_other_is_kept_too(office, order):
    """Else the same home would be read off the other, whichever of them stays."""
    first, second = (
        receive(office, form_id=str(number), in_confidence=said)
        for number, said in enumerate(order)
    )
    office.act(second, Merge(SUPERVISOR.id, first, "同一件事"))
    for one in (first, second):
        assert office.complaints.load(one).complaint.in_confidence
        assert told(str(as_seen(office, one, HEAD).words)) == []


@DEPARTMENTS
def test_no_letter_counts_an_earlier_one_that_its_reader_may_not_know(office, about):
    """How often it was raised before would tell that the same home complained in confidence."""
    receive(office, about, form_id="1")
    open_one = receive(office, about, form_id="2", in_confidence="no")
    complaint = office.complaints.load(open_one).complaint
    assert (complaint.times_raised, complaint.times_said) == (1, 0)
    alerts = [mail for mail in office.mailer.sent if open_one in mail.written.subject]
    of_department = [
        mail for mail in alerts if mail.to in {one.email for one in OF_DEPARTMENT[about]}
    ]
    assert of_department
    for mail in of_department:
        assert "此前已提出" not in whole(mail)
        assert "raised 1" not in whole(mail)
    directory = office.staff.directory()
    for person in OF_DEPARTMENT[about]:
        seen = seen_history(office.complaints.load(open_one), person, directory)
        assert seen.complaint.times_raised == 0
        assert "此前已提出" not in str(page_of(office, open_one, person))
    known = seen_history(office.complaints.load(open_one), LEADER, directory)
    assert known.complaint.times_raised == 1


def a_merge(office, *, secret_first):
    """One home's complaint in confidence about customer service, and an open one about a lift."""
    made = {}
    for name in ("secret", "open") if secret_first else ("open", "secret"):
        about, said = (SERVICE, "yes") if name == "secret" else (ENGINEERING, "no")
        form = {
            "form_id": name,
            "in_confidence": said,
            "category": "lift" if said == "no" else "noise",
        }
        made[name] = receive(office, about, cause="facility", **form)
        office.until("Monday 2026-11-23 11:00")
    assert owner_of(office, made["open"]) == SUPERVISOR.id
    count = len(office.mailer.sent)
    office.act(made["open"], Merge(MANAGER.id, made["secret"], "同一件事"))
    return made["open"], made["secret"], office.mailer.sent[count:]


def page_of(office, reference, person):
    """What the complaint's page says to this person."""
    directory = office.staff.directory()
    dossier = office.open_complaint.for_staff(reference, person)
    view = ComplaintPage(Presenter(POLICY, ORGANISATION, SITE, "zh"), directory, office.clock.now())
    return view.content(office.open_complaint.seen(dossier, person, directory))


@pytest.mark.parametrize("secret_first", [True, False])
@pytest.mark.parametrize("person", OF_DEPARTMENT[SERVICE], ids=lambda one: one.id)
def test_a_merge_with_one_about_another_department_gives_nobody_away(office, secret_first, person):
    """Neither letters nor page, archive and households name the one in confidence to its own."""
    open_one, secret, letters = a_merge(office, secret_first=secret_first)
    assert not [mail for mail in letters if mail.to == person.email and secret in whole(mail)]
    if may(person, "see", office.complaints.load(open_one).complaint):
        page = page_of(office, open_one, person)
        assert secret not in str(page)
        assert "要求不让" not in str(page)
        assert "要求保密" not in str(page)
    home = {"building": PLANTED["building"], "unit": PLANTED["unit"]}
    asked = [
        Query("reference", reference=open_one),
        Query("phone", community="jade-lake", phone=PLANTED["phone"]),
        Query("name", community="jade-lake", month="2026-11", name=PLANTED["name"]),
        Query("unit", community="jade-lake", **home),
    ]
    for one in asked:
        assert secret not in str(office.archive.find(one, person))
    assert secret not in str(office.archive.household(person, "jade-lake", **home))


def test_who_may_not_know_where_it_goes_on_reads_that_it_does(office):
    """On its page and in the archive it is merged, and nobody claims that its resident asked."""
    open_one, secret, letters = a_merge(office, secret_first=True)
    page, asked = page_of(office, open_one, SUPERVISOR), Query("reference", reference=open_one)
    (line,) = office.archive.find(asked, SUPERVISOR)
    assert line.complaint.shown_status == "merged"
    assert (page["status_words"], page["merged_into"]) == ("已并入另一件投诉", "")
    assert page["in_confidence"] == ""
    assert not office.complaints.load(open_one).complaint.in_confidence
    (farewell,) = (mail for mail in letters if mail.to == SUPERVISOR.email)
    assert open_one in farewell.written.subject
    (known,) = office.archive.find(asked, MANAGER)
    assert page_of(office, open_one, MANAGER)["merged_into"] == secret
    assert known.complaint.merged_into == secret


def test_what_one_in_confidence_joins_is_owned_by_nobody_whom_it_is_kept_from(office):
    """The manager has it, though an ordinary one about another department would be hers."""
    open_one, _, _ = a_merge(office, secret_first=False)
    complaint = office.complaints.load(open_one).complaint
    assert (complaint.owner.staff, complaint.in_confidence) == (MANAGER.id, False)
    assert complaint.confided == (SERVICE,)
    assert "客户服务部" in page_of(office, open_one, MANAGER)["in_confidence"]


def test_separated_from_it_the_other_is_as_it_was(office):
    """Nobody is kept from who complains there, as that resident never asked for it."""
    open_one, secret, _ = a_merge(office, secret_first=False)
    office.act(secret, Separate(MANAGER.id, "不是同一件事"))
    assert office.complaints.load(open_one).complaint.confided == ()
    assert office.complaints.load(secret).complaint.in_confidence


def test_an_export_is_for_who_may_know_the_resident(office):
    """The manager of a community who is head of the department complained about exports nothing."""
    reference = receive(office)
    asked = Query("reference", reference=reference)
    assert len(office.archive.find(asked, MANAGER, "export")) == 1
    assert office.archive.find(asked, HEAD, "export") == ()
