"""Reads scenarios from ``docs/drills/*.toml``, one page a file, and refuses what is not one."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from docs.generator.scenarios import (
    Choice,
    DrillSet,
    Expected,
    Given,
    OfSeverity,
    OfTechnique,
    Scenario,
    ScenarioError,
    ScenarioStep,
)

from chalicelib.locales import LANGUAGES

DRILLS = Path(__file__).parent.parent / "drills"
_KEYS = {
    "severity": {"facts", "then", "expect", "why"},
    "technique": {"choice"},
}
_COMMON = {"id", "kind", "roles", "practises", "title", "story", "question"}


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


def _step(step: dict[str, Any]) -> ScenarioStep:
    after, do = step.pop("after_days"), step.pop("do")
    return ScenarioStep(after, do, step | _loss(step))


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
