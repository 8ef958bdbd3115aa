"""Deployed stages in this process, by moto: the stacks that the operator's commands ask.

Storage and releases are made from the templates that are deployed. Of the application's there
are the parameters and the outputs alone, over a resource that costs nothing: moto runs no
functions. The sign-in is made as the offline cloud makes it, which has CloudFormation make no pool.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application.key_rings import new_rings
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.deploying.running import ORGANISATION_FILE, POLICY_FILE
from desk.deploying.stage import Stage, stack_name
from desk.offline.identity import make_pool
from desk.stacks import STACKS
from support.templates import declared

REGION = "eu-west-1"
VERSION = "company/2026-12-01T09.00.00-0123456789ab"
SENDER = "desk@company.example"


@dataclass(frozen=True)
class Company:
    """The files that a stage runs, as text."""

    organisation: str = ORGANISATION.read_text("utf-8")
    policy: str = COMMUNITY.read_text("utf-8")

    def renamed(self, community: str, receptionist: str) -> "Company":
        """The same, whose first community has another key and whose receptionists are called so."""
        return Company(
            self.organisation.replace('key = "jade-lake"', f'key = "{community}"', 1),
            self.policy.replace('en = "receptionist"', f'en = "{receptionist}"', 1),
        )


def deploy(name: str, company: Company, now: datetime, region: str = REGION) -> Stage:
    """Make a stage's stacks and keys, and keep the company's files that it runs."""
    stage, site_url = Stage(name, region), f"https://{name}.company.example"
    topic = stage.client("sns").create_topic(Name=f"{name}-feedback")["TopicArn"]
    mail = {"MailIdentity": SENDER, "ConfigurationSet": "letters", "FeedbackTopic": topic}
    outputs = {
        "site": {"SiteUrl": site_url},
        "identity": _pool(stage, site_url),
        "mail": mail,
    }
    for stack in ("releases", "storage", "application"):
        outputs[stack] = _make(stage, stack, outputs)
    bucket = outputs["releases"]["ReleasesBucket"]
    for file, text in {
        ORGANISATION_FILE: company.organisation,
        POLICY_FILE: company.policy,
    }.items():
        stage.client("s3").put_object(Bucket=bucket, Key=f"{VERSION}/{file}", Body=text.encode())
    keys = ParameterKeyStore(stage.client("ssm"), stage.keys_parameter)
    keys.create(new_rings(now, lambda size: (name.encode() * size)[:size]))
    return stage


def settings(stage: Stage) -> dict[str, str]:
    """What an operator decides about a stage."""
    return {
        "stage": stage.name,
        "table_name": f"complaint-desk-{stage.name}",
        "keys_parameter": stage.keys_parameter,
        "operator_email": f"{stage.name}@company.example",
        "company_files": VERSION,
    }


def _make(stage: Stage, stack: str, outputs: dict[str, Any]) -> dict[str, str]:
    """Make a stack as the table of stacks has it; what it gives out."""
    given = STACKS[stack].values(settings(stage), outputs)
    template = _application() if stack == "application" else STACKS[stack].template.read_text()
    service, name = stage.client("cloudformation"), stack_name(stage.name, stack)
    service.create_stack(
        StackName=name,
        TemplateBody=template,
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in given.items()],
    )
    service.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    return dict(stage.needed(stack).outputs)


def _application() -> str:
    """The application's parameters and what of its outputs is one of them."""
    whole = declared("application")
    outputs = {
        name: one
        for name, one in whole["Outputs"].items()
        if one["Value"].get("Ref") in whole["Parameters"]
    }
    nothing = {"Type": "AWS::SNS::Topic"}
    kept = {
        "Parameters": whole["Parameters"],
        "Resources": {"Nothing": nothing},
        "Outputs": outputs,
    }
    return json.dumps(kept)


def _pool(stage: Stage, site_url: str) -> dict[str, str]:
    parameters = {"SiteUrl": site_url, "Sender": SENDER, "MailIdentity": SENDER}
    made = make_pool(stage.client("cognito-idp"), parameters)
    return {"UserPoolId": made.pool_id, "UserPoolClientId": made.client_id}
