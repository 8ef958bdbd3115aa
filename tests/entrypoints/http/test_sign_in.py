"""Signing in through the pages: what is asked for, told, kept, and never told."""

import re

import pytest

from chalicelib.entrypoints.http.desk.addresses import allowed
from support.clouds import client
from support.cognito import account, code_of, open_pool, password_of
from support.desk_web import Browser, Desk, hidden_of
from support.people import MANAGER, SUPERVISOR
from support.values import replace

NEW = "correct horse battery"


@pytest.fixture
def desk(cloud):
    """The desk, where the manager has an account."""
    made = Desk(cloud)
    made.enrol(MANAGER.id)
    return made


@pytest.fixture
def browser():
    """A browser that has been nowhere."""
    return Browser()


@pytest.fixture
def temporary(cloud):
    """The supervisor, invited, who has not signed in yet; the temporary password."""
    open_pool(cloud.container, client("cognito-idp"))
    cloud.container.identity.create(SUPERVISOR.id, SUPERVISOR.email)
    account(cloud.container, SUPERVISOR.id).password = "as the mail says"
    return "as the mail says"


@pytest.fixture
def secret(desk):
    """The manager's authenticator, which is asked for."""
    identity = desk.cloud.container.identity
    access = identity.sign_in(MANAGER.id, password_of(MANAGER.id)).access
    made = identity.new_secret(access)
    identity.confirm_secret(MANAGER.id, access, code_of(made))
    return made


def signs_in(browser, who=MANAGER.id, password=None, path="/desk/sign-in"):
    """Somebody fills in the sign-in page and sends it."""
    given = {"who": who, "password": password or password_of(who)}
    return browser.post("/desk/sign-in", hidden_of(browser.get(path)) | given)


def text_of(answer):
    """What a page says, without its markup, styles and script."""
    body = re.sub(r"<(script|style)>.*?</\1>", "", answer.body.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("who", [MANAGER.id, MANAGER.email])
def test_an_id_or_an_address_and_the_password_open_the_desk(browser, who):
    """It leads to the queue, signed in under the person's name."""
    answer = signs_in(browser, who, password_of(MANAGER.id))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    assert "Zhao Guoqiang" in text_of(browser.follow(answer))


@pytest.mark.usefixtures("desk")
def test_a_link_leads_to_where_it_says_by_way_of_the_sign_in(browser):
    """The address of an alert is gone to after signing in, query and all."""
    asked = browser.get("/desk/log?community=jade-lake&date=2026-11-25")
    assert asked.status_code == 303
    assert asked.headers["Location"].startswith("/desk/sign-in?next=%2Fdesk%2Flog%3F")
    answer = signs_in(browser, path=asked.headers["Location"])
    assert answer.headers["Location"] == "/desk/log?community=jade-lake&date=2026-11-25"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/desk",
        "/\\evil.example",
        "\\\\evil.example",
        "/desk\\@evil.example",
        "/desk@evil.example",
        "/desk.evil.example",
        "/deskevil",
        "/desk//evil.example",
        "/desk/../complain",
        "/desk/%2e%2e/complain",
        "/desk/./x",
        "/%64esk",
        "/desk/%2F%2Fevil.example",
        "/desk?x=%0d%0aSet-Cookie:a=b",
        "/desk\r\nSet-Cookie: a=b",
        "/desk\x00",
        "/desk?x=%",
        "/desk#//evil.example",
        "javascript:alert(1)",
        " /desk",
        "/desk /x",
        "/desk/ｘ",
        "/desk/sign-in?next=/desk/sign-in",
        "/desk/sign-out",
        "/",
        "",
    ],
)
def test_a_sign_in_leads_nowhere_else(address):
    """Whatever is no page of the desk itself leads to the desk."""
    assert allowed(address) == "/desk"


@pytest.mark.parametrize(
    "address",
    [
        "/desk",
        "/desk?view=mine&page=2",
        "/desk/complaints/7K3MQ-9TX4B",
        "/desk?text=%E6%B8%97%E6%BC%8F+a",
        "/desk/staff/chen-jing",
    ],
)
def test_a_sign_in_leads_to_any_page_of_the_desk(address):
    """With its query, Chinese in it included."""
    assert allowed(address) == address


@pytest.mark.usefixtures("desk")
def test_a_forged_link_leads_to_the_desk_in_the_end(browser):
    """The page carries no other address, and the answer names none."""
    answer = signs_in(browser, path="/desk/sign-in?next=https%3A%2F%2Fevil.example%2F")
    assert answer.headers["Location"] == "/desk"
    sent = hidden_of(browser.get("/desk/forgot")) | {"next": "//evil.example"}
    sent |= {"who": MANAGER.id, "password": password_of(MANAGER.id)}
    assert browser.post("/desk/sign-in", sent).headers["Location"] == "/desk"


def test_who_exists_is_told_to_nobody(desk):
    """A wrong password, an unknown name, and a disabled account give the very same page."""
    desk.enrol(SUPERVISOR.id)
    desk.cloud.container.staffing.disable(None, SUPERVISOR.id)
    pages = []
    for who, password in (
        (MANAGER.id, "made up by somebody"),
        ("nobody", "made up by somebody"),
        (SUPERVISOR.id, password_of(SUPERVISOR.id)),
    ):
        answer = signs_in(Browser({"desk-before": "b" * 64}), who, password)
        assert answer.status_code == 422
        pages.append(answer.body.decode().replace(who, "WHO"))
    assert len(set(pages)) == 1


def test_who_has_forgotten_is_answered_alike(desk):
    """Whether a code was sent is not to be seen from outside."""
    pages = []
    for who in (MANAGER.id, "nobody", "nobody@anhe.example"):
        browser = Browser({"desk-before": "b" * 64})
        sent = hidden_of(browser.get("/desk/forgot")) | {"who": who}
        answer = browser.post("/desk/forgot", sent)
        assert answer.status_code == 200
        pages.append(answer.body.decode().replace(who, "WHO"))
    assert len(set(pages)) == 1
    assert account(desk.cloud.container, MANAGER.id).confirmation_code


def test_a_forgotten_password_is_replaced_and_ends_other_sessions(desk, browser):
    """Code and new password in one page; whoever was signed in is out."""
    other = desk.as_(MANAGER.id)
    sent = hidden_of(browser.get("/desk/forgot")) | {"who": MANAGER.email}
    page = browser.post("/desk/forgot", sent)
    code = account(desk.cloud.container, MANAGER.id).confirmation_code
    passwords = {"password_new": NEW, "password_again": NEW}
    wrong = {"code": "moto-confirmation-code:0", **passwords}
    assert browser.post("/desk/reset", hidden_of(page) | wrong).status_code == 422
    answer = browser.post("/desk/reset", hidden_of(page) | {"code": code, **passwords})
    assert "Your password is changed" in text_of(
        browser.get(answer.headers["Location"], accept_language="en")
    )
    assert other.get("/desk").status_code == 303
    assert signs_in(browser, password=NEW).status_code == 303


def test_the_first_sign_in_asks_for_a_new_password(browser, temporary):
    """Two that differ, or a short one, are refused with what to mend; then they are in."""
    page = signs_in(browser, SUPERVISOR.id, temporary)
    assert page.status_code == 200
    for new, again in ((NEW, "another one"), ("short", "short"), ("", "")):
        given = {"password_new": new, "password_again": again}
        page = browser.post("/desk/sign-in/new-password", hidden_of(page) | given)
        assert page.status_code == 422
        assert 'aria-invalid="true"' in page.body.decode()
    given = {"password_new": NEW, "password_again": NEW}
    answer = browser.post("/desk/sign-in/new-password", hidden_of(page) | given)
    assert "陈静" in text_of(browser.follow(answer))


def test_nobody_sets_another_persons_password(desk, browser, temporary):
    """A step's name cannot be exchanged for another's: it was given out for one person."""
    sent = hidden_of(signs_in(browser, SUPERVISOR.id, temporary)) | {"name": MANAGER.id}
    sent |= {"password_new": NEW, "password_again": NEW}
    assert browser.post("/desk/sign-in/new-password", sent).status_code == 422
    assert account(desk.cloud.container, MANAGER.id).password == password_of(MANAGER.id)


def test_with_an_authenticator_the_code_is_asked_for(browser, secret):
    """A wrong code is told and may be tried again; the password alone opens nothing."""
    page = signs_in(browser)
    assert page.status_code == 200
    assert "desk" not in browser.cookies
    for code in ("", "12", code_of(secret, at=0)):
        page = browser.post("/desk/sign-in/code", hidden_of(page) | {"code": code})
        assert page.status_code == 422
        assert "desk" not in browser.cookies
    answer = browser.post("/desk/sign-in/code", hidden_of(page) | {"code": code_of(secret)})
    assert "Zhao Guoqiang" in text_of(browser.follow(answer))


@pytest.mark.usefixtures("desk", "secret")
def test_a_step_begun_in_another_browser_begins_again(browser):
    """What one browser was given no other can go on with."""
    sent = hidden_of(signs_in(browser)) | {"code": "123456"}
    thief = Browser()
    sent |= {"csrf": hidden_of(thief.get("/desk/sign-in"))["csrf"]}
    answer = thief.post("/desk/sign-in/code", sent)
    assert answer.status_code == 422
    assert 'action="/desk/sign-in"' in answer.body.decode()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/forgot", "/desk/reset"])
def test_a_form_from_elsewhere_is_refused_unread(browser, headers, path):
    """Another site signs nobody in, as somebody else neither; nothing of it is shown again."""
    sent = hidden_of(browser.get("/desk/sign-in"))
    sent |= {"who": MANAGER.id, "password": password_of(MANAGER.id), "kept-text": "planted"}
    answer = browser.post(path, sent, **headers)
    assert answer.status_code == 403
    assert "planted" not in answer.body.decode()
    assert "desk" not in browser.cookies


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("sign", ["", "0" * 64, None])
def test_a_form_of_another_browser_signs_nobody_in(browser, sign):
    """Without the sign of this browser's own cookie the page is given out anew."""
    csrf = hidden_of(Browser().get("/desk/sign-in"))["csrf"] if sign is None else sign
    browser.get("/desk/sign-in")
    sent = {"csrf": csrf, "who": MANAGER.id, "password": password_of(MANAGER.id)}
    answer = browser.post("/desk/sign-in", sent)
    assert answer.status_code == 403
    assert "desk" not in browser.cookies
    again = hidden_of(answer) | {"who": MANAGER.id, "password": password_of(MANAGER.id)}
    assert browser.post("/desk/sign-in", again).status_code == 303


@pytest.mark.usefixtures("desk")
def test_a_session_that_was_planted_is_not_the_one_that_begins(browser):
    """A token that stood in the browser before the sign-in is worth nothing after it."""
    planted = "f" * 64
    browser.cookies["desk"] = planted
    signs_in(browser)
    assert browser.cookies["desk"] != planted
    assert Browser({"desk": planted}).get("/desk").status_code == 303
    before = browser.cookies["desk"]
    signs_in(browser, path="/desk/forgot")
    assert browser.cookies["desk"] != before


def test_what_was_typed_is_there_again_after_signing_in(desk):
    """Signed out meanwhile, they sign in and see their form filled in; nothing was done."""
    browser = desk.as_(MANAGER.id)
    desk.cloud.container.authentication.end_all(MANAGER.id)
    typed = {"language": "zh", "deputy": SUPERVISOR.id, "absent_from": "2026-11-23", "version": "1"}
    page = browser.post("/desk/account", typed)
    assert page.status_code == 401
    assert "You were signed out" in text_of(
        browser.post("/desk/account", typed, accept_language="en")
    )
    given = {"who": MANAGER.id, "password": password_of(MANAGER.id)}
    again = browser.post("/desk/sign-in", hidden_of(page) | given)
    assert again.status_code == 200
    body = again.body.decode()
    assert f'<option value="{SUPERVISOR.id}" selected>' in body
    assert re.search(r'id="absent_from"[^>]* value="2026-11-23"', body)
    assert desk.cloud.container.staff.directory().person(MANAGER.id) == MANAGER
    sent = browser.post("/desk/account", typed | {"csrf": hidden_of(again)["csrf"]})
    assert sent.status_code == 303
    assert desk.cloud.container.staff.directory().person(MANAGER.id).absent


def test_what_was_typed_survives_a_mistyped_password_and_the_code(desk, secret):
    """It is carried through each step of the sign-in."""
    browser = desk.as_(SUPERVISOR.id)
    desk.cloud.container.authentication.end_all(SUPERVISOR.id)
    typed = {"language": "en", "deputy": SUPERVISOR.id, "version": "1"}
    page = browser.post("/desk/account", typed)
    for password in ("made up", "", password_of(MANAGER.id)):
        given = {"who": MANAGER.id, "password": password}
        page = browser.post("/desk/sign-in", hidden_of(page) | given)
    page = browser.post("/desk/sign-in/code", hidden_of(page) | {"code": code_of(secret)})
    assert f'<option value="{SUPERVISOR.id}" selected>' in page.body.decode()


def test_no_password_and_no_sign_stands_in_a_page(desk):
    """What is shown again holds neither."""
    browser = desk.as_(MANAGER.id)
    desk.cloud.container.authentication.end_all(MANAGER.id)
    sent = {"step": "begin", "password": "my own password"}
    page = browser.post("/desk/account/second-factor", sent).body.decode()
    assert "my own password" not in page
    assert browser.csrf not in page
    wrong = signs_in(Browser(), MANAGER.id, "my wrong password").body.decode()
    assert "my wrong password" not in wrong


@pytest.mark.parametrize(
    ("path", "asked", "says"),
    [
        ("/desk/sign-in", "zh-CN", "登录投诉受理台"),
        ("/desk/sign-in", "en", "Sign in to the Complaint Desk"),
        ("/desk/sign-in?lang=en", "zh-CN", "Sign in to the Complaint Desk"),
        ("/desk/sign-in?lang=zh", "en", "登录投诉受理台"),
        ("/desk/sign-in?lang=xx", "en", "Sign in to the Complaint Desk"),
        ("/desk/forgot?lang=en", "zh-CN", "Choose a new password"),
    ],
)
def test_the_sign_in_speaks_the_language_chosen(browser, path, asked, says):
    """The browser's, unless the reader switched; the switch keeps where they were going."""
    page = browser.get(path, accept_language=asked)
    assert says in text_of(page)
    other = browser.get("/desk/sign-in?next=%2Fdesk%2Flog", accept_language=asked).body.decode()
    assert re.search(r'href="/desk/sign-in\?next=%2Fdesk%2Flog&amp;lang=(zh|en)"', other)


@pytest.mark.usefixtures("desk")
def test_a_switched_language_stays_through_a_refusal(browser):
    """The page that comes back speaks it too."""
    page = browser.get("/desk/sign-in?lang=en", accept_language="zh-CN")
    sent = hidden_of(page) | {"who": "", "password": ""}
    answer = browser.post("/desk/sign-in", sent, accept_language="zh-CN")
    assert "Fill in your password." in text_of(answer)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/desk/sign-in", {"who": "username", "password": "current-password"}),
        ("/desk/forgot", {"who": "username"}),
    ],
)
def test_a_password_safe_knows_each_field(browser, path, names):
    """The fields say what they are for."""
    body = browser.get(path).body.decode()
    for name, purpose in names.items():
        assert re.search(rf'name="{name}"[^>]* autocomplete="{purpose}"', body)


@pytest.mark.usefixtures("desk")
def test_a_fault_is_linked_to_its_field(browser):
    """The summary leads to the field, which says what to mend, and keeps the name."""
    sent = hidden_of(browser.get("/desk/sign-in?lang=en")) | {"who": "somebody", "password": ""}
    body = browser.post("/desk/sign-in", sent).body.decode()
    assert '<a href="#password">Fill in your password.</a>' in body
    assert 'aria-describedby="password-error" aria-invalid="true"' in body
    assert 'value="somebody"' in body
    assert "<title>Error: " in body


@pytest.mark.parametrize(
    "path",
    [
        "/desk/sign-in/code",
        "/desk/sign-in/new-password",
        "/desk/sign-in/second-factor",
        "/desk/reset",
    ],
)
def test_a_step_is_no_address_to_look_at(browser, path):
    """Its page comes from the step before it."""
    assert browser.get(path).status_code == 405


@pytest.fixture
def strict(desk):
    """A stage that lets managers in with an authenticator alone."""
    parts = vars(desk.cloud.container)
    kept = {name: getattr(desk.cloud.container, name) for name in ("sign_in", "second_factor")}
    parts["sign_in"] = replace(kept["sign_in"], requires_factor=True)
    parts["second_factor"] = replace(kept["second_factor"], is_required=True)
    yield desk
    parts.update(kept)


def test_a_manager_sets_up_an_authenticator_before_anything_is_shown(strict, browser):
    """The page has the key; no session begins before a code of it is right, then all goes on."""
    page = signs_in(browser, path="/desk/sign-in?next=%2Fdesk%2Flog&lang=en")
    assert page.status_code == 200
    text = text_of(page)
    assert "Your post lets you see what residents have confided" in text
    secret = hidden_of(page)["challenge"]
    assert browser.get("/desk").status_code == 303
    path, password = "/desk/sign-in/second-factor", password_of(MANAGER.id)
    wrong = browser.post(path, hidden_of(page) | {"code": "000000", "password": password})
    assert wrong.status_code == 422
    assert hidden_of(wrong)["challenge"] == secret
    given = {"code": code_of(secret), "password": password}
    signed_in = browser.post(path, hidden_of(wrong) | given)
    assert (signed_in.status_code, signed_in.headers["Location"]) == (303, "/desk/log")
    assert "Zhao Guoqiang" in text_of(browser.get("/desk"))
    account_page = browser.get("/desk/account").body.decode()
    assert "cannot be switched off" in account_page
    assert "Stop using the authenticator" not in account_page
    assert strict.cloud.container.identity.asks_code(MANAGER.id)


def test_a_key_that_was_not_given_out_is_not_taken(strict, browser):
    """Nobody has a manager set up a key of theirs."""
    page = signs_in(browser, path="/desk/sign-in?lang=en")
    forged = hidden_of(page) | {"challenge": "MADEUP", "code": "123456", "password": "x"}
    answer = browser.post("/desk/sign-in/second-factor", forged)
    assert answer.status_code == 422
    assert "This step took too long" in text_of(answer)
    assert not strict.cloud.container.identity.asks_code(MANAGER.id)
