"""The template that is deployed: Chalice's, with ours laid over it, and what AWS makes of it.

The fragment alone is not a template, and a SAM template is not what CloudFormation runs. So the
merged one is translated as AWS will translate it, without AWS, and that is what is linted.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from boto3 import Session
from cfnlint.api import lint
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from desk.packaging.bundle import ROOT
from desk.packaging.errors import PackagingError, run

APPLICATION = ROOT / "infra" / "application.yaml"
OTHERS = tuple(
    ROOT / "infra" / f"{name}.yaml"
    for name in ("releases", "edge", "site", "storage", "mail", "identity", "monitoring")
)
"""The stacks that need no package: what is linted is what is deployed."""
STAGE = "production"  # Chalice's own; the stage of a deployment is a parameter of the template
ANY_REGION = "eu-west-1"  # Chalice and the translator want one; what they write names none

Template = dict[str, Any]


def write_template(project: Path, out: Path) -> Path:
    """Have Chalice write its zip and the merged template into `out`; return the template.

    It is written without a space: CloudFormation takes 51,200 bytes in a request, and more only
    by way of a bucket. What the fragment shares by YAML anchors is written out: CloudFormation
    promises to read no aliases, and JSON has none.
    """
    chalice = str(Path(sys.executable).with_name("chalice"))
    options = ["--merge-template", str(APPLICATION), "--template-format", "yaml"]
    arguments = [chalice, "package", "--stage", STAGE, *options, str(out)]
    run("chalice package", arguments, cwd=project, env=_environment(project))
    merged = _without_documentation(yaml.safe_load((out / "sam.yaml").read_text(encoding="utf-8")))
    (out / "sam.yaml").unlink()
    path = out / "template.json"
    path.write_text(
        json.dumps(merged, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        encoding="utf-8",
    )
    return path


def read_template(path: Path) -> Template:
    """Read a template that packaging wrote."""
    template: Template = json.loads(path.read_text(encoding="utf-8"))
    return template


def translate(template: Template) -> Template:
    """Turn a SAM template into what CloudFormation runs, offline.

    The map of AWS's managed policies, which would be asked of IAM, is empty: each function has
    its own role and names none.
    """
    translator = Translator({}, Parser(), boto_session=Session(region_name=ANY_REGION))
    translated: Template = translator.translate(_with_code_in_s3(template), {})
    translator.metrics.publish()  # to nobody; it complains when it ends unpublished
    return translated


def lint_template(name: str, text: str) -> None:
    """Raise PackagingError with every error and warning that cfn-lint finds. None is excused."""
    found = [f"  {match.rule.id} {_place(match.path)}: {match.message}" for match in lint(text)]
    if found:
        raise PackagingError("\n".join([f"{name} does not lint:", *found]))


def lint_all(merged: Path) -> None:
    """Lint the merged template in its translation, kept beside it, and the other stacks'."""
    translated = merged.with_name("translated.json")
    content = translate(read_template(merged))
    translated.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    for path in (translated, *OTHERS):
        lint_template(path.name, path.read_text(encoding="utf-8"))


_INTEGRATION = "x-amazon-apigateway-integration"


def _without_documentation(merged: Template) -> Template:
    """Leave out what API Gateway keeps for whoever reads an API, a tenth of the whole.

    Every method hands its request over as it is: what it takes and gives, and how, says nothing.
    """
    body = merged["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    del body["definitions"]
    for methods in body["paths"].values():
        for method in methods.values():
            del method["consumes"], method["produces"]
            for answer in method["responses"].values():
                answer.pop("schema", None)
            # A function's whole answer is the answer: SAM says none of it, either.
            del method[_INTEGRATION]["responses"], method[_INTEGRATION]["passthroughBehavior"]
    return merged


def _with_code_in_s3(template: Template) -> Template:
    """Where the code will be once it is uploaded: the translator refuses a path on this disk."""
    copy: Template = json.loads(json.dumps(template))
    for resource in copy["Resources"].values():
        if "CodeUri" in resource.get("Properties", {}):
            resource["Properties"]["CodeUri"] = "s3://code/deployment.zip"
    return copy


def _environment(project: Path) -> dict[str, str]:
    """Nothing of this machine's AWS settings: packaging uses no account."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(project),
        "AWS_DEFAULT_REGION": ANY_REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _place(path: Iterable[str | int]) -> str:
    return "/".join(str(step) for step in path)
