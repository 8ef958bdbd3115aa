"""A process for each photo: the same copies, and an end when its time is up."""

import os
from datetime import timedelta

import pytest

from chalicelib.adapters.image_processor import MOST_SCANS, PillowImageProcessor
from chalicelib.adapters.timed_images import TimedImageProcessor, _environment
from chalicelib.application.ports.image_processor import ImageRefusedError
from support.photographs import NO_PICTURES, from_a_camera, opened, with_scans

TIMED = TimedImageProcessor()
A_MOMENT = timedelta(milliseconds=1)
"""Less than any process takes to begin."""


def because(content, processor=TIMED):
    """Why it is refused."""
    with pytest.raises(ImageRefusedError) as refused:
        processor.copies(content)
    return refused.value.because


def test_the_copies_are_those_of_the_image_processor():
    """Byte for byte."""
    content = from_a_camera()
    assert TIMED.copies(content) == PillowImageProcessor().copies(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(NO_PICTURES["SVG"], "not_a_picture"), (with_scans(6_000, 640, 480), "too_many_scans")],
)
def test_its_reasons_are_those_of_the_image_processor(content, reason):
    """What is refused there is refused here, for the same reason."""
    assert because(content) == reason


def test_what_takes_too_long_is_refused():
    """The process is ended, and the answer is a reason like any other."""
    assert because(from_a_camera(), TimedImageProcessor(A_MOMENT)) == "took_too_long"


def test_the_worst_that_is_let_in_is_done_in_time():
    """As many scans and pixels as are allowed make a photo within the limit."""
    assert opened(TIMED.copies(with_scans(MOST_SCANS)).small).size == (400, 400)


def test_the_process_has_no_credentials(monkeypatch):
    """A decoder that is broken into finds nothing that opens anything."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert "secret" not in _environment().values()
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == "secret"
