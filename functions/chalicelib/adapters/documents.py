"""JSON documents of the table, read into the types that they were written from.

The first reading of a type makes it known to msgspec, and two threads that do so at the
same time end the process with a segmentation fault (msgspec 0.22). So each type is made
known once, by one thread.
"""

from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_making = Lock()
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def read(document: str, kind: type[T]) -> T:
    """The value of this type. Raises msgspec.ValidationError for a document of another."""
    decoder = _decoders.get(kind) or _decoder(kind)
    value: T = decoder.decode(document)
    return value


def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type expression
    with _making:
        if kind not in _decoders:
            _decoders[kind] = msgspec.json.Decoder(kind)
        return _decoders[kind]
