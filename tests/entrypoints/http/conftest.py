"""Clouds whose table is in memory: what is tested here is what is answered over HTTP.

`test_loads_and_replays.py` asks the same functions over moto's.
"""

from collections.abc import Iterator

import pytest

from support.clouds import LightCloud, a_light_cloud


@pytest.fixture
def cloud() -> Iterator[LightCloud]:
    """A table, a mail service and the staff, fresh for each test."""
    with a_light_cloud() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def empty_cloud() -> Iterator[LightCloud]:
    """A cloud that is still empty after a whole file of tests: nothing was half kept."""
    with a_light_cloud() as cloud:
        yield cloud
        assert cloud.items() == []
        assert cloud.mails() == []
