"""The archive: any complaint by what is known of it, and the lessons drawn (principle 2)."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.application.confidence import known_lines, seen_lines
from chalicelib.application.history import History
from chalicelib.application.households import keys_to_look_under
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.lessons import Lessons
from chalicelib.application.records import Lesson, Line
from chalicelib.domain import permissions
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.events import Received
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Organisation
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Staff

_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Query:
    """What is looked for, and how: by reference, unit, phone, email or name within a month.

    `month` is ``2026-11``, of the community's calendar; `name` may be a part of it.
    """

    way: str
    reference: str = ""
    community: str = ""
    building: str = ""
    unit: str = ""
    phone: str = ""
    email: str = ""
    month: str = ""
    name: str = ""


@dataclass(frozen=True)
class Archive:
    """Looks among all complaints, open or ended."""

    organisation: Organisation
    complaints: Complaints
    drawn: Lessons
    keys: Keys

    def find(self, query: Query, staff: Staff, verb: str = "see") -> tuple[Line, ...]:
        """What was found, the newest first, of all with which this person may do this.

        Whom they may not know is found by the reference alone. Raises KeyError for an unknown
        way.
        """
        ways = {
            "reference": self._by_reference,
            "unit": self._by_key,
            "phone": self._by_key,
            "email": self._by_key,
            "name": self._by_name,
        }
        found = ways[query.way](query)
        known = found if query.way == "reference" else known_lines(found, staff)
        return self._seen(
            [one for one in known if permissions.may(staff, verb, one.complaint)], staff
        )

    def listed(self, references: Iterable[str], staff: Staff) -> tuple[Line, ...]:
        """These complaints, in this order, but those that this person may not see."""
        found = self.complaints.lines(references)
        return self._seen(
            [one for one in found if permissions.may(staff, "see", one.complaint)], staff
        )

    def household(
        self, staff: Staff, community: str, building: str = "", unit: str = "", phone: str = ""
    ) -> tuple[Line, ...]:
        """The complaints of a home or a telephone that this person may see, the newest first.

        Asked before there is a complaint to compare with; what is blank is not looked under.
        """
        found = self._under(community, {"building": building, "unit": unit, "phone": phone})
        return self._seen(_of_known(found, staff), staff)

    def household_of(self, history: History, staff: Staff) -> tuple[Line, ...]:
        """The other complaints of the same home, telephone or e-mail, the newest first.

        Those that this person may see and whose resident they may know, as must be this one's.
        """
        if not sees_resident(staff, history.complaint):
            return ()
        found = self._under(history.complaint.community, dict(history.words))
        own = history.complaint.reference
        others = [line for line in _of_known(found, staff) if line.complaint.reference != own]
        return self._seen(others, staff)

    def lessons(
        self, category: str, communities: Iterable[str], staff: Staff
    ) -> tuple[Lesson, ...]:
        """The lessons of a category in these communities, the newest first.

        Without those of complaints that may be about this reader, or whose resident they may
        not know.
        """
        served = frozenset(communities)
        found = [one for one in self.drawn.of(category) if one.community in served]
        lines = self.complaints.lines([one.reference for one in found])
        kept = {one.complaint.reference for one in lines if _is_kept_from(staff, one.complaint)}
        return tuple(one for one in found if one.reference not in kept)

    def _seen(self, lines: Collection[Line], staff: Staff) -> tuple[Line, ...]:
        """The lines as this person may see them; those under which they go on are read for it."""
        into = sorted({one.complaint.merged_into for one in lines if one.complaint.merged_into})
        return tuple(seen_lines(lines, self.complaints.lines(into) if into else (), staff))

    def _by_reference(self, query: Query) -> tuple[Line, ...]:
        return self.complaints.lines([tidied_reference(query.reference)])

    def _by_key(self, query: Query) -> tuple[Line, ...]:
        """By unit, telephone or e-mail, whichever the way is."""
        names = ("building", "unit") if query.way == "unit" else (query.way,)
        return self._under(query.community, {name: getattr(query, name) for name in names})

    def _by_name(self, query: Query) -> tuple[Line, ...]:
        """Those received in the month whose resident has this in their name."""
        bounds = self._bounds(query)
        if bounds is None:
            return ()
        happened = self.complaints.happened(query.community, *bounds)
        references = [ref for ref, one in happened if isinstance(one.event, Received)]
        part = _plain(query.name)
        lines = self.complaints.lines(reversed(references))
        return tuple(line for line in lines if part in _plain(line.words.get("name", "")))

    def _bounds(self, query: Query) -> tuple[datetime, datetime] | None:
        """The first instant (UTC) of the month and of the next; None for no month or place."""
        zones = {one.key: one.tz for one in self.organisation.communities}
        read = _MONTH.fullmatch(query.month)
        if read is None or query.community not in zones:
            return None
        first = datetime(int(read[1]), int(read[2]), 1, tzinfo=zones[query.community])
        year, month = divmod(first.year * 12 + first.month, 12)
        after = first.replace(year=year, month=month + 1)
        return first.astimezone(UTC), after.astimezone(UTC)

    def _under(self, community: str, words: dict[str, str]) -> tuple[Line, ...]:
        keys = keys_to_look_under(community, words, self.keys)
        references = (ref for key in keys for ref in self.complaints.of_household(key))
        lines = self.complaints.lines(references)
        newest = sorted(lines, key=lambda line: line.complaint.received_at, reverse=True)
        return tuple(newest)


def _of_known(lines: Iterable[Line], staff: Staff) -> tuple[Line, ...]:
    """Those that this person may see, and whose resident they may know."""
    known = known_lines(lines, staff)
    return tuple(one for one in known if permissions.may(staff, "see", one.complaint))


def _is_kept_from(staff: Staff, complaint: Complaint) -> bool:
    return complaint.is_kept_from(staff.id) or not sees_resident(staff, complaint)


def _plain(name: str) -> str:
    """A name as one looks for it: without capitals, blanks or full-width letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
