"""The options of `desk act`: one for each field that some verb takes, as the table of verbs has it.

A field is an option of its name with hyphens, one that is yes or no a pair of options. What
an option is for are the labels of the desk's own forms.
"""

from collections.abc import Callable, Mapping
from typing import Any

import click

from chalicelib import locales
from chalicelib.domain.errors import Fault
from chalicelib.domain.verbs import Field
from chalicelib.fields import FIELDS
from chalicelib.views.verb_form_view import field_label

LANGUAGE = "en"
"""The language in which options are explained."""
_HINTS = {
    "moment": "such as 2026-11-25T16:30",
    "person": "an id of the staff directory",
    "meant": "an id of the staff directory, or nobody",
    "severity": "a key of the policy file",
    "department": "a key of the organisation's file",
    "reference": "such as 7K3MQ-9TX4B",
}
"""How what is typed looks, by the kind of the field, where that is not plain."""


def every_field() -> dict[str, dict[str, Field]]:
    """Each field by its name, with the verbs that take it."""
    found: dict[str, dict[str, Field]] = {}
    for verb in FIELDS.staff_verbs.values():
        for field in verb.fields:
            found.setdefault(field.name, {})[verb.name] = field
    return found


def option_of(field: Field) -> str:
    """The option as one types it: ``--told-by``, ``--valid/--invalid``."""
    option = f"--{field.name.replace('_', '-')}"
    return f"{option}/--{field.no}" if field.no else option


def taking(field: Field) -> str:
    """What the option takes, in brackets; nothing where words are typed."""
    hint = ", ".join(field.choices) if field.choices and not field.no else _HINTS.get(field.kind)
    return f" ({hint})" if hint else ""


def with_field_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for every field."""
    for name, takers in reversed(every_field().items()):
        (field, *_), words = takers.values(), _help(name, takers)
        command = click.option(option_of(field), name, default=None, help=words)(command)
    return command


def given_texts(options: Mapping[str, Any]) -> dict[str, str]:
    """What was given, by field, as a form would send it."""
    said = {True: "yes", False: "no"}
    return {name: said.get(one, one) for name, one in options.items() if one is not None}


def unfit_option(verb: str, given: Mapping[str, str], language: str) -> str:
    """The sentence about an option that does not go with the verb; blank when all do."""
    names = {one.name for one in FIELDS.staff_verbs[verb].fields}
    for name in given:
        if name not in names:
            (field, *_) = every_field()[name].values()
            return locales.say(language, "refused.option_unfit", name=option_of(field), verb=verb)
    return ""


def fault_sentence(verb: str, fault: Fault, language: str, *, is_given: bool) -> str:
    """What is wrong with an option, in the reader's language."""
    (field,) = (one for one in FIELDS.staff_verbs[verb].fields if one.name == fault.field)
    key = _SENTENCES.get(fault.code, f"field.{fault.code}")
    if fault.code == "required" and is_given:
        key = "refused.text_missing"
    option = option_of(field)
    return locales.say(language, key, label=option, name=option, verb=verb, **fault.params)


_SENTENCES = {"required": "refused.option_needed", "unknown_choice": "refused.unknown_value"}
"""The sentences that a form says otherwise, as it shows what there is to fill in and to choose."""


def _help(name: str, takers: Mapping[str, Field]) -> str:
    """The labels of an option, each with the verbs for which it is called so."""
    labels: dict[str, list[str]] = {}
    for verb in takers:
        labels.setdefault(field_label(verb, name, LANGUAGE), []).append(verb)
    (field, *_) = takers.values()
    said = "; ".join(f"{label}: {', '.join(verbs)}" for label, verbs in labels.items())
    return f"{said}{taking(field)}."
