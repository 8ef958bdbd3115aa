"""Carries an update out on an item: SET, REMOVE, ADD and DELETE, all over the item as it was."""

from decimal import Decimal

from desk.offline.memory_table import values
from desk.offline.memory_table.errors import ValidationException
from desk.offline.memory_table.expressions import Given, Update, look_up, there
from desk.offline.memory_table.schema import KeySchema
from desk.offline.memory_table.values import Item, Value

Steps = tuple[str | int, ...]


def updated(item: Item, update: Update, given: Given, keys: KeySchema) -> Item:
    """The item with the update carried out. Raises ValidationException where that cannot be."""
    _require_apart([path.resolved(given) for path in update.paths], keys)
    fresh = values.copied(item)
    for path, operand in update.set:
        _put(fresh, path.resolved(given), there(operand.value(item, given)))
    for path, operand in update.add:
        steps = path.resolved(given)
        _put(fresh, steps, _added(look_up(item, steps), there(operand.value(item, given))))
    for path, operand in update.delete:
        steps = path.resolved(given)
        _delete(fresh, steps, there(operand.value(item, given)))
    for steps in sorted((path.resolved(given) for path in update.remove), key=_last_first):
        _remove(fresh, steps)
    return fresh


def _require_apart(paths: list[Steps], keys: KeySchema) -> None:
    """No key is written, and nothing twice."""
    for number, path in enumerate(paths):
        if path[0] in keys.names:
            raise ValidationException(f"{path[0]} is part of the key, and cannot be updated.")
        for other in paths[:number]:
            least = min(len(path), len(other))
            if path[:least] == other[:least]:
                raise ValidationException("Two document paths of the update overlap.")


def _put(item: Item, steps: Steps, value: Value) -> None:
    *before, last = steps
    if not before:
        item[str(last)] = value
        return
    parent = _parent(item, tuple(before))
    if isinstance(last, str) and "M" in parent:
        parent["M"][last] = value
    elif isinstance(last, int) and "L" in parent:
        # Beyond its end a list grows by one.
        parent["L"][last : last + 1] = [value]
    else:
        raise _no_such_path()


def _remove(item: Item, steps: Steps) -> None:
    *before, last = steps
    if not before:
        item.pop(str(last), None)
        return
    parent = _parent(item, tuple(before))
    if isinstance(last, str) and "M" in parent:
        parent["M"].pop(last, None)
    elif isinstance(last, int) and "L" in parent:
        del parent["L"][last : last + 1]
    else:
        raise _no_such_path()


def _parent(item: Item, steps: Steps) -> Value:
    found = look_up(item, steps)
    if found is None:
        raise _no_such_path()
    return found


def _added(before: Value | None, value: Value) -> Value:
    """A number more, or a set's members."""
    kind = values.type_of(value)
    if kind == "N":
        start = values.number(before) if before else Decimal(0)
        return values.added(start, values.number(value))
    members = _members(before, value)
    return {kind: list(dict.fromkeys([*members, *value[kind]]))}


def _delete(item: Item, steps: Steps, value: Value) -> None:
    """A set's members fewer; a set without any goes."""
    before = look_up(item, steps)
    if before is None:
        return
    kind = values.type_of(value)
    left = [one for one in _members(before, value) if one not in value[kind]]
    if left:
        _put(item, steps, {kind: left})
    else:
        _remove(item, steps)


def _members(before: Value | None, value: Value) -> list[str]:
    kind = values.type_of(value)
    if kind not in ("SS", "NS") or (before and kind not in before):
        raise ValidationException("ADD and DELETE take a number or a set of the same type.")
    members: list[str] = before[kind] if before else []
    return members


def _last_first(steps: Steps) -> tuple[int, ...]:
    """Later elements of a list go first, so that the others keep their places."""
    return tuple(-one for one in steps if isinstance(one, int))


def _no_such_path() -> ValidationException:
    return ValidationException("The update's document path is not in the item.")
