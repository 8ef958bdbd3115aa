"""Years of history in a table: closed complaints, written fast.

Their items are those that the adapter itself writes of a life told whole; each closed
complaint is that life under a reference of its own, ended so long ago that its letters
have gone out and what was personal has expired.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from chalicelib.adapters.complaints import TableComplaints
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.references import reference_from
from support.examples import POLICY, close, judge, reply, return_visit
from support.histories import lived

OWNER = "jade-manager"
CLOSED = lived(
    "Monday 2026-03-02 10:00",
    ("Tuesday 2026-03-03 10:00", judge(valid=True)),
    ("Tuesday 2026-03-03 15:00", reply(OWNER)),
    ("Wednesday 2026-03-04 15:00", close(OWNER)),
    ("Wednesday 2026-03-11 15:00", return_visit("jade-receptionist")),
)
_OUTSTANDING = ("pending", "pending_at")
_IN_A_BATCH = 25


def write_closed(client: Any, table: str, count: int) -> None:
    """Put so many closed complaints into the table."""
    puts = [{"PutRequest": {"Item": item}} for item in _closed(count)]
    batches = [puts[at : at + _IN_A_BATCH] for at in range(0, len(puts), _IN_A_BATCH)]

    def write(batch: list[Any]) -> None:
        left = client.batch_write_item(RequestItems={table: batch})["UnprocessedItems"]
        assert not left, "history is whole"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, batches))


def reference_of(number: int) -> str:
    """The reference of one of them; the first is number 0."""
    return reference_from((number << 6).to_bytes(7))


def _closed(count: int) -> Iterator[dict[str, Any]]:
    told = json.dumps(_items())
    for number in range(count):
        yield from json.loads(told.replace(CLOSED.complaint.reference, reference_of(number)))


def _items() -> list[dict[str, Any]]:
    """What the adapter writes of it, as far as it still stands."""
    paper = _Paper()
    due_at = next_due_at(CLOSED.complaint, POLICY)
    assert due_at is None, "nothing is due of what is history"
    TableComplaints(paper, "history", POLICY).submit(CLOSED, "a digest", {}, due_at)
    return [
        {name: value for name, value in item.items() if name not in _OUTSTANDING}
        for item in paper.items
        if "expires_at" not in item
    ]


@dataclass
class _Paper:
    """A client on which transactions are only written down."""

    items: list[dict[str, Any]] = field(default_factory=list)

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # noqa: N803 - AWS's name
        """Keep what is put."""
        self.items += [action["Put"]["Item"] for action in TransactItems]
