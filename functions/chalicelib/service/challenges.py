"""What can come of an attempt to sign in: done, or one more thing to be asked for."""

from dataclasses import dataclass, field


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
    """She has a second factor; `challenge` goes with the answer."""

    name: str
    challenge: str = field(repr=False)


Answer = SignedIn | NewPasswordNeeded | CodeNeeded


class IdentityRefusedError(Exception):
    """Raised when the identity service refuses; `code` names the sentence.

    ``wrong_password`` for a wrong name or password, told alike for whoever has no account
    or may not sign in; ``wrong_code``, wrong, used or expired; ``weak_password``; ``wait``
    after too many tries; ``start_over`` when a step took too long; ``exists`` for an
    account that is there already, ``no_account`` for none, and ``has_password`` for a
    second invitation to somebody who has signed in before.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
