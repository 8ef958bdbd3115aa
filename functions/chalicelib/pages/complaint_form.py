"""The complaint form, empty or as it was sent, and the answers to be checked before it is taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from msgspec import Struct

from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormField, FormFields
from chalicelib.pages import page
from chalicelib.text_cleaning import BlankIfMissing
from chalicelib.views.field_words import FieldWords
from chalicelib.views.shown_fields import FieldView, ShownField


@dataclass(frozen=True)
class FormState:
    """What stands in the form: what was typed, what is wrong with it, and the form's id.

    `errors` are sentences by field; the field ``""`` is the form as a whole. `change` is the
    field that the resident came back to change.
    """

    values: Mapping[str, str] = field(default_factory=BlankIfMissing)
    errors: Mapping[str, str] = field(default_factory=BlankIfMissing)
    form_id: str = ""
    change: str = ""

    def touches(self, *names: str) -> bool:
        """Whether one of these has an answer or a fault, or is to be changed."""
        given = (one for one in names if self.values.get(one) or self.errors.get(one))
        return self.change in names or any(given)


class Fold(Struct, frozen=True):
    """Fields that stand together, folded under the words of `name` where there is one."""

    name: str
    is_open: bool
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class FormPages:
    """The pages of a table of fields in one language."""

    language: str
    policy: Policy
    organisation: Organisation
    fields: FormFields = FIELDS

    def form(self, state: FormState | None = None) -> str:
        """The form, empty or as it was sent."""
        state = state or FormState()
        sections = self.fields.sections.items()
        return page(
            "form.j2",
            self.language,
            state=state,
            sections=[(key, [*self._folds(rows, state)]) for key, rows in sections],
            on_page=[*(one.name for one in self.fields.asked), "website"],
            communities=self.organisation.communities,
            hours=self.policy.working_time,
        )

    def check(self, values: Mapping[str, str], form_id: str) -> str:
        """Every answer of a sound form in words, each with its Change."""
        sections = {
            section: [self._answer(one, values[one.name]) for one in rows]
            for section, rows in self.fields.sections.items()
        }
        kept = {one.name: values[one.name] for one in self.fields.asked}
        return page(
            "check.j2",
            self.language,
            sections=sections,
            kept={name: text for name, text in kept.items() if text},
            form_id=form_id,
            communities=self.organisation.communities,
        )

    def _folds(self, rows: tuple[FormField, ...], state: FormState) -> Iterator[Fold]:
        view = FieldView(self._words, state.values, state.errors)
        for name, together in groupby(rows, key=lambda one: one.fold):
            shown = tuple(view.for_resident(one) for one in together)
            yield Fold(name, state.touches(*(one.name for one in shown)), shown)

    def _answer(self, one: FormField, text: str) -> tuple[str, str, str]:
        """A box that was not ticked is a no."""
        said = text or ("no" if one.macro == "tick" else "")
        return one.name, self._words.label(one.name), self._words.in_words(one, said)

    @property
    def _words(self) -> FieldWords:
        return FieldWords(self.fields, self.policy, self.organisation, self.language)
