"""What every `Analyses` keeps."""

from datetime import date

import pytest

from chalicelib.domain.analysis import Analysis, CheckedMeasure, Draft, Measure, saved, signed
from chalicelib.domain.errors import ChangedMeanwhileError
from support.examples import at

MONDAY = at("Monday 2026-12-07 10:00")
MEASURE = Measure("雨季前检查立管", "孙伟", date(2027, 4, 30))
DRAFT = Draft(problems="渗漏多", measures=(MEASURE,), checked=(CheckedMeasure(MEASURE, done=True),))
BLANK = Analysis(community="jade-lake", month="2026-11")


def test_nothing_is_there_before_it_was_saved(ports):
    """Of no month and no community."""
    assert ports.analyses.of("jade-lake", "2026-11") is None


def test_what_was_saved_last_is_there(ports):
    """Each month of each community by itself, to the letter."""
    first = saved(BLANK, DRAFT, "chen-jing", MONDAY)
    ports.analyses.keep(first)
    second = signed(first, "chen-jing", "2026.1", MONDAY)
    ports.analyses.keep(second)
    assert ports.analyses.of("jade-lake", "2026-11") == second
    assert ports.analyses.of("jade-lake", "2026-12") is None
    assert ports.analyses.of("maple-court", "2026-11") is None


def test_of_two_who_save_at_once_the_second_is_told(ports):
    """Neither a first version nor a later one is written over unseen."""
    first = saved(BLANK, DRAFT, "chen-jing", MONDAY)
    ports.analyses.keep(first)
    with pytest.raises(ChangedMeanwhileError):
        ports.analyses.keep(saved(BLANK, DRAFT, "zhao-guoqiang", MONDAY))
    ports.analyses.keep(saved(first, DRAFT, "chen-jing", MONDAY))
    with pytest.raises(ChangedMeanwhileError):
        ports.analyses.keep(saved(first, DRAFT, "zhao-guoqiang", MONDAY))
    assert ports.analyses.of("jade-lake", "2026-11").saved_by == "chen-jing"
