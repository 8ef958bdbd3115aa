"""The offline cloud that the pictures are taken from, and what is told to it before."""

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

DESK = Path(sys.executable).parent / "desk"
ZONE = ZoneInfo("Asia/Shanghai")
_READY = "Ctrl-C"
_HOUR = 3600


@dataclass(frozen=True)
class Cloud:
    """A cloud that runs: its address, and by staff id everybody's e-mail and password."""

    address: str
    accounts: Mapping[str, Mapping[str, str]]

    def now(self) -> datetime:
        """The offline clock's time, at the communities."""
        return datetime.fromisoformat(self._json("/local/clock")["now"]).astimezone(ZONE)

    def move_to(self, at: datetime) -> None:
        """Let time pass until then; whatever falls due on the way happens."""
        hours = (at - self.now()).total_seconds() / _HOUR
        self._json("/local/clock", urlencode({"advance_hours": hours}).encode())

    def send(self, complaint: Mapping[str, object]) -> str:
        """A resident sends the web form; its reference."""
        fields = dict(complaint)
        happened_on = self.now() - timedelta(days=int(str(fields.pop("days_ago"))))
        body = json.dumps(fields | {"happened_at": f"{happened_on:%Y-%m-%d}"}).encode()
        return self._json("/complaints", body, "application/json")["reference"]

    def letters(self) -> int:
        """How many letters were sent so far."""
        return len(self._json("/local/mailbox?format=json"))

    def settle(self) -> None:
        """Wait until no letter is on its way any more."""
        before = -1
        while before != (before := self.letters()):
            time.sleep(1)

    def _json(self, path: str, body: bytes | None = None, of_type: str = "") -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if of_type:
            headers["Content-Type"] = of_type
        request = Request(f"{self.address}{path}", body, headers)  # noqa: S310 - our own, http
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - our own address, http
            found: dict[str, str] = json.load(answer)
        return found


@contextmanager
def offline_cloud() -> Iterator[Cloud]:
    """An offline cloud without samples on a free port, in a folder of its own."""
    with tempfile.TemporaryDirectory() as local:
        port = _free_port()
        cloud = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [DESK, "serve", "--port", str(port), "--no-samples"],
            env={"DESK_LOCAL": local},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_until_ready(cloud)
            accounts = json.loads((Path(local) / "accounts.json").read_text("utf-8"))
            yield Cloud(f"http://localhost:{port}", accounts)
        finally:
            cloud.send_signal(signal.SIGTERM)
            cloud.communicate(timeout=20)


def next_monday(now: datetime) -> datetime:
    """The next Monday, ten past nine: so that all pictures are of the same days of the week."""
    day = now + timedelta(days=7 - now.weekday())
    return day.replace(hour=9, minute=10, second=0, microsecond=0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(cloud: subprocess.Popen[str]) -> None:
    """Read what it says until it says how to stop it. Exits when it stopped by itself."""
    for line in cloud.stdout or ():
        if _READY in line:
            return
    sys.exit("The offline cloud did not start.")
