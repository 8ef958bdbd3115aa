"""The staff directory's pages: who sees whom, what can be changed, and what is kept on a fault."""

import re
from datetime import date

import pytest

from support.cognito import account, code_of, password_of
from support.desk_web import Desk, hidden_of
from support.forms import a_form
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, STAFF, SUPERVISOR
from support.values import replace
from support.web import post_json

NEW = {
    "id": "li-si",
    "name_zh": "李四",
    "name_en": "Li Si",
    "email": "li.si@anhe.example",
    "language": "zh",
    "role-receptionist": "yes",
    "community-jade-lake": "yes",
    "version": "0",
}
STRANGER = replace(
    MANAGER, id="sun-li", email="sun.li@anhe.example", communities=("maple-court",), language="en"
)


@pytest.fixture
def desk(cloud):
    return Desk(cloud)


@pytest.fixture
def manager(desk):
    return desk.as_(MANAGER.id)


def person(desk, staff_id):
    return desk.cloud.container.staff.directory().person(staff_id)


def form_of(browser, staff_id):
    """The hidden fields of somebody's form: sign and version."""
    return hidden_of(browser.get(f"/desk/staff/{staff_id}"))


def filled(**changes):
    """The supervisor's form, changed; ``None`` leaves a box unticked."""
    form = {
        "name_zh": "陈静",
        "name_en": "Chen Jing",
        "email": SUPERVISOR.email,
        "language": "zh",
        "role-customer_service_supervisor": "yes",
        "community-jade-lake": "yes",
        "department": "",
        "deputy": "",
    } | {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in form.items() if value is not None}


def test_a_manager_sees_those_whom_they_answer_for(manager):
    """The people of their communities; neither the leadership nor who serves all."""
    body = manager.get("/desk/staff").body.decode()
    seen = set(re.findall(r'href="/desk/staff/([a-z-]+)"', body)) - {"new"}
    assert seen == {MANAGER.id, SUPERVISOR.id, RECEPTIONIST.id}


def test_the_leadership_sees_everybody(desk):
    """All of them, each with a link."""
    body = desk.as_(LEADER.id).get("/desk/staff").body.decode()
    assert {one.id for one in STAFF} <= set(re.findall(r'href="/desk/staff/([a-z-]+)"', body))


@pytest.mark.parametrize("who", [RECEPTIONIST.id, SUPERVISOR.id, HEAD.id])
def test_for_others_there_is_no_directory(desk, who):
    """Neither list nor form nor any change; the link is not in their navigation."""
    browser = desk.as_(who)
    paths = ["/desk/staff", "/desk/staff/new", f"/desk/staff/{RECEPTIONIST.id}"]
    assert [browser.get(path).status_code for path in paths] == [404] * 3
    posts = ["/desk/staff/new", f"/desk/staff/{RECEPTIONIST.id}", "/desk/staff/x/disable"]
    assert [browser.post(path, NEW).status_code for path in posts] == [404] * 3
    assert 'href="/desk/staff"' not in browser.get("/desk/account").body.decode()
    assert person(desk, "li-si") is None


def test_people_elsewhere_look_like_nobody(desk):
    """A manager of another community gets the same page for them as for an unknown id."""
    desk.cloud.container.staff.put(STRANGER)
    browser = desk.as_(STRANGER.id)
    known, unknown = (browser.get(f"/desk/staff/{one}") for one in (SUPERVISOR.id, "nobody"))
    assert known.status_code == unknown.status_code == 404
    assert known.body == unknown.body
    for path in ("", "/disable", "/enable", "/invite", "/forget-factor"):
        assert browser.post(f"/desk/staff/{SUPERVISOR.id}{path}", filled()).status_code == 404
    assert person(desk, SUPERVISOR.id) == SUPERVISOR


def test_somebody_new_is_added_and_signs_in(desk, manager):
    """The new person is on the list at once, and has the account after the invitation."""
    answer = manager.post("/desk/staff/new", NEW)
    assert answer.headers["Location"] == "/desk/staff?done=added"
    body = manager.follow(answer).body.decode()
    assert 'href="/desk/staff/li-si"' in body
    assert 'role="status"' in body
    assert account(desk.cloud.container, "li-si").status == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "Li Si"}, "id"),
        ({"id": SUPERVISOR.id}, "id"),
        ({"email": "nothing"}, "email"),
        ({"name_zh": ""}, "name_zh"),
        ({"role-receptionist": ""}, "roles"),
        ({"community-jade-lake": ""}, "communities"),
        ({"role-department_head": "yes"}, "department"),
        ({"deputy": "nobody"}, "deputy"),
    ],
)
def test_a_fault_is_linked_to_its_field_and_nothing_typed_is_lost(desk, manager, changes, field):
    """The summary leads there; the rest stands as it was; nobody was added."""
    before = desk.cloud.container.staff.directory()
    answer = manager.post("/desk/staff/new", {**NEW, **changes})
    body = answer.body.decode()
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in body
    assert f'id="{field}"' in body
    assert 'value="Li Si"' in body
    assert desk.cloud.container.staff.directory() == before


def test_an_entry_is_changed(desk, manager):
    """Name, address, language and post, each as the form says."""
    sent = form_of(manager, SUPERVISOR.id) | filled(
        name_en="Chen J.", email="cj@anhe.example", language="en", role__receptionist="yes"
    )
    answer = manager.post(f"/desk/staff/{SUPERVISOR.id}", sent)
    assert answer.status_code == 303, answer.body.decode()
    assert person(desk, SUPERVISOR.id) == replace(
        SUPERVISOR,
        name={"zh": "陈静", "en": "Chen J."},
        email="cj@anhe.example",
        language="en",
        roles=("receptionist", "customer_service_supervisor"),
    )


def test_the_second_of_two_editors_loses_nothing_and_goes_on(desk, manager):
    """The editor is told, sees what they typed, and saves it over what they have now seen."""
    leader = desk.as_(LEADER.id)
    first, second = form_of(manager, SUPERVISOR.id), form_of(leader, SUPERVISOR.id)
    manager.post(f"/desk/staff/{SUPERVISOR.id}", first | filled(email="one@anhe.example"))
    mine = filled(email="two@anhe.example")
    answer = leader.post(f"/desk/staff/{SUPERVISOR.id}", second | mine)
    assert answer.status_code == 409
    assert 'value="two@anhe.example"' in answer.body.decode()
    assert person(desk, SUPERVISOR.id).email == "one@anhe.example"
    again = leader.post(f"/desk/staff/{SUPERVISOR.id}", hidden_of(answer) | mine)
    assert again.status_code == 303
    assert person(desk, SUPERVISOR.id).email == "two@anhe.example"


def test_a_page_that_says_no_version_changes_nothing(desk, manager):
    """A form that somebody made by hand is told that the entry has changed."""
    assert manager.post(f"/desk/staff/{SUPERVISOR.id}", filled()).status_code == 409
    assert person(desk, SUPERVISOR.id) == SUPERVISOR


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        (SUPERVISOR, {"role__company_leadership": "yes"}),
        (SUPERVISOR, {"everywhere": "yes"}),
        (SUPERVISOR, {"community__maple-court": "yes"}),
    ],
)
def test_what_a_manager_may_not_make_of_anybody_is_refused_in_a_sentence(
    desk, manager, who, changes
):
    """No leader, nobody of another community; what was typed stands there."""
    answer = manager.post(f"/desk/staff/{who.id}", form_of(manager, who.id) | filled(**changes))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.body.decode()
    assert person(desk, who.id) == who


def test_the_form_offers_what_one_may_give(desk, manager):
    """A manager their own communities and no leadership; the leadership everything."""
    page_of_manager = manager.get("/desk/staff/new").body.decode()
    every = desk.as_(LEADER.id).get("/desk/staff/new").body.decode()
    for name in ("role-company_leadership", "community-maple-court", "everywhere"):
        assert f'name="{name}"' not in page_of_manager
        assert f'name="{name}"' in every
    assert 'name="community-jade-lake"' in page_of_manager


def test_a_manager_stays_a_manager(desk, manager):
    """A manager neither leaves their post alone nor disables themselves."""
    own = form_of(manager, MANAGER.id) | {"typed_name": MANAGER.name["zh"]}
    sent = own | filled(name_zh="赵国强", name_en="Zhao Guoqiang", email=MANAGER.email)
    assert manager.post(f"/desk/staff/{MANAGER.id}", sent).status_code == 422
    assert manager.post(f"/desk/staff/{MANAGER.id}/disable", own).status_code == 422
    assert person(desk, MANAGER.id) == MANAGER


def test_the_last_of_the_leadership_cannot_be_disabled(desk):
    """Not by themselves, and there is nobody else."""
    leader = desk.as_(LEADER.id)
    sent = form_of(leader, LEADER.id) | {"typed_name": LEADER.name["zh"]}
    assert leader.post(f"/desk/staff/{LEADER.id}/disable", sent).status_code == 422
    assert not person(desk, LEADER.id).disabled


def test_disabling_and_enabling(desk, manager):
    """The next request of the disabled fails; enabled again, they sign in anew."""
    supervisor = desk.as_(SUPERVISOR.id)
    path = f"/desk/staff/{SUPERVISOR.id}"
    wrong = form_of(manager, SUPERVISOR.id) | {"typed_name": MANAGER.name["zh"]}
    refused = manager.post(f"{path}/disable", wrong)
    assert refused.status_code == 422
    assert 'id="typed_name-error"' in refused.body.decode()
    assert not person(desk, SUPERVISOR.id).disabled
    typed = form_of(manager, SUPERVISOR.id) | {"typed_name": f" {SUPERVISOR.name['en'].upper()}"}
    answer = manager.post(f"{path}/disable", typed)
    assert answer.headers["Location"] == "/desk/staff?done=disable"
    assert supervisor.get("/desk").status_code == 303
    manager.post(f"{path}/enable", form_of(manager, SUPERVISOR.id))
    assert supervisor.get("/desk").status_code == 303
    assert desk.sign_in(SUPERVISOR.id).get("/desk/account").status_code == 200


def test_a_step_that_there_is_not_is_no_page(manager):
    """Only the four that the page offers."""
    sent = form_of(manager, SUPERVISOR.id)
    assert manager.post(f"/desk/staff/{SUPERVISOR.id}/promote", sent).status_code == 404


def with_authenticator(desk, who):
    """Somebody who signs in with an authenticator."""
    identity = desk.cloud.container.identity
    desk.enrol(who.id)
    access = identity.sign_in(who.id, password_of(who.id)).access
    identity.confirm_secret(who.id, access, code_of(identity.new_secret(access)))
    return identity


def test_a_lost_phone_is_taken_off_by_the_leadership_when_a_manager_asks(desk, manager):
    """The manager's press is a request that the leadership sees and confirms; not before."""
    identity, path = with_authenticator(desk, SUPERVISOR), f"/desk/staff/{SUPERVISOR.id}"
    asked = manager.post(f"{path}/forget-factor", form_of(manager, SUPERVISOR.id))
    assert asked.headers["Location"] == "/desk/staff?done=factor-asked"
    assert identity.asks_code(SUPERVISOR.id)
    leader = desk.as_(LEADER.id)
    waiting = f'href="{path}">Chen Jing, asked by Zhao Guoqiang on'
    assert waiting in leader.get("/desk/staff").body.decode()
    assert waiting not in manager.get("/desk/staff").body.decode()
    done = leader.post(f"{path}/forget-factor", form_of(leader, SUPERVISOR.id))
    assert done.headers["Location"] == "/desk/staff?done=forget-factor"
    assert not identity.asks_code(SUPERVISOR.id)
    assert waiting not in leader.get("/desk/staff").body.decode()
    assert desk.sign_in(SUPERVISOR.id).get("/desk/account").status_code == 200


def test_nobody_takes_off_their_own_authenticator_from_the_list(desk):
    """Whoever sits down at a desk left unattended opens up no account of the leadership."""
    leader = desk.as_(LEADER.id)
    path = f"/desk/staff/{LEADER.id}/forget-factor"
    assert leader.post(path, form_of(leader, LEADER.id)).status_code == 422


def test_an_account_is_not_taken_over_unseen(desk, manager):
    """Address, by whom and when stand on the person's page, on their own and for the leadership."""
    desk.enrol(SUPERVISOR.id)
    supervisor = desk.sign_in(SUPERVISOR.id)
    sent = form_of(manager, SUPERVISOR.id) | filled(email="mine@anhe.example")
    manager.post(f"/desk/staff/{SUPERVISOR.id}", sent)
    assert supervisor.get("/desk").headers["Location"].startswith("/desk/sign-in")
    seen = f"{SUPERVISOR.email} → mine@anhe.example"
    pages = [
        manager.get(f"/desk/staff/{SUPERVISOR.id}"),
        desk.sign_in(SUPERVISOR.id).get("/desk/account"),
        desk.as_(LEADER.id).get("/desk/staff-log"),
    ]
    for page in pages:
        body = page.body.decode()
        assert seen in body
        assert "赵国强" in body[body.index(seen) :] or "Zhao Guoqiang" in body[body.index(seen) :]


@pytest.mark.parametrize("who", [MANAGER.id, SUPERVISOR.id, RECEPTIONIST.id, HEAD.id])
def test_the_record_of_everybody_is_the_leadership_s_alone(desk, who):
    """For others there is no such page."""
    assert desk.as_(who).get("/desk/staff-log").status_code == 404
    assert "/desk/staff-log" not in desk.as_(who).get("/desk/account").body.decode()


def test_an_export_is_on_record_with_who_and_when(desk, manager):
    """Beside the look that the complaint's own list has."""
    reference = post_json(a_form(person="")).json_body["reference"]
    page = manager.get(f"/desk/complaints/{reference}")
    assert manager.post(f"/desk/complaints/{reference}/export", hidden_of(page)).status_code == 200
    body = desk.as_(LEADER.id).get("/desk/staff-log").body.decode()
    row = body[
        body.index("导出业户资料") if "导出业户资料" in body else body.index("data exported") :
    ]
    assert reference in row[:200]


def test_everybody_sets_their_own_absence(desk):
    """The deputy owns what they owned, and the page says how many; nothing else changes."""
    browser = desk.as_(SUPERVISOR.id)
    sent = hidden_of(browser.get("/desk/account"))
    sent |= {
        "language": "en",
        "absent_from": "2026-11-23",
        "deputy": MANAGER.id,
        "role-property_manager": "yes",
    }
    answer = browser.post("/desk/account", sent)
    assert answer.headers["Location"].startswith("/desk/account?done=saved")
    away = replace(
        SUPERVISOR,
        language="en",
        absent=True,
        absent_from=date(2026, 11, 23),
        deputy=MANAGER.id,
    )
    assert person(desk, SUPERVISOR.id) == away
    assert "Saved." in browser.follow(answer).body.decode()


@pytest.mark.parametrize("deputy", [SUPERVISOR.id, "nobody"])
def test_an_unfit_deputy_is_refused(desk, deputy):
    """Oneself, or nobody, stands in for nobody."""
    browser = desk.as_(SUPERVISOR.id)
    sent = hidden_of(browser.get("/desk/account")) | {"language": "zh", "deputy": deputy}
    answer = browser.post("/desk/account", sent)
    assert answer.status_code == 422
    assert '<a href="#deputy">' in answer.body.decode()
    assert person(desk, SUPERVISOR.id) == SUPERVISOR


def test_an_authenticator_is_enrolled_and_left_on_the_account_page(desk):
    """The secret is shown as text and as a link; it counts after a right code."""
    browser = desk.as_(LEADER.id)
    path, password = "/desk/account/second-factor", password_of(LEADER.id)
    page = browser.post(path, {"step": "begin", "password": password})
    secret = hidden_of(page)["secret"]
    assert f"secret={secret.upper()}&amp;issuer=Complaint%20Desk" in page.body.decode()
    assert "otpauth://totp/Complaint%20Desk%3Agao-yuan?" in page.body.decode()
    wrong = {"password": password, "code": code_of(secret, at=0)}
    page = browser.post(path, hidden_of(page) | wrong)
    assert page.status_code == 422
    right = {"password": password, "code": code_of(secret)}
    answer = browser.post(path, hidden_of(page) | right)
    assert answer.headers["Location"] == "/desk/account?done=factor_confirm"
    assert browser.post(path, {"step": "leave", **wrong}).status_code == 422
    answer = browser.post(path, {"step": "leave", **right})
    assert answer.headers["Location"] == "/desk/account?done=factor_leave"
    assert desk.sign_in(LEADER.id).get("/desk/account").status_code == 200


def test_what_the_address_says_was_done_is_a_sentence_of_ours(manager):
    """Nobody puts words into the page by a link."""
    for query in ("done=%3Cscript%3E", "done=saved&moved=%3Cscript%3E", "done=x&moved=1"):
        assert "<script>alert" not in manager.get(f"/desk/account?{query}").body.decode()
        assert "%3C" not in manager.get(f"/desk/account?{query}").body.decode()
