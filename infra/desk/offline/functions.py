"""The functions behind real HTTP: Chalice's own local gateway, in front of app.py."""

import importlib.util
import json
import sys
from types import ModuleType
from typing import Any
from urllib.parse import quote

from chalice.config import Config
from chalice.local import CustomLocalChalice, LocalGateway, LocalGatewayException
from werkzeug.wrappers import Request, Response

from desk.connection import ROOT

MOST_BYTES = 10 * 1024 * 1024
"""What API Gateway takes at the most."""


def load_functions() -> ModuleType:
    """functions/app.py as Lambda imports it."""
    path = ROOT / "functions" / "app.py"
    spec = importlib.util.spec_from_file_location("app", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["app"] = module
    spec.loader.exec_module(module)
    return module


class Gateway:
    """API Gateway for the functions. Requests may come in at once, each in its own thread."""

    def __init__(self, functions: ModuleType) -> None:
        functions.app.__class__ = CustomLocalChalice
        config = Config(config_from_disk={"app_name": "complaint-desk"})
        self._gateway = LocalGateway(functions.app, config)

    def answer(self, request: Request) -> Response:
        """What the functions answer to this request."""
        if (request.content_length or 0) > MOST_BYTES:
            return Response('{"message":"Request Too Long"}', 413, mimetype="application/json")
        path = quote(request.path) + (
            f"?{request.query_string.decode()}" if request.query_string else ""
        )
        try:
            answer = self._gateway.handle_request(
                request.method, path, dict(request.headers), request.get_data()
            )
        except LocalGatewayException as error:
            return Response(error.body, error.CODE, mimetype="application/json")
        return _response(answer)


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    if not isinstance(body, (str, bytes)):
        body = json.dumps(body)
    response = Response(body, answer["statusCode"])
    for name, value in answer["headers"].items():
        response.headers[name] = value
    for name, values in answer["multiValueHeaders"].items():
        response.headers.setlist(name, values)
    return response
