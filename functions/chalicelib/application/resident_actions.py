"""What the resident does on their own page: the verbs of the table that are theirs too.

Each takes one text, which not every verb needs, and what the resident may choose besides. What
is offered is what the decision would take.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.history import History
from chalicelib.application.open_complaint import OpenComplaint
from chalicelib.application.ports.clock import Clock
from chalicelib.domain import commands
from chalicelib.domain.commands import PersonCommand
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
from chalicelib.domain.verbs import BY_NAME, SAID, VERBS, Field, Verb
from chalicelib.field_parsers import UnfitError, plain_text, unfit

MOST = SAID
"""The most characters of what the resident writes."""
AT_ONCE = timedelta(minutes=1)
"""The same word sent again within this time is the same word, from whatever page."""
JUST_NOW = timedelta(minutes=10)
"""How long the page says that something was done; an address kept with it says so no longer."""
NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})
_ATTEMPTS = 3


def _command(verb: Verb, text: str, chosen: Mapping[str, str] = NOTHING_CHOSEN) -> PersonCommand:
    """The verb as the resident asks it on their own page, with what they wrote and chose."""
    values = {one.name: one.on_own_page for one in verb.fields if one.on_own_page}
    return verb.asked(RESIDENT, **values, **{_text_of(verb).name: text}, **chosen)


def _text_of(verb: Verb) -> Field:
    """The one text that the resident writes."""
    return next(one for one in verb.fields if one.kind == "text")


def _needs_text(verb: str) -> bool:
    field = _text_of(BY_NAME[verb])
    return field.required and not field.resident_may_omit


RESIDENT_VERBS: Mapping[str, Callable[..., PersonCommand]] = {
    one.name: partial(_command, one) for one in VERBS if one.by_resident and one.fields
}
"""The verbs by their names in paths, each made from what the resident wrote and chose.

The code is asked for where the resident has none, and with no text.
"""


def offered(complaint: Complaint, context: DecisionContext, now: datetime) -> tuple[str, ...]:
    """The verbs that would be taken of the resident as things stand."""
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
    """What the resident sent: the verb, its text, and what they chose, by field.

    `seen` is the version that the page showed.
    """

    verb: str
    text: str
    seen: int | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> PersonCommand:
        """What it asks."""
        return RESIDENT_VERBS[self.verb](self.text, self.chosen)

    def is_among(self, history: History, now: datetime) -> bool:
        """Whether it was kept since the page was made, or a moment ago."""
        return any(
            one.by == RESIDENT
            and one.kind == BY_NAME[self.verb].event
            and "".join(one.words.values()) == self.text
            and (one.at >= now - AT_ONCE or (self.seen is not None and one.number > self.seen))
            for one in history.records
        )


def read(verb: str, sent: Mapping[str, object]) -> SentAction:
    """The action from what was sent, under ``text`` or ``reason``. Raises BadInputError."""
    raw, version = sent.get("text") or sent.get("reason") or "", str(sent.get("version", ""))
    try:
        text = plain_text(raw, MOST, is_long=True)
        if not text and _needs_text(verb):
            raise unfit("required")
    except UnfitError as error:
        raise BadInputError((Fault("text", error.code, error.params),)) from None
    seen = int(version) if re.fullmatch(r"[0-9]{1,5}", version) else None
    return SentAction(verb, text, seen, _chosen(verb, sent))


def _chosen(verb: str, sent: Mapping[str, object]) -> dict[str, str]:
    """What the resident chose of what they are offered. Raises BadInputError for anything else."""
    offered = [one for one in BY_NAME[verb].fields if one.resident_chooses]
    chosen = {one: str(sent[one.name]) for one in offered if sent.get(one.name)}
    unknown = [(one, text) for one, text in chosen.items() if text not in one.choices]
    if unknown:
        params = {"value": unknown[0][1], "known": ", ".join(unknown[0][0].choices)}
        raise BadInputError((Fault(unknown[0][0].name, "unknown_choice", params),))
    return {one.name: text for one, text in chosen.items()}


def did(history: History, verb: str, now: datetime) -> bool:
    """Whether the last thing the resident did is this, and they did it just now."""
    own = [one for one in history.records if one.by == RESIDENT]
    return bool(own) and own[-1].kind == BY_NAME[verb].event and now - own[-1].at <= JUST_NOW


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
            if is_there and _needs_text(action.verb):
                return history  # Nothing in the state would refuse the same words again.
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
