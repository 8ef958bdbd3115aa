"""An office over the fakes, on a Monday morning."""

import pytest

from support.office import Office


@pytest.fixture
def office():
    return Office("Monday 2026-11-23 10:00")
