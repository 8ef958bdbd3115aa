"""DynamoDB's errors, as botocore raises them."""

from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

BAD_REQUEST = 400


class TableError(ClientError):  # type: ignore[misc]
    """Base of all errors here; its class's name is its code.

    Beside the error itself, `response` holds what DynamoDB adds to it: the item that stood in
    the way, or the reasons for which a transaction was cancelled.
    """

    def __init__(self, message: str, **more: Any) -> None:  # noqa: ANN401 - as botocore has it
        code = type(self).__name__
        super().__init__(
            {
                "Error": {"Code": code, "Message": message},
                "ResponseMetadata": {"HTTPStatusCode": BAD_REQUEST},
                "message": message,
                **more,
            },
            "",
        )


class ValidationException(TableError):  # noqa: N818 - DynamoDB's name
    """Raised for a request that DynamoDB would not take, or that is not implemented here."""


class ResourceNotFoundException(TableError):  # noqa: N818 - as above
    """Raised for a table or an index that there is not."""


class ConditionalCheckFailedException(TableError):  # noqa: N818 - as above
    """Raised when a condition does not hold; `Item` in the response where it was asked for."""


class TransactionCanceledException(TableError):  # noqa: N818 - as above
    """Raised when a transaction was not carried out; `CancellationReasons`, one an action."""


class TransactionConflictException(TableError):  # noqa: N818 - as above
    """Never raised here, where one request follows another; named because adapters expect it."""


EXCEPTIONS = SimpleNamespace(
    ClientError=ClientError,
    **{
        kind.__name__: kind
        for kind in (
            ValidationException,
            ResourceNotFoundException,
            ConditionalCheckFailedException,
            TransactionCanceledException,
            TransactionConflictException,
        )
    },
)
"""What stands under `client.exceptions`."""
