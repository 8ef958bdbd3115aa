"""How many letters may still go out under a name."""

from datetime import datetime
from typing import Protocol


class RateLimits(Protocol):
    """How many letters may still go out under a name, as one address and day."""

    def take(self, name: str, letter: str, most: int, until: datetime) -> bool:
        """Whether this letter is among the first `most` under this name; asking twice is one.

        What was counted is forgotten some time after `until`.
        """
        ...
