"""The residents of complaints that go on as one, as the staff see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History
from chalicelib.application.records import Line
from chalicelib.domain.joined import part_of
from chalicelib.domain.model import Complaint, Part
from chalicelib.views.presentation import Content, Presenter


@dataclass(frozen=True)
class ResidentsView:
    """Lists the residents of one matter; one alone is no list."""

    presenter: Presenter

    def residents(self, history: History, together: Iterable[Line]) -> list[Content]:
        """Each resident, the complaint's own first."""
        complaint = history.complaint
        known = {one.reference: one for one in complaint.parts}
        others = [
            self._resident(one.complaint, one.words, known[one.complaint.reference])
            for one in together
            if one.complaint.reference in known
        ]
        if not others:
            return []
        own = part_of(complaint, complaint.reference)
        return [self._resident(complaint, history.words, own), *others]

    def _resident(self, complaint: Complaint, words: Mapping[str, str], part: Part) -> Content:
        return {
            "reference": complaint.reference,
            "name": words.get("name", ""),
            "home": " ".join(filter(None, (words.get("building"), words.get("unit")))),
            "reached": [words[name] for name in ("phone", "email") if words.get(name)],
            "by": self.presenter.say(f"contact_by.{complaint.contact_by}"),
            "state": self._state(complaint, part),
            "description": words.get("description", ""),
            "photos": len(complaint.photos),
        }

    def _state(self, complaint: Complaint, part: Part) -> str:
        """How far it is with this resident, and since when."""
        reached: tuple[tuple[str, datetime | None], ...] = (
            ("withdrawn", part.withdrawn_at or complaint.withdrawn_at),
            ("confirmed", part.confirmed_at),
            ("answered", part.answered_at),
        )
        name, at = next(((name, at) for name, at in reached if at), ("open", None))
        state = self.presenter.say_desk(f"parts.{name}")
        return f"{state} {self.presenter.moment(at, complaint)}" if at else state
