"""Programs that stand in for AWS: started on a loopback port, and stopped when it is over."""

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import get_session

ROOT = Path(__file__).parents[2]
STORAGE = ROOT / "infra" / "storage.yaml"


@dataclass(frozen=True)
class Program:
    """A program that runs, and clients for it.

    `certificate` is its own, which its clients trust, where it speaks TLS; the key lies beside.
    """

    url: str
    certificate: Path | None = None

    def client(self, service: str, key: tuple[str, str] | None = None, **more: Any) -> Any:
        """A client with room for many requests at once, and more settings of botocore's.

        It is the operator's, who may do everything, or of another whose access key is given.
        """
        session = get_session()
        if key:
            session.set_credentials(*key)
        config = Config(max_pool_connections=50, **more)
        trusted = str(self.certificate) if self.certificate else None
        return session.create_client(service, endpoint_url=self.url, config=config, verify=trusted)

    @property
    def trust(self) -> ssl.SSLContext:
        """What a connection of another kind trusts."""
        return ssl.create_default_context(cafile=self.certificate)


@contextmanager
def running(
    program: Path,
    folder: Path,
    *options: str,
    certificate: Path | None = None,
    inherited: Mapping[str, str] = os.environ,
    **environment: str,
) -> Iterator[Program]:
    """Run it in this folder; ``{port}`` in an option or in the environment is its port.

    It speaks TLS where a certificate is named, which it makes itself.
    """
    if not program.exists():
        pytest.fail(f"{program.name} is not installed: run `make second-opinion`")
    port = _free_port()
    command = [str(program), *(option.format(port=port) for option in options)]
    settings = {name: value.format(port=port) for name, value in environment.items()}
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - a program that `make` installed
            command, env={**inherited, **settings}, cwd=folder, stdout=out, stderr=out
        )
    try:
        scheme = "https" if certificate else "http"
        found = Program(f"{scheme}://127.0.0.1:{port}", certificate)
        _wait_until_it_answers(found, log)
        yield found
    finally:
        # A TLS server would wait for the last word of every connection that is still open.
        (process.kill if certificate else process.terminate)()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_until_it_answers(running: Program, log: Path) -> None:
    for _ in range(120):
        try:
            running.client("dynamodb").list_tables()
        except (BotoCoreError, OSError):  # the second: the certificate is not there yet
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"{running.url} does not answer: {log.read_text()}")
