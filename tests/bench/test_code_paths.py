"""How much of the code a submission, a reply and a letter pass through: files, and functions."""

import sys
from pathlib import Path

import pytest

import chalicelib
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_cloud
from support.forms import a_form
from support.people import MANAGER
from support.web import post_json

OURS = Path(chalicelib.__file__).parent
REPLY = {
    "text": "阀门已更换",
    "done": "更换阀门",
    "told_by": "email",
    "root_cause": "",
    "lesson": "",
}


def passed_through(work):
    """The files and the functions of ours that are called on the way."""
    called = set()

    def note(frame, event, _):
        if event == "call" and Path(frame.f_code.co_filename).is_relative_to(OURS):
            called.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return len({file for file, _ in called}), len(called)


@pytest.fixture(scope="module")
def office():
    """A desk at work, everything that is read once already read."""
    with a_cloud(PEOPLE) as cloud:
        desk_office = DeskOffice(cloud)
        desk_office.complaint()
        yield desk_office


def told(what, counts):
    print(f"\n{what}: {counts[0]} files, {counts[1]} functions")  # noqa: T201 - the figures


@pytest.mark.usefixtures("office")
def test_a_submission():
    """From the form's fields as JSON to the answer."""
    answers = []
    counts = passed_through(lambda: answers.append(post_json(a_form())))
    assert answers[0].status_code == 201
    told("submission", counts)


def test_a_reply(office):
    """From the form on the desk, sent for good, to the page that it leads to."""
    reference = office.complaint()
    called = {"reached": "yes", "told_by": "telephone"}
    assert office.act(MANAGER, reference, "acknowledge", **called).status_code == 303
    answers = []
    counts = passed_through(
        lambda: answers.append(office.act(MANAGER, reference, "reply", **REPLY))
    )
    assert answers[0].status_code == 303, answers[0].body
    told("reply", counts)


def test_a_letter(office):
    """From the stream's record of a receipt to the letters that it calls for."""
    office.deliver()
    assert post_json(a_form()).status_code == 201
    told("letter", passed_through(office.deliver))
