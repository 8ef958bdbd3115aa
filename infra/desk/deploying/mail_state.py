"""How a stage's sender stands with SES, and who hears what becomes of its letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from desk.deploying.sender import DnsRecord, dkim_records, dmarc_record, mail_from_records
from desk.deploying.stage import Stage
from desk.deploying.templates import declared

DONE = "SUCCESS"
"""What SES calls a domain's records that it has found."""
_MISSING = "NotFoundException"


class IdentityMissingError(Exception):
    """SES does not know the sender of a stage, though the stage's stack made it."""


@dataclass(frozen=True)
class MailState:
    """What SES and SNS say of a stage's mail.

    `dkim` and `mail_from` are SES's words for how far it is with the records; `configuration_set`
    is the one that letters go out with, blank where there is none. `wanted_set` is the stage's own.
    `told` are the kinds of events that reach the topic, `listeners` those who confirmed that
    they want them.
    """

    identity: str
    is_verified: bool = False
    signs: bool = False
    dkim: str = ""
    mail_from: str = ""
    dkim_records: tuple[DnsRecord, ...] = ()
    mail_from_records: tuple[DnsRecord, ...] = ()
    is_sandboxed: bool = True
    may_send: bool = True
    configuration_set: str = ""
    wanted_set: str = ""
    set_sends: bool = False
    told: frozenset[str] = frozenset()
    listeners: int = 0

    @property
    def is_domain(self) -> bool:
        """Whether it is a domain, whose records can be made, rather than one address."""
        return "@" not in self.identity

    @property
    def dmarc_record(self) -> DnsRecord:
        """What should stand at the domain's, at the least."""
        return dmarc_record(self.identity)

    @property
    def untold(self) -> frozenset[str]:
        """The kinds of events that the stage's template wants told, and that are not."""
        return frozenset(_wanted_events()) - self.told


def mail_state(stage: Stage) -> MailState:
    """Of a deployed stage. Raises IdentityMissingError, and what `Stage.needed` raises."""
    outputs = stage.needed("mail").outputs
    ses = stage.client("sesv2")
    identity = outputs["MailIdentity"]
    found = _found(lambda: ses.get_email_identity(EmailIdentity=identity))
    if found is None:
        raise IdentityMissingError(identity)
    account, signed = ses.get_account(), found.get("DkimAttributes", {})
    return MailState(
        identity,
        is_verified=bool(found.get("VerifiedForSendingStatus")),
        signs=bool(signed.get("SigningEnabled")),
        dkim=signed.get("Status", ""),
        mail_from=found.get("MailFromAttributes", {}).get("MailFromDomainStatus", ""),
        dkim_records=dkim_records(identity, found),
        mail_from_records=mail_from_records(found, stage.region),
        is_sandboxed=not account.get("ProductionAccessEnabled"),
        may_send=bool(account.get("SendingEnabled")),
        configuration_set=found.get("ConfigurationSetName", ""),
        **_heard(ses, stage.client("sns"), outputs),
    )


def _heard(ses: Any, sns: Any, outputs: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401 - botocore's
    """The stage's configuration set, and what its topic is told and tells on."""
    name, topic = outputs["ConfigurationSet"], outputs["FeedbackTopic"]
    options = _found(lambda: ses.get_configuration_set(ConfigurationSetName=name)) or {}
    destinations = _found(
        lambda: ses.get_configuration_set_event_destinations(ConfigurationSetName=name)
    )
    told = [
        kind
        for one in (destinations or {}).get("EventDestinations", ())
        if one.get("Enabled") and one.get("SnsDestination", {}).get("TopicArn") == topic
        for kind in one["MatchingEventTypes"]
    ]
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    subscriptions = [one["SubscriptionArn"] for page in pages for one in page["Subscriptions"]]
    return {
        "wanted_set": name,
        "set_sends": bool(options.get("SendingOptions", {}).get("SendingEnabled")),
        "told": frozenset(told),
        "listeners": sum(one.startswith("arn:") for one in subscriptions),
    }


def _found(ask: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a call of botocore's
    """What SES answers, or None where it knows of nothing under that name."""
    try:
        answer: dict[str, Any] = ask()
    except ClientError as error:
        if error.response["Error"]["Code"] == _MISSING:
            return None
        raise
    return answer


def _wanted_events() -> list[str]:
    """As infra/mail.yaml has them."""
    destination = declared("mail")["Resources"]["LettersAreHeardOf"]["Properties"]
    return list(destination["EventDestination"]["MatchingEventTypes"])
