"""The lessons that were drawn at closing."""

from typing import Protocol

from chalicelib.application.records import Lesson


class Lessons(Protocol):
    """The lessons that were drawn at closing."""

    def of(self, category: str) -> tuple[Lesson, ...]:
        """The lessons of a category, newest first, in one request."""
        ...
