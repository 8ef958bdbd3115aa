"""The table of verbs: each row is whole, and whatever is missing is named."""

import inspect
from typing import get_type_hints

import pytest
from msgspec.structs import fields as fields_of

from chalicelib import locales
from chalicelib.domain import verbs
from chalicelib.domain.commands import Command, Note
from chalicelib.domain.decide import decision_of
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.events import EVENTS, NewEvents
from chalicelib.domain.model import Complaint
from chalicelib.domain.staff import ROLES
from chalicelib.domain.verbs import KINDS, STAFF_VERBS, VERBS, Field, Verb, verb_of
from chalicelib.fields import FIELDS
from chalicelib.policy import load_policy

ROWS = [FIELDS.staff_verbs.get(one.name, one) for one in VERBS]
"""The table with the contact's fields where a verb asks for them."""
COMMANDS = [one for one in VERBS if one.command]
OF_THE_CONTACT = {one.name for one in FIELDS.kept_in("words")}
FILLED_ELSEWHERE = {"by", "entry"}
"""What a command takes and no form asks: who asks, and what the duty log fills in by itself."""
SCOPES = {"own", "department", "community", "company", None}
POLICY = load_policy()
WORDS_OF_A_VERB = ("verb", "verb_intro", "done")


def faults_of_row(verb: Verb) -> list[str]:
    """What a row says that is not so, each by its name."""
    return [
        *(f"{verb.name}: there is no scope {one}" for one in {*verb.who} - SCOPES),
        *(
            f"{verb.name}.{one.name}: no kind {one.kind}"
            for one in verb.fields
            if one.kind not in KINDS
        ),
        *(
            [f"{verb.name}: no event {verb.event}"]
            if verb.event and verb.event not in EVENTS
            else []
        ),
        *_faults_of_command(verb),
    ]


def _faults_of_command(verb):
    known = {one.name: one for one in fields_of(verb.command)} if verb.command else {}
    asked = {one.name for one in verb.fields}
    if verb.asks_contact:
        asked = asked - OF_THE_CONTACT | {"words"}
    for name in asked - known.keys():
        yield f"{verb.name}.{name}: its command has no such field"
    if verb.is_staff_verb:
        for name in known.keys() - asked - FILLED_ELSEWHERE - {*verb.unasked}:
            yield f"{verb.name}.{name}: its command takes it, and no form asks for it"
    for one in verb.fields:
        if verb.needs(one) and not (one.required or one.is_kept):
            yield f"{verb.name}.{one.name}: optional, yet its command cannot be made without it"


def faults_of_decision(verb: Verb) -> list[str]:
    """What is wrong with the decision that a row names."""
    try:
        decision = decision_of(verb)
    except (ImportError, AttributeError):
        return [f"{verb.name}: there is no decision {verb.decision}"]
    hints = get_type_hints(decision)
    takes = [hints[name] for name in inspect.signature(decision).parameters]
    expected = [Complaint, verb.command, DecisionContext]
    if takes[:3] != expected or len(takes) != 4 or hints["return"] != NewEvents:
        return [f"{verb.name}: {verb.decision} is no decision about a {verb.command.__name__}"]
    return []


def missing_words(verb: Verb, language: str) -> list[str]:
    """Each word that the staff's pages lack for a verb, by section and key."""
    words = locales.desk(language)
    wanted = [(section, verb.name) for section in WORDS_OF_A_VERB]
    for one in verb.fields:
        if f"{verb.name}.{one.name}" not in words["ask"] and one.name not in FIELDS.names:
            wanted.append(("field_of", one.name))
        if one.kind in ("choice", "yes_no", "held"):
            wanted += [(one.words or one.name, key) for key in one.choices]
    return [
        f"{language}: {section}.{key}"
        for section, key in wanted
        if not words.get(section, {}).get(key)
    ]


def test_a_row_fits_its_command():
    """Scopes, kinds and events are those there are; form and command ask the same."""
    for verb in ROWS:
        assert faults_of_row(verb) == [], verb.name


def test_a_row_leads_to_its_decision():
    """It is imported by its name, and takes complaint, command, context and moment."""
    for verb in COMMANDS:
        assert faults_of_decision(verb) == [], verb.name


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_a_verb_has_its_words(language):
    """Title, introduction, what was done, each field and each choice."""
    for verb in FIELDS.staff_verbs.values():
        assert missing_words(verb, language) == [], verb.name


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_no_words_are_left_over(language):
    """What is said of verbs and their fields is of those there are."""
    words = locales.desk(language)
    asked = {
        f"{verb.name}.{one.name}" for verb in FIELDS.staff_verbs.values() for one in verb.fields
    }
    assert words["verb"].keys() == words["verb_intro"].keys() == STAFF_VERBS.keys()
    assert words["ask"].keys() | words["ask_hint"].keys() <= asked


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_roles_have_their_words(language):
    """Who can be called is a role that the policy names."""
    for role in (*ROLES, *verbs.CALLED):
        assert POLICY.role(role).name[language]


def test_names_and_commands_are_each_of_one_row():
    """Neither a name nor a command stands twice; the command leads back to its row."""
    assert len({one.name for one in VERBS}) == len(VERBS)
    assert len({one.command for one in COMMANDS}) == len(COMMANDS)
    assert verb_of(Note("x", "y")).name == "note"


def test_no_command_is_forgotten():
    """Every command that is asked of a complaint stands in the table."""
    assert {one.command for one in COMMANDS} == set(_below(Command)) - {verbs.PersonCommand}


def _below(kind):
    for one in kind.__subclasses__():
        if one.__module__ == Command.__module__:
            yield one
            yield from _below(one)


class Dance(Command, frozen=True):
    """A command that only this test knows."""

    by: str
    steps: str
    partner: str = ""


INCOMPLETE = {
    "dance: there is no decision dancing.dance": Verb("dance", Dance, "dancing.dance"),
    "dance: there is no decision handling.dance": Verb("dance", Dance, "handling.dance"),
    "dance: handling.note is no decision about a Dance": Verb("dance", Dance, "handling.note"),
    "dance: there is no scope street": Verb("dance", Dance, who=("street",)),
    "dance: no event danced": Verb("dance", Dance, event="danced"),
    "dance.tune: its command has no such field": Verb("dance", Dance, fields=(Field("tune"),)),
    "dance.steps: optional, yet its command cannot be made without it": Verb(
        "dance", Dance, fields=(Field("steps", required=False),)
    ),
    "dance.partner: its command takes it, and no form asks for it": Verb(
        "dance", Dance, who=("own",), fields=(Field("steps"),)
    ),
    "dance.steps: no kind waltz": Verb("dance", Dance, fields=(Field("steps", "waltz"),)),
    "en: verb.dance": Verb("dance", Dance),
    "en: verb_intro.dance": Verb("dance", Dance),
    "en: done.dance": Verb("dance", Dance),
    "en: field_of.steps": Verb("dance", Dance, fields=(Field("steps"),)),
    "en: told_by.pigeon": Verb(
        "dance", Dance, fields=(Field("told_by", "choice", choices=("pigeon",)),)
    ),
}


@pytest.mark.parametrize(("fault", "verb"), INCOMPLETE.items(), ids=INCOMPLETE)
def test_what_a_new_verb_lacks_is_named(fault, verb):
    """A row added without its decision, its words or a field of its command is found out."""
    found = [*faults_of_row(verb), *faults_of_decision(verb), *missing_words(verb, "en")]
    assert fault in found
