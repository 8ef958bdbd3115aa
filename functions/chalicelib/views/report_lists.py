"""Which part of the list of complaints has what a figure of the report counts.

The list has them as they stand today, those from a spreadsheet among them; what the figure
counted stands on its own page. Some figures count what the list has no filter for, such as
promises kept; these lead nowhere.
"""

from chalicelib.application.complaint_filters import link
from chalicelib.domain import figures

_MONTH = "{month}"
FILTERS: dict[str, dict[str, str]] = {
    "new": {"month": _MONTH},
    "new_valid": {"month": _MONTH, "validity": "yes"},
    "new_invalid": {"month": _MONTH, "validity": "no"},
    "new_unjudged": {"month": _MONTH, "validity": "open"},
    "new_raised_before": {"month": _MONTH, "raised_again": "before"},
    "closed": {"ended_month": _MONTH, "status": "closed"},
    "invalid": {"ended_month": _MONTH, "status": "invalid"},
    "withdrawn": {"ended_month": _MONTH, "status": "withdrawn"},
    "ended": {"ended_month": _MONTH, "status": "ended"},
}
"""For each figure the filters of the list, by their names."""
GROUPS = frozenset(figures.TABLES) - {"building"}
"""The tables whose keys the list filters by under the same name, and takes from no text."""


def list_query(figure: str, month: str, community: str, by: str, key: str) -> str | None:
    """The query of the list; None where it has no such part. `community` is blank for all."""
    filters = FILTERS.get(figure)
    if filters is None or (by and by not in {*GROUPS, "community"}):
        return None
    asked = {name: value.format(month=month) for name, value in filters.items()}
    return link(**{"community": community, **asked, **({by: key} if by else {})})
