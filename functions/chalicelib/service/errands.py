"""Errands of a round: streams of tasks, taken in turn so that none waits for another's end."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do, part of an errand. `name` says which, the same in each round."""

    name: str
    errand: str
    do: Callable[[], object]


def in_turn(*errands: Iterable[Task]) -> Iterator[Task]:
    """One task of each errand in turn, each errand in its own order; no more is read ahead."""
    waiting = [iter(errand) for errand in errands]
    while waiting:
        for errand in tuple(waiting):
            task = next(errand, None)
            if task is None:
                waiting.remove(errand)
            else:
                yield task


def putting_last(tasks: Iterable[Task], names: Collection[str]) -> Iterator[Task]:
    """The same tasks, those of these names after all others."""
    kept_back = []
    for task in tasks:
        if task.name in names:
            kept_back.append(task)
        else:
            yield task
    yield from kept_back
