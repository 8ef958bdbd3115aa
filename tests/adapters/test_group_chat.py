"""A robot in WeCom's group chat, over HTTP to what answers as WeCom is documented to."""

import traceback
from datetime import timedelta

import pytest
from botocore.session import get_session
from botocore.stub import Stubber
from moto import mock_aws

from chalicelib.adapters.group_chat import ROBOTS, ParameterRobotUrl, WeComRobot
from chalicelib.application.group_messages import LETTER
from chalicelib.application.ports.group_chat import (
    ChatBusyError,
    ChatRefusedError,
    ChatUnansweredError,
)
from chalicelib.domain.policy import ROBOT_KINDS, Robot
from support.forms import ORGANISATION, an_intake
from support.values import replace
from support.webhook import INVALID, TOO_MANY, webhook, wecom

TEXT = (
    "【新投诉】重大投诉 7K3MQ-9TX4B\n翠湖花园 3栋\nhttps://desk.example/desk/complaints/7K3MQ-9TX4B"
)
ANSWERS = {
    # What is answered, and what is made of it
    "too many in a minute": (TOO_MANY, ChatBusyError),
    "busy": (wecom(-1, "system busy"), ChatBusyError),
    "another robot's URL": (INVALID, ChatRefusedError),
    "too long": (wecom(45002, "content size out of limit"), ChatRefusedError),
    "a proxy's refusal": ((403, "no"), ChatRefusedError),
    "led elsewhere": ((302, ""), ChatRefusedError),
    "HTTP's own too many": ((429, ""), ChatBusyError),
    "a fault": ((500, "<html>"), ChatBusyError),
    "no way through": ((502, ""), ChatBusyError),
    "a page in between": ((200, "<html>welcome</html>"), ChatUnansweredError),
    "something else": ((200, "[]"), ChatUnansweredError),
    "nothing": (None, ChatUnansweredError),
}


def robot(url):
    return WeComRobot(lambda: url, connect_seconds=5.0, read_seconds=0.5)


def test_what_is_said_is_sent_as_wecom_takes_it():
    """One request of plain text, Chinese as it is, to the URL with its key."""
    with webhook() as hook:
        robot(hook.url).say(TEXT)
    ((path, body),) = hook.asked
    assert path == "/cgi-bin/webhook/send?key=a-secret-key"
    assert body == {"msgtype": "text", "text": {"content": TEXT}}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_says_whether_to_try_again(answer):
    """Busy may be later, refused is for good, of no answer nobody knows; nothing is repeated."""
    given, error = ANSWERS[answer]
    with webhook(given) as hook, pytest.raises(error):
        robot(hook.url).say(TEXT)
    assert len(hook.asked) == 1


def test_where_nobody_listens_nothing_was_said():
    """So that it can be said again at once."""
    with webhook() as hook:
        gone = hook.url
    with pytest.raises(ChatBusyError):
        robot(gone).say(TEXT)


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_error_tells_the_key(answer):
    """Neither its words nor what led to it reach a log with the URL."""
    given, error = ANSWERS[answer]
    with webhook(given) as hook, pytest.raises(error) as raised:
        robot(hook.url).say(TEXT)
    shown = "".join(traceback.format_exception(raised.value))
    assert "a-secret-key" not in shown


def test_the_key_is_not_told_where_nobody_listens():
    """The way there fails before anything is answered."""
    with webhook() as hook:
        gone = hook.url
    with pytest.raises(ChatBusyError) as raised:
        robot(gone).say(TEXT)
    assert "a-secret-key" not in "".join(traceback.format_exception(raised.value))
    assert "a-secret-key" not in repr(robot(gone))


def test_another_url_counts_at_once():
    """It is asked for each time."""
    with webhook() as one, webhook() as other:
        urls = [one.url, other.url]
        speaking = WeComRobot(lambda: urls.pop(0))
        speaking.say("a")
        speaking.say("b")
    assert (one.said, other.said) == (["a"], ["b"])


def test_each_kind_that_a_file_may_name_has_its_robot():
    """And no robot is there that no file can name."""
    assert tuple(ROBOTS) == ROBOT_KINDS


def test_a_url_is_kept_as_a_secret():
    """Encrypted; another takes its place; before there is one, it is waited for."""
    with mock_aws():
        client = get_session().create_client("ssm", region_name="eu-west-1")
        kept = ParameterRobotUrl(client, "/complaint-desk/test/keys/robot")
        with pytest.raises(ChatBusyError):
            kept.read()
        for url in ("https://one.example", "https://other.example"):
            kept.write(url)
            assert kept.read() == url
        found = client.get_parameter(Name=kept.name, WithDecryption=False)["Parameter"]
        assert found["Type"] == "SecureString"


@pytest.mark.parametrize("code", ["AccessDeniedException", "ThrottlingException"])
def test_a_url_that_cannot_be_read_now_holds_up_no_letter(code):
    """As the chat that is busy: it is asked for again later."""
    client = get_session().create_client("ssm", region_name="eu-west-1")
    with Stubber(client) as answers:
        answers.add_client_error("get_parameter", code)
        with pytest.raises(ChatBusyError, match=code):
            ParameterRobotUrl(client, "/complaint-desk/test/keys/robot").read()


def test_a_message_is_kept_on_the_table_and_said_once(cloud):
    """From a complaint to the webhook, and back onto the complaint's own page."""
    with webhook(TOO_MANY, wecom(0)) as hook:
        desk = replace(
            cloud.container,
            settings=replace(cloud.container.settings, robot_url=hook.url),
            organisation_given=replace(ORGANISATION, robot=Robot("wecom")),
        )
        intake = an_intake(desk.clock.now(), cause="service")
        reference = desk.submit_complaint.receive(intake, "web").reference
        for _ in range(4):
            for entry in list(desk.letters.unsettled(desk.clock.now() + timedelta(seconds=1))):
                desk.notifier.post(entry)
    assert len(hook.asked) == 2
    assert hook.said[1].startswith(f"【新投诉】重要投诉 {reference}")
    letters = desk.complaints.dossier(reference).letters
    assert [(one.to, one.state) for one in letters if one.letter == LETTER] == [
        ("group", "delivered")
    ]
