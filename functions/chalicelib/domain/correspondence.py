"""Events of the word between the resident and the desk, and of what ties her complaints together.

`events` gathers them with all others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Messaged:
    """The resident added something to what she had said (6.1.1)."""


@dataclass(frozen=True)
class Updated:
    """The resident was told how things stand, before there is an answer (principle 3)."""

    told_by: str


@dataclass(frozen=True)
class CodeAsked:
    """Somebody who has the reference asked for the code: it goes to the address on record."""


@dataclass(frozen=True)
class CodeRenewed:
    """The resident's code is another from now on; the one before opens nothing any more."""

    version: int


@dataclass(frozen=True)
class Linked:
    """An earlier complaint is about the same matter: its reference (5.1.1).

    `because` she ``named`` it, or because ``contact`` or ``household`` and category are the
    same. `times_raised` is how often the matter was raised before, with the earlier one
    counted. `told` when the resident hears of it: both have the same contact.
    """

    reference: str
    because: str
    times_raised: int
    told: bool


@dataclass(frozen=True)
class Repeated:
    """The matter was raised once more, in a complaint of its own: its reference."""

    reference: str


@dataclass(frozen=True)
class ReturnVisitAsked:
    """Some days after the reply the resident is asked whether it held (回访).

    `by_letter` when she gets the letter; else somebody of the staff is asked to call her.
    """

    by_letter: bool
