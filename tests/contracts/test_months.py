"""What every `Months` keeps."""

from chalicelib.domain.statistics import MonthRow
from support.examples import a_life
from support.values import replace

COMPLAINT = a_life("Monday 2026-11-23 10:00").complaint


def a_row(number=0, **more):
    return MonthRow(
        reference=f"7K3MQ-{number:05}",
        community="jade-lake",
        channel="web",
        category="noise",
        department="security",
        cause="service",
        **more,
    )


def test_a_month_that_nobody_kept_is_not_there(ports):
    """Which is not the same as one that began with nothing."""
    assert ports.months.opening("jade-lake", "2026-11") is None
    assert ports.months.rows("jade-lake", "2025-11", "2026-11") == {}
    ports.months.keep_opening("jade-lake", "2026-11", ())
    ports.months.keep_rows("jade-lake", "2026-11", ())
    assert ports.months.opening("jade-lake", "2026-11") == ()
    assert ports.months.rows("jade-lake", "2025-11", "2026-11") == {"2026-11": ()}


def test_an_opening_comes_back_by_reference(ports):
    """However many there are: more than stand in one item."""
    states = [replace(COMPLAINT, reference=f"7K3MQ-{number:05}") for number in range(450)]
    ports.months.keep_opening("jade-lake", "2026-11", reversed(states))
    assert ports.months.opening("jade-lake", "2026-11") == tuple(states)
    assert ports.months.opening("maple-court", "2026-11") is None
    assert ports.months.opening("jade-lake", "2026-12") is None


def test_rows_come_month_by_month(ports):
    """Those asked for, the first and the last among them, and of that community."""
    for month in ("2026-09", "2026-10", "2026-11", "2026-12"):
        ports.months.keep_rows("jade-lake", month, [a_row(n, was_open=True) for n in (2, 1)])
    ports.months.keep_rows("maple-court", "2026-10", [a_row(3)])
    found = ports.months.rows("jade-lake", "2026-10", "2026-11")
    assert list(found) == ["2026-10", "2026-11"]
    assert found["2026-11"] == (a_row(1, was_open=True), a_row(2, was_open=True))


def test_what_is_kept_stays(ports):
    """A month that was counted is never counted otherwise."""
    ports.months.keep_rows("jade-lake", "2026-11", [a_row(1)])
    ports.months.keep_rows("jade-lake", "2026-11", [a_row(1, is_open=True)])
    assert ports.months.rows("jade-lake", "2026-11", "2026-11") == {"2026-11": (a_row(1),)}
    ports.months.keep_opening("jade-lake", "2026-11", [COMPLAINT])
    ports.months.keep_opening("jade-lake", "2026-11", [replace(COMPLAINT, hurt=True)])
    assert ports.months.opening("jade-lake", "2026-11") == (COMPLAINT,)
