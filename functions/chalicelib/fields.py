"""THE table of a complaint's form fields: what is asked, how it is read, kept and shown.

Derived from it are the resident's form and its check page, the reception form, what is read
and its limits, what a correction of the contact may change, what an import may set, the
resident's and the staff's page, and the letters. A new field is one row here and its words in
``locales``: ``label.<name>``, ``form.hint_<name>`` where it has a hint, ``label_desk.<name>``
where the front desk calls it otherwise, ``recorded.<name>`` for how the record says it, and
for a choice a section of its own. A test names what is missing.

The values that decide (`kept="state"`) are attributes of `model.Facts` besides.
"""

from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain import verbs
from chalicelib.domain.model import CAUSES, CONTACT_BY, PERSON_POSTS, UNSURE, YES_NO
from chalicelib.domain.policy import LANGUAGES, Organisation, Policy
from chalicelib.field_parsers import plain_text

SECTIONS = ("what", "want", "reach")
"""The resident's form: what happened, what they would like, how to reach them."""
DESK_SECTIONS = ("who", "what", "want")
"""The reception form: who and where from, what happened, what is asked for and how to answer."""
FACTS = "facts"
SHOWN = (*verbs.ITEMS, FACTS, "heading", "ties", "letters")
"""Where the staff see a field, and the letters say it: in one of the five items of a record
(6.1.1), among its facts, as the complaint's heading, as a tie to another complaint, or in the
language of the resident's letters."""


class FormField(Struct, frozen=True):
    """One row.

    `kind` says what is asked and how it is read: ``text`` and ``line`` (words), ``choice``
    (one of `choices`), ``yes_no``, ``community``, ``department`` and ``category`` (a key of
    the organisation or the policy), ``day`` (a local date or time, not after now), ``amount``
    (CNY), ``count``, ``phone``, ``email``, ``reference``; ``form_id`` and ``trap`` are what
    nobody fills in. `limit` is in characters.

    `kept` is ``words`` (with the personal data, expiring with them), ``state`` (a fact that
    decides) or blank for what is not kept.

    `section` and `desk` are its places on the resident's form and at reception, where the
    order is that of the table; blank where it is not asked. At reception a field may stand
    after another one (`desk_after`). Fields of one `fold` are folded together on the
    resident's form; `intro` names a sentence of ``form`` before the field. `macro` and
    `desk_macro` name its markup in ``pages/_fields.j2`` where that of its kind does not do.

    `shown` is one of `SHOWN`. An item joins its fields: first those that say their bare value
    (`phrase` is blank), then the others, each in the phrase ``recorded.<phrase>``, which has
    the field's own name unless said otherwise; fields of one phrase fill it together.

    `correctable` when correcting the contact may change it; `importable` when a spreadsheet
    may fill it, and `import_may_lack` when an old one need not, though the form asks for it.
    """

    name: str
    kind: str
    limit: int
    kept: str = "words"
    required: bool = False
    choices: tuple[str, ...] = ()
    section: str = ""
    fold: str = ""
    intro: str = ""
    desk: str = ""
    desk_after: str = ""
    macro: str = ""
    desk_macro: str = ""
    short: bool = False
    autocomplete: str = ""
    shown: str = ""
    phrase: str | None = None
    correctable: bool = False
    importable: bool = True
    import_may_lack: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether JSON may give it as a number."""
        return self.kind in ("amount", "count")

    @property
    def said_in(self) -> str:
        """The phrase in which the record says it; blank for its bare value."""
        return self.name if self.phrase is None else self.phrase

    def text(self, raw: object) -> str:
        """What was sent for it, trimmed, each line end as one line feed.

        Raises UnfitError ``wrong_type``, ``control_characters`` or ``too_long``.
        """
        if self.is_numeric and isinstance(raw, (int, float)) and not isinstance(raw, bool):
            raw = repr(raw)
        return plain_text(raw, self.limit, is_long=self.kind == "text")

    def offered(self, policy: Policy, organisation: Organisation) -> tuple[str, ...]:
        """The keys that it offers; none where anything may be typed."""
        match self.kind:
            case "community":
                return tuple(one.key for one in organisation.communities)
            case "department":
                return (*(one.key for one in organisation.departments), UNSURE)
            case "category":
                return tuple(one.key for one in policy.categories)
            case "yes_no":
                return YES_NO
            case _:
                return self.choices


class FormFields(Struct, frozen=True):
    """A table of fields. `words` are those of rows that are in no catalogue, by language.

    They stand under the catalogue's keys: ``{"en": {"label.floor": "Floor"}}``.
    """

    rows: tuple[FormField, ...]
    words: Mapping[str, Mapping[str, str]] = {}

    def __getitem__(self, name: str) -> FormField:
        """The row of this name. Raises KeyError."""
        return {one.name: one for one in self.rows}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in the table's order."""
        return tuple(one.name for one in self.rows)

    @property
    def sections(self) -> Mapping[str, tuple[FormField, ...]]:
        """The resident's form, by section."""
        return {key: tuple(one for one in self.rows if one.section == key) for key in SECTIONS}

    @property
    def desk_sections(self) -> Mapping[str, tuple[FormField, ...]]:
        """The reception form, by section."""
        rows = _moved(self.rows)
        return {key: tuple(one for one in rows if one.desk == key) for key in DESK_SECTIONS}

    @property
    def asked(self) -> tuple[FormField, ...]:
        """What the resident's form asks, in its order."""
        return tuple(chain.from_iterable(self.sections.values()))

    @property
    def in_order(self) -> tuple[str, ...]:
        """Every name, first those of the resident's form: the order in which faults are told."""
        return tuple(dict.fromkeys((*(one.name for one in self.asked), *self.names)))

    @property
    def correctable(self) -> tuple[FormField, ...]:
        """What a correction of the contact may change."""
        return tuple(one for one in self.rows if one.correctable)

    @property
    def staff_verbs(self) -> Mapping[str, verbs.Verb]:
        """The verbs of the staff with all that each asks, the contact's fields among them."""
        contact = tuple(_asked_of_contact(one) for one in self.correctable)
        return {
            name: replace(verb, fields=(*contact, *verb.fields)) if verb.asks_contact else verb
            for name, verb in verbs.STAFF_VERBS.items()
        }

    def kept_in(self, place: str) -> tuple[FormField, ...]:
        """What is kept among the ``words``, or in the ``state``."""
        return tuple(one for one in self.rows if one.kept == place)

    def shown_as(self, item: str) -> tuple[FormField, ...]:
        """The fields of an item of the record."""
        return tuple(one for one in self.rows if one.shown == item)

    def of_import(self) -> "FormFields":
        """What a spreadsheet may fill; less of it is required."""
        rows = (one for one in self.rows if one.importable)
        return replace(
            self,
            rows=tuple(replace(one, required=_import_requires(one)) for one in rows),
        )


def _asked_of_contact(field: FormField) -> verbs.Field:
    """A field of the contact as its correction asks for it: what stands holds unless changed.

    Words are those on record; of the ways to be reached, each is the name of a field.
    """
    is_way = field.kept != "words"
    return verbs.Field(
        field.name,
        cast("verbs.Kind", field.kind),
        required=False,
        choices=field.choices,
        limit=field.limit,
        prefill="preferred_contact" if is_way else "recorded",
        names_a_field=is_way,
    )


def _import_requires(field: FormField) -> bool:
    return field.required and not field.import_may_lack


def _moved(rows: tuple[FormField, ...]) -> list[FormField]:
    """The rows in the order of reception."""
    order = [one for one in rows if not one.desk_after]
    for one in rows:
        if one.desk_after:
            names = [other.name for other in order]
            order.insert(names.index(one.desk_after) + 1, one)
    return order


_what = partial(FormField, section="what", desk="what")
_reach = partial(FormField, section="reach", desk="want", shown="contact")
_home = partial(
    _reach,
    required=True,
    desk="who",
    phrase="home",
    correctable=True,
    short=True,
    autocomplete="off",
)

FIELDS = FormFields(
    (
        # What happened
        _what(
            "community",
            "community",
            40,
            "state",
            required=True,
            desk="who",
            shown="contact",
            phrase="home",
        ),
        _what(
            "category", "category", 40, "state", required=True, desk_after="place", shown="heading"
        ),
        _what("description", "text", 4000, required=True, shown="what", phrase=""),
        _what(
            "happened_at",
            "day",
            40,
            "state",
            required=True,
            desk_macro="day_and_time",
            shown="when_where",
            phrase="at_place",
        ),
        _what("place", "line", 200, required=True, shown="when_where", phrase="at_place"),
        _what("about", "department", 40, "state", required=True, shown="about", phrase=""),
        _what("person", "line", 200, shown="about", phrase=""),
        _what("person_post", "choice", 20, "state", choices=PERSON_POSTS, shown="about"),
        _what(
            "cause",
            "choice",
            20,
            "state",
            required=True,
            choices=(*CAUSES, UNSURE),
            macro="radios",
            shown=FACTS,
            phrase="",
        ),
        _what("hurt", "yes_no", 10, "state", required=True, shown=FACTS),
        _what("loss", "amount", 20, "state", shown=FACTS),
        _what("times_raised", "count", 10, "state", shown=FACTS),
        _what("earlier_reference", "reference", 40, "state", shown="ties"),
        # What they would like
        FormField(
            "request",
            "text",
            2000,
            required=True,
            section="want",
            desk="want",
            shown="request",
            phrase="",
            import_may_lack=True,
        ),
        # How to reach them
        _reach(
            "name",
            "line",
            80,
            required=True,
            desk="who",
            desk_after="unit",
            phrase="",
            correctable=True,
            autocomplete="name",
            import_may_lack=True,
        ),
        _home("building", "line", 40),
        _home("unit", "line", 40, import_may_lack=True),
        _reach("phone", "phone", 40, desk="who", phrase="", correctable=True, intro="hint_contact"),
        _reach("email", "email", 254, phrase="", correctable=True),
        _reach(
            "contact_by",
            "choice",
            20,
            "state",
            choices=CONTACT_BY,
            correctable=True,
            macro="radios",
            desk_macro="choose",
        ),
        _reach("contact_time", "line", 100, correctable=True),
        _reach("in_confidence", "yes_no", 10, "state", macro="tick", desk_macro="tick"),
        FormField(
            "language",
            "choice",
            10,
            "state",
            required=True,
            choices=LANGUAGES,
            desk="want",
            shown="letters",
        ),
        _reach("behalf_of", "line", 200, fold="behalf", autocomplete="off"),
        _reach("contact_person", "line", 200, fold="behalf", autocomplete="off"),
        # What nobody fills in
        FormField("form_id", "form_id", 64, kept="", importable=False),
        FormField("website", "trap", 200, kept="", importable=False),
    )
)
"""What is asked, in the order of the resident's form."""
