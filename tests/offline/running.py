"""The offline cloud as a person has it: `desk serve` in a process of its own, on a port of its own.

Its address file and its clock stand in a folder of the test's, so that no test
disturbs another's cloud, nor one that `make run` started.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from support.forms import a_form

DESK = Path(sys.executable).parent / "desk"
SHANGHAI = ZoneInfo("Asia/Shanghai")
FORM = "application/x-www-form-urlencoded"
REFERENCE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")
_HOMES = count(1)
_KEPT = ("PATH", "HOME", "TMPDIR", "PYTHONPATH", "CLOCK_AHEAD")
_DEAF = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""Runs what follows with Ctrl-C ignored."""
_PATIENCE = 420
"""Seconds for a start, which may have to build the site first."""


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP; redirects are not followed."""

    status: int
    headers: dict[str, str]
    body: str
    cookies: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Taken:
    """A complaint that was taken in."""

    reference: str
    path: str


class RunningCloud:
    """One `desk serve`, from its start to its end.

    `ignores_ctrl_c` starts it as a shell starts what is in the background.
    """

    def __init__(self, folder: Path, *options: str, ignores_ctrl_c: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.local = folder / "local"
        self._log = folder / "said.txt"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                [*(_DEAF * ignores_ctrl_c), DESK, "serve", "--port", str(self.port), *options],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def environment(self) -> dict[str, str]:
        """A person's environment, with nothing of the tests' own in it."""
        return environment(self.local)

    @property
    def said(self) -> str:
        """What it printed so far."""
        return self._log.read_text("utf-8")

    @property
    def memory(self) -> float:
        """What it holds of the machine's memory, in MiB (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def processor_seconds(self) -> float:
        """The processor's time that it has taken so far (Linux)."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def ready(self) -> "RunningCloud":
        """Wait until it says how to stop it."""

        def is_ready() -> bool:
            assert self._process.poll() is None, self.said
            return "Ctrl-C" in self.said

        until(is_ready, _PATIENCE)
        return self

    def end(self, with_signal: int = signal.SIGTERM) -> int:
        """End it; its exit code."""
        self._process.send_signal(with_signal)
        return self._process.wait(timeout=240)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Answer:
        """One request; ``content_type=`` and the like are headers."""
        connection = HTTPConnection("localhost", self.port, timeout=240)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode(), named)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        cookies = tuple(response.headers.get_all("Set-Cookie", ()))
        return Answer(response.status, dict(response.headers), text, cookies)

    def get(self, path: str, **headers: str) -> Answer:
        """What stands at this address."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Send a form as a browser does."""
        headers = {"accept": "text/html,*/*;q=0.8", "content_type": FORM, **headers}
        return self.ask("POST", path, urlencode(form), **headers)

    def complaint(self, **changes: Any) -> dict[str, str]:
        """A filled form of another home each time, whose date is this cloud's today."""
        today = f"{self.now().astimezone(SHANGHAI):%Y-%m-%d}"
        return a_form(**{"happened_at": today, **_a_home(), **changes})

    def submit(self, **changes: Any) -> Taken:
        """Send a complaint that is taken."""
        return self.send(self.complaint(**changes))

    def send(self, form: dict[str, str]) -> Taken:
        """Send this form as checked; it is taken."""
        answer = self.post("/complaints", {"checked": "yes", **form})
        assert answer.status == 303, answer.body
        path = answer.headers["Location"]
        found = REFERENCE.search(path)
        assert found, path
        return Taken(found[0], path)

    def promises(self, taken: Taken) -> dict[str, datetime]:
        """What the resident was promised, as a program reads it."""
        value = self.get(taken.path, accept="application/json").value
        return {
            name: datetime.fromisoformat(value[name]) for name in ("acknowledge_by", "reply_by")
        }

    def letters(self) -> list[dict[str, str]]:
        """Every letter so far, oldest first."""
        letters: list[dict[str, str]] = self.get("/local/mailbox?format=json").value
        return letters

    def letters_about(self, reference: str, count: int = 0) -> list[dict[str, str]]:
        """The letters about one complaint, once there are this many."""

        def found() -> list[dict[str, str]]:
            return [one for one in self.letters() if reference in one["subject"]]

        until(lambda: len(found()) >= count)
        return found()

    def now(self) -> datetime:
        """The cloud's time."""
        return datetime.fromisoformat(self.get("/local/clock?format=json").value["now"])

    def advance(self, **by: float) -> datetime:
        """Let time pass; the new time."""
        hours = timedelta(**by) / timedelta(hours=1)
        answer = self.post("/local/clock", {"advance_hours": str(hours)}, accept="application/json")
        assert answer.status == 200, answer.body
        return datetime.fromisoformat(answer.value["now"])

    def settle(self) -> None:
        """Let every letter that is due go out."""
        self.advance(seconds=2)

    def desk(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `desk` command beside this cloud."""
        return desk(self.local, *words)


def _a_home() -> dict[str, str]:
    """A home with a telephone and an address of its own, so that no two are taken for one."""
    number = next(_HOMES)
    return {
        "unit": f"{number}-甲",
        "phone": f"139 0000 {number:04}",
        "email": f"li-{number}@example.com",
    }


def desk(local: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a `desk` command that looks for a cloud in this folder."""
    return subprocess.run(  # noqa: S603 - our own command, no shell
        [DESK, *words], env=environment(local), capture_output=True, text=True, check=False
    )


def environment(local: Path) -> dict[str, str]:
    """What a shell has, and the folder where a running cloud leaves its address."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "DESK_LOCAL": str(local)}


def free_port() -> int:
    """A port that nobody answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(question: Callable[[], object], seconds: float = 240) -> None:
    """Ask again and again until the answer is yes, for so many seconds at most."""
    ends_at = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < ends_at, "It did not come true in time."
        time.sleep(0.05)
