"""Reads DynamoDB's expressions: conditions, updates and projections, each parsed once."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from desk.offline.memory_table.errors import ValidationException
from desk.offline.memory_table.expressions import (
    COMPARE,
    AllOf,
    AnyOf,
    Between,
    Comparison,
    Condition,
    Exists,
    IfNotExists,
    ListAppend,
    Literal,
    Not,
    OfType,
    OneOf,
    Operand,
    Path,
    Size,
    Sum,
    Update,
)

T = TypeVar("T")

_TOKEN = re.compile(
    r"\s*(?:(?P<name>#\w+)|(?P<value>:\w+)|(?P<word>[A-Za-z_]\w*)|(?P<digits>\d+)"
    r"|(?P<symbol><>|<=|>=|[-+=<>(),.\[\]]))"
)


@lru_cache(maxsize=1024)
def condition(text: str) -> Condition:
    """A condition, parsed. Raises ValidationException."""
    return _Parser(text).whole(_Parser.condition)


@lru_cache(maxsize=1024)
def update(text: str) -> Update:
    """An update, parsed. Raises ValidationException."""
    return _Parser(text).whole(_Parser.update)


@lru_cache(maxsize=1024)
def projection(text: str) -> tuple[Path, ...]:
    """A projection, parsed. Raises ValidationException."""
    return _Parser(text).whole(_Parser.paths)


@lru_cache(maxsize=4096)
def used(text: str) -> frozenset[str]:
    """The names and values that an expression uses."""
    return frozenset(one for kind, one in _tokens(text) if kind in ("name", "value"))


_CLAUSES = ("SET", "REMOVE", "ADD", "DELETE")


class _Parser:
    """Reads an expression from its first token to its last."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0

    def whole(self, rule: Callable[["_Parser"], T]) -> T:
        """What the rule makes of all of it."""
        found = rule(self)
        if self._at < len(self._tokens):
            raise self._wrong()
        return found

    def condition(self) -> Condition:
        parts = self._separated("OR", self._conjunction)
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def update(self) -> Update:
        clauses: dict[str, tuple[Any, ...]] = {}
        while self._at < len(self._tokens):
            clause = self._next("word").upper()
            if clause not in _CLAUSES or clause in clauses:
                raise self._wrong()
            clauses[clause] = self.paths() if clause == "REMOVE" else self._pairs(clause)
        return Update(**{name.lower(): actions for name, actions in clauses.items()})

    def paths(self) -> tuple[Path, ...]:
        return self._separated(",", self._path)

    def _pairs(self, clause: str) -> tuple[tuple[Path, Operand], ...]:
        return self._separated(",", lambda: self._pair(clause))

    def _pair(self, clause: str) -> tuple[Path, Operand]:
        path = self._path()
        if clause == "SET":
            self._expect("=")
            return path, self._sum()
        return path, self._operand()

    def _sum(self) -> Operand:
        first = self._operand()
        for symbol, sign in (("+", 1), ("-", -1)):
            if self._taken(symbol):
                return Sum(first, self._operand(), sign)
        return first

    def _conjunction(self) -> Condition:
        parts = self._separated("AND", self._negation)
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _negation(self) -> Condition:
        return Not(self._negation()) if self._taken("NOT") else self._primary()

    def _primary(self) -> Condition:
        if self._taken("("):
            inner = self.condition()
            self._expect(")")
            return inner
        if self._calls(*_TESTS):
            return self._test()
        return self._comparison()

    def _test(self) -> Condition:
        name = self._next("word").lower()
        self._expect("(")
        path = self._path()
        if name in ("attribute_exists", "attribute_not_exists"):
            self._expect(")")
            return Exists(path, name == "attribute_exists")
        self._expect(",")
        operand = self._operand()
        self._expect(")")
        return (
            OfType(path, operand) if name == "attribute_type" else Comparison(name, path, operand)
        )

    def _comparison(self) -> Condition:
        left = self._operand()
        if self._taken("BETWEEN"):
            low = self._operand()
            self._expect("AND")
            return Between(left, low, self._operand())
        if self._taken("IN"):
            self._expect("(")
            choices = self._separated(",", self._operand)
            self._expect(")")
            return OneOf(left, choices)
        operator = self._next("symbol")
        if operator not in COMPARE:
            raise self._wrong()
        return Comparison(operator, left, self._operand())

    def _operand(self) -> Operand:
        if self._peek()[0] == "value":
            return Literal(self._next("value"))
        if self._calls("size", "if_not_exists", "list_append"):
            return self._function()
        return self._path()

    def _function(self) -> Operand:
        name = self._next("word").lower()
        self._expect("(")
        made: Operand
        if name == "size":
            made = Size(self._path())
        elif name == "if_not_exists":
            path = self._path()
            self._expect(",")
            made = IfNotExists(path, self._operand())
        else:
            first = self._operand()
            self._expect(",")
            made = ListAppend(first, self._operand())
        self._expect(")")
        return made

    def _path(self) -> Path:
        steps: list[str | int] = [self._name()]
        while True:
            if self._taken("."):
                steps.append(self._name())
            elif self._taken("["):
                steps.append(int(self._next("digits")))
                self._expect("]")
            else:
                return Path(tuple(steps))

    def _name(self) -> str:
        return self._next("name" if self._peek()[0] == "name" else "word")

    def _calls(self, *names: str) -> bool:
        """Whether one of these functions is called here."""
        called = self._tokens[self._at + 1 : self._at + 2] == [("symbol", "(")]
        return called and self._peek()[1].lower() in names

    def _separated(self, by: str, rule: Callable[[], T]) -> tuple[T, ...]:
        found = [rule()]
        while self._taken(by):
            found.append(rule())
        return tuple(found)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _taken(self, wanted: str) -> bool:
        """Step over this symbol or keyword, if it is here."""
        kind, text = self._peek()
        found = kind in ("symbol", "word") and text.upper() == wanted
        self._at += found
        return found

    def _expect(self, wanted: str) -> None:
        if not self._taken(wanted):
            raise self._wrong()

    def _next(self, kind: str) -> str:
        found, text = self._peek()
        if found != kind:
            raise self._wrong()
        self._at += 1
        return text

    def _wrong(self) -> ValidationException:
        return ValidationException(
            f"Syntax error in {self._text!r}, near {self._peek()[1] or 'its end'!r}."
        )


_TESTS = ("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValidationException(f"Syntax error in {text!r}, at character {at + 1}.")
        yield str(found.lastgroup), found[str(found.lastgroup)]
        at = found.end()
