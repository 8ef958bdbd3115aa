"""The sender, as SES knows it: whether letters may go out, and what is still to be done for it.

Cognito refuses a sender that SES has not verified, so that the accounts' stack waits for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DnsRecord:
    """One record to make where the sender's domain is kept."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Sender:
    """A domain or an address; `records` are those that its domain needs.

    `is_sandboxed`: SES delivers to verified addresses alone until AWS lets the account out.
    """

    identity: str
    is_verified: bool
    is_sandboxed: bool
    records: tuple[DnsRecord, ...] = ()

    @property
    def is_domain(self) -> bool:
        """Whether it is verified by records, rather than by the letter that an address gets."""
        return "@" not in self.identity

    @classmethod
    def of(cls, client: Any, mail: Mapping[str, str]) -> "Sender":  # noqa: ANN401 - botocore's
        """What SES says now of the identity among the outputs of the stack `mail`."""
        identity = mail["MailIdentity"]
        found = client.get_email_identity(EmailIdentity=identity)
        return cls(
            identity,
            bool(found["VerifiedForSendingStatus"]),
            not client.get_account()["ProductionAccessEnabled"],
            tuple(_records(identity, found, client.meta.region_name)),
        )


def dkim_records(identity: str, found: Mapping[str, Any]) -> tuple[DnsRecord, ...]:
    """Under which SES keeps the keys that a domain's letters are signed with."""
    signed = found.get("DkimAttributes", {})
    zone = signed.get("SigningHostedZone") or "dkim.amazonses.com"
    return tuple(
        DnsRecord(f"{token}._domainkey.{identity}", "CNAME", f"{token}.{zone}")
        for token in signed.get("Tokens", ())
    )


def mail_from_records(found: Mapping[str, Any], region: str) -> tuple[DnsRecord, ...]:
    """For the subdomain that bounces go to, if there is one: where they go, and its SPF."""
    bounces = found.get("MailFromAttributes", {}).get("MailFromDomain")
    if not bounces:
        return ()
    return (
        DnsRecord(bounces, "MX", f"10 feedback-smtp.{region}.amazonses.com"),
        DnsRecord(bounces, "TXT", '"v=spf1 include:amazonses.com ~all"'),
    )


def dmarc_record(identity: str) -> DnsRecord:
    """What a domain says of letters that are not its own, at the least."""
    return DnsRecord(f"_dmarc.{identity}", "TXT", '"v=DMARC1; p=none"')


def _records(identity: str, found: Mapping[str, Any], region: str) -> list[DnsRecord]:
    if "@" in identity:
        return []
    return [
        *dkim_records(identity, found),
        *mail_from_records(found, region),
        dmarc_record(identity),
    ]
