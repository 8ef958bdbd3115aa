"""A complaint's promises, as a program reads them."""

from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from chalicelib.domain.promises import promises_told


def promised(complaint: Complaint, policy: Policy) -> dict[str, object]:
    """The reference and what was promised, as ISO 8601 with the community's offset."""
    promises = promises_told(complaint, policy)
    return {
        "reference": complaint.reference,
        "acknowledge_by": promises.acknowledge_by.astimezone(complaint.tz).isoformat(),
        "reply_by": promises.reply_by.astimezone(complaint.tz).isoformat(),
    }
