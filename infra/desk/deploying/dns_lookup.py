"""What stands in the public DNS, asked of the resolver of this machine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, Resolver


class NoDnsAnswerError(Exception):
    """Raised where nobody answers, so that it is not known what stands there."""


@dataclass(frozen=True)
class Dns:
    """Looks records up; at these name servers and port, where not at the machine's own.

    `patience` is how many seconds an answer is waited for.
    """

    nameservers: tuple[str, ...] = ()
    port: int = 53
    patience: float = 10.0

    def values(self, name: str, kind: str) -> tuple[str, ...]:
        """The records of a kind (``CNAME``, ``MX``, ``TXT``) that stand under a name, or none.

        A host is written without a dot at its end, a text without quotation marks. Raises
        NoDnsAnswerError.
        """
        try:
            found = self._resolver().resolve(
                name, kind, search=False, raise_on_no_answer=False, lifetime=self.patience
            )
        except NXDOMAIN:
            return ()
        except DNSException as error:
            raise NoDnsAnswerError(name) from error
        return tuple(_WRITTEN[kind](one) for one in found)

    def _resolver(self) -> Resolver:
        resolver = Resolver(configure=not self.nameservers)
        if self.nameservers:
            resolver.nameservers, resolver.port = [*self.nameservers], self.port
        return resolver


def _host(name: Any) -> str:  # noqa: ANN401 - dnspython's
    return str(name.to_text(omit_final_dot=True)).lower()


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "CNAME": lambda one: _host(one.target),
    "MX": lambda one: f"{one.preference} {_host(one.exchange)}",
    "TXT": lambda one: b"".join(one.strings).decode("utf-8", "replace"),
}
