"""Letters as MIME: what a mail program finds in them."""

import email
import email.policy
import traceback
from dataclasses import dataclass, field

import pytest

from chalicelib.adapters.mailer import SesMailer
from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.application.ports.mailer import Mail, MailRefusedError
from fakes.clock import FakeClock
from support.examples import at
from support.senders import NAMES, read_back
from support.values import replace

SENDER = "投诉受理台 Complaint Desk <desk@anhe.example>"
SUBJECT = (
    "【请受理】重大投诉 7K3MQ-9TX4B：翠湖花园3栋 渗漏水，一个长得一行放不下的主题，还要再长一点"
)
WRITTEN = LetterText(SUBJECT, "您好：\n\n第二段 𠮷。\n", "<!doctype html>\n<p>您好：</p>\n", "zh")
MAIL = Mail("li@example.com", WRITTEN, thread="7K3MQ-9TX4B")


def mailer(client=None):
    return SesMailer(client, SENDER, FakeClock(at("Monday 2026-11-23 10:00")))


@dataclass
class Taking:
    """A mail service that takes everything."""

    taken: list = field(default_factory=list)

    def send_email(self, **letter):
        """As SES takes it."""
        self.taken.append(letter)
        return {"MessageId": "taken"}


def parsed(mail):
    """The message as a mail program reads its bytes."""
    made = mailer().message(mail).as_bytes()
    return email.message_from_bytes(made, policy=email.policy.default)


def test_text_and_html_are_alternatives_of_one_letter():
    """Text comes first and HTML last, which is the one that mail programs prefer."""
    message = parsed(MAIL)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content() == WRITTEN.text
    assert message.get_body(("html",)).get_content() == WRITTEN.html


@pytest.mark.parametrize(
    "subject", [SUBJECT, "[Yours to handle] Major complaint 7K3MQ-9TX4B", "短"]
)
def test_a_subject_survives(subject):
    """Chinese or English, long or short, a subject is read as it was written."""
    assert parsed(replace(MAIL, written=replace(WRITTEN, subject=subject)))["Subject"] == subject


def test_the_headers_say_from_whom_to_whom_and_about_what():
    """Sender, recipient, date, language and thread are set; no answering machine answers."""
    message = parsed(MAIL)
    assert message["From"] == SENDER
    assert message["To"] == "li@example.com"
    assert message["Date"] == "Mon, 23 Nov 2026 02:00:00 +0000"
    assert message["Content-Language"] == "zh-Hans"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert "Reply-To" not in message
    assert message["References"] == "<7k3mq-9tx4b@anhe.example>"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_company_of_any_name_sends(name):
    """Its name is read as it stands in its file, and the address is SES's own to look at."""
    client = Taking()
    sender = f"{name} <desk@wuye.cn>"
    SesMailer(client, sender, FakeClock(at("Monday 2026-11-23 10:00"))).send(MAIL)
    (taken,) = client.taken
    assert taken["FromEmailAddress"] == "desk@wuye.cn"
    made = taken["Content"]["Raw"]["Data"]
    assert read_back(made, "From") == [(name, "desk@wuye.cn")]
    assert made.isascii()
    assert max(map(len, made.splitlines())) <= 78
    message = email.message_from_bytes(made, policy=email.policy.default)
    (address,) = message["From"].addresses
    assert address.addr_spec == "desk@wuye.cn"
    assert message["References"] == "<7k3mq-9tx4b@wuye.cn>"
    assert message["To"] == MAIL.to


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_answers_go_where_they_are_read(name):
    """To the address that the company names, with a name of any kind."""
    reading = SesMailer(None, SENDER, mailer().clock, f"{name} <front@wuye.cn>")
    made = reading.message(MAIL).as_bytes()
    assert read_back(made, "Reply-To") == [(name, "front@wuye.cn")]
    assert read_back(made, "From") == [("投诉受理台 Complaint Desk", "desk@anhe.example")]
    assert made.isascii()
    assert max(map(len, made.splitlines())) <= 78


def test_every_line_is_fit_for_the_wire():
    """The message is ASCII with no line over 998 characters, whatever it says."""
    long = replace(WRITTEN, text="水" * 4000, html="<p>" + "x" * 4000 + "</p>")
    made = mailer().message(replace(MAIL, written=long)).as_bytes()
    assert made.isascii()
    assert max(map(len, made.splitlines())) <= 998


def test_the_same_letter_is_the_same_bytes():
    """Nothing in a letter is left to chance, so that it can be compared."""
    assert mailer().message(MAIL).as_bytes() == mailer().message(MAIL).as_bytes()


def test_a_letter_reaches_the_mail_service(cloud):
    """SES gets the message as it was made, and its id comes back."""
    message_id = mailer(cloud.container.client("sesv2")).send(MAIL)
    (sent,) = cloud.mails()
    assert message_id
    assert (sent["To"], sent["Subject"]) == ("li@example.com", SUBJECT)


def test_a_refusal_is_told_in_the_services_own_word(cloud):
    """A letter that SES does not take raises MailRefusedError with SES's code."""
    cloud.stop_mail()
    with pytest.raises(MailRefusedError, match="MessageRejected"):
        mailer(cloud.container.client("sesv2")).send(MAIL)


def test_a_refusal_does_not_carry_the_address(cloud):
    """SES names the recipient in its own words; what the log could show of them is cut off."""
    cloud.stop_mail()
    with pytest.raises(MailRefusedError) as refused:
        mailer(cloud.container.client("sesv2")).send(MAIL)
    shown = "".join(traceback.format_exception(refused.value))
    assert MAIL.to not in shown
    assert "MessageRejected" in shown
