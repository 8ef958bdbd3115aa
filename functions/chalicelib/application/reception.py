"""Reception: what somebody tells at the desk, by telephone or by letter, taken in (3.4, 6.1).

The supervisor can be called before there is a complaint; the call is an entry of the
duty log, and the complaint is tied to it when it is saved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import structs

from chalicelib.application.intake import FormReader, Intake
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.submit_complaint import SubmitComplaint
from chalicelib.domain.complained_about import Naming
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import BadInputError, Fault, NotFoundError
from chalicelib.domain.events import HelpCalled, NewEvent
from chalicelib.domain.model import PERSON_POSTS, UNSURE, Complaint
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.staff import SUPERVISOR, Post
from chalicelib.field_parsers import UnfitError, one_of
from chalicelib.fields import FIELDS, FormFields

CHANNELS = ("walk_in", "telephone", "letter")
"""How a complaint reaches the front desk."""
_MOST = 500
_CALL = re.compile(r"([a-z0-9-]{1,40})/(\d{4}-\d{2}-\d{2})#(\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Call:
    """Where a call for help stands in the duty log, as the form carries it along."""

    community: str
    on: date
    number: int

    @classmethod
    def read(cls, text: str) -> "Call | None":
        """The call that a form carries; None where it carries none that can be read."""
        found = _CALL.fullmatch(text)
        try:
            return cls(found[1], date.fromisoformat(found[2]), int(found[3])) if found else None
        except ValueError:
            return None

    @classmethod
    def of(cls, entry: DutyLogEntry) -> "Call":
        """The call that an entry of the log is."""
        return cls(entry.community, entry.on, entry.number)

    @property
    def text(self) -> str:
        """As the form carries it."""
        return f"{self.community}/{self.entry}"

    @property
    def entry(self) -> str:
        """As the complaint's record names it."""
        return f"{self.on:%Y-%m-%d}#{self.number}"


@dataclass(frozen=True)
class Reception:
    """Takes complaints in for a member of staff."""

    policy: Policy
    organisation: Organisation
    submit: SubmitComplaint
    duty_log: DutyLog
    clock: Clock
    fields: FormFields = FIELDS

    def take_in(self, values: Mapping[str, str], communities: frozenset[str], by: str) -> Complaint:
        """Take it in; `communities` are those that they may take complaints in for.

        Raises BadInputError with every fault, and FormUsedError as `SubmitComplaint.receive`.
        """
        found = self._read(values, communities)
        call = self.called(Call.read(values["call"]), found.community)
        earlier = (NewEvent(HelpCalled(SUPERVISOR, Call.of(call).entry)),) if call else ()
        return self.submit.receive(found, values["channel"], by=by, earlier=earlier)

    def call(
        self, values: Mapping[str, str], community: str, by: str, meant: frozenset[str]
    ) -> DutyLogEntry:
        """Call the supervisor at once, with what is known so far (6.1.2).

        `meant` are those whom it may be about: the next rung up comes instead.
        """
        now = self.clock.now()
        zone = self.organisation.community(community).tz
        names = {"place": "place", "text": "description", "name": "name", "unit": "unit"}
        known = {name: _cut(values[field]) for name, field in names.items()}
        return self.duty_log.write(
            DutyLogEntry(
                community=community,
                on=now.astimezone(zone).date(),
                number=0,
                at=now,
                by=by,
                kind="call",
                words={name: text for name, text in known.items() if text},
                corrects=None,
                whom=SUPERVISOR,
                may_be_meant=tuple(sorted(meant)),
            )
        )

    def naming(self, values: Mapping[str, str]) -> Naming:
        """Whom the form names so far."""
        post = values["person_post"] if values["person_post"] in PERSON_POSTS else None
        place = Post("", values["community"], values["about"] or UNSURE)
        return Naming(_cut(values["person"]), post, place, self.organisation.department_names)

    def called(self, call: Call | None, community: str) -> DutyLogEntry | None:
        """The call that a form names, if it is one of this community."""
        if call is None or call.community != community:
            return None
        try:
            entry = self.duty_log.entry(community, call.on, call.number)
        except NotFoundError:
            return None
        return entry if entry.kind == "call" else None

    def _read(self, values: Mapping[str, str], communities: frozenset[str]) -> Intake:
        """The form as values. Raises BadInputError with every fault."""
        faults = [*_choice_faults("channel", values, CHANNELS)]
        faults += _choice_faults("community", values, communities)
        moment = values["happened_on"]
        if values["happened_time"]:
            moment += f"T{values['happened_time']}"
        reader = FormReader(self.policy, self.organisation, self.fields, needs_contact=False)
        try:
            found = reader.read({**values, "happened_at": moment}, self.clock.now())
        except BadInputError as error:
            faults += [one for one in error.faults if one.field not in {f.field for f in faults}]
            raise BadInputError(tuple(map(_on_this_form, faults))) from None
        if not found.reachable_by and values["contact_by"] != "visit":
            faults.append(Fault("phone", "contact_missing_desk", {}))
        if faults:
            raise BadInputError(tuple(faults))
        return found


def _choice_faults(
    name: str, values: Mapping[str, str], known: tuple[str, ...] | frozenset[str]
) -> list[Fault]:
    if not values[name]:
        return [Fault(name, "required", {})]
    try:
        one_of(values[name], known)
    except UnfitError as error:
        return [Fault(name, error.code, error.params)]
    return []


def _on_this_form(fault: Fault) -> Fault:
    """The day and the time stand in fields of their own here."""
    return structs.replace(fault, field="happened_on") if fault.field == "happened_at" else fault


def _cut(text: str) -> str:
    """What was typed so far, unchecked yet: control characters gone, and not endless."""
    plain = "".join(char for char in text if char.isprintable() or char == "\n").strip()
    return plain[:_MOST]
