"""Stacks by change sets where CloudFormation is at its worst, and never at the cost of data.

How it is at its best is shown on ministack (tests/second_opinion/test_stack_changes.py).
"""

import pytest
from botocore.exceptions import ClientError

from desk.deploying.changes import (
    Change,
    DataAtRiskError,
    Progress,
    StackChanges,
    StackFailedError,
    _under_way,
)
from desk.deploying.stage import Stage
from desk.stacks import STACKS

MAIL = STACKS["mail"]


def watch(_):
    """Nobody looks."""


def event(name, status, reason="", number=0):
    told = {"LogicalResourceId": name, "ResourceStatus": status, "StackName": "the stack"}
    return {**told, "ResourceStatusReason": reason, "EventId": f"{name}{status}{number}"}


OLD = event("A", "CREATE_COMPLETE", number=1)
"""From before the test's own change."""


class _Service:
    """CloudFormation as it answers at its worst; notes what it is asked to do."""

    def __init__(self, statuses, change_set=None, events=()):
        self.statuses = list(statuses)
        self.change_set = change_set or {"Status": "CREATE_COMPLETE", "Changes": []}
        self.events = list(events)
        self.done = []

    def describe_stacks(self, StackName):  # noqa: N803 - AWS's names
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status is None:
            message = f"Stack with id {StackName} does not exist"
            raise ClientError(
                {"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks"
            )
        return {"Stacks": [{"StackStatus": status}]}

    def describe_change_set(self, **_):
        return self.change_set

    def create_change_set(self, **asked):
        self.done.append(("create_change_set", asked["ChangeSetType"]))
        return {"Id": "arn"}

    def describe_stack_events(self, **_):
        return {"StackEvents": [OLD]}

    def get_paginator(self, _):
        return self

    def paginate(self, **_):
        return [{"StackEvents": [*self.events, OLD]}]

    def __getattr__(self, name):
        return lambda **_: self._do(name)

    def _do(self, name):
        self.done.append((name,))
        if name in ("execute_change_set", "delete_stack") and not self.events:
            self.events = [event("the stack", "IN_PROGRESS")]
        return {}

    @property
    def carried_out(self):
        return [name for name, *_ in self.done]


def at_worst(*statuses, **more):
    service = _Service(statuses, **more)
    stage = Stage("prod", "eu-west-1")
    object.__setattr__(stage, "client", lambda *_: service)
    return StackChanges(stage, pause=0), service


def change(action, kind, replacement=""):
    one = {"Action": action, "LogicalResourceId": "It", "ResourceType": kind}
    return {"ResourceChange": {**one, "Replacement": replacement}}


def changing(*changes):
    return {"Status": "CREATE_COMPLETE", "Changes": list(changes), "ChangeSetId": "arn"}


@pytest.mark.parametrize(
    ("action", "kind", "replacement"),
    [
        ("Remove", "AWS::DynamoDB::Table", ""),
        ("Modify", "AWS::DynamoDB::Table", "True"),
        ("Modify", "AWS::Cognito::UserPool", "True"),
        ("Remove", "AWS::S3::Bucket", ""),
    ],
)
def test_data_is_neither_removed_nor_replaced(action, kind, replacement):
    """Refused with the change named, and nothing is carried out."""
    changes, service = at_worst(
        "UPDATE_COMPLETE", change_set=changing(change(action, kind, replacement))
    )
    with pytest.raises(DataAtRiskError) as refused:
        changes.bring_about(MAIL, "{}", {}, watch)
    assert refused.value.changes == (Change(action, "It", kind, replacement),)
    assert service.carried_out == ["create_change_set", "delete_change_set"]


@pytest.mark.parametrize(
    ("action", "kind", "replacement"),
    [
        ("Modify", "AWS::DynamoDB::Table", "False"),
        ("Modify", "AWS::DynamoDB::Table", "Conditional"),
        ("Remove", "AWS::Lambda::Function", ""),
        ("Modify", "AWS::Lambda::Function", "True"),
        ("Add", "AWS::DynamoDB::Table", ""),
        ("Modify", "AWS::SES::EmailIdentity", "True"),
    ],
)
def test_everything_else_is_carried_out(action, kind, replacement):
    """A table may be changed, and what can be made again may go."""
    changes, service = at_worst(
        "UPDATE_COMPLETE", change_set=changing(change(action, kind, replacement))
    )
    changes.bring_about(MAIL, "{}", {}, watch)
    assert "execute_change_set" in service.carried_out


@pytest.mark.parametrize(
    "reason",
    [
        "The submitted information didn't contain changes. Submit different information.",
        "No updates are to be performed.",
    ],
)
def test_nothing_new_is_no_failure(reason):
    """CloudFormation calls it one."""
    changes, service = at_worst(
        "UPDATE_COMPLETE", change_set={"Status": "FAILED", "StatusReason": reason}
    )
    _, done = changes.bring_about(MAIL, "{}", {}, watch)
    assert done == ()
    assert service.carried_out == ["create_change_set", "delete_change_set"]


def test_what_cloudformation_does_not_take_is_told_in_its_words():
    """And the change set goes."""
    changes, service = at_worst(
        "UPDATE_COMPLETE", change_set={"Status": "FAILED", "StatusReason": "No such type."}
    )
    with pytest.raises(StackFailedError) as failed:
        changes.bring_about(MAIL, "{}", {}, watch)
    assert failed.value.reasons == ("No such type.",)
    assert service.carried_out == ["create_change_set", "delete_change_set"]


def test_a_failure_says_what_failed_first():
    """What was called off for its sake is left out."""
    changes, _ = at_worst(
        None,
        "UPDATE_IN_PROGRESS",
        "ROLLBACK_COMPLETE",
        change_set=changing(change("Add", "AWS::SQS::Queue")),
        events=[
            event("the stack", "ROLLBACK_IN_PROGRESS", "The following failed"),
            event("C", "CREATE_FAILED", "Resource creation cancelled"),
            event("B", "CREATE_FAILED", "Second"),
            event("A", "CREATE_FAILED", "Already exists"),
        ],
    )
    with pytest.raises(StackFailedError) as failed:
        changes.bring_about(MAIL, "{}", {}, watch)
    assert failed.value.status == "ROLLBACK_COMPLETE"
    assert failed.value.reasons == ("A: Already exists", "B: Second")


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_was_never_whole_is_made_anew(status):
    """Nothing can be updated into it; what it left behind on purpose is taken in again."""
    changes, service = at_worst(
        *(status, status, None, "CREATE_COMPLETE"),
        change_set=changing(change("Add", "AWS::SQS::Queue")),
    )
    changes.bring_about(MAIL, "{}", {}, watch)
    assert service.carried_out == ["delete_stack", "create_change_set", "execute_change_set"]
    assert ("create_change_set", "CREATE") in service.done


def test_a_change_that_has_not_begun_is_not_taken_for_done():
    """For a moment CloudFormation still says what was before."""
    began = event("the stack", "UPDATE_IN_PROGRESS", "User Initiated")
    changes, service = at_worst(
        *("UPDATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"),
        change_set=changing(change("Modify", "AWS::SQS::Queue")),
    )
    looks = iter([[], [], [began]])
    service.paginate = lambda **_: [{"StackEvents": [*next(looks, [began]), OLD]}]
    with pytest.raises(StackFailedError) as failed:
        changes.bring_about(MAIL, "{}", {}, watch)
    assert failed.value.status == "UPDATE_ROLLBACK_COMPLETE"


def test_what_is_under_way_is_waited_for():
    """A deployment that broke off, or another's, may still be at it."""
    changes, service = at_worst("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE")
    changes.bring_about(MAIL, "{}", {}, watch)
    assert ("create_change_set", "UPDATE") in service.done


def test_a_roll_back_that_failed_is_gone_on_with():
    """CloudFormation waits to be told."""
    changes, service = at_worst(
        "UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"
    )
    changes.bring_about(MAIL, "{}", {}, watch)
    assert service.carried_out[0] == "continue_update_rollback"
    assert ("create_change_set", "UPDATE") in service.done


def test_progress_is_by_the_newest_event_of_each():
    """And says which record a certificate waits for."""
    told = _under_way(
        [
            event("the stack", "CREATE_IN_PROGRESS"),
            event("B", "CREATE_COMPLETE"),
            event("C", "CREATE_IN_PROGRESS", "Content of DNS Record is: {Name: _x}"),
            event("B", "CREATE_IN_PROGRESS"),
        ]
    )
    assert told == Progress(1, ("C",), ("Content of DNS Record is: {Name: _x}",))
