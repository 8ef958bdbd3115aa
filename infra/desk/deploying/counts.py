"""What was counted of the product's work, read from counts.toml.

That file is the one place where the counts stand; a test counts again and compares.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

_FILE = Path(__file__).with_name("counts.toml")


class Counted(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a piece of work asks for.

    `requests` are AWS's operations by service and name, `invocations` those of the functions
    behind the API. Read and write units are the table's; kilobytes are of a thousand bytes, as
    they go out: answers compressed, letters whole.
    """

    http_requests: int = 0
    http_kilobytes: int = 0
    letters: int = 0
    letter_kilobytes: int = 0
    read_units: float = 0
    write_units: float = 0
    invocations: Mapping[str, int]
    requests: Mapping[str, int]

    @property
    def aws_requests(self) -> int:
        """All requests to AWS's services together."""
        return sum(self.requests.values())


class Life(Counted, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A complaint from the form to the return visit.

    `open_days` and `visit_days` are days until it is closed, and from then until the return
    visit is over: for so long each look at the queue reads its `line_kilobytes`.
    `table_kilobytes` are kept of it in the table and its indexes.
    """

    static_pages: int
    queue_views: int
    photos_shown: int
    open_days: int
    visit_days: int
    line_kilobytes: float
    table_kilobytes: int


class Counts(Struct, frozen=True, forbid_unknown_fields=True):
    """A life, and what goes on whether or not anybody complains."""

    life: Life
    sweep: Counted
    sign_in: Counted
    morning: Counted


COUNTS = msgspec.toml.decode(_FILE.read_bytes(), type=Counts)
