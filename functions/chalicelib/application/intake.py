"""The intake form: from the fields of any channel to what a complaint records (6.1.1).

Every fault is found before any is told, so that the reader mends all at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from chalicelib import field_parsers
from chalicelib.domain.commands import Receive
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.model import UNKNOWN_POST, Facts
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormField, FormFields

_PARSERS: Mapping[str, Callable[[str], object]] = {
    "amount": field_parsers.loss,
    "count": field_parsers.times_raised,
    "reference": field_parsers.earlier_reference,
    "phone": field_parsers.phone,
    "email": field_parsers.email,
    "form_id": field_parsers.form_id,
    "trap": field_parsers.honeypot,
}
"""What reads a field, by its kind; any other is taken as it was typed, or is a choice."""


class Intake(Facts, frozen=True, kw_only=True):
    """A form that was found sound. `form_id` is None when the form had none."""

    words: Mapping[str, str]
    form_id: str | None = None

    def received(self, reference: str, channel: str, received_at: datetime) -> Receive:
        """The command that takes this form in."""
        facts = {name: value for name, value in asdict(self).items() if name != "form_id"}
        return Receive(reference=reference, channel=channel, received_at=received_at, **facts)


@dataclass(frozen=True)
class FormReader:
    """Reads a form against the policy's and the organisation's keys.

    `form` is the table of what is asked; `needs_contact` is off for an import, and at the
    desk, which asks for less.
    """

    policy: Policy
    organisation: Organisation
    form: FormFields = FIELDS
    needs_contact: bool = True

    def read(self, raw: Mapping[str, object], now: datetime) -> Intake:
        """The form as values; unknown fields are ignored. `now` is UTC.

        Raises BadInputError with every fault, in the order of the form.
        """
        values, faults = self._texts(raw)
        local_now = now.astimezone(self._zone(values)).replace(tzinfo=None)
        parsed: dict[str, object] = {}
        for field in self.form.rows:
            try:
                if text := values.get(field.name):
                    parsed[field.name] = self._parsed(field, text, local_now)
            except field_parsers.UnfitError as error:
                faults.append(Fault(field.name, error.code, error.params))
        faults += self._contact_faults(values, {fault.field for fault in faults})
        if faults:
            order = self.form.in_order
            raise BadInputError(tuple(sorted(faults, key=lambda fault: order.index(fault.field))))
        return self._intake(values, parsed)

    def _texts(self, raw: Mapping[str, object]) -> tuple[dict[str, str], list[Fault]]:
        values: dict[str, str] = {}
        faults: list[Fault] = []
        for field in self.form.rows:
            try:
                values[field.name] = field.text(raw.get(field.name, ""))
            except field_parsers.UnfitError as error:
                faults.append(Fault(field.name, error.code, error.params))
            else:
                if field.required and not values[field.name]:
                    faults.append(Fault(field.name, "required", {}))
        return values, faults

    def _parsed(self, field: FormField, text: str, local_now: datetime) -> object:
        """The value of what was typed. Raises UnfitError."""
        if offered := field.offered(self.policy, self.organisation):
            return field_parsers.one_of(text, offered)
        if field.kind == "day":
            return field_parsers.happened_at(text, local_now)
        parse = _PARSERS.get(field.kind)
        return parse(text) if parse else text

    def _zone(self, values: Mapping[str, str]) -> ZoneInfo:
        """The community's zone; the first community's while the key is not known."""
        known = {one.key: one.zone for one in self.organisation.communities}
        return ZoneInfo(known.get(values.get("community", "")) or next(iter(known.values())))

    def _contact_faults(self, values: Mapping[str, str], faulty: set[str]) -> list[Fault]:
        given = {name for name in ("phone", "email") if values.get(name)}
        if faulty & {"phone", "email"}:
            return []
        if not given and self.needs_contact:
            return [Fault("phone", "contact_missing", {})]
        wanted = values.get("contact_by")
        if wanted in ("phone", "email") and wanted not in given:
            return [Fault(wanted, "contact_by_needs", {})]
        return []

    def _intake(self, values: Mapping[str, str], parsed: Mapping[str, object]) -> Intake:
        words = {one.name: parsed.get(one.name) for one in self.form.kept_in("words")}
        facts = {one.name: _fact(one, parsed) for one in self.form.kept_in("state")}
        reachable_by = tuple(name for name in ("email", "phone") if values[name])
        facts["contact_by"] = facts["contact_by"] or next(iter(reachable_by), "visit")
        facts["person_post"] = _person_post(values)
        return Intake(
            zone=str(self._zone(values)),
            reachable_by=reachable_by,
            words={name: str(value) for name, value in words.items() if value is not None},
            form_id=values.get("form_id") or None,
            **facts,
        )


def _person_post(values: Mapping[str, str]) -> str | None:
    """Of whoever is named the post is unknown until it is chosen; unknown alone says nothing."""
    post = values["person_post"] or UNKNOWN_POST
    return post if values["person"] or post != UNKNOWN_POST else None


def _fact(field: FormField, parsed: Mapping[str, object]) -> Any:  # noqa: ANN401 - as `Facts` keeps it
    """A value that decides: yes is true, and no count is none."""
    value = parsed.get(field.name)
    match field.kind:
        case "yes_no":
            return value == "yes"
        case "count":
            return value or 0
        case _:
            return value
