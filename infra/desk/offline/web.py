"""One address for everything: the site, the functions, and the offline pages."""

import mimetypes
from collections.abc import Callable
from pathlib import Path

from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from chalicelib.entrypoints.http.responses import PROTECTION
from desk.offline.compression import compressed
from desk.offline.functions import Gateway
from desk.offline.pages import LocalPages

_FUNCTIONS = ("complaints", "desk")
_PROTECTION = {**PROTECTION, "Referrer-Policy": "same-origin"}
"""As the deployed host protects what has no headers of its own (infra/site.yaml)."""


def _carry_nothing() -> None:
    """Whatever was written is carried by somebody else."""


class Web:
    """A WSGI application."""

    def __init__(
        self,
        site: Path,
        gateway: Gateway,
        local: LocalPages,
        carry: Callable[[], None] = _carry_nothing,
    ) -> None:
        self._site = site
        self._gateway = gateway
        self._local = local
        self._carry = carry

    def __call__(self, environ, start_response):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN204 - WSGI
        """Answer one request; what protects a page stands on each answer."""
        request = Request(environ)
        answer = self._answer(request)
        for name, value in _PROTECTION.items():
            answer.headers.setdefault(name, value)
        return compressed(request, answer)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        first = request.path.strip("/").partition("/")[0]
        if first in _FUNCTIONS:
            answer = self._gateway.answer(request)
            if request.method == "POST" and first == "desk":
                # So that the page which follows says what became of the letters.
                self._carry()
            return answer
        if first == "local":
            return self._local.answer(request)
        return self._static(request)

    def _static(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response("", 405, headers={"Allow": "GET, HEAD"})
        found = safe_join(str(self._site), request.path.lstrip("/"))
        if found is None:
            return self._missing(request)
        path = Path(found)
        if path.is_dir():
            if not request.path.endswith("/"):
                return Response("", 301, headers={"Location": f"{request.path}/"})
            path /= "index.html"
        return self._file(path, request)

    def _file(self, path: Path, request: Request) -> Response:
        if not path.is_file():
            return self._missing(request)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return send_file(path, request.environ, mimetype=kind, max_age=0)

    def _missing(self, request: Request) -> Response:
        name = "en/404.html" if request.path.startswith("/en/") else "404.html"
        return Response((self._site / name).read_bytes(), 404, mimetype="text/html")
