"""Who may sign in: passwords and second factors, and what can come of an attempt."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class SignedIn:
    """The password was right, and the code where one is needed.

    `name` is the staff id. `access` is good for one more request to the identity service, and
    kept by nobody.
    """

    name: str
    access: str = field(repr=False)


@dataclass(frozen=True)
class NewPasswordNeeded:
    """The password was a temporary one; `challenge` goes with the answer."""

    name: str
    challenge: str = field(repr=False)


@dataclass(frozen=True)
class CodeNeeded:
    """There is a second factor; `challenge` goes with the answer."""

    name: str
    challenge: str = field(repr=False)


Answer = SignedIn | NewPasswordNeeded | CodeNeeded


class IdentityRefusedError(Exception):
    """Raised when the identity service refuses; `code` names the sentence.

    ``wrong_password`` for a wrong name or password, told alike for whoever has no account
    or may not sign in; ``wrong_code``, wrong, used or expired; ``weak_password``; ``wait``
    after too many tries; ``start_over`` when a step took too long; ``exists`` for an
    account that is there already, ``no_account`` for none, ``has_password`` for a
    second invitation to somebody who has signed in before, and ``factor_stays`` where the
    post allows no sign-in without a second factor.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Identity(Protocol):
    """Passwords and second factors; names are staff ids. Each raises IdentityRefusedError."""

    def sign_in(self, name: str, password: str) -> Answer:
        """Try a password."""
        ...

    def set_new_password(self, name: str, challenge: str, password: str) -> Answer:
        """Answer with a password of one's own in place of the temporary one."""
        ...

    def answer_code(self, name: str, challenge: str, code: str) -> Answer:
        """Answer with the code of the second factor."""
        ...

    def send_code(self, name: str) -> None:
        """Send a code to the e-mail address; whether there is one is not told."""
        ...

    def reset(self, name: str, code: str, password: str) -> None:
        """Set a new password with the code that was sent."""
        ...

    def new_secret(self, access: str) -> str:
        """A new secret for an authenticator; it counts once a code of it was shown."""
        ...

    def confirm_secret(self, name: str, access: str, code: str) -> None:
        """From now on they are asked for a code, if this one is right."""
        ...

    def ask_no_code(self, name: str) -> None:
        """From now on they are asked for no code."""
        ...

    def asks_code(self, name: str) -> bool:
        """Whether they are asked for a code."""
        ...

    def create(self, name: str, email: str) -> None:
        """Open an account, and send its invitation."""
        ...

    def invite_again(self, name: str) -> None:
        """Send the invitation again, with another temporary password."""
        ...

    def change_email(self, name: str, email: str) -> None:
        """Send codes to another address from now on."""
        ...

    def disable(self, name: str) -> None:
        """Let nobody sign in with this account."""
        ...

    def enable(self, name: str) -> None:
        """Let them sign in again."""
        ...
