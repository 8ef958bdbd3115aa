"""An e-mail address with the name that it goes under, from the company's file to a header.

The headers of senders are made here alone. The standard library's newer folding puts blanks into
long names, so that a name is encoded as one run, as subjects are (decision 0005).
"""

import re
from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr, unquote

_WITH_NAME = re.compile(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ONE_LINE = 60
"""As many characters of a name stand unfolded in a header."""


@dataclass(frozen=True)
class NamedAddress:
    """An address with the name that a mail program shows before it, which may be blank."""

    name: str
    address: str

    @classmethod
    def of(cls, text: str) -> "NamedAddress":
        """What ``name <address>`` says, the name in any signs and quoted or not; or an address."""
        found = _WITH_NAME.fullmatch(text.strip())
        if found is None:
            return cls("", text.strip())
        name = " ".join(found["name"].split())
        return cls(unquote(name) if _QUOTED.fullmatch(name) else name, found["address"].strip())

    @property
    def domain(self) -> str:
        """What follows the address's at-sign."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> str:
        """The two as a header says them, in ASCII: quoted, encoded and folded as the name needs."""
        if self.name.isascii() and self.name.isprintable() and len(self.name) <= _ONE_LINE:
            return formataddr((self.name, self.address))
        name = Header(self.name, "utf-8", header_name="Reply-To").encode()
        return f"{name}\n <{self.address}>"

    @property
    def on_one_line(self) -> str:
        """The same unfolded, for a service that makes the header itself."""
        return " ".join(self.header.split())
