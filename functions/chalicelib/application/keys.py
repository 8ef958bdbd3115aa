"""References, codes, digests and the signs of forms, each an HMAC under the server's keys.

The first key of a ring makes; all of them are accepted, so that a key can be replaced. A
resident's code is never stored: it is computed again whenever it is needed. Forms are signed
under a ring of their own, so that neither is worth anything against the other.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chalicelib.domain.references import MOST_CODES, code_from, reference_from, tidied_code

LEAST_BYTES = 32
"""As many as the digest has; a shorter key could be found by trying."""
_FORM_ID_BYTES = 16


class WeakKeyError(Exception):
    """Raised for a key that must not be used; the message names it and tells nothing of it."""


def require_strong(source: str, keys: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """These keys, each by its name. Raises WeakKeyError for none, an empty or a short one."""
    if not keys:
        raise WeakKeyError(f"{source} holds no key.")
    for name, key in keys.items():
        if not key:
            raise WeakKeyError(f"{source}: {name} is empty.")
        if len(key) < LEAST_BYTES:
            found = f"it has {len(key)} bytes, and needs {LEAST_BYTES} or more"
            raise WeakKeyError(f"{source}: {name} is too short; {found}.")
    return tuple(keys.values())


@dataclass(frozen=True)
class Keys:
    """The server's secrets, each ring with the key that makes first, and its source of chance."""

    secrets: tuple[bytes, ...]
    entropy: Callable[[int], bytes]
    form_secrets: tuple[bytes, ...] = ()

    def reference(self, form_id: str | None = None) -> str:
        """A new complaint's reference: always the same for one form, else by chance."""
        if form_id is None:
            return reference_from(self.entropy(10))
        return reference_from(self._mac("form", form_id))

    def import_reference(self, source: str, key: str) -> str:
        """The reference of a spreadsheet's row: always the same for one source and key."""
        return reference_from(self._mac("import", source, key))

    def form_id(self) -> str:
        """A fresh id for a form that a function answers with."""
        return self.entropy(_FORM_ID_BYTES).hex()

    def code(self, reference: str, version: int = 1) -> str:
        """The resident's code for this complaint: 80 bits, revoked by raising the version."""
        return code_from(self._mac("code", reference, str(version)))

    def accepts(self, reference: str, code: str, version: int = 1) -> bool:
        """Whether the code is right, under any key still accepted; in constant time."""
        given = tidied_code(code).encode()
        made = [code_from(_mac(secret, "code", reference, str(version))) for secret in self.secrets]
        return any([hmac.compare_digest(given, right.encode()) for right in made])  # noqa: C419 - no early end

    def may_open(self, reference: str, code: str) -> bool:
        """Whether the code is right in any version: only then is the complaint looked at.

        So a wrong code and an unknown reference cost the same, and neither is told apart.
        """
        versions = range(1, MOST_CODES + 1)
        return any([self.accepts(reference, code, version) for version in versions])  # noqa: C419 - no early end

    def form_sign(self, token: str) -> str:
        """What shows that a form is of the session with this token; it does not tell the token."""
        return _mac(self.form_secrets[0], "form-sign", token).hex()

    def accepts_form_sign(self, token: str, sign: str) -> bool:
        """Whether a form is of this session, under any key still accepted; in constant time."""
        made = [_mac(secret, "form-sign", token).hex() for secret in self.form_secrets]
        return any([hmac.compare_digest(sign.encode(), right.encode()) for right in made])  # noqa: C419 - no early end

    def digest(self, content: bytes) -> str:
        """What tells the same content from other content, and nothing more."""
        return self._mac("digest", content.hex()).hex()

    def household(self, *parts: str) -> str:
        """What tells the same household from another, and nothing more."""
        return _household(self.secrets[0], parts)

    def households(self, *parts: str) -> tuple[str, ...]:
        """The same under each key still accepted: what was kept before a key was replaced."""
        return tuple(_household(secret, parts) for secret in self.secrets)

    def _mac(self, *parts: str) -> bytes:
        return _mac(self.secrets[0], *parts)


def _household(secret: bytes, parts: tuple[str, ...]) -> str:
    return _mac(secret, "household", *parts).hex()[:32]


def _mac(secret: bytes, *parts: str) -> bytes:
    return hmac.digest(secret, "\x1f".join(parts).encode(), "sha256")
