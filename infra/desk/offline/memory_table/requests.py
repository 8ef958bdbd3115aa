"""What every request is checked for before it is carried out."""

from collections.abc import Collection, Mapping
from typing import Any

from desk.offline.memory_table import parser, values
from desk.offline.memory_table.errors import ResourceNotFoundException, ValidationException
from desk.offline.memory_table.expressions import Given
from desk.offline.memory_table.table import Table

Request = Mapping[str, Any]

_NAMES, _VALUES = "ExpressionAttributeNames", "ExpressionAttributeValues"


def require_known(request: Request, known: Collection[str]) -> None:
    """Raises ValidationException for what is not implemented: it is never ignored."""
    extra = sorted(set(request) - set(known))
    if extra:
        raise ValidationException(f"The table in memory does not know {', '.join(extra)}.")


def require_table(table: Table, request: Request) -> None:
    """Raises ResourceNotFoundException for another table than this."""
    if request.get("TableName") != table.name:
        raise ResourceNotFoundException("Requested resource not found")


def given_with(request: Request) -> Given:
    """The names and values of a request. Raises ValidationException for one that nothing uses."""
    for name in (_NAMES, _VALUES):
        if name in request and not request[name]:
            raise ValidationException(f"{name} must not be empty")
    names = request.get(_NAMES, {})
    given = Given(names, values.stored(request.get(_VALUES, {})))
    texts = [text for name, text in request.items() if name.endswith("Expression")]
    unused = (names.keys() | given.values.keys()).difference(*map(parser.used, texts))
    if unused:
        raise ValidationException(f"Unused in expressions: {', '.join(sorted(unused))}")
    return given
