"""`desk demo`: a minor complaint that nobody answers climbs the ladder to major, mail by mail.

It runs against the offline cloud of `make run`, whose clock it moves a month and a day on.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import click

from chalicelib.domain.working_time import months_after
from desk.connection import connected

COMPLAINT = Path(__file__).parent / "offline" / "ignored_complaint.toml"
"""The form of the complaint that nobody answers."""
_HOURS_AFTER = 24
"""How far past the month, so that the next morning's letter is seen too."""


@click.command("demo")
def demo() -> None:
    """Ignore a minor complaint for a month, and show every mail about it."""
    container = connected()
    site, zone = container.settings.site_url, container.organisation.community("jade-lake").tz
    received_at = _now(site)
    reference = _submit(site, received_at.astimezone(zone))
    click.echo(f"{_when(received_at, zone)}  {reference}: minor, and nobody does anything.\n")
    month_ends_at = months_after(received_at, container.policy.settings.solve_within_months, zone)
    hours = (month_ends_at - received_at).total_seconds() / 3600 + _HOURS_AFTER
    _post(f"{site}/local/clock", urlencode({"advance_hours": hours}), "x-www-form-urlencoded")
    for at, to, subject in _mails(site, reference):
        click.echo(f"{_when(at, zone)}  → {to}\n    {subject}")


def _submit(site: str, now: datetime) -> str:
    """Take the complaint in; its reference. A home of its own, so that it repeats no other."""
    home = {"unit": f"{now:%d%H%M%S}", "email": f"zhou.{now:%d%H%M%S}@resident.example"}
    form = tomllib.loads(COMPLAINT.read_text("utf-8")) | home | {"happened_at": f"{now:%Y-%m-%d}"}
    return str(_post(f"{site}/complaints", json.dumps(form), "json")["reference"])


def _mails(site: str, reference: str) -> Iterator[tuple[datetime, str, str]]:
    """Every letter about the complaint: when, to whom, and its subject; oldest first."""
    for one in _get(f"{site}/local/mailbox?format=json"):
        if reference in one["subject"]:
            yield datetime.fromisoformat(one["at"]), one["to"], one["subject"]


def _now(site: str) -> datetime:
    return datetime.fromisoformat(_get(f"{site}/local/clock?format=json")["now"])


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}"


def _get(url: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    with urlopen(url, timeout=60) as answer:  # noqa: S310 - the offline site, http
        return json.loads(answer.read())


def _post(url: str, body: str, kind: str) -> Any:  # noqa: ANN401 - as above
    """Send this, and read the JSON that comes back; a month takes its time to go by."""
    headers = {"Content-Type": f"application/{kind}", "Accept": "application/json"}
    request = Request(url, body.encode(), headers)  # noqa: S310 - as above
    with urlopen(request, timeout=600) as answer:  # noqa: S310 - as above
        return json.loads(answer.read())
