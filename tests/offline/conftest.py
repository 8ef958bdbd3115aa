"""One offline cloud for each worker, with the sample complaints in it."""

from collections.abc import Iterator

import pytest

from offline.running import RunningCloud


@pytest.fixture(scope="session")
def one_cloud(tmp_path_factory) -> Iterator[RunningCloud]:
    """The offline cloud that runs through all tests."""
    cloud = RunningCloud(tmp_path_factory.mktemp("offline")).ready()
    yield cloud
    cloud.end()


@pytest.fixture
def running(one_cloud) -> RunningCloud:
    """The offline cloud that runs, in a quarter of an hour in which nobody was alerted yet."""
    one_cloud.advance(minutes=15)
    return one_cloud
