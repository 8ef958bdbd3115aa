"""How long it is overdue, or still has, in words."""

from datetime import timedelta

import pytest

from chalicelib.views.durations import until
from support.examples import at

NOW = at("Monday 2026-11-23 10:00")
SPANS = [
    (timedelta(0), "overdue by 1 minute", "已逾期 1 分钟"),
    (timedelta(minutes=-59), "overdue by 59 minutes", "已逾期 59 分钟"),
    (timedelta(hours=-1), "overdue by 1 hour", "已逾期 1 小时"),
    (timedelta(hours=-47, minutes=-59), "overdue by 47 hours", "已逾期 47 小时"),
    (timedelta(days=-2), "overdue by 2 days", "已逾期 2 天"),
    (timedelta(minutes=1), "in 1 minute", "还有 1 分钟"),
    (timedelta(hours=2, minutes=5), "in 2 hours", "还有 2 小时"),
    (timedelta(days=31), "in 31 days", "还有 31 天"),
]


@pytest.mark.parametrize(("ahead", "english", "chinese"), SPANS)
def test_a_span_is_said_as_people_say_it(ahead, english, chinese):
    """Minutes below the hour, hours below two days, then days; due now is overdue."""
    assert until(NOW + ahead, NOW, "en") == english
    assert until(NOW + ahead, NOW, "zh") == chinese
