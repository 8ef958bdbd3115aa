"""Which part of the list has what a figure counts."""

from urllib.parse import parse_qsl

import pytest

from chalicelib.application.complaint_filters import FILTERS as LIST_FILTERS
from chalicelib.domain import figures
from chalicelib.views.report_lists import FILTERS, GROUPS, list_query


def test_the_names_are_those_of_the_report_and_of_the_list():
    """A figure or a filter that was renamed is noticed."""
    assert FILTERS.keys() <= figures.COUNTS.keys()
    assert {name for one in FILTERS.values() for name in one} <= LIST_FILTERS.keys()
    assert LIST_FILTERS.keys() >= GROUPS


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (("new", "", "", ""), {"month": "2026-11"}),
        (
            ("closed", "jade-lake", "", ""),
            {"ended_month": "2026-11", "community": "jade-lake", "status": "closed"},
        ),
        (
            ("new", "", "community", "jade-lake"),
            {"month": "2026-11", "community": "jade-lake"},
        ),
        (
            ("ended", "", "department", "cleaning"),
            {"ended_month": "2026-11", "status": "ended", "department": "cleaning"},
        ),
    ],
)
def test_a_figure_is_a_query(asked, query):
    """In the list's own names, the month in its place."""
    figure, community, by, key = asked
    assert dict(parse_qsl(list_query(figure, "2026-11", community, by, key))) == query


@pytest.mark.parametrize("asked", [("solved", "", ""), ("new", "building", "3")])
def test_what_the_list_cannot_show_leads_nowhere(asked):
    """A figure or a table that it has no filter for."""
    figure, by, key = asked
    assert list_query(figure, "2026-11", "", by, key) is None
