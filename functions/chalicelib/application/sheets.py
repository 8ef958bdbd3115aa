"""Tables that leave the desk as a file: what a cell may hold, whatever file it becomes."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

Cell = str | int | float | datetime | None
"""A moment is naive, of the community's clock."""


class Sheet(Struct, frozen=True):
    """A table: its name, what stands above its columns, and its rows."""

    name: str
    heading: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
