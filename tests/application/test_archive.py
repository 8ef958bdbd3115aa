"""The archive: any complaint by what is known of it."""

import pytest
from msgspec.structs import replace

from chalicelib.application.archive import Query
from chalicelib.domain.commands import Close, Erase, Withdraw
from support.examples import acknowledge, correct_contact, judge, reply
from support.office import Office
from support.people import LEADER, MANAGER, SUPERVISOR

MONDAY = "Monday 2026-11-23 10:00"


@pytest.fixture
def office():
    return Office(MONDAY)


@pytest.fixture
def three(office):
    """Two complaints of one home, the first withdrawn, and one of another home and person."""
    first = office.receive(form_id="1")
    office.act(first, Withdraw(SUPERVISOR.id, "不用了"))
    office.until("Tuesday 2026-11-24 10:00")
    second = office.receive(form_id="2", building="Building 3", unit="1201-甲室")
    other = {"phone": "010 6505 0000", "email": "zhang@example.com", "name": "张 先生"}
    third = office.receive(form_id="3", unit="0602", **other)
    return first, second, third


def found(office, reader=LEADER, verb="see", **asked):
    lines = office.archive.find(Query(**asked), reader, verb)
    return tuple(line.complaint.reference for line in lines)


def test_a_complaint_is_found_by_its_reference(office, three):
    """However it is typed, open or ended; an unknown one is simply not found."""
    first, _, _ = three
    typed = f" {first.lower()} "
    assert found(office, way="reference", reference=typed) == (first,)
    assert found(office, way="reference", reference="00000-00000") == ()


def test_complaints_are_found_by_unit_newest_first(office, three):
    """However the unit is written; those that ended are found too."""
    first, second, third = three
    home = {"way": "unit", "community": "jade-lake", "building": "３幢"}
    assert found(office, **home, unit="1201-甲") == (second, first)
    assert found(office, **home, unit="602室") == (third,)
    assert found(office, **home | {"community": "maple-court"}, unit="602室") == ()


def test_complaints_are_found_by_telephone_or_e_mail(office, three):
    """However they are written, in whatever community the resident lives."""
    first, second, third = three
    assert found(office, way="phone", phone="+86 13800000000") == (second, first)
    assert found(office, way="phone", phone="+86 10 65050000") == (third,)
    assert found(office, way="email", email="LI@example.com") == (second, first)
    assert found(office, way="email", email="nobody@example.com") == ()


def test_complaints_are_found_by_a_part_of_the_name_within_a_month(office, three):
    """Of the community and of the month in its own calendar; blanks do not matter."""
    first, second, third = three
    month = {"way": "name", "community": "jade-lake", "month": "2026-11"}
    assert found(office, **month, name="李") == (second, first)
    assert found(office, **month, name="张先") == (third,)
    assert found(office, **month | {"month": "2026-10"}, name="李") == ()
    assert found(office, **month | {"community": "maple-court"}, name="李") == ()


def test_the_month_is_the_community_s(office):
    """What comes in on 1 December before eight is December's, and November's no more."""
    office.until("Tuesday 2026-12-01 00:30")
    reference = office.receive()
    asked = {"way": "name", "community": "jade-lake", "name": "李女士"}
    assert found(office, **asked, month="2026-12") == (reference,)
    assert found(office, **asked, month="2026-11") == ()


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "2026-00", "0001-01", "9999-12", "十一月"]
)
def test_what_is_no_month_finds_nothing(office, three, month):
    """Nothing is looked for, and nothing breaks."""
    assert three
    assert found(office, way="name", community="jade-lake", month=month, name="李") == ()


def test_an_unknown_community_finds_nothing(office, three):
    """Whatever the form was made to say."""
    assert three
    assert found(office, way="name", community="moon", month="2026-11", name="李") == ()


@pytest.mark.parametrize("way", ["unit", "phone", "email"])
def test_a_blank_finds_nobody(office, three, way):
    """Those who gave no telephone are not one household."""
    assert three
    assert found(office, way=way, community="jade-lake") == ()


def test_only_what_the_reader_may_see_is_found(office, three):
    """Whoever looks, the table of permissions decides, and for which verb."""
    first, second, _ = three
    asked = {"way": "phone", "phone": "13800000000"}
    elsewhere = replace(SUPERVISOR, communities=("maple-court",))
    assert found(office, reader=SUPERVISOR, **asked) == (second, first)
    assert found(office, reader=SUPERVISOR, verb="export", **asked) == ()
    assert found(office, reader=elsewhere, **asked) == ()
    assert found(office, reader=elsewhere, way="reference", reference=first) == ()


def test_a_household_s_other_complaints_stand_on_its_page(office, three):
    """By home, telephone or e-mail, each once, and the complaint itself is not among them."""
    first, second, third = three
    others = office.archive.household_of(office.complaints.load(second), SUPERVISOR)
    assert [line.complaint.reference for line in others] == [first]
    assert office.archive.household_of(office.complaints.load(third), SUPERVISOR) == ()


def test_reception_finds_a_home_before_there_is_a_complaint(office, three):
    """Community, building and unit are enough."""
    first, second, _ = three
    lines = office.archive.household(SUPERVISOR, "jade-lake", "3号楼", "1201-甲")
    assert [line.complaint.reference for line in lines] == [second, first]


def test_a_corrected_contact_is_found_by_what_it_is_now(office, three):
    """The old telephone does not lead to the resident any more."""
    _, _, third = three
    contact = {"name": "张先生", "phone": "139 1111 2222", "email": "", "contact_time": ""}
    home = {"building": "3栋", "unit": "0602", "contact_by": "phone"}
    office.act(third, correct_contact(SUPERVISOR.id, "她换了号码", **contact, **home))
    assert found(office, way="phone", phone="13911112222") == (third,)
    assert found(office, way="phone", phone="010 6505 0000") == ()
    assert found(office, way="email", email="zhang@example.com") == ()
    unit = {"way": "unit", "community": "jade-lake", "building": "3", "unit": "602"}
    assert found(office, **unit) == (third,)


def test_what_was_erased_is_found_by_its_reference_alone(office, three):
    """Nothing that is known of the resident leads to it."""
    first, second, _ = three
    office.act(first, Erase(MANAGER.id, "她要求"))
    assert found(office, way="phone", phone="13800000000") == (second,)
    assert found(office, way="name", community="jade-lake", month="2026-11", name="李") == (second,)
    (line,) = office.archive.find(Query("reference", reference=first), LEADER)
    assert line.words == {}
    assert office.archive.household_of(office.complaints.load(first), SUPERVISOR) == ()


def test_lessons_are_those_of_the_communities_one_works_for(office):
    """By category, and none from elsewhere."""
    reference = office.receive()
    close = Close(MANAGER.id, "密封圈老化", "已全部更换", "雨季前检查立管")
    for command in (
        acknowledge(MANAGER.id),
        judge(SUPERVISOR.id, valid=True),
        reply(MANAGER.id, "telephone"),
        close,
    ):
        office.act(reference, command)
    (lesson,) = office.archive.lessons("water_leak", {"jade-lake"}, SUPERVISOR)
    assert (lesson.reference, lesson.text) == (reference, "雨季前检查立管")
    assert office.archive.lessons("water_leak", {"maple-court"}, SUPERVISOR) == ()
    assert office.archive.lessons("noise", {"jade-lake"}, SUPERVISOR) == ()
