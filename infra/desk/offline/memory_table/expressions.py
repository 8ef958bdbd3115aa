"""What DynamoDB's expressions are made of: operands, conditions and updates.

An expression's names (``#state``) and values (``:now``) are looked up when it is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any

from desk.offline.memory_table import values
from desk.offline.memory_table.errors import ValidationException
from desk.offline.memory_table.values import Item, Value


@dataclass(frozen=True)
class Given:
    """The names and values that come with a request."""

    names: Mapping[str, str]
    values: Mapping[str, Value]

    def name(self, written: str) -> str:
        """The attribute's name. Raises ValidationException for ``#one`` that was not given."""
        if not written.startswith("#"):
            return written
        if written not in self.names:
            raise ValidationException(f"An expression uses {written}, which is not given.")
        return self.names[written]

    def value(self, written: str) -> Value:
        """The value. Raises ValidationException for one that was not given."""
        if written not in self.values:
            raise ValidationException(f"An expression uses {written}, which is not given.")
        return self.values[written]


@dataclass(frozen=True)
class Path:
    """Where a value stands in an item: ``signed_in.#it``, ``list[2]``."""

    steps: tuple[str | int, ...]

    def resolved(self, given: Given) -> tuple[str | int, ...]:
        """The path with its names filled in."""
        return tuple(given.name(one) if isinstance(one, str) else one for one in self.steps)

    def value(self, item: Item, given: Given) -> Value | None:
        """What stands there, or None."""
        return look_up(item, self.resolved(given))


@dataclass(frozen=True)
class Literal:
    """A value that the request gives."""

    name: str

    def value(self, _: Item, given: Given) -> Value | None:
        """The value itself."""
        return given.value(self.name)


@dataclass(frozen=True)
class Size:
    """``size(path)``."""

    path: Path

    def value(self, item: Item, given: Given) -> Value | None:
        """How long what stands there is, or None when nothing does."""
        found = self.path.value(item, given)
        return None if found is None else values.number_value(values.length(found))


@dataclass(frozen=True)
class IfNotExists:
    """``if_not_exists(path, operand)``."""

    path: Path
    otherwise: "Operand"

    def value(self, item: Item, given: Given) -> Value | None:
        """What stands there, else the operand."""
        found = self.path.value(item, given)
        return self.otherwise.value(item, given) if found is None else found


@dataclass(frozen=True)
class ListAppend:
    """``list_append(operand, operand)``."""

    first: "Operand"
    second: "Operand"

    def value(self, item: Item, given: Given) -> Value | None:
        """Both lists as one."""
        return {"L": [*_elements(self.first, item, given), *_elements(self.second, item, given)]}


@dataclass(frozen=True)
class Sum:
    """``operand + operand``, or with a minus."""

    first: "Operand"
    second: "Operand"
    sign: int

    def value(self, item: Item, given: Given) -> Value | None:
        """The sum of two numbers."""
        first, second = (
            values.number(there(one.value(item, given))) for one in (self.first, self.second)
        )
        return values.added(first, self.sign * second)


Operand = Path | Literal | Size | IfNotExists | ListAppend | Sum


@dataclass(frozen=True)
class Comparison:
    """``operand < operand`` and the like; also ``begins_with`` and ``contains``."""

    operator: str
    left: Operand
    right: Operand

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item; what is not there differs from everything."""
        left, right = self.left.value(item, given), self.right.value(item, given)
        if left is None or right is None:
            return self.operator == "<>"
        return COMPARE[self.operator](left, right)


@dataclass(frozen=True)
class Between:
    """``operand BETWEEN operand AND operand``."""

    middle: Operand
    low: Operand
    high: Operand

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        bounds = Comparison("<=", self.low, self.middle), Comparison("<=", self.middle, self.high)
        return all(one.holds(item, given) for one in bounds)


@dataclass(frozen=True)
class OneOf:
    """``operand IN (operand, …)``."""

    operand: Operand
    choices: tuple[Operand, ...]

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        return any(Comparison("=", self.operand, one).holds(item, given) for one in self.choices)


@dataclass(frozen=True)
class Exists:
    """``attribute_exists(path)``, or not."""

    path: Path
    wanted: bool

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        return (self.path.value(item, given) is not None) is self.wanted


@dataclass(frozen=True)
class OfType:
    """``attribute_type(path, :type)``."""

    path: Path
    kind: Operand

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        found, kind = self.path.value(item, given), self.kind.value(item, given)
        return found is not None and kind == {"S": values.type_of(found)}


@dataclass(frozen=True)
class Not:
    """``NOT condition``."""

    inner: "Condition"

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        return not self.inner.holds(item, given)


@dataclass(frozen=True)
class AllOf:
    """``condition AND condition``."""

    parts: tuple["Condition", ...]

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        return all(one.holds(item, given) for one in self.parts)


@dataclass(frozen=True)
class AnyOf:
    """``condition OR condition``."""

    parts: tuple["Condition", ...]

    def holds(self, item: Item, given: Given) -> bool:
        """Whether it is true of an item."""
        return any(one.holds(item, given) for one in self.parts)


Condition = Comparison | Between | OneOf | Exists | OfType | Not | AllOf | AnyOf


@dataclass(frozen=True)
class Update:
    """The actions of an update, by clause."""

    set: tuple[tuple[Path, Operand], ...] = ()
    remove: tuple[Path, ...] = ()
    add: tuple[tuple[Path, Operand], ...] = ()
    delete: tuple[tuple[Path, Operand], ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Everything that is written."""
        pairs = (*self.set, *self.add, *self.delete)
        return (*(path for path, _ in pairs), *self.remove)


def look_up(item: Item, steps: tuple[str | int, ...]) -> Value | None:
    """What stands at a path, or None."""
    first, *rest = steps
    found = item.get(str(first))
    for step in rest:
        if found is None:
            return None
        found = _inside(found, step)
    return found


def there(value: Value | None) -> Value:
    """A value that must be there. Raises ValidationException."""
    if value is None:
        raise ValidationException("An update refers to an attribute that is not in the item.")
    return value


def _inside(value: Value, step: str | int) -> Value | None:
    if isinstance(step, str):
        found: Value | None = value.get("M", {}).get(step)
        return found
    elements = value.get("L", ())
    return elements[step] if step < len(elements) else None


def _elements(operand: Operand, item: Item, given: Given) -> list[Value]:
    value = there(operand.value(item, given))
    if values.type_of(value) != "L":
        raise ValidationException("list_append takes lists.")
    elements: list[Value] = value["L"]
    return elements


def _by_order(operator: Callable[[Any, Any], bool]) -> Callable[[Value, Value], bool]:
    def holds(left: Value, right: Value) -> bool:
        found = values.ordered(left, right)
        return found is not None and operator(*found)

    return holds


COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "=": values.equal,
    "<>": lambda left, right: not values.equal(left, right),
    "<": _by_order(lt),
    "<=": _by_order(le),
    ">": _by_order(gt),
    ">=": _by_order(ge),
    "begins_with": _by_order(str.startswith),
    "contains": values.contains,
}
