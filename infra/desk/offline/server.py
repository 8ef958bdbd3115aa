"""`desk serve`: everything on one address, offline, with sample data."""

import json
import signal
import socket
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from chalicelib.policy.reader import COMMUNITY
from desk.company_checks import require_sound
from desk.connection import ACCOUNTS, ROOT
from desk.offline.background import attempt
from desk.offline.cloud import OfflineCloud
from desk.offline.functions import Gateway, load_functions
from desk.offline.pages import LocalPages
from desk.offline.stream import Pump
from desk.offline.time_travel import TimeTravel
from desk.offline.web import Web
from desk.site import build_site

SITE = ROOT / "site"
SAMPLES = Path(__file__).parent / "samples.toml"
_ENDING = (signal.SIGINT, signal.SIGTERM)
WHERE = Path(__file__).parent / "addresses.txt"


@click.command("serve")
@click.option("--port", default=8000, show_default=True, help="Where to answer.")
@click.option("--samples/--no-samples", default=True, help="Begin with sample complaints.")
def serve(port: int, *, samples: bool) -> None:
    """Run handbook, form, desk and mailbox offline, until Ctrl-C."""
    with _until_told_to_end():
        _require_free(port)
        _step("Policy", _checked_policy())
        _step("Handbook and form", "built" if build_site(SITE) else "up to date")
        cloud = OfflineCloud(f"http://localhost:{port}")
        try:
            _serve(cloud, port, with_samples=samples)
        finally:
            _end_whatever_is_told()
            cloud.stop()
            click.echo("\nStopped. What was typed in is forgotten.")


@contextmanager
def _until_told_to_end() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block, wherever it is; that is no error.

    Set for both, as a shell starts what is in the background with Ctrl-C ignored.
    """
    for one in _ENDING:
        signal.signal(one, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        yield


def _end_whatever_is_told() -> None:
    """From now on it ends anyway: a second Ctrl-C interrupts nothing."""
    for one in _ENDING:
        signal.signal(one, signal.SIG_IGN)


def _serve(cloud: OfflineCloud, port: int, *, with_samples: bool) -> None:
    cloud.start()
    _step("Offline AWS", "table, mail and stream are ready")
    accounts = cloud.take_on_staff()
    _step("Staff", f"{len(accounts)} people")
    functions = load_functions()
    pump = cloud.run(functions)
    server = make_server(
        "127.0.0.1", port, _web(cloud, functions, pump), threaded=True, request_handler=_Quiet
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    if with_samples:
        _step("Sample complaints", f"{_post_samples(cloud)} taken in")
        pump.drain()
    _say_where(cloud.site_url)
    _say_who(cloud, accounts)
    while thread.is_alive():
        thread.join(1)  # A signal that came as the wait began is seen when it ends.


def _carried(pump: Pump) -> None:
    """Let letters go out and arrive; what fails is tried again by who carries the stream."""
    attempt("Sending the letters of what was done", pump.drain)


def _web(cloud: OfflineCloud, functions: Any, pump: Pump) -> Web:  # noqa: ANN401 - the module app.py
    travel = TimeTravel(cloud.container, cloud.clock, pump, cloud.expire)
    return Web(SITE, Gateway(functions), LocalPages(cloud.mailbox, travel), partial(_carried, pump))


def _require_free(port: int) -> None:
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        raise click.ClickException(
            f"Port {port} cannot be used ({getattr(error, 'strerror', None) or error}). Stop what "
            f"uses it, or choose another, for example: make run PORT=8080"
        ) from error


def _checked_policy() -> str:
    require_sound(COMMUNITY, "en", organisation=False)
    return "sound"


def _post_samples(cloud: OfflineCloud) -> int:
    """Send the samples to the address that the form posts to."""
    samples = tomllib.loads(SAMPLES.read_text("utf-8"))["complaint"]
    today = cloud.clock.now().astimezone(cloud.container.organisation.communities[0].tz)
    for sample in samples:
        happened_on = today - timedelta(days=sample.pop("days_ago"))
        body = json.dumps(sample | {"happened_at": f"{happened_on:%Y-%m-%d}"}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = Request(f"{cloud.site_url}/complaints", body, headers)  # noqa: S310 - our own
        urlopen(request, timeout=30).close()  # noqa: S310 - our own address, http
    return len(samples)


def _step(name: str, outcome: str) -> None:
    click.echo(f"· {name}: {outcome}")


def _say_where(url: str) -> None:
    click.echo(WHERE.read_text("utf-8").format(url=url))


def _say_who(cloud: OfflineCloud, accounts: Mapping[str, Mapping[str, str]]) -> None:
    """One account for each role, with which to sign in at the desk."""
    for role, staff_id in _one_of_each(cloud).items():
        name = cloud.container.policy.role(role).name
        account = accounts[staff_id]
        click.echo(f"  {name['zh']}  {name['en']}\n    {account['email']}    {account['password']}")
    click.echo(
        f"  all accounts: {ACCOUNTS}\n"
        f"\n"
        f"Offline: nothing leaves this machine, and what is typed in is forgotten when it stops.\n"
        f"Stop with Ctrl-C."
    )


def _one_of_each(cloud: OfflineCloud) -> dict[str, str]:
    """The first person of each role, by role."""
    staff = cloud.container.staff.directory().staff
    roles = [one.key for one in cloud.container.policy.roles]
    return {role: next(one.id for one in staff if role in one.roles) for role in roles}


class _Quiet(WSGIRequestHandler):
    """Answers without a line for each request; errors still show."""

    def log_request(self, *_: object) -> None:
        """Nothing is logged of a request that was answered."""
