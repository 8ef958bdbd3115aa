"""The mailbox: the offline mail service, and every letter that it took, read from real mail."""

import email
import zlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

_QUICKLY = 1


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it; `at` is ISO 8601 with offset.

    Its bodies are kept compressed: there may be tens of thousands of letters.
    """

    to: str
    subject: str
    at: str
    packed_text: bytes
    packed_html: bytes

    @property
    def text(self) -> str:
        """The plain body."""
        return zlib.decompress(self.packed_text).decode()

    @property
    def html(self) -> str:
        """The other body, or nothing."""
        return zlib.decompress(self.packed_html).decode()

    @property
    def plain(self) -> dict[str, str]:
        """The letter as plain values."""
        return {name: getattr(self, name) for name in ("to", "subject", "text", "html", "at")}


class Mailbox:
    """Everybody's letters, oldest first. Stands where a client of SES does, without HTTP."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._unread: list[bytes] = []
        self._read: list[Letter] = []

    def send_email(self, **letter: Any) -> dict[str, str]:  # noqa: ANN401 - as botocore takes it
        """Take a letter, as SES does; it is read when somebody looks."""
        packed = zlib.compress(letter["Content"]["Raw"]["Data"], _QUICKLY)
        with self._lock:
            self._unread.append(packed)
            self._count += 1
            return {"MessageId": f"offline-{self._count}"}

    def letters(self) -> list[Letter]:
        """All letters sent so far; each is parsed once."""
        with self._lock:
            self._read += [_letter(zlib.decompress(one)) for one in self._unread]
            self._unread.clear()
            return list(self._read)

    def as_json(self) -> list[dict[str, str]]:
        """All letters as plain values."""
        return [letter.plain for letter in self.letters()]


def _letter(raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, policy=default, _class=EmailMessage)
    return Letter(
        to=message["To"].addresses[0].addr_spec,
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(message["Date"]).isoformat(),
        packed_text=_packed_part(message, "plain"),
        packed_html=_packed_part(message, "html"),
    )


def _packed_part(message: EmailMessage, kind: str) -> bytes:
    body = message.get_body((kind,))
    content: str = body.get_content() if body else ""
    return zlib.compress(content.replace("\r\n", "\n").encode(), _QUICKLY)
