"""How the other commands reach the offline cloud that `desk serve` runs.

The running cloud leaves its settings in a file that git ignores and only its owner
can read; the keys in it are made anew at each start and forgotten with it. The file
stands in `.local`, or in the folder that DESK_LOCAL names, so that several clouds can
run side by side.
"""

import json
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import click

from chalicelib.bootstrap import Container, container

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("DESK_LOCAL") or ROOT / ".local")
ADDRESS = LOCAL / "offline.json"
ACCOUNTS = LOCAL / "accounts.json"
"""The offline staff's e-mail addresses and passwords, by staff id."""
ENDPOINT = "AWS_ENDPOINT_URL"


class NotRunningError(click.ClickException):
    """No offline cloud runs."""

    def __init__(self) -> None:
        super().__init__(
            "The offline cloud is not running. Start it with `make run` in another window, "
            "then try again."
        )


def leave_address(environment: dict[str, str]) -> None:
    """Say where the offline cloud is, for as long as it runs."""
    _leave(ADDRESS, environment)


def leave_accounts(accounts: dict[str, dict[str, str]]) -> None:
    """Leave the offline staff's passwords for scripts, as long as it runs."""
    _leave(ACCOUNTS, accounts)


def forget_address(environment: dict[str, str]) -> None:
    """Take all of it away again, unless another offline cloud has left its own since."""
    if ADDRESS.exists() and _left()[ENDPOINT] == environment[ENDPOINT]:
        ADDRESS.unlink()
        ACCOUNTS.unlink(missing_ok=True)


def _leave(path: Path, value: object) -> None:
    """Write a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), "utf-8")


def disregard() -> None:
    """Take out of this process's environment what the shell has of the offline cloud that runs.

    So that a stage is asked of AWS where the shell was led to the offline cloud.
    """
    left = _left() if ADDRESS.exists() else {}
    if left and os.environ.get(ENDPOINT) == left[ENDPOINT]:
        for name, value in left.items():
            if os.environ.get(name) == value:
                del os.environ[name]


def connected() -> Container:
    """The container over the offline cloud that runs. Raises NotRunningError when none does."""
    environment = _address()
    os.environ.update(environment)
    return container()


def _address() -> dict[str, str]:
    try:
        environment = _left()
    except FileNotFoundError:
        raise NotRunningError from None
    if not _answers(environment[ENDPOINT]):
        raise NotRunningError
    return environment


def _left() -> dict[str, str]:
    environment: dict[str, str] = json.loads(ADDRESS.read_text("utf-8"))
    return environment


def _answers(url: str) -> bool:
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), timeout=2).close()
    except OSError:
        return False
    return True
