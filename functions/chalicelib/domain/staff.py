"""Who answers for what: staff, their roles, and who stands in (3.1-3.4).

Nothing here is ever ownerless while anybody is left: an empty, disabled or absent
post, or one whose holder is complained about, is answered for by the next rung up.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.policy import Policy, Words

RECEPTIONIST = "receptionist"
SUPERVISOR = "customer_service_supervisor"
HEAD = "department_head"
MANAGER = "property_manager"
LEADER = "company_leadership"
ROLES = (RECEPTIONIST, SUPERVISOR, HEAD, MANAGER, LEADER)

SECOND_FACTOR_ROLES = frozenset({MANAGER, LEADER})
"""Who sees everything of a community or the company: a password alone is too little for them."""
"""The roles of the company (3.1-3.4), as the policy file names them."""


class Staff(Struct, frozen=True):
    """A member of staff. `communities` empty means all; `deputy` is another's id.

    `absent` says that they are away now: from the first to the last day of an absence, as
    their community's calendar has it, or until they say otherwise where it has no last day.
    """

    id: str
    name: Words
    email: str
    language: str
    roles: tuple[str, ...]
    communities: tuple[str, ...] = ()
    department: str | None = None
    disabled: bool = False
    absent: bool = False
    deputy: str | None = None
    absent_from: date | None = None
    absent_until: date | None = None

    def on(self, day: date) -> "Staff":
        """The same person as they are on this day; of an absence that is over nothing is left."""
        if self.absent_from is None:
            return self
        if self.absent_until and day > self.absent_until:
            return replace(self, absent=False, absent_from=None, absent_until=None)
        return replace(self, absent=day >= self.absent_from)

    def serves(self, community: str) -> bool:
        """Whether this person works for the community."""
        return not self.communities or community in self.communities

    def may_stand_in(self, post: "Post") -> bool:
        """Whether this person may be a deputy in a post: by their own they see what it gets.

        As the table of verbs has it: a receptionist owns no complaint, and who is a head and
        nothing else sees those of their department alone.
        """
        owning = {role for role in self.roles if role != RECEPTIONIST}
        of_department = self.department is not None and self.department == post.department
        return self.serves(post.community) and bool(owning) and (owning != {HEAD} or of_department)

    def may_be_deputy_of(self, other: "Staff") -> bool:
        """Whether this person may stand in for all that the other answers for, wherever it is."""
        department = other.department if set(other.roles) <= {HEAD, RECEPTIONIST} else None
        # Who answers for all communities is stood in for by who serves any that there will be.
        posts = [Post(HEAD, place, department) for place in other.communities or ("",)]
        return not self.disabled and all(self.may_stand_in(one) for one in posts)


class Post(Struct, frozen=True):
    """A role in its place: in this community, for this department."""

    role: str
    community: str
    department: str | None = None


def needs_second_factor(staff: Staff) -> bool:
    """Whether a password alone is too little for somebody with these posts."""
    return not SECOND_FACTOR_ROLES.isdisjoint(staff.roles)


class Directory(Struct, frozen=True):
    """All staff, in the order of their ids."""

    staff: tuple[Staff, ...]

    @property
    def enabled_ids(self) -> tuple[str, ...]:
        """The ids of those who are not disabled."""
        return tuple(one.id for one in self.staff if not one.disabled)

    def person(self, staff_id: str) -> Staff | None:
        """The member of staff with this id, disabled or not."""
        return next((one for one in self.staff if one.id == staff_id), None)

    def is_deputy(self, person: Staff, role: str) -> bool:
        """Whether this person stands in for somebody who holds this role and is away now."""
        away = (one for one in self.staff if one.absent and one.deputy == person.id)
        return any(role in one.roles for one in away)

    def answering(self, post: Post, policy: Policy, conflicted: frozenset[str]) -> Staff | None:
        """Who answers for a post, by the next rung up where nobody holds it.

        `conflicted` are those complained about; where everybody is, the topmost answers all
        the same, so that naming everybody silences nobody. None only when no rung has
        anybody.
        """
        able = list(self.able(post, policy, conflicted))
        return able[0] if able else next(reversed(list(self.able(post, policy))), None)

    def able(
        self, post: Post, policy: Policy, conflicted: frozenset[str] = frozenset()
    ) -> Iterator[Staff]:
        """Who can answer for a post, the nearest rung first."""
        for role in rungs_from(post.role, policy):
            for holder in self._holders(role, post):
                found = self._present(holder, post, conflicted)
                if found:
                    yield found

    def _holders(self, role: str, post: Post) -> Iterator[Staff]:
        return (one for one in self.staff if self._fits(one, role, post))

    def _fits(self, one: Staff, role: str, post: Post) -> bool:
        here = one.department == post.department if role == HEAD else True
        return role in one.roles and one.serves(post.community) and here

    def _present(self, one: Staff, post: Post, conflicted: frozenset[str]) -> Staff | None:
        deputy = self.person(one.deputy) if one.deputy and one.absent else None
        found = deputy if deputy and deputy.may_stand_in(post) else one
        away = found.disabled or found.absent or one.disabled
        return None if away or {one.id, found.id} & conflicted else found


def rungs_from(role: str | None, policy: Policy) -> Iterator[str]:
    """The post itself, and those above it."""
    while role:
        yield role
        role = policy.role(role).next_rung
