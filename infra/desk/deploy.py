"""`desk deploy`: one command from the company's own files to a stage that runs in its account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.domain.errors import BadInputError
from chalicelib.domain.named_addresses import NamedAddress
from chalicelib.domain.staff import Directory
from chalicelib.policy.organisation_checks import is_example
from desk.clouds import needed_stage_options
from desk.company import CompanyFiles, gone_keys
from desk.connection import ROOT
from desk.deploying import settings as decided
from desk.deploying.changes import DataAtRiskError, StackChanges, StackFailedError
from desk.deploying.costs import Shape, monthly_cost, total_usd
from desk.deploying.deployment import (
    Built,
    ChangedMeanwhileError,
    Deployment,
    SenderNotVerifiedError,
)
from desk.deploying.elsewhere import Elsewhere
from desk.deploying.failures import AWS_ERRORS
from desk.deploying.first_account import FIELDS, FirstAccount, open_first
from desk.deploying.memory import Memory
from desk.deploying.narrator import Narrator
from desk.deploying.releases import Releases, running_version
from desk.deploying.running import container_of
from desk.deploying.stage import Stage
from desk.options import language_option
from desk.packaging import package
from desk.packaging.targets import ARCHITECTURES, Target
from desk.site import build_site
from desk.stacks import is_given
from desk.staff import fault_lines

WAITS = 3
"""Exit code while the sender is to be verified first; what stands by then stays."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _choices(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each thing that the operator decides."""
    for choice in reversed(decided.CHOICES):
        command = click.option(choice.option, choice.setting, help=choice.help)(command)
    for name, (option, told) in reversed(FIELDS.items()):
        words = f"{told} The first member of staff; at the first deployment."
        command = click.option(option, f"first_{name}", default="", help=words)(command)
    return command


@click.command("deploy")
@click.option("--organisation", type=_FILE, help="The company; that which runs, unless told.")
@click.option("--policy", type=_FILE, help="Its policy; that which runs, unless told.")
@_choices
@click.option(
    "--architecture",
    type=click.Choice(ARCHITECTURES),
    help="Whose processor Lambda is to run it on: as it does now, or arm64, unless told.",
)
@click.option("--plan", "only_plan", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@language_option
@needed_stage_options
def deploy(
    stage: Stage,
    language: str,
    *,
    only_plan: bool,
    yes: bool,
    **given: Any,  # noqa: ANN401 - as typed
) -> None:
    """Make or update a stage in the AWS account of this shell's credentials.

    Says what it will do and what that costs, and asks once. What is decided stays decided until
    it is said otherwise. Broken off, it goes on when it is run again. Exit code 3 while the
    sender's records are waited for.
    """
    ctx = click.get_current_context()
    elsewhere = ctx.find_object(Elsewhere) or Elsewhere()
    narrator = Narrator(language)
    if lacking := stage.lacking:
        named = narrator.joined(lacking)
        raise click.UsageError(narrator.word("lacking", region=stage.region, services=named))
    with _refusals_told(narrator), TemporaryDirectory() as folder:
        narrator.say("account", account=stage.account, region=stage.region, stage=stage.name)
        running = _running(stage, Path(folder))
        company = _company(running, given, narrator)
        chosen, first = _decided(stage, company, given, narrator)
        architecture = given["architecture"] or _architecture(stage)
        deployment = Deployment(
            stage,
            company,
            chosen,
            _built(stage, company, architecture, narrator),
            StackChanges(stage, elsewhere.pause),
            narrator,
            datetime.now(UTC),  # noqa: TID251 - the moment that it is
            elsewhere.adapt,
        )
        deployment.prepare()
        _say_plan(deployment, running, first, architecture, narrator)
        if only_plan:
            narrator.say("nothing_done")
            return
        if not yes and not click.confirm(narrator.word("ask")):
            narrator.say("nothing_done")
            return
        ctx.exit(_carried_out(deployment, first, narrator))


class ExampleCompanyError(Exception):
    """The demonstration's company: nobody answers its telephones, and it is never deployed."""


@contextmanager
def _refusals_told(narrator: Narrator) -> Iterator[None]:
    """Turn what is wrong with the company or the first account into a sentence."""
    try:
        with narrator.failures_told():
            yield
    except ExampleCompanyError as error:
        raise click.ClickException(narrator.word("example")) from error
    except BadInputError as error:
        lines = fault_lines(error, narrator.language)
        raise click.ClickException("\n".join([narrator.word("first_wrong"), *lines])) from error


def _company(
    running: CompanyFiles | None, given: dict[str, Any], narrator: Narrator
) -> CompanyFiles:
    """The files that were given, and for the others those that run; all of them sound."""
    organisation, policy = given["organisation"], given["policy"]
    if organisation is None or policy is None:
        if running is None:
            raise click.UsageError(narrator.word("no_company"))
        organisation = organisation or running.organisation
        policy = policy or running.policy
    company = CompanyFiles(organisation, policy)
    company.check(narrator.language)
    if is_example(company.read()):
        raise ExampleCompanyError
    return company


def _running(stage: Stage, folder: Path) -> CompanyFiles | None:
    """The files of the version that runs, or that ran last, fetched; None where nothing did."""
    releases, version = stage.stack("releases"), running_version(stage)
    if not releases or not version:
        return None
    kept = Releases(stage.client("s3"), releases.outputs["ReleasesBucket"])
    return kept.fetch_company(version, folder)


def _decided(
    stage: Stage, company: CompanyFiles, given: dict[str, Any], narrator: Narrator
) -> tuple[dict[str, str], FirstAccount]:
    """What the operator decides, now or before, and the first account.

    Raises UsageError with everything that is missing or unfit, and BadInputError.
    """
    told = {choice.setting: given[choice.setting] for choice in decided.CHOICES}
    chosen = Memory(stage).read() | {
        setting: value.strip() for setting, value in told.items() if value is not None
    }
    first = FirstAccount({name: given[f"first_{name}"].strip() for name in FIELDS})
    lacking = list(decided.missing(chosen))
    if stage.stack("identity") is None:
        lacking += [FIELDS[name][0] for name, value in first.typed.items() if not value]
    if lacking:
        raise click.UsageError(narrator.word("missing", options=narrator.joined(lacking)))
    organisation = company.read()
    sender = NamedAddress.of(organisation.sender).address
    if wrong := list(decided.unfit(chosen, sender)):
        lines = [narrator.word("unfit", **vars(one)) for one in wrong]
        raise click.UsageError("\n".join(lines))
    if first.is_given:
        now = datetime.now(UTC)  # noqa: TID251 - the moment that it is
        first.read(organisation, Directory(()), now)
    return chosen, first


def _architecture(stage: Stage) -> str:
    """What the functions run on now; what is built unless told where there are none."""
    application = stage.stack("application")
    if application is None:
        return ARCHITECTURES[0]
    name = application.outputs["APIHandlerName"]
    running = stage.client("lambda").get_function_configuration(FunctionName=name)
    architecture: str = running.get("Architectures", ["x86_64"])[0]
    return architecture


def _built(stage: Stage, company: CompanyFiles, architecture: str, narrator: Narrator) -> Built:
    """The package and the site, made on this machine."""
    narrator.say("builds")
    out = ROOT / "build" / f"deploy-{stage.name}"
    report = package(out / "package", Target(architecture), company)
    build_site(out / "site", company)
    return Built(report.archives, report.template, out / "site")


def _say_plan(
    deployment: Deployment,
    running: CompanyFiles | None,
    first: FirstAccount,
    architecture: str,
    narrator: Narrator,
) -> None:
    _say_decisions(deployment, first, architecture, narrator)
    narrator.say("plan")
    for step in deployment.foresee():
        narrator.step(step)
    for stack in deployment.unwanted:
        narrator.say("will_remove", stack=stack.name, what=narrator.word(f"stack_{stack.name}"))
    if pages := deployment.pages():
        narrator.say("will_publish", sent=pages.sent, removed=pages.removed)
    _say_files(deployment, running, narrator)
    _say_costs(deployment.settings, architecture, narrator)


def _say_decisions(
    deployment: Deployment, first: FirstAccount, architecture: str, narrator: Narrator
) -> None:
    """What was decided, now or before; and what it was, where it changes."""
    before = Memory(deployment.stage).read()
    narrator.say("decisions")
    for choice in decided.CHOICES:
        now, earlier = deployment.chosen.get(choice.setting, ""), before.get(choice.setting, "")
        if now or earlier:
            key = "decision" if now == earlier or not before else "decision_changed"
            narrator.say(key, option=choice.option, now=now or "–", earlier=earlier or "–")
    narrator.say("decision", option="--architecture", now=architecture)
    narrator.say("sender_is", sender=deployment.settings["sender"])
    if first.is_given:
        narrator.say("first_is", **first.typed)


def _say_files(deployment: Deployment, running: CompanyFiles | None, narrator: Narrator) -> None:
    """Which of the company's files is another, and the keys that are gone from it."""
    narrator.say("company_version", version=deployment.settings["company_files"])
    if running is None:
        return
    for name in ("organisation", "policy"):
        now, earlier = getattr(deployment.company, name), getattr(running, name)
        same = now.read_bytes() == earlier.read_bytes()
        narrator.say("file_same" if same else "file_changed", file=narrator.word(f"file_{name}"))
    for gone in gone_keys(running, deployment.company):
        narrator.say("key_gone", gone=gone)


def _say_costs(settings: decided.Settings, architecture: str, narrator: Narrator) -> None:
    """What a month of this stage comes to, with no complaint and with many."""
    shape = Shape(
        arm64=architecture == ARCHITECTURES[0],
        hosted_zone=bool(settings.get("hosted_zone_id")),
        web_acl=is_given(settings, "rate_limit"),
    )
    narrator.say("costs")
    for complaints in (0, 100, 1_000, 10_000):
        usd = f"{total_usd(monthly_cost(complaints, shape)):.2f}"
        key = "costs_month" if complaints else "costs_idle"
        narrator.say(key, count=f"{complaints:,}", usd=usd)
    narrator.say("costs_more")


def _carried_out(deployment: Deployment, first: FirstAccount, narrator: Narrator) -> int:
    """Do it, and say where it stands if it breaks off. The exit code."""
    Memory(deployment.stage).write(deployment.chosen)
    try:
        sender = deployment.go()
        _say_addresses(deployment, narrator)
        _invite(deployment, first, narrator)
    except SenderNotVerifiedError as error:
        narrator.say("run_again_verified", identity=error.sender.identity)
        return WAITS
    except DataAtRiskError as error:
        narrator.broke_off(deployment.done)
        narrator.changed(error.changes)
        raise click.ClickException(narrator.word("data_at_risk", stack=error.stack)) from error
    except ChangedMeanwhileError as error:
        narrator.broke_off(deployment.done)
        raise click.ClickException(narrator.word("changed_meanwhile")) from error
    except (StackFailedError, KeyboardInterrupt, *AWS_ERRORS):
        narrator.broke_off(deployment.done)
        raise
    if deployment.is_first:
        narrator.say("confirm_alarms", address=deployment.settings["operator_email"])
    if sender.is_sandboxed:
        narrator.say("sandboxed")
    return 0


def _say_addresses(deployment: Deployment, narrator: Narrator) -> None:
    site, settings = deployment.outputs["site"], deployment.settings
    narrator.say("addresses", url=site["SiteUrl"])
    if settings.get("domain_name") and not settings.get("hosted_zone_id"):
        narrator.say("point_domain", domain=settings["domain_name"], to=site["DistributionDomain"])


def _invite(deployment: Deployment, first: FirstAccount, narrator: Narrator) -> None:
    """The first account, where there is nobody yet."""
    stage = deployment.stage
    container = container_of(stage)
    if not container.staff.directory().staff and not first.is_given:
        narrator.say("nobody", stage=stage.name)
        return
    try:
        person = open_first(container, first)
    except (IdentityRefusedError, *AWS_ERRORS) as error:
        narrator.say("not_invited", reason=error, id=first.typed["id"], stage=stage.name)
        return
    if person:
        narrator.say("invited", id=person.id, email=person.email)
