"""What one resident of a matter says is theirs alone, on the record and once they are separated."""

import pytest

from chalicelib.domain.commands import (
    Close,
    Confirm,
    Dispute,
    Judge,
    Merge,
    Reopen,
    Reply,
    Separate,
    Withdraw,
)
from chalicelib.domain.deadlines import explained
from chalicelib.domain.model import OTHER_RESIDENT, RESIDENT
from chalicelib.views.history_view import HistoryView
from chalicelib.views.presentation import Presenter
from chalicelib.views.timeline_view import TimelineView
from support.examples import at
from support.forms import ORGANISATION, POLICY
from support.office import SITE, Office
from support.people import DIRECTORY, HEAD, SUPERVISOR

WANG = {"cause": "facility", "unit": "801", "name": "王先生", "email": "wang@example.com"}
LI = {"cause": "facility", "unit": "1502", "name": "李女士", "email": "li@example.com"}
ANOTHER = {"zh": "一并办理的投诉中，有一位业户", "en": "Another resident, whose complaint"}


@pytest.fixture
def office():
    """On a Monday."""
    return Office("Monday 2026-11-23 10:00")


@pytest.fixture
def both(office):
    """Two complaints, the elder first, that go on as one; both answered."""
    elder = office.receive(form_id="elder", **WANG)
    office.until("Monday 2026-11-23 11:00")
    younger = office.receive(form_id="younger", **LI)
    office.act(younger, Merge(SUPERVISOR.id, elder, "同一部电梯。"))
    office.act(elder, Judge(SUPERVISOR.id, "看过。", valid=True))
    office.until("Monday 2026-11-23 15:00")
    office.act(elder, Reply(SUPERVISOR.id, "门已调慢。", "email"))
    return elder, younger


def state(office, reference):
    return office.complaints.load(reference).complaint


def told(office, count):
    """Who got which letters since, by the name of the letter."""
    sent = zip(office.letters.sent.values(), office.mailer.sent, strict=True)
    return [(letter, mail.to) for (letter, _, _), mail in sent][count:]


def presenter(language="zh"):
    return Presenter(POLICY, ORGANISATION, SITE, language)


def reopening(office, reference):
    """The record of being opened again, and how the staff read it."""
    history = office.complaints.load(reference)
    record = next(one for one in history.records if one.kind == "reopened")
    return record, HistoryView(presenter(), DIRECTORY).entry(record, history.complaint)


@pytest.mark.parametrize("disputed", [0, 1])
@pytest.mark.parametrize("by", [RESIDENT, SUPERVISOR.id])
def test_nobody_is_said_to_have_done_what_another_resident_did(office, both, disputed, by):
    """The history of who was satisfied says that another's complaint opened it again."""
    office.act(both[1 - disputed], Confirm(RESIDENT, "page", satisfaction="satisfied"))
    office.act(both[disputed], Dispute(by, "还是很快。", "page" if by == RESIDENT else "telephone"))
    record, entry = reopening(office, both[1 - disputed])
    assert record.event.by_another
    assert record.by == (OTHER_RESIDENT if by == RESIDENT else by)
    assert entry["title"] == "重新办理：一并办理的另一件，业户表示没有解决"
    if by == RESIDENT:
        assert entry["by"] == "另一位业户"
    history = office.complaints.load(both[1 - disputed])
    own = [one.kind for one in history.records if one.by == RESIDENT]
    assert own == ["confirmed"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("disputed", [0, 1])
def test_who_had_confirmed_reads_why_it_is_open_again(office, both, disputed, language):
    """On the page and in the letter: another of the matter is not solved."""
    quiet, address = both[1 - disputed], ("li@example.com", "wang@example.com")[disputed]
    office.act(quiet, Confirm(RESIDENT, "page"))
    count = len(office.mailer.sent)
    office.act(both[disputed], Dispute(RESIDENT, "还是很快。", "page"))
    view = TimelineView(presenter(language), DIRECTORY)
    titles = [one.title for one in view.story(office.complaints.load(quiet))]
    assert any(one.startswith(ANOTHER[language]) for one in titles)
    (mail,) = [one for one in office.mailer.sent[count:] if one.to == address]
    assert "其中有一位业户表示问题还没有解决" in mail.written.text
    assert "您告诉我们问题没有解决" not in mail.written.text


def test_the_staff_open_the_whole_in_their_own_name(office, both):
    """Opened again by a person with a reason, it is no resident's word."""
    office.act(both[0], Close(SUPERVISOR.id, root_cause="参数。", remedy="调整。"))
    office.act(both[0], Reopen(SUPERVISOR.id, "又坏了。"))
    record, entry = reopening(office, both[1])
    assert (record.by, record.event.by_another) == (SUPERVISOR.id, False)
    assert entry["title"] == "重新办理"


def test_whose_complaint_goes_on_for_others_is_not_told_that_it_is_gone(office, both):
    """The elder's resident withdraws and the other goes on: the owner has it as before."""
    office.act(both[1], Dispute(RESIDENT, "还是很快。", "page"))
    count = len(office.mailer.sent)
    office.act(both[0], Withdraw(RESIDENT, ""))
    assert state(office, both[0]).is_open
    assert told(office, count) == [("withdrawn", "wang@example.com")]
    office.act(both[1], Withdraw(RESIDENT, ""))
    assert ("released", SUPERVISOR.email) in told(office, count)


STATE = ("status", "replied_at", "confirmed_at", "promises", "told", "missed", "severity", "valid")


def standing(office, reference):
    """How it stands, and what is still due."""
    complaint = state(office, reference)
    due = {one.name for one in explained(complaint, POLICY)}
    return {name: getattr(complaint, name) for name in STATE}, due


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("disputed", [0, 1])
@pytest.mark.parametrize("closed", [True, False])
def test_separated_each_has_its_own_answer_again(office, both, confirmed, disputed, closed):
    """Answered, confirmed or closed before another's dispute, it is so again; the other is open."""
    quiet = both[1 - disputed]
    if confirmed:
        office.act(quiet, Confirm(RESIDENT, "page", satisfaction="satisfied"))
    if closed:
        office.act(both[0], Close(SUPERVISOR.id, root_cause="参数。", remedy="调整。"))
    before, _ = standing(office, quiet)
    office.act(both[disputed], Dispute(RESIDENT, "还是很快。", "page"))
    assert state(office, quiet).status == "reopened"
    count = len(office.mailer.sent)
    office.act(both[1], Separate(SUPERVISOR.id, "是两部电梯。"))
    after, due = standing(office, quiet)
    assert after == before
    assert not due & {"acknowledge", "reply", "judge"}
    assert state(office, both[disputed]).status == "reopened"
    address = ("wang@example.com", "li@example.com")[1 - disputed]
    assert ("separated", address) in told(office, count)
    mail = next(one for one in office.mailer.sent[count:] if one.to == address)
    assert "给您的答复仍然有效" in mail.written.text
    kinds = [one.kind for one in office.complaints.load(quiet).records]
    assert "reopened" in kinds


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


def test_who_was_solved_hears_of_no_delay_after_the_separation(office, both):
    """No apology, no month, no rise: a month on, its resident has heard nothing more."""
    office.act(both[1], Confirm(RESIDENT, "page", satisfaction="satisfied"))
    office.act(both[0], Dispute(RESIDENT, "还是很快。", "page"))
    office.act(both[1], Separate(SUPERVISOR.id, "是两部电梯。"))
    count = len(office.mailer.sent)
    go_on(office, "Thursday 2026-12-31 10:00")
    assert not [one for one in told(office, count) if one[1] == "li@example.com"]
    assert state(office, both[1]).severity == "minor"


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_new_answer_meanwhile_counts_unless_the_first_was_confirmed(office, both, confirmed):
    """What came since is in its history; its resident's own word stands."""
    if confirmed:
        office.act(both[1], Confirm(RESIDENT, "page"))
    first = state(office, both[1])
    office.act(both[0], Dispute(RESIDENT, "还是很快。", "page"))
    office.until("Tuesday 2026-11-24 10:00")
    office.act(both[0], Reply(SUPERVISOR.id, "换了门机。", "email"))
    office.act(both[1], Separate(SUPERVISOR.id, "是两部电梯。"))
    after = state(office, both[1])
    assert after.status == "replied"
    assert (after.confirmed_at, after.replied_at == first.replied_at) == (
        first.confirmed_at,
        confirmed,
    )


def test_who_disputed_stays_open_once_separated(office, both):
    """The word of its own resident is not taken back."""
    office.act(both[0], Dispute(RESIDENT, "还是很快。", "page"))
    office.act(both[1], Reply(SUPERVISOR.id, "换了门机。", "telephone"))
    office.act(both[1], Dispute(RESIDENT, "我这里也是。", "page"))
    office.act(both[1], Separate(SUPERVISOR.id, "是两部电梯。"))
    assert state(office, both[1]).status == "reopened"
    assert state(office, both[0]).status == "reopened"


def to_the_head(office, count):
    """The subjects of what the head of the department got since."""
    sent = office.mailer.sent[count:]
    return [mail.written.subject for mail in sent if mail.to == HEAD.email]


def test_a_merge_asks_for_no_feedback_that_was_asked_for(office):
    """Each merge tells the head, and asks for nothing that the receipt has asked for."""
    elder = office.receive(form_id="elder", **WANG)
    for unit in ("1502", "1503"):
        office.until(f"Monday 2026-11-23 11:0{unit[-1]}")
        other = office.receive(form_id=unit, **(LI | {"unit": unit}))
        count = len(office.mailer.sent)
        office.act(other, Merge(SUPERVISOR.id, elder, "同一部电梯。"))
        (subject,) = to_the_head(office, count)
        assert subject.startswith("【请知悉】")


def test_a_merge_that_names_the_department_asks_its_head(office):
    """Nobody knew whose it was until then: the feedback is asked for at that moment (3.3)."""
    elder = office.receive(form_id="elder", **(WANG | {"about": "unsure"}))
    office.until("Monday 2026-11-23 11:00")
    other = office.receive(form_id="younger", **LI)
    count = len(office.mailer.sent)
    office.act(other, Merge(SUPERVISOR.id, elder, "同一部电梯。"))
    assert [one[:5] for one in to_the_head(office, count)] == ["【请反馈】"]


def test_a_separation_asks_the_head_once_and_says_what_changed(office, both):
    """Of the one that goes on by itself; of the other, which is as it was, nothing is written."""
    count = len(office.mailer.sent)
    office.act(both[1], Separate(SUPERVISOR.id, "是两部电梯。"))
    (mail,) = [one for one in office.mailer.sent[count:] if one.to == HEAD.email]
    assert mail.written.subject.startswith(f"【请反馈】{both[1]}")
    assert "仍认定为：轻微投诉" in mail.written.text
    assert "重新认定为" not in mail.written.text


def test_what_became_less_grave_without_the_other_is_told_to_its_head(office):
    """Major by the other's injury alone, it is minor again; no feedback is asked anew."""
    elder = office.receive(form_id="elder", **WANG)
    office.until("Monday 2026-11-23 11:00")
    hurt = office.receive(form_id="younger", **(LI | {"hurt": "yes"}))
    office.act(hurt, Merge(SUPERVISOR.id, elder, "同一部电梯。"))
    count = len(office.mailer.sent)
    office.act(hurt, Separate(SUPERVISOR.id, "是两部电梯。"))
    of_elder = [one for one in to_the_head(office, count) if one[5:].startswith(elder)]
    assert [one[:5] for one in of_elder] == ["【请知悉】"]
    text = [one.written.text for one in office.mailer.sent[count:] if elder in one.written.subject]
    assert any("重新认定为：轻微投诉" in one for one in text)


def test_the_first_residents_are_told_once_however_many_join(office, both):
    """A third joins: who goes on with others already gets no second letter, nor a second line."""
    office.until("Monday 2026-11-23 16:00")
    third = office.receive(form_id="third", **(LI | {"unit": "7", "email": "zh@example.com"}))
    count = len(office.mailer.sent)
    office.act(third, Merge(SUPERVISOR.id, both[0], "同一部电梯。"))
    letters = [one for one in told(office, count) if one[0] == "merged"]
    assert letters == [("merged", "zh@example.com")]
    kinds = [one.kind for one in story(office, both[0])]
    assert kinds.count("absorbed") == 1
    count = len(office.mailer.sent)
    office.act(third, Separate(SUPERVISOR.id, "是另一部。"))
    letters = [one for one in told(office, count) if one[0] == "separated"]
    assert letters == [("separated", "zh@example.com")]
    assert "part_left" not in [one.kind for one in story(office, both[0])]
    office.act(both[1], Separate(SUPERVISOR.id, "也是另一部。"))
    assert ("separated", "wang@example.com") in told(office, count)


def test_who_had_taken_others_in_is_not_told_again_when_it_joins_one(office):
    """It goes on with others as before, only under an earlier one."""
    found = []
    for unit in ("1", "2", "3"):
        office.until(f"Monday 2026-11-23 12:0{unit}")
        said = LI | {"unit": unit, "email": f"u{unit}@example.com"}
        found.append(office.receive(form_id=unit, **said))
    first, second, third = found
    office.act(third, Merge(SUPERVISOR.id, second, "同一部电梯。"))
    count = len(office.mailer.sent)
    office.act(second, Merge(SUPERVISOR.id, first, "同一部电梯。"))
    letters = [to for letter, to in told(office, count) if letter == "merged"]
    assert letters == ["u1@example.com"]


def story(office, reference):
    """What its resident reads of it."""
    view = TimelineView(presenter(), DIRECTORY)
    return view.story(office.complaints.load(reference))
