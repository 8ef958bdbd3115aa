"""A page whose review is overdue stops the build, and names its owner."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from docs.generator.reviews import OverdueError, Page, pages, require_reviewed, review_every

from support.handbook import PAGES


def reviewed(on: date) -> Page:
    """A page last looked through on this day."""
    return Page(Path("zh/tea.md"), {"owner": "property_manager", "last_reviewed_on": on}, "")


def test_every_page_is_looked_at():
    """Each page of both languages is among those that are checked."""
    assert len(pages()) == len(PAGES)


@pytest.mark.parametrize(
    ("reviewed_on", "last_day"),
    [
        (date(2026, 11, 28), date(2027, 11, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_review_holds_a_year(reviewed_on, last_day):
    """On the last day a page still stands; on the next its owner is called."""
    assert review_every() == 12
    require_reviewed([reviewed(reviewed_on)], last_day)
    with pytest.raises(OverdueError, match=r"zh/tea\.md \(property_manager\)"):
        require_reviewed([reviewed(reviewed_on)], date.fromordinal(last_day.toordinal() + 1))


@pytest.mark.parametrize("lacking", ["owner", "last_reviewed_on"])
def test_a_page_without_an_owner_or_a_review_is_overdue(lacking):
    """It is named like any other that nobody has looked through."""
    page = reviewed(date(2026, 11, 28))
    del page.matter[lacking]
    with pytest.raises(OverdueError, match=r"zh/tea\.md"):
        require_reviewed([page], date(2026, 11, 28))


def test_no_page_is_overdue_today():
    """The handbook that is built now can be built."""
    require_reviewed(pages(), date.today())  # noqa: TID251, DTZ011 - the day where the build runs


def test_the_command_refuses_an_overdue_page():
    """`make docs` ends with the page's name, and says what to do."""
    run = (
        "import docs.build as b, docs.generator.reviews as r\n"
        "r.review_every = lambda: -1200; b.main()"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", run],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "docs/zh/index.md" in done.stderr
    assert "last_reviewed_on" in done.stderr
