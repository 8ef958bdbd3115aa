"""The words of a batch of alerts: how many complaints, of what, and what each asks."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import locales
from chalicelib.application.ports.letter_writer import BatchedAlerts
from chalicelib.domain.alert_batching import PARTS, BatchItem
from chalicelib.domain.deadlines import feedback_by
from chalicelib.domain.promises import current_promises
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter

_LISTED = 100
"""So many stand with all that is said of them; more would be cut short by mail clients."""


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
            "rest": [self._named(row) for row in rows[_LISTED:]],
            "counts": Counter(row["category"] for row in rows).most_common(),
            "asked": asked,
            "first": next(part for part in PARTS if part in asked),
            "groups": [(part, [one for one in shown if one["part"] == part]) for part in PARTS],
            "desk_url": f"{say.site_url}/desk",
            **self._when(alerts),
        }

    def _when(self, alerts: BatchedAlerts) -> Content:
        """The community, the end of the batch, and its beginning where all came in since.

        An alert may wait that is of an earlier complaint: one that was judged anew, say.
        """
        say, batch = self.presenter, alerts.batch
        community = say.organisation.community(batch.community)
        starts_at = batch.ends_at - timedelta(minutes=say.policy.settings.gather_minutes)
        received = [one.complaint.received_at for one in alerts.items]
        is_new = all(starts_at <= at < batch.ends_at for at in received)
        ends_at = locales.moment(batch.ends_at, community.tz, say.language)
        return {
            "community": community.name[say.language],
            "starts_at": locales.moment(starts_at, community.tz, say.language) if is_new else "",
            "ends_at": f"{batch.ends_at.astimezone(community.tz):%H:%M}" if is_new else ends_at,
        }

    def _row(self, item: BatchItem, alerts: BatchedAlerts) -> Content:
        """One complaint, with what is asked of this reader and by when."""
        entry = self.presenter.entry(item.complaint, alerts.words[item.complaint.reference])
        received_at = self.presenter.moment(item.complaint.received_at, item.complaint)
        received = self.presenter.say("gathered.received", moment=received_at)
        return {"part": item.part, **entry, "received": received, "asks": self._asks(item)}

    def _named(self, row: Content) -> str:
        """A complaint in a few words: which one, how grave, and where."""
        named = {name: row[name] for name in ("reference", "severity", "where")}
        return self.presenter.say("gathered.named", **named)

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
            overdue=say.say("morning.and").join(say.say(f"todo.{one}") for one in item.overdue),
            owner=say.owner(complaint.owner, self.directory),
            status=say.say(f"status.{complaint.status}"),
        )
