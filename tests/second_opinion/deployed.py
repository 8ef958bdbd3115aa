"""A stage deployed by `desk deploy` on ministack, with its IAM evaluation on."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click.testing import CliRunner

from chalicelib.bootstrap import Container
from desk.company import CompanyFiles
from desk.deploying.elsewhere import Elsewhere
from desk.deploying.running import container_of
from desk.deploying.stage import Stage
from desk.deploying.templates import Template, read
from desk.main import desk
from desk.packaging.targets import target_here
from second_opinion.front import Front
from second_opinion.programs import ROOT, Program, running
from support.templates import of_type

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
    """One stage, and what an operator does with it."""

    cloud: Program
    front: Front
    stage: Stage
    _sent: dict[str, Template] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where residents and staff find it."""
        return self.outputs("site")["SiteUrl"]

    @property
    def container(self) -> Container:
        """The parts of the product over this stage, as an operator's command has them."""
        return container_of(self.stage)

    def outputs(self, stack: str) -> dict[str, str]:
        """What a stack gives out."""
        return dict(self.stage.needed(stack).outputs)

    def deploy(self, company: CompanyFiles | None = None, *options: str) -> str:
        """Run `desk deploy`, with these files or those that run; what it says."""
        files = (
            (f"--organisation={company.organisation}", f"--policy={company.policy}")
            if company
            else ()
        )
        architecture = f"--architecture={target_here().architecture}"
        said = self.desk("deploy", *files, architecture, "--yes", *options)
        self._answer_as_declared()
        self.front.follow(self.outputs("site")["DistributionId"])
        return said

    def desk(self, *words: str, typed: str = "") -> str:
        """Run an operator's command on this stage; what it says."""
        place = ("--stage", self.stage.name, "--region", self.stage.region, "--language", "en")
        elsewhere = Elsewhere(self._adapted, pause=0.05)
        result = CliRunner().invoke(desk, [*words, *place], input=typed, obj=elsewhere)
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
            "account": self.stage.account,
            "time": "2026-12-01T09:00:00Z",
            "region": self.stage.region,
            "resources": [],
            "detail": {},
        }
        name = self.outputs("application")["SweepName"]
        found = self.stage.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        assert "FunctionError" not in found, found["Payload"].read()

    def _adapted(self, stack: str, text: str) -> str:
        """A template as ministack takes it; how it was sent is remembered."""
        self._sent[stack] = template = adapted(stack, text)
        return json.dumps(template, ensure_ascii=False, separators=(",", ":"))

    def _answer_as_declared(self) -> None:
        """What the API answers by itself: ministack knows it, but not from a template of SAM's."""
        declared = self._sent["application"]["Resources"]["RestAPI"]["Properties"]
        outputs, service = self.outputs("application"), self.stage.client("apigateway")
        for name, one in declared["GatewayResponses"].items():
            headers = one["ResponseParameters"]["Headers"]
            more = {"statusCode": str(one["StatusCode"])} if "StatusCode" in one else {}
            service.put_gateway_response(
                restApiId=outputs["RestAPIId"],
                responseType=name,
                responseParameters={
                    f"gatewayresponse.header.{header}": value for header, value in headers.items()
                },
                responseTemplates=one["ResponseTemplates"],
                **more,
            )
        service.create_deployment(
            restApiId=outputs["RestAPIId"], stageName=outputs["ApiPath"].strip("/")
        )


def adapted(stack: str, text: str) -> Template:
    """A template without what ministack does not know."""
    template: dict[str, Any] = json.loads(json.dumps(read(text)))
    if stack in UNKNOWN:
        section, name = UNKNOWN[stack]
        del template[section][name]
    for role in of_type(template, "AWS::IAM::Role").values():
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                # It asks for the right to send on everything, where SES asks on the identity.
                if SENDS in statement["Action"]:
                    statement["Resource"] = "*"
    return template
