"""`desk act`: runs a verb as a named member of staff, who may do what she may on the pages.

The operator's way in, and for scripts.
"""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

import click
from msgspec.structs import fields

from chalicelib import field_parsers as intake_fields
from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.bootstrap import Container
from chalicelib.domain.commands import Command, CorrectContact, PersonCommand
from chalicelib.domain.errors import (
    BadInputError,
    DeskError,
    Fault,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.evolve import CONTACT_WORDS
from chalicelib.domain.references import tidied_reference
from chalicelib.domain.verbs import CALLED, STAFF_VERBS
from chalicelib.views import refusals
from chalicelib.views.presentation import Presenter
from desk.connection import connected
from desk.options import language_option

_HELP = {
    "text": "What was found (reply), written, told or asked her, done (follow-up) or said by her.",
    "note": "The note for the one who takes over, what she was told, or what the call is about.",
    "reason": "Why, for each verb that changes what was said, decided or known.",
    "severity": "Severity as judged: major, important or minor (judge).",
    "cause": "Cause as judged: service, promise or facility (judge).",
    "about": "The department complained about, as judged (judge).",
    "to": "The id of the one who takes over (hand-over).",
    "whom": "The role that is called: customer_service_supervisor or property_manager.",
    "corrects": "The item it corrects: when_where, about, what, request or contact (note).",
    "at": "The agreed time, such as 2026-11-25T16:30, the community's time (agree-time).",
    "told_by": "How it was said or told: email, telephone, visit or letter.",
    "told_at": "When she was told, such as 2026-11-23T16:30, the community's time (reply).",
    "follow_up_by": "By when what the reply still promises is done, as --at (reply).",
    "loss": "The loss in CNY that became known (record-facts).",
    "times_raised": "How often it was raised before this time (record-facts).",
    "held": "Whether it held: yes, no or unreached (return-visit).",
    "done": "What was done (reply).",
    "root_cause": "The root cause, for the record alone (reply, close).",
    "remedy": "What was done about it (close).",
    "lesson": "The lesson drawn, if any, for the record alone (reply, close).",
    "into": "The reference under which it goes on (merge).",
    "name": "The resident's name (correct-contact); what is not given stays as it is.",
    "phone": "Her telephone number, blank for none (correct-contact).",
    "email": "Her e-mail address, blank for none (correct-contact).",
    "building": "Her building (correct-contact).",
    "unit": "Her unit (correct-contact).",
    "contact_by": "How she wants to be reached: email, phone or visit (correct-contact).",
    "contact_time": "When she is best reached, blank for any time (correct-contact).",
}
_SWITCHES = {
    "valid": ("--valid/--invalid", "Whether the complaint is valid (judge)."),
    "caused_by_us": ("--caused-by-us/--caused-by-others", "Who caused injury or loss (judge)."),
    "hurt": ("--hurt/--not-hurt", "Whether anybody was hurt (record-facts)."),
    "slight": ("--slight/--not-slight", "Whether the limit is slight and easily mended (judge)."),
}
_HELD = {"yes": True, "no": False, "unreached": None}
_PARSERS: dict[str, Callable[[str], Any]] = {
    "phone": intake_fields.phone,
    "email": intake_fields.email,
    "loss": intake_fields.loss,
    "times_raised": intake_fields.times_raised,
}
_TOLD_BY = ("email", "telephone", "visit", "letter")


def _act(reference: str, verb: str, by: str, language: str, **given: Any) -> None:  # noqa: ANN401 - as typed
    """Run VERB on the complaint REFERENCE as a member of staff."""
    container = connected()
    asked = {name: value for name, value in given.items() if value is not None}
    try:
        command = _command(container, reference, verb, by, asked)
        history = container.act_on_complaint.act(reference, command, by=by)
    except DeskError as error:
        raise click.ClickException(_sentence(error, reference, language)) from error
    click.echo(_outcome(container, history, language))


def _command(
    container: Container, reference: str, verb: str, by: str, asked: dict[str, Any]
) -> PersonCommand:
    """The command that the options make. Raises UsageError for one that does not fit the verb."""
    kind: Any = STAFF_VERBS[verb].command
    known = {field.name: field for field in fields(kind)}
    for name in asked.keys() - known.keys():
        raise click.UsageError(f"{_option(name)} does not go with {verb}.")
    needed = {name for name, field in known.items() if field.required} - {"by"}
    for name in sorted(needed - asked.keys() - _standing(kind)):
        raise click.UsageError(f"{verb} needs {_option(name)}.")
    _require_known(container, by, asked)
    return STAFF_VERBS[verb].asked(by, **_values(container, reference, kind, asked))


def _standing(kind: type[Command]) -> set[str]:
    """What need not be given, as it stands on the record already: the contact as it is."""
    return {*CONTACT_WORDS, "contact_by"} if kind is CorrectContact else set()


def _values(
    container: Container, reference: str, kind: type[Command], asked: dict[str, Any]
) -> dict[str, Any]:
    """What was typed, as the values that the command takes."""
    values = dict(asked)
    if kind is CorrectContact:
        words = _history(container, reference).words
        values = {name: words.get(name, "") for name in CONTACT_WORDS} | {"contact_by": ""} | values
    for name in ("at", "told_at", "follow_up_by"):
        if name in values:
            values[name] = _moment(container, reference, name, values[name])
    for name, parse in _PARSERS.items():
        if asked.get(name):
            values[name] = _parsed(name, parse, asked[name])
    if "into" in values:
        values["into"] = tidied_reference(values["into"])
    if "held" in values:
        values["held"] = _HELD[values["held"]]
    return values


def _require_known(container: Container, by: str, asked: dict[str, Any]) -> None:
    """Keys must be those of the policy, the organisation and the directory."""
    staff = [one.id for one in container.staff.directory().staff if not one.disabled]
    if by not in staff:
        raise RefusedError("unknown_staff", by=by, known=", ".join(staff))
    known: dict[str, Collection[str]] = {
        "severity": [one.key for one in container.policy.severities],
        "cause": ["service", "promise", "facility"],
        "about": [one.key for one in container.organisation.departments],
        "told_by": _TOLD_BY,
        "whom": CALLED,
        "corrects": ["when_where", "about", "what", "request", "contact"],
        "held": _HELD,
        "contact_by": ["email", "phone", "visit"],
    }
    for name, keys in known.items():
        if name in asked and asked[name] not in keys:
            offered = ", ".join(keys)
            raise RefusedError(
                "unknown_value", name=_option(name), value=asked[name], known=offered
            )


def _moment(container: Container, reference: str, name: str, typed: str) -> datetime:
    zone = _history(container, reference).complaint.tz
    try:
        at = datetime.fromisoformat(typed)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except ValueError as error:
        raise click.UsageError(f"{_option(name)}: {error}") from error


def _parsed(name: str, parse: Callable[[str], Any], typed: str) -> Any:  # noqa: ANN401 - as parsed
    """A number or an address as the forms take it. Raises BadInputError."""
    try:
        return parse(intake_fields.text(name, typed))
    except intake_fields.UnfitError as error:
        raise BadInputError((Fault(name, error.code, error.params),)) from error


def _history(container: Container, reference: str) -> History:
    return container.complaints.load(tidied_reference(reference))


def _sentence(error: Exception, reference: str, language: str) -> str:
    match error:
        case RefusedError():
            return refusals.sentence(error, language)
        case BadInputError(faults=(fault, *_)):
            label = locales.say(language, f"label.{fault.field}")
            return locales.say(language, f"field.{fault.code}", label=label, **fault.params)
        case NotFoundError():
            return locales.say(language, "refused.not_found", reference=reference)
        case _:
            return locales.say(language, "refused.changed_meanwhile")


def _outcome(container: Container, history: History, language: str) -> str:
    presenter = Presenter(
        container.policy, container.organisation, container.settings.site_url, language
    )
    content = presenter.complaint(history, container.staff.directory())
    shown = ("reference", "status_words", "severity", "owner", "acknowledge_by", "reply_by")
    labels = ("reference", "status", "severity", "owner", "acknowledge_by", "reply_by")
    return "\n".join(
        f"{presenter.say(f'item.{label}')}: {content[name]}"
        for name, label in zip(shown, labels, strict=True)
    )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _with_options(command: Any) -> click.Command:  # noqa: ANN401 - click's decorators
    """The command with an option for whatever some verb takes."""
    for name, words in _HELP.items():
        command = click.option(_option(name), help=words)(command)
    for name, (switch, words) in _SWITCHES.items():
        command = click.option(switch, name, default=None, help=words)(command)
    command = language_option(command)
    command = click.option("--by", required=True, help="The id of the one who acts.")(command)
    command = click.argument("verb", type=click.Choice(list(STAFF_VERBS)))(command)
    command = click.argument("reference")(command)
    made: click.Command = click.command("act")(command)
    return made


act = _with_options(_act)
