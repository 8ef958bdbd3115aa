"""The second factor: codes of an authenticator on one's own phone.

For whoever wants them and, where the stage says so, for all managers and leadership, who are
then asked for one at their first sign-in (`sign_in`) and cannot leave it off again. Each step
asks for the password again: somebody at a desk left unattended can neither take the account
over nor open it up.
"""

from dataclasses import dataclass

from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.identity import (
    CodeNeeded,
    Identity,
    IdentityRefusedError,
    SignedIn,
)
from chalicelib.application.ports.staff_log import StaffLog
from chalicelib.application.sign_in import tidied_code
from chalicelib.domain.staff import Staff, needs_second_factor
from chalicelib.domain.staff_log import StaffEvent, StaffRecord


@dataclass(frozen=True)
class SecondFactor:
    """Enrols an authenticator and takes it off again. Each raises IdentityRefusedError."""

    identity: Identity
    log: StaffLog
    clock: Clock
    is_required: bool = False

    def is_needed(self, staff: Staff) -> bool:
        """Whether somebody with these posts signs in with a second factor or not at all."""
        return self.is_required and needs_second_factor(staff)

    def is_on(self, staff_id: str) -> bool:
        """Whether this member of staff is asked for a code on signing in."""
        return self.identity.asks_code(staff_id)

    def begin(self, staff_id: str, password: str) -> str:
        """The secret to type into the authenticator."""
        return self.identity.new_secret(self._access(staff_id, password))

    def confirm(self, staff_id: str, password: str, code: str) -> None:
        """Ask for a code from now on, once the authenticator has shown a right one."""
        access = self._access(staff_id, password)
        self.identity.confirm_secret(staff_id, access, tidied_code(code))
        self._note(StaffEvent.FACTOR_BEGUN, staff_id)

    def leave(self, staff: Staff, password: str, code: str) -> None:
        """Ask for no code any more; it takes the password and one last code."""
        if self.is_needed(staff):
            raise IdentityRefusedError("factor_stays")
        answer = self.identity.sign_in(staff.id, password)
        if isinstance(answer, CodeNeeded):
            answer = self.identity.answer_code(staff.id, answer.challenge, tidied_code(code))
        if not isinstance(answer, SignedIn):
            raise IdentityRefusedError("start_over")
        self.identity.ask_no_code(staff.id)
        self._note(StaffEvent.FACTOR_LEFT, staff.id)

    def _note(self, kind: StaffEvent, staff_id: str) -> None:
        self.log.add(StaffRecord(self.clock.now(), kind, staff_id, staff_id))

    def _access(self, staff_id: str, password: str) -> str:
        answer = self.identity.sign_in(staff_id, password)
        if not isinstance(answer, SignedIn):
            raise IdentityRefusedError("start_over")
        return answer.access
