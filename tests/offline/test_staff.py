"""The staff offline: accounts that can be used, mail that arrives, and `desk staff`."""

import json
import re
import stat
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie

import pytest

from offline.running import until
from support.cognito import code_of

ROLES = (
    "receptionist",
    "customer service supervisor",
    "department head",
    "property manager",
    "company leadership",
)
NEW = "correct horse battery"
LI_SI = ("--name-zh", "李四", "--name-en", "Li Si", "--role", "receptionist")


@dataclass
class Person:
    """Somebody with a browser at the running cloud."""

    cloud: object
    cookies: dict = field(default_factory=dict)

    def get(self, path):
        """Look at a page, in English."""
        return self._kept(self.cloud.get(path, accept_language="en", **self._cookie()))

    def post(self, path, form):
        """Send a form."""
        return self._kept(self.cloud.post(path, form, **self._cookie()))

    def sign_in(self, who, password):
        """Fill in the sign-in page and send it."""
        sent = hidden(self.get("/desk/sign-in?lang=en"))
        return self.post("/desk/sign-in", sent | {"who": who, "password": password})

    def _cookie(self):
        pairs = [f"{name}={value}" for name, value in self.cookies.items()]
        return {"cookie": "; ".join(pairs), "user_agent": "made up"}

    def _kept(self, answer):
        for header in answer.cookies:
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer


def hidden(answer):
    """The hidden fields of a page's form, signing out aside."""
    body = re.sub(r'<form[^>]*action="/desk/sign-out".*?</form>', "", answer.body, flags=re.DOTALL)
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', body)
    return {unescape(name): unescape(value) for name, value in pairs}


@pytest.fixture
def person(running):
    return Person(running)


@pytest.fixture(scope="module")
def accounts(one_cloud):
    """The accounts that the cloud has left for scripts."""
    return json.loads((one_cloud.local / "accounts.json").read_text("utf-8"))


def mail_to(running, address, count=1):
    """The last of this many letters to an address."""
    found = []

    def has_come():
        found[:] = [one for one in running.letters() if one["to"] == address]
        return len(found) >= count

    until(has_come)
    return found[-1]


def test_the_start_prints_an_account_for_each_role(running, accounts):
    """An address and a password, each of which opens the desk."""
    for role in ROLES:
        printed = re.search(rf"{role}\n\s+(\S+@\S+)\s+(\S+)\n", running.said)
        assert printed, role
        found = {one["email"]: one["password"] for one in accounts.values()}
        assert found[printed[1]] == printed[2]
        person = Person(running)
        assert person.sign_in(printed[1], printed[2]).status == 303
        assert person.get("/desk").status == 200


def test_everybody_has_a_password_which_only_its_owner_can_read(running, accounts):
    """All different, twelve characters and more; in a file that is this user's alone."""
    passwords = [one["password"] for one in accounts.values()]
    assert len(set(passwords)) == len(passwords) == len({one["email"] for one in accounts.values()})
    assert min(map(len, passwords)) >= 12
    mode = (running.local / "accounts.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_an_invitation_arrives_and_its_password_opens_one_page(running, person):
    """It says the name and the password, and where; then the person chooses their own."""
    done = running.desk("staff", "add", "li-si", *LI_SI, "--email", "li.si@anhe.example")
    assert (done.returncode, done.stderr) == (0, "")
    letter = mail_to(running, "li.si@anhe.example")
    assert f"{running.address}/desk" in letter["text"]
    assert "User name: li-si" in letter["text"]
    temporary = re.search(r"Temporary password: (\S+)", letter["text"])[1]
    page = person.sign_in("li-si", temporary)
    sent = hidden(page) | {"password_new": NEW, "password_again": NEW}
    assert person.post("/desk/sign-in/new-password", sent).status == 303
    assert "Li Si" in person.get("/desk").body or "李四" in person.get("/desk").body


def test_a_code_arrives_and_no_other_is_taken(running, person):
    """What Cognito would refuse is refused here: another code, and a short password."""
    address = "wang.wu@anhe.example"
    running.desk("staff", "add", "wang-wu", *LI_SI, "--email", address)
    temporary = re.search(r"Temporary password: (\S+)", mail_to(running, address)["text"])[1]
    page = person.sign_in("wang-wu", temporary)
    sent = hidden(page) | {"password_new": NEW, "password_again": NEW}
    person.post("/desk/sign-in/new-password", sent)
    page = person.post("/desk/forgot", hidden(person.get("/desk/forgot")) | {"who": address})
    code = re.search(r"your code is (\d{6})\.", mail_to(running, address, 2)["text"])[1]
    other = f"{(int(code) + 1) % 1_000_000:06}"
    for wrong, password in ((other, NEW + "!"), (code, "short")):
        sent = {"code": wrong, "password_new": password, "password_again": password}
        assert person.post("/desk/reset", hidden(page) | sent).status == 422
    sent = {"code": code, "password_new": NEW + "!", "password_again": NEW + "!"}
    assert person.post("/desk/reset", hidden(page) | sent).status == 303
    assert person.sign_in(address, NEW).status == 422
    assert person.sign_in(address, NEW + "!").status == 303


def test_a_second_invitation_brings_another_password(running, person, accounts):
    """The first is worth nothing then; nobody else's account is touched."""
    address = "zhao.liu@anhe.example"
    added = ("--community", "jade-lake", "--email", address)
    running.desk("staff", "add", "zhao-liu", *LI_SI, *added)
    first = re.search(r"Temporary password: (\S+)", mail_to(running, address)["text"])[1]
    manager = Person(running)
    manager.sign_in("jade-manager", accounts["jade-manager"]["password"])
    sent = hidden(manager.get("/desk/staff/zhao-liu"))
    assert manager.post("/desk/staff/zhao-liu/invite", sent).status == 303
    second = re.search(r"Temporary password: (\S+)", mail_to(running, address, 2)["text"])[1]
    assert person.sign_in("zhao-liu", first).status == 422
    assert person.sign_in("zhao-liu", second).status == 200
    sent = hidden(manager.get("/desk/staff/jade-supervisor"))
    assert manager.post("/desk/staff/jade-supervisor/invite", sent).status == 422


def test_a_wrong_code_of_an_authenticator_is_refused(running, accounts):
    """The offline cloud checks codes; they all come from one secret."""
    person, password = Person(running), accounts["head-finance"]["password"]
    person.sign_in("head-finance", password)
    path = "/desk/account/second-factor"
    sent = hidden(person.get(path)) | {"step": "begin", "password": password}
    page = person.post(path, sent)
    secret = hidden(page)["secret"]
    wrong = hidden(page) | {"password": password, "code": code_of(secret, at=0)}
    assert person.post(path, wrong).status == 422
    assert person.post(path, wrong | {"code": code_of(secret)}).status == 303
    step = Person(running)
    page = step.sign_in("head-finance", password)
    assert step.post("/desk/sign-in/code", hidden(page) | {"code": "000000"}).status == 422
    sent = hidden(page) | {"code": code_of(secret)}
    assert step.post("/desk/sign-in/code", sent).status == 303


def test_the_operator_takes_a_lost_authenticator_off(running, accounts):
    """Where nobody at the desk can; the password alone signs in again."""
    person, password = Person(running), accounts["head-security"]["password"]
    person.sign_in("head-security", password)
    path = "/desk/account/second-factor"
    page = person.post(path, hidden(person.get(path)) | {"step": "begin", "password": password})
    given = {"password": password, "code": code_of(hidden(page)["secret"])}
    assert person.post(path, hidden(page) | given).status == 303
    assert Person(running).sign_in("head-security", password).status == 200
    done = running.desk("staff", "forget-factor", "head-security", "--language", "en")
    assert done.stdout.startswith("The authenticator, if there was one, is taken off.")
    assert Person(running).sign_in("head-security", password).status == 303


def test_the_operator_lists_and_disables_and_enables(running, accounts):
    """Each in a sentence of the terminal's language; a disabled person's next request fails."""
    maple = Person(running)
    maple.sign_in("maple-reception", accounts["maple-reception"]["password"])
    assert maple.get("/desk").status == 200
    done = running.desk("staff", "disable", "maple-reception", "--language", "en")
    assert done.stdout == "The account is disabled.\n"
    assert maple.get("/desk").status == 303
    listed = running.desk("staff", "list", "--language", "en").stdout
    assert re.search(r"^maple-reception\tWu Li\t.*\tMaple Court\tDisabled$", listed, re.MULTILINE)
    done = running.desk("staff", "enable", "maple-reception", "--language", "zh")
    assert "账户已恢复" in done.stdout
    password = accounts["maple-reception"]["password"]
    assert maple.sign_in("maple-reception", password).status == 303


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("disable", "nobody"), "There is no such member of staff."),
        (("disable", "leader"), "This is the last of the company leadership"),
        (("add", "Bad Id", *LI_SI, "--email", "x@anhe.example"), "small letters"),
        (("add", "leader", *LI_SI, "--email", "x@anhe.example"), "somebody has this one"),
        (("add", "ok", *LI_SI, "--email", "nothing"), "does not look like an e-mail"),
    ],
)
def test_a_refusal_is_a_sentence(running, words, says):
    """It says what to mend, and nothing was changed."""
    refused = running.desk("staff", *words, "--language", "en")
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr
