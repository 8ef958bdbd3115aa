"""The clock: time that is moved is time that passed, with every letter that fell due."""

import re
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.working_time import months_after
from offline.running import REFERENCE, SHANGHAI, RunningCloud

pytestmark = pytest.mark.slow

ALLOWANCE = timedelta(minutes=2)
"""What two clouds may differ by: both run in real time while they are moved."""
WRONG_HOURS = ("", "0", "-1", "soon", "nan", "inf", "8785", "1e9")
RESIDENT_ADDRESS = re.compile(r"[\w.-]+@(resident\.example|example\.com)")
LIKE_THE_DEMO = {"cause": "facility", "building": "2栋", "category": "building_repair"}


@pytest.fixture(scope="module")
def jumped_and_stepped(tmp_path_factory):
    """A minor complaint that nobody answers for a month, in one jump and day by day.

    The jump is the demonstration's; what it printed is the third. Both begin at ten on the same
    day: minutes apart, the end of a day may lie between them.
    """
    folder = tmp_path_factory.mktemp("clocks")
    clouds = [RunningCloud(folder / name, "--no-samples") for name in ("jump", "steps")]
    jump, steps = (cloud.ready() for cloud in clouds)
    tomorrow = jump.now().astimezone(SHANGHAI) + timedelta(days=1)
    ten = tomorrow.replace(hour=10, minute=0, second=0)
    move_to(jump, ten)
    shown = jump.desk("demo")
    assert shown.returncode == 0, shown.stderr
    move_to(steps, ten)
    steps.submit(**LIKE_THE_DEMO)
    end = steps.now() + (jump.now() - datetime.fromisoformat(jump.letters()[0]["at"]))
    while (left := end - steps.now()) > timedelta(days=1):
        steps.advance(days=1)
    steps.advance(seconds=left.total_seconds())
    yield jump, steps, shown.stdout
    for cloud in clouds:
        cloud.end()


def move_to(cloud, moment):
    """Let time pass until then."""
    cloud.advance(seconds=(moment - cloud.now()).total_seconds())


def told(cloud):
    """Every letter as who was told what, and how long after the first letter."""
    letters = cloud.letters()
    first = datetime.fromisoformat(letters[0]["at"])
    return sorted(
        (
            RESIDENT_ADDRESS.sub("resident", one["to"]),
            REFERENCE.sub("#", one["subject"]),
            datetime.fromisoformat(one["at"]) - first,
        )
        for one in letters
    )


def test_one_jump_tells_the_same_as_many_steps(jumped_and_stepped):
    """A month at once gives the letters of its single days: recipients, subjects and times."""
    jumped, stepped = map(told, jumped_and_stepped[:2])
    assert [one[:2] for one in jumped] == [one[:2] for one in stepped]
    for (*_, after_jump), (*_, after_steps) in zip(jumped, stepped, strict=True):
        assert abs(after_jump - after_steps) <= ALLOWANCE


def test_a_minor_complaint_ignored_for_a_month_climbs_to_major_mail_by_mail(jumped_and_stepped):
    """The README's demonstration: owner, manager, leadership, the month near, and 5.1.3."""
    jump, _, shown = jumped_and_stepped
    reference = REFERENCE.search(shown)[0]
    lines = {line.strip() for line in shown.splitlines()}
    assert {one["subject"] for one in jump.letters_about(reference)} <= lines
    mornings = [one for one in jump.letters() if "晨报" in one["subject"]]
    of_it = [one for one in mornings if reference in one["text"]]
    assert {one["subject"] for one in of_it} & lines
    brought = [one["to"].partition("@")[0] for one in of_it if "第 1 次上报到您" in one["text"]]
    assert list(dict.fromkeys(brought)) == ["manager.jade", "leadership"]
    near = {one["to"].partition("@")[0] for one in of_it if "满一个月" in one["text"]}
    assert near == {"supervisor.jade", "manager.jade"}


def test_nobody_has_two_morning_letters_on_a_day(jumped_and_stepped):
    """One a person and working day, whatever there is to do."""
    jump, *_ = jumped_and_stepped
    mornings = [one for one in jump.letters() if "晨报" in one["subject"]]
    days = [(one["to"], datetime.fromisoformat(one["at"]).date()) for one in mornings]
    assert mornings
    assert len(days) == len(set(days))


def test_at_the_month_it_is_told_to_the_leadership(jumped_and_stepped):
    """When the month is up it is major by 5.1.3, and the letter carries that moment."""
    jump, _, shown = jumped_and_stepped
    about = jump.letters_about(REFERENCE.search(shown)[0])
    received_at = datetime.fromisoformat(about[0]["at"])
    (told,) = [
        one
        for one in about
        if one["to"] == "leadership@anhe.example" and "重大投诉" in one["subject"]
    ]
    assert "5.1.3" in told["text"]
    told_at = datetime.fromisoformat(told["at"])
    assert abs(told_at - months_after(received_at, 1, SHANGHAI)) <= ALLOWANCE


def test_it_says_what_time_it_is(running):
    """A program reads the time with its offset; a person reads it in words."""
    now = running.now()
    assert now.utcoffset() is not None
    assert abs(now - running.now()) < ALLOWANCE
    page = running.get("/local/clock", accept_language="en").body
    assert re.search(r'<p class="now">\w+day \d+ \w+ \d{4}, \d\d:\d\d', page)


def test_it_moves_on_by_what_was_asked(running):
    """Hours that are given pass, parts of an hour too; a browser is led back to the page."""
    before = running.now()
    after = running.advance(hours=1.5)
    assert timedelta(hours=1.5) <= after - before < timedelta(hours=1.5) + ALLOWANCE
    answer = running.post("/local/clock", {"advance_hours": "1"})
    assert (answer.status, answer.headers["Location"]) == (303, "/local/clock")
    assert running.now() - after >= timedelta(hours=1)


def test_what_was_sent_before_is_out_when_it_answers(running):
    """A complaint's letters have all arrived when the clock answers, with the time they left."""
    taken = running.submit(cause="facility")
    answered_at = running.advance(hours=1)
    letters = running.letters_about(taken.reference)
    assert len(letters) == 3
    for letter in letters:
        assert datetime.fromisoformat(letter["at"]) < answered_at - timedelta(minutes=30)


@pytest.mark.parametrize("hours", WRONG_HOURS)
def test_hours_that_cannot_be_are_refused(running, hours):
    """What is no number above 0, or more than a year, is a 422 that says so; the clock stays."""
    before = running.now()
    answer = running.post("/local/clock", {"advance_hours": hours}, accept="application/json")
    assert answer.status == 422
    assert "advance_hours" in answer.value["error"]
    page = running.post("/local/clock", {"advance_hours": hours}, accept_language="en")
    assert page.status == 422
    assert 'role="alert"' in page.body
    assert running.now() - before < timedelta(minutes=5)
