"""The staff directory in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.application.saved_filters import MOST, QUEUE
from chalicelib.application.sessions import StaffSnapshot
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError
from chalicelib.domain.staff import Directory
from fakes.staff_log import FakeStaffLog


@dataclass
class FakeStaff:
    """The `StaffBook` port."""

    staff: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)
    filters: dict = field(default_factory=dict)
    log: FakeStaffLog = field(default_factory=FakeStaffLog)

    def directory(self):
        """All staff, by their ids."""
        return Directory(tuple(self.staff[key] for key in sorted(self.staff)))

    def snapshot(self):
        """All staff with copies of their sessions and filters."""
        sessions = {key: dict(one) for key, one in self.sessions.items()}
        filters = {
            key: tuple(own[name] for name in sorted(own)) for key, own in self.filters.items()
        }
        return StaffSnapshot(self.directory(), sessions, dict(self.versions), filters)

    def put(self, staff, version=None, record=None):
        """Add or replace one, and keep the record of it."""
        present = self.versions.get(staff.id, 0)
        if version not in (None, present):
            raise ChangedMeanwhileError
        if record:
            self.log.add_change(record, present + 1)
        self.staff[staff.id] = staff
        self.versions[staff.id] = present + 1
        self.filters.setdefault(staff.id, {})
        if staff.disabled or staff.id not in self.sessions:
            self.sessions[staff.id] = {}

    def begin_session(self, staff_id, digest, session, dropped=()):
        """Keep one in place of others."""
        if staff_id not in self.staff:
            raise NotFoundError
        own = self.sessions[staff_id]
        self.sessions[staff_id] = {
            key: one for key, one in own.items() if key not in set(dropped)
        } | {digest: session}

    def renew_session(self, staff_id, digest, session):
        """Replace one that is there."""
        if digest not in self.sessions.get(staff_id, {}):
            return False
        self.sessions[staff_id][digest] = session
        return True

    def end_session(self, staff_id, digest):
        """Forget one."""
        self.sessions.get(staff_id, {}).pop(digest, None)

    def end_sessions(self, staff_id):
        """Forget all of one person."""
        if staff_id in self.sessions:
            self.sessions[staff_id] = {}

    def keep_filter(self, staff_id, one):
        """Keep one, unless there is no room for another."""
        own = self.filters.get(staff_id)
        key = one.page, one.name
        if own is None or (key not in own and len(own) >= MOST):
            return False
        own[key] = one
        return True

    def drop_filter(self, staff_id, name, page=QUEUE):
        """Forget one."""
        self.filters.get(staff_id, {}).pop((page, name), None)
