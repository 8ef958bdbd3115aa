"""What Cognito refuses, as the few sentences that a person can do something about.

The same error means another thing at another step; what no table names is a fault, and
stays what it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.application.ports.identity import IdentityRefusedError

Codes = Mapping[str, str]
SIGNING_IN = {
    # Cognito tells some of these apart; the one who tries to sign in must not.
    "NotAuthorizedException": "wrong_password",
    "UserNotFoundException": "wrong_password",
    "UserNotConfirmedException": "wrong_password",
    "PasswordResetRequiredException": "wrong_password",
    "InvalidParameterException": "wrong_password",
    "CodeMismatchException": "wrong_code",
    "ExpiredCodeException": "wrong_code",
    "EnableSoftwareTokenMFAException": "wrong_code",
    "InvalidPasswordException": "weak_password",
    "TooManyRequestsException": "wait",
    "LimitExceededException": "wait",
    "TooManyFailedAttemptsException": "wait",
    "UsernameExistsException": "exists",
    "AliasExistsException": "exists",
}
ANSWERING = SIGNING_IN | {
    "NotAuthorizedException": "start_over",
    "ResourceNotFoundException": "start_over",
    "InvalidParameterException": "weak_password",
}
RESETTING = SIGNING_IN | {
    "NotAuthorizedException": "wrong_code",
    "UserNotFoundException": "wrong_code",
    "ResourceNotFoundException": "wrong_code",
    "InvalidParameterException": "weak_password",
}
KEEPING = SIGNING_IN | {
    "UserNotFoundException": "no_account",
    "UnsupportedUserStateException": "has_password",
}
UNTOLD = (
    "NotAuthorizedException",
    "UserNotFoundException",
    "ResourceNotFoundException",
    "InvalidParameterException",
    "CodeDeliveryFailureException",
    "LimitExceededException",
)
"""Why no code was sent, which would tell whether there is such an account."""


def asked(codes: Codes, operation: Callable[..., Any], **given: object) -> dict[str, Any]:
    """What Cognito answers. Raises IdentityRefusedError for what has a sentence of its own."""
    try:
        answer: dict[str, Any] = operation(**given)
    except ClientError as error:
        raise refusal(error, codes) from error
    return answer


def refusal(error: ClientError, codes: Codes) -> Exception:
    """The refusal that a table has for this error; else the error itself."""
    code = codes.get(code_of(error))
    return IdentityRefusedError(code) if code else error


def code_of(error: ClientError) -> str:
    """The service's own name for it."""
    return str(error.response["Error"]["Code"])
