"""Who takes over while somebody is away, and what goes back to them when they are there again.

A complaint is never left with an owner who cannot act on it (principle 1). Of several that
move to one person at once, one letter tells.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.staff import StaffBook
from chalicelib.application.records import Line
from chalicelib.domain.commands import GiveBack, ReplaceAbsentOwner
from chalicelib.domain.decisions import ownership
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.model import BY_CLOCK, Complaint
from chalicelib.domain.permissions import may_own
from chalicelib.domain.policy import Organisation
from chalicelib.domain.staff import Directory, Staff

_ATTEMPTS = 3


@dataclass(frozen=True)
class HandedOn:
    """What became of the complaints of somebody who cannot act, or is there again.

    By reference. `moved` have another owner now; for those `left` nobody stands in; with those
    `failed` something went wrong, and doing it again is harmless. `back` are those that who
    was away has again.
    """

    moved: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


class UnfinishedError(Exception):
    """Of these complaints, by reference, it could not be done yet: the next sweep tries again."""


@dataclass(frozen=True)
class StandingIn:
    """Hands on and gives back. Safe to do again."""

    organisation: Organisation
    complaints: Complaints
    contexts: DecisionContexts
    act: ActOnComplaint
    staff: StaffBook

    def keep_absences(self, now: datetime) -> None:
        """Begin and end the absences whose day has come by `now` (UTC).

        Where somebody changes the staff meanwhile, as another sweep may, they are read again.
        Raises ChangedMeanwhileError when others keep changing them first.
        """
        for _ in range(_ATTEMPTS):
            with suppress(ChangedMeanwhileError):
                return self._keep_absences(now)
        raise ChangedMeanwhileError

    def _keep_absences(self, now: datetime) -> None:
        snapshot = self.staff.snapshot()
        for one in snapshot.directory.staff:
            after = one.on(now.astimezone(self.organisation.zone_of(one.communities)).date())
            if after != one:
                self.staff.put(after, snapshot.versions[one.id])
                self.follow(one, after)
        failed = self._made_good(self.staff.directory())
        if failed:
            raise UnfinishedError(*failed)

    def _made_good(self, directory: Directory) -> tuple[str, ...]:
        """Do again what failed when somebody went or came back; the references that fail again."""
        lines = [one.complaint for one in self._matters()]
        away = {one.owner.staff or "" for one in lines if _is_away(one.owner.staff, directory)}
        back = {one.stands_in_for.staff or "" for one in lines if one.stands_in_for}
        there = {one for one in back if not _is_away(one, directory)}
        handed = [self.hand_on(one) for one in sorted(away)]
        given = [self._given_back(one) for one in sorted(there)]
        return tuple(reference for one in (*handed, *given) for reference in one.failed)

    def follow(self, before: Staff, after: Staff) -> HandedOn:
        """What a change of somebody brings: it goes on to others, or comes back to them."""
        handed_on = self.hand_on(after.id)
        if after.absent or after.disabled or not before.absent:
            return handed_on
        given = self._given_back(after.id)
        failed = (*handed_on.failed, *given.failed)
        return HandedOn(handed_on.moved, handed_on.left, failed, given.back)

    def hand_on(self, staff_id: str) -> HandedOn:
        """Give what somebody owns and cannot act on to who stands in."""
        directory, lines = self.staff.directory(), self._matters()
        told = _standing_in(lines, staff_id)
        moving: dict[str, list[tuple[Complaint, ReplaceAbsentOwner]]] = defaultdict(list)
        for line in lines:
            complaint = line.complaint
            why = _why_replaced(directory, staff_id, complaint)
            if complaint.owner.staff == staff_id and why:
                moving[self._next_owner(line, directory, why)].append((complaint, why))
        found: dict[str, list[str]] = {"moved": [], "left": [], "failed": []}
        for to, group in moving.items():
            self._move(group, told[to], found)
        return HandedOn(**{name: tuple(references) for name, references in found.items()})

    def _matters(self) -> tuple[Line, ...]:
        """The open complaints but those that go on under another: its owner is theirs."""
        return tuple(one for one in self.complaints.open() if one.complaint.merged_into is None)

    def _next_owner(self, line: Line, directory: Directory, why: ReplaceAbsentOwner) -> str:
        context = self.contexts.of(line, directory)
        complaint = line.complaint
        to = context.replacement(complaint.owner, complaint, moved=why.moved)
        return to.staff or "" if to else ""

    def _move(
        self,
        group: list[tuple[Complaint, ReplaceAbsentOwner]],
        told: list[str],
        found: dict[str, list[str]],
    ) -> None:
        """All of them for one person; the last one's letter tells of all that are theirs now."""
        for number, (complaint, why) in enumerate(group, start=1):
            together = (*told, complaint.reference) if number == len(group) else ()
            one = replace(why, together=together if len(together) != 1 else None)
            became = self._tried(complaint, one)
            found[became].append(complaint.reference)
            if became == "moved":
                told.append(complaint.reference)

    def _given_back(self, staff_id: str) -> HandedOn:
        """What others took over for somebody, as far as they have not begun to reply."""
        directory = self.staff.directory()
        lines = [one for one in self._matters() if self._goes_back(one, directory)]
        by_reference = {one.complaint.reference: one.complaint for one in lines}
        found: dict[str, list[str]] = {"moved": [], "left": [], "failed": []}
        for references in _standing_in(lines, staff_id).values():
            given: list[str] = []
            for number, reference in enumerate(references, start=1):
                together = (*given, reference) if number == len(references) else ()
                command = GiveBack(together if len(together) != 1 else None)
                became = self._tried(by_reference[reference], command)
                found[became].append(reference)
                given += [reference] if became == "moved" else []
        return HandedOn(back=tuple(found["moved"]), failed=tuple(found["failed"]))

    def _goes_back(self, line: Line, directory: Directory) -> bool:
        """Asked first, so that the letter goes with one that does."""
        context, complaint = self.contexts.of(line, directory), line.complaint
        return bool(ownership.give_back(complaint, GiveBack(), context, complaint.received_at))

    def _tried(self, complaint: Complaint, command: ReplaceAbsentOwner | GiveBack) -> str:
        """One that fails stops no other."""
        try:
            after = self.act.act(complaint.reference, command, by=BY_CLOCK).complaint
        except Exception:  # noqa: BLE001 - whatever it is, the others go on
            return "failed"
        return "left" if after.owner.staff == complaint.owner.staff else "moved"


def _is_away(staff_id: str | None, directory: Directory) -> bool:
    person = directory.person(staff_id or "")
    return person is not None and (person.absent or person.disabled)


def _standing_in(lines: Iterable[Line], staff_id: str) -> dict[str, list[str]]:
    """What each has in the place of somebody, by reference."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in (line.complaint for line in lines):
        if one.stands_in_for and one.stands_in_for.staff == staff_id:
            found[one.owner.staff or ""].append(one.reference)
    return found


def _why_replaced(
    directory: Directory, staff_id: str, complaint: Complaint
) -> ReplaceAbsentOwner | None:
    """The question to ask about an owner who is away or has moved; None where all is well.

    A deputy acts for a community that they do not serve themselves.
    """
    person = directory.person(staff_id)
    if person is None or person.disabled or person.absent:
        return ReplaceAbsentOwner()
    stands_in = any(one.deputy == staff_id for one in directory.staff)
    fits = may_own(person) and (stands_in or person.serves(complaint.community))
    return None if fits else ReplaceAbsentOwner(moved=True)
