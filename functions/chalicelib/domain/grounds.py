"""What a decision rests on, and what it may answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NO_WORDS, Happening
from chalicelib.domain.permissions import OWNING, SUPERVISOR, may_own
from chalicelib.domain.roles import Directory, Owner, Post, Staff
from chalicelib.domain.rules import Policy

Happenings = tuple[Happening, ...]


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: the policy, the staff, and who is complained about.

    `shunned` are the ids of staff whom the resident named, so that nobody handles a
    complaint about herself. `words` are what she said, and how she is reached now.
    """

    policy: Policy
    directory: Directory
    shunned: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)

    def owner(self, role: str, complaint: Complaint) -> Owner:
        """The holder of the role for this complaint, or the next rung up."""
        post = Post(role, complaint.community, complaint.about)
        holder = self.directory.answering(post, self.policy, self._passed_over)
        return Owner(role, holder.id if holder else None)

    def decider(self, complaint: Complaint, but: str) -> Owner | None:
        """Who decides what `but` gives back: the supervisor, or the next rung up."""
        post = Post(SUPERVISOR, complaint.community, complaint.about)
        found = self.directory.answering(post, self.policy, self._passed_over | {but})
        return as_owner(found) if found and found.id != but else None

    def stand_in(self, owner: Owner, complaint: Complaint, *, moved: bool = False) -> Owner | None:
        """Who takes the place of an owner who is away: her deputy, or the next rung up.

        None when she is there, unless she `moved` to another post, or when nobody else is.
        """
        person = self.directory.person(owner.staff or "")
        is_there = person is not None and not (person.disabled or person.absent)
        if is_there and not moved:
            return None
        deputy = None if is_there else self._deputy_of(person)
        found = deputy or self._next_rung(owner, person, complaint)
        if found is None or found.id == owner.staff or not may_own(found):
            return None
        return Owner(owner.role, found.id)

    def called(self, post: Post, by: str) -> Staff | None:
        """Who comes when `by` calls for help (6.1.2): the post, or the next rung up."""
        found = self.directory.answering(post, self.policy, self.shunned | {by})
        return found if found and found.id != by else None

    def _deputy_of(self, person: Staff | None) -> Staff | None:
        if person is None or person.disabled or not person.deputy:
            return None
        deputy = self.directory.person(person.deputy)
        if deputy is None or deputy.disabled or deputy.absent:
            return None
        return None if deputy.id in self._passed_over else deputy

    def _next_rung(self, owner: Owner, person: Staff | None, complaint: Complaint) -> Staff | None:
        department = (person and person.department) or complaint.about
        post = Post(owner.role, complaint.community, department)
        passed_over = self._passed_over | {owner.staff or ""}
        return self.directory.answering(post, self.policy, passed_over)

    @property
    def _passed_over(self) -> frozenset[str]:
        """Whom a complaint does not go to: those complained about, and posts that own none."""
        unable = (one.id for one in self.directory.staff if not may_own(one))
        return self.shunned.union(unable)


def as_owner(person: Staff) -> Owner:
    """A person as an owner, in the first of her posts that may own a complaint."""
    role = next((one for one in person.roles if one in OWNING), person.roles[0])
    return Owner(role, person.id)


def require_text(text: str, name: str) -> None:
    """Free text that a verb cannot do without. Raises RefusedError ``text_missing``."""
    if not text.strip():
        raise RefusedError("text_missing", name=name)


def kept(words: Mapping[str, str]) -> dict[str, str]:
    """Free text as it is kept: trimmed, and nothing that is blank."""
    return {name: text.strip() for name, text in words.items() if text.strip()}
