"""`desk keys`: makes, replaces and lists the server's keys of a deployed stage.

They stand in one parameter of the account that this shell's credentials are for. No command
ever prints a key.
"""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import click

from chalicelib import locales
from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application import key_rings
from chalicelib.application.key_rings import RINGS, KeyRings, Ring, StoredKey, TooSoonError
from chalicelib.application.keys import WeakKeyError
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.key_store import KeysExistError, KeyStore, NoKeysError
from chalicelib.bootstrap import Container
from chalicelib.settings import Settings
from chalicelib.views.durations import span
from desk.clouds import needed_stage_options
from desk.deploying.stage import Stage
from desk.options import language_option


@click.group("keys")
def keys() -> None:
    """The server's keys, which residents' codes and the signs of forms are made with."""


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """Say each refusal in a sentence of the terminal's language."""

    @wraps(command)
    def told(stage: Stage, language: str, **given: Any) -> None:  # noqa: ANN401 - as typed
        name = stage.keys_parameter
        try:
            command(stage=stage, language=language, **given)
        except NoKeysError as error:
            raise _refused(language, "none", name=name, stage=stage.name) from error
        except KeysExistError as error:
            raise _refused(language, "exist", name=name) from error
        except WeakKeyError as error:
            raise _refused(language, "weak", name=name) from error
        except TooSoonError as error:
            at = f"{error.until:%Y-%m-%d %H:%M} UTC"
            raise _refused(language, "too_soon", ring=_ring(language, error.ring), at=at) from error

    return told


@keys.command("new")
@language_option
@needed_stage_options
@_told
def new(stage: Stage, language: str) -> None:
    """Make the first keys of a stage; refused where there are some."""
    store, clock = _opened(stage)
    store.create(key_rings.new_rings(clock.now(), secrets.token_bytes))
    click.echo(_say(language, "made", name=stage.keys_parameter))


@keys.command("rotate")
@click.argument("ring", type=click.Choice(RINGS))
@click.option("--keep", type=click.IntRange(1, 16), help="How many keys are accepted afterwards.")
@click.option("--at-once", is_flag=True, help="Make by it now, not in a day: for a stolen key.")
@click.option("--yes", is_flag=True, help="Do not ask before keys are dropped.")
@language_option
@needed_stage_options
@_told
def rotate(stage: Stage, language: str, ring: Ring, keep: int | None, **flags: bool) -> None:
    """Put a new key into a RING: codes (what residents have) or forms (pages being filled in)."""
    store, clock = _opened(stage)
    before = store.read()
    after = key_rings.rotated(
        before, ring, clock.now(), secrets.token_bytes, keep, at_once=flags["at_once"]
    )
    dropped = [key for key in before.ring(ring) if key not in after.ring(ring)]
    asked = _say(language, f"drop_{ring}", count=len(dropped))
    if dropped and not flags["yes"] and not click.confirm(asked):
        click.echo(_say(language, "unchanged"))
        return
    store.replace(after)
    for line in _changes(before.ring(ring), after.ring(ring), ring, language):
        click.echo(line)
    if flags["at_once"]:
        click.echo(_say(language, "deploy_now"))


@keys.command("list")
@language_option
@needed_stage_options
@_told
def list_keys(stage: Stage, language: str) -> None:
    """List both rings: numbers and ages, and never a key."""
    store, clock = _opened(stage)
    rings, now = store.read(), clock.now()
    for ring in RINGS:
        rings.secrets(ring, stage.keys_parameter, now)
        click.echo(_ring(language, ring))
        for line in _lines(rings, ring, now, language):
            click.echo(f"  {line}")


def _opened(stage: Stage) -> tuple[KeyStore, Clock]:
    """The place of the keys, and the clock that dates them."""
    context = click.get_current_context(silent=True)
    brought = context.find_object(Container) if context else None
    if brought is None:
        stage.needed("releases")
    container = brought or Container(Settings(table_name="", site_url=""))
    client = container.clients.get("ssm") or stage.client("ssm")
    return ParameterKeyStore(client, stage.keys_parameter), container.clock


def _changes(
    before: tuple[StoredKey, ...], after: tuple[StoredKey, ...], ring: Ring, language: str
) -> Iterator[str]:
    made, named = after[0], _ring(language, ring)
    at = f"{made.makes_from.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    yield _say(language, "rotated", ring=named, number=made.number, at=at)
    for key in before:
        if key not in after:
            yield _say(language, f"dropped_{ring}", number=key.number)


def _lines(rings: KeyRings, ring: Ring, now: datetime, language: str) -> Iterator[str]:
    making = next((key for key in rings.ring(ring) if key.makes_from <= now), None)
    for key in rings.ring(ring):
        state = "makes" if key is making else "waits" if key.makes_from > now else "accepted"
        age = span(now - key.made_at, language)
        yield _say(language, state, number=key.number, age=age)


def _ring(language: str, ring: Ring) -> str:
    return _say(language, f"ring_{ring}")


def _refused(language: str, key: str, **params: object) -> click.ClickException:
    return click.ClickException(_say(language, key, **params))


def _say(language: str, key: str, **params: object) -> str:
    return locales.say_desk(language, f"keys.{key}", **params)
