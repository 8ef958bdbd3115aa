"""One offline cloud for each worker, with the sample complaints in it."""

from collections.abc import Iterator

import pytest

from offline.running import RunningCloud


@pytest.fixture(scope="session")
def running(tmp_path_factory) -> Iterator[RunningCloud]:
    """The offline cloud that runs."""
    cloud = RunningCloud(tmp_path_factory.mktemp("offline")).ready()
    yield cloud
    cloud.end()
