"""The drills as data: scenarios, and the pages that they make up.

A scenario is a paragraph of what the resident says and shows, then a question. One of
severity holds the facts that the engine decides by; one of technique, what could be said
next, with the reason for each answer.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docs.generator.errors import HandbookError

from chalicelib.domain.policy import Words

UNDECIDED = "undecided"
"""The answer where the facts decide nothing, so that a person must judge."""


class ScenarioError(HandbookError, ValueError):
    """A scenario that cannot be read; the message names it, and what is wrong with it."""


@dataclass(frozen=True)
class ScenarioStep:
    """What happens to the complaint later: `do` is judge, record-facts, reply, dispute or wait.

    `after_days` counts whole days from receipt; `values` are what was judged or recorded.
    """

    after_days: int
    do: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Given:
    """The facts of a scenario, as they are recorded at intake (6.1.1); `loss` is in CNY.

    `complained_about` and `absent` are roles whose holders the resident complains of, or
    who are away.
    """

    cause: str
    about: str
    category: str
    hurt: bool = False
    loss: Decimal | None = None
    times_raised: int = 0
    complained_about: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Expected:
    """What the engine says by the policy as it stood when the explanation was written."""

    severity: str
    owner: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """Something that could be said or done next, and why it is good or not."""

    good: bool
    say: Words
    why: Words


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One drill: for whom it is, what it practises (clauses, principles), and its words."""

    id: str
    roles: tuple[str, ...]
    practises: tuple[str, ...]
    title: Words
    story: Words
    question: Words


@dataclass(frozen=True, kw_only=True)
class OfSeverity(Scenario):
    """How severe is it, and who owns it? The answer is the engine's."""

    given: Given
    then: tuple[ScenarioStep, ...]
    expect: Expected
    why: Words

    @property
    def is_hard(self) -> bool:
        """Whether it meets clauses of two numbers, or none."""
        return len(self.expect.clauses) != 1


@dataclass(frozen=True, kw_only=True)
class OfTechnique(Scenario):
    """What do you say or do next? One answer is good."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class DrillSet:
    """The scenarios of one file, which is one page of the handbook."""

    name: str
    scenarios: tuple[Scenario, ...]
