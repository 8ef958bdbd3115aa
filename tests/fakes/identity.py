"""Accounts in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.application.ports.identity import (
    CodeNeeded,
    IdentityRefusedError,
    NewPasswordNeeded,
    SignedIn,
)

CODE = "123456"
"""The only code that is right."""


@dataclass
class Account:
    """What is known of one person."""

    email: str
    password: str = "a temporary password"
    is_temporary: bool = True
    asks_code: bool = False
    disabled: bool = False


@dataclass
class FakeIdentity:
    """The `Identity` port. `sent` are the addresses that got an invitation or a code."""

    accounts: dict[str, Account] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def sign_in(self, name, password):
        """Try a password."""
        account = self.accounts.get(name)
        if account is None or account.disabled or account.password != password:
            raise IdentityRefusedError("wrong_password")
        if account.is_temporary:
            return NewPasswordNeeded(name, f"challenge of {name}")
        return CodeNeeded(name, f"challenge of {name}") if account.asks_code else _in(name)

    def set_new_password(self, name, challenge, password):
        """Take a new one."""
        _require(challenge == f"challenge of {name}", "start_over")
        self._set(name, password)
        return _in(name)

    def answer_code(self, name, challenge, code):
        """Take the one right code."""
        _require(challenge == f"challenge of {name}", "start_over")
        _require(code == CODE, "wrong_code")
        return _in(name)

    def send_code(self, name):
        """Send it to whoever there is."""
        if name in self.accounts:
            self.sent.append(self.accounts[name].email)

    def reset(self, name, code, password):
        """Take a new password with the one right code."""
        _require(name in self.accounts and code == CODE, "wrong_code")
        self._set(name, password)

    def new_secret(self, access):
        """A secret of this account alone."""
        return f"SECRET OF {access}"

    def confirm_secret(self, name, access, code):
        """Ask from now on."""
        _require(code == CODE and access == f"access of {name}", "wrong_code")
        self.accounts[name].asks_code = True

    def ask_no_code(self, name):
        """Ask no more."""
        self._account(name).asks_code = False

    def asks_code(self, name):
        """Whether it asks."""
        return self._account(name).asks_code

    def create(self, name, email):
        """Open an account."""
        _require(name not in self.accounts, "exists")
        self.accounts[name] = Account(email)
        self.sent.append(email)

    def invite_again(self, name):
        """Once more."""
        _require(self._account(name).is_temporary, "has_password")
        self.sent.append(self.accounts[name].email)

    def change_email(self, name, email):
        """Another address."""
        self._account(name).email = email

    def disable(self, name):
        """Nobody signs in."""
        self._account(name).disabled = True

    def enable(self, name):
        """Let this account sign in."""
        self._account(name).disabled = False

    def _account(self, name):
        _require(name in self.accounts, "no_account")
        return self.accounts[name]

    def _set(self, name, password):
        _require(len(password) >= 12, "weak_password")
        account = self.accounts[name]
        account.password, account.is_temporary = password, False


def _in(name):
    return SignedIn(name, f"access of {name}")


def _require(is_so, code):
    if not is_so:
        raise IdentityRefusedError(code)
