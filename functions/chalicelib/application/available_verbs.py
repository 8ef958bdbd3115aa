"""Which verbs somebody may use on a complaint as it is now, and no others.

The decision itself is asked, with a form filled in for trial: what it refuses whatever
one writes is not offered, and there is no second list of states that could differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from chalicelib.domain import commands
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.decide import decide
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.model import NOBODY, Complaint
from chalicelib.domain.permissions import can_own
from chalicelib.domain.staff import Staff
from chalicelib.domain.verbs import STAFF_VERBS, Field, Verb

_TOMORROW = timedelta(days=1)
_MENDABLE = frozenset(
    {
        "agreed_at_impossible",
        "cannot_receive",
        "close_lacks",
        "complained_about",
        "contact_missing",
        "email_failed",
        "confidence_so_already",
        "hand_back_instead",
        "in_confidence_of_department",
        "names_resident",
        "no_email",
        "nothing_corrected",
        "nothing_judged",
        "nothing_new",
        "owner_already",
        "reference_differs",
        "settle_needs_minor",
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
        return [name for name, verb in STAFF_VERBS.items() if self._would_be_taken(verb)]

    def people(self) -> tuple[str, ...]:
        """The ids of those it can be handed over to, without its owner."""
        complaint = self.complaint
        return tuple(
            one.id
            for one in self.context.directory.staff
            if can_own(one, complaint.community)
            and one.id != complaint.owner.staff
            and one.id not in self.context.conflicted_staff
            and one.id not in self.context.kept_from_owning(complaint)
        )

    def lacking(self) -> tuple[str, ...]:
        """What its owner still owes before it can be closed, apart from the words of closing."""
        close = commands.Close(self.staff.id, root_cause="-", remedy="-")
        try:
            decide(self.complaint, close, self.context, self.now)
        except RefusedError as refused:
            lacking = refused.params.get("lacking", ())
            return lacking if isinstance(lacking, tuple) else ()
        except NotFoundError:
            return ()
        return ()

    def _would_be_taken(self, verb: Verb) -> bool:
        try:
            decide(self.complaint, self._trial(verb), self.context, self.now)
        except RefusedError as refused:
            return refused.code in _MENDABLE
        except NotFoundError:
            return False
        return True

    def _trial(self, verb: Verb) -> PersonCommand:
        """Its form, filled in so far that only the state and the asker can stand against it."""
        asked = [one for one in verb.fields if one.required or verb.needs(one)]
        values = {one.name: TRIALS[one.kind](self, one) for one in asked}
        return verb.asked(self.staff.id, **values)


def _words(_: AvailableVerbs, __: Field) -> str:
    return "-"


def _first_choice(_: AvailableVerbs, field: Field) -> str:
    return field.choices[0]


def _yes(_: AvailableVerbs, __: Field) -> bool:
    return True


TRIALS: Mapping[str, Callable[[AvailableVerbs, Field], object]] = {
    "text": _words,
    "line": _words,
    "phone": _words,
    "email": _words,
    "reference": _words,
    "choice": _first_choice,
    "role": _first_choice,
    "yes_no": _yes,
    "held": _yes,
    "amount": lambda _, __: Decimal(1),
    "count": lambda _, __: 1,
    "moment": lambda asking, _: asking.now + _TOMORROW,
    "person": lambda asking, _: asking.staff.id,
    "meant": lambda _, __: NOBODY,
    "severity": lambda asking, _: asking.context.policy.severities[0].key,
    "department": lambda asking, _: asking.complaint.about,
}
"""What stands for trial in a field of each kind."""
