"""A mail service that keeps what it is given, and refuses the addresses it is told to."""

from dataclasses import dataclass, field

from chalicelib.application.ports.mailer import MailRefusedError


@dataclass
class FakeMailer:
    """The `Mailer` port."""

    sent: list = field(default_factory=list)
    refused: set = field(default_factory=set)
    refused_for_good: set = field(default_factory=set)
    silent: bool = False
    heard: int = 0

    def send(self, mail):
        """Keep the letter, under a number."""
        if mail.to in self.refused | self.refused_for_good:
            raise MailRefusedError("Refused", for_good=mail.to in self.refused_for_good)
        self.sent.append(mail)
        return f"message-{len(self.sent)}"

    def news(self):
        """The keys of the letters that have arrived since this was asked; none while `silent`."""
        if self.silent:
            return []
        arrived, self.heard = self.sent[self.heard :], len(self.sent)
        return [mail.key for mail in arrived if mail.key]
