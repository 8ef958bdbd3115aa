"""The first member of staff: without one, no complaint has an owner, and nobody can add another.

They get the company's leadership and the property manager's post for all communities; who
else there is, they add at the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.staff_form import EVERYWHERE, StaffForm
from chalicelib.bootstrap import Container
from chalicelib.domain.policy import Organisation
from chalicelib.domain.staff import LEADER, MANAGER, Directory, Staff

FIELDS = {
    "id": ("--first-id", "What they sign in with, such as gao-yuan."),
    "name_zh": ("--first-name-zh", "Their name in Chinese."),
    "name_en": ("--first-name-en", "Their name in English."),
    "email": ("--first-email", "Where their invitation goes."),
}
"""What is asked of the first account: by which option, and what is said of it."""


@dataclass(frozen=True)
class FirstAccount:
    """What was typed of them, by field of the staff form; blank where it was not."""

    typed: Mapping[str, str]

    @property
    def is_given(self) -> bool:
        """Whether any of it was typed."""
        return any(self.typed.values())

    def read(self, organisation: Organisation, directory: Directory, now: datetime) -> Staff:
        """The member of staff. Raises BadInputError, which names each field that is wrong."""
        roles = {f"role-{role}": "yes" for role in (LEADER, MANAGER)}
        sent = {**self.typed, "language": "zh", "department": "", EVERYWHERE: "yes", **roles}
        return StaffForm(sent, directory, organisation, now).read(None)


def open_first(container: Container, account: FirstAccount) -> Staff | None:
    """Take them on where there is nobody yet, and invite them; None where there is somebody.

    Raises BadInputError and IdentityRefusedError.
    """
    directory = container.staff.directory()
    if directory.staff:
        return None
    person = account.read(container.organisation, directory, container.clock.now())
    container.staffing.add(None, person)
    return person
