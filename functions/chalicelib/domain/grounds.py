"""What a decision rests on, and what it may answer."""

from dataclasses import dataclass

from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import Happening
from chalicelib.domain.roles import Directory, Owner, Post
from chalicelib.domain.rules import Policy

Happenings = tuple[Happening, ...]


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: the policy, the staff, and who is complained about.

    `shunned` are the ids of staff whom the resident named, so that nobody handles a
    complaint about herself.
    """

    policy: Policy
    directory: Directory
    shunned: frozenset[str] = frozenset()

    def owner(self, role: str, complaint: Complaint) -> Owner:
        """The holder of the role for this complaint, or the next rung up."""
        post = Post(role, complaint.community, complaint.about)
        holder = self.directory.answering(post, self.policy, self.shunned)
        return Owner(role, holder.id if holder else None)


def require_text(text: str, name: str) -> None:
    """Free text that a verb cannot do without. Raises RefusedError ``text_missing``."""
    if not text.strip():
        raise RefusedError("text_missing", name=name)
