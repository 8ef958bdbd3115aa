"""A storm over the table: every event through the stream, the sweep when something is due.

Two alerts go singly here, and the clock stands still between the steps of a test.
"""

import re
from collections import Counter
from functools import cached_property

import pytest

from chalicelib.policy import load_policy
from support.clouds import a_light_cloud, requests_of
from support.examples import at
from support.forms import an_intake
from support.load import power_cut
from support.people import HEAD, MANAGER, SUPERVISOR
from support.time import StillParts, Travels
from support.values import replace

SINGLY = 2
STAFF = (SUPERVISOR, MANAGER, HEAD)
REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")


class SmallStorm(StillParts):
    """The product's parts with a small rate limit."""

    @cached_property
    def policy(self):
        """The company's policy, but for one setting."""
        policy = load_policy()
        return replace(policy, settings=replace(policy.settings, gather_after=SINGLY))


class Storm(Travels):
    """One storm over a cloud: complaints that come in, and time that passes."""

    def __init__(self, cloud):
        super().__init__(cloud, SmallStorm)
        # The morning is begun before the storm, with nothing to tell.
        self.advance(minutes=0)

    def complain(self, *numbers, **form):
        """Homes complain, and the stream brings their events; their references."""
        now = self.container.clock.now()
        return self.receive(*(an_intake(now, **power_cut(one, **form)) for one in numbers))

    def told(self, person):
        """In how many letters to a person each complaint stands."""
        texts = (mail.get_body(("plain",)).get_content() for mail in self.letters_to(person))
        return Counter(one for text in texts for one in set(REFERENCE.findall(text)))


@pytest.fixture
def storm(cloud):
    return Storm(cloud)


def test_each_complaint_of_a_storm_is_in_one_letter_to_each(storm):
    """Two quarters of an hour: two singly and one letter more in each, a major one at once."""
    references = storm.complain(1, 2, 3, 4)
    storm.advance(minutes=15)
    references += storm.complain(5, 6, 7)
    references += storm.complain(8, hurt="yes")
    assert references[-1] in storm.told(SUPERVISOR)
    storm.advance(minutes=15)
    for person in STAFF:
        assert storm.told(person) == dict.fromkeys(references, 1)
        assert len(storm.letters_to(person)) == 2 * (SINGLY + 1) + 1


def what_was_told(steps):
    """Every letter of a storm, when time passes in these steps of minutes; its table in memory."""
    with a_light_cloud() as cloud:
        storm = Storm(cloud)
        storm.complain(1, 2, 3, 4)
        for minutes in steps:
            storm.advance(minutes=minutes)
        return storm.sent()


def test_one_jump_batches_the_same_as_many_steps():
    """A day at once gives the letters of five minutes at a time: to whom, what and when."""
    jumped = what_was_told([24 * 60])
    gathered = [one for one in jumped if "10:00 至 10:15" in one[1] or "10:00 to 10:15" in one[1]]
    assert {one[2] for one in gathered} == {at("Monday 2026-11-23 10:15")}
    assert len(gathered) == len(STAFF)
    assert what_was_told([5] * 6 + [15] * 2 + [60] * 23) == jumped


def test_an_alert_costs_three_requests_to_the_table(storm):
    """Claimed, allowed and marked; those of one event are claimed together.

    The receipt to an address that is not known yet is allowed twice: of its day, of the hour.
    """
    with requests_of(storm.container.letters.client) as sent:
        storm.complain(1)
    alone, together, settled = 1, 3, 2
    assert len(storm.cloud.mails()) == alone + together
    assert Counter(sent)["UpdateItem"] == 4 * alone + 2 * together + settled


def test_what_is_counted_expires_and_what_waits_does_not(storm):
    """A count is forgotten after its day; no letter is lost because it had to wait."""
    storm.complain(1, 2, 3)
    kinds = {}
    for item in storm.cloud.items():
        kinds.setdefault(item["pk"]["S"].partition("#")[0], []).append(item)
    assert all("expires_at" in one for one in kinds["LIMIT"])
    assert len(kinds["BATCH"]) == len(STAFF)
    assert not any("expires_at" in one for one in kinds["BATCH"])
    assert "example.com" not in str(kinds["LIMIT"] + kinds["BATCH"])
