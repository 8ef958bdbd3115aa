"""Stacks by change sets, on a CloudFormation that carries them out."""

import json
from itertools import count

import pytest

from desk.deploying.changes import StackChanges, StackFailedError
from desk.deploying.stage import Stage, stack_name
from desk.stacks import STACKS

MAIL = STACKS["mail"]
_NUMBERS = count(1)


def template(*queues, parameter=""):
    """A template of queues; with a parameter, each is called by it."""
    given = {"Parameters": {parameter: {"Type": "String"}}} if parameter else {}
    one = {"Type": "AWS::SQS::Queue"}
    outputs = {"Named": {"Value": {"Ref": queues[0]}}}
    return json.dumps({**given, "Resources": dict.fromkeys(queues, one), "Outputs": outputs})


@pytest.fixture
def changes(ministack, monkeypatch):
    """A stage of its own for each test."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", ministack.url)
    return StackChanges(Stage(f"s{next(_NUMBERS)}", "eu-west-1"), pause=0.1)


def watch(_):
    """Nobody looks."""


def test_a_stack_is_made_and_gives_out_what_it_has(changes):
    """And it stands afterwards."""
    found, done = changes.bring_about(MAIL, template("A", parameter="P"), {"P": "x"}, watch)
    assert found.status == "CREATE_COMPLETE"
    assert found.parameters == {"P": "x"}
    assert "Named" in found.outputs
    assert [(one.action, one.resource) for one in done] == [("Add", "A")]


def test_to_foresee_changes_nothing(changes):
    """What would be done is said, and no change set stays behind."""
    changes.bring_about(MAIL, template("A"), {}, watch)
    foreseen = changes.foresee(MAIL, template("A", "B"), {})
    assert [(one.action, one.resource) for one in foreseen] == [("Add", "B")]
    service = changes.stage.client("cloudformation")
    name = stack_name(changes.stage.name, "mail")
    assert len(service.describe_stack_resources(StackName=name)["StackResources"]) == 1
    sets = service.list_change_sets(StackName=name)["Summaries"]
    assert not [one for one in sets if one["ExecutionStatus"] == "AVAILABLE"]


def test_an_update_does_what_was_foreseen(changes):
    """The same change, in the same words."""
    changes.bring_about(MAIL, template("A"), {}, watch)
    foreseen = changes.foresee(MAIL, template("A", "B"), {})
    found, done = changes.bring_about(MAIL, template("A", "B"), {}, watch)
    assert done == foreseen
    assert found.status == "UPDATE_COMPLETE"


def test_what_is_taken_down_is_gone_and_may_be_taken_down_again(changes):
    """A stack that is not there is none to fail for."""
    changes.bring_about(MAIL, template("A"), {}, watch)
    changes.take_down(MAIL, watch)
    assert changes.stage.described("mail") is None
    changes.take_down(MAIL, watch)


def test_nothing_new_is_done_once(changes):
    """The same template with the same values is no change."""
    changes.bring_about(MAIL, template("A"), {}, watch)
    assert changes.foresee(MAIL, template("A"), {}) == ()
    _, done = changes.bring_about(MAIL, template("A"), {}, watch)
    assert done == ()


def test_a_stack_that_failed_is_named_and_made_when_the_cause_is_gone(changes):
    """With CloudFormation's own words for what failed; the next run makes it anew."""
    bad = json.loads(template("A"))
    bad["Resources"]["Handle"] = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
    bad["Resources"]["Bad"] = {
        "Type": "AWS::CloudFormation::WaitCondition",
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "1"},
    }
    with pytest.raises(StackFailedError) as failed:
        changes.bring_about(MAIL, json.dumps(bad), {}, watch)
    assert failed.value.stack == "mail"
    assert any("Bad" in reason for reason in failed.value.reasons)
    assert changes.stage.stack("mail") is None
    found, _ = changes.bring_about(MAIL, template("A"), {}, watch)
    assert found.status == "CREATE_COMPLETE"
