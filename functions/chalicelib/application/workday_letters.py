"""The letters with which a working day begins, one to each who has something before them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.delivery import Delivery, Outgoing
from chalicelib.application.outbox import WorkdayStart
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.letter_writer import LetterWriter, WorkdayDigest
from chalicelib.application.ports.mailer import Mail
from chalicelib.application.records import Line
from chalicelib.domain.deadlines import open_visit
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.digest import (
    Day,
    communities_in_digest,
    day_of,
    digest,
    is_told,
    opening_together,
)
from chalicelib.domain.model import Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import Directory, Staff


@dataclass(frozen=True)
class WorkdayLetters:
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
            Outgoing(Notice("digest", one.reader.id), partial(self._mail, one, directory))
            for one in self._digests(start, directory)
        )
        self.delivery.send_each(start, letters)

    def _digests(self, start: WorkdayStart, directory: Directory) -> Iterator[WorkdayDigest]:
        zone, now = self.organisation.community(start.community).tz, self.clock.now()
        if now.astimezone(zone).date() != start.on:
            return
        calendar = self.policy.working_time
        day = day_of(start.on, now, calendar, zone)
        together = opening_together(start.community, start.on, self.organisation, calendar)
        here = [
            (line, self.contexts.of(line, directory))
            for line in (*self.complaints.open(), *self._open_visits())
            if line.complaint.community in together
        ]
        for reader in directory.staff:
            communities = communities_in_digest(reader, start.community, together)
            lines = [
                line
                for line, context in here
                if line.complaint.community in communities
                and _is_told(reader, line.complaint, context)
            ]
            if lines:
                yield self._digest(start, reader, day, lines)

    def _open_visits(self) -> Iterator[Line]:
        """What has ended and is now to be asked after."""
        visits = self.complaints.visits()
        return (one for one in visits if open_visit(one.complaint, self.policy))

    def _digest(
        self, start: WorkdayStart, reader: Staff, day: Day, lines: list[Line]
    ) -> WorkdayDigest:
        items = digest([one.complaint for one in lines], reader, self.policy, day)
        words = {one.complaint.reference: one.words for one in lines}
        return WorkdayDigest(start, reader, day, items, words)

    def _mail(self, one: WorkdayDigest, directory: Directory) -> Mail:
        written = self.writer.of_workday(Notice("digest", one.reader.id), one, directory)
        return Mail(one.reader.email, written, thread=f"workday-{one.start.community}")


def _is_told(reader: Staff, complaint: Complaint, context: DecisionContext) -> bool:
    """Of what has ended whoever is to make its return visit is told, and nobody else."""
    if complaint.is_open:
        return is_told(reader, complaint, context.conflicted_staff)
    return reader == context.visitor(complaint)
