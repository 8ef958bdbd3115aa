"""`desk robot`: a stage's robot gets its URL, which is shown to nobody, and is tried."""

import pytest
from click.testing import CliRunner
from moto import mock_aws

from chalicelib import locales
from chalicelib.adapters.clock import SystemClock  # noqa: TID251 - a stage has no other
from chalicelib.adapters.group_chat import ParameterRobotUrl
from desk.deploying.running import container_of
from desk.deploying.stage import Stage
from desk.main import desk
from support.stages import REGION, Company, deploy
from support.values import replace
from support.webhook import INVALID, TOO_MANY, webhook, wecom

pytestmark = pytest.mark.today

URL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-secret-key"


@pytest.fixture(scope="module", autouse=True)
def _stages():
    """Of two stages one has a robot, which speaks English."""
    with mock_aws():
        now, company = SystemClock().now(), Company()
        robot = '\n[robot]\nkind = "wecom"\nlanguage = "en"\n'
        deploy("spoken", replace(company, organisation=company.organisation + robot), now)
        deploy("silent", company, now)
        yield


def run(word, stage="spoken", language="en", typed=None):
    given = ["robot", word, "--stage", stage, "--region", REGION, "--language", language]
    return CliRunner().invoke(desk, given, input=typed and f"{typed}\n")


@pytest.fixture
def kept():
    """Where the stage keeps the URL, as the functions look for it."""
    container = container_of(stage_of("spoken"))
    return ParameterRobotUrl(container.client("ssm"), container.settings.robot_parameter)


def stage_of(name):
    return Stage.of(name, REGION)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_url_is_kept_and_never_shown(kept, language):
    """Neither when it is typed nor afterwards; the functions find it."""
    done = run("set", language=language, typed=URL)
    assert done.exit_code == 0, done.output
    assert "a-secret-key" not in done.output
    assert kept.read() == URL


WRONG = ["https://elsewhere.example/send?key=1", URL.partition("=")[0], f"{URL} x", "a-secret-key"]


@pytest.mark.parametrize("typed", [*WRONG, URL.removesuffix("a-secret-key")])
def test_what_is_no_robots_url_is_refused(typed):
    """With what one begins with, and without what was typed."""
    refused = run("set", typed=typed)
    assert refused.exit_code == 1
    assert "it begins with https://qyapi.weixin.qq.com/" in refused.output
    assert "a-secret-key" not in refused.output


def test_a_stage_whose_file_names_none_is_told_what_to_write():
    """The URL is kept, and nothing is said until the file is deployed."""
    assert "[robot]\n    kind = " in run("set", stage="silent", typed=URL).output
    tried = run("test", stage="silent")
    assert tried.exit_code == 1
    assert "names no robot" in tried.output


ANSWERS = {
    "taken": (wecom(0), 0, "the group should have it"),
    "busy": (TOO_MANY, 1, "did not take it now (errcode 45009)"),
    "wrong": (INVALID, 1, "does not take it (errcode 93000)"),
    "a page in between": ((200, "<html>"), 1, "gave no answer"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_it_is_tried_by_a_sentence_to_the_group(kept, answer):
    """What comes of it is said with what to do, in the robot's own language to the group."""
    given, code, sentence = ANSWERS[answer]
    with webhook(given) as hook:
        kept.write(hook.url)
        tried = run("test")
    assert tried.exit_code == code
    assert sentence in tried.output
    assert hook.said == [locales.say("en", "group.test")]
    assert "a-secret-key" not in tried.output


def test_the_functions_speak_by_the_same_url(kept):
    """The container of a stage has the robot that its file names."""
    with webhook() as hook:
        kept.write(hook.url)
        container_of(stage_of("spoken")).group_chat.say("Hello")
    assert hook.said == ["Hello"]
