"""The words of a batch of alerts: how many complaints, of what, and what each asks."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import locales
from chalicelib.application.outbox import AlertBatch
from chalicelib.application.ports.letter_writer import BatchedAlerts
from chalicelib.domain.alert_batching import PARTS, BatchItem
from chalicelib.domain.deadlines import feedback_by
from chalicelib.domain.promises import current_promises
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter

_LISTED = 100
"""More are a flood again, and a letter that mail clients cut short; the queue has them all."""


@dataclass(frozen=True)
class BatchLetter:
    """Puts what waited into one letter, for one reader."""

    presenter: Presenter
    directory: Directory

    def content(self, alerts: BatchedAlerts) -> Content:
        """What the letter says."""
        say, reader = self.presenter, alerts.reader
        rows = [self._row(one, alerts) for one in alerts.items]
        shown, asked = rows[:_LISTED], Counter(row["part"] for row in rows)
        return {
            "language": say.language,
            "company": say.organisation.name[say.language],
            "recipient": reader.name[say.language],
            "total": len(rows),
            "more": len(rows) - len(shown),
            "counts": Counter(row["category"] for row in rows).most_common(),
            "asked": asked,
            "first": next(part for part in PARTS if part in asked),
            "groups": [(part, [one for one in shown if one["part"] == part]) for part in PARTS],
            "desk_url": f"{say.site_url}/desk",
            **self._when(alerts.batch),
        }

    def _when(self, batch: AlertBatch) -> Content:
        """The community, and from when to when its alerts waited."""
        say = self.presenter
        community = say.organisation.community(batch.community)
        minutes = timedelta(minutes=say.policy.settings.gather_minutes)
        ends_at = batch.ends_at.astimezone(community.tz)
        return {
            "community": community.name[say.language],
            "starts_at": locales.moment(ends_at - minutes, community.tz, say.language),
            "ends_at": f"{ends_at:%H:%M}",
        }

    def _row(self, item: BatchItem, alerts: BatchedAlerts) -> Content:
        """One complaint, with what is asked of this reader and by when."""
        entry = self.presenter.entry(item.complaint, alerts.words[item.complaint.reference])
        return {"part": item.part, **entry, "asks": self._asks(item)}

    def _asks(self, item: BatchItem) -> str:
        """What to do and by when, or who does it."""
        say, complaint = self.presenter, item.complaint
        promises = current_promises(complaint, say.policy)
        asked_by = feedback_by(complaint, say.policy)
        return say.say(
            f"asks.{item.asks}",
            acknowledge_by=say.promise(promises.acknowledge, complaint),
            reply_by=say.promise(promises.reply, complaint),
            feedback_by=say.due("feedback", asked_by, complaint) if asked_by else "",
            overdue=say.say("digest.and").join(say.say(f"todo.{one}") for one in item.overdue),
            owner=say.owner(complaint.owner, self.directory),
            status=say.say(f"status.{complaint.status}"),
        )
