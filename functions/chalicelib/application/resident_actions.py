"""What the resident does on her own page: a message, solved, not solved, withdrawn.

Each takes one text, which only a message needs. What is offered is what the decision
would take.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.history import History
from chalicelib.application.open_complaint import OpenComplaint
from chalicelib.application.ports.clock import Clock
from chalicelib.domain import commands
from chalicelib.domain.commands import Confirm, Dispute, Message, Withdraw
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    Fault,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.model import RESIDENT, Complaint
from chalicelib.field_parsers import UnfitError, plain_text, unfit

MOST = 2000
"""The most characters of what she writes."""
AT_ONCE = timedelta(minutes=1)
"""The same word sent again within this time is the same word, from whatever page."""
JUST_NOW = timedelta(minutes=10)
"""How long her page says that something was done; an address kept with it says so no longer."""
_ATTEMPTS = 3
ResidentCommand = Message | Confirm | Dispute | Withdraw
_PAGE = "page"
"""How her word came: from her own page."""

RESIDENT_VERBS: Mapping[str, Callable[[str], ResidentCommand]] = {
    "message": lambda text: commands.Message(RESIDENT, text),
    "confirm": lambda text: commands.Confirm(RESIDENT, _PAGE, text),
    "dispute": lambda text: commands.Dispute(RESIDENT, text, _PAGE),
    "withdraw": lambda text: commands.Withdraw(RESIDENT, text),
}
"""The verbs by their names in paths, each made from what she wrote."""
_KINDS = {
    "message": "messaged",
    "confirm": "confirmed",
    "dispute": "disputed",
    "withdraw": "withdrawn",
}


def offered(complaint: Complaint, context: DecisionContext, now: datetime) -> tuple[str, ...]:
    """The verbs that would be taken of her as things stand."""
    return tuple(verb for verb in RESIDENT_VERBS if _would_be_taken(verb, complaint, context, now))


def _would_be_taken(
    verb: str, complaint: Complaint, context: DecisionContext, now: datetime
) -> bool:
    try:
        decide(complaint, RESIDENT_VERBS[verb]("-"), context, now)
    except RefusedError:
        return False
    return True


@dataclass(frozen=True)
class SentAction:
    """What she sent: the verb and its text. `seen` is the version that her page showed."""

    verb: str
    text: str
    seen: int | None = None

    @property
    def command(self) -> ResidentCommand:
        """What it asks."""
        return RESIDENT_VERBS[self.verb](self.text)

    def is_among(self, history: History, now: datetime) -> bool:
        """Whether it was kept since her page was made, or a moment ago."""
        return any(
            one.by == RESIDENT
            and one.kind == _KINDS[self.verb]
            and "".join(one.words.values()) == self.text
            and (one.at >= now - AT_ONCE or (self.seen is not None and one.number > self.seen))
            for one in history.records
        )


def read(verb: str, sent: Mapping[str, object]) -> SentAction:
    """Her word from what she sent, under ``text`` or ``reason``. Raises BadInputError."""
    raw, version = sent.get("text") or sent.get("reason") or "", str(sent.get("version", ""))
    try:
        text = plain_text(raw, MOST, is_long=True)
        if verb == "message" and not text:
            raise unfit("required")
    except UnfitError as error:
        raise BadInputError((Fault("text", error.code, error.params),)) from None
    return SentAction(verb, text, int(version) if re.fullmatch(r"[0-9]{1,5}", version) else None)


def did(history: History, verb: str, now: datetime) -> bool:
    """Whether the last thing she did is this, and she did it just now."""
    hers = [one for one in history.records if one.by == RESIDENT]
    return bool(hers) and hers[-1].kind == _KINDS[verb] and now - hers[-1].at <= JUST_NOW


@dataclass(frozen=True)
class ResidentActions:
    """Carries out what the resident sends, once however often it is sent."""

    open_complaint: OpenComplaint
    act_on_complaint: ActOnComplaint
    clock: Clock

    def act(self, reference: str, code: str, action: SentAction) -> History:
        """Carry it out. What a page sends twice changes nothing more, and is answered the same.

        Raises NotFoundError for a wrong code too, RefusedError, or ChangedMeanwhileError
        when others keep acting first.
        """
        for _ in range(_ATTEMPTS):
            history = self.open_complaint.by_code(reference, code)
            is_there = action.is_among(history, self.clock.now())
            if is_there and action.verb == "message":
                return history
            try:
                return self._acted(history, action)
            except ChangedMeanwhileError:
                continue
            except RefusedError:
                if is_there:
                    return history
                raise
        raise ChangedMeanwhileError

    def ask_code(self, reference: str) -> None:
        """Send the code to the address on record; whether there is one, nobody is told."""
        with suppress(NotFoundError, RefusedError, ChangedMeanwhileError):
            self.act_on_complaint.act(reference, commands.AskCode(RESIDENT), by=RESIDENT)

    def _acted(self, history: History, action: SentAction) -> History:
        """What follows from it, on the very version that was looked at."""
        version = history.complaint.version
        return self.act_on_complaint.act_on(history, action.command, RESIDENT, version)
