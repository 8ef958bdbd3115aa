"""The staff directory's form: from what was typed to a member of staff, or what is wrong with it.

The words of each code stand in the staff pages' catalogue, under ``staff.fault_<code>``.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec.structs import replace

from chalicelib import field_parsers
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.model import NOT_STAFF
from chalicelib.domain.policy import Organisation
from chalicelib.domain.staff import HEAD, ROLES, Directory, Staff
from chalicelib.field_parsers import UnfitError, unfit
from chalicelib.locales import LANGUAGES

EVERYWHERE = "everywhere"
_COMMUNITY = "community-"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LIMITS = {"id": 40, "name_zh": 40, "name_en": 80, "email": 254}


@dataclass
class StaffForm:
    """One reading of the form at `now` (UTC): what it makes of each field, and every fault."""

    sent: Mapping[str, str]
    directory: Directory
    organisation: Organisation
    now: datetime
    faults: list[Fault] = field(default_factory=list)

    def read(self, before: Staff | None) -> Staff:
        """The member of staff as typed; who is edited keeps their id. Raises BadInputError."""
        staff_id = before.id if before else self._field("id", self._new_id)
        staff = Staff(
            id=staff_id,
            name={"zh": self._field("name_zh"), "en": self._field("name_en")},
            email=self._field("email", lambda typed: self._free_email(typed, staff_id)),
            language=self._field("language", lambda typed: field_parsers.one_of(typed, LANGUAGES)),
            roles=self._roles(),
            communities=self._communities(),
            department=self._department(),
            disabled=before.disabled if before else False,
            deputy=self._deputy(staff_id),
        )
        self._fit(staff)
        return self._absent(staff)

    def read_own(self, before: Staff) -> Staff:
        """What all may say of themselves: language, absence and deputy. Raises BadInputError."""
        language = self._field("language", lambda typed: field_parsers.one_of(typed, LANGUAGES))
        deputy = self._deputy(before.id)
        staff = replace(before, language=language, deputy=deputy)
        self._fit(staff)
        return self._absent(staff)

    def _absent(self, staff: Staff) -> Staff:
        """The same with the absence as typed; without a first day it begins today."""
        until = self._day("absent_until")
        today = self.now.astimezone(self.organisation.zone_of(staff.communities)).date()
        since = self._day("absent_from") or (today if until else None)
        if since and until and until < since:
            self._fault("absent_until", "absence_backwards")
        elif until and until < today:
            self._fault("absent_until", "absence_over")
        self._finish()
        away = replace(staff, absent=False, absent_from=since, absent_until=until)
        return away.on(today)

    def _day(self, name: str) -> date | None:
        typed = self.sent.get(name, "").strip()
        try:
            return field_parsers.day(typed) if typed else None
        except UnfitError as error:
            self.faults.append(Fault(name, error.code, error.params))
            return None

    def _fit(self, staff: Staff) -> None:
        """That the deputy may see what they are to get."""
        deputy = self.directory.person(staff.deputy or "")
        known = not any(fault.field == "deputy" for fault in self.faults)
        if deputy and known and not deputy.may_be_deputy_of(staff):
            self._fault("deputy", "deputy_without_rights")

    def _finish(self) -> None:
        if self.faults:
            raise BadInputError(tuple(self.faults))

    def _field(self, name: str, parse: Callable[[str], str] = str) -> str:
        """The value of a field that must be there; its fault is noted, and it is blank then."""
        try:
            typed = self.sent.get(name, "")
            text = field_parsers.plain_text(typed, _LIMITS.get(name, 40), is_long=False)
            if not text:
                raise unfit("missing")
            return parse(text)
        except UnfitError as error:
            self.faults.append(Fault(name, error.code, error.params))
            return ""

    def _fault(self, name: str, code: str) -> None:
        self.faults.append(Fault(name, code, {}))

    def _new_id(self, typed: str) -> str:
        found = unicodedata.normalize("NFKC", typed).casefold()
        if not _ID.fullmatch(found):
            raise unfit("id_unreadable")
        if found in NOT_STAFF or self.directory.person(found):
            raise unfit("id_taken")
        return found

    def _free_email(self, typed: str, staff_id: str) -> str:
        found = field_parsers.email(typed)
        others = [one for one in self.directory.staff if one.id != staff_id]
        if any(one.email.casefold() == found.casefold() for one in others):
            raise unfit("email_taken")
        return found

    def _roles(self) -> tuple[str, ...]:
        roles = tuple(role for role in ROLES if self.sent.get(f"role-{role}") == "yes")
        if not roles:
            self._fault("roles", "no_role")
        return roles

    def _communities(self) -> tuple[str, ...]:
        """The communities that they serve; none of them named means all."""
        if self.sent.get(EVERYWHERE) == "yes":
            return ()
        keys = [one.key for one in self.organisation.communities]
        ticked = [name for name, typed in self.sent.items() if typed == "yes"]
        named = {name.removeprefix(_COMMUNITY) for name in ticked if name.startswith(_COMMUNITY)}
        if unknown := sorted(named - set(keys)):
            self._unknown("communities", unknown, keys)
        elif not named:
            self._fault("communities", "no_community")
        return tuple(key for key in keys if key in named)

    def _department(self) -> str | None:
        chosen = self.sent.get("department", "")
        keys = [one.key for one in self.organisation.departments]
        if self.sent.get(f"role-{HEAD}") == "yes" and not chosen:
            self._fault("department", "no_department")
        elif chosen and chosen not in keys:
            self._unknown("department", [chosen], keys)
        return chosen or None

    def _unknown(self, name: str, given: list[str], known: list[str]) -> None:
        """That keys were given which the organisation does not have, and those that it has."""
        params = {"given": ", ".join(given), "known": ", ".join(known)}
        self.faults.append(Fault(name, "unknown_key", params))

    def _deputy(self, staff_id: str) -> str | None:
        chosen = self.sent.get("deputy", "")
        if not chosen:
            return None
        person = self.directory.person(chosen)
        if person is None or person.disabled or person.id == staff_id:
            self._fault("deputy", "deputy_unfit")
        return chosen


def typed_from(staff: Staff) -> dict[str, str]:
    """The form's fields as they stand for somebody who is in the directory."""
    ticked = [f"role-{role}" for role in staff.roles]
    ticked += [f"community-{key}" for key in staff.communities] or [EVERYWHERE]
    return {
        "id": staff.id,
        "name_zh": staff.name["zh"],
        "name_en": staff.name["en"],
        "email": staff.email,
        "language": staff.language,
        "department": staff.department or "",
        "deputy": staff.deputy or "",
        "absent_from": str(staff.absent_from or ""),
        "absent_until": str(staff.absent_until or ""),
        **dict.fromkeys(ticked, "yes"),
    }
