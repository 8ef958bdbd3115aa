"""The duty log (值班日志): what the front desk writes down besides complaints (6.1, 6.1.2)."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.events import NO_WORDS
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Post

CALL, HANDOVER_NOTE, ENTRY, CORRECTION = KINDS = ("call", "handover_note", "entry", "correction")


class DutyLogEntry(Struct, frozen=True):
    """One entry of a community's log, numbered through the day as in the book; `at` is UTC.

    `words` are ``text`` and, for a call for help, ``place``. A correction says which
    entry it `corrects`; that one stays legible. `whom` is the role that a call is for, and
    `may_be_meant` are the ids of those whom it may be about: they neither come nor read it.
    """

    community: str
    on: date
    number: int
    at: datetime
    by: str
    kind: str
    words: Mapping[str, str] = NO_WORDS
    corrects: int | None = None
    whom: str | None = None
    may_be_meant: tuple[str, ...] = ()

    def is_kept_from(self, staff_id: str) -> bool:
        """Whether it may be about this member of staff, who did not write it themselves."""
        return staff_id in self.may_be_meant and staff_id != self.by


def notices_of_entry(entry: DutyLogEntry, context: DecisionContext) -> tuple[Notice, ...]:
    """Whom an entry alerts: a call for help, the one who answers for that post now (6.1.2)."""
    if entry.kind != CALL or entry.whom is None:
        return ()
    post = Post(entry.whom, entry.community)
    called = context.passing_over(frozenset(entry.may_be_meant)).called(post, entry.by)
    return (Notice("help_called_log", called.id),) if called else ()
