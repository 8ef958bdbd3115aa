"""What a resident reads of her own complaint; nothing internal is among it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.domain.events import AnswerAwaited, EventRecord, Received, Replied
from chalicelib.domain.model import UNSURE, Complaint
from chalicelib.domain.staff import Directory
from chalicelib.views.next_steps import NextSteps
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.timeline_view import TimelineView, said

_SHOWN = ("reference", "status", "owner", "emergency", "reception", "said")
"""What her page takes of all that may be said of a complaint: no severity and no clause."""
_WORDS = (
    *("description", "place", "person", "request", "name", "building", "unit", "phone", "email"),
    *("behalf_of", "contact_person", "contact_time"),
)
_ORDER = (
    *("category", "description", "happened_at", "place", "about", "person", "cause", "hurt"),
    *("loss", "times_raised", "earlier_reference", "request", "name", "community", "building"),
    *("unit", "behalf_of", "contact_person", "phone", "email", "contact_by", "contact_time"),
)
"""The fields of the form, in its order."""


@dataclass(frozen=True)
class ResidentPage:
    """Puts a complaint's own page together, as seen at `now` (UTC)."""

    presenter: Presenter
    directory: Directory
    now: datetime

    def content(self, history: History) -> Content:
        """What happens next and by when, what she was told, and what she said."""
        content = self.presenter.for_resident(history, self.directory)
        return {
            "c": {name: content[name] for name in _SHOWN},
            "is_open": history.complaint.is_open,
            "answer": self._answer(history),
            "question": self._question(history),
            "title": self._title(content),
            "steps": NextSteps(self.presenter, content, self.now).of(history),
            "story": [
                {"entry": one, "at": self.presenter.moment(one.at, history.complaint)}
                for one in self._teller.story(history)
            ],
            "given": [*self._given(history)],
        }

    def data(self, history: History) -> dict[str, object]:
        """How things stand as a program reads it; instants with the community's offset."""
        complaint = history.complaint
        return {
            "status": complaint.status,
            "agreed_at": _local(complaint.agreed_at, complaint),
            "owner": self._owner(complaint),
            "events": [
                {
                    "kind": one.kind,
                    "at": _local(one.at, complaint),
                    "hers": one.hers,
                    "by": one.by,
                    "title": one.title,
                    "said": list(one.said),
                }
                for one in self._teller.story(history)
            ],
        }

    def _answer(self, history: History) -> Content:
        """The reply that she is asked about: the latest one, while it stands."""
        if history.complaint.status not in ("replied", "closed", "invalid"):
            return {}
        replies = (one for one in reversed(history.records) if isinstance(one.event, Replied))
        return next(({"explains": _explains(one), "said": said(one)} for one in replies), {})

    def _question(self, history: History) -> str:
        """What she was asked last, while her answer is waited for."""
        until = history.complaint.awaiting_until
        if not history.complaint.is_open or until is None or until <= self.now:
            return ""
        asked = (one for one in reversed(history.records) if isinstance(one.event, AnswerAwaited))
        return next((one.words["text"] for one in asked if "text" in one.words), "")

    @property
    def _teller(self) -> TimelineView:
        return TimelineView(self.presenter, self.directory)

    def _owner(self, complaint: Complaint) -> dict[str, str]:
        language, owner = self.presenter.language, complaint.owner
        person = self.directory.person(owner.staff or "")
        role = self.presenter.policy.role(owner.role).name[language]
        return {"role": role, "name": person.name[language] if person else ""}

    def _title(self, content: Content) -> str:
        if content["status"] == "received":
            return self.presenter.say("page.received_title")
        return self.presenter.say("page.status_title", status=content["status_words"])

    def _given(self, history: History) -> Iterator[tuple[str, str]]:
        """All that she filled in, under the form's own labels; blank ones are left out.

        From the receipt, whatever was judged or counted since; her contact as it is now.
        """
        receipt: Any = history.records[0].event
        contact_by = self.presenter.say(f"contact_by.{history.complaint.contact_by}")
        given = {name: history.words.get(name, "") for name in _WORDS}
        given |= self._facts(receipt) | {"contact_by": contact_by}
        for name in _ORDER:
            if given[name]:
                yield self.presenter.say(f"label.{name}"), given[name]

    def _facts(self, receipt: Received) -> dict[str, str]:
        say = self.presenter.say
        about = receipt.about
        return {
            "happened_at": locales.local_moment(receipt.happened_at, self.presenter.language),
            "category": self.presenter.category(receipt.category),
            "about": say("label.unsure") if about == UNSURE else self.presenter.department(about),
            "cause": say(f"cause.{receipt.cause}"),
            "hurt": say(f"yes_no.{'yes' if receipt.hurt else 'no'}"),
            "loss": "" if receipt.loss is None else f"{receipt.loss:,}",
            "times_raised": str(receipt.times_raised or ""),
            "earlier_reference": receipt.earlier_reference or "",
            "community": self.presenter.organisation.community(receipt.community).name[
                self.presenter.language
            ],
        }


def _explains(record: EventRecord) -> bool:
    return isinstance(record.event, Replied) and record.event.explains


def _local(at: datetime | None, complaint: Complaint) -> str | None:
    return at.astimezone(complaint.tz).isoformat() if at else None
