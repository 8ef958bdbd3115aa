"""Who looked at a complaint, in its own partition, so that its dossier is one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.application.records import AccessRecord
from chalicelib.domain.working_time import months_after

_LOOK = "LOOK#"


@dataclass(frozen=True)
class TableAccessLog:
    """The `AccessLog` port over a DynamoDB client. Looks expire after so many `months`."""

    client: Any
    table: str
    months: int

    def note(self, reference: str, staff: str, now: datetime) -> None:
        """Count the look in the one item of this person and day."""
        expires = items.expires_at(months_after(now, self.months, ZoneInfo("UTC")))
        self.client.update_item(
            TableName=self.table,
            Key=items.complaint_key(reference, f"{_LOOK}{now.astimezone(UTC):%Y-%m-%d}#{staff}"),
            UpdateExpression="SET last_at = :now, expires_at = :expires_at ADD looks :one",
            ExpressionAttributeValues={
                ":now": {"S": items.instant(now)},
                ":expires_at": expires["expires_at"],
                ":one": {"N": "1"},
            },
        )


def access_from(found: Iterable[Item]) -> tuple[AccessRecord, ...]:
    """The looks among the items of a partition, the last one first."""
    looks = (_look(item) for item in found if item["sk"]["S"].startswith(_LOOK))
    return tuple(sorted(looks, key=lambda one: one.last_at, reverse=True))


def _look(item: Item) -> AccessRecord:
    staff = item["sk"]["S"].rpartition("#")[2]
    last_at = datetime.fromisoformat(item["last_at"]["S"])
    return AccessRecord(staff, int(item["looks"]["N"]), last_at)
