"""The complaint form, empty or as it was sent, and the answers to be checked before it is taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chalicelib import field_parsers, locales
from chalicelib.application import intake
from chalicelib.domain.policy import Choice, Community, Organisation, Policy
from chalicelib.pages import page
from chalicelib.text_cleaning import BlankIfMissing

Named = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FormState:
    """What stands in the form: what was typed, what is wrong with it, and the form's id.

    `errors` are sentences by field; the field ``""`` is the form as a whole. `change` is the
    field that she came back to change.
    """

    values: Mapping[str, str] = field(default_factory=BlankIfMissing)
    errors: Mapping[str, str] = field(default_factory=BlankIfMissing)
    form_id: str = ""
    change: str = ""

    def touches(self, *names: str) -> bool:
        """Whether one of these has an answer or a fault, or is to be changed."""
        return any(self.values[one] or self.errors[one] or self.change == one for one in names)


@dataclass(frozen=True)
class FormPages:
    """The form's pages in one language."""

    language: str
    policy: Policy
    organisation: Organisation

    def form(self, state: FormState | None = None) -> str:
        """The form, empty or as it was sent."""
        state = state or FormState()
        return page(
            "form.j2",
            self.language,
            state=state,
            named=self._named(),
            date_type=_date_type(state.values["happened_at"]),
            communities=self.organisation.communities,
            hours=self.policy.working_time,
        )

    def check(self, values: Mapping[str, str], form_id: str) -> str:
        """Every answer of a sound form in her own words, each with its Change."""
        sections = {
            section: [(name, self._in_words(name, values[name])) for name in names]
            for section, names in intake.SECTIONS.items()
        }
        kept = {name: values[name] for names in intake.SECTIONS.values() for name in names}
        return page(
            "check.j2",
            self.language,
            sections=sections,
            kept={name: text for name, text in kept.items() if text},
            form_id=form_id,
            communities=self.organisation.communities,
        )

    def _in_words(self, name: str, text: str) -> str:
        """An answer as people write it; empty for one that was not given."""
        if not text:
            return ""
        match name:
            case "happened_at":
                return locales.local_moment(text, self.language)
            case "loss":
                return f"{field_parsers.loss(text):,}"
            case "times_raised":
                return str(field_parsers.times_raised(text))
            case _:
                return self._named().get(name, {}).get(text, text)

    def _named(self) -> Named:
        """What each choice of the form offers: keys with their names."""
        words = locales.catalogue(self.language)
        return {
            "community": self._names(self.organisation.communities),
            "category": self._names(self.policy.categories),
            "about": self._names(self.organisation.departments)
            | {intake.UNSURE: words["label"]["unsure"]},
            "cause": _chosen(intake.CAUSES, words["cause"]),
            "hurt": _chosen(intake.YES_NO, words["yes_no"]),
            "contact_by": _chosen(intake.CONTACT_BY, words["contact_by"]),
        }

    def _names(self, choices: tuple[Choice, ...] | tuple[Community, ...]) -> dict[str, str]:
        return {one.key: one.name[self.language] for one in choices}


def _chosen(keys: tuple[str, ...], words: Mapping[str, str]) -> dict[str, str]:
    return {key: words[key] for key in keys}


def _date_type(typed: str) -> str:
    """A date field cannot show what is not a date, and nothing typed may be lost."""
    if not re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", typed, re.ASCII):
        return "text"
    try:
        date.fromisoformat(typed or "2000-01-01")
    except ValueError:
        return "text"
    return "date"
