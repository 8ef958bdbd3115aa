"""The whole service over the fakes, with a clock that tests move.

The use cases are those that `Container` makes; only the adapters are others.
"""

from datetime import timedelta
from itertools import count

from chalicelib.application.keys import Keys
from chalicelib.application.photo_links import PhotoLinks
from chalicelib.application.ports.letters import DeliveryReport
from chalicelib.bootstrap import Container
from chalicelib.domain.delivery import DELIVERED
from chalicelib.letters.templates import LetterTemplates
from chalicelib.settings import Settings
from fakes.access_log import FakeAccessLog
from fakes.alert_batches import FakeAlertBatches
from fakes.analyses import FakeAnalyses
from fakes.clock import FakeClock
from fakes.complaints import FakeComplaints
from fakes.identity import FakeIdentity
from fakes.image_processor import FakeImageProcessor
from fakes.imports import FakeImports
from fakes.lessons import FakeLessons
from fakes.letters import FakeLetters
from fakes.mailer import FakeMailer
from fakes.months import FakeMonths
from fakes.photo_store import FakePhotoStore
from fakes.presigned_urls import FakePresignedUrls
from fakes.rate_limits import FakeRateLimits
from fakes.staff import FakeStaff
from fakes.sweep_log import FakeSweepLog
from fakes.waiting_letters import FakeWaitingLetters
from fakes.workday_starts import FakeWorkdayStarts
from support.examples import at
from support.forms import ORGANISATION, POLICY, an_intake
from support.people import STAFF

SITE = "https://desk.example"
KEYS = Keys((b"a made-up key",), lambda count: bytes(range(count)), (b"a key for forms",))
TEMPLATES = LetterTemplates()
"""Compiled once for all tests."""


class Office(Container):
    """The product's parts over fakes; `moment` is on the wall: "Monday 2026-11-23 10:00".

    Its working days are quiet, so that a test counts the letters of its own matter; those
    of an office with `digests` are told of.
    """

    def __init__(self, moment, complaints=None, *, digests=False, **others):
        complaints, imports = complaints or FakeComplaints(), FakeImports()
        workday_starts = FakeWorkdayStarts(quiet=not digests)
        letters = FakeLetters(complaints, imports, workday_starts)
        upload_ids = count()
        staff = FakeStaff()
        letters.staff_log = staff.log
        rate_limits, clock = FakeRateLimits(), FakeClock(at(moment))
        self._open(
            {
                "policy": POLICY,
                "organisation": ORGANISATION,
                "keys": KEYS,
                "letter_templates": TEMPLATES,
                "clock": clock,
                "complaints": complaints,
                "duty_log": complaints.duty_log,
                "lessons": FakeLessons(complaints),
                "imports": imports,
                "workday_starts": workday_starts,
                "letters": letters,
                "alert_batches": FakeAlertBatches(letters),
                "rate_limits": rate_limits,
                "waiting_letters": FakeWaitingLetters(letters),
                "staff": staff,
                "staff_log": staff.log,
                "identity": FakeIdentity(),
                "access_log": FakeAccessLog(complaints),
                "sweep_log": FakeSweepLog(),
                "mailer": FakeMailer(),
                "months": FakeMonths(),
                "analyses": FakeAnalyses(),
                "photo_store": FakePhotoStore(),
                "image_processor": FakeImageProcessor(),
                "photo_links": PhotoLinks(
                    FakePresignedUrls(),
                    lambda size: next(upload_ids).to_bytes(size),
                    rate_limits,
                    clock,
                ),
                **others,
            }
        )
        for person in STAFF:
            self.staff.put(person)

    def _open(self, parts):
        """Put these parts where the container would make its own."""
        settings = Settings("", SITE, code_keys=(), operator_email="operator@anhe.example")
        super().__init__(settings)
        vars(self).update(parts, _parts=parts)

    def but(self, **parts):
        """The same office, but for these parts."""
        other = object.__new__(type(self))
        other._open({**self._parts, **parts})
        return other

    def until(self, moment):
        """The same office at another moment."""
        self.clock.at = at(moment)
        return self

    def receive(self, **form):
        """A form comes in from the web, and its letters go out."""
        intake = an_intake(self.clock.now(), **form)
        reference = self.submit_complaint.receive(intake, "web").reference
        self.deliver()
        return reference

    def take_in(self, receptionist, channel="walk_in", **form):
        """A receptionist writes it down, and its letters go out."""
        intake = an_intake(self.clock.now(), **form)
        reference = self.submit_complaint.receive(intake, channel, by=receptionist.id).reference
        self.deliver()
        return reference

    def act(self, reference, command):
        """Somebody of the staff does something, and its letters go out and arrive."""
        by = getattr(command, "by", "clock")
        history = self.act_on_complaint.act(reference, command, by)
        self.deliver()
        return self.complaints.load(history.complaint.reference).complaint

    def deliver(self):
        """The stream brings every entry that is not settled, until there is none.

        What was sent has arrived, and is told of, at once.
        """
        while entries := self.letters.unsettled(self.clock.now() + timedelta(seconds=1)):
            for entry in entries:
                self.notifier.post(entry)
            for key in self.mailer.news():
                self.hear(key, DELIVERED)

    def hear(self, key, state):
        """The mail service tells what became of a letter."""
        self.mail_feedback.take(DeliveryReport(key, state, self.clock.now()))

    def mails_since(self, count):
        """The letters sent after the first `count`, by address."""
        return {mail.to: mail for mail in self.mailer.sent[count:]}
