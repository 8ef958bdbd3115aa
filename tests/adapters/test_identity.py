"""Cognito: each step over moto, and what it refuses by the answers that AWS gives.

Moto tries no secret hash, counts no tries and keeps user existence no secret, so what AWS
answers in those cases is put into the client's mouth (botocore's Stubber).
"""

import base64
import hmac
import json

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.adapters.identity import CognitoIdentity
from chalicelib.application.ports.identity import (
    CodeNeeded,
    IdentityRefusedError,
    NewPasswordNeeded,
    SignedIn,
)
from support.clouds import client
from support.cognito import account, code_of, enrol, open_pool, password_of
from support.people import MANAGER

NAME, POOL, SECRET = "zhao-guoqiang", "us-east-1_pool", "a made-up secret, long enough"
PASSWORD = "correct horse battery"
HASH = base64.b64encode(hmac.digest(SECRET.encode(), f"{NAME}client".encode(), "sha256")).decode()


@pytest.fixture
def identity(cloud):
    """The adapter over moto's pool, which is that of the template."""
    open_pool(cloud.container, client("cognito-idp"))
    return cloud.container.identity


@pytest.fixture
def enrolled(cloud, identity):
    """The same, where the manager has already chosen a password."""
    enrol(cloud.container, client("cognito-idp"), MANAGER)
    return identity


@pytest.fixture
def secret_of(enrolled):
    """The manager's authenticator, which counts."""
    access = enrolled.sign_in(MANAGER.id, password_of(MANAGER.id)).access
    secret = enrolled.new_secret(access)
    enrolled.confirm_secret(MANAGER.id, access, code_of(secret))
    return secret


@pytest.fixture
def aws():
    """The adapter over a client that says what a test wants AWS to say."""
    real = client("cognito-idp")
    with Stubber(real) as stubber:
        yield CognitoIdentity(real, POOL, "client"), stubber


@pytest.fixture
def known(aws):
    """The same, asked first for the client's secret."""
    _, stubber = aws
    answer = {"UserPoolClient": {"ClientSecret": SECRET}}
    wanted = {"UserPoolId": POOL, "ClientId": "client"}
    stubber.add_response("describe_user_pool_client", answer, wanted)
    return aws


def refused(code):
    return pytest.raises(IdentityRefusedError, match=f"^{code}$")


def test_a_right_password_signs_in(enrolled):
    """The answer says who it is, which is what Cognito says and not what was typed."""
    answer = enrolled.sign_in(MANAGER.id, password_of(MANAGER.id))
    assert isinstance(answer, SignedIn)
    assert answer.name == MANAGER.id


def test_a_token_is_shown_by_no_repr(enrolled):
    """Neither a token nor a challenge reaches a log by way of a repr."""
    answer = enrolled.sign_in(MANAGER.id, password_of(MANAGER.id))
    assert answer.access not in repr(answer)
    assert "a challenge" not in repr((NewPasswordNeeded("x", "a challenge"),))
    assert "a challenge" not in repr((CodeNeeded("x", "a challenge"),))


@pytest.mark.parametrize("name", [MANAGER.id, "nobody", "who@nowhere.example"])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(enrolled, name):
    """Nobody learns whether there is such an account."""
    with refused("wrong_password"):
        enrolled.sign_in(name, "made up by somebody")


def test_a_disabled_account_is_refused_alike(enrolled):
    """The right password does not tell that the account is there."""
    enrolled.disable(MANAGER.id)
    with refused("wrong_password"):
        enrolled.sign_in(MANAGER.id, password_of(MANAGER.id))
    enrolled.enable(MANAGER.id)
    assert isinstance(enrolled.sign_in(MANAGER.id, password_of(MANAGER.id)), SignedIn)


def test_a_temporary_password_must_be_replaced(cloud, identity):
    """Who was invited chooses a password, and has it from then on."""
    identity.create(NAME, MANAGER.email)
    account(cloud.container, NAME).password = "as the mail says"
    step = identity.sign_in(NAME, "as the mail says")
    assert isinstance(step, NewPasswordNeeded)
    answer = identity.set_new_password(step.name, step.challenge, PASSWORD)
    assert isinstance(answer, SignedIn)
    assert answer.name == NAME
    assert isinstance(identity.sign_in(NAME, PASSWORD), SignedIn)


def test_a_short_password_is_refused(cloud, identity):
    """Twelve characters at least: the template's rule, which needs no kinds of characters."""
    identity.create(NAME, MANAGER.email)
    account(cloud.container, NAME).password = "as the mail says"
    step = identity.sign_in(NAME, "as the mail says")
    with refused("weak_password"):
        identity.set_new_password(step.name, step.challenge, "elevenchars")
    assert isinstance(identity.set_new_password(NAME, step.challenge, "twelve chars"), SignedIn)


def test_a_step_that_took_too_long_begins_again(enrolled):
    """A challenge that nobody knows any more is told so."""
    with refused("start_over"):
        enrolled.answer_code(MANAGER.id, "a challenge that was never given", "123456")


def test_an_authenticator_counts_once_a_right_code_was_shown(enrolled):
    """A wrong code enrols nothing."""
    access = enrolled.sign_in(MANAGER.id, password_of(MANAGER.id)).access
    secret = enrolled.new_secret(access)
    with refused("wrong_code"):
        enrolled.confirm_secret(MANAGER.id, access, code_of(secret, at=0))
    assert enrolled.asks_code(MANAGER.id) is False
    enrolled.confirm_secret(MANAGER.id, access, code_of(secret))
    assert enrolled.asks_code(MANAGER.id) is True


def test_with_an_authenticator_the_password_is_not_enough(enrolled, secret_of):
    """The code of this half minute is asked for; another is refused and may be tried again."""
    step = enrolled.sign_in(MANAGER.id, password_of(MANAGER.id))
    assert isinstance(step, CodeNeeded)
    with refused("wrong_code"):
        enrolled.answer_code(step.name, step.challenge, code_of(secret_of, at=0))
    answer = enrolled.answer_code(step.name, step.challenge, code_of(secret_of))
    assert (type(answer), answer.name) == (SignedIn, MANAGER.id)


@pytest.mark.usefixtures("secret_of")
def test_an_authenticator_can_be_taken_off(enrolled):
    """From then on the password is enough."""
    enrolled.ask_no_code(MANAGER.id)
    assert enrolled.asks_code(MANAGER.id) is False
    assert isinstance(enrolled.sign_in(MANAGER.id, password_of(MANAGER.id)), SignedIn)


def test_a_forgotten_password_is_replaced_with_the_code_that_was_sent(cloud, enrolled):
    """A wrong code changes nothing; the right one sets the new password."""
    enrolled.send_code(MANAGER.id)
    code = account(cloud.container, MANAGER.id).confirmation_code
    with refused("wrong_code"):
        enrolled.reset(MANAGER.id, "moto-confirmation-code:0", PASSWORD)
    enrolled.reset(MANAGER.id, code, PASSWORD)
    assert isinstance(enrolled.sign_in(MANAGER.id, PASSWORD), SignedIn)
    with refused("wrong_password"):
        enrolled.sign_in(MANAGER.id, password_of(MANAGER.id))


def test_asking_for_a_code_for_nobody_is_silent(enrolled):
    """There is no difference to be seen."""
    assert enrolled.send_code("nobody") is None


def test_an_account_is_opened_once(enrolled):
    """A second one of the same name is refused, and the first stays as it was."""
    with refused("exists"):
        enrolled.create(MANAGER.id, "other@anhe.example")
    assert isinstance(enrolled.sign_in(MANAGER.id, password_of(MANAGER.id)), SignedIn)


def test_another_address_counts_as_verified(cloud, enrolled):
    """Codes go to the address that the editor gave."""
    enrolled.change_email(MANAGER.id, "zhao@anhe.example")
    attributes = account(cloud.container, MANAGER.id).attribute_lookup
    assert attributes["email"] == "zhao@anhe.example"
    assert attributes["email_verified"] == "true"


@pytest.mark.parametrize("change", ["disable", "enable", "ask_no_code", "asks_code"])
def test_a_change_of_an_account_that_is_not_there_says_so(enrolled, change):
    """An editor is told, other than somebody who tries to sign in."""
    with refused("no_account"):
        getattr(enrolled, change)("nobody")


def test_each_attempt_proves_that_the_client_makes_it(known):
    """The secret hash is an HMAC of name and client under the client's secret; asked for once."""
    identity, stubber = known
    given = {"USERNAME": NAME, "PASSWORD": PASSWORD, "SECRET_HASH": HASH}
    flow = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "client"}
    for _ in range(2):
        stubber.add_response("initiate_auth", _tokens(), {**flow, "AuthParameters": given})
        assert identity.sign_in(NAME, PASSWORD).name == NAME
    named = {"ClientId": "client", "Username": NAME, "SecretHash": HASH}
    stubber.add_response("forgot_password", {}, named)
    identity.send_code(NAME)
    reset = named | {"ConfirmationCode": "123456", "Password": PASSWORD}
    stubber.add_response("confirm_forgot_password", {}, reset)
    identity.reset(NAME, "123456", PASSWORD)
    stubber.assert_no_pending_responses()


def test_a_challenge_is_answered_under_the_name_that_cognito_gives(known):
    """The name it goes on with stands in the challenge, and is proved as well."""
    identity, stubber = known
    challenge = {
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "ChallengeParameters": {"USER_ID_FOR_SRP": NAME},
        "Session": "s" * 20,
    }
    stubber.add_response("initiate_auth", challenge)
    step = identity.sign_in("ZHAO-Guoqiang", "temporary")
    assert step == NewPasswordNeeded(NAME, "s" * 20)
    wanted = {
        "ClientId": "client",
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": "s" * 20,
        "ChallengeResponses": {"USERNAME": NAME, "SECRET_HASH": HASH, "NEW_PASSWORD": PASSWORD},
    }
    stubber.add_response("respond_to_auth_challenge", _tokens(), wanted)
    assert identity.set_new_password(step.name, step.challenge, PASSWORD).name == NAME


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("NotAuthorizedException", "wrong_password"),
        ("UserNotFoundException", "wrong_password"),
        ("PasswordResetRequiredException", "wrong_password"),
        ("UserNotConfirmedException", "wrong_password"),
        ("InvalidParameterException", "wrong_password"),
        ("TooManyRequestsException", "wait"),
        ("LimitExceededException", "wait"),
    ],
)
def test_what_a_sign_in_is_refused_for(known, error, code):
    """Few sentences, and none that tells who has an account."""
    identity, stubber = known
    stubber.add_client_error("initiate_auth", error)
    with refused(code):
        identity.sign_in(NAME, PASSWORD)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("CodeMismatchException", "wrong_code"),
        ("ExpiredCodeException", "wrong_code"),
        ("NotAuthorizedException", "start_over"),
        ("TooManyFailedAttemptsException", "wait"),
    ],
)
def test_what_a_code_is_refused_for(known, error, code):
    """A used code is a wrong one; a session of Cognito's that is over begins again."""
    identity, stubber = known
    stubber.add_client_error("respond_to_auth_challenge", error)
    with refused(code):
        identity.answer_code(NAME, "s" * 20, "123456")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("CodeMismatchException", "wrong_code"),
        ("ExpiredCodeException", "wrong_code"),
        ("UserNotFoundException", "wrong_code"),
        ("NotAuthorizedException", "wrong_code"),
        ("InvalidPasswordException", "weak_password"),
        ("InvalidParameterException", "weak_password"),
        ("LimitExceededException", "wait"),
    ],
)
def test_what_a_reset_is_refused_for(known, error, code):
    """An unknown account has, like any other, a wrong code."""
    identity, stubber = known
    stubber.add_client_error("confirm_forgot_password", error)
    with refused(code):
        identity.reset(NAME, "123456", PASSWORD)


@pytest.mark.parametrize(
    "error",
    [
        "NotAuthorizedException",
        "UserNotFoundException",
        "ResourceNotFoundException",
        "InvalidParameterException",
        "CodeDeliveryFailureException",
        "LimitExceededException",
    ],
)
def test_why_no_code_was_sent_is_not_told(known, error):
    """Disabled, unknown, not yet signed in, asked too often: all alike."""
    identity, stubber = known
    stubber.add_client_error("forgot_password", error)
    assert identity.send_code(NAME) is None


def test_a_second_invitation_is_cognitos_resend(aws):
    """It is sent again as long as no password was chosen."""
    identity, stubber = aws
    account_of = {"UserPoolId": POOL, "Username": NAME}
    wanted = account_of | {"MessageAction": "RESEND", "DesiredDeliveryMediums": ["EMAIL"]}
    stubber.add_response("admin_create_user", {}, wanted)
    identity.invite_again(NAME)
    stubber.add_client_error("admin_create_user", "UnsupportedUserStateException")
    with refused("has_password"):
        identity.invite_again(NAME)


def test_what_has_no_sentence_is_not_hidden(known):
    """A fault of the service's own stays what it is."""
    identity, stubber = known
    stubber.add_client_error("initiate_auth", "InternalErrorException")
    with pytest.raises(ClientError, match="InternalErrorException"):
        identity.sign_in(NAME, PASSWORD)


def test_a_factor_that_the_pool_does_not_have_is_a_fault(known):
    """A pool that asks for something else than the template's is set up wrongly."""
    identity, stubber = known
    answer = {"ChallengeName": "SMS_MFA", "ChallengeParameters": {}, "Session": "s" * 20}
    stubber.add_response("initiate_auth", answer)
    with pytest.raises(NotImplementedError, match="SMS_MFA"):
        identity.sign_in(NAME, PASSWORD)


def _tokens():
    claims = base64.urlsafe_b64encode(json.dumps({"username": NAME}).encode()).decode().rstrip("=")
    return {"AuthenticationResult": {"AccessToken": f"e30.{claims}.c2lnbmF0dXJl"}}
