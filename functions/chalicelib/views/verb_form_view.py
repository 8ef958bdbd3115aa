"""The forms of a complaint's verbs as the page shows them: fields, choices, what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.application.verb_fields import FIELDS, Field
from chalicelib.application.verb_parser import VerbParser
from chalicelib.domain.errors import Fault
from chalicelib.domain.model import Complaint
from chalicelib.domain.staff import Directory
from chalicelib.fields import FIELDS as FORM
from chalicelib.views.field_words import field_value
from chalicelib.views.presentation import Content, Presenter

_NO_MORE_LEFT: Mapping[str, str] = {}


@dataclass(frozen=True)
class TypedVerb:
    """What somebody typed for a verb, and what is wrong with it, by field."""

    verb: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VerbFormView:
    """Makes the forms for one reader."""

    presenter: Presenter
    directory: Directory
    reader: VerbParser

    def sheet(self, verb: str, history: History, typed: TypedVerb) -> Content:
        """One verb's form; what was typed for it stands in it again."""
        is_asked = typed.verb == verb
        values = typed.values if is_asked else _beforehand(verb, history)
        errors = typed.errors if is_asked else _NO_MORE_LEFT
        return {
            "verb": verb,
            "title": self.say(f"verb.{verb}"),
            "intro": self.say(f"verb_intro.{verb}"),
            "fields": [self._field(verb, one, values, errors) for one in FIELDS[verb]],
            "open": is_asked,
            "errors": errors,
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
        asked = FIELDS.get(typed.verb, ())
        written = [one for one in asked if one.kind in ("area", "line")]
        return [
            (self.label(typed.verb, one.name), typed.values[one.name])
            for one in written
            if typed.values.get(one.name)
        ]

    def label(self, verb: str, name: str) -> str:
        """What a field is called in this verb's form."""
        asked = locales.desk(self.presenter.language)["ask"]
        words: str = asked.get(f"{verb}.{name}") or self.presenter.field_of(name)
        return words

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)

    def _field(
        self, verb: str, one: Field, values: Mapping[str, str], errors: Mapping[str, str]
    ) -> Content:
        hints = locales.desk(self.presenter.language)["ask_hint"]
        return {
            "id": f"{verb}-{one.name}",
            "name": one.name,
            "kind": "choice" if self.reader.choices(one) else one.kind,
            "required": one.required,
            "label": self.label(verb, one.name),
            "hint": hints.get(f"{verb}.{one.name}", ""),
            "options": [(key, self._choice(one, key)) for key in self.reader.choices(one)],
            "limit": one.limit,
            "value": values.get(one.name, ""),
            "error": errors.get(one.name, ""),
        }

    def _choice(self, one: Field, key: str) -> str:
        """What one choice is called."""
        say, language = self.presenter, self.presenter.language
        named: dict[str, Callable[[str], str]] = {
            "severity": lambda key: say.policy.severity_name(key)[language],
            "about": say.department,
            "to": self._person,
            "whom": lambda key: say.policy.role(key).name[language],
            "corrects": lambda key: say.say(f"item.{key}"),
            "cause": lambda key: say.say(f"cause.{key}"),
            "contact_by": lambda key: say.say(f"contact_by.{key}"),
        }
        name = named.get(one.name)
        return name(key) if name else self.say(f"{one.name}.{key}")

    def _person(self, staff_id: str) -> str:
        person = self.directory.person(staff_id)
        if person is None:
            return staff_id
        language = self.presenter.language
        roles = [self.presenter.policy.role(one).name[language] for one in person.roles]
        joined = self.presenter.say("sentence.joined").join(roles)
        return self.presenter.say("sentence.by", name=person.name[language], role=joined)


def _beforehand(verb: str, history: History) -> Mapping[str, str]:
    """What stands in a form that nobody has touched: what is on the record already."""
    complaint, words = history.complaint, history.words
    match verb:
        case "correct-contact":
            return {one.name: field_value(one, complaint, words) for one in FORM.correctable}
        case "close":
            replied = _latest_reply(history)
            return {
                "root_cause": replied.get("root_cause", ""),
                "remedy": replied.get("done", ""),
                "lesson": replied.get("lesson", ""),
            }
        case "reply" | "update" | "await-answer":
            return {"told_by": _way(complaint)}
        case "call-for-help":
            return {"whom": "customer_service_supervisor"}
        case _:
            return {}


def _way(complaint: Complaint) -> str:
    """How she wants to be reached, as a reply is told."""
    return {"email": "email", "phone": "telephone", "visit": "visit"}[complaint.contact_by]


def _latest_reply(history: History) -> Mapping[str, str]:
    replies = [one.words for one in history.records if one.kind == "replied"]
    return replies[-1] if replies else {}
