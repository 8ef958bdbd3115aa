"""Repeats: which earlier complaint is about the same matter as one that came in (5.1.1).

Looked for after storing, from the stream, so that nobody learns anything of a household by
naming its unit in a form: neither the answer nor the time it takes tells.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chalicelib.application.act_on_complaint import ActOnComplaint
from chalicelib.application.history import History
from chalicelib.application.households import household_keys, keys_to_look_under, tidy_email
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Line
from chalicelib.domain.commands import Link, Repeat
from chalicelib.domain.confidence import confided
from chalicelib.domain.model import BY_CLOCK, IMPORT, Complaint

MOST_LOOKED_AT = 12
"""So many complaints of a home or contact, the newest: a number may stand on hundreds of them."""
_CONTACTS = ("phone", "email")


@dataclass(frozen=True)
class Repeats:
    """Ties a new complaint to the earlier one that it repeats."""

    complaints: Complaints
    act: ActOnComplaint
    keys: Keys

    def recognise(self, history: History) -> History:
        """The history with its link, if there is an earlier complaint; asked twice, done once.

        Its own record is carried on and not loaded again; the earlier complaint is loaded to
        be told. An imported complaint came with the times it was raised, and is left as it is.
        """
        if history.complaint.channel == IMPORT:
            return history
        for command in self._links(history):
            history = self.act.act_on(history, command, by=BY_CLOCK)
            self.act.act(command.reference, Repeat(history.complaint.reference), by=BY_CLOCK)
        return history

    def _links(self, history: History) -> list[Link]:
        """What the resident named, and the open complaint of the same home and category."""
        found = [*self._named(history), *self._alike(history)]
        return list({one.reference: one for one in reversed(found)}.values())[::-1]

    def _named(self, history: History) -> Iterator[Link]:
        """The earlier complaint whose reference the resident gave, in the same community."""
        complaint, reference = history.complaint, history.complaint.earlier_reference
        if not reference or reference == complaint.reference:
            return
        for earlier in self.complaints.lines([reference]):
            if earlier.complaint.community == complaint.community:
                yield self._link("named", earlier, history)

    def _alike(self, history: History) -> Iterator[Link]:
        complaint = history.complaint
        others = self._others_of_the_same_home(history)
        lines = self.complaints.lines(others) if others else ()
        open_ones = [one for one in lines if _is_alike(one.complaint, complaint)]
        latest = max(open_ones, key=lambda one: _often(one.complaint), default=None)
        if latest:
            because = "contact" if self._same_contact(latest.words, history) else "household"
            yield self._link(because, latest, history)

    def _others_of_the_same_home(self, history: History) -> list[str]:
        community = history.complaint.community
        looked_under = keys_to_look_under(community, history.words, self.keys)
        of = self.complaints.of_household
        found = (reference for key in looked_under for reference in of(key)[:MOST_LOOKED_AT])
        own = history.complaint.reference
        return [one for one in dict.fromkeys(found) if one != own]

    def _link(self, because: str, earlier: Line, history: History) -> Link:
        """How often the matter was raised before this time; of a stranger's complaint, once."""
        times = (
            earlier.complaint.times_raised + 1
            if self._is_same_household(earlier.words, history)
            else 1
        )
        told = self._same_address(earlier.words, history)
        kept_from = confided(earlier.complaint)
        return Link(earlier.complaint.reference, because, times, told, kept_from)

    def _is_same_household(self, words: Mapping[str, str], history: History) -> bool:
        """Whether the two have a home or a contact in common."""
        mine, other = (self._keys(one, history) for one in (history.words, words))
        return any(mine.get(kind) == key for kind, key in other.items())

    def _same_contact(self, words: Mapping[str, str], history: History) -> bool:
        mine, other = (self._keys(one, history) for one in (history.words, words))
        return any(kind in mine and mine[kind] == other.get(kind) for kind in _CONTACTS)

    def _keys(self, words: Mapping[str, str], history: History) -> dict[str, str]:
        return household_keys(history.complaint.community, words, self.keys)

    @staticmethod
    def _same_address(words: Mapping[str, str], history: History) -> bool:
        """Whether both have one mailbox: only then is the resident told of the earlier one."""
        mine, other = (tidy_email(one.get("email", "")) for one in (history.words, words))
        return bool(mine) and mine == other


def _is_alike(earlier: Complaint, complaint: Complaint) -> bool:
    """An open complaint of the same community and category, received before this one."""
    before = _order(earlier) < _order(complaint)
    same = _matter(earlier) == _matter(complaint)
    return earlier.is_open and same and before


def _matter(complaint: Complaint) -> tuple[str, str]:
    return complaint.community, complaint.category


def _order(complaint: Complaint) -> tuple[object, str]:
    return complaint.received_at, complaint.reference


def _often(complaint: Complaint) -> tuple[int, tuple[object, str]]:
    return complaint.times_raised, _order(complaint)
