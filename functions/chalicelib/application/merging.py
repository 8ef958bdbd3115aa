"""Going on as one: what follows for the others when something is recorded of one of them.

Between a survivor and its parts all is passed on as commands, each naming the record that it
comes from, so that nothing is recorded twice whoever passes it on: the request where it must be
seen at once, the stream in any case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.history import History
from chalicelib.application.households import household_keys
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.domain import events
from chalicelib.domain.commands import Absorb, Command, Join, LetGo, Merge, PassDown, PassUp
from chalicelib.domain.confidence import confided
from chalicelib.domain.decisions.merging import open_promises_of
from chalicelib.domain.decisions.passing_on import PASSED_BY_LETTER, PASSED_TO_ALL, PASSED_UP
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.events import EventRecord
from chalicelib.domain.joined import part_of
from chalicelib.domain.model import Complaint, Part
from chalicelib.domain.permissions import may
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Directory

MERGED = "merged"
"""The kind of record with which a part joins; it is passed up where something came before."""
Passed = tuple[str, Command]
"""A complaint's reference, and what is passed on to it."""
Changed = tuple[History, History]
"""A complaint's record before and after."""


@dataclass(frozen=True)
class Merging:
    """Finds who goes on under whom, and what is passed on between them."""

    complaints: Complaints
    contexts: DecisionContexts
    keys: Keys

    def merged(
        self, source: History, command: Merge, now: datetime, directory: Directory
    ) -> tuple[Changed, Changed]:
        """The survivor, and the other, each as it stands and as it would then.

        Raises NotFoundError or RefusedError, as `decided` and `pair` do.
        """
        decided(source, command, self.contexts.of(source, directory), now, command.by)
        survivor, younger = self.pair(command, source, directory)
        absorb = self.absorbing(survivor, younger, command.reason.strip())
        context = self.contexts.of(survivor, directory)
        taken_in = decided(survivor, absorb, context, now, command.by)
        join = _join(taken_in, younger)
        context = self.contexts.of(younger, directory)
        joined = decided(younger, join, context, now, command.by) if join else younger
        return (survivor, taken_in), (younger, joined)

    def pair(
        self, command: Merge, source: History, directory: Directory
    ) -> tuple[History, History]:
        """The survivor and the one that goes on under it, whichever way round it was asked.

        The earlier by receipt survives. One that goes on under another already stands for that.
        Raises RefusedError ``merge_unlike`` unless the other is open, of the same community and
        for the one who asks to see, and ``merged_already`` where they go on as one.
        """
        other = self._other(command, source)
        if not may(directory.person(command.by), "merge", other.complaint):
            raise RefusedError("merge_unlike", into=command.into)
        if other.complaint.reference == source.complaint.reference:
            raise RefusedError("merged_already", into=command.into)
        younger, elder = sorted((source, other), key=_receipt, reverse=True)
        return elder, younger

    def absorbing(self, survivor: History, younger: History, reason: str) -> Absorb:
        """What the survivor takes in: the other, and whatever goes on under that."""
        complaint = younger.complaint
        return Absorb(
            parts=self._parts(survivor, younger),
            promises=open_promises_of(complaint, self.contexts.policy),
            may_be_meant=complaint.may_be_meant,
            about=complaint.about,
            links=complaint.links,
            repeats=complaint.repeats,
            in_confidence=complaint.in_confidence,
            confided=confided(complaint),
            reason=reason,
        )

    def after(self, record: EventRecord, history: History) -> Iterator[Passed]:
        """What is passed on of this record to the others that it goes on with."""
        complaint, origin = history.complaint, _origin(record, history)
        match record.event:
            case events.Absorbed(reference=reference):
                yield from _joining(reference, record, complaint, origin)
                rest = (one for one in complaint.those_going_on if one.reference != reference)
                yield from _down(record, complaint, origin, rest)
            case events.Merged(into=into):
                yield from self._taken_in(into, record, history)
            case events.Separated(reference=survivor):
                yield survivor, LetGo((complaint.reference, *complaint.absorbed), origin)
            case events.PartLeft(references=gone) if complaint.merged_into:
                yield complaint.merged_into, LetGo(gone, origin)
            case _ if complaint.merged_into:
                yield from _up(record, complaint, origin)
            case _:
                yield from _down(record, complaint, origin, complaint.those_going_on)

    def _other(self, command: Merge, source: History) -> History:
        """The other complaint, or the one under which it goes on."""
        try:
            other = self.complaints.load(tidied_reference(command.into))
            while other.complaint.merged_into:
                other = self.complaints.load(other.complaint.merged_into)
        except NotFoundError as error:
            raise RefusedError("merge_unlike", into=command.into) from error
        here = other.complaint.community == source.complaint.community
        if not (here and other.complaint.is_open):
            raise RefusedError("merge_unlike", into=command.into)
        return other

    def _parts(self, survivor: History, younger: History) -> tuple[Part, ...]:
        """The parts that the survivor gets, each with its home among all of them."""
        complaint = younger.complaint
        same = self._unit(survivor) is not None and self._unit(survivor) == self._unit(younger)
        home = survivor.complaint.reference if same else self._home_among(survivor, younger)
        own = part_of(complaint, home)
        brought = (
            replace(one, home=home if one.home == complaint.reference else one.home)
            for one in complaint.parts
        )
        return (own, *brought)

    def _home_among(self, survivor: History, younger: History) -> str:
        """The home of a part that the younger shares; its own reference where it shares none."""
        parts = {one.reference: one for one in survivor.complaint.parts}
        unit = self._unit(younger)
        for line in self.complaints.lines(parts) if parts and unit else ():
            keys = household_keys(line.complaint.community, line.words, self.keys)
            if keys.get("unit") == unit:
                return parts[line.complaint.reference].home
        return younger.complaint.reference

    def _unit(self, history: History) -> str | None:
        community = history.complaint.community
        return household_keys(community, history.words, self.keys).get("unit")

    def _taken_in(self, into: str, record: EventRecord, history: History) -> Iterator[Passed]:
        """What came to it, or under it, between being taken in and joining is passed on too."""
        complaint = history.complaint
        if complaint.merged_into != into:
            return
        survivor = self.complaints.load(into)
        known = {one.reference: one for one in survivor.complaint.parts}
        if not {complaint.reference, *complaint.absorbed} <= known.keys():
            yield into, self.absorbing(survivor, history, record.words.get("reason", ""))
        elif _is_behind(known[complaint.reference], complaint):
            yield from _up(record, complaint, _origin(record, history))


def _is_behind(known: Part, complaint: Complaint) -> bool:
    """Whether its resident was answered, has confirmed or withdrawn since it was taken in."""
    now = part_of(complaint, known.home)
    return replace(now, voice=known.voice) != known


def _joining(
    reference: str, record: EventRecord, complaint: Complaint, origin: str
) -> Iterator[tuple[str, Join]]:
    """The one that was taken in joins, if it has not yet."""
    if reference in complaint.absorbed:
        yield reference, Join(complaint, origin, record.words.get("reason", ""))


def _join(survivor: History, younger: History) -> Join | None:
    """What the younger does once the survivor has taken it in, by the record that says so."""
    reference = younger.complaint.reference
    found = (
        join
        for one in reversed(survivor.records)
        if isinstance(one.event, events.Absorbed) and one.event.reference == reference
        for _, join in _joining(reference, one, survivor.complaint, _origin(one, survivor))
    )
    return next(found, None)


def _up(record: EventRecord, complaint: Complaint, origin: str) -> Iterator[Passed]:
    if record.kind in {*PASSED_UP, MERGED} and complaint.merged_into:
        own = part_of(complaint, complaint.reference)
        parts = (own, *complaint.parts)
        kind, number = record.kind, record.number
        if isinstance(record.event, events.PartChanged):
            kind, number = record.event.kind, record.event.number
            first = record.event.reference
            parts = tuple(sorted(parts, key=lambda one: one.reference != first))
        yield complaint.merged_into, PassUp(kind, number, parts, origin)


_OWNED = (
    events.OwnerAssigned,
    events.HandedOver,
    events.StoodIn,
    events.CameBack,
    events.Judged,
    events.Escalated,
    events.DecidedAnew,
)
"""What may bring another owner, or judges whether it is valid."""


def _down(
    record: EventRecord, complaint: Complaint, origin: str, to: Iterable[Part]
) -> Iterator[Passed]:
    if not isinstance(record.event, (*PASSED_BY_LETTER, *PASSED_TO_ALL, *_OWNED)):
        return
    for one in to:
        command = PassDown(
            record.event,
            record.words,
            complaint.reference,
            complaint.owner,
            complaint.promises,
            origin,
        )
        yield one.reference, command


def _origin(record: EventRecord, history: History) -> str:
    return f"{history.complaint.reference}#{record.number}"


def _receipt(history: History) -> tuple[object, str]:
    return history.complaint.received_at, history.complaint.reference
