"""Commands of the word between the resident and the desk; `commands` gathers them with all others.

`by` is a staff id, or `permissions.RESIDENT` for what comes from her own page.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """The resident adds something; the staff write down what she says by word of mouth."""

    by: str
    text: str


@dataclass(frozen=True)
class Update:
    """Tell the resident how things stand, before there is an answer (principle 3)."""

    by: str
    text: str
    told_by: str = "email"


@dataclass(frozen=True)
class AskCode:
    """Send the code once more to the address on the record."""

    by: str


@dataclass(frozen=True)
class RenewCode:
    """Make the resident's code another, as the one she had is in wrong hands."""

    by: str
    reason: str


@dataclass(frozen=True)
class Link:
    """Take note that an earlier complaint is about the same matter; as `correspondence.Linked`."""

    reference: str
    because: str
    times_raised: int
    told: bool


@dataclass(frozen=True)
class Repeat:
    """Take note that the matter was raised once more, under this reference."""

    reference: str
