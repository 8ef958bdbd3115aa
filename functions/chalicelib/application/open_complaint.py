"""Opens a complaint: for its resident by the code, for a member of staff by their post."""

from dataclasses import dataclass

from msgspec.structs import replace

from chalicelib.application.confidence import known_lines, seen_history, ties, without_ties
from chalicelib.application.history import History
from chalicelib.application.keys import Keys
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.records import Dossier
from chalicelib.domain import permissions
from chalicelib.domain.confidence import is_of_some_department
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.staff import Directory, Staff


@dataclass(frozen=True)
class OpenComplaint:
    """Shows a complaint to those who may see it, and to nobody else that there is one."""

    complaints: Complaints
    keys: Keys

    def by_code(self, reference: str, code: str) -> History:
        """The complaint as its resident may see it. Raises NotFoundError for a wrong code too."""
        tidied = tidied_reference(reference)
        if not self.keys.may_open(tidied, code):
            raise NotFoundError
        history = self.complaints.load(tidied)
        if not self.keys.accepts(tidied, code, history.complaint.code_version):
            raise NotFoundError
        return history

    def for_staff(self, reference: str, staff: Staff) -> Dossier:
        """Everything about a complaint, with its letters. Raises NotFoundError.

        An unknown reference and a complaint that they may not see are the same error.
        """
        found = self.complaints.dossier(tidied_reference(reference))
        if not permissions.may(staff, "see", found.history.complaint):
            raise NotFoundError
        return found

    def seen(self, dossier: Dossier, staff: Staff, directory: Directory) -> Dossier:
        """The same as this person may see it.

        Without what names another complaint of whose resident they may not know: it would tell
        who that is. Read is that only where there are ties, and such readers.
        """
        history = seen_history(dossier.history, staff, directory)
        named = ties(history) if is_of_some_department(staff) else frozenset()
        lines = self.complaints.lines(sorted(named)) if named else ()
        hidden = named - {one.complaint.reference for one in known_lines(lines, staff)}
        return replace(dossier, history=without_ties(history, hidden))
