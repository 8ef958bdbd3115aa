"""A stage: one whole Complaint Desk in an account and a region, and what stands of it.

What is known of it is asked of CloudFormation each time; nothing of a stage is kept on the
operator's machine.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError
from botocore.session import Session, get_session

from desk.stacks import STACKS

STANDING = (
    *("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"),
    *("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED"),
    *("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
    *("UPDATE_FAILED", "IMPORT_ROLLBACK_COMPLETE"),
)
"""The states of a stack that was made once and is there, whatever goes on with it."""

REGIONAL = (
    *("cloudformation", "lambda", "apigateway", "dynamodb", "s3", "sqs", "sns", "events", "kms"),
    *("ssm", "logs", "cloudwatch", "sesv2", "cognito-idp"),
)
"""What a stage needs of its own region, by botocore's names."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,19}")


class StageNameError(Exception):
    """A stage is called by 1–20 small letters, digits and hyphens, a letter first."""


class NoRegionError(Exception):
    """Neither the command nor this shell names a region."""


class StageMissingError(Exception):
    """No such stage stands where it was looked for; it may have been begun."""

    def __init__(self, stage: str, region: str, account: str, *, is_begun: bool = False) -> None:
        super().__init__(f"{stage} does not stand in {region} of {account}")
        self.region = region
        self.account = account
        self.is_begun = is_begun


def stack_name(stage: str, stack: str) -> str:
    """What CloudFormation calls a stack of a stage."""
    return f"complaint-desk-{stage}-{stack}"


@dataclass(frozen=True)
class Standing:
    """One stack as it stands: its state, what it was given, and what it gives out."""

    status: str
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True)
class Stage:
    """A stage by its name and region; raises StageNameError for a name that stacks cannot have."""

    name: str
    region: str
    session: Session = field(default_factory=get_session, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a name that cannot be one."""
        if not _NAME.fullmatch(self.name):
            raise StageNameError(self.name)

    @classmethod
    def of(cls, name: str, region: str | None = None) -> "Stage":
        """The stage of this shell's credentials, in this region or in the shell's own.

        Raises StageNameError and NoRegionError.
        """
        session = get_session()
        # AWS's own command line reads this variable first; botocore knows only the other.
        shells = os.environ.get("AWS_REGION") or session.get_config_variable("region")
        found = region or shells
        if not found:
            raise NoRegionError
        return cls(name, found, session)

    def client(self, service: str, region: str = "") -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A client in the stage's region, or in another."""
        return self.session.create_client(service, region_name=region or self.region)

    @property
    def keys_parameter(self) -> str:
        """Where the stage's keys are kept; `KeysParameter` of infra/application.yaml."""
        return f"/complaint-desk/{self.name}/keys"

    @property
    def lacking(self) -> tuple[str, ...]:
        """The services that its region does not have, as this botocore knows; of all `REGIONAL`."""
        return tuple(
            name
            for name in REGIONAL
            if self.region not in self.session.get_available_regions(name, _partition(self.region))
        )

    @property
    def robot_parameter(self) -> str:
        """Where the URL of the robot in the staff's group is kept, as the functions look for it."""
        return f"{self.keys_parameter}/robot"

    @cached_property
    def account(self) -> str:
        """The number of the account that the credentials are for."""
        number: str = self.client("sts").get_caller_identity()["Account"]
        return number

    def stack(self, name: str) -> Standing | None:
        """One stack as it stands now, or None where there is none.

        A stack that was never made whole does not stand, and neither does one that is being made.
        """
        found = self.described(name)
        return found if found and found.status in STANDING else None

    def described(self, name: str) -> Standing | None:
        """What CloudFormation knows under a stack's name, standing or not."""
        service = self.client("cloudformation", STACKS[name].region)
        try:
            (one,) = service.describe_stacks(StackName=stack_name(self.name, name))["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        if one["StackStatus"] == "DELETE_COMPLETE":
            return None
        return Standing(
            one["StackStatus"],
            {given["ParameterKey"]: given["ParameterValue"] for given in one.get("Parameters", ())},
            {output["OutputKey"]: output["OutputValue"] for output in one.get("Outputs", ())},
        )

    def needed(self, name: str) -> Standing:
        """A stack that a stage always has. Raises StageMissingError where it does not stand."""
        found = self.stack(name)
        if found is None:
            is_begun = any(self.described(one) for one in STACKS)
            raise StageMissingError(self.name, self.region, self.account, is_begun=is_begun)
        return found

    def standing(self) -> dict[str, Standing]:
        """All stacks that stand, by name."""
        found = {name: self.stack(name) for name in STACKS}
        return {name: one for name, one in found.items() if one is not None}


def _partition(region: str) -> str:
    """AWS's own name of the part of the world that keeps accounts of its own."""
    return "aws-cn" if region.startswith("cn-") else "aws"


def outputs_of(standing: Mapping[str, Standing]) -> dict[str, Mapping[str, str]]:
    """What they give out, by stack: what other stacks take from."""
    return {name: one.outputs for name, one in standing.items()}
