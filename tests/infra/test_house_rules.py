"""What holds for every template that is deployed, whatever is added to one.

The application's is the merged one, translated as AWS will translate it. Each exception has a
name and a reason.
"""

import re
from pathlib import Path

import pytest

from desk.packaging.template import OTHERS, lint_template
from desk.stacks import DATA, STACKS
from support.templates import declared, every, meant_by, of_type, resources

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "running" / "alarms"

EVERYTHING = {
    ("mail", "FeedbackKey"): "a key's policy stands on the key, and means it alone",
}
"""Where AWS has no narrower resource than `*`."""

OPEN_TOPICS = {
    ("monitoring", "Alarms"): "an alarm names what rang and when, and CloudWatch may use no key",
}
"""Topics that are not encrypted."""

KEEPERS = (
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::SES::EmailIdentity",
)
"""What holds what cannot be made again."""

POLICIES = ("AssumeRolePolicyDocument", "KeyPolicy", "PolicyDocument")
"""What the properties are called that hold one."""

INLINE = 51_200
"""Bytes that CloudFormation takes of a template without a bucket."""


@pytest.fixture(scope="module")
def templates(translated):
    return every(translated)


@pytest.fixture(scope="module")
def watched(templates):
    """What the alarms look at: metric, stack and resource."""
    alarms = of_type(templates["monitoring"], "AWS::CloudWatch::Alarm").values()
    return {
        (alarm["MetricName"], *meant_by("monitoring", dimension["Value"]["Ref"], templates))
        for alarm in alarms
        for dimension in alarm.get("Dimensions", [])
        if dimension["Name"] in ("FunctionName", "QueueName", "TableName")
    }


def statements(templates):
    """Every statement of every policy: where it stands, and what it says."""
    for stack, name, one in resources(templates):
        properties = one.get("Properties", {})
        documents = [properties[key] for key in POLICIES if key in properties]
        if one["Type"] == "AWS::IAM::Role":
            documents += [policy["PolicyDocument"] for policy in properties["Policies"]]
        for document in documents:
            for statement in document["Statement"]:
                yield (stack, name), statement


def listed(value):
    return value if isinstance(value, list) else [value]


def test_every_stack_has_its_template():
    """What packaging lints beside the application is all the rest, and there is nothing more."""
    assert {path.stem for path in OTHERS} | {"application"} == set(STACKS)
    assert {path.stem for path in (ROOT / "infra").glob("*.yaml")} == set(STACKS)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_every_template_lints(path):
    """CloudFormation takes it, without an error and without a warning."""
    lint_template(path.name, path.read_text("utf-8"))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_a_template_that_goes_as_it_is_needs_no_bucket_and_no_aliases(path):
    """CloudFormation promises to read no YAML aliases, and takes so much inline."""
    text = path.read_text("utf-8")
    assert not re.search(r"(^|[\s\[{])[&*][a-z][\w-]*\s*($|[,}\]])|<<:", text, re.MULTILINE)
    assert len(text.encode()) < INLINE


def test_every_function_has_a_role_and_a_log_of_its_own(templates):
    """No two share one, and no log is kept for ever."""
    seen = set()
    for stack, _, one in resources(templates, "AWS::Lambda::Function"):
        properties = one["Properties"]
        role = properties["Role"]["Fn::GetAtt"][0]
        log = properties["LoggingConfig"]["LogGroup"]["Ref"]
        assert templates[stack]["Resources"][role]["Type"] == "AWS::IAM::Role"
        kept = templates[stack]["Resources"][log]
        assert kept["Properties"]["RetentionInDays"] <= 90
        assert kept["DeletionPolicy"] == "Delete"
        assert not {role, log} & seen
        seen |= {role, log}


def test_every_function_has_its_alarms(templates, watched):
    """One for what fails and one for what is not let run."""
    for stack, name, _ in resources(templates, "AWS::Lambda::Function"):
        assert ("Errors", stack, name) in watched
        assert ("Throttles", stack, name) in watched


def test_no_policy_speaks_of_everything(templates):
    """Each resource is named, except where AWS has no other than `*`."""
    found = {
        place
        for place, statement in statements(templates)
        if "*" in listed(statement.get("Resource", []))
    }
    assert found == set(EVERYTHING)


def test_no_role_has_every_action(templates):
    """Actions are named in full; only what is refused, and the account's own key, are not."""
    for place, statement in statements(templates):
        if statement["Effect"] == "Allow" and place not in EVERYTHING:
            assert not [action for action in listed(statement["Action"]) if "*" in action], place


def test_no_policy_lets_everybody_in(templates):
    """A service of AWS's is named, and held to what is ours."""
    for place, statement in statements(templates):
        if statement["Effect"] == "Allow" and "Principal" in statement:
            assert statement["Principal"] != "*", place
            is_trust = listed(statement["Action"]) == ["sts:AssumeRole"]
            if "Service" in statement["Principal"] and not is_trust:
                assert "Condition" in statement, place


def test_every_bucket_is_private_and_encrypted(templates):
    """Nothing can be made public, and nothing goes over an open line."""
    closed = {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}
    for stack, name, one in resources(templates, "AWS::S3::Bucket"):
        properties = one["Properties"]
        assert properties["PublicAccessBlockConfiguration"] == dict.fromkeys(closed, True)
        assert properties["OwnershipControls"] == {
            "Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]
        }
        assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        policies = of_type(templates[stack], "AWS::S3::BucketPolicy").values()
        (policy,) = (one for one in policies if one["Bucket"] == {"Ref": name})
        refused = policy["PolicyDocument"]["Statement"][0]
        assert (refused["Effect"], refused["Principal"]) == ("Deny", "*")
        assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_every_queue_is_encrypted_and_has_its_alarm(templates, watched):
    """What is laid aside is told."""
    for stack, name, one in resources(templates, "AWS::SQS::Queue"):
        assert one["Properties"]["SqsManagedSseEnabled"] is True
        assert ("ApproximateNumberOfMessagesVisible", stack, name) in watched


def test_every_topic_is_encrypted_unless_it_carries_nothing(templates):
    """What SES tells of letters has their addresses in it."""
    found = {
        (stack, name)
        for stack, name, one in resources(templates, "AWS::SNS::Topic")
        if "KmsMasterKeyId" not in one["Properties"]
    }
    assert found == set(OPEN_TOPICS)


def test_every_table_has_its_alarms(templates, watched):
    """For what it refuses to read and to write."""
    for stack, name, _ in resources(templates, "AWS::DynamoDB::Table"):
        assert {
            ("ReadThrottleEvents", stack, name),
            ("WriteThrottleEvents", stack, name),
        } <= watched


def test_what_cannot_be_made_again_outlives_its_stack(templates):
    """Neither deleting nor replacing a stack takes it away."""
    keepers = list(resources(templates, *KEEPERS))
    for stack, name, one in keepers:
        kept = (one.get("DeletionPolicy"), one.get("UpdateReplacePolicy"))
        assert kept == ("Retain", "Retain"), f"{stack}.{name}"
    assert set(DATA) <= {stack for stack, _, _ in keepers}


def test_what_holds_something_says_what_becomes_of_it(templates):
    """Of queues, logs and keys, too, it is said, and not left to AWS's own rule."""
    kinds = ("AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::SQS::Queue", *KEEPERS)
    for stack, name, one in resources(templates, *kinds):
        assert "DeletionPolicy" in one, f"{stack}.{name}"
        assert "UpdateReplacePolicy" in one, f"{stack}.{name}"


def alarm_pages():
    alarms = of_type(declared("monitoring"), "AWS::CloudWatch::Alarm").items()
    return {name: one["AlarmDescription"].split()[-1] for name, one in alarms}


@pytest.mark.parametrize("alarm", alarm_pages())
def test_every_alarm_names_a_page_that_says_what_to_do(alarm):
    """The page names the alarm, and begins in Chinese."""
    path = ROOT / alarm_pages()[alarm]
    assert path.parent == PAGES
    text = path.read_text("utf-8")
    assert f"`{alarm}`" in text
    for part in ("**摘要**", "## What it means", "## What to look at", "## What to do"):
        assert part in text


def test_every_page_is_an_alarms():
    """No page is left behind by an alarm that is gone."""
    assert {PAGES / path.name for path in PAGES.glob("*.md") if path.stem != "index"} == {
        ROOT / page for page in alarm_pages().values()
    }


def test_the_list_of_alarms_names_each():
    """The list says of every alarm when it rings, and links to its page."""
    text = (PAGES / "index.md").read_text("utf-8")
    for alarm, page in alarm_pages().items():
        assert f"[`{alarm}`]({Path(page).name})" in text


def test_every_alarm_is_heard(templates):
    """By whoever the operator is, when it rings and when it is over, in both languages."""
    for _, _, one in resources(templates, "AWS::CloudWatch::Alarm"):
        alarm = one["Properties"]
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "Alarms"}]
        assert re.search(r"[\u4e00-\u9fff].*。 [A-Z]", alarm["AlarmDescription"])
