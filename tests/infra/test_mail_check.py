"""`desk mail-check`: what a stage's mail lacks, each with what to do, in both languages."""

import pytest
from botocore.session import get_session
from botocore.stub import Stubber
from click.testing import CliRunner

from chalicelib import locales
from desk.deploying.mail_findings import findings
from desk.deploying.mail_state import IdentityMissingError, MailState, mail_state
from desk.deploying.sender import DnsRecord
from desk.deploying.stage import Standing
from desk.mail_check import Mail, mail_check
from support.name_server import name_server
from support.values import replace

DKIM = tuple(
    DnsRecord(f"t{n}._domainkey.wuye.cn", "CNAME", f"t{n}.dkim.amazonses.com") for n in (1, 2, 3)
)
BOUNCES = (
    DnsRecord("post.wuye.cn", "MX", "10 feedback-smtp.eu-west-1.amazonses.com"),
    DnsRecord("post.wuye.cn", "TXT", '"v=spf1 include:amazonses.com ~all"'),
)
DMARC = DnsRecord("_dmarc.wuye.cn", "TXT", '"v=DMARC1; p=none"')
TOLD = frozenset({"BOUNCE", "COMPLAINT", "DELIVERY", "DELIVERY_DELAY", "REJECT"})
SOUND = MailState(
    "wuye.cn",
    is_verified=True,
    signs=True,
    dkim="SUCCESS",
    mail_from="SUCCESS",
    dkim_records=DKIM,
    mail_from_records=BOUNCES,
    is_sandboxed=False,
    configuration_set="letters",
    wanted_set="letters",
    set_sends=True,
    told=TOLD,
    listeners=1,
)
RECORDS = {(one.name, one.kind): (one.value,) for one in (*DKIM, *BOUNCES, DMARC)}
IN_ORDER = ["verified", "dkim", "mail_from", "dmarc", "production", "set", "feedback"]
SPF = ("post.wuye.cn", "TXT")
FAULTS = {
    # What is otherwise with SES, what is otherwise in the DNS, the code that stands for it
    "unverified": ({"is_verified": False}, {}, "unverified"),
    "no signing": ({"signs": False}, {}, "dkim_off"),
    "a key missing": ({}, {("t2._domainkey.wuye.cn", "CNAME"): ()}, "dkim_records"),
    "a key that is another's": (
        {},
        {("t2._domainkey.wuye.cn", "CNAME"): ("t2.dkim.elsewhere.com.",)},
        "dkim_records",
    ),
    "keys not found yet": ({"dkim": "PENDING"}, {}, "dkim_waits"),
    "no subdomain": ({"mail_from": "", "mail_from_records": ()}, {}, "mail_from_none"),
    "nowhere to bounce to": ({}, {("post.wuye.cn", "MX"): ()}, "mail_from_records"),
    "SPF of another": ({}, {SPF: ('"v=spf1 include:elsewhere.com ~all"',)}, "mail_from_records"),
    "SPF not found yet": ({"mail_from": "FAILED"}, {}, "mail_from_waits"),
    "no DMARC": ({}, {("_dmarc.wuye.cn", "TXT"): ()}, "dmarc_none"),
    "something else there": ({}, {("_dmarc.wuye.cn", "TXT"): ('"verify=1"',)}, "dmarc_none"),
    "DMARC twice": (
        {},
        {("_dmarc.wuye.cn", "TXT"): ('"v=DMARC1; p=none"', '"v=DMARC1; p=reject"')},
        "dmarc_twice",
    ),
    "no policy": (
        {},
        {("_dmarc.wuye.cn", "TXT"): ('"v=DMARC1; rua=mailto:a@wuye.cn"',)},
        "dmarc_broken",
    ),
    "sandbox": ({"is_sandboxed": True}, {}, "sandboxed"),
    "stopped": ({"may_send": False}, {}, "stopped"),
    "another set": ({"configuration_set": "others"}, {}, "set_other"),
    "no set": ({"configuration_set": ""}, {}, "set_other"),
    "a set that does not send": ({"set_sends": False}, {}, "set_off"),
    "bounces untold": ({"told": TOLD - {"BOUNCE"}}, {}, "feedback_untold"),
    "nobody listens": ({"listeners": 0}, {}, "feedback_unheard"),
}


def found(state, records, refused=frozenset()):
    with name_server(records, refused) as dns:
        return list(findings(state, dns))


def test_where_nothing_is_missing_everything_is_in_order():
    """Each thing is looked at, and none is passed over."""
    sound = found(SOUND, RECORDS)
    assert [one.code for one in sound] == IN_ORDER
    assert {one.mark for one in sound} == {"ok"}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_thing_that_is_missing_is_one_finding(fault):
    """In its place, and the rest stays in order."""
    changes, otherwise, code = FAULTS[fault]
    wrong = [
        one for one in found(replace(SOUND, **changes), RECORDS | otherwise) if one.mark != "ok"
    ]
    assert [(one.mark, one.code) for one in wrong] == [("missing", code)]


def test_the_records_that_lack_are_said_and_no_others():
    """Each as it is to be made."""
    lacking = RECORDS | {("t2._domainkey.wuye.cn", "CNAME"): (), SPF: (), (DMARC.name, "TXT"): ()}
    records = [one.records for one in found(SOUND, lacking) if one.mark == "missing"]
    assert records == [DKIM[1:2], BOUNCES[1:], (DMARC,)]


def test_an_spf_record_may_allow_others_too():
    """What counts is that it allows SES."""
    others = ('"v=spf1 include:spf.qiye.163.com include:amazonses.com -all"',)
    assert {one.mark for one in found(SOUND, RECORDS | {SPF: others})} == {"ok"}


def test_a_domain_above_may_speak_for_those_below():
    """Letters of desk.wuye.cn are judged by wuye.cn's DMARC record where they have none."""
    below = replace(SOUND, identity="desk.wuye.cn")
    (dmarc,) = [one for one in found(below, RECORDS) if one.code.startswith("dmarc")]
    assert (dmarc.mark, dmarc.params) == ("ok", {"name": "_dmarc.wuye.cn", "policy": "none"})


def test_where_the_dns_does_not_answer_ses_is_believed():
    """What SES has found stands; what SES cannot know is open."""
    silent = frozenset(name for name, _ in RECORDS)
    marks = {one.code: one.mark for one in found(SOUND, {}, silent)}
    assert marks.pop("dmarc_unknown") == "unknown"
    assert marks == dict.fromkeys([one for one in IN_ORDER if one != "dmarc"], "ok")


def test_where_neither_has_found_them_all_records_are_said():
    """Nobody knows which of them are there."""
    silent = frozenset(name for name, _ in RECORDS)
    waiting = replace(SOUND, dkim="PENDING", mail_from="PENDING")
    records = [one.records for one in found(waiting, {}, silent) if one.records]
    assert records == [DKIM, BOUNCES]


def test_of_one_address_nothing_can_be_signed():
    """It is said once, and no record is asked for that nobody could make."""
    one = replace(SOUND, identity="desk@wuye.cn", is_verified=False)
    codes = [it.code for it in found(one, {}) if it.mark == "missing"]
    assert codes == ["unverified_address", "one_address"]


def said(state, records, language, refused=frozenset()):
    """What the command prints, and its exit code."""
    with name_server(records, refused) as dns:
        options = ["--stage", "prod", "--region", "eu-west-1", "--language", language]
        result = CliRunner().invoke(mail_check, options, obj=Mail(state, dns))
    return result.output, result.exit_code


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_exit_code_says_whether_something_is_missing(language):
    """One line for each thing, under the sender's name."""
    text, code = said(SOUND, RECORDS, language)
    assert code == 0
    assert len(text.splitlines()) == 1 + len(IN_ORDER)
    for changes, otherwise, _ in FAULTS.values():
        assert said(replace(SOUND, **changes), RECORDS | otherwise, language)[1] == 1
    assert said(SOUND, {}, language, frozenset(name for name, _ in RECORDS))[1] == 1


def test_a_line_says_what_is_missing_and_what_to_do():
    """The record to make stands below, whole."""
    text, _ = said(SOUND, RECORDS | {(DMARC.name, "TXT"): ()}, "en")
    assert text.startswith("The letters of prod come from wuye.cn.\nok       Verified: ")
    assert "\nmissing  DMARC: wuye.cn does not say" in text
    assert f"\n        {DMARC.name}  TXT  {DMARC.value}\n" in text
    unheard, _ = said(replace(SOUND, listeners=0), RECORDS, "en")
    assert unheard.rstrip().endswith("Put it right: desk deploy --stage prod")


class Asked:
    """A stage whose SES and SNS answer as is documented; the shapes are checked by botocore."""

    region = "eu-west-1"

    def __init__(self, outputs):
        self.outputs = outputs
        session = get_session()
        self.clients = {
            name: session.create_client(name, region_name=self.region) for name in ("sesv2", "sns")
        }
        self.answers = {name: Stubber(one) for name, one in self.clients.items()}

    def needed(self, name):
        """The stack of the sender."""
        assert name == "mail"
        return Standing("CREATE_COMPLETE", {}, self.outputs)

    def client(self, name):
        """One that answers what was put in, in that order."""
        self.answers[name].activate()
        return self.clients[name]


@pytest.fixture
def asked():
    topic = "arn:aws:sns:eu-west-1:210987654321:feedback"
    return Asked({"MailIdentity": "wuye.cn", "ConfigurationSet": "letters", "FeedbackTopic": topic})


def test_what_ses_says_is_read(asked):
    """Of the identity, the account, the set, its destination and who listens there."""
    ses, sns = asked.answers["sesv2"], asked.answers["sns"]
    topic = asked.outputs["FeedbackTopic"]
    ses.add_response(
        "get_email_identity",
        {
            "IdentityType": "DOMAIN",
            "VerifiedForSendingStatus": True,
            "DkimAttributes": {
                "SigningEnabled": True,
                "Status": "SUCCESS",
                "Tokens": ["t1", "t2", "t3"],
                "SigningHostedZone": "dkim.amazonses.com",
            },
            "MailFromAttributes": {
                "MailFromDomain": "post.wuye.cn",
                "MailFromDomainStatus": "SUCCESS",
                "BehaviorOnMxFailure": "USE_DEFAULT_VALUE",
            },
            "ConfigurationSetName": "letters",
        },
        {"EmailIdentity": "wuye.cn"},
    )
    ses.add_response("get_account", {"ProductionAccessEnabled": True, "SendingEnabled": True})
    ses.add_response(
        "get_configuration_set",
        {"ConfigurationSetName": "letters", "SendingOptions": {"SendingEnabled": True}},
        {"ConfigurationSetName": "letters"},
    )
    destinations = [
        event_destination("feedback", topic, sorted(TOLD)),
        event_destination("off", topic, ["OPEN"], enabled=False),
        event_destination("another", f"{topic}-2", ["CLICK"]),
    ]
    ses.add_response(
        "get_configuration_set_event_destinations",
        {"EventDestinations": destinations},
        {"ConfigurationSetName": "letters"},
    )
    waiting = {"SubscriptionArn": "PendingConfirmation", "TopicArn": topic}
    sns.add_response(
        "list_subscriptions_by_topic",
        {"Subscriptions": [waiting, {"SubscriptionArn": f"{topic}:1", "TopicArn": topic}]},
        {"TopicArn": topic},
    )
    assert mail_state(asked) == SOUND


def event_destination(name, topic, kinds, *, enabled=True):
    return {
        "Name": name,
        "Enabled": enabled,
        "MatchingEventTypes": kinds,
        "SnsDestination": {"TopicArn": topic},
    }


def test_a_sender_that_ses_does_not_know_is_said(asked):
    """Somebody removed it by hand; what comes after is not asked."""
    asked.answers["sesv2"].add_client_error("get_email_identity", "NotFoundException", "", 404)
    with pytest.raises(IdentityMissingError, match=r"wuye\.cn"):
        mail_state(asked)
