"""`desk check`: says what is wrong with the company's files, line by line."""

from collections.abc import Iterator
from pathlib import Path

import click

from chalicelib import locales
from chalicelib.policy import checks, organisation_checks
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.options import language_option


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@language_option
def check(files: tuple[Path, ...], language: str) -> None:
    """Check FILES: policies, or files of the organisation; this checkout's when none is named.

    What a file is shows in it. Exit code 1 when something is wrong.
    """
    named = files or (COMMUNITY, ORGANISATION)
    found = [fault for path in named for fault in _checked(path, language)]
    if found:
        raise SystemExit(1)


def require_sound(path: Path, language: str, *, organisation: bool) -> str:
    """The text of a file. Raises ClickException with a line for each fault that it has."""
    text = _text(path)
    if organisation != organisation_checks.is_organisation(text):
        kind = "organisation" if organisation else "policy"
        raise click.ClickException(f"{path}: {_say(language, f'not_{kind}')}")
    if found := list(_faults(path, text, language)):
        raise click.ClickException("\n".join([_say(language, "faulty"), *found]))
    return text


def _checked(path: Path, language: str) -> list[str]:
    found = list(_faults(path, _text(path), language))
    for fault in found or [f"{path}: sound"]:
        click.echo(fault)
    return found


def _faults(path: Path, text: str, language: str) -> Iterator[str]:
    if organisation_checks.is_organisation(text):
        for one in organisation_checks.faults(text):
            yield f"{path}:{one.line}: {_say(language, one.code, **one.params)}"
    else:
        for fault in checks.faults(text):
            yield f"{path}:{fault.line}: {fault.reason}"


def _say(language: str, key: str, **params: str) -> str:
    return locales.say_desk(language, f"company_files.{key}", **params)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error
