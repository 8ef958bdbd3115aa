"""What SES tells of letters, read as AWS documents it."""

import json

import pytest

from chalicelib.adapters.mail_events import report_from
from chalicelib.adapters.outbox import letter_from_tag, letter_tag
from chalicelib.application.outbox import (
    AlertBatch,
    ComplaintEvent,
    EntryWritten,
    ImportFinished,
    WorkdayStart,
)
from chalicelib.application.ports.letters import LetterKey
from support import mail
from support.examples import at

KEY = LetterKey(ComplaintEvent("7K3MQ-9TX4B", 12), "resident")
SENT_AT, TOLD_AT = at("Monday 2026-11-23 10:00"), at("Monday 2026-11-23 10:05")
DAY = SENT_AT.date()


def read(what):
    """The report of an event, as it comes out of SNS."""
    (record,) = mail.told(KEY, what, SENT_AT, TOLD_AT)["Records"]
    return report_from(json.loads(record["Sns"]["Message"]))


@pytest.mark.parametrize(
    ("what", "state"),
    [
        (mail.DELIVERED, "delivered"),
        (mail.DELAYED, "delayed"),
        (mail.BOUNCED, "bounced"),
        (("Bounce", {"bounceType": "Permanent", "bounceSubType": "Suppressed"}), "bounced"),
        (("Bounce", {"bounceType": "Undetermined", "bounceSubType": "Undetermined"}), "bounced"),
        (mail.MAILBOX_FULL, "bounced"),
        (mail.OUT_OF_OFFICE, "delayed"),
        (mail.COMPLAINED, "complained"),
        (("Complaint", {"complaintSubType": "OnAccountSuppressionList"}), "refused"),
        (mail.REJECTED, "refused"),
    ],
)
def test_each_kind_of_event_is_a_state(what, state):
    """Of the letter that its tag names, since when it was told; and when it was sent."""
    report = read(what)
    assert (report.key, report.state) == (KEY, state)
    assert (report.sent_at, report.at) == (SENT_AT, TOLD_AT)


@pytest.mark.parametrize("event", [{}, {"eventType": "Open"}, {"eventType": "Delivery"}])
def test_what_is_not_of_a_letter_of_ours_is_nothing(event):
    """Another kind of event, or a letter without our tag, as Cognito's."""
    sent = {"timestamp": "2026-11-23T02:00:00.000Z", "tags": {"ses:caller-identity": ["x"]}}
    assert report_from(event | {"mail": sent}) is None


@pytest.mark.parametrize(
    "about",
    [
        ComplaintEvent("7K3MQ-9TX4B", 999_999),
        EntryWritten("jade-lake", DAY, 3),
        ImportFinished("2026-11-23-a"),
        AlertBatch("jade-lake", "chen-jing", SENT_AT),
        WorkdayStart("jade-lake", DAY),
    ],
)
def test_a_letter_is_found_again_by_its_tag(about):
    """Whatever it is about, in letters that SES takes, and no longer than it takes."""
    key = LetterKey(about, "chen-jing")
    tag = letter_tag(key)
    assert letter_from_tag(tag) == key
    assert len(tag) <= 256
    assert tag.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("tag", ["", "x", "QyM3", "Zm9vfGJhcg", "é"])
def test_another_tag_names_no_letter(tag):
    """Nothing is guessed from it."""
    with pytest.raises(ValueError, match="No letter"):
        letter_from_tag(tag)
