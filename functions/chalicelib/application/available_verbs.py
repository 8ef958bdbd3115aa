"""Which verbs somebody may use on a complaint as it stands: those, and no others.

The decision itself is asked, with a form filled in for trial: what it refuses whatever
one writes is not offered, and there is no second list of states that could differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.application.verb_fields import FIELDS
from chalicelib.domain import commands
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.model import Complaint
from chalicelib.domain.permissions import can_own
from chalicelib.domain.staff import Staff

_TOMORROW = timedelta(days=1)
_MENDABLE = frozenset(
    {
        "agreed_at_impossible",
        "cannot_receive",
        "close_lacks",
        "complained_about",
        "contact_missing",
        "hand_back_instead",
        "nothing_new",
        "nothing_corrected",
        "owner_already",
    }
)
"""Refusals that hang on what is written, or that say what is still lacking."""


@dataclass(frozen=True)
class AvailableVerbs:
    """What one member of staff is offered for one complaint, at `now` (UTC)."""

    staff: Staff
    complaint: Complaint
    context: DecisionContext
    now: datetime

    def verbs(self) -> list[str]:
        """The verbs, in the order of the page."""
        return [verb for verb in FIELDS if self._would_be_taken(verb)]

    def people(self) -> tuple[str, ...]:
        """The ids of those to whom it can be handed over, its owner aside."""
        complaint = self.complaint
        return tuple(
            one.id
            for one in self.context.directory.staff
            if can_own(one, complaint.community)
            and one.id != complaint.owner.staff
            and one.id not in self.context.conflicted_staff
        )

    def lacking(self) -> tuple[str, ...]:
        """What its owner still owes before it can be closed, the words of closing aside."""
        close = commands.Close(self.staff.id, root_cause="-", remedy="-")
        try:
            decide(self.complaint, close, self.context, self.now)
        except RefusedError as refused:
            lacking = refused.params.get("lacking", ())
            return lacking if isinstance(lacking, tuple) else ()
        except NotFoundError:
            return ()
        return ()

    def _would_be_taken(self, verb: str) -> bool:
        try:
            decide(self.complaint, _TRIALS[verb](self.staff.id, self.now), self.context, self.now)
        except RefusedError as refused:
            return refused.code in _MENDABLE
        except NotFoundError:
            return False
        return True


_TRIALS: dict[str, Callable[[str, datetime], PersonCommand]] = {
    "acknowledge": lambda by, _: commands.Acknowledge(by),
    "agree-time": lambda by, now: commands.AgreeTime(by, now + _TOMORROW, "-"),
    "update": lambda by, _: commands.Update(by, "-", "telephone"),
    "await-answer": lambda by, _: commands.AwaitAnswer(by, "-", "telephone"),
    "message": lambda by, _: commands.Message(by, "-"),
    "reply": lambda by, now: commands.Reply(by, "-", "telephone", now),
    "follow-up": lambda by, _: commands.FollowUp(by, "-"),
    "close": lambda by, _: commands.Close(by, "-", "-"),
    "judge": lambda by, _: commands.Judge(by, "-", valid=True),
    "record-facts": lambda by, _: commands.RecordFacts(by, "-", hurt=True),
    "hand-over": lambda by, _: commands.HandOver(by, by, "-"),
    "hand-back": lambda by, _: commands.HandBack(by, "-"),
    "give-feedback": lambda by, _: commands.GiveFeedback(by, "-"),
    "note": lambda by, _: commands.Note(by, "-"),
    "call-for-help": lambda by, _: commands.CallForHelp(by, "property_manager"),
    "confirm": lambda by, _: commands.Confirm(by, "telephone"),
    "dispute": lambda by, _: commands.Dispute(by, "-", "telephone"),
    "return-visit": lambda by, _: commands.ReturnVisit(by, None, "telephone"),
    "correct-contact": lambda by, _: commands.CorrectContact(by, "-", "visit", {"name": "-"}),
    "renew-code": lambda by, _: commands.RenewCode(by, "-"),
    "withdraw": lambda by, _: commands.Withdraw(by, "-"),
    "merge": lambda by, _: commands.Merge(by, "-", "-"),
    "reopen": lambda by, _: commands.Reopen(by, "-"),
    "erase": lambda by, _: commands.Erase(by, "-"),
}
"""A form of each verb, filled in so far that only the state and the asker can stand against it."""
