"""Offices to import into: their staff hold every post of maple-court."""

import pytest

from importing.office import MOMENT, STAFF, ImportingOffice


@pytest.fixture
def office(empty_office) -> ImportingOffice:
    """Give an office on Tuesday 2026-11-24 at 10:00, with a full staff directory."""
    for one in STAFF:
        empty_office.staff.put(one)
    return empty_office


@pytest.fixture
def empty_office() -> ImportingOffice:
    """Give an office in which nobody works yet."""
    office = ImportingOffice(MOMENT)
    office.staff.staff.clear()
    return office
