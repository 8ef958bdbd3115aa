"""From what was typed for a verb to its command, or every fault of it.

The forms of the desk and ``desk act`` read with it, so that both refuse the same things.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib import field_parsers
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.model import NOBODY
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.verbs import UNREACHED, Field, Verb
from chalicelib.field_parsers import UnfitError, plain_text, unfit
from chalicelib.fields import FIELDS, FormFields

_TRUTH = {"yes": True, "no": False, UNREACHED: None}


@dataclass(frozen=True)
class VerbParser:
    """Reads the fields of a verb.

    Moments without an offset are the community's: `zone`. `people` are the ids of those who
    can be named; whether one of them fits is for the decision to say.
    """

    policy: Policy
    organisation: Organisation
    zone: ZoneInfo
    people: tuple[str, ...]
    form: FormFields = FIELDS

    def read(
        self, verb: str, sent: Mapping[str, str], by: str, recorded: Mapping[str, str]
    ) -> PersonCommand:
        """The command of a form, which asks for every field; `by` is the id of who sent it.

        What is kept and was not in the form stays as `recorded` has it; sent blank, it goes.
        Raises BadInputError with every fault, in the order of the form, and KeyError for
        an unknown verb.
        """
        row = self.form.staff_verbs[verb]
        needed = [one for one in row.fields if one.is_required_with(sent)]
        return self._command(row, sent, by, needed, _unnamed(row, sent, recorded))

    def read_given(
        self, verb: str, given: Mapping[str, str], by: str, recorded: Mapping[str, str]
    ) -> PersonCommand:
        """The command of what was given, as on the command line. Raises as `read`.

        Required is only what the command cannot be made without. What is kept stays as
        `recorded` has it, unless it is given.
        """
        row = self.form.staff_verbs[verb]
        needed = [one for one in row.fields if one.required and row.needs(one)]
        return self._command(row, given, by, needed, _unnamed(row, given, recorded))

    def choices(self, field: Field) -> tuple[str, ...]:
        """The keys that a field takes."""
        match field.kind:
            case "severity":
                return tuple(one.key for one in self.policy.severities)
            case "department":
                return tuple(one.key for one in self.organisation.departments)
            case "person":
                return self.people
            case "meant":
                return (*self.people, NOBODY)
            case _:
                return field.choices

    def _command(
        self,
        row: Verb,
        sent: Mapping[str, str],
        by: str,
        needed: Collection[Field],
        kept: Mapping[str, str],
    ) -> PersonCommand:
        values: dict[str, Any] = dict(kept)
        faults: list[Fault] = []
        for field in row.fields:
            if field.name in values:
                continue
            try:
                values |= self._value(field, sent.get(field.name, ""), needed)
            except UnfitError as error:
                faults.append(Fault(field.name, error.code, error.params))
        faults += _named_and_blank(row, values)
        if faults:
            raise BadInputError(tuple(faults))
        return row.asked(by, **values)

    def _value(self, field: Field, raw: str, needed: Collection[Field]) -> dict[str, Any]:
        """What is known of one field: nothing when it was left open, blank when that is kept."""
        text = plain_text(raw, field.limit, is_long=field.kind == "text")
        if text:
            return {field.name: PARSERS[field.kind](self, field, text)}
        if field in needed:
            raise unfit("required")
        return {field.name: ""} if field.is_kept else {}


def _unnamed(row: Verb, given: Mapping[str, str], recorded: Mapping[str, str]) -> dict[str, str]:
    """What is kept and was not named: it stays as it is recorded."""
    kept = (one.name for one in row.fields if one.is_kept and one.name not in given)
    return {name: recorded.get(name, "") for name in kept}


def _named_and_blank(row: Verb, values: Mapping[str, object]) -> Iterator[Fault]:
    """Where a choice is the name of another field, that one is filled in."""
    for field in row.fields:
        named = values.get(field.name)
        if field.names_a_field and named in values and not values[str(named)]:
            yield Fault(str(named), "contact_by_needs", {})


def _words(_: VerbParser, __: Field, text: str) -> str:
    return text


def _key(parser: VerbParser, field: Field, text: str) -> str:
    offered = parser.choices(field)
    if text not in offered:
        raise unfit("unknown_choice", value=text, known=", ".join(offered))
    return text


def _truth(parser: VerbParser, field: Field, text: str) -> bool | None:
    return _TRUTH[_key(parser, field, text)]


def _moment(parser: VerbParser, _: Field, text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=parser.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise unfit("moment_unreadable") from None


def _parsed(parse: Callable[[str], object]) -> "Parse":
    return lambda _, __, text: parse(text)


Parse = Callable[[VerbParser, Field, str], object]
PARSERS: Mapping[str, Parse] = {
    "text": _words,
    "line": _words,
    "choice": _key,
    "role": _key,
    "severity": _key,
    "department": _key,
    "person": _key,
    "meant": _key,
    "yes_no": _truth,
    "held": _truth,
    "moment": _moment,
    "amount": _parsed(field_parsers.loss),
    "count": _parsed(field_parsers.times_raised),
    "phone": _parsed(field_parsers.phone),
    "email": _parsed(field_parsers.email),
    "reference": _parsed(tidied_reference),
}
"""What becomes of the text of each kind of field; each raises UnfitError."""
