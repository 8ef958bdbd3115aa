"""The forms of a complaint's verbs as the page shows them: fields, choices, what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.application.verb_parser import VerbParser
from chalicelib.application.verb_prefill import prefilled
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import Fault
from chalicelib.domain.model import NOBODY
from chalicelib.domain.staff import Directory
from chalicelib.domain.verbs import Field, Verb
from chalicelib.fields import FIELDS, FormFields
from chalicelib.views.erasure_view import erasure
from chalicelib.views.field_words import staff_label
from chalicelib.views.presentation import Content, Presenter


@dataclass(frozen=True)
class TypedVerb:
    """What somebody typed for a verb, and what is wrong with it, by field."""

    verb: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VerbFormView:
    """Makes the forms for one reader; `people` are the ids it can be handed over to."""

    presenter: Presenter
    directory: Directory
    reader: VerbParser
    people: tuple[str, ...]
    mentions: tuple[DutyLogEntry, ...] | None = None

    def sheet(self, verb: str, history: History, typed: TypedVerb) -> Content:
        """One verb's form; what was typed for it stands in it again."""
        row, is_asked = self.presenter.fields.staff_verbs[verb], typed.verb == verb
        values = typed.values if is_asked else prefilled(row, history)
        errors = typed.errors if is_asked else {}
        return {
            "verb": verb,
            "title": self.say(f"verb.{verb}"),
            "intro": self.say(f"verb_intro.{verb}"),
            "fields": [self._field(row, one, values, errors) for one in row.fields],
            "open": is_asked or (row.erases and self.mentions is not None),
            "grave": row.grave,
            "errors": errors,
            "erasure": erasure(history, self.presenter, self.mentions) if row.erases else None,
        }

    def sentences(self, verb: str, faults: tuple[Fault, ...]) -> dict[str, str]:
        """What is wrong, in the reader's language, by field."""
        language = self.presenter.language
        return {
            one.field: locales.say_desk(
                language, f"field.{one.code}", label=self.label(verb, one.field), **one.params
            )
            for one in faults
        }

    def words_of(self, typed: TypedVerb) -> list[tuple[str, str]]:
        """What was written for a verb that is not offered any more, so that it can be kept."""
        row = self.presenter.fields.staff_verbs.get(typed.verb)
        return [
            (self.label(typed.verb, one.name), typed.values[one.name])
            for one in (row.fields if row else ())
            if typed.values.get(one.name) and not self._offered(one)
        ]

    def label(self, verb: str, name: str) -> str:
        """What a field is called in this verb's form."""
        return field_label(verb, name, self.presenter.language, self.presenter.fields)

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)

    def _field(
        self, row: Verb, one: Field, values: Mapping[str, str], errors: Mapping[str, str]
    ) -> Content:
        words, offered = locales.desk(self.presenter.language), self._offered(one)
        return {
            "id": f"{row.name}-{one.name}",
            "name": one.name,
            "kind": "choice" if offered else one.kind,
            "required": one.is_answered,
            "label": self.label(row.name, one.name),
            "hint": words["ask_hint"].get(f"{row.name}.{one.name}", ""),
            "blank": words["ask_blank"].get(one.name, words["complaint"]["unchanged"]),
            "options": [(key, self._choice(one, key)) for key in offered],
            "limit": one.limit,
            "value": values.get(one.name, ""),
            "error": errors.get(one.name, ""),
        }

    def _offered(self, one: Field) -> tuple[str, ...]:
        """The keys of a field among which one chooses."""
        return self.people if one.kind == "person" else self.reader.choices(one)

    def _choice(self, one: Field, key: str) -> str:
        """What one choice is called."""
        language = self.presenter.language
        match one.kind:
            case "severity":
                return self.presenter.policy.severity_name(key)[language]
            case "department":
                return self.presenter.department(key)
            case "role":
                return self.presenter.policy.role(key).name[language]
            case "person" | "meant" if key != NOBODY:
                return self._person(key)
            case _:
                return self.say(f"{one.words or one.name}.{key}")

    def _person(self, staff_id: str) -> str:
        person = self.directory.person(staff_id)
        if person is None:
            return staff_id
        return self.presenter.person(person)


def field_label(verb: str, name: str, language: str, form: FormFields = FIELDS) -> str:
    """What a field is called where this verb asks for it. Raises KeyError when it has no words."""
    words: str = locales.desk(language)["ask"].get(f"{verb}.{name}")
    return words or staff_label(name, language, form)
