"""Who may do what: one table of verb, role and scope, asked wherever somebody acts or looks.

`own` is for the owner of the complaint, `department` for a complaint about one's own
department, `community` for one of a community that one serves, `company` for any. An
owner sees what she owns and may write on its record, whatever her post.
"""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import NotFoundError, RefusedError

if TYPE_CHECKING:
    from chalicelib.domain.complaint import Complaint
    from chalicelib.domain.roles import Directory, Staff

RESIDENT = "resident"
"""By whom stands on the record what the resident did herself, with her code."""
RECEPTIONIST = "receptionist"
SUPERVISOR = "customer_service_supervisor"
HEAD = "department_head"
MANAGER = "property_manager"
LEADER = "company_leadership"
ROLES = (RECEPTIONIST, SUPERVISOR, HEAD, MANAGER, LEADER)

_EVERYWHERE = ("community", "community", "department", "community", "company")
_FRONT_DESK = ("community", "community", None, "community", None)
_OWNER = (None, "own", "own", "own", "own")
_DECIDING = (None, "community", None, "community", "company")
_HER_WORD = ("community", "community", "own", "community", "company")
_ANSWERABLE = (None, None, None, "community", "company")

_TABLE: dict[str, tuple[str | None, ...]] = {
    "see": _EVERYWHERE,
    "receive": _FRONT_DESK,
    "read-log": ("community", "community", None, "community", "company"),
    "write-log": _FRONT_DESK,
    "call-for-help": _FRONT_DESK,
    "note": _EVERYWHERE,
    "acknowledge": _OWNER,
    "agree-time": _OWNER,
    "update": _OWNER,
    "await-answer": _OWNER,
    "message": _HER_WORD,
    "reply": _OWNER,
    "follow-up": _OWNER,
    "close": _OWNER,
    "hand-over": (None, "community", "own", "community", "company"),
    "hand-back": _OWNER,
    "judge": _DECIDING,
    "record-facts": _HER_WORD,
    "give-feedback": (None, None, "department", "community", "company"),
    "confirm": _HER_WORD,
    "dispute": _HER_WORD,
    "return-visit": _HER_WORD,
    "withdraw": _HER_WORD,
    "reopen": _DECIDING,
    "merge": (None, "community", None, "community", None),
    "renew-code": ("community", "community", None, "community", "company"),
    "correct-contact": ("community", "community", None, "community", "company"),
    "export": _ANSWERABLE,
    "erase": _ANSWERABLE,
    "see-looks": _ANSWERABLE,
    "edit-staff": _ANSWERABLE,
}
MAY: dict[str, dict[str, str]] = {
    verb: {role: scope for role, scope in zip(ROLES, scopes, strict=True) if scope}
    for verb, scopes in _TABLE.items()
}
"""The scope in which each role may do each verb; a role that is not there may not."""

OWNING = frozenset(MAY["acknowledge"])
"""The roles whose holders may own a complaint; a receptionist takes it in and owns none."""
OWNERS_TOO = ("see", "note")
"""What an owner may do with what she owns, whatever her post."""


def may(staff: "Staff | None", verb: str, complaint: "Complaint") -> bool:
    """Whether this person may do this to this complaint. Raises KeyError for an unknown verb."""
    scopes = MAY[verb]
    if staff is None or staff.disabled:
        return False
    if verb in OWNERS_TOO and _owns(staff, complaint):
        return True
    return any(_reaches(staff, scopes.get(role), complaint) for role in staff.roles)


def may_in(staff: "Staff | None", verb: str, community: str) -> bool:
    """Whether this person may do what needs no complaint yet, in this community."""
    scopes = MAY[verb]
    if staff is None or staff.disabled:
        return False
    held = {scopes.get(role) for role in staff.roles}
    return "company" in held or (
        bool(held & {"community", "department"}) and staff.serves(community)
    )


def may_somewhere(staff: "Staff", verb: str) -> bool:
    """Whether there is anything at all to which this person may do this."""
    return not staff.disabled and any(role in MAY[verb] for role in staff.roles)


def may_own(staff: "Staff") -> bool:
    """Whether a complaint can be this person's: her post may accept one and reply to it."""
    return not OWNING.isdisjoint(staff.roles)


def require(verb: str, by: str, complaint: "Complaint", directory: "Directory") -> None:
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
    if any(MAY[verb].get(role) == "own" for role in staff.roles):
        owner = directory.person(complaint.owner.staff or "")
        raise RefusedError("not_owner", owner=owner.name if owner else {})
    raise RefusedError("not_allowed")


def _reaches(staff: "Staff", scope: str | None, complaint: "Complaint") -> bool:
    match scope:
        case "own":
            return _owns(staff, complaint)
        case "department":
            return staff.department == complaint.about and staff.serves(complaint.community)
        case "community":
            return staff.serves(complaint.community)
        case _:
            return scope == "company"


def _owns(staff: "Staff", complaint: "Complaint") -> bool:
    return complaint.owner.staff == staff.id
