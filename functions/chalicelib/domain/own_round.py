"""How a complaint stood for its own resident before another resident's word opened the whole.

Where they turn out to be two matters, that holds again: nobody's own answer is void by what
somebody said of another matter (our setting for merging).
"""

from msgspec.structs import asdict, replace

from chalicelib.domain.model import Complaint, Round


def kept(complaint: Complaint) -> Round:
    """What is to hold again; of several openings, what stood before the first of them."""
    names = Round.__struct_fields__
    return complaint.own_round or Round(**{name: getattr(complaint, name) for name in names})


def kept_after_a_reply(complaint: Complaint) -> Round | None:
    """A new answer takes the place of the one before, unless the resident had confirmed that."""
    own = complaint.own_round
    return own if own and own.confirmed_at else None


def may_hold_again(complaint: Complaint) -> bool:
    """Whether it is by itself, and was opened again by another's word alone."""
    alone = not (complaint.parts or complaint.merged_into or complaint.withdrawn_at)
    return alone and complaint.is_open and complaint.own_round is not None


def holding_again(complaint: Complaint) -> Complaint:
    """The complaint as it stood for its own resident, with what came since on its record."""
    own = complaint.own_round
    return replace(complaint, **asdict(own), own_round=None) if own else complaint
