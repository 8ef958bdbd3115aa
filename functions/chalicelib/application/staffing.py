"""The staff: who is on it, who may change that, and who stands in for whom.

Nobody is ever removed: who has left is disabled, and the name stays on the record. A
complaint is never left with an owner who cannot act on it (principle 1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.identity import Identity, IdentityRefusedError
from chalicelib.application.ports.staff import StaffBook
from chalicelib.application.ports.staff_log import StaffLog
from chalicelib.application.standing_in import HandedOn, StandingIn
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import OPERATOR
from chalicelib.domain.permissions import MAY, may_in
from chalicelib.domain.staff import LEADER, MANAGER, Directory, Staff
from chalicelib.domain.staff_log import StaffEvent, StaffRecord, changes


@dataclass(frozen=True)
class Staffing:
    """Changes the directory and, with it, accounts and owners.

    `editor` is None for the operator, who answers for the system itself. Each change
    raises RefusedError, and ChangedMeanwhileError when another editor came first. Whatever is
    done is on record with who did it; a change and its record are one transaction.
    """

    standing_in: StandingIn
    staff: StaffBook
    identity: Identity
    log: StaffLog
    clock: Clock

    def add(self, editor: Staff | None, person: Staff) -> None:
        """Take somebody on; they get an invitation by e-mail. Raises IdentityRefusedError."""
        self._require(editor, person, person)
        self.staff.put(person, 0, self._record(StaffEvent.ADDED, editor, person))
        self.identity.create(person.id, person.email)

    def change(self, editor: Staff | None, person: Staff, version: int | None = None) -> HandedOn:
        """Change what somebody is; what they cannot own any more goes to who stands in."""
        before = self._known(person.id)
        self._require(editor, before, person)
        return self._changed(editor, before, person, version)

    def change_own(self, person: Staff, version: int) -> HandedOn:
        """Somebody's own language, absence and deputy; the rest stays as it was."""
        before = self._known(person.id)
        own = ("language", "absent", "absent_from", "absent_until", "deputy")
        after = replace(before, **{name: getattr(person, name) for name in own})
        return self._changed(before, before, after, version)

    def disable(self, editor: Staff | None, staff_id: str, version: int | None = None) -> HandedOn:
        """Lock somebody out, from their next request on."""
        before = self._known(staff_id)
        after = replace(before, disabled=True)
        self._require(editor, before, after)
        self.staff.put(after, version, self._record(StaffEvent.DISABLED, editor, after))
        self._account(lambda: self.identity.disable(staff_id))
        return self.standing_in.hand_on(staff_id)

    def enable(self, editor: Staff | None, staff_id: str, version: int | None = None) -> None:
        """Let somebody in again; they take back no complaint by itself."""
        before = self._known(staff_id)
        after = replace(before, disabled=False)
        self._require(editor, before, after)
        self.staff.put(after, version, self._record(StaffEvent.ENABLED, editor, after))
        self._account(lambda: self.identity.enable(staff_id))

    def invite_again(self, editor: Staff | None, staff_id: str) -> None:
        """Send the invitation again, or for the first time. Raises IdentityRefusedError."""
        person = self._known(staff_id)
        self._require(editor, person, person)
        if person.disabled:
            raise RefusedError("invite_disabled")
        try:
            self.identity.invite_again(staff_id)
        except IdentityRefusedError as error:
            if error.code != "no_account":
                raise
            self.identity.create(staff_id, person.email)
        self.log.add(self._record(StaffEvent.INVITED, editor, person))

    def forget_second_factor(self, editor: Staff | None, staff_id: str) -> bool:
        """Ask somebody for no code any more, who has lost the authenticator, and sign them out.

        Leadership and the operator do it. What a manager asks for is on record, to be confirmed
        by them; the answer is whether it was done. Nobody opens up their own account.
        """
        person = self._known(staff_id)
        self._require(editor, person, person)
        if editor and editor.id == staff_id:
            raise RefusedError("own_factor")
        if editor and not edits_everybody(editor):
            self.log.add(self._record(StaffEvent.FACTOR_ASKED, editor, person))
            return False
        self.identity.ask_no_code(staff_id)
        self.staff.end_sessions(staff_id)
        self.log.add(self._record(StaffEvent.FACTOR_FORGOTTEN, editor, person))
        return True

    def _changed(
        self, editor: Staff | None, before: Staff, after: Staff, version: int | None
    ) -> HandedOn:
        """Change it; who gets letters elsewhere from now on is signed out everywhere."""
        record = self._record(StaffEvent.CHANGED, editor, after, changes(before, after))
        self.staff.put(after, version, record if record.what else None)
        if after.email != before.email:
            self._account(lambda: self.identity.change_email(after.id, after.email))
            self.staff.end_sessions(after.id)
        return self.standing_in.follow(before, after)

    def _record(
        self,
        kind: StaffEvent,
        editor: Staff | None,
        person: Staff,
        what: Mapping[str, tuple[str, str]] | None = None,
    ) -> StaffRecord:
        by = editor.id if editor else OPERATOR
        return StaffRecord(self.clock.now(), kind, person.id, by, what or {})

    def _account(self, change: Callable[[], None]) -> None:
        """Change the account, where there is one."""
        try:
            change()
        except IdentityRefusedError as error:
            if error.code != "no_account":
                raise

    def _known(self, staff_id: str) -> Staff:
        person = self.staff.directory().person(staff_id)
        if person is None:
            raise RefusedError("no_such_person", id=staff_id)
        return person

    def _require(self, editor: Staff | None, before: Staff, after: Staff) -> None:
        if editor:
            require_editor(editor, before, after)
        directory = self.staff.directory()
        if _leads(before) and not _leads(after) and not _other_leaders(directory, before):
            raise RefusedError("last_leader")


def edits_everybody(editor: Staff) -> bool:
    """Whether the editor answers for the whole company."""
    scopes = MAY["edit-staff"]
    return not editor.disabled and any(scopes.get(role) == "company" for role in editor.roles)


def may_edit(editor: Staff, person: Staff) -> bool:
    """Whether the editor answers for everything that this person is and serves."""
    if edits_everybody(editor):
        return True
    if LEADER in person.roles:
        return False
    if not person.communities:
        return may_in(editor, "edit-staff", "") and not editor.communities
    return all(may_in(editor, "edit-staff", one) for one in person.communities)


def require_editor(editor: Staff, before: Staff, after: Staff) -> None:
    """That the editor may make the one into the other. Raises RefusedError."""
    if LEADER in after.roles and not edits_everybody(editor):
        raise RefusedError("no_leader_by_you")
    if not may_edit(editor, before):
        raise RefusedError("not_yours_to_edit")
    if not may_edit(editor, after):
        raise RefusedError("other_community")
    if editor.id == after.id and (after.disabled or _loses_post(before, after)):
        raise RefusedError("not_yourself")


def _loses_post(before: Staff, after: Staff) -> bool:
    held = {role for role in before.roles if role in (MANAGER, LEADER)}
    return not held <= set(after.roles) or before.communities != after.communities


def _leads(person: Staff) -> bool:
    return LEADER in person.roles and not person.disabled


def _other_leaders(directory: Directory, person: Staff) -> bool:
    return any(_leads(one) for one in directory.staff if one.id != person.id)
