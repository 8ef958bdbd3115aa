"""AWS itself, offline: moto's server on a loopback port, one request at a time.

Moto's transactions are not isolated: one that fails puts back a copy of the whole
table, and what was written meanwhile is lost. So one lock stands before everything.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from desk.connection import ENDPOINT

ACCOUNT = "123456789012"
REGION = "us-east-1"
_READS = ("Query", "GetItem", "BatchGetItem", "Scan", "Describe", "GetRecords", "GetShardIterator")


class OfflineAws:
    """Moto's server. `written` is set whenever something may have changed."""

    def __init__(self) -> None:
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
        with self.lock:
            answer = list(self._app(environ, start))
        action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        if not action.startswith(_READS):
            self.written.set()
        return answer


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Nothing is logged."""


def _in_background(server: BaseWSGIServer) -> None:
    threading.Thread(target=server.serve_forever, daemon=True).start()
