"""Cognito offline: the pool and the client of infra/identity.yaml, made through the API.

Moto makes no user pool from CloudFormation, so the properties are read out of the template
and handed to the API under the names that it has there: what runs is what the file says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from desk.connection import ROOT
from desk.offline.aws import ACCOUNT, REGION

IDENTITY = ROOT / "infra" / "identity.yaml"

Properties = dict[str, Any]


@dataclass(frozen=True)
class Pool:
    """A user pool and the client through which the desk asks it."""

    pool_id: str
    client_id: str


def make_pool(client: Any, parameters: Mapping[str, str]) -> Pool:  # noqa: ANN401 - botocore's
    """Make both as the template has them."""
    pool_id = _made(client.create_user_pool, properties("UserPool", parameters), "UserPool", "Id")
    wanted = properties("UserPoolClient", {**parameters, "UserPool": pool_id})
    return Pool(
        pool_id, _made(client.create_user_pool_client, wanted, "UserPoolClient", "ClientId")
    )


def properties(resource: str, parameters: Mapping[str, str]) -> Properties:
    """A resource's properties in the template, with references and substitutions filled in."""
    template = yaml.load(IDENTITY.read_text("utf-8"), _reader(_known(parameters)))  # noqa: S506 - a SafeLoader
    found: Properties = template["Resources"][resource]["Properties"]
    return found


def _made(operation: Callable[..., Any], wanted: Properties, kind: str, key: str) -> str:
    """What the API makes of it: a pool is named otherwise there, and factors are set later."""
    given = {_NAMES.get(name, name): value for name, value in wanted.items() if name not in _LATER}
    made: str = operation(**given)[kind][key]
    return made


_NAMES = {"UserPoolName": "PoolName"}
_LATER = ("EnabledMfas",)
"""Moto lets everybody have an authenticator, whatever the pool says of it."""


def _known(parameters: Mapping[str, str]) -> dict[str, str]:
    aws = {"Partition": "aws", "Region": REGION, "AccountId": ACCOUNT}
    return {**{f"AWS::{name}": value for name, value in aws.items()}, **parameters}


def _reader(known: Mapping[str, str]) -> type[yaml.SafeLoader]:
    """A YAML reader that understands !Ref and !Sub."""

    class Reader(yaml.SafeLoader):  # type: ignore[misc]
        """Fills in what it reads."""

    def ref(_: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
        return known.get(node.value, node.value)

    def sub(_: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
        text: str = node.value
        for name, value in known.items():
            text = text.replace(f"${{{name}}}", value)
        return text

    Reader.add_constructor("!Ref", ref)
    Reader.add_constructor("!Sub", sub)
    return Reader
