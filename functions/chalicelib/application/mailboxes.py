"""Which addresses lead to one mailbox, so that its letters of a day are counted together.

Only the provider can say that two spellings are one mailbox. Where its own documentation says
so it stands here; with every other provider two spellings are two people.
"""

from dataclasses import dataclass

from chalicelib.application.households import tidy_email


@dataclass(frozen=True)
class Spelling:
    """What a provider ignores before the ``@``, and the domain that it counts as."""

    domain: str
    dots: bool = False
    tags: bool = True


_GMAIL = Spelling("gmail.com", dots=True)
_PROTON = Spelling("proton.me")
PROVIDERS = {
    # support.google.com/mail: dots do not matter, what follows a plus neither.
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    # Plus addressing as these document it; each domain is a mailbox of its own.
    **{name: Spelling(name) for name in ("outlook.com", "hotmail.com", "live.com")},
    "fastmail.com": Spelling("fastmail.com"),
    # One account has the same name at each of Proton's domains.
    **dict.fromkeys(("proton.me", "protonmail.com", "pm.me"), _PROTON),
}
"""The providers that are known to take several spellings for one mailbox."""


def mailbox(typed: str) -> str:
    """The mailbox behind an address; nobody has two that differ in capitals alone."""
    address = tidy_email(typed)
    name, _, domain = address.rpartition("@")
    ignored = PROVIDERS.get(domain)
    if ignored is None:
        return address
    if ignored.tags:
        name = name.partition("+")[0]
    if ignored.dots:
        name = name.replace(".", "")
    return f"{name}@{ignored.domain}"
