"""What runs in a stage: the functions' settings and the company's own files, asked of AWS.

So an operator's command works on a stage with what the stage works with, and never with what
this shell or this checkout happens to have.
"""

import tomllib
from dataclasses import dataclass

import yaml

from chalicelib.adapters.aws_clients import AwsClients
from chalicelib.bootstrap import Container
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.policy.reader import organisation_from, policy_from
from chalicelib.settings import settings_from
from desk.deploying.releases import (
    ORGANISATION_FILE,
    POLICY_FILE,
    Releases,
    UnreadableFilesError,
)
from desk.deploying.stage import Stage, Standing
from desk.stacks import STACKS


@dataclass(frozen=True)
class RunningFiles:
    """The company's files that a stage runs, as they were deployed."""

    version: str
    organisation_text: str
    policy_text: str

    @property
    def texts(self) -> dict[str, str]:
        """Both, by where they are kept."""
        return {
            f"{self.version}/{ORGANISATION_FILE}": self.organisation_text,
            f"{self.version}/{POLICY_FILE}": self.policy_text,
        }

    def read(self) -> tuple[Organisation, Policy]:
        """Both as the code has them. Raises UnreadableFilesError."""
        try:
            organisation = organisation_from(tomllib.loads(self.organisation_text))
            policy = policy_from(tomllib.loads(self.policy_text))
        except (ValueError, KeyError, OSError) as error:
            raise UnreadableFilesError(f"{self.version}: {error!r}") from error
        return organisation, policy


def container_of(stage: Stage) -> Container:
    """The product's parts, over a stage.

    Raises StageMissingError, UnreadableFilesError, SettingsError, and what botocore raises.
    """
    application = stage.needed("application")
    organisation, policy = _files(stage, application).read()
    stage.session.set_config_variable("region", stage.region)
    return Container(
        settings_from(environment_of(application)),
        aws=AwsClients(stage.session),
        policy_given=policy,
        organisation_given=organisation,
    )


def running_files(stage: Stage) -> RunningFiles:
    """The company's files that run. Raises StageMissingError, and what botocore raises."""
    return _files(stage, stage.needed("application"))


def environment_of(application: Standing) -> dict[str, str]:
    """The functions' environment: each variable as the template has it, with what was deployed."""
    template = yaml.load(STACKS["application"].template.read_text("utf-8"), _References)  # noqa: S506 - a SafeLoader
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    given = application.parameters
    return {name: given[source] for name, source in variables.items() if source in given}


def _files(stage: Stage, application: Standing) -> RunningFiles:
    bucket = stage.needed("releases").outputs["ReleasesBucket"]
    releases, version = Releases(stage.client("s3"), bucket), application.outputs["CompanyFiles"]
    texts = (
        releases.company_file(version, name).decode("utf-8")
        for name in (ORGANISATION_FILE, POLICY_FILE)
    )
    return RunningFiles(version, *texts)


class _References(yaml.SafeLoader):  # type: ignore[misc]
    """Reads a template; of a `!Ref` the name it refers to, and nothing of the other functions."""


_References.add_multi_constructor("!", lambda *_: None)
_References.add_constructor("!Ref", lambda _, node: node.value)
