"""Who may do what, as the table of verbs says; asked wherever somebody acts or looks.

An owner sees what they own and may write on its record, whatever their post. Who may be the
one complained about does nothing and sees nothing, unless they own it.
"""

from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.errors import NotFoundError, RefusedError
from chalicelib.domain.model import Complaint, Guarded, is_kept_from
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.verbs import VERBS

MAY: dict[str, dict[str, str]] = {one.name: one.scopes for one in VERBS if one.who}
"""The scope in which each role may do each verb; a role that is not there may not."""

OWNING = frozenset(role for held in MAY.values() for role in held if held[role] == "own")
"""The roles whose holders may own a complaint; a receptionist takes it in and owns none."""
OF_DEPARTMENT = tuple(one.name for one in VERBS if one.of_department)
"""What can be done without knowing who the resident is, by the department complained about."""
OWNERS_TOO = tuple(one.name for one in VERBS if one.owners_too)
"""What an owner may do with what they own, whatever their post."""


def may(staff: Staff | None, verb: str, complaint: Guarded) -> bool:
    """Whether this person may do this to this complaint. Raises KeyError for an unknown verb."""
    scopes = MAY[verb]
    if staff is None or staff.disabled or is_kept_from(complaint, staff.id):
        return False
    if not _knows_enough(staff, verb, complaint):
        return False
    if verb in OWNERS_TOO and _owns(staff, complaint):
        return True
    return any(_reaches(staff, scopes.get(role), complaint) for role in staff.roles)


def may_in(staff: Staff | None, verb: str, community: str) -> bool:
    """Whether this person may do what needs no complaint yet, in this community."""
    scopes = MAY[verb]
    if staff is None or staff.disabled:
        return False
    held = {scopes.get(role) for role in staff.roles}
    return "company" in held or (
        bool(held & {"community", "department"}) and staff.serves(community)
    )


def may_somewhere(staff: Staff, verb: str) -> bool:
    """Whether there is anything at all to which this person may do this."""
    return not staff.disabled and any(role in MAY[verb] for role in staff.roles)


def may_own(staff: Staff) -> bool:
    """Whether a complaint can be this person's: their post may accept one and reply to it."""
    return not OWNING.isdisjoint(staff.roles)


def can_own(staff: Staff, community: str) -> bool:
    """Whether a complaint of the community can be handed to this person now."""
    return may_own(staff) and not (staff.disabled or staff.absent) and staff.serves(community)


def require(verb: str, by: str, complaint: Complaint, directory: Directory) -> None:
    """That the one with this id may do this.

    Raises NotFoundError for who may not even see it, so that an unknown reference and
    another community's look the same; RefusedError ``not_owner`` where only that is
    lacking, else ``not_allowed``.
    """
    staff = directory.person(by)
    if staff is None or not may(staff, "see", complaint):
        raise NotFoundError
    if may(staff, verb, complaint):
        return
    if not _knows_enough(staff, verb, complaint):
        raise RefusedError("in_confidence")
    if any(MAY[verb].get(role) == "own" for role in staff.roles):
        owner = directory.person(complaint.owner.staff or "")
        raise RefusedError("not_owner", owner=owner.name if owner else {})
    raise RefusedError("not_allowed")


def _reaches(staff: Staff, scope: str | None, complaint: Guarded) -> bool:
    match scope:
        case "own":
            return _owns(staff, complaint)
        case "department":
            return staff.department == complaint.about and staff.serves(complaint.community)
        case "community":
            return staff.serves(complaint.community)
        case _:
            return scope == "company"


def _knows_enough(staff: Staff, verb: str, complaint: Guarded) -> bool:
    """In confidence the department does what needs no knowledge of the resident.

    Who wrote it down gives the resident their slip, and knows already who they are.
    """
    gives_slip = verb == "receive" and staff.id == complaint.taken_by
    return verb in OF_DEPARTMENT or gives_slip or sees_resident(staff, complaint)


def _owns(staff: Staff, complaint: Guarded) -> bool:
    return complaint.owner.staff == staff.id
