"""What every `Imports` keeps."""

import pytest

from chalicelib.application.records import ImportRun
from chalicelib.domain.errors import NotFoundError
from support.examples import at

NOW = at("Monday 2026-11-23 10:00")
RUN = ImportRun("a-1", "投诉台账 2026.csv", {"chen-jing": {"major": 2, "": 1}}, ended=40)


def test_a_finished_run_is_found_again(ports):
    """A run comes back with its source, its counts by owner and severity, and what had ended."""
    assert ports.imports.finish(RUN, NOW)
    assert ports.imports.run("a-1") == RUN


def test_a_run_is_finished_once(ports):
    """The second time is told from the first, and changes nothing."""
    ports.imports.finish(RUN, NOW)
    assert not ports.imports.finish(ImportRun("a-1", "another.csv", {}, 0), NOW)
    assert ports.imports.run("a-1") == RUN


def test_an_unknown_run_is_not_found(ports):
    """A run that was never finished is not there."""
    with pytest.raises(NotFoundError):
        ports.imports.run("a-2")
