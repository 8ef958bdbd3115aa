"""`desk act`: runs a verb as a named member of staff.

The operator's way in until the desk exists, and for scripts after it.
"""

from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any

import click

from chalicelib import locales
from chalicelib.bootstrap import Parts
from chalicelib.domain.commands import STAFF_VERBS, Command
from chalicelib.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from chalicelib.domain.references import tidied_reference
from chalicelib.service.history import History
from chalicelib.service.presentation import Presenter
from desk.connection import connected
from desk.options import language_option

_HELP = {
    "text": "What the reply or the note says.",
    "note": "The note for the one who takes over (hand-over).",
    "reason": "Why it is judged so (judge).",
    "severity": "Severity as judged: major, important or minor (judge).",
    "cause": "Cause as judged: service, promise or facility (judge).",
    "about": "The department complained about, as judged (judge).",
    "to": "The id of the one who takes over (hand-over).",
    "told_by": "How the resident was told: email, telephone, visit or letter (reply).",
    "told_at": "When she was told, such as 2026-11-23T16:30, the community's time (reply).",
    "root_cause": "The root cause (close).",
    "remedy": "What was done about it (close).",
    "lesson": "The lesson drawn, if any (close).",
}
_SWITCHES = {
    "valid": ("--valid/--invalid", "Whether the complaint is valid (judge)."),
    "caused_by_us": ("--caused-by-us/--caused-by-others", "Who caused injury or loss (judge)."),
    "slight": ("--slight/--not-slight", "Whether the limit is slight and easily mended (judge)."),
}


def _act(reference: str, verb: str, by: str, language: str, **given: Any) -> None:  # noqa: ANN401 - as typed
    """Run VERB on the complaint REFERENCE as a member of staff."""
    parts = connected()
    asked = {name: value for name, value in given.items() if value is not None}
    try:
        command = _command(parts, reference, verb, by, asked)
        history = parts.desk.act(reference, command, by=by)
    except (RefusedError, NotFoundError, ChangedMeanwhileError) as error:
        raise click.ClickException(_sentence(error, reference, language)) from error
    click.echo(_outcome(parts, history, language))


def _command(parts: Parts, reference: str, verb: str, by: str, asked: dict[str, Any]) -> Command:
    """The command that the options make. Raises UsageError for one that does not fit the verb."""
    kind = STAFF_VERBS[verb]
    known = {field.name: field for field in fields(kind)}
    for name in asked.keys() - known.keys():
        raise click.UsageError(f"{_option(name)} does not go with {verb}.")
    needed = {name for name, field in known.items() if field.default is MISSING} - {"by"}
    for name in sorted(needed - asked.keys()):
        raise click.UsageError(f"{verb} needs {_option(name)}.")
    _require_known(parts, by, asked)
    if "told_at" in asked:
        asked["told_at"] = _told_at(parts, reference, asked["told_at"])
    return kind(by=by, **asked)


def _require_known(parts: Parts, by: str, asked: dict[str, Any]) -> None:
    """Keys must be those of the policy, the organisation and the directory."""
    staff = [one.id for one in parts.desk.staff.directory().staff if not one.disabled]
    if by not in staff:
        raise RefusedError("unknown_staff", by=by, known=", ".join(staff))
    known = {
        "severity": [one.key for one in parts.policy.severities],
        "cause": ["service", "promise", "facility"],
        "about": [one.key for one in parts.organisation.departments],
        "told_by": ["email", "telephone", "visit", "letter"],
    }
    for name, keys in known.items():
        if asked.get(name, keys[0]) not in keys:
            offered = ", ".join(keys)
            raise RefusedError(
                "unknown_value", name=_option(name), value=asked[name], known=offered
            )


def _told_at(parts: Parts, reference: str, typed: str) -> datetime:
    zone = parts.desk.complaints.load(tidied_reference(reference)).complaint.tz
    try:
        at = datetime.fromisoformat(typed)
        return at if at.tzinfo else at.replace(tzinfo=zone)
    except ValueError as error:
        raise click.UsageError(f"--told-at: {error}") from error


def _sentence(error: Exception, reference: str, language: str) -> str:
    match error:
        case RefusedError(code=code, params=params):
            return locales.say(language, f"refused.{code}", **_worded(params, language))
        case NotFoundError():
            return locales.say(language, "refused.not_found", reference=reference)
        case _:
            return locales.say(language, "refused.changed_meanwhile")


def _worded(params: Any, language: str) -> dict[str, object]:  # noqa: ANN401 - what fills a sentence
    worded = dict(params)
    if "lacking" in worded:
        names = [locales.say(language, f"lacking.{name}") for name in worded["lacking"]]
        worded["lacking"] = locales.say(language, "sentence.joined").join(names)
    if "status" in worded:
        worded["status"] = locales.say(language, f"status.{worded['status']}")
    if "owner" in worded:
        worded["owner"] = worded["owner"].get(language, "-")
    return worded


def _outcome(parts: Parts, history: History, language: str) -> str:
    presenter = Presenter(parts.policy, parts.organisation, parts.settings.site_url, language)
    content = presenter.complaint(history, parts.desk.staff.directory())
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
