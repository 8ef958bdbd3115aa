"""The mailbox: every letter that SES took, read from the real mail it was."""

import email
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from moto.ses.models import ses_backends

from desk.offline.aws import ACCOUNT, REGION, OfflineAws


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it; `at` is ISO 8601 with offset."""

    to: str
    subject: str
    text: str
    html: str
    at: str


class Mailbox:
    """Everybody's letters, oldest first."""

    def __init__(self, aws: OfflineAws) -> None:
        self._aws = aws
        self._read: list[Letter] = []

    def letters(self) -> list[Letter]:
        """All letters sent so far; each is parsed once."""
        with self._aws.lock:
            sent = ses_backends[ACCOUNT][REGION].sent_messages
            self._read += [_letter(one.raw_data) for one in sent[len(self._read) :]]
            return list(self._read)

    def as_json(self) -> list[dict[str, str]]:
        """All letters as plain values."""
        return [asdict(letter) for letter in self.letters()]


def _letter(raw: str) -> Letter:
    message = email.message_from_string(raw, policy=default, _class=EmailMessage)
    return Letter(
        to=message["To"].addresses[0].addr_spec,
        subject=str(message["Subject"]),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        at=parsedate_to_datetime(message["Date"]).isoformat(),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    content: str = body.get_content() if body else ""
    return content.replace("\r\n", "\n")
