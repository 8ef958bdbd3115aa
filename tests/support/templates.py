"""The templates of infra/ as values, and what stands in them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from cfnlint.decode.cfn_yaml import loads

from desk.stacks import STACKS, Output

Template = Mapping[str, Any]


@cache
def declared(name: str) -> Template:
    """A template as it stands in its file, with `!Ref` and the like written out."""
    found: Template = loads(STACKS[name].template.read_text("utf-8"))
    return found


def every(translated: Template) -> dict[str, Template]:
    """All templates by stack, the application's as AWS translates it."""
    return {name: translated if name == "application" else declared(name) for name in STACKS}


def of_type(template: Template, kind: str) -> dict[str, Any]:
    """The properties of all resources of a kind, by their names."""
    resources = template["Resources"].items()
    return {name: one.get("Properties", {}) for name, one in resources if one.get("Type") == kind}


def resources(templates: Mapping[str, Template], *kinds: str) -> Iterator[tuple[str, str, Any]]:
    """Stack, name and the whole resource, of these kinds or all."""
    for stack, template in templates.items():
        for name, one in template["Resources"].items():
            if not kinds or one["Type"] in kinds:
                yield stack, name, one


def meant_by(stack: str, parameter: str, templates: Mapping[str, Template]) -> tuple[str, str]:
    """The stack and the resource that a parameter comes from, by the table of stacks."""
    source = STACKS[stack].parameters[parameter]
    assert isinstance(source, Output), f"{stack}.{parameter} comes from no stack"
    value = templates[source.stack]["Outputs"][source.name]["Value"]
    attribute = value.get("Fn::GetAtt", [value.get("Ref")])
    return source.stack, attribute[0]
