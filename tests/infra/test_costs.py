"""What a stage costs: the arithmetic, what it rests on, and the page that shows it."""

import json
import math
import re

import pytest

import costs_table
from chalicelib import locales
from desk.deploying.costs import (
    ALARMS,
    DASHBOARDS,
    MEMORY,
    METRICS,
    PRICES,
    Shape,
    monthly_cost,
    total_usd,
)
from desk.deploying.counts import COUNTS
from desk.stacks import STACKS
from support.templates import declared, of_type

PAGE = costs_table.PAGE.read_text("utf-8")
EVERYTHING = Shape(hosted_zone=True, web_acl=True)
FREE_METRICS_OF_A_DASHBOARD = 50


def lines(complaints, shape=EVERYTHING):
    """The lines of a month by what they are for."""
    return {one.what: one for one in monthly_cost(complaints, shape)}


def of_all(kind):
    """The resources of a kind in all the stacks."""
    return [one for name in STACKS for one in of_type(declared(name), kind).values()]


def test_letters_are_reckoned_by_hand():
    """Nine of a thousand lives, and one to each of ten on twenty-one mornings."""
    mail = lines(1_000)["mail"]
    assert mail.quantity == pytest.approx(9 * 1_000 + 10 * 21)
    assert mail.usd == pytest.approx(0.921)


def test_what_is_free_is_taken_off_and_never_more():
    """Ten of twenty-two alarms cost nothing; without what is free, all of them cost."""
    assert lines(0)["alarms"].usd == pytest.approx(1.20)
    assert lines(0, Shape(free_allowances=False))["alarms"].usd == pytest.approx(2.20)
    assert lines(0)["dashboards"].usd == 0


def test_of_a_month_without_complaints_nearly_all_is_alarms_and_a_key():
    """The rest, two hundred and eighty-eight sweeps a day among it, is less than five cents."""
    idle = lines(0, Shape())
    rest = sum(one.usd for name, one in idle.items() if name not in ("alarms", "key"))
    assert 0 < rest < 0.05
    assert not idle["mail"].quantity


@pytest.mark.parametrize("what", ["hosted_zone", "web_acl", "web_acl_requests"])
def test_what_was_not_asked_for_is_no_line(what):
    """A zone and a limit for each address cost only whoever has them."""
    assert what not in lines(1_000, Shape())
    assert lines(1_000)[what].usd > 0


def test_intel_makes_the_time_of_functions_dearer():
    """And nothing else."""
    dear = lines(1_000, Shape(arm64=False, free_allowances=False))
    cheap = lines(1_000, Shape(free_allowances=False))
    assert [name for name in cheap if dear[name].usd != cheap[name].usd] == ["function_time"]


def test_more_complaints_never_cost_less():
    """Line by line."""
    for fewer, more in ((0, 1), (1, 100), (100, 10_000)):
        found = lines(fewer), lines(more)
        assert all(found[1][name].usd >= one.usd for name, one in found[0].items())


def test_every_resource_that_costs_by_being_there_is_counted():
    """Alarms by the metrics that each looks at, the dashboard, metrics of our own, and the key."""
    alarms = of_all("AWS::CloudWatch::Alarm")
    looked_at = [sum("MetricStat" in it for it in one.get("Metrics", ())) or 1 for one in alarms]
    assert sum(looked_at) == ALARMS
    (dashboard,) = of_all("AWS::CloudWatch::Dashboard")
    widgets = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    shown = sum(len(one["properties"]["metrics"]) for one in widgets)
    assert (DASHBOARDS, shown <= FREE_METRICS_OF_A_DASHBOARD) == (1, True)
    published = [one["ReputationOptions"] for one in of_all("AWS::SES::ConfigurationSet")]
    assert published == [{"ReputationMetricsEnabled": True}]
    assert len(of_all("AWS::Logs::MetricFilter")) + 2 == METRICS
    assert len(of_all("AWS::KMS::Key")) == lines(0)["key"].quantity == 1


@pytest.mark.parametrize(
    "kind", ["AWS::EC2", "AWS::RDS", "AWS::ElastiCache", "AWS::SecretsManager"]
)
def test_nothing_is_paid_by_the_hour(kind):
    """No stack holds a machine, or a secret, that costs while nobody asks for it."""
    resources = [one for name in STACKS for one in declared(name)["Resources"].values()]
    kinds = [one["Type"] for one in resources if "Type" in one]
    assert kinds
    assert not [one for one in kinds if one.startswith(kind)]


def test_a_function_is_priced_with_the_memory_that_it_has():
    """Of each run with its seconds; the API is a run for each request."""
    declared_memory = {
        "api": "APIHandler",
        "notifier": "Notifier",
        "sweep": "Sweep",
        "photos": "Photos",
        "feedback": "Feedback",
    }
    resources = declared("application")["Resources"]
    assert {
        name: resources[resource]["Properties"]["MemorySize"] / 1024
        for name, resource in declared_memory.items()
    } == MEMORY


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_each_line_has_its_words(language):
    """In both languages, and no words are left over."""
    words = locales.desk(language)["cost"]
    assert words.keys() == (PRICES.keys() - {"function_time_x86"}) | {"total"}


def test_the_page_is_up_to_date():
    """The tables that stand there are those that would be written now."""
    now = costs_table.page_with_tables(PAGE)
    assert now == PAGE, "run .venv/bin/python infra/costs_table.py"


def test_a_page_without_its_marks_is_refused():
    """Nothing is written where nobody knows where it belongs."""
    with pytest.raises(ValueError, match="has lost"):
        costs_table.page_with_tables("# What it costs\n")


def test_the_summary_says_what_the_table_says():
    """In whole dollars, and how many alarms are paid for."""
    idle, hundred, thousand, most = (
        total_usd(monthly_cost(size, Shape())) for size in costs_table.SIZES
    )
    for words in (
        f"约 {idle:.0f} 美元",
        f"每月 100 件约 {hundred:.0f} 美元",
        f"1,000 件不到 {math.ceil(thousand)} 美元",
        f"10,000 件约 {most:.0f} 美元",
        f"{ALARMS - PRICES['alarms'].free} 个告警 1.20 美元",
    ):
        assert words in PAGE, words


def test_the_page_tells_the_life_that_was_counted():
    """As many letters as it names, and what is kept of each complaint."""
    named = re.search(
        r"The nine letters are those that the\npolicy asks for: (.+?)\.\s", PAGE, re.DOTALL
    )
    assert named
    assert COUNTS.life.letters == 9
    assert f"{COUNTS.life.table_kilobytes} KB with its indexes" in PAGE
    assert f"each {COUNTS.life.line_kilobytes} KB" in PAGE
