"""From what a member of staff typed for a verb to the command, or every fault of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib import field_parsers
from chalicelib.application.verb_fields import FIELDS, Field
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.field_parsers import UnfitError

_TRUTH = {"yes": True, "no": False, "unreached": None}
_AS_TRUTH = ("valid", "caused_by_us", "slight", "held", "hurt")


@dataclass(frozen=True)
class VerbParser:
    """Reads the fields of a verb. Moments are the community's: `zone`."""

    policy: Policy
    organisation: Organisation
    zone: ZoneInfo
    people: tuple[str, ...]

    def read(self, verb: str, sent: Mapping[str, str], by: str) -> PersonCommand:
        """The command; `by` is the id of the one who asks.

        Raises BadInputError with every fault, in the order of the form, and KeyError for
        an unknown verb.
        """
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for field in FIELDS[verb]:
            try:
                values[field.name] = self._value(field, sent.get(field.name, ""))
            except UnfitError as error:
                faults.append(Fault(field.name, error.code, error.params))
        faults += _contact_faults(verb, sent, {fault.field for fault in faults})
        if faults:
            raise BadInputError(tuple(faults))
        return STAFF_VERBS[verb].asked(by, **_given(verb, values))

    def choices(self, field: Field) -> tuple[str, ...]:
        """The keys that a field offers."""
        match field.kind:
            case "severity":
                return tuple(one.key for one in self.policy.severities)
            case "department":
                return tuple(one.key for one in self.organisation.departments)
            case "person":
                return self.people
            case _:
                return field.choices

    def _value(self, field: Field, raw: str) -> object:
        text = field_parsers.plain_text(raw, field.limit, is_long=field.kind == "area")
        if not text:
            if field.required:
                raise field_parsers.unfit("required")
            return ""
        if field.kind == "moment":
            return self._moment(text)
        offered = self.choices(field)
        if offered:
            field_parsers.one_of(text, offered)
        parse = _PARSERS.get(field.name)
        if field.name in _AS_TRUTH:
            return _TRUTH[text]
        return parse(text) if parse else text

    def _moment(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)
        except ValueError:
            raise field_parsers.unfit("moment_unreadable") from None


def _given(verb: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in; a contact is corrected as a whole, its blanks among it."""
    if verb == "correct-contact":
        return dict(values)
    return {name: value for name, value in values.items() if value != ""}


def _contact_faults(verb: str, sent: Mapping[str, str], faulty: Iterable[str]) -> list[Fault]:
    """She must be reachable in the way that she wants."""
    wanted = sent.get("contact_by", "")
    if verb != "correct-contact" or wanted not in ("phone", "email") or wanted in set(faulty):
        return []
    return [] if sent.get(wanted, "").strip() else [Fault(wanted, "contact_by_needs", {})]


_PARSERS = {
    "phone": field_parsers.phone,
    "email": field_parsers.email,
    "into": tidied_reference,
    "loss": field_parsers.loss,
    "times_raised": field_parsers.times_raised,
}
