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


def _records(identity: str, found: Mapping[str, Any], region: str) -> list[DnsRecord]:
    if "@" in identity:
        return []
    records = [
        DnsRecord(f"{token}._domainkey.{identity}", "CNAME", f"{token}.dkim.amazonses.com")
        for token in found.get("DkimAttributes", {}).get("Tokens", ())
    ]
    bounces = found.get("MailFromAttributes", {}).get("MailFromDomain")
    if bounces:
        exchange = f"10 feedback-smtp.{region}.amazonses.com"
        records.append(DnsRecord(bounces, "MX", exchange))
        records.append(DnsRecord(bounces, "TXT", '"v=spf1 include:amazonses.com ~all"'))
    records.append(DnsRecord(f"_dmarc.{identity}", "TXT", '"v=DMARC1; p=none"'))
    return records
