"""The table over HTTP, as DynamoDB's JSON protocol has it: for `desk` commands beside the cloud."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError
from werkzeug.wrappers import Request, Response

from desk.offline.memory_table.client import Answer, MemoryDynamoDB
from desk.offline.memory_table.errors import BAD_REQUEST, ValidationException

TARGET = "DynamoDB_20120810"
_TYPE = "application/x-amz-json-1.0"


class Endpoint:
    """Answers requests for the table."""

    def __init__(self, client: MemoryDynamoDB) -> None:
        self._operations: Mapping[str, Callable[..., Answer]] = {
            "GetItem": client.get_item,
            "PutItem": client.put_item,
            "UpdateItem": client.update_item,
            "DeleteItem": client.delete_item,
            "Query": client.query,
            "TransactWriteItems": client.transact_write_items,
            "TransactGetItems": client.transact_get_items,
        }

    def answer(self, request: Request) -> Response:
        """What DynamoDB answers to this request."""
        action = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
        try:
            return _json(self._asked(action, json.loads(request.get_data() or b"{}")))
        except ClientError as error:
            return _json(_fault(error.response), BAD_REQUEST)

    def _asked(self, action: str, sent: dict[str, Any]) -> Answer:
        if action not in self._operations:
            raise ValidationException(f"The table in memory does not know {action}.")
        return self._operations[action](**sent)


def is_for_the_table(target: str) -> bool:
    """Whether a request's X-Amz-Target names DynamoDB."""
    return target.startswith(f"{TARGET}.")


def _fault(response: dict[str, Any]) -> dict[str, Any]:
    more: dict[str, Any] = {
        name: response[name] for name in ("Item", "CancellationReasons") if name in response
    }
    error = response["Error"]
    return {"__type": f"{TARGET}#{error['Code']}", "message": error["Message"], **more}


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(value), status, content_type=_TYPE)
