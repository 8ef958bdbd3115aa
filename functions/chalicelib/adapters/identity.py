"""Passwords and second factors, kept by Cognito; nothing of its tokens is kept here.

The client's secret is asked for at the first sign-in of a function's life, so that it stands
in no template and in no environment.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.adapters.cognito_errors import (
    ANSWERING,
    KEEPING,
    RESETTING,
    SIGNING_IN,
    UNTOLD,
    asked,
    code_of,
    refusal,
)
from chalicelib.application.ports.identity import Answer, CodeNeeded, NewPasswordNeeded, SignedIn


@dataclass(frozen=True)
class CognitoIdentity:
    """The `Identity` port over a client for Cognito's user pools."""

    client: Any
    pool: str
    client_id: str

    def sign_in(self, name: str, password: str) -> Answer:
        """Try a password with the pool's own password flow."""
        given = {"USERNAME": name, "PASSWORD": password, **self._proof(name)}
        answer = asked(
            SIGNING_IN,
            self.client.initiate_auth,
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=self.client_id,
            AuthParameters=given,
        )
        return _read(answer, name)

    def set_new_password(self, name: str, challenge: str, password: str) -> Answer:
        """Answer NEW_PASSWORD_REQUIRED."""
        return self._answered("NEW_PASSWORD_REQUIRED", name, challenge, {"NEW_PASSWORD": password})

    def answer_code(self, name: str, challenge: str, code: str) -> Answer:
        """Answer SOFTWARE_TOKEN_MFA."""
        given = {"SOFTWARE_TOKEN_MFA_CODE": code}
        return self._answered("SOFTWARE_TOKEN_MFA", name, challenge, given)

    def send_code(self, name: str) -> None:
        """Have a code sent to the verified address; silent where none is."""
        try:
            self.client.forgot_password(
                ClientId=self.client_id, Username=name, **self._proof_of(name)
            )
        except ClientError as error:
            if code_of(error) not in UNTOLD:
                raise refusal(error, SIGNING_IN) from error

    def reset(self, name: str, code: str, password: str) -> None:
        """Set a new password with a code that was sent."""
        asked(
            RESETTING,
            self.client.confirm_forgot_password,
            ClientId=self.client_id,
            Username=name,
            ConfirmationCode=code,
            Password=password,
            **self._proof_of(name),
        )

    def new_secret(self, access: str) -> str:
        """Begin the enrolment of an authenticator."""
        answer = asked(ANSWERING, self.client.associate_software_token, AccessToken=access)
        return str(answer["SecretCode"])

    def confirm_secret(self, name: str, access: str, code: str) -> None:
        """End the enrolment, and make it count at each sign-in."""
        asked(
            ANSWERING | {"InvalidParameterException": "wrong_code"},
            self.client.verify_software_token,
            AccessToken=access,
            UserCode=code,
        )
        self._prefer(name, wanted=True)

    def ask_no_code(self, name: str) -> None:
        """Take the second factor off the account."""
        self._prefer(name, wanted=False)

    def asks_code(self, name: str) -> bool:
        """Whether the account has a second factor."""
        found = asked(KEEPING, self.client.admin_get_user, **self._account(name))
        return "SOFTWARE_TOKEN_MFA" in found.get("UserMFASettingList", [])

    def create(self, name: str, email: str) -> None:
        """Open an account; Cognito sends the invitation with a temporary password."""
        asked(
            KEEPING,
            self.client.admin_create_user,
            **self._account(name),
            UserAttributes=_address(email),
            DesiredDeliveryMediums=["EMAIL"],
        )

    def invite_again(self, name: str) -> None:
        """Send the invitation again; refused once they have a password of their own."""
        asked(
            KEEPING,
            self.client.admin_create_user,
            **self._account(name),
            MessageAction="RESEND",
            DesiredDeliveryMediums=["EMAIL"],
        )

    def change_email(self, name: str, email: str) -> None:
        """Change where codes are sent to; the address is taken as the editor's word."""
        given = self._account(name)
        update = self.client.admin_update_user_attributes
        asked(KEEPING, update, **given, UserAttributes=_address(email))

    def disable(self, name: str) -> None:
        """Close the account to its holder."""
        asked(KEEPING, self.client.admin_disable_user, **self._account(name))

    def enable(self, name: str) -> None:
        """Open the account to its holder again."""
        asked(KEEPING, self.client.admin_enable_user, **self._account(name))

    def _answered(
        self, challenge_name: str, name: str, challenge: str, given: Mapping[str, str]
    ) -> Answer:
        answer = asked(
            ANSWERING,
            self.client.respond_to_auth_challenge,
            ClientId=self.client_id,
            ChallengeName=challenge_name,
            Session=challenge,
            ChallengeResponses={"USERNAME": name, **self._proof(name), **given},
        )
        return _read(answer, name)

    def _prefer(self, name: str, *, wanted: bool) -> None:
        wish = {"Enabled": wanted, "PreferredMfa": wanted}
        prefer = self.client.admin_set_user_mfa_preference
        asked(KEEPING, prefer, **self._account(name), SoftwareTokenMfaSettings=wish)

    def _account(self, name: str) -> dict[str, str]:
        return {"UserPoolId": self.pool, "Username": name}

    def _proof_of(self, name: str) -> dict[str, str]:
        return {"SecretHash": self._proof(name)["SECRET_HASH"]}

    def _proof(self, name: str) -> dict[str, str]:
        """What shows that the client asks: an HMAC under its secret."""
        message = f"{name}{self.client_id}".encode()
        return {
            "SECRET_HASH": base64.b64encode(hmac.digest(self._secret, message, "sha256")).decode()
        }

    @cached_property
    def _secret(self) -> bytes:
        found = self.client.describe_user_pool_client(UserPoolId=self.pool, ClientId=self.client_id)
        secret: str = found["UserPoolClient"]["ClientSecret"]
        return secret.encode()


def _read(answer: Mapping[str, Any], name: str) -> Answer:
    """What to do next; who has signed in is what Cognito says, not what was typed."""
    if "AuthenticationResult" in answer:
        access = str(answer["AuthenticationResult"]["AccessToken"])
        return SignedIn(_holder(access), access)
    known = str(answer.get("ChallengeParameters", {}).get("USER_ID_FOR_SRP", name))
    match answer["ChallengeName"]:
        case "NEW_PASSWORD_REQUIRED":
            return NewPasswordNeeded(known, answer["Session"])
        case "SOFTWARE_TOKEN_MFA":
            return CodeNeeded(known, answer["Session"])
        case unknown:
            raise NotImplementedError(f"The user pool asks for {unknown}.")


def _holder(access: str) -> str:
    """Whose token it is. It came straight from Cognito, so its signature proves nothing more."""
    payload = access.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return str(claims["username"])


def _address(email: str) -> list[dict[str, str]]:
    return [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
