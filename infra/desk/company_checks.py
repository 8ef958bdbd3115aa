"""What is wrong with a company's files, line by line, in the terminal's language."""

from collections.abc import Iterator
from pathlib import Path

import click

from chalicelib import locales
from chalicelib.policy import checks, organisation_checks


def require_sound(path: Path, language: str, *, organisation: bool) -> str:
    """The text of a file. Raises ClickException with a line for each fault that it has."""
    text = text_of(path, language)
    if organisation != organisation_checks.is_organisation(text):
        kind = "organisation" if organisation else "policy"
        raise click.ClickException(f"{path}: {_say(language, f'not_{kind}')}")
    if found := list(faults(str(path), text, language)):
        raise click.ClickException("\n".join([_say(language, "faulty"), *found]))
    return text


def faults(place: str, text: str, language: str) -> Iterator[str]:
    """A line for each fault of a text; what the text is, shows in it."""
    is_organisation = organisation_checks.is_organisation(text)
    checked = organisation_checks if is_organisation else checks
    for one in checked.faults(text):
        said = locales.say_desk(language, f"file_fault.{one.code}", **one.params)
        yield f"{place}:{one.line}: {said}"


def text_of(path: Path, language: str) -> str:
    """What stands in a file. Raises ClickException where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        said = _say(language, "not_utf8", path=str(path), reason=str(error))
        raise click.ClickException(said) from error
    except OSError as error:
        said = _say(language, "unreadable", path=str(path), reason=str(error.strerror))
        raise click.ClickException(said) from error


def _say(language: str, key: str, **params: str) -> str:
    return locales.say_desk(language, f"company_files.{key}", **params)
