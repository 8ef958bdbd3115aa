"""Which cloud a command works on: with `--stage` a deployed one, else the offline one that runs.

A command takes `@stage_options` and gets `stage`, which is None for the offline cloud.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from chalicelib import locales
from chalicelib.bootstrap import Container
from desk import connection
from desk.deploying import failures
from desk.deploying.running import container_of
from desk.deploying.stage import Stage
from desk.options import needed_stage_option, region_option, stage_option

Command = Callable[..., Any]


def stage_options(command: Command) -> Command:
    """`--stage` and `--region`: the command gets both as one `stage`, or None."""
    return stage_option(region_option(_on_stage(command)))


def needed_stage_options(command: Command) -> Command:
    """The same for what is done to a deployed stage alone: the command always gets one."""
    return needed_stage_option(region_option(_on_stage(command)))


def connected(stage: Stage | None, language: str) -> Container:
    """The container that the caller brought, else one over the stage, or over the offline cloud.

    Raises ClickException where no stage is named and no offline cloud runs.
    """
    brought = click.get_current_context().find_object(Container)
    if brought is not None:
        return brought
    if stage is not None:
        return container_of(stage)
    try:
        return connection.connected()
    except connection.NotRunningError as error:
        raise click.ClickException(locales.say_desk(language, "stage.not_running")) from error


def _on_stage(command: Command) -> Command:
    """Whatever goes wrong with the stage ends the command with a sentence."""

    @wraps(command)
    def on_stage(stage: str | None, region: str | None, language: str, **given: Any) -> Any:  # noqa: ANN401 - as typed
        if stage is None:
            if region:
                raise click.UsageError(locales.say_desk(language, "stage.region_alone"))
            return command(stage=None, language=language, **given)
        connection.disregard()
        with failures.told(language, stage):
            return command(stage=Stage.of(stage, region), language=language, **given)

    return on_stage
