"""`desk mail-check` on a stage's mail stack, as ministack makes it from the template."""

import json

import pytest
from click.testing import CliRunner

from desk.deploying.mail_state import mail_state
from desk.deploying.stage import Stage, stack_name
from desk.mail_check import Mail, mail_check
from support.name_server import name_server
from support.templates import declared

REGION = "eu-west-1"
STAGE = "checked"
BOUNCES = "post.company.example"


@pytest.fixture(scope="module")
def stage(ministack):
    """A stage whose sender stands, and nothing else; ministack knows no records of DKIM keys."""
    template = json.loads(json.dumps(declared("mail")))
    del template["Outputs"]["DkimRecords"]
    settings = {
        "AWS_ENDPOINT_URL": ministack.url,
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        found = Stage(STAGE, REGION)
        service, name = found.client("cloudformation"), stack_name(STAGE, "mail")
        given = {"MailDomain": "company.example", "MailFromSubdomain": BOUNCES}
        service.create_stack(
            StackName=name,
            TemplateBody=json.dumps(template),
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in given.items()],
        )
        service.get_waiter("stack_create_complete").wait(
            StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )
        yield found


def checked(state):
    """What the command says where nothing stands in the DNS, and its exit code."""
    with name_server({}) as dns:
        options = ["--stage", STAGE, "--region", REGION, "--language", "en"]
        result = CliRunner().invoke(mail_check, options, obj=Mail(state, dns))
    assert not isinstance(result.exception, Exception), result.exception
    return result.output, result.exit_code


def test_what_the_template_makes_is_found(stage):
    """The set is the sender's, and everything that is to be told is told to the topic."""
    state = mail_state(stage)
    assert (state.identity, state.is_verified) == ("company.example", True)
    assert state.configuration_set == state.wanted_set != ""
    assert state.set_sends
    assert state.untold == frozenset()
    assert [one.name for one in state.mail_from_records] == [BOUNCES, BOUNCES]


def test_a_listener_counts_once_it_has_confirmed(stage):
    """A queue that is subscribed is one; before that, it is said that nobody listens."""
    before = mail_state(stage)
    assert before.listeners == 0
    text, code = checked(before)
    assert code == 1
    assert "missing  Feedback: nobody listens" in text
    assert "missing  SPF: these records do not stand" in text
    topic = stage.needed("mail").outputs["FeedbackTopic"]
    queues = stage.client("sqs")
    address = queues.create_queue(QueueName="listener")["QueueUrl"]
    queue = queues.get_queue_attributes(QueueUrl=address, AttributeNames=["QueueArn"])
    stage.client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=queue["Attributes"]["QueueArn"]
    )
    text, _ = checked(mail_state(stage))
    assert "ok       Feedback: " in text
