"""`desk staff`: the operator's way to the staff directory, for the first account and in need."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from chalicelib import locales
from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.application.staff_form import EVERYWHERE, StaffForm
from chalicelib.application.standing_in import HandedOn
from chalicelib.domain.errors import BadInputError, ChangedMeanwhileError, RefusedError
from chalicelib.domain.staff import ROLES
from desk.clouds import connected, stage_options
from desk.deploying.stage import Stage
from desk.options import language_option


@click.group("staff")
def staff() -> None:
    """Who is on the staff: list, add, invite, disable, enable, and a lost authenticator."""


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """Say each refusal in a sentence of the terminal's language."""

    @wraps(command)
    def told(language: str, **given: Any) -> None:  # noqa: ANN401 - as typed
        try:
            command(language=language, **given)
        except BadInputError as error:
            raise click.ClickException("\n".join(fault_lines(error, language))) from error
        except RefusedError as error:
            raise _said(language, f"refused_{error.code}") from error
        except IdentityRefusedError as error:
            raise _said(language, f"account_{error.code}") from error
        except ChangedMeanwhileError as error:
            raise _said(language, "changed_meanwhile") from error

    return told


@staff.command("list")
@language_option
@stage_options
@_told
def list_staff(stage: Stage | None, language: str) -> None:
    """List everybody: id, name, e-mail, posts, communities, state."""
    container = connected(stage, language)
    for one in container.staff.directory().staff:
        roles = [container.policy.role(role).name[language] for role in one.roles]
        places = [container.organisation.community(key).name[language] for key in one.communities]
        columns = [
            one.id,
            one.name[language],
            one.email,
            _joined(language, roles),
            _joined(language, places) or _word(language, "all_communities"),
            _word(language, _state(disabled=one.disabled, absent=one.absent)),
        ]
        click.echo("\t".join(columns))


@staff.command("add")
@click.argument("staff_id")
@click.option("--name-zh", required=True, help="Name in Chinese.")
@click.option("--name-en", required=True, help="Name in English.")
@click.option("--email", required=True, help="Where invitation, alerts and codes go.")
@click.option("--letters", default="zh", help="Language of letters and pages: zh or en.")
@click.option("--role", multiple=True, required=True, type=click.Choice(ROLES), help="A post.")
@click.option("--community", multiple=True, help="A community; all where none is named.")
@click.option("--department", default="", help="The department, for a department head.")
@language_option
@stage_options
@_told
def add(stage: Stage | None, language: str, staff_id: str, **given: Any) -> None:  # noqa: ANN401 - as typed
    """Take somebody on as STAFF_ID; they get an invitation by e-mail."""
    container = connected(stage, language)
    typed, directory = _typed(staff_id, **given), container.staff.directory()
    form = StaffForm(typed, directory, container.organisation, container.clock.now())
    container.staffing.add(None, form.read(None))
    click.echo(_word(language, "done_added"))


@staff.command("invite")
@click.argument("staff_id")
@language_option
@stage_options
@_told
def invite(stage: Stage | None, language: str, staff_id: str) -> None:
    """Invite STAFF_ID again, or for the first time: the invitation was lost, or never went."""
    connected(stage, language).staffing.invite_again(None, staff_id)
    click.echo(_word(language, "done_invite"))


@staff.command("disable")
@click.argument("staff_id")
@language_option
@stage_options
@_told
def disable(stage: Stage | None, language: str, staff_id: str) -> None:
    """Let STAFF_ID in no more; their open complaints go to who stands in."""
    handed_on = connected(stage, language).staffing.disable(None, staff_id)
    click.echo(_word(language, "done_disable"))
    _say_handed_on(language, handed_on)


@staff.command("enable")
@click.argument("staff_id")
@language_option
@stage_options
@_told
def enable(stage: Stage | None, language: str, staff_id: str) -> None:
    """Let STAFF_ID in again."""
    connected(stage, language).staffing.enable(None, staff_id)
    click.echo(_word(language, "done_enable"))


@staff.command("forget-factor")
@click.argument("staff_id")
@language_option
@stage_options
@_told
def forget_factor(stage: Stage | None, language: str, staff_id: str) -> None:
    """Take the authenticator off STAFF_ID's account: their telephone is lost."""
    connected(stage, language).staffing.forget_second_factor(None, staff_id)
    click.echo(_word(language, "done_forget-factor"))


def _typed(staff_id: str, **given: Any) -> dict[str, str]:  # noqa: ANN401 - as typed
    """The fields of the desk's own form."""
    ticked = [f"role-{one}" for one in given["role"]]
    ticked += [f"community-{one}" for one in given["community"]] or [EVERYWHERE]
    return {
        "id": staff_id,
        "name_zh": given["name_zh"],
        "name_en": given["name_en"],
        "email": given["email"],
        "language": given["letters"],
        "department": given["department"],
        **dict.fromkeys(ticked, "yes"),
    }


def _say_handed_on(language: str, handed_on: HandedOn) -> None:
    for name, references in vars(handed_on).items():
        if references:
            told = locales.say_desk(language, f"staff.handed_on_{name}", count=len(references))
            click.echo(f"{told} {', '.join(references)}")


def fault_lines(error: BadInputError, language: str) -> list[str]:
    """What is wrong with a member of staff, a sentence for each field."""
    return [
        locales.say_desk(
            language,
            f"staff.fault_{one.code}",
            label=_word(language, f"label_{one.field}"),
            **one.params,
        )
        for one in error.faults
    ]


def _state(*, disabled: bool, absent: bool) -> str:
    if disabled:
        return "is_disabled"
    return "is_absent" if absent else "is_there"


def _joined(language: str, words: list[str]) -> str:
    return locales.say(language, "sentence.joined").join(words)


def _said(language: str, key: str) -> click.ClickException:
    return click.ClickException(_word(language, key))


def _word(language: str, key: str) -> str:
    return locales.say_desk(language, f"staff.{key}")
