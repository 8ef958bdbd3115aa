"""Signing in: the identity service knows the password, the directory who it is (and may).

Whoever may not sign in is told the same, in the same way, as somebody who mistyped.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chalicelib.application.authentication import Authentication
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.identity import (
    Answer,
    CodeNeeded,
    Identity,
    IdentityRefusedError,
    NewPasswordNeeded,
    SignedIn,
)
from chalicelib.application.ports.staff import StaffBook
from chalicelib.application.ports.staff_log import StaffLog
from chalicelib.domain.staff import Directory, Staff, needs_second_factor
from chalicelib.domain.staff_log import UNKNOWN, StaffEvent, StaffRecord


@dataclass(frozen=True)
class Begun:
    """Somebody is signed in; `token` is what their browser shows from now on."""

    staff_id: str
    token: str


@dataclass(frozen=True)
class FactorNeeded:
    """Their post wants a second factor and they have none; `secret` is for an authenticator."""

    staff_id: str
    secret: str = field(repr=False)


Outcome = Begun | NewPasswordNeeded | CodeNeeded | FactorNeeded


@dataclass(frozen=True)
class SignIn:
    """The steps of a sign-in. Each raises IdentityRefusedError.

    Where a second factor is required, no session begins for managers and leadership before they
    have one: a password that opens nothing but this step is not yet a sign-in. Who signed in is
    on record, and how often it failed; a name of nobody's costs the same, and is not kept.
    """

    identity: Identity
    staff: StaffBook
    authentication: Authentication
    log: StaffLog
    clock: Clock
    requires_factor: bool = False

    def start(self, who: str, password: str, user_agent: str) -> Outcome:
        """Try the password of a staff id or e-mail address."""
        name = account_name(who, self.staff.directory())
        with self._counting(StaffEvent.SIGN_IN_FAILED, name):
            return self._outcome(self.identity.sign_in(name, password), user_agent)

    def set_new_password(
        self, name: str, challenge: str, password: str, user_agent: str
    ) -> Outcome:
        """Go on with a password of one's own."""
        answer = self.identity.set_new_password(name, challenge, password)
        self._note(StaffEvent.PASSWORD_SET, name)
        return self._outcome(answer, user_agent)

    def answer_code(self, name: str, challenge: str, code: str, user_agent: str) -> Outcome:
        """Go on with the second factor's code."""
        with self._counting(StaffEvent.SIGN_IN_FAILED, name):
            answer = self.identity.answer_code(name, challenge, tidied_code(code))
        if not isinstance(answer, SignedIn):
            return answer
        return self._begun(self._holder(answer), user_agent)

    def take_factor(self, name: str, password: str, code: str, user_agent: str) -> Outcome:
        """Go on with an authenticator that shows this code; it counts from now on."""
        answer = self.identity.sign_in(name, password)
        if not isinstance(answer, SignedIn):
            return answer
        self.identity.confirm_secret(name, answer.access, tidied_code(code))
        self._note(StaffEvent.FACTOR_BEGUN, name)
        return self._begun(self._holder(answer), user_agent)

    def send_code(self, who: str) -> None:
        """Send a code for a new password, if there is such an account; which is not told."""
        name = account_name(who, self.staff.directory())
        self._count(StaffEvent.RESET_ASKED, name)
        self.identity.send_code(name)

    def reset(self, who: str, code: str, password: str) -> None:
        """Set a new password with the code, and sign out everywhere."""
        name = account_name(who, self.staff.directory())
        with self._counting(StaffEvent.RESET_FAILED, name):
            self.identity.reset(name, tidied(code), password)
        self.authentication.end_all(name)
        self._note(StaffEvent.PASSWORD_SET, name)

    def _outcome(self, answer: Answer, user_agent: str) -> Outcome:
        """What follows from a password alone: who has a second factor was asked for its code."""
        if not isinstance(answer, SignedIn):
            return answer
        staff = self._holder(answer)
        if self.requires_factor and needs_second_factor(staff):
            return FactorNeeded(staff.id, self.identity.new_secret(answer.access))
        return self._begun(staff, user_agent)

    def _begun(self, staff: Staff, user_agent: str) -> Begun:
        begun = Begun(staff.id, self.authentication.begin(staff.id, user_agent))
        self._note(StaffEvent.SIGNED_IN, staff.id)
        return begun

    def _note(self, kind: StaffEvent, name: str) -> None:
        self.log.add(StaffRecord(self.clock.now(), kind, name, name))

    def _count(self, kind: StaffEvent, name: str) -> None:
        known = self.staff.directory().person(name) is not None
        self.log.count(kind, name if known else UNKNOWN, self.clock.now())

    @contextmanager
    def _counting(self, kind: StaffEvent, name: str) -> Iterator[None]:
        """Count a refusal of what is done meanwhile."""
        try:
            yield
        except IdentityRefusedError:
            self._count(kind, name)
            raise

    def _holder(self, answer: SignedIn) -> Staff:
        staff = self.staff.directory().person(answer.name)
        if staff is None or staff.disabled:
            raise IdentityRefusedError("wrong_password")
        return staff


def account_name(who: str, directory: Directory) -> str:
    """The account that a staff id or an e-mail address means; what is unknown stays as it is."""
    typed = tidied(who).casefold()
    return next((one.id for one in directory.staff if one.email.casefold() == typed), typed)


def tidied(typed: str) -> str:
    """What was typed in full width or with blanks, as it was meant."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def tidied_code(typed: str) -> str:
    """The six digits of a code. Raises IdentityRefusedError when it is not that."""
    code = tidied(typed)
    if len(code) != _DIGITS or not (code.isascii() and code.isdecimal()):
        raise IdentityRefusedError("wrong_code")
    return code


_DIGITS = 6
