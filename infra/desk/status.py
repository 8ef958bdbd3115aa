"""`desk status`: whether the sweep runs, and what waits for it."""

from collections.abc import Iterator
from datetime import datetime

import click

from chalicelib import locales
from chalicelib.application.ports.sweep_log import SILENT_AFTER, LastSweeps, SweepRun
from chalicelib.application.sweep import STREAM_GRACE
from chalicelib.bootstrap import Container
from chalicelib.views.durations import span
from desk.clouds import connected, stage_options
from desk.deploying.stage import Stage
from desk.options import language_option

_MOST_NAMED = 5


@click.command("status")
@language_option
@stage_options
@click.pass_context
def status(ctx: click.Context, stage: Stage | None, language: str) -> None:
    """Say when the last sweep finished, what it did, and what is due.

    Exit code 1 when no sweep has finished for a quarter of an hour.
    """
    container = connected(stage, language)
    now = container.clock.now()
    last = container.sweep_log.last()
    for line in (*_rounds(container, last, now, language), *_waiting(container, now, language)):
        click.echo(line)
    ctx.exit(1 if last.are_silent(now) else 0)


def _rounds(container: Container, last: LastSweeps, now: datetime, language: str) -> Iterator[str]:
    """What stands in the sweep log."""
    done = last.finished
    if done is None:
        yield _say(language, "never")
    else:
        at = _moment(container, done.finished_at, language)
        yield _say(language, "finished", at=at, span=span(now - done.finished_at, language))
        yield from _done(done, language)
        if last.are_silent(now):
            yield _say(language, "silent", span=span(SILENT_AFTER, language))
    if last.began_at and (done is None or last.began_at > done.finished_at):
        yield _say(language, "under_way", at=_moment(container, last.began_at, language))


def _done(done: SweepRun, language: str) -> Iterator[str]:
    counts = {"looked_at": done.looked_at, "posted": done.posted, "failed": done.failed}
    yield _say(language, "did", **counts)
    if done.unfinished:
        yield _say(language, "unfinished")
    if done.failing:
        more = ["…"] if len(done.failing) > _MOST_NAMED else []
        named = [*done.failing[:_MOST_NAMED], *more]
        joined = locales.say(language, "sentence.joined").join(named)
        yield _say(language, "failing", names=joined)


def _waiting(container: Container, now: datetime, language: str) -> Iterator[str]:
    """What the next sweep will find."""
    due = sum(1 for _ in container.complaints.due(now))
    unsettled = sum(1 for _ in container.letters.unsettled(now - STREAM_GRACE))
    yield _say(language, "due", count=due)
    yield _say(language, "unsettled", span=span(STREAM_GRACE, language), count=unsettled)


def _moment(container: Container, at: datetime, language: str) -> str:
    """In the zone of the company's first community."""
    return locales.moment(at, container.organisation.communities[0].tz, language)


def _say(language: str, key: str, **params: object) -> str:
    return locales.say_desk(language, f"sweep.{key}", **params)
