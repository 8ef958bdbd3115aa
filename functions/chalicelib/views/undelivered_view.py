"""The letters that did not arrive in words: which, why, and what to do instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib import locales
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.undelivered import Undelivered
from chalicelib.domain.delivery import COUNTED
from chalicelib.domain.staff import Staff
from chalicelib.views.presentation import Content
from chalicelib.views.row_view import RowView


@dataclass(frozen=True)
class UndeliveredView:
    """Puts them into words for one reader."""

    row_view: RowView
    reader: Staff

    def rows(self, found: Iterable[Undelivered]) -> list[Content]:
        """Each with its complaint, where it is about one."""
        return [self._row(one) for one in found]

    def _row(self, one: Undelivered) -> Content:
        say = self.row_view.presenter
        person, letter = one.person, one.letter
        zone = say.organisation.zone_of(self.reader.communities)
        content = {
            "letter": say.say_desk(f"letter.{letter.letter}"),
            "to": person.name[say.language] if person else say.say_desk("complaint.resident"),
            "why": say.say_desk(f"letters.why_{letter.state}"),
            "at": locales.moment(letter.at, zone, say.language),
            "number": letter.number,
            "again": False,
            "line": self.row_view.line(one.line) if one.line else None,
        }
        return content | (self._of_colleague(person) if person else self._of_resident(one))

    def _of_colleague(self, person: Staff) -> Content:
        say = self.row_view.presenter
        return {
            "instead": say.say_desk("letters.colleague"),
            "step": say.say_desk("letters.open_person"),
            "path": f"/desk/staff/{person.id}",
        }

    def _of_resident(self, one: Undelivered) -> Content:
        """Told another way; the address put right; or once more, where there is one that works."""
        say = self.row_view.presenter
        if one.line is None or not isinstance(one.key.about, ComplaintEvent):
            return {"instead": "", "step": "", "path": ""}
        complaint = one.line.complaint
        failed, untold = bool(complaint.email_failed), bool(complaint.untold_at)
        verb = "correct-contact" if failed and not untold else "update"
        if untold and complaint.acknowledged_at is None:
            verb = "acknowledge"
        instead = "correct" if not untold else "tell_and_correct" if failed else "tell"
        is_owner = complaint.owner.staff == self.reader.id
        return {
            "instead": say.say_desk(f"letters.{instead}"),
            "step": say.say_desk(f"verb.{verb}"),
            "path": f"/desk/complaints/{complaint.reference}?do={verb}#{verb}",
            "again": is_owner and untold and not failed and one.letter.letter in COUNTED,
        }
