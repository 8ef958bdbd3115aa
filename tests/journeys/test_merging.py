"""Complaints of several residents about one matter, from the merge to the end, over all.

Whose word counts for what, who is told, and that nothing of anybody is lost or shown to another.
"""

import pytest

from chalicelib.application.queue import Asked, queue
from chalicelib.application.queue_views import Reader
from chalicelib.domain.commands import (
    Acknowledge,
    AssignOwner,
    Close,
    Confirm,
    Dispute,
    Judge,
    Merge,
    Message,
    Note,
    RecordFacts,
    Reply,
    ReturnVisit,
    Separate,
    Update,
    Withdraw,
)
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import RESIDENT
from chalicelib.views.presentation import Presenter
from chalicelib.views.resident_page import ResidentPage
from chalicelib.views.timeline_view import TimelineView
from support.examples import at
from support.forms import ORGANISATION, POLICY
from support.office import KEYS, SITE, Office
from support.people import DIRECTORY, HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

MINOR = {"cause": "facility", "unit": "801", "name": "王先生", "phone": "139 1111 1111"}
MINOR |= {"email": "wang@example.com", "description": "电梯门关得太快。"}
HURT = {"cause": "service", "hurt": "yes", "unit": "1502", "name": "李女士"}
HURT |= {"phone": "138 2222 2222", "email": "li@example.com", "description": "电梯门夹伤了我的手。"}
SAME = "是同一部电梯。"
STAFF_ADDRESSES = {one.email for one in (SUPERVISOR, MANAGER, HEAD, LEADER)}


@pytest.fixture
def office():
    """On a Monday."""
    return Office("Monday 2026-11-23 10:00")


@pytest.fixture
def elder(office):
    """A minor complaint: the lift's door closes too fast."""
    return office.receive(form_id="elder", **MINOR)


@pytest.fixture
def younger(office, elder):  # noqa: ARG001 - it came before
    """Nine days later somebody is hurt by the same door: major."""
    office.until("Wednesday 2026-12-02 10:00")
    return office.receive(form_id="younger", **HURT)


def state(office, reference):
    return office.complaints.load(reference).complaint


def merged(office, younger, elder, by=SUPERVISOR):
    office.act(younger, Merge(by.id, elder, SAME))


def story(office, reference):
    """What the resident reads of it."""
    view = TimelineView(Presenter(POLICY, ORGANISATION, SITE, "zh"), DIRECTORY)
    return [one.title for one in view.story(office.complaints.load(reference))]


def told(office, count):
    """Who got which letters since, by the name of the letter."""
    sent = zip(office.letters.sent.values(), office.mailer.sent, strict=True)
    return [(letter, mail.to) for (letter, _, _), mail in sent][count:]


def page(office, reference, language="zh"):
    """The resident's page as data."""
    presenter = Presenter(POLICY, ORGANISATION, SITE, language)
    view = ResidentPage(presenter, DIRECTORY, office.clock.now())
    return str(view.content(office.complaints.load(reference)))


@pytest.mark.parametrize("asked", ["the younger into the elder", "the wrong way round"])
def test_the_earlier_stays_and_is_as_grave_as_the_graver(office, elder, younger, asked):
    """Whichever way round it is asked: earliest receipt, gravest severity, and the injury."""
    source, into = (younger, elder) if asked.startswith("the y") else (elder, younger)
    office.act(source, Merge(SUPERVISOR.id, into, SAME))
    survivor, part = state(office, elder), state(office, younger)
    assert (survivor.absorbed, part.merged_into) == ((younger,), elder)
    assert (survivor.severity, survivor.hurt) == ("major", True)
    assert survivor.received_at == at("Monday 2026-11-23 10:00")
    assert "5.1.2" in survivor.verdict.clauses
    assert survivor.owner.staff == part.owner.staff == MANAGER.id
    assert part.shown_status == "merged"


def test_everybody_is_told_of_it(office, elder, younger):
    """Both residents with their own reference and code; the staff of a rise to major."""
    count = len(office.mailer.sent)
    merged(office, younger, elder)
    letters = told(office, count)
    assert ("merged", "wang@example.com") in letters
    assert ("merged", "li@example.com") in letters
    escalated = {to for letter, to in letters if letter == "escalated"}
    assert escalated == {MANAGER.email, SUPERVISOR.email, LEADER.email, HEAD.email}
    for mail in office.mailer.sent[count:]:
        text = f"{mail.written.subject}{mail.written.text}"
        if mail.to == "li@example.com":
            assert younger in text
            assert KEYS.code(younger, 1) in text
            assert elder not in text
        if mail.to == "wang@example.com":
            assert elder in text
            assert younger not in text
    assert len(letters) == len(set(letters))


def test_what_is_told_by_letter_reaches_each_with_their_own_link(office, elder, younger):
    """An update, a reply and closing: to each who has an address, with a reference of theirs."""
    merged(office, younger, elder)
    count = len(office.mailer.sent)
    office.act(elder, Acknowledge(MANAGER.id, "email"))
    office.act(elder, Update(MANAGER.id, "师傅明天来。", "email"))
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    office.act(elder, Reply(MANAGER.id, "门已调慢。", "email"))
    office.act(elder, Close(MANAGER.id, root_cause="参数。", remedy="调整。"))
    for address, own, other in (
        ("wang@example.com", elder, younger),
        ("li@example.com", younger, elder),
    ):
        mails = [one for one in office.mailer.sent[count:] if one.to == address]
        assert [letter for letter, to in told(office, count) if to == address] == [
            "acknowledged",
            "update",
            "reply",
            "closed",
        ]
        for mail in mails:
            assert own in mail.written.text + mail.written.subject
            assert other not in mail.written.text
    assert state(office, younger).status == state(office, elder).status == "closed"


def test_what_the_staff_and_the_others_said_is_passed_on_to_nobody(office, elder, younger):
    """Neither lesson nor reason, nor the one resident's word, stands with the other's data."""
    merged(office, younger, elder)
    office.act(elder, Judge(SUPERVISOR.id, "王先生说得对。", valid=True))
    office.act(
        elder, Reply(MANAGER.id, "门已调慢。", "email", root_cause="参数。", lesson="每月查。")
    )
    office.act(elder, Close(MANAGER.id, root_cause="参数。", remedy="调整。", lesson="每月查。"))
    assert len(office.complaints.lessons) == 1
    office.act(elder, Dispute(RESIDENT, "王先生还是怕。", "page"))
    passed = [one for one in office.complaints.load(younger).records if one.origin]
    assert {one.kind for one in passed} >= {"judged", "replied", "closed", "reopened"}
    words = [text for one in passed if one.kind != "merged" for text in one.words.values()]
    assert words == ["门已调慢。"]


def test_who_has_no_address_is_told_by_word_of_mouth_before_it_ends(office, elder):
    """The promise to them stays open; the reply to the others is none to them."""
    office.until("Wednesday 2026-12-02 10:00")
    quiet = office.receive(form_id="quiet", **(HURT | {"email": ""}))
    merged(office, quiet, elder)
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    office.act(elder, Reply(MANAGER.id, "门已调慢。", "email"))
    assert state(office, elder).replied_at
    assert not state(office, elder).is_solved
    assert state(office, quiet).replied_at is None
    close = Close(MANAGER.id, root_cause="参数。", remedy="调整。")
    with pytest.raises(RefusedError) as refused:
        office.act(elder, close)
    assert refused.value.params["lacking"] == ("reply_each",)
    office.act(quiet, Reply(MANAGER.id, "门已调慢。", "telephone"))
    assert state(office, elder).is_solved
    office.act(elder, close)
    assert state(office, quiet).status == "closed"


def test_each_writes_disputes_and_confirms_for_themselves(office, elder, younger):
    """The message reaches the owner; one dispute opens the whole, and both read that it goes on."""
    merged(office, younger, elder)
    count = len(office.mailer.sent)
    office.act(younger, Message(RESIDENT, "手还在肿。"))
    (mail,) = office.mailer.sent[count:]
    assert mail.to == MANAGER.email
    assert "手还在肿。" in mail.written.text
    assert younger in mail.written.text
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    office.act(elder, Reply(MANAGER.id, "门已调慢。", "email"))
    office.act(elder, Confirm(RESIDENT, "page"))
    assert state(office, elder).all_confirmed_at is None
    count = len(office.mailer.sent)
    office.act(younger, Dispute(RESIDENT, "门还是很快。", "page"))
    assert state(office, elder).status == state(office, younger).status == "reopened"
    letters = told(office, count)
    assert letters.count(("going_on", "li@example.com")) == 1
    assert letters.count(("going_on", "wang@example.com")) == 1
    assert ("disputed", MANAGER.email) in letters
    assert "门还是很快" not in page(office, elder)
    assert "手还在肿" not in page(office, elder)
    for private in ("李女士", "1502", "夹伤"):
        assert private not in page(office, elder)
    for private in ("王先生", "801", "关得太快"):
        assert private not in page(office, younger)


def test_each_is_visited(office, elder, younger):
    """A return visit for each resident, by the one who visits; one that fails opens the whole."""
    merged(office, younger, elder)
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    office.act(elder, Reply(MANAGER.id, "门已调慢。", "email"))
    office.act(elder, Close(MANAGER.id, root_cause="参数。", remedy="调整。"))
    office.until("Thursday 2026-12-10 10:00")
    office.sweep.go()
    office.deliver()
    complaints = office.complaints
    reader = Reader(SUPERVISOR, POLICY, office.clock.now())
    found = queue(complaints.open(), Asked(view="visits"), reader, complaints.visits())
    assert {one.complaint.reference for one in found.rows} == {elder, younger}
    office.act(elder, ReturnVisit(SUPERVISOR.id, True, "telephone", "", "satisfied"))
    office.act(younger, ReturnVisit(SUPERVISOR.id, False, "telephone", "又夹了一次。"))
    assert state(office, elder).status == "reopened"


def test_withdrawing_ends_one_residents_part(office, elder, younger):
    """The others' matter goes on, whoever of them it is; with the last it ends."""
    merged(office, younger, elder)
    office.act(elder, Withdraw(RESIDENT, ""))
    assert state(office, elder).is_open
    assert "已撤回" in page(office, elder)
    with pytest.raises(RefusedError, match="ended"):
        office.act(elder, Message(RESIDENT, "还有"))
    count = len(office.mailer.sent)
    office.act(elder, Update(MANAGER.id, "师傅明天来。", "email"))
    assert [to for _, to in told(office, count)] == ["li@example.com"]
    office.act(younger, Withdraw(RESIDENT, ""))
    assert state(office, elder).status == state(office, younger).status == "withdrawn"


def test_what_is_the_staffs_is_done_on_the_survivor(office, elder, younger):
    """A judgement of the one that goes on under another is refused, without the other's name."""
    merged(office, younger, elder)
    with pytest.raises(RefusedError) as refused:
        office.act(younger, Judge(SUPERVISOR.id, "看过。", valid=True))
    assert (refused.value.code, refused.value.params) == ("merged", {})
    office.act(younger, Note(SUPERVISOR.id, "她来过电话。"))


def test_a_fact_of_one_counts_for_the_whole(office, elder):
    """Recorded where its resident is, it is weighed for the matter."""
    office.until("Tuesday 2026-11-24 10:00")
    minor = office.receive(form_id="third", **(MINOR | {"unit": "902", "email": "w2@example.com"}))
    merged(office, minor, elder)
    assert state(office, elder).severity == "minor"
    office.act(minor, RecordFacts(SUPERVISOR.id, "医院证明。", hurt=True))
    assert (state(office, elder).severity, state(office, elder).hurt) == ("major", True)


def test_a_graver_one_that_joins_later_moves_the_first_ones_too(office, elder):
    """Who went on under it before is told of the owner that the matter has now."""
    office.until("Tuesday 2026-11-24 10:00")
    minor = office.receive(form_id="third", **(MINOR | {"unit": "902", "email": "w2@example.com"}))
    merged(office, minor, elder)
    assert state(office, minor).owner.staff == SUPERVISOR.id
    merged(office, office.receive(form_id="graver", **HURT), elder)
    assert state(office, elder).owner.staff == MANAGER.id
    assert state(office, minor).owner == state(office, elder).owner


@pytest.mark.parametrize(
    ("units", "said", "times"),
    [
        (("801", "902"), (1, 1), 1),
        (("801", "801"), (1, 0), 2),
        (("801", "902", "902"), (0, 0, 0), 1),
        (("801", "902", "903"), (0, 0, 0), 0),
    ],
)
def test_times_raised_are_counted_by_home(office, units, said, times):
    """Per home the highest said and one for each further complaint of it, never over homes."""
    references = [
        office.receive(
            form_id=str(number),
            **(MINOR | {"unit": unit, "phone": f"1390000000{number}", "email": f"{number}@x.cn"}),
            times_raised=str(raised),
            category="other" if number else "lift",
        )
        for number, (unit, raised) in enumerate(zip(units, said, strict=True))
    ]
    first = min(references, key=lambda one: (state(office, one).received_at, one))
    for one in references:
        if one != first:
            merged(office, one, first)
    assert state(office, first).times_raised == times


def test_separated_the_younger_is_what_it_was(office, elder, younger):
    """Severity, promises and owner; what came since is in both, and both residents are told."""
    alone = state(office, younger)
    merged(office, younger, elder)
    office.act(elder, Update(MANAGER.id, "师傅明天来。", "email"))
    count = len(office.mailer.sent)
    office.act(younger, Separate(SUPERVISOR.id, "是两部电梯。"))
    part, survivor = state(office, younger), state(office, elder)
    assert (part.severity, part.promises, part.owner) == (
        alone.severity,
        alone.promises,
        alone.owner,
    )
    assert part.merged_into is None
    assert (survivor.severity, survivor.hurt, survivor.absorbed) == ("minor", False, ())
    assert survivor.owner.staff == SUPERVISOR.id
    kinds = [one.kind for one in office.complaints.load(younger).records]
    assert "updated" in kinds
    letters = told(office, count)
    assert ("separated", "wang@example.com") in letters
    assert ("separated", "li@example.com") in letters
    count = len(office.mailer.sent)
    office.act(elder, Update(SUPERVISOR.id, "明天。", "email"))
    assert [to for _, to in told(office, count)] == ["wang@example.com"]


def test_what_had_merged_before_goes_along(office, elder, younger):
    """A merged into B, and B into an earlier one: all three go on as one, each told and heard."""
    office.until("Wednesday 2026-12-02 11:00")
    third = office.receive(form_id="third", **(HURT | {"unit": "7", "email": "zh@example.com"}))
    merged(office, third, younger)
    merged(office, younger, elder)
    assert set(state(office, elder).absorbed) == {younger, third}
    count = len(office.mailer.sent)
    office.act(elder, Update(MANAGER.id, "明天。", "email"))
    assert sorted(to for _, to in told(office, count)) == [
        "li@example.com",
        "wang@example.com",
        "zh@example.com",
    ]
    office.act(third, Message(RESIDENT, "我也是。"))
    assert office.mailer.sent[-1].to == MANAGER.email
    office.act(younger, Separate(SUPERVISOR.id, "是两部电梯。"))
    assert state(office, elder).absorbed == ()
    assert state(office, younger).absorbed == (third,)


def test_lists_have_them_as_one_matter(office, elder, younger):
    """The queue has the survivor alone."""
    merged(office, younger, elder)
    reader = Reader(SUPERVISOR, POLICY, office.clock.now())
    for asked in (Asked(view="all"), Asked(view="all", text="夹伤")):
        found = queue(office.complaints.open(), asked, reader)
        assert [one.complaint.reference for one in found.rows] == [elder]


def test_a_letter_that_closes_closes_once_each_was_told(office, elder, younger):
    """Asked for with the reply, it ends for both; with one who has no address it is refused."""
    merged(office, younger, elder)
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    closing = Reply(
        MANAGER.id, "门已调慢。", "email", done="调整。", root_cause="参数。", close_when_sent=True
    )
    quiet = office.receive(form_id="q", **(HURT | {"unit": "9", "email": ""}))
    merged(office, quiet, elder)
    with pytest.raises(RefusedError) as refused:
        office.act(elder, closing)
    assert refused.value.params["lacking"] == ("reply_each",)
    office.act(quiet, Reply(MANAGER.id, "门已调慢。", "telephone"))
    office.act(elder, closing)
    assert {state(office, one).status for one in (elder, younger, quiet)} == {"closed"}


def test_whom_either_may_be_about_is_kept_from_both(office, elder):
    """And the owner is another, where it would have been the one who is meant."""
    office.until("Wednesday 2026-12-02 10:00")
    about = office.receive(form_id="about", **(MINOR | {"unit": "9", "person": "陈主任"}))
    merged(office, about, elder, MANAGER)
    for one in (elder, about):
        assert SUPERVISOR.id in state(office, one).may_be_meant
        assert state(office, one).owner.staff == MANAGER.id


def test_whom_the_other_may_be_about_does_not_learn_of_it(office):
    """He had the one that joins: it is his no more, and nothing says why or where it goes on."""
    about = office.receive(form_id="about", **(MINOR | {"unit": "9", "person": "赵经理"}))
    office.until("Monday 2026-11-30 10:00")
    his = office.receive(form_id="his", **HURT)
    assert state(office, his).owner.staff == MANAGER.id
    assert MANAGER.id in state(office, about).may_be_meant
    count = len(office.mailer.sent)
    office.act(his, Merge(SUPERVISOR.id, about, SAME))
    (farewell,) = (one for one in office.mailer.sent[count:] if one.to == MANAGER.email)
    text = f"{farewell.written.subject}{farewell.written.text}{farewell.written.html}"
    assert his in farewell.written.subject
    for told_too_much in (about, "merged", f"/desk/complaints/{his}", "owner is now", SAME):
        assert told_too_much not in text


def test_a_merge_that_broke_off_is_finished_by_the_stream(office, elder, younger):
    """What the survivor took in joins it, though the request died between; repeated, nothing."""
    history = office.complaints.load(younger)
    changed = office.act_on_complaint.merging.merged(
        history, Merge(SUPERVISOR.id, elder, SAME), office.clock.now(), DIRECTORY
    )
    (before, after), _ = changed
    office.complaints.save(before, after, None)
    assert state(office, younger).merged_into is None
    office.deliver()
    assert state(office, younger).merged_into == elder
    numbers = len(office.complaints.load(younger).records)
    office.letters.settled.clear()
    office.deliver()
    assert len(office.complaints.load(younger).records) == numbers


def test_what_came_between_taking_in_and_joining_is_known(office, elder, younger):
    """Somebody withdrew while the request that merged them died: the survivor waits for nobody."""
    history = office.complaints.load(younger)
    command = Merge(SUPERVISOR.id, elder, SAME)
    merging, now = office.act_on_complaint.merging, office.clock.now()
    (before, after), _ = merging.merged(history, command, now, DIRECTORY)
    office.complaints.save(before, after, None)
    office.act(younger, Withdraw(SUPERVISOR.id, "她不追究了。"))
    assert state(office, younger).merged_into == elder
    assert state(office, elder).those_going_on == ()


def test_the_month_counts_from_the_earliest(office, elder, younger):
    """A month after the elder's receipt the whole is major by 5.1.3 too."""
    merged(office, younger, elder)
    office.act(elder, AssignOwner())
    office.until("Thursday 2026-12-24 10:00")
    office.sweep.go()
    office.deliver()
    assert "5.1.3" in state(office, elder).verdict.clauses
    assert "5.1.3" not in state(office, younger).verdict.clauses


def go_on(office, until):
    """The clock alone goes on, from due time to due time."""
    while True:
        due = [one.due_at for one in office.complaints.saved.values() if one.due_at]
        moment = max(min(due), office.clock.at)
        if moment > at(until):
            break
        office.clock.at = moment
        office.sweep.go()
        office.deliver()
    office.until(until)


def test_each_is_told_of_a_delay(office, elder, younger):
    """Each of their own missed promise, and both that the matter is a month old."""
    merged(office, younger, elder)
    count = len(office.mailer.sent)
    go_on(office, "Friday 2026-12-18 10:00")
    late = [to for letter, to in told(office, count) if letter == "new_date"]
    assert {"wang@example.com", "li@example.com"} == set(late)
    count = len(office.mailer.sent)
    go_on(office, "Friday 2026-12-25 10:00")
    old = [mail for mail in office.mailer.sent[count:] if "一个月" in mail.written.subject]
    assert sorted(mail.to for mail in old) == ["li@example.com", "wang@example.com"]
    assert state(office, younger).month_told


def test_it_has_one_owner_whoever_is_away(office, elder, younger):
    """The deputy has the whole, and who was away has the whole again."""
    merged(office, younger, elder)
    office.staff.put(replace(MANAGER, absent=True, deputy=LEADER.id))
    office.staffing.standing_in.hand_on(MANAGER.id)
    office.deliver()
    assert {state(office, one).owner.staff for one in (elder, younger)} == {LEADER.id}
    office.staff.put(MANAGER)
    office.staffing.standing_in.follow(replace(MANAGER, absent=True), MANAGER)
    office.deliver()
    assert {state(office, one).owner.staff for one in (elder, younger)} == {MANAGER.id}
