"""A cloud for the tests of one file, none of which leaves anything behind in it."""

from collections.abc import Iterator

import pytest

from support.clouds import Cloud, a_cloud


@pytest.fixture(scope="module")
def empty_cloud() -> Iterator[Cloud]:
    """A cloud that is still empty after a whole file of tests: nothing was half kept."""
    with a_cloud() as cloud:
        yield cloud
        assert cloud.items() == []
        assert cloud.mails() == []
