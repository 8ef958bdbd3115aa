"""`desk import`: reads the files, shows progress, prints the report."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from chalicelib import locales
from chalicelib.bootstrap import Container
from chalicelib.domain.errors import Fault
from chalicelib.settings import Settings
from chalicelib.views.field_words import FieldWords
from desk.clouds import connected, stage_options
from desk.deploying.failures import AWS_ERRORS, aws_sentence
from desk.deploying.stage import Stage
from desk.importing.mapping import ColumnMap
from desk.importing.mapping_reader import MappingError, read_mapping
from desk.importing.reading import RowReader
from desk.importing.report import Report, fault_words, report_lines
from desk.importing.sheet import Row, SheetError, read_sheet
from desk.importing.taking_in import import_rows, try_rows
from desk.options import language_option

_NO_CLOUD = Settings(table_name="", site_url="", code_keys=(b"none",))
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Mode:
    dry_run: bool
    alert: bool


class UnusableError(click.ClickException):
    """Raised for a file or a mapping that cannot be used at all."""

    exit_code = 2


@click.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--map", "map_file", type=_FILE, required=True, help="Which column fills what.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken in; keep nothing.")
@click.option("--alert", is_flag=True, help="Send the ordinary alerts, not one summary an owner.")
@language_option
@stage_options
@click.pass_context
def import_command(  # noqa: PLR0913 - an option each
    ctx: click.Context,
    file: Path,
    map_file: Path,
    stage: Stage | None,
    language: str,
    *,
    dry_run: bool,
    alert: bool,
) -> None:
    """Take in the complaints of a spreadsheet (CSV). Running it twice enters nothing twice.

    Exit code 1 when a row was refused, 2 when the file or the mapping cannot be used.
    """
    container = _container(stage, language, dry_run=dry_run)
    mapping = _mapping(map_file, container, language)
    rows = _rows(file, mapping, language)
    label = locales.say(language, "import.progress")
    mode = _Mode(dry_run=dry_run, alert=alert)
    with click.progressbar(rows, label=label, file=sys.stderr) as shown:
        report = _report(container, mapping, shown, language, mode)
    words = FieldWords(container.fields, container.policy, container.organisation, language)
    for line in report_lines(report, words):
        click.echo(line)
    ctx.exit(1 if report.refused else 0)


def _container(stage: Stage | None, language: str, *, dry_run: bool) -> Container:
    """The parts of the cloud that is meant; a dry run that names no stage needs none."""
    try:
        return connected(stage, language)
    except click.ClickException:
        if not dry_run:
            raise
        return Container(_NO_CLOUD)


def _mapping(map_file: Path, container: Container, language: str) -> ColumnMap:
    try:
        text = map_file.read_text("utf-8")
        return read_mapping(text, container.policy, container.organisation, container.fields)
    except UnicodeDecodeError as error:
        sentence = locales.say(language, "import.map_encoded")
        raise UnusableError(f"{map_file}: {sentence}") from error
    except MappingError as error:
        lines = [_fault_line(map_file, fault, language) for fault in error.faults]
        raise UnusableError("\n".join(lines)) from error


def _rows(file: Path, mapping: ColumnMap, language: str) -> tuple[Row, ...]:
    try:
        return read_sheet(file.read_bytes(), mapping)
    except SheetError as error:
        sentence = locales.say(language, f"import.{error.code}", **error.params)
        raise UnusableError(f"{file}: {sentence}") from error


def _report(
    container: Container, mapping: ColumnMap, rows: Iterable[Row], language: str, mode: _Mode
) -> Report:
    if mode.dry_run:
        now = container.clock.now()
        reader = RowReader(mapping, container.policy, container.organisation, now, container.fields)
        return try_rows(reader, rows)
    try:
        return import_rows(container, mapping, rows, alert=mode.alert)
    except AWS_ERRORS as error:
        reason = aws_sentence(error, language)
        sentence = locales.say(language, "import.broken_off", reason=reason)
        raise click.ClickException(sentence) from error


def _fault_line(map_file: Path, fault: Fault, language: str) -> str:
    return f"{map_file}: {fault.field}: {fault_words(fault, 'import', language, fault.field)}"
