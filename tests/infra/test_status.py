"""`desk status` at the terminal, over a table made from the template that is deployed."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from chalicelib.application.ports.sweep_log import SweepRun
from desk.status import status
from support.forms import an_intake


@pytest.fixture
def said(cloud):
    """What the command says, in English unless told, and its exit code."""

    def said(language="en"):
        result = CliRunner().invoke(status, ["--language", language], obj=cloud.container)
        return result.output, result.exit_code

    return said


def book(cloud, **changes):
    """A sweep that has just finished stands in the log."""
    now = cloud.container.clock.now()
    cloud.container.sweep_log.finish(SweepRun(now, now, **changes))


def test_before_the_first_sweep_it_says_so(said):
    """Nothing that ran is nothing that went well."""
    text, code = said()
    assert code == 1
    never, due, unsettled = text.splitlines()
    assert never.startswith("No round has finished yet: nothing due was reminded, ")
    assert due == "Complaints due now: 0."
    assert unsettled == "Events whose letters have not all gone out after 5 minutes: 0."


def test_after_a_sweep_all_is_well(cloud, said):
    """When it finished, how long ago, and what it did."""
    cloud.container.sweep.go()
    text, code = said()
    assert code == 0
    assert text.startswith("The last round finished on ")
    assert ", 1 minute ago.\nComplaints looked at: 0;" in text
    assert "has not finished" not in text


@pytest.mark.parametrize(("minutes", "code"), [(14, 0), (16, 1)])
def test_a_quarter_of_an_hour_of_silence_is_too_long(cloud, said, minutes, code):
    """The exit code is for scripts, the sentence for people."""
    book(cloud)
    cloud.advance(minutes=minutes)
    text, found = said()
    assert found == code
    assert f"{minutes} minutes ago" in text
    assert ("For more than 15 minutes" in text) == bool(code)


def test_what_waits_is_counted(cloud, said):
    """Complaints that are due, and events whose letters the stream did not bring away."""
    now = cloud.container.clock.now()
    cloud.container.submit_complaint.receive(an_intake(now, form_id="one"), "web")
    cloud.advance(days=32)
    text, _ = said()
    assert "Complaints due now: 1." in text
    assert "after 5 minutes: 1." in text


def test_what_a_sweep_left_is_named(cloud, said):
    """What failed by its key, and that there was no time for the rest."""
    book(cloud, failed=7, unfinished=True, failing=tuple(f"C#7K3MQ-9TX4{n}#1" for n in range(7)))
    text, code = said()
    assert code == 0
    assert "Its time was up before its work; the next round goes on." in text
    assert "C#7K3MQ-9TX40#1; C#7K3MQ-9TX41#1" in text
    assert "C#7K3MQ-9TX44#1; …" in text
    assert "C#7K3MQ-9TX45#1" not in text


def test_a_sweep_that_has_not_finished_is_told(cloud, said):
    """One that is under way, or was cut off."""
    book(cloud)
    cloud.advance(minutes=5)
    cloud.container.sweep_log.begin(cloud.container.clock.now() + timedelta(seconds=1))
    assert "A round that began on " in said()[0]


def test_a_first_sweep_that_died_on_its_way_is_told(cloud, said):
    """It began, and none has finished."""
    cloud.container.sweep_log.begin(cloud.container.clock.now())
    text, code = said()
    assert code == 1
    assert text.startswith("No round has finished yet")
    assert "A round that began on " in text


def test_it_speaks_chinese(cloud, said):
    """The same sentences in the company's language."""
    book(cloud)
    text, code = said(language="zh")
    assert code == 0
    assert text.startswith("最近一次定时检查：")
    assert "现在到期待处理的投诉：0 件。" in text
