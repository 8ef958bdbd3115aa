"""The table's schema, read from infra/storage.yaml: its keys, indexes, stream and expiry."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.connection import ROOT

STORAGE = ROOT / "infra" / "storage.yaml"


@dataclass(frozen=True)
class KeySchema:
    """The names of a partition key and a sort key."""

    hash: str
    range: str

    @property
    def names(self) -> tuple[str, str]:
        """Both."""
        return self.hash, self.range


@dataclass(frozen=True)
class Index:
    """A global secondary index; `whole` when it holds all attributes.

    Else it holds keys, and `others` beside them.
    """

    name: str
    keys: KeySchema
    whole: bool
    others: tuple[str, ...] = ()

    def shown(self, item: Mapping[str, Any], own: "KeySchema") -> dict[str, Any]:
        """What it holds of an item of the table whose keys are `own`."""
        if self.whole:
            return dict(item)
        names = (*own.names, *self.keys.names, *self.others)
        return {name: item[name] for name in names if name in item}


@dataclass(frozen=True)
class Schema:
    """A table. `types` are those of all key attributes, ``S`` or ``N``."""

    keys: KeySchema
    indexes: tuple[Index, ...]
    types: Mapping[str, str]
    view: str
    expires: str

    def index(self, name: str) -> Index | None:
        """The index of this name."""
        return next((one for one in self.indexes if one.name == name), None)


def schema_from(path: Path = STORAGE) -> Schema:
    """The schema of the table in a template."""
    template = yaml.load(path.read_text("utf-8"), _Reader)  # noqa: S506 - a SafeLoader
    table = template["Resources"]["Table"]["Properties"]
    return Schema(
        _keys(table["KeySchema"]),
        tuple(_index(one) for one in table["GlobalSecondaryIndexes"]),
        {one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]},
        table["StreamSpecification"]["StreamViewType"],
        table["TimeToLiveSpecification"]["AttributeName"],
    )


def _index(declared: Mapping[str, Any]) -> Index:
    projection = declared["Projection"]
    whole = {"ALL": True, "KEYS_ONLY": False, "INCLUDE": False}[projection["ProjectionType"]]
    others = tuple(projection.get("NonKeyAttributes", ()))
    return Index(declared["IndexName"], _keys(declared["KeySchema"]), whole, others)


def _keys(declared: list[dict[str, str]]) -> KeySchema:
    by_kind = {one["KeyType"]: one["AttributeName"] for one in declared}
    return KeySchema(by_kind["HASH"], by_kind["RANGE"])


class _Reader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads a template, whose references are of no matter here."""


_Reader.add_multi_constructor("!", lambda *_: None)
