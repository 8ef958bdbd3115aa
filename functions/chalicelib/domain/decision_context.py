"""What a decision rests on, and what it may answer."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.complained_about import Naming, fit, may_be_meant
from chalicelib.domain.confidence import kept_from_owning
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.events import NO_WORDS
from chalicelib.domain.model import UNSURE, Complaint, Facts, Owner
from chalicelib.domain.permissions import OWNING, may, may_own
from chalicelib.domain.policy import Policy, Words
from chalicelib.domain.staff import HEAD, LEADER, SUPERVISOR, Directory, Post, Staff


class DecisionContext(Struct, frozen=True):
    """What a decision rests on: the policy, the staff, and who is complained about.

    `conflicted_staff` are the ids of those whom it may be about, so that nobody handles a
    complaint about themselves. `words` are what the resident said, and how they are reached
    now; `departments` the names of all departments, by which somebody may be named.
    """

    policy: Policy
    directory: Directory
    conflicted_staff: frozenset[str] = frozenset()
    words: Mapping[str, str] = NO_WORDS
    departments: Mapping[str, Words] = {}

    def may_be_meant(self, complaint: Facts) -> frozenset[str]:
        """The ids of those whom the resident's words may mean, as facts and staff stand."""
        return may_be_meant(self._naming(complaint), self.directory, self.policy)

    def passing_over(self, meant: frozenset[str]) -> "DecisionContext":
        """The same, where these are the ones whom it may be about."""
        return replace(self, conflicted_staff=meant)

    def answering(self, role: str, complaint: Complaint) -> Staff | None:
        """Who answers for a post where the complaint is, those complained about passed over.

        In confidence so are all of the department, where it is not asked itself.
        """
        post = Post(role, complaint.community, complaint.about)
        strangers = frozenset() if role == HEAD else self.kept_from_owning(complaint)
        return self.directory.answering(post, self.policy, self.conflicted_staff | strangers)

    def kept_from_owning(self, complaint: Complaint) -> frozenset[str]:
        """The ids of those who must not learn who the resident is, and so cannot own it."""
        return kept_from_owning(complaint, self.directory)

    def department_head(self, complaint: Complaint) -> Staff | None:
        """Who answers for the department complained about (3.3); None until it is known.

        Not a deputy who may not give its feedback.
        """
        if complaint.about == UNSURE:
            return None
        return self._answering_able(HEAD, "give-feedback", complaint)

    def visitor(self, complaint: Complaint) -> Staff | None:
        """Whose task the return visit is: the supervisor's of the community, or the next rung up.

        Not the owner's, who would ask after what they did themselves; nor a deputy's who may not.
        """
        return self._answering_able(SUPERVISOR, "return-visit", complaint)

    def owner(self, role: str, complaint: Complaint) -> Owner:
        """The holder of the role for this complaint, or the next rung up."""
        post = Post(role, complaint.community, complaint.about)
        holder = self.directory.answering(post, self.policy, self._passed_over(complaint))
        if holder and holder.id in self.conflicted_staff:
            holder = self._fits_least(complaint) or holder
        return Owner(role, holder.id if holder else None)

    def decider(self, complaint: Complaint, but: str) -> Owner | None:
        """Who decides what `but` gives back: the supervisor, or the next rung up."""
        post = Post(SUPERVISOR, complaint.community, complaint.about)
        passed_over = self._passed_over(complaint) | {but}
        found = self.directory.answering(post, self.policy, passed_over)
        return as_owner(found) if found and found.id != but else None

    def replacement(
        self, owner: Owner, complaint: Complaint, *, moved: bool = False
    ) -> Owner | None:
        """Who takes the place of an owner who is away: their deputy, or the next rung up.

        None when they are there, unless they `moved` to another post, or when nobody else is.
        """
        person = self.directory.person(owner.staff or "")
        is_there = person is not None and not (person.disabled or person.absent)
        if is_there and not moved:
            return None
        deputy = None if is_there else self._deputy_of(person, complaint)
        found = deputy or self._next_rung(owner, person, complaint)
        if found is None or found.id == owner.staff or not may_own(found):
            return None
        return Owner(owner.role, found.id)

    def called(self, post: Post, by: str, kept_from: frozenset[str] = frozenset()) -> Staff | None:
        """Who comes when `by` calls for help (6.1.2): the post, or the next rung up.

        `kept_from` are those who must not learn who the resident is.
        """
        passed_over = self.conflicted_staff | kept_from | {by}
        found = self.directory.answering(post, self.policy, passed_over)
        return found if found and found.id != by else None

    def _answering_able(self, role: str, verb: str, complaint: Complaint) -> Staff | None:
        """Who answers for a post and may do this, so that nobody has to do what they may not."""
        post = Post(role, complaint.community, complaint.about)
        staff = self.directory.staff
        unable = (one.id for one in staff if not may(one, verb, complaint))
        return self.directory.answering(post, self.policy, self.conflicted_staff.union(unable))

    def _fits_least(self, complaint: Complaint) -> Staff | None:
        """Of the leadership, whose name fits least, where everybody may be meant."""
        post = Post(LEADER, complaint.community, complaint.about)
        naming, leaders = self._naming(complaint), self.directory.able(post, self.policy)
        return min(leaders, key=lambda one: fit(naming, one), default=None)

    def _naming(self, complaint: Facts) -> Naming:
        place = Post("", complaint.community, complaint.about)
        text = self.words.get("person", "")
        return Naming(text, complaint.person_post, place, self.departments)

    def _deputy_of(self, person: Staff | None, complaint: Complaint) -> Staff | None:
        if person is None or person.disabled or not person.deputy:
            return None
        deputy = self.directory.person(person.deputy)
        if deputy is None or deputy.absent or not may(deputy, "see", complaint):
            return None
        return None if deputy.id in self._passed_over(complaint) else deputy

    def _next_rung(self, owner: Owner, person: Staff | None, complaint: Complaint) -> Staff | None:
        department = (person and person.department) or complaint.about
        post = Post(owner.role, complaint.community, department)
        passed_over = self._passed_over(complaint) | {owner.staff or ""}
        return self.directory.answering(post, self.policy, passed_over)

    def _passed_over(self, complaint: Complaint) -> frozenset[str]:
        """Whom it does not go to: those complained about, posts that own none, strangers to it."""
        unable = (one.id for one in self.directory.staff if not may_own(one))
        return self.conflicted_staff.union(unable, self.kept_from_owning(complaint))


def as_owner(person: Staff) -> Owner:
    """A person as an owner, in the first of their posts that may own a complaint."""
    role = next((one for one in person.roles if one in OWNING), person.roles[0])
    return Owner(role, person.id)


def require_text(text: str, name: str) -> None:
    """Free text that a verb cannot do without. Raises RefusedError ``text_missing``."""
    if not text.strip():
        raise RefusedError("text_missing", name=name)


def trimmed(words: Mapping[str, str]) -> dict[str, str]:
    """Free text as it is kept: trimmed, and nothing that is blank."""
    return {name: text.strip() for name, text in words.items() if text.strip()}
