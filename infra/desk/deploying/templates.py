"""The templates, as text for CloudFormation and as values for whoever asks what is in them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cfnlint.decode.cfn_yaml import loads

from desk.stacks import STACKS

Template = Mapping[str, Any]


@cache
def declared(name: str) -> Template:
    """A template as it stands in its file, with `!Ref` and the like written out."""
    found: Template = loads(STACKS[name].template.read_text("utf-8"))
    return found


def read(text: str) -> Template:
    """A template from its text."""
    found: Template = loads(text)
    return found


def with_code_at(packaged: Path, places: Mapping[str, str]) -> str:
    """The application's template, its code where it was put: `places` by the name of the zip."""
    template = json.loads(packaged.read_text("utf-8"))
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        if "CodeUri" in properties:
            properties["CodeUri"] = places[Path(properties["CodeUri"]).name]
    return json.dumps(template, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
