"""What is on record of the staff's accounts: who changed what of whom, and who signed in.

A record is never changed. What nobody can be held to, as a wrong password, is counted by the hour.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib.domain.staff import Staff

_BY_TIME = frozenset({"absent", "disabled"})
"""What follows from a day, or has a record of its own."""


class StaffEvent(StrEnum):
    """What can be on record of an account."""

    ADDED = "added"
    CHANGED = "changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    INVITED = "invited"
    FACTOR_BEGUN = "factor_begun"
    FACTOR_LEFT = "factor_left"
    FACTOR_ASKED = "factor_asked"
    FACTOR_FORGOTTEN = "factor_forgotten"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    PASSWORD_SET = "password_set"  # noqa: S105 - that one was set
    EXPORTED = "exported"
    SIGN_IN_FAILED = "sign_in_failed"
    RESET_ASKED = "reset_asked"
    RESET_FAILED = "reset_failed"


COUNTED = frozenset({StaffEvent.SIGN_IN_FAILED, StaffEvent.RESET_ASKED, StaffEvent.RESET_FAILED})
"""What anybody can bring about who knows a name: counted, so that it fills no record."""
UNKNOWN = "?"
"""Whose it is where the name belongs to nobody: what is tried is not kept."""


class StaffRecord(Struct, frozen=True):
    """One thing that happened at `at` (UTC) to an account of `staff`, and by whom.

    `what` has each field that changed, as it was and as it is; or what was exported. `times` is
    more than one for what is counted alone.
    """

    at: datetime
    kind: StaffEvent
    staff: str
    by: str
    what: Mapping[str, tuple[str, str]] = {}
    times: int = 1


def changes(before: Staff, after: Staff) -> dict[str, tuple[str, str]]:
    """What of somebody's entry changed, in plain text, as it was and as it is."""
    one, other = asdict(before), asdict(after)
    changed = (name for name in one if one[name] != other[name] and name not in _BY_TIME)
    return {name: (_plain(one[name]), _plain(other[name])) for name in changed}


def old_address(record: StaffRecord) -> str:
    """Where letters went before this change; blank where that stayed."""
    return record.what.get("email", ("", ""))[0]


def open_requests(records: tuple[StaffRecord, ...]) -> tuple[StaffRecord, ...]:
    """The requests to take off an authenticator that nobody has confirmed; the last of each."""
    answered: dict[str, StaffRecord | None] = {}
    for record in sorted(records, key=lambda one: one.at):
        if record.kind == StaffEvent.FACTOR_ASKED:
            answered[record.staff] = record
        elif record.kind in (StaffEvent.FACTOR_FORGOTTEN, StaffEvent.FACTOR_BEGUN):
            answered[record.staff] = None
    return tuple(one for one in answered.values() if one)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return " / ".join(str(one) for one in value.values())
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
