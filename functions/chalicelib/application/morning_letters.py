"""The letters with which a working day begins, one to each who has something to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from chalicelib.application.confidence import seen_line
from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing
from chalicelib.application.outbox import WorkdayStart
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import LetterWriter, MorningLetter
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.records import Line
from chalicelib.domain.morning import (
    communities_in_letter,
    day_of,
    matter_of,
    morning_of,
    opening_together,
)
from chalicelib.domain.notices import Notice
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import Directory


@dataclass(frozen=True)
class MorningLetters:
    """Tells each what they have before them (principle 3), as it stands when it is sent."""

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    contexts: DecisionContexts
    writer: LetterWriter
    delivery: Delivery
    clock: Clock

    def send(self, start: WorkdayStart) -> None:
        """Send the day's letters; none once that day is over."""
        directory = self.contexts.without_complaint().directory
        letters = (
            Outgoing(Notice("morning", one.reader.id), partial(self._mail, one, directory))
            for one in self._letters(start, directory)
        )
        self.delivery.send_each(start, letters)

    def _letters(self, start: WorkdayStart, directory: Directory) -> Iterator[MorningLetter]:
        zone, now = self.organisation.community(start.community).tz, self.clock.now()
        if now.astimezone(zone).date() != start.on:
            return
        calendar = self.policy.working_time
        day = day_of(start.on, now, calendar, zone)
        together = opening_together(start.community, start.on, self.organisation, calendar)
        lines = self._lines(together)
        contexts = ((one, self.contexts.of(one, directory)) for one in lines.values())
        matters = [matter_of(one.complaint, context, day) for one, context in contexts]
        for reader in directory.staff:
            communities = communities_in_letter(reader, start.community, together)
            here = [one for one in matters if one.complaint.community in communities]
            morning = morning_of(reader, here, day)
            if not morning.is_empty:
                seen = (seen_line(lines[one.reference], reader) for one in morning.complaints)
                words = {one.complaint.reference: one.words for one in seen}
                yield MorningLetter(start, reader, day, morning, words)

    def _lines(self, communities: tuple[str, ...]) -> dict[str, Line]:
        """What is open there, and what has ended and is still to be asked after."""
        found = (*self.complaints.open(), *self.complaints.visits())
        return {
            one.complaint.reference: one for one in found if one.complaint.community in communities
        }

    def _mail(self, one: MorningLetter, directory: Directory) -> Mail:
        written = self.writer.of_morning(Notice("morning", one.reader.id), one, directory)
        return Mail(one.reader.email, written, thread=f"workday-{one.start.community}")
