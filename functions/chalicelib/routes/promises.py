"""A complaint's promises, as a program reads them."""

from chalicelib.domain.complaint import Complaint


def promised(complaint: Complaint) -> dict[str, object]:
    """The reference and what she was promised, as ISO 8601 with the community's offset."""
    promises = complaint.told_promises
    return {
        "reference": complaint.reference,
        "acknowledge_by": promises.acknowledge_by.astimezone(complaint.tz).isoformat(),
        "reply_by": promises.reply_by.astimezone(complaint.tz).isoformat(),
    }
