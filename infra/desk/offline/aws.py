"""AWS itself, offline: moto's server on a loopback port, one request at a time.

Moto's transactions are not isolated: one that fails puts back a copy of the whole
table, and what was written meanwhile is lost. So one lock stands before everything.
"""

import copy
import io
import json
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from moto.dynamodb.models.table import StreamShard
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from desk.connection import ENDPOINT
from desk.offline.uploads import is_form

ACCOUNT = "123456789012"
REGION = "us-east-1"
_READS = ("Query", "GetItem", "BatchGetItem", "Scan", "Describe", "GetRecords", "GetShardIterator")


class Service(Protocol):
    """What stands beside moto where moto does less than AWS; the lock is held meanwhile."""

    def before(self, action: str, sent: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The status line and the body to answer with instead of moto, or None."""
        ...

    def after(self, action: str, sent: dict[str, Any]) -> None:
        """Moto has done it, and says that it went well."""
        ...


class OfflineAws:
    """Moto's server. `written` is set whenever something may have changed.

    `beside` are services by the prefix of their actions' full names; `forms` answers the
    forms that browsers send to S3.
    """

    def __init__(self) -> None:
        StreamShard.__deepcopy__ = _copied_lightly  # type: ignore[attr-defined]
        self.beside: dict[str, Service] = {}
        self.forms: Callable[[Request], Response] | None = None
        self.lock = threading.RLock()
        self.written = threading.Event()
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", 0, self._one_at_a_time, threaded=True, request_handler=_Quiet
        )

    @property
    def environment(self) -> dict[str, str]:
        """What leads an AWS client here, with credentials that are good for nothing else."""
        return {
            ENDPOINT: f"http://127.0.0.1:{self._server.server_port}",
            "AWS_ACCESS_KEY_ID": "offline",
            "AWS_SECRET_ACCESS_KEY": "offline",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
        }

    def start(self) -> None:
        """Answer from now on."""
        _in_background(self._server)

    def stop(self) -> None:
        """Answer no more, and let the port go."""
        self._server.shutdown()
        self._server.server_close()

    def _one_at_a_time(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if self.forms and is_form(request := Request(environ)):
            return list(self.forms(request)(environ, start))
        service, _, action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")
        with self.lock:
            beside = self.beside.get(service)
            answer = (
                self._helped(beside, action, environ, start)
                if beside
                else list(self._app(environ, start))
            )
        if not action.startswith(_READS):
            self.written.set()
        return answer

    def _helped(
        self, beside: Service, action: str, environ: dict[str, Any], start: Callable[..., Any]
    ) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        sent = json.loads(body or b"{}")
        instead = beside.before(action, sent)
        if instead:
            status, value = instead
            start(status, [("Content-Type", "application/x-amz-json-1.1")])
            return [json.dumps(value).encode()]
        statuses: list[str] = []

        def started(status: str, *rest: Any) -> Any:  # noqa: ANN401 - WSGI
            statuses.append(status)
            return start(status, *rest)

        answer = list(self._app({**environ, "wsgi.input": io.BytesIO(body)}, started))
        if statuses[-1].startswith("200"):
            beside.after(action, sent)
        return answer


def _copied_lightly(shard: StreamShard, memo: dict[int, Any]) -> StreamShard:
    """A copy of a stream that shares its records, which never change once they are written.

    Moto copies the whole table before each transaction, and keeps all that ever happened.
    """
    fresh = copy.copy(shard)
    memo[id(shard)] = fresh
    fresh.table = copy.deepcopy(shard.table, memo)
    fresh.items = list(shard.items)
    return fresh


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Nothing is logged."""


def _in_background(server: BaseWSGIServer) -> None:
    threading.Thread(target=server.serve_forever, daemon=True).start()
