"""Where else a resident is written about: entries of the duty log, and the lessons drawn.

They go with the resident's own data. What is looked for is the name, a telephone number, an
e-mail address, the home and the reference, as the record has them now or had them before.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.application.history import History
from chalicelib.application.households import tidy_email, tidy_phone
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.model import Complaint

_A_DAY = timedelta(days=1)
_AFTER_THE_END = timedelta(days=31)
"""So long after the end the log is looked through, for what was written once it was over."""
_SHORTEST_NAME, _SHORTEST_NUMBER = 2, 7
_PERSONS = ("name", "contact_person", "behalf_of")


@dataclass(frozen=True)
class Mentions:
    """Looks for a resident in what stands apart from their complaint."""

    duty_log: DutyLog
    clock: Clock

    def entries(self, history: History) -> tuple[DutyLogEntry, ...]:
        """The entries of the community's log that name the resident, in their order."""
        complaint, known = history.complaint, Known.of(history)
        return tuple(
            entry
            for day in self._days(complaint)
            for entry in self.duty_log.day(complaint.community, day)
            if known.is_in(" ".join(entry.words.values()))
        )

    def _days(self, complaint: Complaint) -> Iterator[date]:
        """From the day of the receipt until it had been over for a month, or today."""
        now = self.clock.now()
        last = min(now, (complaint.ended_at or now) + _AFTER_THE_END)
        day = complaint.received_at.astimezone(complaint.tz).date()
        while day <= last.astimezone(complaint.tz).date():
            yield day
            day += _A_DAY


@dataclass(frozen=True)
class Known:
    """By what a resident can be recognised in a text."""

    words: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, history: History) -> "Known":
        """Everything that the record says or ever said of who they are and where they live."""
        said = [dict(history.words), *(dict(one.words) for one in history.records)]
        words = {history.complaint.reference, *(word for one in said for word in _words(one))}
        numbers = {tidy_phone(one.get("phone", "")) for one in said}
        plain = frozenset(_plain(one) for one in words if one)
        return cls(plain, frozenset(one for one in numbers if len(one) >= _SHORTEST_NUMBER))

    def is_in(self, text: str) -> bool:
        """Whether a text names them."""
        plain = _plain(text)
        digits = re.sub(r"(?<=\d)[-()]+(?=\d)", "", plain)
        return any(one in plain for one in self.words) or any(one in digits for one in self.numbers)


def entry_name(entry: DutyLogEntry) -> str:
    """An entry as events name it: ``2026-11-25#3``."""
    return f"{entry.on:%Y-%m-%d}#{entry.number}"


def lessons_that_name(history: History) -> Iterable[str]:
    """The lessons drawn from a complaint in whose text the resident is named."""
    known = Known.of(history)
    lessons = (one.words["lesson"] for one in history.records if "lesson" in one.words)
    return [one for one in lessons if known.is_in(one)]


def _words(said: Mapping[str, str]) -> Iterator[str]:
    yield from (said[one] for one in _PERSONS if len(said.get(one, "")) >= _SHORTEST_NAME)
    if said.get("email"):
        yield tidy_email(said["email"])
    if said.get("building") and said.get("unit"):
        yield f"{said['building']}{said['unit']}"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
