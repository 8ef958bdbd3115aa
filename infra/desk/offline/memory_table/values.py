"""Attribute values, ``{"S": "…"}`` and the like: checked, copied, measured and compared.

Bytes are not among them: nothing of this product is kept as bytes.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from desk.offline.memory_table.errors import ValidationException

Value = dict[str, Any]
Item = dict[str, Value]

_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,37}")
_MOST_DIGITS = 38
_EXACT = Context(prec=2 * _MOST_DIGITS)
_OVERHEAD = 3
"""Bytes that a list or a map takes beside what is in it."""


def stored(item: Item) -> Item:
    """A copy of an item as it is kept. Raises ValidationException for what is no value."""
    return {name: _stored(value) for name, value in item.items()}


def copied(item: Item) -> Item:
    """A copy that whoever asked may change."""
    return {name: _copied(value) for name, value in item.items()}


def size_of(item: Item) -> int:
    """Bytes, as DynamoDB counts an item: names and values in UTF-8."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def type_of(value: Value) -> str:
    """The one type that a value has."""
    (kind,) = value
    return kind


def number(value: Value) -> Decimal:
    """A number's value. Raises ValidationException for another type."""
    if type_of(value) != "N":
        raise ValidationException(f"An operand has the type {type_of(value)}; a number is needed.")
    return Decimal(value["N"])


def number_value(value: Decimal | int) -> Value:
    """A number as a value."""
    return {"N": _digits(str(value))}


def added(one: Decimal, other: Decimal) -> Value:
    """The sum of two numbers as a value."""
    return number_value(_EXACT.add(one, other))


def sort_key(value: Value) -> str | Decimal:
    """What a key is sorted by: text by its code points, which is UTF-8's order, and numbers."""
    return Decimal(value["N"]) if "N" in value else str(value["S"])


def equal(one: Value, other: Value) -> bool:
    """Whether two values are the same: numbers as numbers, sets in any order."""
    if one == other:
        return True
    kind = type_of(one)
    if kind != type_of(other) or kind not in ("SS", "NS"):
        return False
    return set(one[kind]) == set(other[kind])


def ordered(one: Value, other: Value) -> tuple[Any, Any] | None:
    """Two values to compare by ``<``; None where they are of different or unordered types."""
    if type_of(one) != type_of(other) or type_of(one) not in ("S", "N"):
        return None
    return sort_key(one), sort_key(other)


def length(value: Value) -> int:
    """What `size()` says: characters in UTF-8, members, or elements."""
    match type_of(value):
        case "S":
            return len(value["S"].encode())
        case "SS" | "NS" | "L" | "M" as kind:
            return len(value[kind])
        case kind:
            raise ValidationException(f"size() has no answer for the type {kind}.")


def contains(value: Value, looked_for: Value) -> bool:
    """What `contains()` says: part of a text, member of a set, element of a list."""
    kind = type_of(looked_for)
    match type_of(value):
        case "S":
            return kind == "S" and looked_for["S"] in value["S"]
        case "SS" | "NS" as of:
            return of == f"{kind}S" and looked_for[kind] in value[of]
        case "L":
            return any(equal(one, looked_for) for one in value["L"])
        case _:
            return False


def _stored(value: Value) -> Value:
    if not isinstance(value, dict) or len(value) != 1:
        raise ValidationException("A value names exactly one type.")
    kind = type_of(value)
    if kind not in _TYPES:
        raise ValidationException(f"The type {kind} is not taken.")
    return {kind: _TYPES[kind](value[kind])}


def _text(value: Any) -> str:  # noqa: ANN401 - as it came
    if not isinstance(value, str):
        raise ValidationException("A text is needed.")
    return value


def _digits(value: Any) -> str:  # noqa: ANN401 - as it came
    """A number as DynamoDB hands it back: no blanks, no zeros in front or behind."""
    text = _text(value)
    if _PLAIN.fullmatch(text):
        return text
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValidationException(f"{text!r} is no number.")
    exact = found.normalize(_EXACT) if found else Decimal(0)
    if exact != found or len(exact.as_tuple().digits) > _MOST_DIGITS:
        raise ValidationException("A number has at most 38 significant digits.")
    return f"{exact:f}"


def _true_or_false(value: Any) -> bool:  # noqa: ANN401 - as it came
    if not isinstance(value, bool):
        raise ValidationException("True or false is needed.")
    return value


def _set_of(each: Callable[[Any], str]) -> Callable[[Iterable[Any]], list[str]]:
    def members(value: Iterable[Any]) -> list[str]:
        found = [each(one) for one in value]
        if not found:
            raise ValidationException("A set may not be empty.")
        if len(set(found)) < len(found):
            raise ValidationException("A set holds nothing twice.")
        return found

    return members


def _list(value: Iterable[Value]) -> list[Value]:
    return [_stored(one) for one in value]


_TYPES: dict[str, Callable[[Any], Any]] = {
    "S": _text,
    "N": _digits,
    "BOOL": _true_or_false,
    "NULL": _true_or_false,
    "SS": _set_of(_text),
    "NS": _set_of(_digits),
    "L": _list,
    "M": stored,
}


def _copied(value: Value) -> Value:
    kind = type_of(value)
    match kind:
        case "M":
            return {kind: copied(value[kind])}
        case "L":
            return {kind: [_copied(one) for one in value[kind]]}
        case "SS" | "NS":
            return {kind: list(value[kind])}
        case _:
            return dict(value)


def _size(value: Value) -> int:
    kind = type_of(value)
    return _SIZES[kind](value[kind])


_SIZES: dict[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": lambda digits: len(digits) // 2 + 2,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "SS": lambda members: sum(len(one.encode()) for one in members),
    "NS": lambda members: sum(len(one) // 2 + 2 for one in members),
    "L": lambda elements: _OVERHEAD + sum(1 + _size(one) for one in elements),
    "M": lambda members: _OVERHEAD + len(members) + size_of(members),
}
