"""Complaints are taken in, acted on and opened, whoever else acts at the same time."""

import pytest

from chalicelib.domain.commands import CheckDeadlines, Merge, Note, Withdraw
from chalicelib.domain.errors import (
    ChangedMeanwhileError,
    FormUsedError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.model import Owner
from fakes.complaints import FakeComplaints
from support.examples import acknowledge, close, correct_contact, hand_over, judge, reply
from support.forms import an_intake
from support.office import KEYS
from support.people import HEAD, MANAGER, SUPERVISOR
from support.values import replace


def kinds(office, reference):
    return [record.kind for record in office.complaints.load(reference).records]


def test_a_complaint_from_the_first_word_to_the_last(office):
    """Accepted, judged, answered and closed: each verb is on the record, by whom and when."""
    reference = office.receive()
    for moment, command, status in (
        ("Monday 2026-11-23 10:30", acknowledge(MANAGER.id), "acknowledged"),
        ("Monday 2026-11-23 14:00", judge(SUPERVISOR.id, valid=True), "acknowledged"),
        ("Tuesday 2026-11-24 09:10", reply(MANAGER.id), "replied"),
        ("Tuesday 2026-12-01 09:10", close(MANAGER.id), "closed"),
    ):
        assert office.until(moment).act(reference, command).status == status
    history = office.complaints.load(reference)
    assert kinds(office, reference) == [
        "received",
        "owner_assigned",
        "acknowledged",
        "letter_delivered",
        "judged",
        "replied",
        "letter_delivered",
        "closed",
    ]
    assert [record.by for record in history.records] == [
        "web",
        "clock",
        MANAGER.id,
        "mail_service",
        SUPERVISOR.id,
        MANAGER.id,
        "mail_service",
        MANAGER.id,
    ]
    assert office.complaints.open() == ()


def test_the_receipt_names_a_role_and_the_notifier_the_person(office):
    """The submission asks nobody; a moment later the directory says who holds the post."""
    complaint = office.submit_complaint.receive(an_intake(office.clock.now()), "web")
    assert complaint.owner == Owner("property_manager")
    office.deliver()
    owner = office.complaints.load(complaint.reference).complaint.owner
    assert owner == Owner("property_manager", MANAGER.id)


def test_a_reference_is_read_as_people_type_it(office):
    """A verb finds the complaint under a reference in small letters and without the hyphen."""
    reference = office.receive()
    typed = reference.lower().replace("-", " ")
    assert office.act(typed, acknowledge(MANAGER.id)).status == "acknowledged"


def test_a_refused_verb_leaves_no_trace(office):
    """Who is not the owner cannot reply, and the record stays as it was."""
    reference = office.receive()
    before = office.complaints.load(reference)
    with pytest.raises(RefusedError) as refused:
        office.act(reference, reply(HEAD.id))
    assert (refused.value.code, refused.value.params["owner"]) == ("not_owner", MANAGER.name)
    assert office.complaints.load(reference) == before


def test_what_changes_nothing_is_not_kept(office):
    """A check that comes too early adds no record."""
    reference = office.receive()
    before = office.complaints.load(reference)
    office.act(reference, CheckDeadlines())
    assert office.complaints.load(reference) == before


class Busy(FakeComplaints):
    """Complaints that somebody else changes just before each of the first keeps."""

    def __init__(self, saved, times):
        super().__init__(saved)
        self.times = times

    def save(self, before, after, due_at, households=None):
        """Somebody else is quicker."""
        if self.times:
            self.times -= 1
            stood = self.saved[after.complaint.reference]
            note = after.records[-1]
            theirs = replace(note, number=len(stood.history.records) + 1, words={"text": "theirs"})
            history = type(before)((*stood.history.records, theirs))
            self.saved[after.complaint.reference] = replace(stood, history=history)
        super().save(before, after, due_at, households)


def busy(office, times):
    complaints = Busy(office.complaints.saved, times)
    return office.but(complaints=complaints).act_on_complaint


def test_a_change_in_between_is_decided_again(office):
    """Somebody else acted first: the verb is decided anew on what stands, nothing is lost."""
    reference = office.receive()
    after = busy(office, 2).act(reference, Note(SUPERVISOR.id, "mine"), SUPERVISOR.id)
    texts = [record.words["text"] for record in after.records if record.kind == "noted"]
    assert texts == ["theirs", "theirs", "mine"]
    assert office.complaints.load(reference) == after


def test_somebody_who_always_comes_first_wins(office):
    """After three tries the verb is given up, and said so."""
    reference = office.receive()
    with pytest.raises(ChangedMeanwhileError):
        busy(office, 3).act(reference, Note(SUPERVISOR.id, "mine"), SUPERVISOR.id)


def test_the_same_form_is_one_complaint(office):
    """A form that is sent again is answered with what stands, at whatever time."""
    first = office.receive(form_id="one")
    assert office.until("Friday 2026-11-27 10:00").receive(form_id="one") == first
    assert len(office.complaints.saved) == 1
    with pytest.raises(FormUsedError):
        office.receive(form_id="one", hurt="yes")


@pytest.mark.parametrize("code", ["", "x", "0000-0000-0000-0000"])
def test_without_the_code_there_is_nothing_to_see(office, code):
    """A wrong code and an unknown reference are the same error."""
    reference = office.receive()
    with pytest.raises(NotFoundError):
        office.open_complaint.by_code(reference, code)
    with pytest.raises(NotFoundError):
        office.open_complaint.by_code("00000-00000", KEYS.code("00000-00000"))
    assert (
        office.open_complaint.by_code(reference, KEYS.code(reference)).complaint.reference
        == reference
    )


def test_nobody_handles_a_complaint_about_themselves(office):
    """When the resident names the manager, the next rung owns it."""
    reference = office.receive(person="你们的经理赵国强")
    owner = office.complaints.load(reference).complaint.owner
    assert owner == Owner("property_manager", "gao-yuan")


def test_handing_over_names_the_new_owner(office):
    """From then on the new owner replies, and the old one may not."""
    reference = office.receive()
    office.act(reference, hand_over(MANAGER.id, SUPERVISOR.id))
    with pytest.raises(RefusedError):
        office.act(reference, reply(MANAGER.id))
    assert office.act(reference, reply(SUPERVISOR.id)).status == "replied"


# ── Acting on what one has before one's eyes ─────────────────────────────


MINE = Note(SUPERVISOR.id, "mine")


def test_who_acts_on_an_older_version_is_told_that_it_changed(office):
    """Somebody else acted since the page was made: nothing is done, and one can look again."""
    reference = office.receive()
    version = office.complaints.load(reference).complaint.version
    office.act(reference, acknowledge(MANAGER.id))
    before = office.complaints.load(reference)
    with pytest.raises(ChangedMeanwhileError):
        office.act_on_complaint.act_on(before, MINE, SUPERVISOR.id, version)
    assert office.complaints.load(reference) == before
    version = before.complaint.version
    after = office.act_on_complaint.act_on(before, MINE, SUPERVISOR.id, version)
    assert after.records[-1].words == {"text": "mine"}


def test_a_change_while_it_is_saved_is_told_too(office):
    """With a version nothing is decided anew behind anybody's back."""
    reference = office.receive()
    before = office.complaints.load(reference)
    version = before.complaint.version
    with pytest.raises(ChangedMeanwhileError):
        busy(office, 1).act_on(before, MINE, SUPERVISOR.id, version)
    texts = [one.words.get("text") for one in office.complaints.load(reference).records]
    assert "mine" not in texts


def test_what_was_loaded_long_ago_is_loaded_again_where_somebody_came_between(office):
    """A history may be as old as it likes: what stands is never overwritten by it."""
    reference = office.receive()
    before = office.complaints.load(reference)
    office.act(reference, acknowledge(MANAGER.id))
    after = office.act_on_complaint.act_on(before, MINE, SUPERVISOR.id)
    assert [one.kind for one in after.since(before)] == [
        "acknowledged",
        "letter_delivered",
        "noted",
    ]
    assert office.complaints.load(reference) == after


def test_only_who_may_see_it_gets_the_dossier(office):
    """Another department's head and an unknown reference find nothing alike."""
    reference = office.receive(about="engineering")
    assert (
        office.open_complaint.for_staff(reference.lower(), HEAD).history.complaint.reference
        == reference
    )
    with pytest.raises(NotFoundError):
        office.open_complaint.for_staff(reference, replace(HEAD, department="cleaning"))
    with pytest.raises(NotFoundError):
        office.open_complaint.for_staff("00000-00000", HEAD)


def test_a_corrected_contact_is_the_one_that_is_used(office):
    """The next letter goes to the new address."""
    reference = office.receive()
    words = office.complaints.load(reference).words
    kept = {name: words[name] for name in ("name", "phone", "building", "unit", "contact_time")}
    corrected = correct_contact(
        SUPERVISOR.id, "她来电更正", email="new@example.com", contact_by="email", **kept
    )
    office.act(reference, corrected)
    office.act(reference, reply(MANAGER.id))
    assert office.mailer.sent[-1].to == "new@example.com"
    with pytest.raises(RefusedError, match="nothing_corrected"):
        office.act(reference, corrected)


# ── Merging ──────────────────────────────────────────────────────────────


def merge(office, source, into):
    return office.act(source, Merge(SUPERVISOR.id, into, "同一件事"))


ELSEWHERE = {"unit": "902", "phone": "139 9999 9999", "email": "other@example.com"}


def test_the_earlier_takes_in_the_later_of_any_home(office):
    """It keeps its reference, and the later one is told nothing of it."""
    into = office.receive(form_id="1")
    office.until("Monday 2026-11-23 11:00")
    source = office.receive(form_id="2", **ELSEWHERE)
    assert merge(office, source, into).shown_status == "merged"
    assert office.complaints.load(into).complaint.absorbed == (source,)
    assert into not in office.mails_since(0)["other@example.com"].written.subject


@pytest.mark.parametrize("case", ["another community", "ended", "unknown"])
def test_what_is_not_alike_is_not_merged(office, case):
    """Nothing is kept on either side, and the refusal names the other."""
    into = office.receive(form_id="1")
    if case == "another community":
        into = office.receive(form_id="3", community="maple-court")
    if case == "ended":
        office.act(into, Withdraw(SUPERVISOR.id, "好了"))
    if case == "unknown":
        into = "00000-00000"
    source = office.receive(form_id="2")
    before = dict(office.complaints.saved)
    with pytest.raises(RefusedError) as refused:
        merge(office, source, into)
    assert (refused.value.code, refused.value.params["into"]) == ("merge_unlike", into)
    assert office.complaints.saved == before


def test_a_merger_that_broke_off_is_finished_by_merging_again(office):
    """The one that goes on is told first and only once, so that none is lost between them."""
    into = office.receive(form_id="1")
    office.until("Monday 2026-11-23 11:00")
    source = office.receive(form_id="2")
    torn = Torn(office.complaints.saved)
    torn.torn = source
    with pytest.raises(OSError, match="written"):
        office.but(complaints=torn).act_on_complaint.act(
            source, Merge(SUPERVISOR.id, into, "同一件事"), SUPERVISOR.id
        )
    assert office.complaints.load(source).complaint.merged_into is None
    assert merge(office, source, into).shown_status == "merged"
    assert kinds(office, into).count("absorbed") == 1


class Torn(FakeComplaints):
    """Complaints one of which cannot be written."""

    torn = ""

    def save(self, before, after, due_at, households=None):
        """The one that is torn is an error."""
        if after.complaint.reference == self.torn:
            raise OSError("The record cannot be written.")
        super().save(before, after, due_at, households)
