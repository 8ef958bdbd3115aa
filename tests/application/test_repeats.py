"""Repeats: the same matter raised again is recognised after storing, and tied together (5.1.1)."""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.repeats import MOST_LOOKED_AT
from chalicelib.domain.commands import Withdraw
from support.examples import acknowledge
from support.people import LEADER, MANAGER, SUPERVISOR

PROMISED = {"cause": "promise"}


@pytest.fixture
def first(office):
    """An open complaint of 3栋 1201-甲 about a leak."""
    return office.receive(form_id="first", **PROMISED)


def again(office, **form):
    """It is raised once more, an hour later."""
    office.clock.at = office.clock.at.replace(hour=office.clock.at.hour + 1)
    given = {"form_id": f"at {office.clock.at}"} | PROMISED | form
    reference = office.receive(**given)
    return office.complaints.load(reference)


def kinds(office, reference):
    return [record.kind for record in office.complaints.load(reference).records]


def linked(history):
    return [one.event for one in history.records if one.kind == "linked"]


@pytest.mark.parametrize(
    "spelt",
    [
        {"building": "3", "unit": "1201"},
        {"building": "３号楼", "unit": "１２０１室"},
        {"building": "Building 03", "unit": "Unit 01201"},
    ],
    ids=str,
)
def test_the_same_home_and_category_is_recognised_however_it_is_written(office, spelt):
    """3栋 is 3 is ３: the two are linked on both records."""
    office.receive(form_id="first", unit="1201", **PROMISED)
    (first,) = office.complaints.saved
    later = again(office, phone="139 0000 0001", email="n@example.com", **spelt)
    (link,) = linked(later)
    assert (link.reference, link.because, link.told) == (first, "household", False)
    assert office.complaints.load(first).complaint.repeats == (later.complaint.reference,)


@pytest.mark.usefixtures("first")
def test_the_third_time_is_major_at_that_moment(office):
    """Two earlier times of a promise not kept: 5.1.1, with the link behind it."""
    again(office, form_id="second")
    third = again(office, form_id="third")
    assert third.complaint.times_raised == 2
    assert third.complaint.severity == "major"
    kinds = [record.kind for record in third.records]
    assert kinds[:4] == ["received", "linked", "escalated", "owner_assigned"]
    assert "5.1.1" in third.complaint.verdict.clauses


@pytest.mark.usefixtures("first")
def test_the_alerts_of_the_third_time_tell_it_once(office):
    """Leadership is told with the alert of the naming; nobody gets two letters for one receipt."""
    again(office, form_id="second")
    sent = len(office.mailer.sent)
    third = again(office, form_id="third")
    mails = [one for one in office.mailer.sent[sent:] if "anhe" in one.to]
    assert LEADER.email in [one.to for one in mails]
    assert len({one.to for one in mails}) == len(mails)
    assert third.complaint.owner.staff == MANAGER.id


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    "other",
    [
        {"unit": "1202"},
        {"building": "4栋"},
        {"category": "lift"},
        {"community": "maple-court"},
    ],
    ids=str,
)
def test_another_home_or_category_is_another_matter(office, other):
    """Nothing is linked that differs in community, building, unit or category."""
    other |= {"phone": "139 0000 0001", "email": "other@example.com"}
    assert linked(again(office, **other)) == []


def test_the_same_person_is_recognised_from_another_home(office, first):
    """Same address, same category: sent from another flat, and the resident hears of the link."""
    sent = len(office.mailer.sent)
    (link,) = linked(again(office, unit="88", phone="139 0000 0001"))
    assert (link.reference, link.because, link.told) == (first, "contact", True)
    to_resident = [one for one in office.mailer.sent[sent:] if one.to == "li@example.com"]
    assert any(first in one.written.subject for one in to_resident)


def test_a_neighbour_learns_nothing(office, first):
    """Who types another's unit gets a receipt, and no letter speaks of the earlier complaint."""
    sent = len(office.mailer.sent)
    again(office, email="neighbour@example.com", phone="139 0000 0001")
    to_resident = [one for one in office.mailer.sent[sent:] if one.to == "neighbour@example.com"]
    assert len(to_resident) == 1
    assert first not in to_resident[0].written.subject + to_resident[0].written.text


def test_what_has_ended_is_not_an_open_matter(office, first):
    """A withdrawn complaint is not recognised by the home; by its reference it still is."""
    office.act(first, Withdraw(SUPERVISOR.id, "不用了"))
    assert linked(again(office)) == []
    (link,) = linked(again(office, category="lift", earlier_reference=first))
    assert link.because == "named"


def test_a_reference_that_the_resident_gives_links_the_two(office, first):
    """In small letters, of another category: what the resident names is linked, and counted."""
    later = again(office, category="lift", earlier_reference=first.lower())
    (link,) = linked(later)
    assert (link.reference, link.because, link.times_raised) == (first, "named", 1)


@pytest.mark.usefixtures("first")
def test_a_stranger_s_reference_counts_once(office):
    """Somebody else's complaint, raised many times, does not make this one grave."""
    again(office, form_id="second")
    third = again(office, form_id="third")
    stranger = {"unit": "5", "email": "x@example.com", "phone": "139 0000 0001"}
    theirs = again(office, category="lift", earlier_reference=third.complaint.reference, **stranger)
    assert theirs.complaint.times_raised == 1


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("earlier", ["00000-00000", None])
def test_an_unknown_reference_links_nothing(office, earlier):
    """What was mistyped is kept as it was written, and ties nothing together."""
    assert linked(again(office, category="lift", earlier_reference=earlier)) == []


def test_a_reference_of_another_community_links_nothing(office, first):
    """The staff of one community never come to see another's complaint by a link."""
    assert linked(again(office, community="maple-court", earlier_reference=first)) == []


def test_of_a_contact_with_many_complaints_the_newest_are_looked_at(office, first):
    """Receipts do not grow dearer with what stands under one number; the newest still tie."""
    for number in range(MOST_LOOKED_AT):
        again(office, form_id=f"other {number}", category="lift", unit=str(number))
    links = linked(again(office, unit="1201", building="9栋"))
    assert first not in [one.reference for one in links]


def test_told_twice_it_is_linked_once(office, first):
    """The stream tells at least once; the second time nothing is added on either side."""
    later = again(office).complaint.reference
    before = kinds(office, later), kinds(office, first), len(office.mailer.sent)
    office.notifier.post(ComplaintEvent(later, 1))
    assert (kinds(office, later), kinds(office, first), len(office.mailer.sent)) == before


@pytest.mark.usefixtures("first")
def test_the_latest_of_several_is_linked(office):
    """Of two open ones, the one that counts the most times already."""
    second = again(office, form_id="second").complaint.reference
    office.act(second, acknowledge(MANAGER.id))
    (link,) = linked(again(office, form_id="third"))
    assert link.reference == second
