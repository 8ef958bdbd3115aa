"""The mapping file: which column of a spreadsheet fills which field of the intake.

Written once for a spreadsheet, in TOML, and kept beside it::

    [source]                            # what the spreadsheet is
    name = "front-desk-2025"            # with a row's key, what makes a second run find it
    key = "编号"
    community = "jade-lake"             # or a [fields.community] of its own
    zone = "Asia/Shanghai"              # of the spreadsheet's own dates
    date_formats = ["%Y/%m/%d %H:%M"]   # tried in this order
    received = "登记时间"
    ended = "办结时间"                   # may be left out: then every row is open
    encoding = "gb18030"                # as Chinese Excel saves; UTF-8 unless said

    [fields.building]                   # one column, …
    column = "楼栋"
    blank = "未登记"                     # … what stands for an empty cell
    [fields.description]                # … several, the empty ones left out, …
    columns = ["事项", "详情"]
    join = "："
    [fields.hurt]                       # … or the same for every row
    value = "no"
    [fields.cause]                      # a column's words, put into the product's
    column = "原因"
    values = { "设备老化" = "facility" }
    otherwise = "unsure"                # without it, an unknown word refuses the row

    [[table]]                           # the same for several fields at once
    column = "类别"
    gives = ["category", "about", "cause"]
    [table.values]
    "漏水" = ["water_leak", "engineering", "facility"]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the spreadsheet is: its name, its key and date columns, and how it was saved."""

    name: str
    key: str
    received: str
    zone: str
    date_formats: tuple[str, ...]
    ended: str | None = None
    community: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","


class FieldSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a field's value comes from: one column, several joined, or always the same."""

    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = " "
    value: str | None = None
    blank: str = ""
    values: dict[str, str] | None = None
    otherwise: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The columns it needs."""
        return (self.column,) if self.column is not None else self.columns


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column's words and, for each, the values of several fields in the order of `gives`."""

    column: str
    gives: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    otherwise: tuple[str, ...] | None = None

    def fields(self) -> Iterator[tuple[str, FieldSource]]:
        """The same, written field by field."""
        for place, name in enumerate(self.gives):
            values = {word: given[place] for word, given in self.values.items()}
            otherwise = self.otherwise[place] if self.otherwise else None
            yield name, FieldSource(column=self.column, values=values, otherwise=otherwise)


class MappingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written."""

    source: Source
    fields: dict[str, FieldSource]
    table: tuple[Table, ...] = ()


@dataclass(frozen=True)
class ColumnMap:
    """A mapping that was found sound: the source, and a source for each field."""

    source: Source
    fields: Mapping[str, FieldSource]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the spreadsheet must have, each once."""
        source = self.source
        needed = [source.key, source.received, *([source.ended] if source.ended else [])]
        needed += [column for field in self.fields.values() for column in field.named]
        return tuple(dict.fromkeys(needed))


def column_map(file: MappingFile) -> ColumnMap:
    """The mapping that a file describes; `mapping_checks` has looked at it before."""
    fields = dict(file.fields)
    if file.source.community is not None:
        fields["community"] = FieldSource(value=file.source.community)
    for table in file.table:
        fields.update(table.fields())
    return ColumnMap(file.source, fields)
