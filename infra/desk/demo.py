"""`desk demo`: a minor complaint that nobody answers climbs the ladder to major, mail by mail.

It runs against the offline cloud of `make run`, whose clock it moves a month and a day on.
"""

import json
import re
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
_DIGITS = re.compile(r"\d+")
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
    for at, to, lines in _mails(site, reference):
        told = "".join(f"\n    {line}" for line in lines)
        click.echo(f"{_when(at, zone)}  → {to}{told}")


def _submit(site: str, now: datetime) -> str:
    """Take the complaint in; its reference. A home of its own, so that it repeats no other."""
    home = {"unit": f"{now:%d%H%M%S}", "email": f"zhou.{now:%d%H%M%S}@resident.example"}
    form = tomllib.loads(COMPLAINT.read_text("utf-8")) | home | {"happened_at": f"{now:%Y-%m-%d}"}
    return str(_post(f"{site}/complaints", json.dumps(form), "json")["reference"])


def _mails(site: str, reference: str) -> Iterator[tuple[datetime, str, list[str]]]:
    """Every letter about the complaint: when, to whom, its subject and what is new; oldest first.

    Of a morning letter it is what it tells of this complaint that its reader has not been told
    before, other than for another time.
    """
    told: set[tuple[str, str]] = set()
    for one in _get(f"{site}/local/mailbox?format=json"):
        at, to, subject = datetime.fromisoformat(one["at"]), one["to"], one["subject"]
        if reference in subject:
            yield at, to, [subject]
            continue
        said = {(to, _DIGITS.sub("", line)): line for line in _said(one["text"], reference)}
        if said.keys() - told:
            yield at, to, [subject, *(said[key] for key in said if key not in told)]
            told |= said.keys()


def _said(text: str, reference: str) -> Iterator[str]:
    """What a morning letter says of a complaint: of each entry the last line before its link."""
    lines = [line.strip() for line in text.splitlines()]
    for place, line in enumerate(lines):
        if line.startswith("http") and reference in line:
            yield lines[place - 1]


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
