"""What happens next with a complaint and by when, as its resident reads it.

A promise that was not kept is said to be so: nothing is promised for a time that has passed.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History
from chalicelib.domain.deadlines import deadlines, reply_told, return_visit_at
from chalicelib.domain.model import NEW_CONTACT, NEW_REPLY, Promises
from chalicelib.domain.promises import promises_told
from chalicelib.views.presentation import Content, Presenter

_AHEAD = ("received", "acknowledged", "reopened")
"""The states in which there is an answer to come."""


@dataclass(frozen=True)
class NextSteps:
    """Says what is to come at `now` (UTC). `content` is `Presenter.for_resident`'s."""

    presenter: Presenter
    content: Content
    now: datetime

    def of(self, history: History) -> list[str]:
        """The steps, in their order."""
        complaint = history.complaint
        if complaint.erased:
            return [self._say("erased")]
        if complaint.withdrawn_at:
            return [self._say("withdrawn")]
        if complaint.status in _AHEAD:
            asked = self._asked(history)
            first, reply = self._first(history), self._reply(history)
            return [*asked, first, *self._agreed(history), reply, *self._anew(history)]
        if complaint.status == "replied":
            return self._replied(history)
        if complaint.status == "closed":
            name = "confirmed" if complaint.confirmed_at else "closed"
            return [self._say(name), *self._visit(history)]
        return [self._ended(history)]

    def is_late(self, history: History) -> bool:
        """Whether something that the resident was promised has not been done in time.

        An agreed time that has passed may have been kept: it is late once it was found missed.
        """
        complaint, told = history.complaint, self._told(history)
        if complaint.withdrawn_at:
            return False
        answered = complaint.status not in _AHEAD
        promised = (
            (told.acknowledge_by, answered or complaint.status == "acknowledged"),
            (reply_told(complaint, self.presenter.policy).at, answered),
            (complaint.follow_up_by, False),
            (complaint.agreed_at, "agreed" not in complaint.missed),
        )
        return complaint.is_open and any(
            at is not None and at < self.now and not kept for at, kept in promised
        )

    def _first(self, history: History) -> str:
        complaint = history.complaint
        if complaint.status == "acknowledged":
            return self._say("acknowledged", name=self.content["owner"])
        late = "_late" if self._told(history).acknowledge_by < self.now else ""
        return self._say(f"acknowledge{late}", moment=self.content["acknowledge_by"])

    def _agreed(self, history: History) -> list[str]:
        """The time agreed with the resident (principle 3); it may have been kept, or not."""
        at = history.complaint.agreed_at
        if at is None:
            return []
        moment = self.presenter.moment(at, history.complaint)
        return [self._say("agreed_past" if at < self.now else "agreed", moment=moment)]

    def _told(self, history: History) -> Promises:
        return promises_told(history.complaint, self.presenter.policy)

    def _asked(self, history: History) -> list[str]:
        """That the resident's answer is awaited; without it nothing can go on."""
        until = history.complaint.awaiting_until
        return [self._say("awaiting")] if until and self.now < until else []

    def _follow_up(self, history: History) -> list[str]:
        """What the reply still promises (principle 4)."""
        at = history.complaint.follow_up_by
        if at is None:
            return []
        late = "_late" if at < self.now else ""
        return [self._say(f"follow_up{late}", moment=self.presenter.moment(at, history.complaint))]

    def _reply(self, history: History) -> str:
        reply_by = reply_told(history.complaint, self.presenter.policy).at
        late = "_late" if reply_by < self.now else ""
        return self._say(f"reply{late}", moment=self.content["reply_by"])

    def _anew(self, history: History) -> list[str]:
        """The new dates after those that were missed; of one missed, too, that a time is due."""
        complaint, running = history.complaint, deadlines(history.complaint, self.presenter.policy)
        found = [running[one] for one in (NEW_CONTACT, NEW_REPLY) if one in running]
        late = [one for one in found if one.at < self.now][-1:]
        agreed = complaint.agreed_at and complaint.agreed_at > self.now
        said = [("new_date_late", one.at) for one in late if not agreed]
        said += [(one.name, one.at) for one in found if one.at >= self.now]
        return [
            self._say(name, moment=self.presenter.moment(at, complaint), name=self.content["owner"])
            for name, at in said
        ]

    def _replied(self, history: History) -> list[str]:
        complaint = history.complaint
        if complaint.confirmed_at:
            return [self._say("confirmed")]
        if complaint.explained_at:
            return [self._say("explained")]
        follow_up = (*self._follow_up(history), *self._anew(history))
        return [self._say("replied"), *follow_up, *self._visit(history)]

    def _visit(self, history: History) -> list[str]:
        """When the resident is asked whether it held; once asked, it is for them to say."""
        complaint = history.complaint
        at = return_visit_at(complaint, self.presenter.policy)
        if at is None or complaint.visit_asked_at or at < self.now:
            return []
        return [self._say("visit", moment=self.presenter.moment(at, complaint))]

    def _ended(self, history: History) -> str:
        status = history.complaint.status
        known = status in ("invalid", "withdrawn")
        return self._say(status if known else "ended", status=self.content["status_words"])

    def _say(self, step: str, **filling: object) -> str:
        reception = self.content["reception"]
        return self.presenter.say(f"page.next_{step}", reception=reception, **filling)
