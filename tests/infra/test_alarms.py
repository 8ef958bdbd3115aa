"""Who is told when something stands still, and what rings."""

import json

import pytest

from chalicelib.application.ports.sweep_log import SILENT_AFTER
from support.templates import declared, of_type


@pytest.fixture(scope="module")
def template():
    return declared("monitoring")


def test_the_operators_address_must_be_given(template):
    """A deployment whose alarms nobody hears is refused."""
    parameter = template["Parameters"]["OperatorEmail"]
    assert "Default" not in parameter
    assert "@" in parameter["AllowedPattern"]
    (subscription,) = of_type(template, "AWS::SNS::Topic")["Alarms"]["Subscription"]
    assert subscription == {"Protocol": "email", "Endpoint": {"Ref": "OperatorEmail"}}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("SweepFinished", "Sweep finished: {}"),
        ("SweepLeft", "Left for the next sweep: one"),
        ("FirstLettersWait", "First letters wait: jade-lake"),
    ],
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


def test_a_form_that_writes_to_too_many_strangers_is_told(template):
    """As soon as one sweep says that first letters wait."""
    alarm = of_type(template, "AWS::CloudWatch::Alarm")["TooManyFirstLetters"]
    counted = ({"Ref": "AWS::StackName"}, "FirstLettersWait")
    assert (alarm["Namespace"], alarm["MetricName"]) == counted
    assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (1, 1)


def test_letters_that_wait_and_letters_that_are_laid_aside_are_told(template):
    """By the age of what waits in the stream, and by what lies among the dead letters."""
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    behind, aside = alarms["NotifierIsBehind"], alarms["NotifierLaidAside"]
    assert behind["MetricName"] == "IteratorAge"
    assert behind["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "NotifierName"}}]
    assert aside["MetricName"] == "ApproximateNumberOfMessagesVisible"
    queue = {"Ref": "NotifierDeadLettersName"}
    assert aside["Dimensions"] == [{"Name": "QueueName", "Value": queue}]
    assert aside["Threshold"] == 1


@pytest.mark.parametrize(
    ("alarm", "limit"), [("LettersBounce", 0.05), ("LettersAreReported", 0.001)]
)
def test_a_bad_name_is_told_before_amazon_stops_sending(template, alarm, limit):
    """Where SES begins to look into it, of the account as a whole."""
    found = of_type(template, "AWS::CloudWatch::Alarm")[alarm]
    assert found["MetricName"].startswith("Reputation.")
    assert (found["Threshold"], "Dimensions" in found) == (limit, False)


def test_errors_that_the_function_answers_are_told_too(template):
    """A page that says sorry is no failure to Lambda; API Gateway counts it."""
    found = of_type(template, "AWS::CloudWatch::Alarm")["ApiAnswersWithErrors"]
    assert found["MetricName"] == "5XXError"
    assert {"Name": "ApiName", "Value": {"Ref": "ApiName"}} in found["Dimensions"]


def test_the_dashboard_can_be_read(template):
    """It is one document, and each of its pictures says what it shows in both languages."""
    (dashboard,) = of_type(template, "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    places = {(one["x"], one["y"]) for one in widgets}
    assert len(places) == len(widgets)
    for one in widgets:
        title = one["properties"]["title"]
        assert title[0] > "一"
        assert title.rpartition("· ")[2].isascii()
