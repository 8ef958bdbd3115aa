"""Who may stand on the record as the one who did something: one table for all events.

A person is on the staff list; the clock did only what time or the directory brought; the mail
service says what became of a letter; what the resident did with the code is the resident's. The
receipt is its channel's where nobody wrote it down; what is passed on between complaints that go on
as one is whoever's it was there, and another resident's where it was a resident's.
"""

from chalicelib.domain.events import EVENTS, EventRecord
from chalicelib.domain.model import (
    BY_CLOCK,
    BY_MAIL,
    IMPORT,
    OTHER_RESIDENT,
    RECEPTION_CHANNELS,
    RESIDENT,
)
from chalicelib.domain.staff import Directory

STAFF = "a member of staff"
CHANNELS = frozenset({"web", IMPORT, *RECEPTION_CHANNELS})
_CLOCK = (
    *("owner_assigned", "stood_in", "came_back", "missed", "new_date_set", "reminded", "warned"),
    *("return_visit_asked", "return_visit_missed", "linked", "repeated"),
)
_RESIDENT = ("photo_added", "photo_refused", "code_asked")
TOLD_BY_THE_OTHER = ("absorbed", "merged", "part_changed", "part_left")
"""What one of those that go on as one says of the other: by whoever did it."""
_SAID = ("messaged", "confirmed", "disputed", "withdrawn")
ACTORS: dict[str, frozenset[str]] = {
    **dict.fromkeys(EVENTS, frozenset({STAFF})),
    **dict.fromkeys(_CLOCK, frozenset({BY_CLOCK})),
    **dict.fromkeys(_RESIDENT, frozenset({RESIDENT})),
    **dict.fromkeys(_SAID, frozenset({STAFF, RESIDENT})),
    **dict.fromkeys(TOLD_BY_THE_OTHER, frozenset({STAFF, RESIDENT, BY_CLOCK})),
    "received": frozenset({STAFF, *CHANNELS}),
    "ended_elsewhere": CHANNELS,
    "escalated": frozenset({STAFF, BY_CLOCK}),
    **dict.fromkeys(("letter_delivered", "letter_failed"), frozenset({BY_MAIL, BY_CLOCK})),
    "part_changed": frozenset({STAFF, RESIDENT, BY_CLOCK, BY_MAIL}),
}
"""By whom each event may be: what is not named otherwise is an act of a member of staff."""


def is_act_of_its_actor(record: EventRecord, directory: Directory) -> bool:
    """Whether who stands on the record could have done this, and is somebody."""
    if record.origin:
        return (
            record.by in {OTHER_RESIDENT, BY_CLOCK, BY_MAIL}
            or directory.person(record.by) is not None
        )
    is_staff = directory.person(record.by) is not None
    return (STAFF if is_staff else record.by) in ACTORS[record.kind]
