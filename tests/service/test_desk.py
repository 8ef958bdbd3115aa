"""The desk: takes in, decides and keeps, whoever else acts at the same time."""

from dataclasses import replace

import pytest

from chalicelib.domain.commands import Note, TakeStock
from chalicelib.domain.errors import (
    ChangedMeanwhileError,
    FormUsedError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.roles import Owner
from examples import acknowledge, close, hand_over, judge, reply
from fakes.complaints import FakeComplaints
from forms import an_intake
from offices import KEYS
from people import HEAD, MANAGER, SUPERVISOR


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
        "owner_named",
        "acknowledged",
        "judged",
        "replied",
        "closed",
    ]
    assert [record.by for record in history.records] == [
        "web",
        "clock",
        MANAGER.id,
        SUPERVISOR.id,
        MANAGER.id,
        MANAGER.id,
    ]
    assert list(office.complaints.due(office.clock.at.replace(year=2030))) == []


def test_the_receipt_names_a_role_and_the_postroom_the_person(office):
    """The submission asks nobody; a moment later the directory says who holds the post."""
    complaint = office.desk.receive(an_intake(office.clock.now()), "web")
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
    """Stock taken too early adds no record."""
    reference = office.receive()
    before = office.complaints.load(reference)
    office.act(reference, TakeStock())
    assert office.complaints.load(reference) == before


class Busy(FakeComplaints):
    """Complaints that somebody else changes just before each of the first keeps."""

    def __init__(self, kept, times):
        super().__init__(kept)
        self.times = times

    def keep(self, before, after, due_at):
        """Somebody else is quicker."""
        if self.times:
            self.times -= 1
            stood = self.kept[after.complaint.reference]
            note = after.records[-1]
            theirs = replace(note, number=len(stood.history.records) + 1, words={"text": "theirs"})
            history = type(before)((*stood.history.records, theirs))
            self.kept[after.complaint.reference] = replace(stood, history=history)
        super().keep(before, after, due_at)


def busy_desk(office, times):
    return replace(office.desk, complaints=Busy(office.complaints.kept, times))


def test_a_change_in_between_is_decided_again(office):
    """Somebody else acted first: the verb is decided anew on what stands, nothing is lost."""
    reference = office.receive()
    after = busy_desk(office, 2).act(reference, Note(SUPERVISOR.id, "mine"), SUPERVISOR.id)
    texts = [record.words["text"] for record in after.records if record.kind == "noted"]
    assert texts == ["theirs", "theirs", "mine"]
    assert office.complaints.load(reference) == after


def test_somebody_who_always_comes_first_wins(office):
    """After three tries the verb is given up, and said so."""
    reference = office.receive()
    with pytest.raises(ChangedMeanwhileError):
        busy_desk(office, 3).act(reference, Note(SUPERVISOR.id, "mine"), SUPERVISOR.id)


def test_the_same_form_is_one_complaint(office):
    """A form that is sent again is answered with what stands, at whatever time."""
    first = office.receive(form_id="one")
    assert office.until("Friday 2026-11-27 10:00").receive(form_id="one") == first
    assert len(office.complaints.kept) == 1
    with pytest.raises(FormUsedError):
        office.receive(form_id="one", hurt="yes")


@pytest.mark.parametrize("code", ["", "x", "0000-0000-0000-0000"])
def test_without_the_code_there_is_nothing_to_see(office, code):
    """A wrong code and an unknown reference are the same error."""
    reference = office.receive()
    with pytest.raises(NotFoundError):
        office.desk.look(reference, code)
    with pytest.raises(NotFoundError):
        office.desk.look("00000-00000", KEYS.code("00000-00000"))
    assert office.desk.look(reference, KEYS.code(reference)).complaint.reference == reference


def test_nobody_handles_a_complaint_about_herself(office):
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
