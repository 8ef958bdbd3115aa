"""Carries the table's stream to the notifier, and what the mail service tells to its function.

As Lambda's event source mapping and SNS do.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from desk.offline.background import attempt

_TRIES = 3
_BATCH = 100
_PAUSE = 0.5
"""Seconds between two looks when nothing comes, or after one that failed."""


class Stream(Protocol):
    """What was written to a table, in order, each record as Lambda hands it over."""

    def first(self, most: int) -> list[dict[str, Any]]:
        """The oldest records that were not carried, so many at the most."""
        ...

    def forget(self, count: int) -> None:
        """So many of the oldest were carried."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait so long at the most until there is a record; whether there is one."""
        ...


NextEvent = Callable[[], dict[str, Any] | None]
"""What the mail service tells next; None where there is nothing."""


def _nothing() -> None:
    """A mail service that tells nothing."""


class Pump:
    """Invokes the notifier with what is new; what keeps failing is left to the sweep.

    And the function that hears what became of letters, in the same breath.
    """

    def __init__(
        self,
        stream: Stream,
        functions: Any,  # noqa: ANN401 - the module app.py
        next_event: NextEvent = _nothing,
    ) -> None:
        self._stream = stream
        self._next_event = next_event
        self._functions = functions
        self._failures: dict[str, int] = {}
        self._lock = threading.Lock()

    def run(self, stopping: threading.Event) -> None:
        """Carry whatever is written, until told to stop; a look that fails is not the last."""
        while not stopping.is_set():
            if not attempt("Carrying the table's stream", self._carry_when_there_is_something):
                stopping.wait(_PAUSE)

    def drain(self) -> None:
        """Carry all there is; returns when neither the stream nor the mail service has more."""
        with self._lock:
            self._carry_stream()
            while event := self._next_event():
                self._tell(event)
                self._carry_stream()

    def _carry_stream(self) -> None:
        while records := self._stream.first(_BATCH):
            self._stream.forget(self._carried(records))

    def _tell(self, event: dict[str, Any]) -> None:
        """What keeps failing is left: a day later the sweep asks what became of the letter."""
        for _ in range(_TRIES):
            if attempt("Hearing what became of a letter", lambda: self._heard(event)):
                return

    def _heard(self, event: dict[str, Any]) -> object:
        return self._functions.feedback(event, None)

    def _carry_when_there_is_something(self) -> None:
        if self._stream.wait(_PAUSE):
            self.drain()

    def _carried(self, records: list[dict[str, Any]]) -> int:
        """Hand a batch to the notifier; how many records of it are dealt with."""
        answer = self._functions.notifier({"Records": records}, None)
        failed = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
        if not failed:
            return len(records)
        numbers = [one["dynamodb"]["SequenceNumber"] for one in records]
        tries = self._failures.pop(failed[0], 0) + 1
        if tries < _TRIES:
            self._failures[failed[0]] = tries
        return numbers.index(failed[0]) + (tries >= _TRIES)
