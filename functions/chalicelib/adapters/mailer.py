"""Letters as real mail: MIME, handed to SES."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Any

from botocore.exceptions import ClientError

from chalicelib import locales
from chalicelib.adapters.outbox import LETTER_TAG, letter_tag
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.mailer import Mail, MailRefusedError
from chalicelib.domain.named_addresses import NamedAddress

_OF_THE_LETTER = frozenset({"MessageRejected", "BadRequestException", "InvalidParameterValue"})
"""SES's words for a letter that it will not take; every other one is about the account."""


@dataclass(frozen=True)
class SesMailer:
    """The `Mailer` port over an SES v2 client. `sender` is ``name <address>``, of any name.

    `reply_to` is the same of who reads answers; blank where nobody does.
    """

    client: Any
    sender: str
    clock: Clock
    reply_to: str = ""

    def send(self, mail: Mail) -> str:
        """Send one letter to one recipient. Raises MailRefusedError when SES refuses it."""
        sender = NamedAddress.of(self.sender).address
        tags = [{"Name": LETTER_TAG, "Value": letter_tag(mail.key)}] if mail.key else []
        try:
            answer = self.client.send_email(
                FromEmailAddress=sender,
                Destination={"ToAddresses": [mail.to]},
                Content={"Raw": {"Data": self.message(mail).as_bytes()}},
                EmailTags=tags,
            )
        except ClientError as error:
            # The service's own words name the recipient, and would reach the log.
            told = error.response["Error"]
            raise MailRefusedError(
                told["Code"], for_good=_is_for_good(told, sender, mail.to)
            ) from None
        message_id: str = answer["MessageId"]
        return message_id

    def message(self, mail: Mail) -> MIMEMultipart:
        """The MIME message: text first, HTML as its alternative, threaded by its subject matter."""
        sender = NamedAddress.of(self.sender)
        message = MIMEMultipart("alternative", boundary=_boundary(mail))
        message["Subject"] = _encoded(mail.written.subject)
        message["From"] = sender.header
        if self.reply_to:
            message["Reply-To"] = NamedAddress.of(self.reply_to).header
        message["To"] = mail.to
        message["Date"] = format_datetime(self.clock.now())
        message["References"] = _thread_id(mail.thread, sender.domain)
        message["Content-Language"] = locales.TAGS[mail.written.language]
        # So that no machine answers: the standard's header (RFC 3834), and Exchange's.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.attach(MIMEText(mail.written.text, "plain", "utf-8"))
        message.attach(MIMEText(mail.written.html, "html", "utf-8"))
        return message


def _is_for_good(told: Mapping[str, str], sender: str, to: str) -> bool:
    """Whether this letter is refused whenever it is sent: it, or its address, is the reason.

    What is the matter with the sender or the account is somebody's to mend, and is tried again.
    """
    words = told.get("Message", "")
    names_sender_alone = sender in words and to not in words
    return told["Code"] in _OF_THE_LETTER and not names_sender_alone


def _encoded(subject: str) -> str:
    """A subject as one run of encoded words: folded among plain ones, blanks would double."""
    charset = "us-ascii" if subject.isascii() else "utf-8"
    return Header(subject, charset, header_name="Subject").encode()


def _boundary(mail: Mail) -> str:
    """The same letter is the same bytes, whenever it is written."""
    return "=_" + hashlib.sha256(mail.written.text.encode()).hexdigest()[:32]


def _thread_id(thread: str, domain: str) -> str:
    """An id that all letters about one matter refer to, so that mail clients thread them."""
    return f"<{thread.lower()}@{domain}>"
