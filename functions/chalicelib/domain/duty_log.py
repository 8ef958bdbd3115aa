"""The duty log (值班日志): what the front desk writes down besides complaints (6.1, 6.1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from chalicelib.domain.grounds import Grounds
from chalicelib.domain.notices import Notice
from chalicelib.domain.roles import Post

CALL, HANDOVER_NOTE, ENTRY, CORRECTION = KINDS = ("call", "handover_note", "entry", "correction")


@dataclass(frozen=True)
class Entry:
    """One entry of a community's log, numbered through the day as in the book; `at` is UTC.

    `words` are ``text`` and, for a call for help, ``place``. A correction says which
    entry it `corrects`; that one stays legible. `whom` is the role that a call is for.
    """

    community: str
    on: date
    number: int
    at: datetime
    by: str
    kind: str
    words: Mapping[str, str] = field(default_factory=dict)
    corrects: int | None = None
    whom: str | None = None


def notices_of_entry(entry: Entry, grounds: Grounds) -> tuple[Notice, ...]:
    """Whom an entry alerts: a call for help, the one who answers for that post now (6.1.2)."""
    if entry.kind != CALL or entry.whom is None:
        return ()
    post = Post(entry.whom, entry.community)
    called = grounds.called(post, entry.by)
    return (Notice("help_called_log", called.id),) if called else ()
