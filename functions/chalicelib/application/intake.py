"""The intake form: from the fields of any channel to what a complaint records (6.1.1).

Every fault is found before any is told, so that the reader mends all at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from chalicelib import field_parsers
from chalicelib.domain.commands import Receive
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.model import Facts
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.locales import LANGUAGES

CAUSES = ("service", "promise", "facility", "unsure")
YES_NO = ("yes", "no")
CONTACT_BY = ("email", "phone", "visit")
UNSURE = "unsure"

REQUIRED = (
    "community",
    "building",
    "unit",
    "happened_at",
    "place",
    "about",
    "category",
    "description",
    "request",
    "cause",
    "hurt",
    "name",
    "language",
)
OPTIONAL = (
    "person",
    "loss",
    "times_raised",
    "earlier_reference",
    "phone",
    "email",
    "contact_by",
    "contact_time",
    "behalf_of",
    "contact_person",
    "form_id",
    "website",
)
WORDS = (
    "building",
    "unit",
    "place",
    "person",
    "description",
    "request",
    "name",
    "phone",
    "email",
    "contact_time",
    "behalf_of",
    "contact_person",
)
"""Free text and contact: kept with the personal data, never in an event."""

SECTIONS = {
    "what": (
        "community",
        "category",
        "description",
        "happened_at",
        "place",
        "about",
        "person",
        "cause",
        "hurt",
        "loss",
        "times_raised",
        "earlier_reference",
    ),
    "want": ("request",),
    "reach": (
        "name",
        "building",
        "unit",
        "phone",
        "email",
        "contact_by",
        "contact_time",
        "behalf_of",
        "contact_person",
    ),
}
"""What is asked, in the order of the form: what happened, what she would like, how to reach her."""


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

    `required` are the fields that may not be blank; an import asks for fewer, and
    `needs_contact` is off for it.
    """

    policy: Policy
    organisation: Organisation
    required: tuple[str, ...] = REQUIRED
    needs_contact: bool = True

    def read(self, raw: Mapping[str, object], now: datetime) -> Intake:
        """The form as values; unknown fields are ignored. `now` is UTC.

        Raises BadInputError with every fault, in the order of the form.
        """
        values, faults = self._texts(raw)
        parsed: dict[str, object] = {}
        for name, parse in self._parsers(values.get("community", ""), now).items():
            try:
                parsed[name] = parse(values[name]) if values.get(name) else None
            except field_parsers.UnfitError as error:
                faults.append(Fault(name, error.code, error.params))
        faults += self._contact_faults(values, {fault.field for fault in faults})
        if faults:
            raise BadInputError(tuple(sorted(faults, key=lambda fault: _ORDER[fault.field])))
        return self._intake(values, parsed)

    def _texts(self, raw: Mapping[str, object]) -> tuple[dict[str, str], list[Fault]]:
        values: dict[str, str] = {}
        faults: list[Fault] = []
        for name in (*REQUIRED, *OPTIONAL):
            try:
                values[name] = field_parsers.text(name, raw.get(name, ""))
            except field_parsers.UnfitError as error:
                faults.append(Fault(name, error.code, error.params))
            else:
                if name in self.required and not values[name]:
                    faults.append(Fault(name, "required", {}))
        return values, faults

    def _parsers(self, community: str, now: datetime) -> dict[str, Callable[[str], object]]:
        communities = [one.key for one in self.organisation.communities]
        departments = [one.key for one in self.organisation.departments]
        categories = [one.key for one in self.policy.categories]
        zone = self._zone(community)
        local_now = now.astimezone(zone).replace(tzinfo=None)
        return {
            "community": lambda value: field_parsers.one_of(value, communities),
            "happened_at": lambda value: field_parsers.happened_at(value, local_now),
            "about": lambda value: field_parsers.one_of(value, [*departments, UNSURE]),
            "category": lambda value: field_parsers.one_of(value, categories),
            "cause": lambda value: field_parsers.one_of(value, CAUSES),
            "hurt": lambda value: field_parsers.one_of(value, YES_NO),
            "loss": field_parsers.loss,
            "times_raised": field_parsers.times_raised,
            "earlier_reference": field_parsers.earlier_reference,
            "phone": field_parsers.phone,
            "email": field_parsers.email,
            "contact_by": lambda value: field_parsers.one_of(value, CONTACT_BY),
            "language": lambda value: field_parsers.one_of(value, LANGUAGES),
            "form_id": field_parsers.form_id,
            "website": field_parsers.honeypot,
        }

    def _zone(self, community: str) -> ZoneInfo:
        """The community's zone; the first community's while the key is not known."""
        known = {one.key: one.zone for one in self.organisation.communities}
        return ZoneInfo(known.get(community) or next(iter(known.values())))

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
        cleaned = {**values, **{name: value for name, value in parsed.items() if value is not None}}
        reachable_by = tuple(name for name in ("email", "phone") if values[name])
        return Intake(
            zone=str(self._zone(values["community"])),
            hurt=values["hurt"] == "yes",
            loss=parsed["loss"],  # type: ignore[arg-type]
            times_raised=parsed["times_raised"] or 0,  # type: ignore[arg-type]
            earlier_reference=parsed["earlier_reference"],  # type: ignore[arg-type]
            contact_by=values["contact_by"] or next(iter(reachable_by), "visit"),
            reachable_by=reachable_by,
            words={name: str(cleaned[name]) for name in WORDS if cleaned[name]},
            form_id=values["form_id"] or None,
            **{name: values[name] for name in _AS_TYPED},
        )


_AS_TYPED = ("community", "happened_at", "about", "category", "cause", "language")
_ON_THE_FORM = (*chain.from_iterable(SECTIONS.values()), "language", "form_id", "website")
_ORDER = {name: place for place, name in enumerate(_ON_THE_FORM)}
