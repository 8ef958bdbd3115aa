"""A desk with somebody at it, and complaints to handle, for the tests of the staff's pages."""

import re

from support.desk_web import Desk
from support.forms import an_intake
from support.people import STAFF
from support.values import replace

PEOPLE = tuple(replace(one, language="zh") for one in STAFF)
"""The tests' staff, all of whom read Chinese."""
WALK_IN = {
    "channel": "walk_in",
    "community": "jade-lake",
    "building": "3栋",
    "unit": "1201-甲",
    "name": "李女士",
    "description": "水管爆裂",
    "place": "厨房",
    "happened_on": "2026-11-20",
    "category": "water_leak",
    "about": "engineering",
    "cause": "service",
    "hurt": "no",
    "request": "请尽快维修",
    "contact_by": "visit",
    "language": "zh",
}


class DeskOffice:
    """The desk over a cloud."""

    def __init__(self, cloud):
        self.cloud = cloud
        self.container = cloud.container
        self.desk = Desk(cloud)

    def as_(self, person):
        """The browser of somebody who is signed in."""
        return self.desk.as_(person.id)

    def complaint(self, **changes):
        """A complaint from the web, its letters sent; the reference."""
        intake = an_intake(self.container.clock.now(), person=None, **changes)
        reference = self.container.submit_complaint.receive(intake, "web").reference
        self.deliver()
        return reference

    def take_in(self, person, /, **changes):
        """A walk-in, written down and saved; the reference."""
        answer = self.as_(person).post("/desk/new", WALK_IN | {"do": "save"} | changes)
        assert answer.status_code == 303, answer.body.decode()
        self.deliver()
        return answer.headers["Location"].split("/")[3]

    def act(self, person, reference, verb, **fields):
        """Send a verb's form as it is confirmed; a letter that follows from it arrives."""
        path = f"/desk/complaints/{reference}/{verb}"
        answer = self.as_(person).post(path, {"checked": "yes", **fields})
        if fields.get("told_by") == "email":
            self.deliver()
        return answer

    def page(self, person, path):
        """What stands on a page, as text."""
        answer = self.as_(person).get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.body.decode()

    def history(self, reference):
        """The record as it is kept."""
        return self.container.complaints.load(reference)

    def version(self, reference):
        """The version that a page of this moment carries."""
        return str(self.history(reference).complaint.version)

    def letters(self, address):
        """The subjects of the letters to this address, oldest first."""
        self.deliver()
        return [str(mail["Subject"]) for mail in self.cloud.mails() if mail["To"] == address]

    def deliver(self):
        """Carry the stream to the notifier."""
        assert self.cloud.deliver() == []


def value_of(page, name):
    """The value of a form's field."""
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]
