"""What the environment says."""

import os

import pytest

from chalicelib.settings import settings_from


@pytest.mark.parametrize(("said", "needed"), [("required", True), ("optional", False), ("", False)])
def test_a_second_factor_is_required_where_the_stage_says_so(said, needed):
    """The template says it; offline nobody does, so that the samples' managers can sign in."""
    environment = {**os.environ, "SECOND_FACTOR": said}
    assert settings_from(environment).needs_second_factor is needed
    del environment["SECOND_FACTOR"]
    assert settings_from(environment).needs_second_factor is False
