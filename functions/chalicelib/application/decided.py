"""A history as a command would leave it; nothing is saved."""

from datetime import datetime

from chalicelib.application.history import History
from chalicelib.domain.commands import Command
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext


def decided(
    history: History, command: Command, context: DecisionContext, now: datetime, by: str
) -> History:
    """The history with what follows from the command at `now` (UTC).

    What was passed on from another complaint is recorded once. Raises NotFoundError or
    RefusedError, as `decide` does.
    """
    origin = getattr(command, "origin", "")
    if origin and history.has(origin):
        return history
    return history.extended(decide(history.complaint, command, context, now), now, by, origin)
