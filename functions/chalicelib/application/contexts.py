"""What decisions about a complaint rest on: policy, staff, and whom the resident named."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.application.history import History
from chalicelib.application.ports.staff import StaffReader
from chalicelib.application.records import Line
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.policy import Policy, Words
from chalicelib.domain.staff import Directory


@dataclass(frozen=True)
class DecisionContexts:
    """Gives each complaint its decision context, with the staff of this moment.

    Whom it may be about is on its record once its owner is named; until then it is read from
    the words. `departments` are the names of all departments, by key.
    """

    policy: Policy
    staff: StaffReader
    departments: Mapping[str, Words]

    def of(self, complaint: History | Line, directory: Directory | None = None) -> DecisionContext:
        """The context of one complaint.

        `directory` is the one that was read for this very request, if it was.
        """
        directory = directory or self.staff.directory()
        state, words = complaint.complaint, complaint.words
        context = DecisionContext(self.policy, directory, words=words, departments=self.departments)
        is_told = state.owner.staff or state.status == "ended_elsewhere"
        meant = frozenset(state.may_be_meant) if is_told else context.may_be_meant(state)
        return context.passing_over(meant)

    def without_complaint(self) -> DecisionContext:
        """The context of what concerns no single complaint: nobody is complained about."""
        return DecisionContext(self.policy, self.staff.directory())
