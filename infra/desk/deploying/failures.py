"""What went wrong with a stage, in one sentence of the terminal's language, with the mend.

AWS's own words stand in it where they say more: which right is missing, what does not answer.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from botocore import exceptions as aws

from chalicelib import locales
from chalicelib.application.keys import WeakKeyError
from chalicelib.application.ports.key_store import NoKeysError
from chalicelib.settings import SettingsError
from desk.deploying.releases import UnreadableFilesError
from desk.deploying.stage import NoRegionError, StageMissingError, StageNameError

BY_CODE = {
    **dict.fromkeys(("ExpiredToken", "ExpiredTokenException", "RequestExpired"), "expired"),
    **dict.fromkeys(
        ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"),
        "denied",
    ),
    **dict.fromkeys(
        (
            *("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"),
            *("SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure"),
        ),
        "unknown_credentials",
    ),
}
"""The sentence for what AWS answers, by its code."""
BY_KIND = {
    aws.NoCredentialsError: "no_credentials",
    aws.PartialCredentialsError: "no_credentials",
    aws.ProfileNotFound: "no_profile",
    aws.CredentialRetrievalError: "expired",
    aws.TokenRetrievalError: "expired",
    aws.LoginError: "expired",
    aws.SSOError: "expired",
    aws.ConnectionError: "unreachable",
    aws.HTTPClientError: "unreachable",
    aws.InvalidRegionError: "unreachable",
}
"""The sentence for what went wrong before it answered, by the exception's class or its parent's."""
AWS_ERRORS = (aws.BotoCoreError, aws.ClientError)
_STAGE_ERRORS = (
    *(StageNameError, NoRegionError, StageMissingError, UnreadableFilesError),
    SettingsError,
)


@contextmanager
def told(language: str, stage: str) -> Iterator[None]:
    """End the command with a sentence, whatever goes wrong with the stage of this name."""
    try:
        yield
    except AWS_ERRORS as error:
        raise click.ClickException(aws_sentence(error, language)) from error
    except _STAGE_ERRORS as error:
        raise click.ClickException(_stage_sentence(error, language, stage)) from error


def aws_sentence(error: Exception, language: str) -> str:
    """What AWS, or the way to it, refused."""
    key, elsewhere = _key(error), os.environ.get("AWS_ENDPOINT_URL", "")
    if key == "unreachable" and elsewhere:
        return _say(language, "unreachable_elsewhere", endpoint=elsewhere)
    return _say(language, key, reason=str(error).strip().rstrip("."))


def _key(error: Exception) -> str:
    if isinstance(error, aws.ClientError):
        return BY_CODE.get(error.response["Error"]["Code"], "refused")
    return next((key for kind, key in BY_KIND.items() if isinstance(error, kind)), "refused")


def _stage_sentence(error: Exception, language: str, stage: str) -> str:
    match error:
        case StageNameError():
            return _say(language, "bad_name", stage=stage)
        case NoRegionError():
            return _say(language, "no_region")
        case StageMissingError():
            key = "unfinished" if error.is_begun else "missing"
            named = {"stage": stage, "region": error.region, "account": error.account}
            return _say(language, key, **named)
        case UnreadableFilesError():
            return _say(language, "files_unreadable", stage=stage, reason=error)
        case _:
            return _settings_sentence(error, language, stage)


def _settings_sentence(error: Exception, language: str, stage: str) -> str:
    """The keys, if it is they that are not as they should be, or what the stage does not say."""
    match error.__cause__:
        case NoKeysError():
            return _say(language, "no_keys", stage=stage)
        case WeakKeyError():
            return _say(language, "weak_keys", stage=stage, reason=error)
        case _:
            return _say(language, "settings", stage=stage, reason=error)


def _say(language: str, key: str, **params: object) -> str:
    return locales.say_desk(language, f"stage.{key}", **params)
