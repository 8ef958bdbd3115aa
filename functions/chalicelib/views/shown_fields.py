"""The fields of a form as its markup takes them: label, hint, choices, what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from chalicelib.fields import FormField
from chalicelib.views.field_words import FieldWords

_MACROS = {
    "text": "area",
    "choice": "choose",
    "community": "choose",
    "department": "choose",
    "category": "choose",
    "yes_no": "radios",
}
"""The markup of a kind in ``pages/_fields.j2``; any other is a line."""
_TYPES = {"phone": "tel", "email": "email"}
_AUTOCOMPLETE = {"phone": "tel", "email": "email", "reference": "off"}
_INPUT_MODES = {"amount": "decimal", "count": "numeric"}
_SHORT = frozenset({"day", "amount", "count", "reference", "phone"})


class ShownField(Struct, frozen=True, kw_only=True):
    """One field of a page; `error` is the sentence that says what is wrong with it."""

    name: str
    label: str
    macro: str = "line"
    required: bool = True
    hint: str = ""
    intro: str = ""
    type: str = "text"
    short: bool = False
    autocomplete: str = ""
    inputmode: str = ""
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""


@dataclass(frozen=True)
class FieldView:
    """Makes the fields of one form, with what was typed in it and what is wrong, by field."""

    words: FieldWords
    values: Mapping[str, str]
    errors: Mapping[str, str]

    def for_resident(self, field: FormField) -> ShownField:
        """As the resident's form shows it, with its hints."""
        return self._shown(
            field,
            macro=field.macro,
            hint=self.words.hint(field.name),
            intro=field.intro,
            autocomplete=field.autocomplete or _AUTOCOMPLETE.get(field.kind, ""),
        )

    def for_desk(self, field: FormField) -> ShownField:
        """As the reception form shows it: no hints, and nothing that a browser would fill in."""
        return self._shown(field, macro=field.desk_macro or field.macro)

    def _shown(self, field: FormField, macro: str, **more: str) -> ShownField:
        value = self.values.get(field.name, "")
        return ShownField(
            name=field.name,
            label=self.words.label(field.name),
            macro=macro or _MACROS.get(field.kind, "line"),
            required=field.required,
            type=date_type(value) if field.kind == "day" else _TYPES.get(field.kind, "text"),
            short=field.short or field.kind in _SHORT,
            inputmode=_INPUT_MODES.get(field.kind, ""),
            options=tuple(self.words.names(field).items()),
            value=value,
            error=self.errors.get(field.name, ""),
            **more,
        )


def date_type(typed: str) -> str:
    """A date field cannot show what is not a date, and nothing typed may be lost."""
    if not re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", typed, re.ASCII):
        return "text"
    try:
        date.fromisoformat(typed or "2000-01-01")
    except ValueError:
        return "text"
    return "date"
