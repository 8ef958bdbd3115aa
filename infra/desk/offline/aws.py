"""AWS itself, offline, on a loopback port: the table in memory, and moto for accounts and photos.

Whoever is in another process, as the other `desk` commands are, reaches all of it there. The
functions' own process has the table and the mail at hand, without HTTP.
"""

import io
import json
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from desk.connection import ENDPOINT
from desk.offline.memory_table.client import MemoryDynamoDB
from desk.offline.memory_table.endpoint import Endpoint, is_for_the_table
from desk.offline.memory_table.schema import schema_from
from desk.offline.memory_table.table import Table
from desk.offline.uploads import is_form

ACCOUNT = "123456789012"
REGION = "us-east-1"


class Service(Protocol):
    """What stands beside moto where moto does less than AWS; the lock is held meanwhile."""

    def before(self, action: str, sent: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The status line and the body to answer with instead of moto, or None."""
        ...

    def after(self, action: str, sent: dict[str, Any]) -> None:
        """Moto has done it, and says that it went well."""
        ...


class OfflineAws:
    """The table, and moto's server, which answers one request at a time.

    `beside` are services by the prefix of their actions' full names; `forms` answers the
    forms that browsers send to S3.
    """

    def __init__(self, table_name: str) -> None:
        self.table = Table(table_name, schema_from(), REGION)
        self.dynamodb = MemoryDynamoDB(self.table)
        self.beside: dict[str, Service] = {}
        self.forms: Callable[[Request], Response] | None = None
        self._lock = threading.RLock()
        self._endpoint = Endpoint(self.dynamodb)
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

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
        self._thread.start()

    def stop(self) -> None:
        """Answer no more, and let the port go."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if is_for_the_table(target):
            return self._endpoint.answer(Request(environ))(environ, start)
        if self.forms and is_form(request := Request(environ)):
            return list(self.forms(request)(environ, start))
        service, _, action = target.rpartition(".")
        beside = self.beside.get(service)
        with self._lock:
            if beside:
                return self._helped(beside, action, environ, start)
            return list(self._moto(environ, start))

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

        answer = list(self._moto({**environ, "wsgi.input": io.BytesIO(body)}, started))
        if statuses[-1].startswith("200"):
            beside.after(action, sent)
        return answer


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Nothing is logged."""
