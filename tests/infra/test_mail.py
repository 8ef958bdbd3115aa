"""The sender's stack: who letters come from, and what is heard of them."""

import pytest

from support.templates import declared


@pytest.fixture(scope="module")
def mail():
    return declared("mail")


def properties(template, name):
    return template["Resources"][name]["Properties"]


def test_a_domain_or_an_address_is_verified(mail):
    """One of the two; what a domain's records must say is given out."""
    identity = properties(mail, "Identity")
    either = {"Fn::If": ["IsDomain", {"Ref": "MailDomain"}, {"Ref": "MailAddress"}]}
    assert identity["EmailIdentity"] == mail["Outputs"]["MailIdentity"]["Value"] == either
    records = mail["Outputs"]["DkimRecords"]
    assert records["Condition"] == "IsDomain"
    lines = records["Value"]["Fn::Sub"].splitlines()
    assert lines == [
        f"${{Identity.DkimDNSTokenName{n}}} ${{Identity.DkimDNSTokenValue{n}}}" for n in (1, 2, 3)
    ]


def test_whatever_is_sent_from_it_is_heard_of(mail):
    """The configuration set is the identity's own, so that nobody who sends can forget it."""
    identity = properties(mail, "Identity")
    assert identity["ConfigurationSetAttributes"] == {"ConfigurationSetName": {"Ref": "Letters"}}
    destination = properties(mail, "LettersAreHeardOf")["EventDestination"]
    assert {"BOUNCE", "COMPLAINT", "DELIVERY"} <= set(destination["MatchingEventTypes"])
    assert destination["SnsDestination"] == {"TopicARN": {"Ref": "Feedback"}}


def test_nobody_is_watched(mail):
    """Neither what is opened nor what is clicked on is counted."""
    events = properties(mail, "LettersAreHeardOf")["EventDestination"]["MatchingEventTypes"]
    assert not {"OPEN", "CLICK"} & set(events)
    assert "TrackingOptions" not in properties(mail, "Letters")


def test_letters_go_out_encrypted(mail):
    """A mail service that takes none over TLS gets none: a letter has the resident's code in it."""
    assert properties(mail, "Letters")["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}


def test_only_ses_tells_and_only_of_this_set(mail):
    """Nobody else can make up a bounce."""
    (statement,) = properties(mail, "FeedbackMayBeTold")["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
    source = statement["Condition"]["StringEquals"]["aws:SourceArn"]["Fn::Sub"]
    assert source.endswith(":configuration-set/${Letters}")


def test_ses_may_use_the_topics_key(mail):
    """SES publishes to an encrypted topic with a key of the account's own alone."""
    assert properties(mail, "Feedback")["KmsMasterKeyId"] == {"Ref": "FeedbackKey"}
    statements = properties(mail, "FeedbackKey")["KeyPolicy"]["Statement"]
    (ses,) = (one for one in statements if one["Principal"] == {"Service": "ses.amazonaws.com"})
    assert ses["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
