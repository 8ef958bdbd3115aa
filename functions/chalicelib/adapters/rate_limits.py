"""Rate limits in the table: an item for each name, with the letters that it let through.

It holds no more of them than are allowed, so it stays small in any storm, and a letter
that is asked for again is found in it rather than counted twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items


@dataclass(frozen=True)
class TableRateLimits:
    """The `RateLimits` port over a DynamoDB client."""

    client: Any
    table: str

    def take(self, name: str, letter: str, most: int, until: datetime) -> bool:
        """Count the letter in one request, unless there is no room."""
        if most < 1:
            return False
        try:
            self.client.update_item(
                TableName=self.table,
                Key=items.key(f"LIMIT#{name}", "TAKEN"),
                UpdateExpression="SET expires_at = :expires_at ADD taken :letters",
                ConditionExpression="attribute_not_exists(taken) OR size(taken) < :most"
                " OR contains(taken, :letter)",
                ExpressionAttributeValues={
                    ":letters": {"SS": [letter]},
                    ":letter": {"S": letter},
                    ":most": {"N": str(most)},
                    ":expires_at": items.expires_at(until)["expires_at"],
                },
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True
