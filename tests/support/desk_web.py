"""The desk as somebody of the staff uses it: signed in through the real pages, cookie and all.

``Desk(cloud).as_("chen-jing").get("/desk")``; a form gets its sign by itself.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from support.clouds import client
from support.cognito import enrol, open_pool, password_of
from support.web import FORM, HTTP, get

BROWSER = "Mozilla/5.0 (made up)"


@dataclass
class Browser:
    """A browser: its cookies and how it calls itself."""

    cookies: dict = field(default_factory=dict)
    agent: str = BROWSER

    def get(self, path, **headers):
        """Look at a page."""
        return self._kept(get(path, **self._headers(headers)))

    def post(self, path, fields, **headers):
        """Send a form just as it is."""
        named = {name.replace("_", "-"): one for name, one in self._headers(headers).items()}
        body = urlencode(fields).encode()
        return self._kept(HTTP.post(path, headers={"content-type": FORM, **named}, body=body))

    def follow(self, answer):
        """Go where an answer leads."""
        assert answer.status_code == 303, answer.body.decode()
        return self.get(answer.headers["Location"])

    def _headers(self, headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"user_agent": self.agent, **({"cookie": cookie} if cookie else {}), **headers}

    def _kept(self, answer):
        for header in answer.headers.get("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer


@dataclass
class StaffBrowser(Browser):
    """A browser in which somebody is signed in."""

    csrf: str = ""

    def post(self, path, fields, **headers):
        """Send a form of this session."""
        return super().post(path, {"csrf": self.csrf, **fields}, **headers)


class Desk:
    """The desk of a cloud; its accounts are opened when the first one is needed."""

    def __init__(self, cloud):
        self.cloud = cloud
        self._browsers = {}
        self._enrolled = set()

    def as_(self, staff_id):
        """A browser in which this member of staff is signed in; the same one each time."""
        if staff_id not in self._browsers:
            self._browsers[staff_id] = self.sign_in(staff_id)
        return self._browsers[staff_id]

    def sign_in(self, staff_id, agent=BROWSER):
        """Sign the person in through the pages, in a browser of its own."""
        self.enrol(staff_id)
        browser = Browser(agent=agent)
        page = browser.get("/desk/sign-in")
        sent = hidden_of(page) | {"who": staff_id, "password": password_of(staff_id)}
        answer = browser.post("/desk/sign-in", sent)
        assert answer.status_code == 303, answer.body.decode()
        visits = self.cloud.container.authentication
        csrf = visits.keys.form_sign(browser.cookies["desk"])
        return StaffBrowser(browser.cookies, agent, csrf)

    def enrol(self, staff_id):
        """Open the person's account, if that was not done before."""
        container = self.cloud.container
        if not self._enrolled:
            open_pool(container, client("cognito-idp"))
        if staff_id not in self._enrolled:
            person = container.staff.directory().person(staff_id)
            enrol(container, client("cognito-idp"), person)
            self._enrolled.add(staff_id)


def hidden_of(answer, form=0):
    """The hidden fields of a page's form; the first form that is not signing out, unless told."""
    found = [
        one
        for one in re.findall(r"<form[^>]*>.*?</form>", answer.body.decode(), re.DOTALL)
        if 'action="/desk/sign-out"' not in one
    ]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found[form])
    return {unescape(name): unescape(value) for name, value in pairs}
