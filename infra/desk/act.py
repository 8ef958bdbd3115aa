"""`desk act`: runs a verb as a named member of staff, who may do what they may on the pages.

The operator's way in, and for scripts. What is typed is read as the pages read it, so that
both refuse the same things.
"""

import time
from collections.abc import Mapping
from typing import Any

import click

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.application.verb_parser import VerbParser
from chalicelib.bootstrap import Container
from chalicelib.domain.errors import BadInputError, DeskError, NotFoundError, RefusedError
from chalicelib.domain.verbs import STAFF_VERBS
from chalicelib.views import refusals
from chalicelib.views.presentation import Presenter
from desk.clouds import connected, stage_options
from desk.deploying.stage import Stage
from desk.options import language_option
from desk.verb_options import fault_sentence, given_texts, unfit_option, with_field_options

_LOOKS, _BETWEEN_LOOKS = 20, 0.1
"""How often it is asked whether a letter has arrived, and how many seconds apart."""


@click.command("act")
@click.argument("reference")
@click.argument("verb", type=click.Choice(list(STAFF_VERBS)))
@click.option("--by", required=True, help="The id of the one who acts.")
@language_option
@stage_options
@with_field_options
def act(
    reference: str,
    verb: str,
    by: str,
    stage: Stage | None,
    language: str,
    **options: Any,  # noqa: ANN401 - as typed
) -> None:
    """Run VERB on the complaint REFERENCE as a member of staff."""
    container, given = connected(stage, language), given_texts(options)
    if unfit := unfit_option(verb, given, language):
        raise click.UsageError(unfit)
    try:
        history = _done(container, reference, verb, by, given)
    except BadInputError as error:
        raise _refused(verb, error, given, language) from error
    except DeskError as error:
        raise click.ClickException(_sentence(error, reference, language)) from error
    click.echo(_outcome(container, history, language))


def _done(
    container: Container, reference: str, verb: str, by: str, given: Mapping[str, str]
) -> History:
    """The history after the verb. Raises DeskError."""
    directory = container.staff.directory()
    staff, known = directory.person(by), directory.enabled_ids
    if staff is None or by not in known:
        raise RefusedError("unknown_staff", by=by, known=", ".join(known))
    found = container.open_complaint.for_staff(reference, staff).history
    parser = VerbParser(
        container.policy, container.organisation, found.complaint.tz, known, container.fields
    )
    command = parser.read_given(verb, given, by, found.words)
    after = container.act_on_complaint.act(reference, command, by=by)
    return _arrived(container, after)


def _arrived(container: Container, history: History) -> History:
    """The history once what was written has arrived, where that is heard within moments."""
    reference = history.complaint.reference
    for _ in range(_LOOKS):
        if not history.complaint.unconfirmed:
            break
        time.sleep(_BETWEEN_LOOKS)
        history = container.complaints.load(reference)
    return history


def _refused(
    verb: str, error: BadInputError, given: Mapping[str, str], language: str
) -> click.ClickException:
    """The first thing that is wrong; one that is not given is a matter of usage."""
    fault = error.faults[0]
    is_given = fault.field in given
    sentence = fault_sentence(verb, fault, language, is_given=is_given)
    return click.ClickException(sentence) if is_given else click.UsageError(sentence)


def _sentence(error: DeskError, reference: str, language: str) -> str:
    match error:
        case RefusedError():
            return refusals.sentence(error, language)
        case NotFoundError():
            return locales.say(language, "refused.not_found", reference=reference)
        case _:
            return locales.say(language, "refused.changed_meanwhile")


def _outcome(container: Container, history: History, language: str) -> str:
    site_url = container.settings.site_url
    presenter = Presenter(
        container.policy, container.organisation, site_url, language, container.fields
    )
    content = presenter.complaint(history, container.staff.directory())
    content["status_words"] = presenter.say(f"status.{history.complaint.shown_status}")
    if history.complaint.unconfirmed:
        content["status_words"] = presenter.say("item.unconfirmed", status=content["status_words"])
    shown = ("reference", "status_words", "severity", "owner", "acknowledge_by", "reply_by")
    labels = ("reference", "status", "severity", "owner", "acknowledge_by", "reply_by")
    return "\n".join(
        f"{presenter.say(f'item.{label}')}: {content[name]}"
        for name, label in zip(shown, labels, strict=True)
    )
