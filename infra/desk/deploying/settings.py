"""What a deployment is to be: what the operator decides, and what follows from it.

THE table of the operator's choices. A choice made once is remembered by the stage
(desk.deploying.memory) and holds until another is made. Everything else that stacks take is derived
here and typed by nobody.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.named_addresses import NamedAddress
from chalicelib.domain.policy import Organisation
from desk.deploying.stage import Stage
from desk.deploying.templates import declared
from desk.stacks import STACKS, Setting

Settings = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One thing that the operator decides, under the name of its setting.

    `help` is the option's, `example` a value as it may look; what is taken the templates say.
    """

    setting: str
    option: str
    example: str
    help: str
    is_needed: bool = False


CHOICES = (
    Choice(
        "operator_email",
        "--operator-email",
        "ops@company.cn",
        "Who is told of alarms.",
        is_needed=True,
    ),
    Choice("domain_name", "--domain", "desk.company.cn", "The company's own domain for the site."),
    Choice(
        "hosted_zone_id",
        "--hosted-zone",
        "Z0123456789ABCDEFGHIJ",
        "Its zone in Route 53, where records are then made by themselves.",
    ),
    Choice(
        "rate_limit",
        "--rate-limit",
        "2000",
        "Requests that one address may make in five minutes; 0 is no limit.",
    ),
    Choice(
        "mail_address",
        "--mail-address",
        "desk@company.cn",
        "One address to verify in place of the sender's domain.",
    ),
    Choice(
        "mail_from_subdomain",
        "--mail-from",
        "post.company.cn",
        "A subdomain of the sender's, for what bounces.",
    ),
    Choice(
        "second_factor",
        "--second-factor",
        "required",
        "`optional` lets managers and leadership in with a password alone.",
    ),
    Choice(
        "reserve_concurrency",
        "--reserve-concurrency",
        "yes",
        "`yes` keeps a share for what runs by itself.",
    ),
)

DERIVED = (
    *("stage", "table_name", "keys_parameter", "keys_version", "sender", "mail_domain"),
    *("content_security_policy", "company_files"),
)
"""What nobody types: it follows from the stage's name, the company's files and the built site."""


_LEAST_RATE = 10
"""Requests; WAF counts no fewer."""


@dataclass(frozen=True)
class Unfit:
    """A choice that a template refuses: its option, what was given, and one that would fit."""

    option: str
    given: str
    example: str


def derived(stage: Stage, organisation: Organisation, chosen: Settings) -> dict[str, str]:
    """What follows from the stage's name and the company; what is built comes later."""
    sender = NamedAddress.of(organisation.sender)
    is_domain = not chosen.get("mail_address")
    return {
        "stage": stage.name,
        "table_name": f"complaint-desk-{stage.name}",
        "keys_parameter": stage.keys_parameter,
        "sender": sender.on_one_line,
        "mail_domain": sender.domain if is_domain else "",
    }


def missing(chosen: Settings) -> tuple[str, ...]:
    """The options without which there is no deployment, and that nobody gave yet."""
    return tuple(
        choice.option for choice in CHOICES if choice.is_needed and not chosen.get(choice.setting)
    )


def unfit(chosen: Settings, sender: str) -> Iterator[Unfit]:
    """Each choice that CloudFormation or a service of AWS's would refuse, before it is asked.

    `sender` is the address that letters come from.
    """
    for choice in CHOICES:
        given = chosen.get(choice.setting)
        if given is None:
            continue
        asked = tuple(_asked(choice.setting))
        if not all(_fits(given, one) for one in asked):
            known = [" / ".join(map(str, one.get("AllowedValues", ()))) for one in asked]
            yield Unfit(choice.option, given, known[0] or choice.example)
        elif wanted := _unsuitable(choice.setting, given, chosen, sender):
            yield Unfit(choice.option, given, wanted)


def _unsuitable(setting: str, given: str, chosen: Settings, sender: str) -> str:
    """What would do in place of what does not go with the rest; blank where it does."""
    domain = sender.rpartition("@")[2]
    match setting:
        case "mail_address" if given not in ("", sender):
            return sender
        case "mail_from_subdomain" if given and not given.endswith(f".{domain}"):
            return f"post.{domain}"
        case "hosted_zone_id" if given and not chosen.get("domain_name"):
            return "--domain … --hosted-zone …"
        case "rate_limit" if 0 < int(given) < _LEAST_RATE:
            return f"{_LEAST_RATE}–"
        case _:
            return ""


def _asked(setting: str) -> Iterator[Mapping[str, Any]]:
    """The templates' parameters that take a setting."""
    for stack in STACKS.values():
        for parameter, source in stack.parameters.items():
            if isinstance(source, Setting) and source.name == setting:
                yield declared(stack.name)["Parameters"][parameter]


def _fits(given: str, asked: Mapping[str, Any]) -> bool:
    """Whether CloudFormation would take it."""
    if values := asked.get("AllowedValues"):
        return given in map(str, values)
    if asked["Type"] == "Number":
        return given.isdecimal() and asked["MinValue"] <= int(given) <= asked["MaxValue"]
    return re.fullmatch(asked.get("AllowedPattern", ".*"), given) is not None
