"""Sessions over HTTP: stolen, expired, ended, planted, or used by another site's form."""

import logging
import re

import pytest

import app
from chalicelib.application.sessions import digest_of
from support.desk_web import BROWSER, Browser, Desk, hidden_of
from support.people import LEADER, MANAGER, SUPERVISOR
from support.values import replace
from support.web import HTTP

ACCOUNT = {"language": "en", "deputy": "", "absent_from": "2026-11-23", "version": "1"}


@pytest.fixture
def desk(cloud):
    return Desk(cloud)


@pytest.fixture
def browser(desk):
    """The manager's browser, signed in."""
    return desk.as_(MANAGER.id)


def is_in(browser):
    """Whether the desk is open to this browser."""
    return browser.get("/desk/account").status_code == 200


def absent(desk):
    """Whether the manager is absent, as a form of theirs would make them."""
    return desk.cloud.container.staff.directory().person(MANAGER.id).absent


def copied(browser, agent=BROWSER):
    """A thief's browser with the same cookie."""
    return Browser(dict(browser.cookies), agent)


def test_a_copy_is_worth_nothing_after_the_sign_out(browser):
    """The session ends in the table and not in the browser alone."""
    thief = copied(browser)
    assert is_in(thief)
    answer = browser.post("/desk/sign-out", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/sign-in")
    assert "desk" not in browser.cookies
    assert not is_in(thief)


def test_a_copy_is_worth_nothing_after_the_sign_out_everywhere(desk, browser):
    """All of the person's sessions end, wherever they are; nobody else's."""
    thief, phone = copied(browser), desk.sign_in(MANAGER.id, agent="a phone")
    other = desk.as_(SUPERVISOR.id)
    phone.post("/desk/sign-out/everywhere", {})
    assert [is_in(one) for one in (thief, browser, phone, other)] == [False, False, False, True]


def test_a_copy_in_another_browser_is_refused_and_ends_the_session(browser):
    """The owner signs in again; the thief never was in."""
    thief = copied(browser, agent="another browser")
    assert not is_in(thief)
    assert not is_in(browser)


def test_what_stands_in_the_table_signs_nobody_in(desk, browser):
    """The table has digests; one of them is no token, and the token is nowhere."""
    token = browser.cookies["desk"]
    found = desk.cloud.all_items()
    assert digest_of(token) in str(found)
    assert token not in str(found)
    assert browser.csrf not in str(found)
    assert not is_in(Browser({"desk": digest_of(token)}))


def test_an_idle_session_ends(desk, browser):
    """An hour without a request."""
    desk.cloud.advance(minutes=59)
    assert is_in(browser)
    desk.cloud.advance(minutes=59)
    assert is_in(browser)
    desk.cloud.advance(minutes=61)
    assert not is_in(browser)


def test_a_busy_session_ends_too(desk, browser):
    """Twelve hours after the sign-in, however busy."""
    for _ in range(15):
        desk.cloud.advance(minutes=45)
        assert is_in(browser)
    desk.cloud.advance(minutes=46)
    assert not is_in(browser)


def test_a_disabled_persons_next_request_fails(desk, browser):
    """Page and form alike, from the moment of it; being enabled again does not bring it back."""
    assert is_in(browser)
    desk.cloud.container.staffing.disable(LEADER, MANAGER.id)
    assert not is_in(browser)
    assert browser.post("/desk/account", ACCOUNT).status_code == 401
    assert not absent(desk)
    desk.cloud.container.staffing.enable(LEADER, MANAGER.id)
    assert not is_in(browser)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8001"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "same-origin", "origin": "https://evil.example"},
    ],
)
def test_a_form_from_another_site_does_nothing(desk, browser, headers):
    """Even with the right cookie and sign; and nothing of what it says is shown."""
    answer = browser.post("/desk/account", {**ACCOUNT, "text": "planted"}, **headers)
    assert answer.status_code == 403
    assert "planted" not in answer.body.decode()
    assert not absent(desk)


def test_another_sites_form_is_not_kept_for_after_the_sign_in(browser):
    """SameSite keeps the cookie back, so the form comes as nobody's: it is refused unread."""
    nobody = Browser()
    answer = nobody.post("/desk/account", {"text": "planted"}, origin="https://evil.example")
    assert answer.status_code == 403
    assert "planted" not in answer.body.decode()
    assert is_in(browser)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8000"},
        {"sec_fetch_site": "same-origin", "origin": "http://localhost:8000"},
        {"sec_fetch_site": "none"},
    ],
)
def test_a_form_of_ours_is_taken(desk, browser, headers):
    """Whatever the browser says of where it is from, as long as it is here."""
    assert browser.post("/desk/account", ACCOUNT, **headers).status_code == 303
    assert absent(desk)


@pytest.mark.parametrize("kind", ["none", "made up", "another session's", "another person's"])
def test_a_form_without_the_sessions_sign_does_nothing(desk, browser, kind):
    """It is shown again, to be looked at and sent by the person; what was typed is there."""
    signs = {
        "none": lambda: "",
        "made up": lambda: "0" * 64,
        "another session's": lambda: desk.sign_in(MANAGER.id).csrf,
        "another person's": lambda: desk.as_(SUPERVISOR.id).csrf,
    }
    sent = {**ACCOUNT, "deputy": SUPERVISOR.id, "csrf": signs[kind]()}
    answer = Browser.post(browser, "/desk/account", sent)
    assert answer.status_code == 403
    assert not absent(desk)
    again = browser.post("/desk/account", hidden_of(answer))
    assert again.status_code == 200
    assert f'<option value="{SUPERVISOR.id}" selected>' in again.body.decode()
    assert not absent(desk)


def test_no_look_changes_anything(desk, browser):
    """Every address of the desk that can be looked at leaves the staff as they were."""
    before = desk.cloud.container.staff.snapshot()
    for path, methods in app.app.routes.items():
        if path.startswith("/desk") and "GET" in methods:
            browser.get(re.sub(r"{\w+}", "chen-jing", path) + "?csrf=" + browser.csrf)
    assert desk.cloud.container.staff.snapshot() == before
    for path in ("/desk/sign-out", "/desk/sign-out/everywhere", "/desk/staff/chen-jing/disable"):
        assert browser.get(path).status_code == 405


def test_every_address_of_the_desk_is_guarded(desk):
    """Nobody's look is sent to sign in, nobody's form is asked to; the door alone is open."""
    desk.as_(MANAGER.id)
    door = {"/desk/sign-in", "/desk/forgot", "/desk/reset"}
    door |= {f"/desk/sign-in/{step}" for step in ("code", "new-password", "second-factor")}
    guarded = {path for path in app.app.routes if path.startswith("/desk")} - door
    assert len(guarded) > 8
    for path in guarded:
        plain = re.sub(r"{\w+}", "made-up", path)
        for method in app.app.routes[path]:
            answer = Browser().get(plain) if method == "GET" else Browser().post(plain, {"a": "b"})
            assert answer.status_code == (303 if method == "GET" else 401), (method, path)


def test_what_was_kept_is_shown_and_never_done(desk):
    """Whatever form it was: after the sign-in it changes nothing by itself."""
    desk.enrol(LEADER.id)
    browser = desk.as_(LEADER.id)
    before = desk.cloud.items()
    staff = desk.cloud.container.staff.directory()
    posts = [path for path, methods in app.app.routes.items() if "POST" in methods]
    for path in posts:
        if path.startswith("/desk/") and not path.startswith(("/desk/sign-in", "/desk/forgot")):
            plain = re.sub(r"{staff_id}", SUPERVISOR.id, path).replace("{step}", "disable")
            plain = re.sub(r"{\w+}", "made-up", plain)
            again = browser.post(plain, {**ACCOUNT, "again": "yes", "do": "save"})
            assert again.status_code < 500, path
    assert is_in(browser)
    assert desk.cloud.container.staff.directory() == staff
    assert desk.cloud.items() == before


@pytest.mark.parametrize("site_url", ["http://localhost:8000", "https://desk.example"])
def test_a_cookie_is_for_this_host_and_its_pages_alone(site_url):
    """No script reads it, no other site sends it; over HTTPS no other host sets it."""
    from chalicelib.entrypoints.http import cookies  # noqa: PLC0415 - stands beside what it is about

    header = cookies.written(cookies.SIGNED_IN, "token", site_url)
    name, *attributes = header.split("; ")
    secure = site_url.startswith("https")
    assert name == ("__Host-desk=token" if secure else "desk=token")
    assert set(attributes) == {
        "Path=/",
        "HttpOnly",
        "SameSite=Lax",
        *(["Secure"] if secure else []),
    }
    assert "Max-Age=0" in cookies.written(cookies.SIGNED_IN, "", site_url)


def test_the_cookies_that_are_set_are_these(desk, browser):
    """The sign-in sets the session's and forgets the one before it."""
    desk.enrol(SUPERVISOR.id)
    fresh = Browser()
    sent = hidden_of(fresh.get("/desk/sign-in"))
    sent |= {"who": SUPERVISOR.id, "password": f"long enough for {SUPERVISOR.id}"}
    answer = fresh.post("/desk/sign-in", sent)
    assert len(answer.headers["Set-Cookie"]) == 2
    for header in answer.headers["Set-Cookie"]:
        assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(header.split("; "))
    assert set(fresh.cookies) == {"desk"}
    assert browser.get("/desk/account").headers.get("Set-Cookie") is None


def test_no_session_stands_in_an_address_or_in_the_log(desk, caplog):
    """Neither the token nor the password, wherever it goes."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("botocore").setLevel(logging.INFO)
    browser = desk.as_(MANAGER.id)
    page = browser.get("/desk/account")
    wrong = browser.post("/desk/account/second-factor", {"step": "begin", "password": "made up"})
    for secret in (browser.cookies["desk"], f"long enough for {MANAGER.id}"):
        assert secret not in page.body.decode()
        assert secret not in wrong.body.decode()
        assert secret not in caplog.text
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page.body.decode())
    assert not [one for one in addresses if browser.csrf in one]


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/account", "/desk/sign-in", "/desk/nowhere/at/all"]
)
def test_nothing_of_the_desk_is_kept_by_a_cache(browser, path):
    """Signed in or not, found or not: the back button after signing out shows nothing."""
    for one in (browser, Browser()):
        answer = one.get(path)
        if answer.status_code in (200, 303):
            assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_of_the_desk_runs_its_own_script_alone(browser):
    """Script and style are named by their hash; nothing else is let in, and no frame."""
    policy = browser.get("/desk/account").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[^']+';", policy)
    assert policy.endswith("frame-ancestors 'none'")
    assert "unsafe" not in policy


def test_a_body_that_is_no_form_is_refused(browser):
    """A program's JSON is not a form of ours, whatever cookie comes with it."""
    cookie = f"desk={browser.cookies['desk']}"
    headers = {"content-type": "application/json", "cookie": cookie, "user-agent": BROWSER}
    answer = HTTP.post("/desk/account", headers=headers, body=b"{}")
    assert answer.status_code == 415


def test_when_the_table_does_not_answer_what_was_typed_is_kept(desk, browser):
    """The page says that it is not known whether it was saved, and leads back to the form."""
    container = desk.cloud.container
    staffing = container.staffing
    container.__dict__["staffing"] = replace(staffing, staff=_Stopped(container.staff))
    try:
        answer = browser.post("/desk/account", {**ACCOUNT, "deputy": SUPERVISOR.id})
    finally:
        container.__dict__["staffing"] = staffing
    assert answer.status_code == 503
    again = browser.post("/desk/account", hidden_of(answer))
    assert f'<option value="{SUPERVISOR.id}" selected>' in again.body.decode()


class _Stopped:
    """A book that can be read, and no longer be written."""

    def __init__(self, book):
        self.directory, self.snapshot = book.directory, book.snapshot

    def put(self, staff, version=None, record=None):
        from botocore.exceptions import EndpointConnectionError  # noqa: PLC0415 - only here

        raise EndpointConnectionError(endpoint_url=f"{staff.id} {version} {record}")
