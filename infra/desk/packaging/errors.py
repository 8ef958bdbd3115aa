"""The one error of packaging, and the one way in which its steps run other programs."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import click


class PackagingError(click.ClickException):
    """A step failed; the message says which and shows what the program behind it said."""


def run(
    step: str, arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None
) -> str:
    """Run a program quietly and return what it printed; its words are shown only if it fails.

    Raises PackagingError with the program's own words when it exits with an error.
    """
    try:
        # The arguments are this package's own, never a user's, and no shell reads them.
        done = subprocess.run(  # noqa: S603
            arguments, cwd=cwd, env=env, check=True, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        raise PackagingError(f"{step} failed:\n{error.stdout}{error.stderr}") from error
    return done.stdout
