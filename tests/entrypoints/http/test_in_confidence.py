"""In confidence over HTTP: every address of the desk, for each role and either department."""

import json

import pytest

from chalicelib.domain.commands import AddPhoto, Message, Note
from chalicelib.domain.model import RESIDENT
from entrypoints.http.desk_office import WALK_IN, DeskOffice
from support.clouds import a_light_cloud
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
from support.forms import ORGANISATION, a_form, an_intake
from support.markup import Page
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from support.values import replace
from support.web import get, post_json, post_unchecked

STAFF = tuple(replace(one, language="zh") for one in PEOPLE)
PHOTO = "欧阳紫薇家.jpg"
OTHERS = {
    ENGINEERING: (SUPERVISOR, RECEPTIONIST, MANAGER, LEADER),
    SERVICE: (MANAGER, LEADER),
}
CASES = [(about, one) for about, people in OF_DEPARTMENT.items() for one in people]


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=STAFF) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture(scope="module")
def references(office):
    """One about each department, with messages, notes and a photo; and an open one of the home."""
    made = {}
    for about in OF_DEPARTMENT:
        reference = receive(office, about=about, form_id=about, in_confidence="yes")
        receive(office, about=about, form_id=f"open-{about}", category="noise")
        act = office.container.act_on_complaint.act
        owner = office.history(reference).complaint.owner.staff
        act(reference, Message(RESIDENT, "我是欧阳紫薇，2907"), RESIDENT)
        act(reference, Note(owner, "欧阳紫薇 13987654321"), owner)
        act(reference, AddPhoto("photo", PHOTO), RESIDENT)
        made[about] = reference
    return made


def receive(office, **changes):
    intake = an_intake(office.container.clock.now(), **WORDS | changes)
    reference = office.container.submit_complaint.receive(intake, "web").reference
    office.deliver()
    return reference


def answers(office, person, reference):
    """What every address says to this person of it, by address."""
    browser, page = office.as_(person), f"/desk/complaints/{reference}"
    gets = (page, f"{page}?household=yes", f"{page}/slip", f"{page}/looks")
    gets += (f"{page}?do=give-feedback",)
    home = {"community": "jade-lake", "building": PLANTED["building"], "unit": "2907"}
    posts = {
        "/desk/archive": {"way": "reference", "reference": reference},
        "/desk/households": home | {"phone": ""},
        f"{page}/export": {},
        f"{page}/give-feedback": {"text": "明天派人"},
        f"{page}/call-for-help": {"whom": "property_manager", "checked": "no"},
    }
    found = {path: browser.get(path) for path in gets}
    found |= {path: browser.post(path, form) for path, form in posts.items()}
    return {path: answer.body.decode() for path, answer in found.items()}


@pytest.mark.parametrize(("about", "person"), CASES)
def test_no_address_tells_the_department_who_it_is(office, references, about, person):
    """Page, household, archive, slip, export and previews; lists may name their open ones."""
    reference = references[about]
    for path, text in answers(office, person, reference).items():
        if path == "/desk/households":
            assert reference not in text, path
        else:
            assert told(text) == [], path
            assert PHOTO not in text, path


@pytest.mark.parametrize(("about", "person"), CASES)
def test_a_list_has_it_without_who_it_is(office, references, about, person):
    """What the row of the queue says is what, where, how grave and that it is in confidence."""
    text = office.page(person, "/desk?view=all")
    (row,) = (one for one in text.split("<tr>") if references[about] in one)
    assert told(row) == []
    assert "保密" in row


@pytest.mark.parametrize(("about", "person"), CASES)
def test_the_page_says_why_it_lacks_what_it_lacks(office, references, about, person):
    """That the resident asked for it, and that the owner passes on what happened."""
    text = office.page(person, f"/desk/complaints/{references[about]}")
    assert "业户要求不让您的部门知道自己是谁" in text
    assert "负责人会先看过" in text
    assert 'id="pass-on"' not in text
    assert 'id="correct-contact"' not in text


@pytest.mark.parametrize("about", OTHERS)
def test_all_others_see_it_whole(office, references, about):
    """With the words that nobody else reads, and a warning whom not to tell."""
    for person in OTHERS[about]:
        text = office.page(person, f"/desk/complaints/{references[about]}")
        assert all(PLANTED[name] in text for name in ("name", "phone", "email", "unit")), person.id
        assert "业户要求不让" in text


@pytest.mark.parametrize("about", OTHERS)
def test_the_owner_passes_on_from_the_page(office, references, about):
    """What still names the resident is refused; cut, the head reads it, and sees the photo."""
    reference, page = references[about], f"/desk/complaints/{references[about]}"
    form = office.page(MANAGER, f"{page}?do=pass-on")
    assert Page(form).values["description"] == WORDS["description"]
    uncut = {name: WORDS[name] for name in ("place", "description", "request")}
    answer = office.act(MANAGER, reference, "pass-on", **uncut)
    assert answer.status_code == 409
    assert "还有能认出业户的内容" in answer.body.decode()
    answer = office.act(MANAGER, reference, "pass-on", **CUT, photos="yes", more="管道已老化")
    assert answer.status_code == 303
    head = HEAD if about == ENGINEERING else HEAD_OF_SERVICE
    text = office.page(head, page)
    assert all(one in text for one in (*CUT.values(), "管道已老化", "photo"))
    assert told(text) == []
    assert PHOTO not in text


@pytest.mark.parametrize("about", OF_DEPARTMENT)
def test_the_preview_of_a_merge_says_from_whom_it_is_kept(office, about):
    """Before it is done, to who merges; of two that nobody asked to keep it says nothing."""
    secret, open_one, another = (
        receive(office, about=place, form_id=f"merge-{about}-{number}", in_confidence=said)
        for number, (place, said) in enumerate(
            ((about, "yes"), ("cleaning", "no"), ("cleaning", "no"))
        )
    )
    merge = {"into": secret, "reason": "同一件事", "checked": ""}
    warned = office.act(MANAGER, open_one, "merge", **merge).body.decode()
    assert 'id="confided"' in warned
    assert ORGANISATION.department_name(about)["en"] in warned or (
        ORGANISATION.department_name(about)["zh"] in warned
    )
    plain = office.act(MANAGER, another, "merge", **merge | {"into": open_one}).body.decode()
    assert 'id="confided"' not in plain


def test_the_form_keeps_the_tick(office):
    """On the check page, on the resident's page and in the answer to a script."""
    form = a_form(in_confidence="yes", form_id="ticked")
    checked = post_unchecked(form).body.decode()
    assert Page(checked).values["in_confidence"] == "yes"
    answer = post_json(form)
    made = json.loads(answer.body)
    assert office.history(made["reference"]).complaint.in_confidence
    own = get(made["status_url"].removeprefix("http://localhost:8000")).body.decode()
    assert "请为我保密" in own


def test_a_form_without_it_is_no(office):
    """As before there was such a field."""
    made = json.loads(post_json(a_form(form_id="plain")).body)
    assert not office.history(made["reference"]).complaint.in_confidence


def test_reception_takes_it_in(office):
    """Who wrote it down prints the slip; a colleague of the front desk cannot."""
    secret = {"about": SERVICE, "in_confidence": "yes", "name": "司马光明", "form_id": "desk"}
    answer = office.as_(RECEPTIONIST).post("/desk/new", WALK_IN | {"do": "save"} | secret)
    assert answer.status_code == 303
    office.deliver()
    reference = answer.headers["Location"].split("/")[3]
    assert office.as_(RECEPTIONIST).get(answer.headers["Location"]).status_code == 200
    assert office.as_(SUPERVISOR).get(f"/desk/complaints/{reference}/slip").status_code == 404
    assert "司马光明" in office.page(RECEPTIONIST, f"/desk/complaints/{reference}")
    assert "司马光明" not in office.page(SUPERVISOR, f"/desk/complaints/{reference}")
    log = office.page(SUPERVISOR, "/desk/log")
    assert reference in log
    assert "司马光明" not in log
    assert "司马光明" in office.page(RECEPTIONIST, "/desk/log")


def test_called_before_it_is_saved_the_next_rung_comes(office):
    """With the tick set, the supervisor of the department complained about is not called."""
    form = WALK_IN | {"about": SERVICE, "in_confidence": "yes", "name": "公孙大娘"}
    count = len(office.cloud.mails())
    office.as_(RECEPTIONIST).post("/desk/new", form | {"do": "call"})
    office.deliver()
    assert {mail["To"] for mail in office.cloud.mails()[count:]} == {MANAGER.email}
    assert "公孙大娘" not in office.page(SUPERVISOR, "/desk/log")
