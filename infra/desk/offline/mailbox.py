"""The mailbox: the offline mail service, and every letter that it took, read from real mail.

It tells what became of each as SES does (`simulator`), in the order in which they were sent.
"""

import email
import zlib
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

from chalicelib.domain.delivery import DELIVERED
from desk.offline import simulator

_QUICKLY = 1


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it; `at` is ISO 8601 with offset, `state` what became of it.

    Its bodies are kept compressed: there may be tens of thousands of letters.
    """

    to: str
    subject: str
    at: str
    packed_text: bytes
    packed_html: bytes
    state: str = DELIVERED

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
        self._untold: deque[dict[str, Any]] = deque()

    def send_email(self, **letter: Any) -> dict[str, str]:  # noqa: ANN401 - as botocore takes it
        """Take a letter, as SES does; it is read when somebody looks."""
        raw = letter["Content"]["Raw"]["Data"]
        with self._lock:
            self._unread.append(zlib.compress(raw, _QUICKLY))
            self._count += 1
            message_id = f"offline-{self._count}"
            for tag in letter.get("EmailTags", ()):
                (to,) = letter["Destination"]["ToAddresses"]
                self._untold += simulator.events(to, tag["Value"], message_id, _sent_at(raw))
            return {"MessageId": message_id}

    def next_event(self) -> dict[str, Any] | None:
        """What is to be told next, as Lambda gets it; None where nothing is."""
        with self._lock:
            return self._untold.popleft() if self._untold else None

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
    to = message["To"].addresses[0].addr_spec
    return Letter(
        to=to,
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(message["Date"]).isoformat(),
        packed_text=_packed_part(message, "plain"),
        packed_html=_packed_part(message, "html"),
        state=simulator.comes_to(to),
    )


def _sent_at(raw: bytes) -> datetime:
    """When the letter says that it was sent: the offline clock's time."""
    return parsedate_to_datetime(str(BytesHeaderParser().parsebytes(raw)["Date"]))


def _packed_part(message: EmailMessage, kind: str) -> bytes:
    body = message.get_body((kind,))
    content: str = body.get_content() if body else ""
    return zlib.compress(content.replace("\r\n", "\n").encode(), _QUICKLY)
