"""What a stage's mail lacks to be delivered and trusted, and what is to be done for it.

Each check looks at what SES says and at what stands in the DNS, and ends in one finding. The
words of each stand with those of the staff's pages, under `mail_check`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from desk.deploying.dns_lookup import NoDnsAnswerError
from desk.deploying.mail_state import DONE, MailState
from desk.deploying.sender import DnsRecord

Mark = Literal["ok", "missing", "unknown"]
_SPF = re.compile(r"v=spf1\b.*\binclude:amazonses\.com\b", re.IGNORECASE)
_DMARC = re.compile(r"v=DMARC1\s*(;|$)", re.IGNORECASE)
_POLICY = re.compile(r";\s*p\s*=\s*(none|quarantine|reject)\b", re.IGNORECASE)


class Lookup(Protocol):
    """The public DNS."""

    def values(self, name: str, kind: str) -> tuple[str, ...]:
        """The records of a kind under a name. Raises NoDnsAnswerError."""
        ...


@dataclass(frozen=True)
class Finding:
    """How one thing stands: its words' code, what fills them, and the records that it lacks."""

    mark: Mark
    code: str
    params: dict[str, str] = field(default_factory=dict)
    records: tuple[DnsRecord, ...] = ()


def findings(state: MailState, dns: Lookup) -> Iterator[Finding]:
    """How each thing stands, in the order in which they are best done."""
    yield _verified(state)
    if state.is_domain:
        yield _dkim(state, dns)
        yield _mail_from(state, dns)
        yield _dmarc(state, dns)
    else:
        yield Finding("missing", "one_address")
    yield _sandbox(state)
    yield _configuration_set(state)
    yield _feedback(state)


def _verified(state: MailState) -> Finding:
    if state.is_verified:
        return Finding("ok", "verified")
    return Finding("missing", "unverified" if state.is_domain else "unverified_address")


def _dkim(state: MailState, dns: Lookup) -> Finding:
    if not state.signs:
        return Finding("missing", "dkim_off")
    return _by_records("dkim", state.dkim, state.dkim_records, dns)


def _mail_from(state: MailState, dns: Lookup) -> Finding:
    if not state.mail_from_records:
        return Finding("missing", "mail_from_none")
    return _by_records("mail_from", state.mail_from, state.mail_from_records, dns)


def _by_records(code: str, status: str, records: Sequence[DnsRecord], dns: Lookup) -> Finding:
    """SES's word counts where the DNS does not answer, and both where it does."""
    try:
        absent = tuple(one for one in records if not _stands(one, dns))
    except NoDnsAnswerError:
        absent = () if status == DONE else tuple(records)
    if absent:
        return Finding("missing", f"{code}_records", records=absent)
    if status == DONE:
        return Finding("ok", code)
    return Finding("missing", f"{code}_waits", {"status": status or "–"})


def _stands(record: DnsRecord, dns: Lookup) -> bool:
    """Whether it is there; of an SPF record, whatever else it allows, that it allows SES."""
    values = dns.values(record.name, record.kind)
    if record.kind == "TXT":
        return any(_SPF.match(value) for value in values)
    return record.value.lower() in [value.lower() for value in values]


def _dmarc(state: MailState, dns: Lookup) -> Finding:
    """The domain's own record, or that of a domain above it, as receivers look for it."""
    labels = state.identity.split(".")
    try:
        for at in range(len(labels) - 1):
            name = f"_dmarc.{'.'.join(labels[at:])}"
            if found := [one for one in dns.values(name, "TXT") if _DMARC.match(one)]:
                return _dmarc_found(name, found)
    except NoDnsAnswerError as error:
        return Finding("unknown", "dmarc_unknown", {"name": str(error)})
    return Finding("missing", "dmarc_none", records=(state.dmarc_record,))


def _dmarc_found(name: str, found: list[str]) -> Finding:
    if len(found) > 1:
        return Finding("missing", "dmarc_twice", {"name": name})
    policy = _POLICY.search(found[0])
    if policy is None:
        return Finding("missing", "dmarc_broken", {"name": name, "value": found[0]})
    return Finding("ok", "dmarc", {"name": name, "policy": policy[1].lower()})


def _sandbox(state: MailState) -> Finding:
    if not state.may_send:
        return Finding("missing", "stopped")
    return Finding("missing", "sandboxed") if state.is_sandboxed else Finding("ok", "production")


def _configuration_set(state: MailState) -> Finding:
    params = {"set": state.wanted_set}
    if state.configuration_set != state.wanted_set:
        return Finding("missing", "set_other", params | {"other": state.configuration_set or "–"})
    return (
        Finding("ok", "set", params) if state.set_sends else Finding("missing", "set_off", params)
    )


def _feedback(state: MailState) -> Finding:
    if state.untold:
        return Finding("missing", "feedback_untold", {"kinds": ", ".join(sorted(state.untold))})
    if not state.listeners:
        return Finding("missing", "feedback_unheard")
    return Finding("ok", "feedback")
