"""Copies items that are missing from a restored table back into the one that runs.

What stands under one reference, or all there is. Without --write it says only what it would do.
Nothing is ever deleted, and what stands is left as it is unless --over is said. Letters' records
go first and events last: the stream brings each new event to the notifier, which then finds that
its letters went out (docs/running/backup.md)::

    .venv/bin/python infra/bring_back.py 7K3MQ-9TX4B --from prod-drill --to prod --write
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from botocore.session import get_session

from chalicelib.adapters import items
from chalicelib.domain.references import tidied_reference

Item = dict[str, Any]
_LETTERS, _OTHERS, _EVENTS = range(3)


@dataclass(frozen=True)
class Tables:
    """Where from and where to, over a client of DynamoDB."""

    client: Any
    source: str
    target: str

    def missing(self, reference: str | None) -> Iterator[tuple[str, Item]]:
        """What differs, in the order to be written: ``missing`` or ``different``, and the item."""
        for item in sorted(self._found(reference), key=_turn):
            stands = self._standing(item)
            if stands != item:
                yield ("different" if stands else "missing"), item

    def write(self, item: Item) -> None:
        """Put it, whatever stands there."""
        self.client.put_item(TableName=self.target, Item=item)

    def _found(self, reference: str | None) -> Iterator[Item]:
        """All of a complaint's partition, or of the table."""
        asked: dict[str, Any] = {"TableName": self.source, "ConsistentRead": True}
        if reference is None:
            pages = self.client.get_paginator("scan").paginate(**asked)
        else:
            pages = self.client.get_paginator("query").paginate(
                **asked,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": items.complaint_pk(reference)}},
            )
        return (item for page in pages for item in page["Items"])

    def _standing(self, item: Item) -> Item | None:
        found: Item | None = self.client.get_item(
            TableName=self.target,
            Key={name: item[name] for name in ("pk", "sk")},
            ConsistentRead=True,
        ).get("Item")
        return found


def bring_back(tables: Tables, reference: str | None, *, write: bool, over: bool) -> Counter[str]:
    """Write what is missing, and with `over` what differs; how many there were of each."""
    counts: Counter[str] = Counter()
    for how, item in tables.missing(reference):
        counts[how] += 1
        if write and (how == "missing" or over):
            tables.write(item)
            counts["written"] += 1
    return counts


def _turn(item: Item) -> tuple[int, str, str]:
    """Letters' records first, events last."""
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    kind = _LETTERS if sk.startswith("L#") else _EVENTS if sk.startswith("E#") else _OTHERS
    return kind, pk, sk


@click.command()
@click.argument("reference", required=False)
@click.option("--from", "source", required=True, help="The restored table.")
@click.option("--to", "target", required=True, help="The table that runs.")
@click.option("--all", "everything", is_flag=True, help="All there is, not one complaint.")
@click.option("--write", is_flag=True, help="Do it; unless told, it is only counted.")
@click.option("--over", is_flag=True, help="Write over what stands and differs, too.")
def main(reference: str | None, source: str, target: str, **said: bool) -> None:
    """Copy what is missing under REFERENCE from a restored table into the one that runs."""
    if said["everything"] is (reference is not None):
        raise click.UsageError("Name a reference, or say --all.")
    if source == target:
        raise click.UsageError("--from and --to are the same table.")
    tables = Tables(get_session().create_client("dynamodb"), source, target)
    asked = tidied_reference(reference) if reference else None
    counts = bring_back(tables, asked, write=said["write"], over=said["over"])
    click.echo(_told(counts, write=said["write"]))


def _told(counts: Counter[str], *, write: bool) -> str:
    found = f"missing: {counts['missing']}; different: {counts['different']}"
    if not write:
        return f"{found}. Nothing was written; add --write to do it."
    return f"{found}; written: {counts['written']}."


if __name__ == "__main__":
    main()
