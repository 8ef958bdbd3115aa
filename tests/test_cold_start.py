"""Garbage is collected again once a function has started."""

import gc

import pytest

from chalicelib import cold_start


@pytest.fixture(autouse=True)
def _collecting():
    """Whatever a test leaves, the next one collects."""
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_until_the_end():
    """Between beginning and end it is off; what stands at the end is never looked through."""
    cold_start.begin()
    assert not gc.isenabled()
    cold_start.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_the_end_comes_once():
    """What a later request makes is collected as usual."""
    cold_start.begin()
    cold_start.end()
    gc.unfreeze()
    cold_start.end()
    assert gc.get_freeze_count() == 0
