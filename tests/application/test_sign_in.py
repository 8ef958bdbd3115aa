"""Signing in: whose account is meant, and what is told to whom."""

from dataclasses import dataclass, field

import pytest

from chalicelib.application.authentication import Authentication
from chalicelib.application.ports.identity import (
    CodeNeeded,
    IdentityRefusedError,
    NewPasswordNeeded,
)
from chalicelib.application.second_factor import SecondFactor
from chalicelib.application.sign_in import Begun, FactorNeeded, SignIn, account_name
from fakes.clock import FakeClock
from fakes.identity import CODE, FakeIdentity
from fakes.staff import FakeStaff
from support.examples import at
from support.office import KEYS
from support.people import DIRECTORY, MANAGER, STAFF
from support.values import replace

AGENT = "a browser"
PASSWORD = "correct horse battery"
NEW = "another long password"


@dataclass
class House:
    """Staff, accounts and sign-in over fakes; the manager has already chosen a password."""

    identity: FakeIdentity = field(default_factory=FakeIdentity)
    staff: FakeStaff = field(default_factory=FakeStaff)

    def __post_init__(self):
        for person in STAFF:
            self.staff.put(person)
            self.identity.create(person.id, person.email)
        account = self.identity.accounts[MANAGER.id]
        account.password, account.is_temporary = PASSWORD, False
        self.clock = FakeClock(at("Monday 2026-11-23 09:00"))
        clock, log = self.clock, self.staff.log
        self.authentication = Authentication(self.staff, KEYS, clock)
        self.sign_in = SignIn(self.identity, self.staff, self.authentication, log, clock)
        self.factor = SecondFactor(self.identity, log, clock)


@pytest.fixture
def house():
    return House()


def refused(code):
    return pytest.raises(IdentityRefusedError, match=f"^{code}$")


@pytest.mark.parametrize(
    "typed",
    [
        "zhao-guoqiang",
        " Zhao-Guoqiang ",
        "zhao.guoqiang@anhe.example",
        "ZHAO.GUOQIANG@anhe.example",
        "ｚｈａｏ－ｇｕｏｑｉａｎｇ",
    ],
)
def test_an_id_or_an_address_means_an_account(typed):
    """However it is typed: capitals, blanks, full width."""
    assert account_name(typed, DIRECTORY) == MANAGER.id


def test_what_nobody_has_stays_what_was_typed():
    """It is tried like any other name, so that the answer comes in the same way."""
    assert account_name("Nobody@anhe.example", DIRECTORY) == "nobody@anhe.example"


def test_a_right_password_begins_a_session(house):
    """The token that comes back is the manager's."""
    begun = house.sign_in.start(MANAGER.email, PASSWORD, AGENT)
    assert begun.staff_id == MANAGER.id
    assert house.authentication.principal(begun.token, AGENT).staff == MANAGER


@pytest.mark.parametrize(
    "changed", [replace(MANAGER, disabled=True), None], ids=["disabled", "not in the directory"]
)
def test_an_account_alone_lets_nobody_in(house, changed):
    """Whoever the directory does not have, or has disabled, is told of a wrong password."""
    if changed:
        house.staff.put(changed)
    else:
        del house.staff.staff[MANAGER.id]
    with refused("wrong_password"):
        house.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    assert house.staff.snapshot().sessions.get(MANAGER.id, {}) == {}


def test_the_first_password_is_replaced_before_anybody_is_in(house):
    """The invitation's password opens one page only."""
    account = house.identity.accounts["chen-jing"]
    step = house.sign_in.start("chen-jing", account.password, AGENT)
    assert isinstance(step, NewPasswordNeeded)
    assert house.staff.snapshot().sessions["chen-jing"] == {}
    begun = house.sign_in.set_new_password(step.name, step.challenge, PASSWORD, AGENT)
    assert begun.staff_id == "chen-jing"


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "１２３４５６"])
def test_a_code_is_taken_as_it_was_meant(house, typed):
    """BlankIfMissing and full width do not make it another."""
    house.identity.accounts[MANAGER.id].asks_code = True
    step = house.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    assert isinstance(step, CodeNeeded)
    assert isinstance(house.sign_in.answer_code(step.name, step.challenge, typed, AGENT), Begun)


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "", "²²²²²²a"])
def test_what_is_no_code_is_a_wrong_one(house, typed):
    """It is not even tried."""
    with refused("wrong_code"):
        house.sign_in.answer_code(MANAGER.id, "any", typed, AGENT)


def test_a_reset_signs_the_person_out_everywhere(house):
    """Whoever knew the old password is out."""
    begun = house.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    house.sign_in.send_code(MANAGER.email)
    assert house.identity.sent[-1] == MANAGER.email
    house.sign_in.reset(MANAGER.email, CODE, "another long password")
    assert house.authentication.principal(begun.token, AGENT) is None


def test_a_wrong_code_resets_nothing(house):
    """And signs nobody out."""
    begun = house.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    with refused("wrong_code"):
        house.sign_in.reset(MANAGER.id, "000000", "another long password")
    assert house.authentication.principal(begun.token, AGENT)


def test_an_authenticator_takes_the_password_at_each_step(house):
    """Somebody at an unattended desk can neither enrol nor leave one."""
    for step in (
        lambda: house.factor.begin(MANAGER.id, "wrong"),
        lambda: house.factor.confirm(MANAGER.id, "wrong", CODE),
        lambda: house.factor.leave(MANAGER, "wrong", CODE),
    ):
        with refused("wrong_password"):
            step()
    assert house.factor.begin(MANAGER.id, PASSWORD).startswith("SECRET")
    house.factor.confirm(MANAGER.id, PASSWORD, CODE)
    assert house.factor.is_on(MANAGER.id)


def test_leaving_an_authenticator_takes_a_code(house):
    """The password alone does not take it off; nor is it replaced without being left first."""
    house.factor.confirm(MANAGER.id, PASSWORD, CODE)
    with refused("wrong_code"):
        house.factor.leave(MANAGER, PASSWORD, "000000")
    with refused("start_over"):
        house.factor.begin(MANAGER.id, PASSWORD)
    assert house.factor.is_on(MANAGER.id)
    house.factor.leave(MANAGER, PASSWORD, CODE)
    assert not house.factor.is_on(MANAGER.id)


@pytest.fixture
def strict():
    """A house where managers and leadership need a second factor."""
    made = House()
    made.sign_in = replace(made.sign_in, requires_factor=True)
    made.factor = replace(made.factor, is_required=True)
    return made


def test_a_managers_password_alone_begins_no_session(strict):
    """It leads to the authenticator, and to nothing else."""
    needed = strict.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    assert needed == FactorNeeded(MANAGER.id, f"SECRET OF access of {MANAGER.id}")
    assert not strict.staff.snapshot().sessions.get(MANAGER.id)


def test_an_authenticator_that_shows_a_right_code_begins_one(strict):
    """It takes the password again, and counts at every later sign-in."""
    with refused("wrong_code"):
        strict.sign_in.take_factor(MANAGER.id, PASSWORD, "000000", AGENT)
    with refused("wrong_password"):
        strict.sign_in.take_factor(MANAGER.id, "wrong", CODE, AGENT)
    assert strict.sign_in.take_factor(MANAGER.id, PASSWORD, CODE, AGENT).staff_id == MANAGER.id
    asked = strict.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    assert isinstance(asked, CodeNeeded)
    begun = strict.sign_in.answer_code(MANAGER.id, asked.challenge, CODE, AGENT)
    assert begun.staff_id == MANAGER.id


def test_a_second_enrolment_is_asked_for_the_code_of_the_first(strict):
    """Who has an authenticator by now cannot replace it with a password."""
    strict.sign_in.take_factor(MANAGER.id, PASSWORD, CODE, AGENT)
    again = strict.sign_in.take_factor(MANAGER.id, PASSWORD, CODE, AGENT)
    assert isinstance(again, CodeNeeded)


def test_a_manager_cannot_leave_it_off(strict):
    """Not even with the right code; one who lost the phone has it taken off by somebody else."""
    strict.sign_in.take_factor(MANAGER.id, PASSWORD, CODE, AGENT)
    with refused("factor_stays"):
        strict.factor.leave(MANAGER, PASSWORD, CODE)
    assert strict.factor.is_on(MANAGER.id)


@pytest.mark.parametrize("person", STAFF, ids=lambda one: one.id)
def test_managers_and_leadership_need_one_and_nobody_else(strict, person):
    """By their posts, whatever else they hold."""
    posts = {"property_manager", "company_leadership"}
    assert strict.factor.is_needed(person) == bool(posts & set(person.roles))
    assert not House().factor.is_needed(person)
    account = strict.identity.accounts[person.id]
    account.password, account.is_temporary = PASSWORD, False
    outcome = strict.sign_in.start(person.id, PASSWORD, AGENT)
    assert isinstance(outcome, FactorNeeded) == strict.factor.is_needed(person)


def test_a_first_password_of_ones_own_is_not_enough_either(strict):
    """The invitation leads a manager to password and authenticator in one go."""
    strict.identity.accounts[MANAGER.id].is_temporary = True
    first = strict.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    outcome = strict.sign_in.set_new_password(MANAGER.id, first.challenge, NEW, AGENT)
    assert isinstance(outcome, FactorNeeded)


def on_record(house):
    """What is on record, in its order: kind, whose and how often."""
    return [(one.kind.value, one.staff, one.times) for one in house.staff.log.records]


def test_sign_ins_and_failures_are_on_record(house):
    """Who signed in and when; wrong passwords are counted, a name of nobody's by no name."""
    for who in (MANAGER.id, MANAGER.id, "nobody-here"):
        with refused("wrong_password"):
            house.sign_in.start(who, "wrong", AGENT)
    house.sign_in.start(MANAGER.id, PASSWORD, AGENT)
    assert on_record(house) == [
        ("sign_in_failed", MANAGER.id, 2),
        ("sign_in_failed", "?", 1),
        ("signed_in", MANAGER.id, 1),
    ]
    assert house.staff.log.records[-1].at == house.clock.now()


def test_a_reset_is_on_record(house):
    """That a code was asked for, that one was wrong, and that another password holds."""
    house.sign_in.send_code(MANAGER.id)
    with refused("wrong_code"):
        house.sign_in.reset(MANAGER.id, "000000", NEW)
    house.sign_in.reset(MANAGER.id, CODE, NEW)
    kinds = ["reset_asked", "reset_failed", "password_set"]
    assert [one for one, _, _ in on_record(house)] == kinds


def test_an_authenticator_is_on_record(house):
    """When it is used from now on, and when no more."""
    house.factor.confirm(MANAGER.id, PASSWORD, CODE)
    house.factor.leave(MANAGER, PASSWORD, CODE)
    assert [one for one, _, _ in on_record(house)] == ["factor_begun", "factor_left"]
