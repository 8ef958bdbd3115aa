"""Copies of values with some of their fields changed, whatever kind of class they are of."""

import dataclasses
from typing import TypeVar

import msgspec

V = TypeVar("V")


def replace(value: V, **changes: object) -> V:
    """A copy of a value of the domain, or of a dataclass, with these fields changed."""
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)
