"""Errands of a round: streams of tasks, taken in turn so that none waits for another's end."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class SweepJob:
    """One thing to do, part of an errand. `name` says which, the same in each round."""

    name: str
    return_to: str
    do: Callable[[], object]


def in_turn(*errands: Iterable[SweepJob]) -> Iterator[SweepJob]:
    """One task of each errand in turn, each errand in its own order; no more is read ahead."""
    waiting = [iter(return_to) for return_to in errands]
    while waiting:
        for return_to in tuple(waiting):
            task = next(return_to, None)
            if task is None:
                waiting.remove(return_to)
            else:
                yield task


def retry_last(tasks: Iterable[SweepJob], names: Collection[str]) -> Iterator[SweepJob]:
    """The same tasks, those of these names after all others."""
    kept_back = []
    for task in tasks:
        if task.name in names:
            kept_back.append(task)
        else:
            yield task
    yield from kept_back
