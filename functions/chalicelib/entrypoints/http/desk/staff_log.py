"""What is on record of the staff's accounts: a person's own, and for the leadership everybody's."""

from collections.abc import Iterable
from datetime import timedelta

from chalice.app import Response

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.staff_log import StaffEvent, StaffRecord, open_requests
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import presenter, shown
from chalicelib.views.presentation import Content

SHOWN_FOR = timedelta(days=90)
_MOST = 500
"""So many records stand on a page, the latest."""


@staff_only
def everybody(visitor: Visitor) -> Response:
    """All records, for who answers for the whole company; for others there is no such page."""
    if not sees_all(visitor):
        raise NotFoundError
    return shown(
        "staff_log.j2", visitor, here="staff", rows=rows(visitor, records(visitor)[:_MOST])
    )


def sees_all(visitor: Visitor) -> bool:
    """Whether the visitor is of the leadership."""
    from chalicelib.application.staffing import edits_everybody

    return edits_everybody(visitor.staff)


def of_person(visitor: Visitor, staff_id: str) -> list[Content]:
    """What is on record of one account."""
    return rows(visitor, [one for one in records(visitor) if one.staff == staff_id][:_MOST])


def requests(visitor: Visitor) -> list[Content]:
    """What waits for the leadership to confirm it; nothing for others."""
    return rows(visitor, open_requests(records(visitor))) if sees_all(visitor) else []


def records(visitor: Visitor) -> tuple[StaffRecord, ...]:
    """Everything of the last ninety days, the last first."""
    now = visitor.container.clock.now()
    return visitor.container.staff_log.since(now - SHOWN_FOR, now)


def rows(visitor: Visitor, found: Iterable[StaffRecord]) -> list[Content]:
    """Records in the visitor's words."""
    from chalicelib.views.staff_log_view import StaffLogView

    zone = visitor.container.organisation.zone_of(visitor.staff.communities)
    return StaffLogView(presenter(visitor), visitor.directory, zone).rows(found)


def note(visitor: Visitor, kind: StaffEvent, what: str = "") -> None:
    """Record what a visitor has just done with their own account."""
    now, staff_id = visitor.container.clock.now(), visitor.staff.id
    exported = {"references": ("", what)} if what else {}
    visitor.container.staff_log.add(StaffRecord(now, kind, staff_id, staff_id, exported))
