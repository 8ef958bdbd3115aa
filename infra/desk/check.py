"""`desk check`: says what is wrong with a policy file, line by line."""

from pathlib import Path

import click

from chalicelib.policy.checks import faults
from chalicelib.policy.reader import COMMUNITY


@click.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Check a policy FILE; the company's own when none is named."""
    path = file or COMMUNITY
    found = faults(_text(path))
    for fault in found:
        click.echo(f"{path}:{fault.line}: {fault.reason}")
    if found:
        raise SystemExit(1)
    click.echo(f"{path}: sound")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error
