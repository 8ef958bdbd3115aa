"""The product's parts over a cloud whose clock stands still until a test moves it."""

import json
from datetime import timedelta
from functools import cached_property

from chalicelib.adapters.mail_events import report_from
from chalicelib.adapters.stream_records import new_entry
from chalicelib.bootstrap import Container
from desk.offline.stream import Pump
from desk.offline.time_travel import TimeTravel
from fakes.clock import FakeClock
from support.examples import at


class StillClock(FakeClock):
    """A clock that only goes when it is moved."""

    def move_to(self, moment):
        """Make it this instant, unless that has passed."""
        self.at = max(self.at, moment)


class StillParts(Container):
    """The product's parts on a Monday morning."""

    @cached_property
    def clock(self):
        """Half a minute past ten."""
        return StillClock(at("Monday 2026-11-23 10:00:30"))


class Functions:
    """The notifier behind the stream, over these parts."""

    def __init__(self, container):
        self.container = container

    def notifier(self, event, _):
        """Post each new entry."""
        for record in event["Records"]:
            if entry := new_entry(record):
                self.container.notifier.post(entry)
        return {"batchItemFailures": []}

    def feedback(self, event, _):
        """Take in what is heard of a letter."""
        for one in event["Records"]:
            self.container.mail_feedback.take(report_from(json.loads(one["Sns"]["Message"])))


class Travels:
    """Time that passes over a cloud, with everything that falls due."""

    def __init__(self, cloud, make_parts=StillParts):
        self.cloud = cloud
        self.container = make_parts(cloud.container.settings, cloud.container.clients)
        self.pump = Pump(cloud.waiting_records, Functions(self.container))
        self._travel = TimeTravel(self.container, self.container.clock, self.pump)

    def advance(self, **by):
        """Let time pass, with everything that falls due."""
        self._travel.advance(timedelta(**by))

    def receive(self, *intakes):
        """Complaints come in, and the stream brings their events; their references."""
        references = [
            self.container.submit_complaint.receive(one, "web").reference for one in intakes
        ]
        self.pump.drain()
        return references

    def letters_to(self, person):
        """What the mail service took for a person."""
        return [mail for mail in self.cloud.mails() if mail["To"] == person.email]

    def sent(self):
        """Every letter as who was told what, and when."""
        mails = self.cloud.mails()
        return sorted((one["To"], one["Subject"], one["Date"].datetime) for one in mails)
