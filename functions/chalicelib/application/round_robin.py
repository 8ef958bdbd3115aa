"""The jobs of a sweep: streams of them, taken in turn so that none waits for another's end."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class SweepJob:
    """One thing to do. `name` says which, the same in each sweep; `kind` what sort of work."""

    name: str
    kind: str
    do: Callable[[], object]


def in_turn(*streams: Iterable[SweepJob]) -> Iterator[SweepJob]:
    """One job of each stream in turn, each stream in its own order; no more is read ahead."""
    waiting = [iter(stream) for stream in streams]
    while waiting:
        for stream in tuple(waiting):
            job = next(stream, None)
            if job is None:
                waiting.remove(stream)
            else:
                yield job


def retry_last(jobs: Iterable[SweepJob], names: Collection[str]) -> Iterator[SweepJob]:
    """The same jobs, those of these names after all others."""
    put_off = []
    for job in jobs:
        if job.name in names:
            put_off.append(job)
        else:
            yield job
    yield from put_off
