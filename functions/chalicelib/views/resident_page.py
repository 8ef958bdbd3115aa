"""What a resident reads of their own complaint; nothing internal is among it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.history import History
from chalicelib.domain.events import AnswerAwaited, EventRecord, Replied
from chalicelib.domain.model import Complaint
from chalicelib.domain.staff import Directory
from chalicelib.views.field_words import field_value
from chalicelib.views.next_steps import NextSteps
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.timeline_view import TimelineView, said

_SHOWN = ("reference", "status", "owner", "emergency", "reception", "said")
"""What the page takes of all that may be said of a complaint: no severity and no clause."""


_A_WHILE = timedelta(hours=1)


@dataclass(frozen=True)
class ResidentPage:
    """Puts a complaint's own page together, as seen at `now` (UTC)."""

    presenter: Presenter
    directory: Directory
    now: datetime

    def content(self, history: History) -> Content:
        """What happens next and by when, what the resident was told, and what they said.

        Whoever reads what was written to them has got it, be it on this page.
        """
        history = history.as_delivered
        content = self.presenter.for_resident(history, self.directory)
        next_steps = NextSteps(self.presenter, content, self.now)
        return {
            "late": next_steps.is_late(history),
            "receipt_to_come": self._receipt_to_come(history),
            "c": {name: content[name] for name in _SHOWN},
            "is_open": history.complaint.is_open and not history.complaint.withdrawn_at,
            "answer": self._answer(history),
            "question": self._question(history),
            "title": self._title(content),
            "steps": next_steps.of(history),
            "story": [
                {"entry": one, "at": self.presenter.moment(one.at, history.complaint)}
                for one in self._teller.story(history)
            ],
            "given": [*self._given(history)],
        }

    def data(self, history: History) -> dict[str, object]:
        """How things stand as a program reads it; instants with the community's offset."""
        history = history.as_delivered
        complaint = history.complaint
        return {
            "status": "withdrawn" if complaint.withdrawn_at else complaint.status,
            "agreed_at": _local(complaint.agreed_at, complaint),
            "owner": self._owner(complaint),
            "events": [
                {
                    "kind": one.kind,
                    "at": _local(one.at, complaint),
                    "is_from_resident": one.is_from_resident,
                    "by": one.by,
                    "title": one.title,
                    "said": list(one.said),
                }
                for one in self._teller.story(history)
            ],
        }

    def _receipt_to_come(self, history: History) -> bool:
        """Whether the receipt's letter is to be looked for; later it has come, or will not."""
        complaint = history.complaint
        is_new = self.now - complaint.received_at < _A_WHILE
        return is_new and complaint.status == "received" and "email" in complaint.reachable_by

    def _answer(self, history: History) -> Content:
        """The reply that the resident is asked about: the latest one, while it stands."""
        complaint = history.complaint
        if complaint.withdrawn_at or complaint.status not in ("replied", "closed", "invalid"):
            return {}
        replies = (one for one in reversed(history.records) if isinstance(one.event, Replied))
        return next(({"explains": _explains(one), "said": said(one)} for one in replies), {})

    def _question(self, history: History) -> str:
        """What the resident was asked last, while their answer is awaited."""
        until = history.complaint.awaiting_until
        goes_on = history.complaint.is_open and not history.complaint.withdrawn_at
        if not goes_on or until is None or until <= self.now:
            return ""
        asked = (one for one in reversed(history.records) if isinstance(one.event, AnswerAwaited))
        return next((one.words["text"] for one in asked if "text" in one.words), "")

    @property
    def _teller(self) -> TimelineView:
        return TimelineView(self.presenter, self.directory)

    def _owner(self, complaint: Complaint) -> dict[str, str]:
        owner = complaint.owner
        person = self.directory.person(owner.staff or "")
        name = person.name[self.presenter.language] if person else ""
        return {"role": self.presenter.post(owner, person, self.directory), "name": name}

    def _title(self, content: Content) -> str:
        if content["status"] == "received":
            return self.presenter.say("page.received_title")
        return self.presenter.say("page.status_title", status=content["status_words"])

    def _given(self, history: History) -> Iterator[tuple[str, str]]:
        """All that was filled in, under the form's own labels; blank ones are left out.

        From the receipt, whatever was judged or counted since; the contact as it is now.
        """
        receipt: Any = history.records[0].event
        words = self.presenter.field_words
        for field in words.form.asked:
            facts = history.complaint if field.shown == "contact" else receipt
            answer = words.in_words(field, field_value(field, facts, history.words))
            if answer:
                yield words.label(field.name), answer


def _explains(record: EventRecord) -> bool:
    return isinstance(record.event, Replied) and record.event.explains


def _local(at: datetime | None, complaint: Complaint) -> str | None:
    return at.astimezone(complaint.tz).isoformat() if at else None
