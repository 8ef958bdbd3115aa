"""What a robot says to the staff's group: reference, severity, place and link, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib import locales
from chalicelib.application.group_messages import building_of
from chalicelib.application.history import History
from chalicelib.application.ports.group_chat import GroupRow
from chalicelib.domain.model import Complaint
from chalicelib.domain.morning import OVERDUE
from chalicelib.domain.policy import Organisation, Policy


@dataclass(frozen=True)
class GroupMessageView:
    """The `GroupMessageWriter` port, in one language. `site_url` has no slash at its end."""

    policy: Policy
    organisation: Organisation
    site_url: str
    language: str

    def of_complaint(self, kind: str, history: History) -> str:
        """Three lines: what it is, where, and the link."""
        complaint = history.complaint
        first = self._say(kind, severity=self._severity(complaint), reference=complaint.reference)
        place = self._place(complaint, building_of(complaint, history.words))
        return "\n".join([first, place, self._url(complaint)])

    def of_morning(self, community: str, rows: Sequence[GroupRow], most_bytes: int) -> str:
        """The counts, then two lines for each complaint, as many as fit, and how many are left."""
        late = sum(row.state == OVERDUE for row in rows)
        name = self.organisation.community(community).name[self.language]
        said = self._say("morning", community=name, overdue=late, today=len(rows) - late)
        for at, row in enumerate(rows):
            left = self._say("more", count=len(rows) - at, url=f"{self.site_url}/desk")
            longer = f"{said}\n{self._row(row)}"
            if len(f"{longer}\n{left}".encode()) > most_bytes:
                return f"{said}\n{left}"
            said = longer
        return said

    def _row(self, row: GroupRow) -> str:
        complaint = row.complaint
        words = self._say(
            f"row_{row.state}",
            severity=self._severity(complaint),
            reference=complaint.reference,
            place=self._place(complaint, row.building),
        )
        return f"{words}\n{self._url(complaint)}"

    def _place(self, complaint: Complaint, building: str) -> str:
        name = self.organisation.community(complaint.community).name[self.language]
        return self._say("place", community=name, building=building) if building else name

    def _severity(self, complaint: Complaint) -> str:
        return self.policy.severity_name(complaint.severity)[self.language]

    def _url(self, complaint: Complaint) -> str:
        return f"{self.site_url}/desk/complaints/{complaint.reference}"

    def _say(self, key: str, **params: object) -> str:
        return locales.say(self.language, f"group.{key}", **params)
