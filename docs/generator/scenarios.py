"""The drills as data: scenarios read from ``docs/drills/*.toml``, one page a file.

A scenario is a paragraph of what the resident says and shows, then a question. One of
severity holds the facts that the engine decides by; one of technique, what could be said
next, with the reason for each answer.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from docs.generator.errors import HandbookError

from chalicelib.domain.rules import Words
from chalicelib.locales import LANGUAGES

DRILLS = Path(__file__).parent.parent / "drills"
UNDECIDED = "undecided"
"""The answer where the facts decide nothing, so that a person must judge."""
_KEYS = {
    "severity": {"facts", "then", "expect", "why"},
    "technique": {"choice"},
}
_COMMON = {"id", "kind", "roles", "practises", "title", "story", "question"}


class ScenarioError(HandbookError, ValueError):
    """A scenario that cannot be read; the message names it, and what is wrong with it."""


@dataclass(frozen=True)
class Step:
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
    then: tuple[Step, ...]
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


def drill_sets(folder: Path = DRILLS) -> tuple[DrillSet, ...]:
    """Every set, by the name of its file.

    Raises ScenarioError for one that lacks something, has too much, or repeats an id.
    """
    sets = tuple(DrillSet(path.stem, tuple(_read(path))) for path in sorted(folder.glob("*.toml")))
    _require_unique(one.id for each in sets for one in each.scenarios)
    return sets


def _read(path: Path) -> Iterator[Scenario]:
    try:
        return map(scenario, tomllib.loads(path.read_text("utf-8"))["scenario"])
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path.name}: {error}") from error


def scenario(entry: dict[str, Any]) -> Scenario:
    """One scenario from its table. Raises ScenarioError when that is not one of its kind."""
    name = entry.get("id", "a scenario without id")
    try:
        wrong = entry.keys() ^ (_COMMON | _KEYS[entry["kind"]])
        if wrong - {"then"}:
            raise ScenarioError(f"{name}: missing or unknown: {', '.join(sorted(wrong))}")
        _require_languages(entry)
        return _of_its_kind(entry)
    except (KeyError, TypeError) as error:
        raise ScenarioError(f"{name}: missing or unknown: {error}") from error


def _of_its_kind(entry: dict[str, Any]) -> Scenario:
    told: dict[str, Any] = {name: entry[name] for name in ("id", "title", "story", "question")}
    told |= {name: tuple(entry[name]) for name in ("roles", "practises")}
    if entry["kind"] == "technique":
        return OfTechnique(**told, choices=_choices(entry))
    return OfSeverity(
        **told,
        given=_given(entry["facts"]),
        then=tuple(_step(dict(step)) for step in entry.get("then", ())),
        expect=Expected(**{**entry["expect"], "clauses": tuple(entry["expect"]["clauses"])}),
        why=entry["why"],
    )


def _choices(entry: dict[str, Any]) -> tuple[Choice, ...]:
    choices = tuple(Choice(**{"good": False} | one) for one in entry["choice"])
    if [one.good for one in choices].count(True) != 1:
        raise ScenarioError(f"{entry['id']}: exactly one choice is good")
    return choices


def _given(facts: dict[str, Any]) -> Given:
    roles: dict[str, Any] = {
        name: frozenset(facts[name]) for name in ("complained_about", "absent") if name in facts
    }
    return Given(**facts | roles | _loss(facts))


def _step(step: dict[str, Any]) -> Step:
    after, do = step.pop("after_days"), step.pop("do")
    return Step(after, do, step | _loss(step))


def _loss(values: dict[str, Any]) -> dict[str, Any]:
    return {"loss": Decimal(str(values["loss"]))} if "loss" in values else {}


def _require_languages(entry: dict[str, Any]) -> None:
    found = [entry[name] for name in ("title", "story", "question", "why") if name in entry]
    found += [choice[name] for choice in entry.get("choice", ()) for name in ("say", "why")]
    if any(words.keys() != set(LANGUAGES) for words in found):
        raise ScenarioError(f"{entry['id']}: its words are not all in {' and '.join(LANGUAGES)}")


def _require_unique(names: Iterator[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ScenarioError(f"{name}: two scenarios have this id")
        seen.add(name)
