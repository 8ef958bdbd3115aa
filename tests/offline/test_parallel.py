"""Many residents at once: nothing is lost and nothing is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

pytestmark = pytest.mark.slow

AT_ONCE = 20


def all_at_once(running, forms):
    """Send them in parallel, each over its own connection."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(running.send, forms))


def test_the_same_form_sent_many_times_at_once_is_one_complaint(running):
    """Twenty sends of one form at the same moment lead to one page, with one receipt."""
    form = running.complaint(form_id="all-at-once", cause="facility")
    taken = all_at_once(running, [form] * AT_ONCE)
    assert len(set(taken)) == 1
    running.settle()
    assert len(running.letters_about(taken[0].reference)) == 3


def test_many_forms_at_once_are_all_kept(running):
    """Twenty forms at the same moment are twenty complaints: twenty receipts, and all told once."""
    forms = [
        running.complaint(cause="facility", form_id=f"one-of-{number}") for number in range(AT_ONCE)
    ]
    taken = all_at_once(running, forms)
    assert len({one.reference for one in taken}) == AT_ONCE
    assert {running.get(one.path).status for one in taken} == {200}
    running.advance(minutes=15)
    letters = running.letters()
    for form, one in zip(forms, taken, strict=True):
        about = [letter["to"] for letter in letters if one.reference in letter["text"]]
        assert sorted(about) == sorted(
            [form["email"], "engineering@anhe.example", "supervisor.jade@anhe.example"]
        )


def test_clocks_moved_at_once_are_moved_by_the_sum(running):
    """Five people who each move the clock on by an hour move it by five hours."""
    before = running.now()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda hours: running.advance(hours=hours), [1] * 5))
    assert running.now() - before >= timedelta(hours=5)
