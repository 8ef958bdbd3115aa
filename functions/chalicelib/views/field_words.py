"""The fields of the complaint form in words: what they are called, and what was answered.

The words stand in the catalogues, or beside the rows of a table that brings its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib import field_parsers, locales
from chalicelib.domain.model import UNSURE, Facts
from chalicelib.domain.policy import Choice, Community, Organisation, Policy
from chalicelib.fields import FIELDS, FormField, FormFields


@dataclass(frozen=True)
class FieldWords:
    """Puts a table's fields into one language; `at_desk` as the staff call them."""

    form: FormFields
    policy: Policy
    organisation: Organisation
    language: str
    at_desk: bool = False

    def label(self, name: str) -> str:
        """What the field is called. Raises KeyError for one without words."""
        label = (self.at_desk and self._find(f"label_desk.{name}")) or self._find(f"label.{name}")
        if not label:
            raise KeyError(name)
        return label

    def hint(self, name: str) -> str:
        """What helps to fill it in; blank for most."""
        return self._find(f"form.hint_{name}")

    def phrase(self, name: str, /, **values: str) -> str:
        """How the record says it. Raises KeyError for one without words."""
        phrase = self._find(f"recorded.{name}")
        if not phrase:
            raise KeyError(name)
        return phrase.format(**values)

    def names(self, field: FormField) -> dict[str, str]:
        """What each of its choices is called, by key; empty where anything may be typed."""
        match field.kind:
            case "community":
                return self._named(self.organisation.communities)
            case "category":
                return self._named(self.policy.categories)
            case "department":
                departments = self._named(self.organisation.departments)
                return departments | {UNSURE: self._find("label.unsure")}
            case _:
                section = "yes_no" if field.kind == "yes_no" else field.name
                offered = field.offered(self.policy, self.organisation)
                return {key: self._find(f"{section}.{key}") for key in offered}

    def in_words(self, field: FormField, text: str) -> str:
        """An answer as people write it; blank for one that was not given."""
        if not text:
            return ""
        match field.kind:
            case "day":
                return locales.local_moment(text, self.language)
            case "amount":
                return f"{field_parsers.loss(text):,}"
            case "count":
                return str(field_parsers.times_raised(text))
            case _:
                return self.names(field).get(text, text)

    def _named(self, choices: tuple[Choice, ...] | tuple[Community, ...]) -> dict[str, str]:
        return {one.key: one.name[self.language] for one in choices}

    def _find(self, key: str) -> str:
        return _found(self.form, self.language, key, at_desk=self.at_desk)


def staff_label(name: str, language: str, form: FormFields = FIELDS) -> str:
    """What the staff's pages call a word of the record, or else a field. Raises KeyError."""
    for section in ("field_of", "label_desk", "label"):
        if label := _found(form, language, f"{section}.{name}", at_desk=True):
            return label
    raise KeyError(name)


def _found(form: FormFields, language: str, key: str, *, at_desk: bool) -> str:
    """The word under ``section.name``; blank where there is none."""
    section, name = key.split(".", 1)
    catalogue = (locales.desk if at_desk else locales.catalogue)(language)
    word: str = form.words.get(language, {}).get(key) or catalogue.get(section, {}).get(name, "")
    return word


def field_value(field: FormField, facts: Facts, said: Mapping[str, str]) -> str:
    """What is kept of a field, as it would be typed; blank for what was not given."""
    if field.kept == "words":
        return said.get(field.name, "")
    value = getattr(facts, field.name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or (field.kind == "count" and not value):
        return ""
    return str(value)
