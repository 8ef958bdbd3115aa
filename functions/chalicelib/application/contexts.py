"""What decisions about a complaint rest on: policy, staff, and whom the resident named."""

from dataclasses import dataclass

from chalicelib.application.history import History
from chalicelib.application.ports.staff import StaffReader
from chalicelib.application.records import Line
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Directory, Post


@dataclass(frozen=True)
class DecisionContexts:
    """Gives each complaint its decision context, with the staff of this moment."""

    policy: Policy
    staff: StaffReader

    def of(self, complaint: History | Line, directory: Directory | None = None) -> DecisionContext:
        """The context of one complaint.

        `directory` is the one that was read for this very request, if it was.
        """
        directory = directory or self.staff.directory()
        state, words = complaint.complaint, complaint.words
        place = Post("", state.community, state.about)
        conflicted = directory.complained_about(words.get("person", ""), place, self.policy)
        return DecisionContext(self.policy, directory, conflicted, words)

    def without_complaint(self) -> DecisionContext:
        """The context of what concerns no single complaint: nobody is complained about."""
        return DecisionContext(self.policy, self.staff.directory())
