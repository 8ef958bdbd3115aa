"""Alerts that wait for one letter."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chalicelib.application.outbox import AlertBatch
from chalicelib.application.ports.letters import LetterKey


class AlertBatches(Protocol):
    """Alerts that wait for one letter."""

    def hold(self, key: LetterKey, batch: AlertBatch, claimed_at: datetime) -> None:
        """Put the letter of a complaint's event into a batch; its record then says so.

        All or nothing, so that no letter is lost or sent twice. `claimed_at` is the
        instant of the claim. Raises LetterHeldError when the claim has gone to somebody
        else, and ChangedMeanwhileError when the batch was closed.
        """
        ...

    def close(self, batch: AlertBatch, now: datetime) -> frozenset[str]:
        """The references of all complaints in a batch, which takes no more from now on.

        Raises NotFoundError when nothing was ever put into it.
        """
        ...

    def ended(self, now: datetime) -> Iterable[AlertBatch]:
        """The batches whose end has come and whose letter has not gone out, oldest first."""
        ...
