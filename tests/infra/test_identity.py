"""The sign-in's stack: what infra/identity.yaml declares, and what the offline pool is made of."""

from pathlib import Path

import pytest
from cfnlint.decode.cfn_yaml import loads
from moto import mock_aws

from desk.offline.identity import make_pool, properties
from desk.packaging.template import lint_template
from support.clouds import client
from support.cognito import PARAMETERS

IDENTITY = Path(__file__).parents[2] / "infra" / "identity.yaml"
MESSAGES = {
    "AdminCreateUserConfig": ("InviteMessageTemplate", ("{username}", "{####}", "/desk")),
    "VerificationMessageTemplate": (None, ("{####}",)),
}


@pytest.fixture(scope="module")
def declared():
    return loads(IDENTITY.read_text("utf-8"))


@pytest.fixture(scope="module")
def pool(declared):
    return declared["Resources"]["UserPool"]


@pytest.fixture(scope="module")
def known(declared):
    return declared["Resources"]["UserPoolClient"]["Properties"]


def test_the_template_lints():
    """CloudFormation takes it, without an error and without a warning."""
    lint_template("identity.yaml", IDENTITY.read_text("utf-8"))


def test_the_functions_stack_takes_its_outputs(declared):
    """Pool and client are parameters there, under these names."""
    assert set(declared["Outputs"]) == {"UserPoolId", "UserPoolClientId"}


def test_people_outlive_their_stack(pool):
    """Neither deleting nor replacing the stack signs everybody out for good."""
    assert (pool["DeletionPolicy"], pool["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_nobody_opens_an_account_for_themselves(pool):
    """Who is on the staff is said by the staff directory."""
    assert pool["Properties"]["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True


def test_a_password_is_long_and_a_second_factor_one_may_have(pool):
    """Twelve characters of any kind; an authenticator for whoever wants one."""
    policy = pool["Properties"]["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == 12
    assert not any(value for name, value in policy.items() if name.startswith("Require"))
    assert pool["Properties"]["MfaConfiguration"] == "OPTIONAL"
    assert pool["Properties"]["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_a_forgotten_password_is_mended_by_mail_alone(pool):
    """A code goes to the address that an editor gave."""
    recovery = pool["Properties"]["AccountRecoverySetting"]["RecoveryMechanisms"]
    assert recovery == [{"Name": "verified_email", "Priority": 1}]


def test_who_has_an_account_is_told_to_nobody(known):
    """Cognito itself answers alike, and only who knows the client's secret may ask."""
    assert known["PreventUserExistenceErrors"] == "ENABLED"
    assert known["GenerateSecret"] is True
    assert "ALLOW_USER_PASSWORD_AUTH" in known["ExplicitAuthFlows"]


def test_cognitos_own_tokens_are_short(known):
    """The desk keeps none of them, so none needs to last."""
    assert set(known["TokenValidityUnits"].values()) == {"minutes"}
    assert (known["AccessTokenValidity"], known["RefreshTokenValidity"]) == (5, 60)


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_says_it_in_both_languages(name):
    """Cognito knows nobody's language; the code stands in both halves."""
    key, needed = MESSAGES[name]
    template = properties("UserPool", PARAMETERS)[name]
    message = (template[key] if key else template)["EmailMessage"]
    english = message.index("Hello")
    for half in (message[:english], message[english:]):
        for text in needed:
            assert text in half
    assert "您好" in message[:english]
    assert "${" not in message


def test_the_offline_pool_is_the_one_declared():
    """What is made through the API has the properties of the file."""
    with mock_aws():
        cognito = client("cognito-idp")
        made = make_pool(cognito, PARAMETERS)
        pool = cognito.describe_user_pool(UserPoolId=made.pool_id)["UserPool"]
        known = cognito.describe_user_pool_client(UserPoolId=made.pool_id, ClientId=made.client_id)
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
    assert pool["Name"] == "complaint-desk-staff"
    assert pool["EmailConfiguration"]["SourceArn"].endswith(":identity/anhe.example")
    assert known["UserPoolClient"]["AccessTokenValidity"] == 5
    assert known["UserPoolClient"]["ClientSecret"]
