"""A mail service that keeps what it is given, and refuses the addresses it is told to."""

from dataclasses import dataclass, field

from chalicelib.application.ports.mailer import MailRefusedError


@dataclass
class FakeMailer:
    """The `Mailer` port."""

    sent: list = field(default_factory=list)
    refused: set = field(default_factory=set)

    def send(self, mail):
        """Keep the letter, under a number."""
        if mail.to in self.refused:
            raise MailRefusedError("MessageRejected")
        self.sent.append(mail)
        return f"message-{len(self.sent)}"
