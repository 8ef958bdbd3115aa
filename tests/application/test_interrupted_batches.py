"""A notifier that dies in a storm: whatever its last step was, no letter is lost or doubled."""

import re
from collections import Counter

import pytest

from support.forms import POLICY, an_intake
from support.load import power_cut
from support.office import Office
from support.people import HEAD, MANAGER, SUPERVISOR
from support.values import replace

STAFF = (SUPERVISOR, MANAGER, HEAD)
REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
QUARTERS = ("10:01", "10:06", "10:11", "10:16", "10:21", "10:26", "10:31", "10:36")
SWEEPS = (
    *(f"Monday 2026-11-23 {one}" for one in QUARTERS),
    *(f"Tuesday 2026-11-24 {one}" for one in ("00:01", "00:06", "00:11")),
)
"""In the last of them what found no room that day is sent, whatever one of them died of."""


class DiedError(BaseException):
    """The function's time was up, or its machine was gone: nothing catches that."""


class Steps:
    """Counts what a notifier does to the world, and dies before or after one of its steps."""

    def __init__(self, at=0, *, after=False):
        self.at, self.after, self.taken = at, after, []

    def watched(self, port):
        """The same port, each call a step."""
        return _Watched(port, self)

    def take(self, name, call):
        """Take one step."""
        self.taken.append(name)
        dies = len(self.taken) == self.at
        if dies and not self.after:
            raise DiedError
        result = call()
        if dies:
            raise DiedError
        return result


class _Watched:
    def __init__(self, port, steps):
        self._port, self._steps = port, steps

    def __getattr__(self, name):
        call = getattr(self._port, name)
        if not callable(call):
            return call
        return lambda *given: self._steps.take(name, lambda: call(*given))


def an_office(steps):
    """An office where one alert a quarter goes singly, and two letters a day to an address."""
    office = Office("Monday 2026-11-23 10:00")
    settings = replace(POLICY.settings, gather_after=1, receipts_a_day=2)
    names = ("letters", "alert_batches", "rate_limits", "waiting_letters", "mailer")
    watched = {name: steps.watched(getattr(office, name)) for name in names}
    return office.but(policy=replace(POLICY, settings=settings), **watched)


def a_storm(steps):
    """Four complaints from one mailbox that only the sweep looks after; all letters, in the end."""
    office = an_office(steps)
    for number in range(4):
        form = power_cut(number, email="li@example.com")
        office.submit_complaint.receive(an_intake(office.clock.now(), **form), "web")
    for moment in SWEEPS:
        office.until(moment)
        try:
            office.sweep.go()
        except DiedError:
            continue
    return office


def told(office, to, subject=""):
    """In how many letters to an address each complaint stands; those of this subject, if any."""
    mails = [
        mail for mail in office.mailer.sent if mail.to == to and subject in mail.written.subject
    ]
    return Counter(one for mail in mails for one in set(REFERENCE.findall(mail.written.text)))


SMOOTH = Steps()
a_storm(SMOOTH)


@pytest.mark.parametrize(
    ("at", "after"),
    [(1, False), *((at, True) for at in range(1, len(SMOOTH.taken) + 1))],
)
def test_whatever_the_last_step_was(at, after):
    """Each complaint is told of once to each; twice only where a sent letter has no mark.

    To die before a step is to die after the one before it: the world is the same.
    """
    steps = Steps(at, after=after)
    office = a_storm(steps)
    last = steps.taken[at - 1]
    unmarked = (last, after) in {("send", True), ("mark_sent", False)}
    for person in STAFF:
        counts = told(office, person.email)
        assert counts.keys() == office.complaints.saved.keys()
        assert set(counts.values()) <= ({1, 2} if unmarked else {1})
    receipts = [one for one in office.complaints.letters.values() if one.letter == "receipt"]
    assert Counter(one.state for one in receipts) == {"sent": 4}
    assert set(told(office, "li@example.com", "已收到").values()) <= ({1, 2} if unmarked else {1})
    assert list(office.letters.unsettled(office.clock.now())) == []
    assert office.alert_batches.ended(office.clock.now()) == []
