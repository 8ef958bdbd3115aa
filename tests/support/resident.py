"""A complaint's resident at a browser: the page, and what is pressed on it."""

from itertools import count

from chalicelib.domain.commands import AssignOwner, Judge, RecordDelivery, Reply
from support.forms import a_form
from support.people import MANAGER, SUPERVISOR
from support.web import get, post_form, post_json

_NUMBERS = count(1)
"""Each lives in another home, so that no two complaints are taken for one matter."""


class ResidentBrowser:
    """One complaint, and its resident at a browser."""

    def __init__(self, cloud, **form):
        self.cloud = cloud
        number = next(_NUMBERS)
        self.email = f"resident{number}@example.com"
        home = {"unit": f"{number}", "phone": f"138 0000 {number:04}", "email": self.email}
        told = post_json(a_form(**(home | form))).json_body
        self.reference, self.code = told["reference"], told["code"]
        self.base = f"/complaints/{self.reference}"
        self.path = f"{self.base}?code={self.code}"
        cloud.container.act_on_complaint.act(self.reference, AssignOwner(), by="clock")

    @property
    def kinds(self):
        """What happened to it so far."""
        return [one.kind for one in self.history.records]

    @property
    def history(self):
        """Its record as it is kept."""
        return self.cloud.container.complaints.load(self.reference)

    def staff(self, *commands):
        """The staff do this, one thing after the other; what they write arrives at once."""
        act = self.cloud.container.act_on_complaint.act
        for command in commands:
            after = act(self.reference, command, by=command.by)
            for word in after.complaint.unconfirmed:
                arrived = RecordDelivery(word.number, "reply", "delivered", word.at)
                act(self.reference, arrived, by="mail_service")

    def replied(self):
        """It was judged valid and replied to."""
        self.staff(Judge(SUPERVISOR.id, "x", valid=True), Reply(MANAGER.id, "阀门已更换。"))
        return self

    def page(self, more=""):
        """The resident's page, as a browser gets it."""
        return get(self.path + more).body.decode()

    def press(self, verb, form=None, **headers):
        """The resident presses a button, with what they wrote."""
        keys = {"code": self.code, "language": "zh"}
        return post_form(keys | (form or {}), f"{self.base}/{verb}", **headers)
