"""`desk mail-check`: what a stage's mail lacks to be delivered and trusted, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import click

from chalicelib import locales
from desk.clouds import needed_stage_options
from desk.deploying.dns_lookup import Dns
from desk.deploying.mail_findings import Finding, findings
from desk.deploying.mail_state import IdentityMissingError, MailState, mail_state
from desk.deploying.stage import Stage
from desk.options import language_option


@dataclass(frozen=True)
class Mail:
    """What is looked at: how the sender stands with AWS, and the DNS."""

    state: MailState
    dns: Dns = field(default_factory=Dns)


@click.command("mail-check")
@language_option
@needed_stage_options
def mail_check(stage: Stage, language: str) -> None:
    """Say what the mail of a stage lacks, each with what to do.

    Asks SES and the DNS. Exit code 1 unless everything is in order.
    """
    mail = _mail(stage, language)
    _tell(language, "sender", stage=stage.name, identity=mail.state.identity)
    found = list(findings(mail.state, mail.dns))
    for one in found:
        for line in _lines(one, stage, mail.state.identity, language):
            click.echo(line)
    if any(one.mark != "ok" for one in found):
        raise SystemExit(1)


def _mail(stage: Stage, language: str) -> Mail:
    """What the caller brought, else what is true of the stage."""
    brought = click.get_current_context().find_object(Mail)
    if brought is not None:
        return brought
    try:
        return Mail(mail_state(stage))
    except IdentityMissingError as error:
        words = _say(language, "no_identity", identity=error, stage=stage.name)
        raise click.ClickException(words) from error


def _lines(one: Finding, stage: Stage, identity: str, language: str) -> Iterator[str]:
    """How it stands, then the records that are to be made."""
    words = _say(language, one.code, stage=stage.name, identity=identity, **one.params)
    yield f"{_say(language, f'mark_{one.mark}')}  {words}"
    for record in one.records:
        yield f"        {record.name}  {record.kind}  {record.value}"


def _tell(language: str, key: str, **params: object) -> None:
    click.echo(_say(language, key, **params))


def _say(language: str, key: str, **params: object) -> str:
    return locales.say_desk(language, f"mail_check.{key}", **params)
