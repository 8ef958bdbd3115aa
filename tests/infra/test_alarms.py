"""Who is told when something stands still, and what rings."""

import json

import pytest

from chalicelib.application.ports.sweep_log import SILENT_AFTER

ALARMS = ["NotifierIsBehind", "NotifierLaidAside", "SweepIsSilent", "SweepLeavesWork"]


def of_type(template, kind):
    resources = template["Resources"].items()
    return {name: it["Properties"] for name, it in resources if it["Type"] == kind}


def test_these_are_the_alarms(template):
    """Two of the sweep, two of the stream."""
    assert sorted(of_type(template, "AWS::CloudWatch::Alarm")) == ALARMS


@pytest.mark.parametrize("alarm", ALARMS)
def test_each_alarm_tells_the_operator_and_what_to_read(template, alarm):
    """By e-mail when it rings and when it is over, with the page that says what to do."""
    found = of_type(template, "AWS::CloudWatch::Alarm")[alarm]
    assert found["AlarmActions"] == found["OKActions"] == [{"Ref": "Alarms"}]
    assert "docs/running/sweep.md" in found["AlarmDescription"]
    (subscription,) = of_type(template, "AWS::SNS::Topic")["Alarms"]["Subscription"]
    assert subscription == {"Protocol": "email", "Endpoint": {"Ref": "OperatorEmail"}}


def test_the_operators_address_must_be_given(template):
    """A deployment whose alarms nobody hears is refused."""
    parameter = template["Parameters"]["OperatorEmail"]
    assert "Default" not in parameter
    assert "@" in parameter["AllowedPattern"]


@pytest.mark.parametrize(
    ("name", "line"),
    [("SweepFinished", "Sweep finished: {}"), ("SweepLeft", "Left for the next sweep: one")],
)
def test_sweeps_are_counted_from_their_log(template, name, line):
    """The filters look for the very lines that tests/adapters/test_sweep.py has written."""
    found = of_type(template, "AWS::Logs::MetricFilter")[name]
    assert found["LogGroupName"] == {"Ref": "SweepLog"}
    assert json.loads(found["FilterPattern"]) in line
    (counted,) = found["MetricTransformations"]
    assert counted == {
        "MetricNamespace": {"Ref": "AWS::StackName"},
        "MetricName": name,
        "MetricValue": "1",
        "DefaultValue": 0,
    }


def test_silence_does_not_look_like_success(template):
    """No number is no sweep; after a quarter of an hour without a finished one it rings."""
    alarm = of_type(template, "AWS::CloudWatch::Alarm")["SweepIsSilent"]
    finished, counted = alarm["Metrics"]
    assert finished["MetricStat"]["Metric"] == {
        "Namespace": {"Ref": "AWS::StackName"},
        "MetricName": "SweepFinished",
    }
    assert finished["ReturnData"] is False
    assert counted["Expression"] == "FILL(finished, 0)"
    assert alarm["TreatMissingData"] == "breaching"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    seconds = finished["MetricStat"]["Period"] * alarm["EvaluationPeriods"]
    assert seconds == SILENT_AFTER.total_seconds()


def test_one_sweep_that_leaves_something_does_not_ring(template):
    """The next sweep does what one left; three of four that leave something are told."""
    alarm = of_type(template, "AWS::CloudWatch::Alarm")["SweepLeavesWork"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ({"Ref": "AWS::StackName"}, "SweepLeft")
    assert (alarm["DatapointsToAlarm"], alarm["EvaluationPeriods"]) == (3, 4)
    assert alarm["TreatMissingData"] == "notBreaching"


def test_letters_that_wait_and_letters_that_are_laid_aside_are_told(template):
    """By the age of what waits in the stream, and by what lies among the dead letters."""
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    behind, aside = alarms["NotifierIsBehind"], alarms["NotifierLaidAside"]
    assert behind["MetricName"] == "IteratorAge"
    assert behind["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Notifier"}}]
    assert aside["MetricName"] == "ApproximateNumberOfMessagesVisible"
    queue = {"Fn::GetAtt": ["NotifierDeadLetters", "QueueName"]}
    assert aside["Dimensions"] == [{"Name": "QueueName", "Value": queue}]
