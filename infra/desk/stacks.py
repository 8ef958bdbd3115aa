"""The stacks of a stage: their order, and where each parameter of theirs comes from.

THE table of what `desk deploy` makes. Whatever one stack gives out and another takes is named
here and typed by nobody; what the operator decides is a setting of one name, asked for once
however many stacks take it.

No stack waits for itself. The site's address is what storage, identity and application want to
know, and the site wants the application's: so the site is made twice, at first without the API
behind it (docs/decisions/0048).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

INFRA = Path(__file__).parents[1]

CERTIFICATES_REGION = "us-east-1"
"""Where CloudFront takes certificates and web ACLs from."""


class MissingValueError(Exception):
    """A parameter has no value yet; the message names it and where it should come from."""


@dataclass(frozen=True)
class Setting:
    """What the operator decides, or the company's files say, under one name for all stacks.

    `otherwise` is taken where nothing is said; None says that something must be.
    """

    name: str
    otherwise: str | None = None


@dataclass(frozen=True)
class Output:
    """What another stack gives out; `otherwise` while it is not there, None if it must be.

    It is given out only where the setting `needs` is, if that names one.
    """

    stack: str
    name: str
    otherwise: str | None = None
    needs: str = ""


def is_given(settings: Mapping[str, str], name: str) -> bool:
    """Whether something is wanted by a setting; neither nothing nor naught is."""
    return settings.get(name) not in (None, "", "0")


@dataclass(frozen=True)
class Stack:
    """One stack: its template, its parameters, and the region where it must stand, if any.

    It is made where one of the settings `wanted_for` is given, or always.
    """

    name: str
    parameters: Mapping[str, Setting | Output] = field(default_factory=dict)
    region: str = ""
    wanted_for: tuple[str, ...] = ()

    @property
    def template(self) -> Path:
        """The file. The application's is merged with Chalice's by `desk package`."""
        return INFRA / f"{self.name}.yaml"

    def is_wanted(self, settings: Mapping[str, str]) -> bool:
        """Whether this stage has it."""
        return not self.wanted_for or any(is_given(settings, name) for name in self.wanted_for)

    def values(
        self, settings: Mapping[str, str], outputs: Mapping[str, Mapping[str, str]]
    ) -> dict[str, str]:
        """What to give to CloudFormation; `outputs` are by stack, of those that stand.

        Raises MissingValueError.
        """
        return {
            name: _value(f"{self.name}.{name}", source, settings, outputs)
            for name, source in self.parameters.items()
        }


_DOMAIN = Setting("domain_name", "")
_ZONE = Setting("hosted_zone_id", "")
_SITE_URL = Output("site", "SiteUrl")
_TABLE = Output("storage", "TableName")
_IDENTITY = Output("mail", "MailIdentity")
_CONFIGURATION_SET = Output("mail", "ConfigurationSet")
_OPERATOR = Setting("operator_email")
_OF_THE_APPLICATION = (
    *("ApiName", "APIHandlerName", "NotifierName", "PhotosName", "FeedbackName"),
    *("SweepName", "SweepLog"),
    *("NotifierDeadLettersName", "PhotosDeadLettersName", "FeedbackDeadLettersName"),
)

STACKS = {
    one.name: one
    for one in (
        Stack("releases"),
        Stack(
            "edge",
            {
                "DomainName": _DOMAIN,
                "HostedZoneId": _ZONE,
                "RateLimit": Setting("rate_limit", "0"),
            },
            region=CERTIFICATES_REGION,
            wanted_for=("domain_name", "rate_limit"),
        ),
        Stack(
            "site",
            {
                # Empty the first time: the one parameter that comes from a later stack.
                "ApiDomain": Output("application", "ApiDomain", ""),
                "ApiPath": Output("application", "ApiPath", "/api"),
                "ContentSecurityPolicy": Setting("content_security_policy"),
                "DomainName": _DOMAIN,
                "HostedZoneId": _ZONE,
                "CertificateArn": Output("edge", "CertificateArn", "", needs="domain_name"),
                "WebAclArn": Output("edge", "WebAclArn", "", needs="rate_limit"),
            },
        ),
        Stack("storage", {"TableName": Setting("table_name"), "SiteUrl": _SITE_URL}),
        Stack(
            "mail",
            {
                "MailDomain": Setting("mail_domain", ""),
                "MailAddress": Setting("mail_address", ""),
                "MailFromSubdomain": Setting("mail_from_subdomain", ""),
            },
        ),
        Stack(
            "identity",
            {"SiteUrl": _SITE_URL, "Sender": Setting("sender"), "MailIdentity": _IDENTITY},
        ),
        Stack(
            "application",
            {
                "TableName": _TABLE,
                "StreamArn": Output("storage", "StreamArn"),
                "PhotosBucket": Output("storage", "PhotosBucket"),
                "Stage": Setting("stage"),
                "SiteUrl": _SITE_URL,
                "MailIdentity": _IDENTITY,
                "ConfigurationSet": _CONFIGURATION_SET,
                "FeedbackTopic": Output("mail", "FeedbackTopic"),
                "KeysParameter": Setting("keys_parameter"),
                "KeysVersion": Setting("keys_version", "0"),
                "UserPoolId": Output("identity", "UserPoolId"),
                "UserPoolClientId": Output("identity", "UserPoolClientId"),
                "OperatorEmail": _OPERATOR,
                "SecondFactor": Setting("second_factor", "required"),
                "ReserveConcurrency": Setting("reserve_concurrency", "no"),
                "CompanyFiles": Setting("company_files"),
            },
        ),
        Stack(
            "monitoring",
            {
                "OperatorEmail": _OPERATOR,
                "TableName": _TABLE,
                "ConfigurationSet": _CONFIGURATION_SET,
                "DistributionId": Output("site", "DistributionId"),
                **{name: Output("application", name) for name in _OF_THE_APPLICATION},
            },
        ),
    )
}

ORDER = (
    *("releases", "mail", "edge", "site", "storage", "identity"),
    *("application", "site", "monitoring"),
)
"""As they are made. The sender comes early, as its verification takes its time: desk.deploying
waits for it before the accounts. The second time, the site is told of the API; from then on
nothing is new.
"""

DATA = ("storage", "identity", "mail", "releases")
"""What holds what cannot be made again. Taking a stage down leaves these unless told in words."""


def deployment(settings: Mapping[str, str]) -> tuple[Stack, ...]:
    """The steps for these settings, in their order."""
    return tuple(STACKS[name] for name in ORDER if STACKS[name].is_wanted(settings))


def dismantling(*, with_data: bool = False) -> tuple[Stack, ...]:
    """What is taken down, last made first; without the stacks of `DATA` unless told."""
    made = reversed(dict.fromkeys(ORDER))
    return tuple(STACKS[name] for name in made if with_data or name not in DATA)


def _value(
    parameter: str,
    source: Setting | Output,
    settings: Mapping[str, str],
    outputs: Mapping[str, Mapping[str, str]],
) -> str:
    if isinstance(source, Setting):
        found, place = settings.get(source.name), f"the setting {source.name}"
    else:
        found = outputs.get(source.stack, {}).get(source.name)
        place = f"the output {source.name} of {source.stack}"
    value = source.otherwise if found is None else found
    if value is None:
        raise MissingValueError(f"{parameter} needs {place}.")
    return value
