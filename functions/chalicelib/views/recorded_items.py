"""The record of a complaint in words: its five items (6.1.1) and its facts, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chalicelib import locales
from chalicelib.domain.model import UNKNOWN_POST, UNSURE, Complaint
from chalicelib.fields import FormField
from chalicelib.views.field_words import FieldWords, field_value


@dataclass(frozen=True)
class RecordedItems:
    """What is on record of one complaint.

    `said` are its words. `cause` is whose word the cause is: ``given`` by the resident, or
    ``judged``.
    """

    words: FieldWords
    complaint: Complaint
    said: Mapping[str, str]
    cause: str = "given"

    def item(self, name: str) -> str:
        """One item: the bare values first, then what needs a phrase; blank for nothing."""
        fields = self.words.form.shown_as(name)
        bare = (self._in_words(one) for one in fields if not one.said_in)
        parts = (*bare, *self._phrases([one for one in fields if one.said_in]))
        return locales.say(self.words.language, "sentence.joined").join(filter(None, parts))

    def _phrases(self, fields: list[FormField]) -> Iterator[str]:
        """Each phrase with its fields; one of a single field is left out where that is blank."""
        phrases = dict.fromkeys(one.said_in for one in fields)
        for phrase in phrases:
            values = {one.name: self._in_words(one) for one in fields if one.said_in == phrase}
            if len(values) > 1 or any(values.values()):
                yield self.words.phrase(phrase, **values)

    def _in_words(self, field: FormField) -> str:
        """An answer as the record says it: what is no is not said."""
        text = field_value(field, self.complaint, self.said)
        language = self.words.language
        if field.kind == "yes_no" and text == "no":
            return ""
        if field.name == "person_post" and text == UNKNOWN_POST:
            return ""
        if field.kind == "department" and text == UNSURE:
            return locales.say(language, "sentence.unsure_department")
        if field.name == "cause":
            return locales.say(language, f"cause_{self.cause}.{text}")
        return self.words.in_words(field, text)
