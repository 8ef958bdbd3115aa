"""Lessons in the table: a partition for each category, written when a complaint is closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters import items
from chalicelib.adapters.items import Item
from chalicelib.application.records import Lesson

_PARTITION = "LESSON#"


@dataclass(frozen=True)
class TableLessons:
    """The `Lessons` port over a DynamoDB client."""

    client: Any
    table: str

    def of(self, category: str) -> tuple[Lesson, ...]:
        """The category's partition, the newest first."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"{_PARTITION}{category}"}},
            ScanIndexForward=False,
        )
        found = (_lesson(item) for page in pages for item in page["Items"])
        return tuple(one for one in found if one.text)


def lesson_item(lesson: Lesson) -> Item:
    """A lesson as it is kept. It is the company's and does not expire; blank where it was cut."""
    at = f"{items.instant(lesson.at)}#{lesson.reference}"
    return {
        **items.key(f"{_PARTITION}{lesson.category}", at),
        "community": {"S": lesson.community},
        "text": {"S": lesson.text},
    }


def _lesson(item: Item) -> Lesson:
    at, _, reference = item["sk"]["S"].partition("#")
    return Lesson(
        category=item["pk"]["S"].removeprefix(_PARTITION),
        community=item["community"]["S"],
        reference=reference,
        at=datetime.fromisoformat(at),
        text=item["text"]["S"],
    )
