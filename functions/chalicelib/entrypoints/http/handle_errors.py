"""What a resident is told when a request cannot be read, or the table does not answer."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Response

from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.entrypoints.http import requests, responses
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.requests import RequestError

P = ParamSpec("P")


def handle_errors(view: Callable[P, Response]) -> Callable[P, Response]:
    """Stand before a view: it may raise RequestError, and what the table's client raises.

    The log says what failed, and nothing that was sent.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        request = blueprint.current_request
        as_json, language = requests.wants_json(request), requests.language(request)
        try:
            return view(*args, **kwargs)
        except RequestError as error:
            return responses.sorry(language, error.status, error.key, as_json=as_json)
        except (BotoCoreError, ClientError, ChangedMeanwhileError):
            blueprint.log.exception("A resident could not be answered.")
            return responses.sorry(language, 503, "unavailable", as_json=as_json)

    return guarded
