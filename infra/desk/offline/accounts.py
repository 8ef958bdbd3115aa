"""What Cognito does and moto does not: it sends mail, and takes no code but the one it sent.

Invitations and codes go into the mailbox as real mail, in the words of infra/identity.yaml.
Moto takes any code for a forgotten password and any new one; here they are checked first.
Codes of authenticators are moto's to check (they all have one secret). What is not checked
offline is how often somebody tries.
"""

import re
import secrets
from dataclasses import dataclass
from html import unescape
from typing import Any

from moto.cognitoidp.exceptions import InvalidPasswordException
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    UserStatus,
    cognitoidp_backends,
)

from chalicelib.adapters.mailer import SesMailer
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.application.ports.mailer import Mail
from desk.offline.aws import ACCOUNT, REGION
from desk.offline.mailbox import Mailbox

COGNITO = "AWSCognitoIdentityProviderService"
_MOTOS = "moto-confirmation-code:"
_BAD = "400 Bad Request"

Answer = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Accounts:
    """The accounts of one user pool. Stands beside moto, see `OfflineAws.beside`."""

    pool_id: str
    sender: str
    clock: Clock
    mailbox: Mailbox

    def open(self, name: str, email: str) -> str:
        """An account whose password is made now, typeable and permanent; without a mail."""
        password = typeable()
        self._backend.admin_create_user(self.pool_id, name, "", password, _attributes(email))
        self._backend.admin_set_user_password(self.pool_id, name, password, permanent=True)
        return password

    def before(self, action: str, sent: dict[str, Any]) -> Answer | None:
        """Refuse what Cognito would refuse, and invite again, which moto does by forgetting."""
        match action:
            case "ConfirmForgotPassword":
                return self._wrong_reset(sent)
            case "AdminCreateUser" if sent.get("MessageAction") == "RESEND":
                return self._invited_again(sent["Username"])
            case _:
                return None

    def after(self, action: str, sent: dict[str, Any]) -> None:
        """Send the mail that Cognito would send."""
        user = self._user(sent.get("Username", ""))
        if user is None:
            return
        if action == "AdminCreateUser":
            self._invite(user)
        elif action == "ForgotPassword":
            self._send_code(user)

    @property
    def _backend(self) -> CognitoIdpBackend:
        return cognitoidp_backends[ACCOUNT][REGION]

    @property
    def _pool(self) -> CognitoIdpUserPool:
        return self._backend.user_pools[self.pool_id]

    def _user(self, name: str) -> CognitoIdpUser | None:
        return self._pool.users.get(name)

    def _wrong_reset(self, sent: dict[str, Any]) -> Answer | None:
        user = self._user(sent["Username"])
        code = f"{_MOTOS}{sent['ConfirmationCode']}"
        if user is None or user.confirmation_code != code:
            return _refused("CodeMismatchException")
        try:
            self._backend._validate_password(self.pool_id, sent["Password"])  # noqa: SLF001 - moto's own rule
        except InvalidPasswordException:
            return _refused("InvalidPasswordException")
        return None

    def _invited_again(self, name: str) -> Answer:
        user = self._user(name)
        if user is None:
            return _refused("UserNotFoundException")
        if user.status != UserStatus.FORCE_CHANGE_PASSWORD:
            return _refused("UnsupportedUserStateException")
        self._invite(user)
        return "200 OK", {"User": {"Username": name}}

    def _invite(self, user: CognitoIdpUser) -> None:
        user.password = typeable()
        template = self._pool.extended_config["AdminCreateUserConfig"]["InviteMessageTemplate"]
        words = template["EmailMessage"].replace("{username}", user.username)
        self._send(user, template["EmailSubject"], words.replace("{####}", user.password))

    def _send_code(self, user: CognitoIdpUser) -> None:
        template = self._pool.extended_config["VerificationMessageTemplate"]
        code = str(user.confirmation_code).removeprefix(_MOTOS)
        words = template["EmailMessage"].replace("{####}", code)
        self._send(user, template["EmailSubject"], words)

    def _send(self, user: CognitoIdpUser, subject: str, html: str) -> None:
        to = user.attribute_lookup["email"]
        mail = Mail(to, LetterText(subject, _plain(html), html, "zh"), thread="sign-in")
        SesMailer(self.mailbox, self.sender, self.clock).send(mail)


def typeable() -> str:
    """A password of the offline cloud: syllables and digits, easy to read and to type."""
    groups = ["".join(secrets.choice(_HARD) + secrets.choice(_SOFT) for _ in "ab") for _ in "abc"]
    return "-".join([*groups, str(secrets.randbelow(900) + 100)])


_HARD, _SOFT = "bdfghkmnprstvz", "aeiou"


def _plain(html: str) -> str:
    lines = re.sub(r"\s*\n", " ", html).replace("<br>", "\n").replace("</p>", "\n\n")
    return "\n".join(line.strip() for line in unescape(re.sub(r"<[^>]+>", "", lines)).split("\n"))


def _attributes(email: str) -> list[dict[str, str]]:
    return [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]


def _refused(kind: str) -> Answer:
    return _BAD, {"__type": kind, "message": "Refused offline as Cognito refuses it."}
