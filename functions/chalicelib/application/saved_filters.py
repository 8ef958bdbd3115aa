"""Filters of a page of the desk that a member of staff keeps under names of their own.

They stand with the staff, where whoever asks is read anyway; a page costs no request more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.field_parsers import UnfitError, plain_text, unfit

MOST = 20
"""So many filters one person keeps."""
LONGEST_NAME = 40
"""The most characters of a filter's name."""
LONGEST_VALUE = 80
"""The most characters of one value, as the field to search in takes them."""
NAMES = ("view", "text", "status", "severity", "department", "category", "building")
"""What a filter of the queue holds: the names in its address."""
QUEUE, LIST = "queue", "list"
ADDRESSES = {QUEUE: "/desk", LIST: "/desk/complaints"}
"""The pages that have filters."""


@dataclass(frozen=True)
class SavedFilter:
    """A filter of a page: its name, and what it asks for; what is not asked for is not in it."""

    name: str
    asked: Mapping[str, str] = field(default_factory=dict)
    page: str = QUEUE

    @property
    def query(self) -> str:
        """The query of the page's address, in the order in which it was asked for."""
        return urlencode(self.asked)


def as_typed(sent: Mapping[str, str], asked: Mapping[str, str], page: str) -> SavedFilter:
    """The filter of a form: its name, and what the page was asked for.

    Raises BadInputError with what is wrong with the name.
    """
    try:
        name = plain_text(sent.get("name", ""), LONGEST_NAME, is_long=False)
        if not name:
            raise unfit("required")
    except UnfitError as error:
        raise BadInputError((Fault("name", error.code, error.params),)) from error
    return SavedFilter(name, asked, page)


def asked_for(sent: Mapping[str, str]) -> dict[str, str]:
    """What the queue is asked for, by `NAMES`, in their order; nothing that is blank."""
    values = {key: sent.get(key, "").strip()[:LONGEST_VALUE] for key in NAMES}
    return {key: value for key, value in values.items() if value}


def full() -> BadInputError:
    """What is said to who keeps as many filters as one may."""
    return BadInputError((Fault("name", "filters_full", {"most": MOST}),))
