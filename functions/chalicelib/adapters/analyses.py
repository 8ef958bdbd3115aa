"""Analyses in the table: an item for each community and month, in no index."""

from dataclasses import dataclass
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.documents import read
from chalicelib.domain.analysis import Analysis
from chalicelib.domain.errors import ChangedMeanwhileError


@dataclass(frozen=True)
class TableAnalyses:
    """The `Analyses` port over a DynamoDB client."""

    client: Any
    table: str

    def of(self, community: str, month: str) -> Analysis | None:
        """The item as it is now."""
        key = _key(community, month)
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return read(found["Item"]["doc"]["S"], Analysis) if "Item" in found else None

    def keep(self, analysis: Analysis) -> None:
        """Put it over the version before, if that still stands; over nothing at first."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item={
                    **_key(analysis.community, analysis.month),
                    "version": {"N": str(analysis.version)},
                    "doc": items.encoded(analysis),
                },
                **_condition(analysis.version - 1),
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise ChangedMeanwhileError from error


def _key(community: str, month: str) -> items.Item:
    return items.key(f"ANALYSIS#{community}", month)


def _condition(version: int) -> dict[str, Any]:
    if version == 0:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "version = :before",
        "ExpressionAttributeValues": {":before": {"N": str(version)}},
    }
