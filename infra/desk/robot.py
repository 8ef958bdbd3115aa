"""`desk robot`: the URL of the robot in the staff's group, kept as a secret of a stage.

No command ever prints it.
"""

import click

from chalicelib import locales
from chalicelib.adapters.group_chat import ROBOTS, ParameterRobotUrl
from chalicelib.application.ports.group_chat import (
    ChatBusyError,
    ChatRefusedError,
    ChatUnansweredError,
)
from chalicelib.domain.policy import ROBOT_KINDS, Robot
from desk.clouds import connected, needed_stage_options
from desk.deploying.stage import Stage
from desk.options import language_option


@click.group("robot")
def robot() -> None:
    """The robot that tells the staff's group of new and escalated complaints."""


@robot.command("set")
@language_option
@needed_stage_options
def set_url(stage: Stage, language: str) -> None:
    """Keep the robot's webhook URL, which is asked for and not shown."""
    named = connected(stage, language).organisation.robot
    kind = named.kind if named else ROBOT_KINDS[0]
    url = click.prompt(_say(language, "ask_url"), hide_input=True).strip()
    begins = ROBOTS[kind].BEGINS
    if not url.startswith(begins) or len(url.split()) != 1 or url == begins:
        raise click.ClickException(_say(language, "bad_url", kind=kind, begins=begins))
    ParameterRobotUrl(stage.client("ssm"), stage.robot_parameter).write(url)
    click.echo(_say(language, "set", stage=stage.name))
    if named is None:
        click.echo(_say(language, "off", stage=stage.name))


@robot.command("test")
@language_option
@needed_stage_options
def say_something(stage: Stage, language: str) -> None:
    """Say something to the group. Exit code 1 where the robot does not take it."""
    named = connected(stage, language).organisation.robot
    if named is None:
        raise click.ClickException(_say(language, "off", stage=stage.name))
    click.echo(_tried(stage, named, language))


def _tried(stage: Stage, named: Robot, language: str) -> str:
    """That it was said. Raises ClickException with what to do where it was not."""
    kept = ParameterRobotUrl(stage.client("ssm"), stage.robot_parameter)
    try:
        ROBOTS[named.kind](kept.read).say(locales.say(named.language, "group.test"))
    except ChatUnansweredError as error:
        raise click.ClickException(_say(language, "unanswered")) from error
    except (ChatBusyError, ChatRefusedError) as error:
        key = "busy" if isinstance(error, ChatBusyError) else "refused"
        words = _say(language, key, reason=error, stage=stage.name)
        raise click.ClickException(words) from error
    return _say(language, "said")


def _say(language: str, key: str, **params: object) -> str:
    return locales.say_desk(language, f"robot.{key}", **params)
