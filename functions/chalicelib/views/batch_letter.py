"""The letter of a gathering: how many complaints, of what, and what each asks of its reader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import locales
from chalicelib.application.desk import Desk
from chalicelib.application.ports.alert_batches import AlertBatch
from chalicelib.application.records import Line
from chalicelib.domain.deadlines import deadlines, feedback_by
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.model import Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.promises import current_promises
from chalicelib.domain.staff import Staff
from chalicelib.views.letter_contents import LetterContents
from chalicelib.views.presentation import Content, Presenter

PARTS = ("owner", "head", "up", "told", "ended")
"""What a complaint asks of its reader, the most first.

To handle it, to give feedback, to see to what another has left overdue, or to know.
"""
_NOT_HERS = ("feedback", "month")
"""Clocks whose end the owner does not answer for."""
_UNACKNOWLEDGED = ("received", "reopened")
_LISTED = 100
"""More are a flood again, and a letter that mail clients cut short; the queue has them all."""


@dataclass(frozen=True)
class BatchLetter:
    """Puts what was gathered into one letter, as things stand when it is sent."""

    desk: Desk
    contents: LetterContents

    def told(
        self, batch: AlertBatch, lines: Iterable[Line], context: DecisionContext
    ) -> tuple[tuple[Notice, Content], ...]:
        """The one letter; none to a person who has left, or when all was erased meanwhile."""
        staff = context.directory.person(batch.to)
        kept = [line for line in lines if not line.complaint.erased]
        if staff is None or staff.disabled or not kept:
            return ()
        return ((Notice("gathered", staff.id), self._content(batch, kept, staff, context)),)

    def _content(
        self, batch: AlertBatch, lines: list[Line], staff: Staff, context: DecisionContext
    ) -> Content:
        contents = self.contents
        say = contents.presenter(staff.language)
        rows = [self._row(line, staff, context, say) for line in sorted(lines, key=self._order)]
        rows.sort(key=lambda row: PARTS.index(row["part"]))
        shown, asked = rows[:_LISTED], Counter(row["part"] for row in rows)
        return {
            "language": staff.language,
            "company": contents.organisation.name[staff.language],
            "recipient": staff.name[staff.language],
            "total": len(rows),
            "more": len(rows) - len(shown),
            "counts": Counter(row["category"] for row in rows).most_common(),
            "asked": asked,
            "first": next(part for part in PARTS if part in asked),
            "groups": [(part, [one for one in shown if one["part"] == part]) for part in PARTS],
            "desk_url": f"{contents.site_url}/desk",
            **self._when(batch, say),
        }

    def _when(self, batch: AlertBatch, say: Presenter) -> Content:
        """The community and the window; the letters of one day are one thread."""
        community = say.organisation.community(batch.community)
        minutes = timedelta(minutes=say.policy.settings.gather_minutes)
        ends_at = batch.ends_at.astimezone(community.tz)
        return {
            "community": community.name[say.language],
            "starts_at": locales.moment(ends_at - minutes, community.tz, say.language),
            "ends_at": f"{ends_at:%H:%M}",
            "thread": f"GATHER#{batch.community}#{ends_at - minutes:%Y-%m-%d}",
        }

    def _order(self, line: Line) -> tuple[int, datetime, str]:
        """The gravest first, then as they came in."""
        complaint = line.complaint
        return (
            self.contents.policy.rank(complaint.severity),
            complaint.received_at,
            complaint.reference,
        )

    def _row(self, line: Line, staff: Staff, context: DecisionContext, say: Presenter) -> Content:
        """One complaint, with what is asked of this reader and by when."""
        part = self._part(line, staff, context)
        asks = self._asks(part, line.complaint, context, say)
        return {"part": part, **say.entry(line.complaint, line.words), "asks": asks}

    def _asks(
        self, part: str, complaint: Complaint, context: DecisionContext, say: Presenter
    ) -> str:
        """What to do and by when, or who does it."""
        overdue = self._overdue(complaint)
        promises, asked_by = (
            current_promises(complaint, say.policy),
            feedback_by(complaint, say.policy),
        )
        return say.say(
            f"asks.{self._action(part, complaint)}",
            acknowledge_by=say.promise(promises.acknowledge_by, complaint),
            reply_by=say.promise(promises.reply_by, complaint),
            feedback_by=say.promise(asked_by, complaint) if asked_by else "",
            overdue=say.say("digest.and").join(say.say(f"todo.{one}") for one in overdue),
            owner=say.owner(complaint.owner, context.directory),
            status=say.say(f"status.{complaint.status}"),
        )

    def _action(self, part: str, complaint: Complaint) -> str:
        if part == "owner" and complaint.status in _UNACKNOWLEDGED:
            promises = current_promises(complaint, self.contents.policy)
            late = promises.acknowledge_by <= self.desk.clock.now()
            return "acknowledge_late" if late else "acknowledge"
        if part == "owner" and self._overdue(complaint):
            return "overdue"
        if part == "owner":
            return "reply" if complaint.status == "acknowledged" else "nothing"
        if part == "head":
            return "feedback_given" if complaint.feedback_at else "feedback"
        if part == "up":
            return "up"
        return "know" if part == "told" else "nothing"

    def _part(self, line: Line, staff: Staff, context: DecisionContext) -> str:
        """As in the letter of a single alert; what has ended asks for nothing."""
        complaint: Complaint = line.complaint
        if not complaint.is_open:
            return "ended"
        if complaint.owner.staff == staff.id:
            return "owner"
        head = self.desk.context(line, context.directory).department_head(complaint)
        if staff == head:
            return "head"
        return "up" if self._overdue(complaint) else "told"

    def _overdue(self, complaint: Complaint) -> list[str]:
        """What its owner has not done in time, the longest overdue first."""
        now, running = self.desk.clock.now(), deadlines(complaint, self.contents.policy)
        late = sorted((one.at, one.clock) for one in running.values() if one.at <= now)
        return [name for _, name in late if name not in _NOT_HERS]
