"""`desk check`: says what is wrong with the company's files, line by line."""

from collections.abc import Iterator
from pathlib import Path

import click

from chalicelib import locales
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.clouds import stage_options
from desk.company_checks import faults, text_of
from desk.deploying.running import running_files
from desk.deploying.stage import Stage
from desk.options import language_option


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@language_option
@stage_options
def check(files: tuple[Path, ...], stage: Stage | None, language: str) -> None:
    """Check FILES: policies, or files of the organisation; this checkout's when none is named.

    With --stage, the files that run there. What a file is shows in it. Exit code 1 when
    something is wrong.
    """
    if stage and files:
        raise click.UsageError(_say(language, "files_or_stage"))
    texts = _running(stage, language) if stage else _named(files, language)
    found = [fault for place, text in texts for fault in _checked(place, text, language)]
    if found:
        raise SystemExit(1)


def _named(files: tuple[Path, ...], language: str) -> Iterator[tuple[str, str]]:
    """Each file by its path, read when its turn comes; this checkout's when none is named."""
    for path in files or (COMMUNITY, ORGANISATION):
        yield str(path), text_of(path, language)


def _running(stage: Stage, language: str) -> Iterator[tuple[str, str]]:
    """The files of a stage by where they are kept, after a line that says which they are."""
    files = running_files(stage)
    click.echo(_say(language, "files_running", stage=stage.name, version=files.version))
    yield from files.texts.items()


def _checked(place: str, text: str, language: str) -> list[str]:
    found = list(faults(place, text, language))
    for fault in found or [f"{place}: {locales.say_desk(language, 'company_files.sound')}"]:
        click.echo(fault)
    return found


def _say(language: str, key: str, **params: str) -> str:
    return locales.say_desk(language, f"stage.{key}", **params)
