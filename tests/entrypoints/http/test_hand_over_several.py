"""Several complaints are handed over, or taken back, on one page, with one letter."""

import pytest

from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.desk_web import hidden_of
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

PAGE = "/desk/hand-over"


@pytest.fixture
def office():
    """The desk of people who all read Chinese."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture
def three(office):
    """Three complaints of the manager's."""
    return [office.complaint(form_id=str(one), unit=str(one)) for one in range(3)]


def owners(office, references):
    return [office.history(one).complaint.owner.staff for one in references]


def sent(office, person, *references, owner="", **fields):
    """The page's own form, with these ticked."""
    page = office.as_(person).get(f"{PAGE}?from={owner}" if owner else PAGE)
    return hidden_of(page, form=1) | {f"pick-{one}": "yes" for one in references} | fields


def test_those_ticked_go_and_the_others_stay(office, three):
    """One letter names each of them, and the page says how many."""
    browser, before = office.as_(MANAGER), len(office.letters(HEAD.email))
    answer = browser.post(PAGE, sent(office, MANAGER, *three[:2], to=HEAD.id, note="请接手"))
    assert answer.status_code == 303
    assert owners(office, three) == [HEAD.id, HEAD.id, MANAGER.id]
    assert office.letters(HEAD.email)[before:] == ["【请接手】2 件投诉已移交给您"]
    letter = office.cloud.mails()[-1].get_body(("plain",)).get_content()
    assert all((one in letter) is (one in three[:2]) for one in three)
    assert "已移交 2 件" in browser.follow(answer).body.decode()


def test_one_alone_has_the_letter_of_one(office, three):
    """As from its own page."""
    before = len(office.letters(HEAD.email))
    office.as_(MANAGER).post(PAGE, sent(office, MANAGER, three[0], to=HEAD.id, note="请接手"))
    (subject,) = office.letters(HEAD.email)[before:]
    assert three[0] in subject


def test_several_are_taken_back(office, three):
    """Leadership takes what the manager has, and the manager reads of it in one letter."""
    before = len(office.letters(MANAGER.email))
    fields = sent(office, LEADER, *three, owner=MANAGER.id, to=LEADER.id, note="我来办")
    assert office.as_(LEADER).post(PAGE, fields).status_code == 303
    assert owners(office, three) == [LEADER.id] * 3
    assert office.letters(MANAGER.email)[before:] == ["【请知悉】3 件投诉不再由您负责（已移交）"]


def test_one_that_is_refused_stops_no_other_and_says_why(office, three):
    """What has another owner meanwhile is named; the rest has gone, with its letter."""
    fields = sent(office, MANAGER, *three, to=HEAD.id, note="请接手")
    office.act(
        LEADER, three[0], "hand-over", to=LEADER.id, note="x", version=office.version(three[0])
    )
    before = len(office.letters(HEAD.email))
    answer = office.as_(MANAGER).post(PAGE, fields)
    page = answer.body.decode()
    assert (answer.status_code, owners(office, three)) == (409, [LEADER.id, HEAD.id, HEAD.id])
    assert f'href="#pick-{three[0]}"' in page
    assert "已移交 2 件" in page
    assert office.letters(HEAD.email)[before:] == ["【请接手】2 件投诉已移交给您"]


@pytest.mark.parametrize(("missing", "field"), [("pick", "picked"), ("to", "to"), ("note", "note")])
def test_what_is_missing_is_named_and_what_was_typed_stays(office, three, missing, field):
    """Nothing is done."""
    fields = sent(office, MANAGER, three[0], to=HEAD.id, note="请接手")
    fields = {name: text for name, text in fields.items() if not name.startswith(missing)}
    answer = office.as_(MANAGER).post(PAGE, fields)
    page = answer.body.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert ("请接手</textarea>" in page) is (missing != "note")
    assert owners(office, three) == [MANAGER.id] * 3


def test_it_is_not_there_for_who_hands_nothing_over(office):
    """A receptionist owns nothing, and is not led there."""
    assert office.as_(RECEPTIONIST).get(PAGE).status_code == 404
    assert PAGE not in office.page(RECEPTIONIST, "/desk")
    assert PAGE in office.page(SUPERVISOR, "/desk")
