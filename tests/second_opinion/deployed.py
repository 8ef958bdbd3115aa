"""A stage deployed on ministack, with its IAM evaluation on, and what a person reaches of it."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click.testing import CliRunner

from chalicelib.bootstrap import Container
from chalicelib.settings import settings_from
from desk.deploying.stage import stack_name
from desk.main import desk
from desk.site import security_policy
from desk.stacks import STACKS, deployment
from second_opinion.front import Front
from second_opinion.programs import ROOT, Program, running
from support.templates import Template, declared, of_type

REGION = "eu-west-1"
SENDS = "ses:SendEmail"
UNKNOWN = {"mail": ("Outputs", "DkimRecords"), "monitoring": ("Resources", "SweepIsSilent")}
"""What ministack does not know: the records of an identity's DKIM keys, and metric math."""


@contextmanager
def ministack_with_rights(folder: Path) -> Iterator[Program]:
    """Run ministack that asks each caller for their rights, over TLS as the buckets want it.

    What it runs inherits its environment: so there is nothing of the tests' in it, and no path
    to this checkout. A function's code is in its zip or nowhere.
    """
    kept = ("PATH", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    settings = {
        "GATEWAY_PORT": "{port}",
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "AUTH": "true",
        "USE_SSL": "1",
        "TMPDIR": str(folder),
        "HOME": str(folder),
    }
    with running(
        ROOT / ".venv-ministack" / "bin" / "ministack",
        folder,
        certificate=folder / "ministack-tls" / "server.crt",
        inherited={name: os.environ[name] for name in kept},
        **settings,
    ) as found:
        yield found


@dataclass
class Deployed:
    """One stage."""

    cloud: Program
    front: Front
    stage: str
    settings: dict[str, str]
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict)

    def client(self, service: str, region: str = REGION) -> Any:
        """A client of the operator's, who may do everything."""
        known = self._clients.get((service, region))
        if known is None:
            known = self.cloud.client(service, region_name=region)
            self._clients[service, region] = known
        return known

    @property
    def address(self) -> str:
        """Where residents and staff find it."""
        return self.outputs["site"]["SiteUrl"]

    @property
    def container(self) -> Container:
        """The parts of the product over this stage, as an operator's command has them."""
        name = self.outputs["application"]["APIHandlerName"]
        function = self.client("lambda").get_function_configuration(FunctionName=name)
        settings = settings_from(function["Environment"]["Variables"])
        clients = {one: self.client(one) for one in ("cognito-idp", "dynamodb", "sesv2", "ssm")}
        return Container(settings, clients)

    def deploy(self, package: Path, site: Path) -> None:
        """Make all stacks in their order, or update them, and put the site where it is served."""
        self.settings["content_security_policy"] = security_policy(site)
        for stack in deployment(self.settings):
            template = self._template(stack.name, package)
            self.outputs[stack.name] = self._make(stack.name, template)
        self._answer_as_declared(package)
        for file in (one for one in site.rglob("*") if one.is_file()):
            self.client("s3").put_object(
                Bucket=self.outputs["site"]["SiteBucket"],
                Key=file.relative_to(site).as_posix(),
                Body=file.read_bytes(),
                ContentType=guess_type(file.name)[0] or "application/octet-stream",
            )
        self.front.follow(self.outputs["site"]["DistributionId"])

    def desk(self, *words: str) -> str:
        """Run an operator's command over this stage; what it says."""
        result = CliRunner().invoke(desk, words, obj=self.container)
        assert result.exit_code == 0, result.output
        return result.output

    def letters_to(self, address: str) -> list[dict[str, Any]]:
        """Every letter to an address, the oldest first."""
        place = urlsplit(self.cloud.url)
        connection = HTTPSConnection(place.hostname or "", place.port, context=self.cloud.trust)
        connection.request("GET", "/_ministack/ses/messages")
        messages = json.loads(connection.getresponse().read())["messages"]
        connection.close()
        return [one for sent in messages.values() for one in sent if address in one["To"]]

    def sweep(self) -> None:
        """Invoke the sweep as its schedule does."""
        event = {
            "version": "0",
            "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": "000000000000",
            "time": "2026-12-01T09:00:00Z",
            "region": REGION,
            "resources": [],
            "detail": {},
        }
        name = self.outputs["application"]["SweepName"]
        found = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        assert "FunctionError" not in found, found["Payload"].read()

    def _make(self, stack: str, template: Template) -> dict[str, str]:
        """Make a stack, or update it where it stands; its outputs."""
        service = self.client("cloudformation", STACKS[stack].region or REGION)
        name = stack_name(self.stage, stack)
        given = STACKS[stack].values(self.settings, self.outputs)
        standing = {one["StackName"] for one in service.describe_stacks()["Stacks"]}
        kind = "update" if name in standing else "create"
        getattr(service, f"{kind}_stack")(
            StackName=name,
            TemplateBody=json.dumps(template, ensure_ascii=False, separators=(",", ":")),
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in given.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        waiter = service.get_waiter(f"stack_{kind}_complete")
        waiter.wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        (found,) = service.describe_stacks(StackName=name)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}

    def _template(self, stack: str, package: Path) -> Template:
        if stack != "application":
            return known(stack, declared(stack))
        template = json.loads((package / "template.json").read_text("utf-8"))
        for resource in template["Resources"].values():
            code = resource.get("Properties", {}).get("CodeUri")
            if code:
                resource["Properties"]["CodeUri"] = self._uploaded(package / code)
        return known(stack, template)

    def _uploaded(self, archive: Path) -> dict[str, str]:
        content = archive.read_bytes()
        bucket = self.outputs["releases"]["ReleasesBucket"]
        key = f"code/{hashlib.sha256(content).hexdigest()}/{archive.name}"
        self.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
        return {"Bucket": bucket, "Key": key}

    def _answer_as_declared(self, package: Path) -> None:
        """What the API answers by itself: ministack knows it, but not from a template of SAM's."""
        template = json.loads((package / "template.json").read_text("utf-8"))
        api = self.outputs["application"]["RestAPIId"]
        service = self.client("apigateway")
        for name, one in template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"].items():
            headers = one["ResponseParameters"]["Headers"]
            more = {"statusCode": str(one["StatusCode"])} if "StatusCode" in one else {}
            service.put_gateway_response(
                restApiId=api,
                responseType=name,
                responseParameters={
                    f"gatewayresponse.header.{header}": value for header, value in headers.items()
                },
                responseTemplates=one["ResponseTemplates"],
                **more,
            )
        stage = self.outputs["application"]["ApiPath"].strip("/")
        service.create_deployment(restApiId=api, stageName=stage)


def known(stack: str, template: Template) -> dict[str, Any]:
    """A template as ministack takes it."""
    found: dict[str, Any] = deepcopy(json.loads(json.dumps(template)))
    if stack in UNKNOWN:
        section, name = UNKNOWN[stack]
        del found[section][name]
    for statement in _statements(found):
        # It asks for the right to send on everything, where SES asks on the identity.
        if SENDS in statement["Action"]:
            statement["Resource"] = "*"
    return found


def _statements(template: Template) -> Iterator[dict[str, Any]]:
    for role in of_type(template, "AWS::IAM::Role").values():
        for policy in role["Policies"]:
            yield from policy["PolicyDocument"]["Statement"]
