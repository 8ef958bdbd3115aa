"""One offline cloud for each worker, with the sample complaints in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offline.running import RunningCloud


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of this folder is marked `today`: its clouds begin at the machine's time."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("today")


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
