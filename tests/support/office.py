"""The whole service over the fakes, with a clock that tests move."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from chalicelib.application.archive import Archive
from chalicelib.application.desk import Desk
from chalicelib.application.duty_log import DutyBook
from chalicelib.application.keys import Keys
from chalicelib.application.notifier import Notifier
from chalicelib.application.personal_data import PersonalData
from chalicelib.application.photo_links import PhotoLinks
from chalicelib.application.photo_processing import PhotoProcessing
from chalicelib.application.repeats import Repeats
from chalicelib.application.sweep import Sweep
from chalicelib.application.throttling import Throttling
from chalicelib.application.workday_start import StartWorkday
from chalicelib.letters import LetterWriter
from chalicelib.views.letter_contents import LetterContents
from fakes.alert_batches import FakeAllowances, FakeGatherings
from fakes.clock import FakeClock
from fakes.complaints import FakeComplaints
from fakes.imports import FakeImports
from fakes.lessons import FakeLessons
from fakes.letters import FakeLetters
from fakes.mailer import FakeMailer
from fakes.photo_store import FakePasses, FakePhotoStore, FakePictures
from fakes.staff import FakeStaff
from fakes.sweep_log import FakeRoundBook
from fakes.workday_starts import FakeMornings
from support.examples import at
from support.forms import ORGANISATION, POLICY, an_intake
from support.people import STAFF

SITE = "https://desk.example"
KEYS = Keys((b"a made-up key",), lambda count: bytes(range(count)))
WRITER = LetterWriter()


@dataclass
class Office:
    """Desk, notifier and rounds; `moment` is on the wall: "Monday 2026-11-23 10:00".

    Its mornings are quiet, so that a test counts the letters of its own matter; those of
    an office with `digests` are told of.
    """

    moment: str
    complaints: FakeComplaints = field(default_factory=FakeComplaints)
    imports: FakeImports = field(default_factory=FakeImports)
    staff: FakeStaff = field(default_factory=FakeStaff)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    digests: bool = False
    _leaves: Iterator[int] = field(default_factory=count)

    def __post_init__(self):
        self.clock = FakeClock(at(self.moment))
        self.duty_log = self.complaints.duty_log
        self.mornings = FakeMornings(quiet=not self.digests)
        self.letters = FakeLetters(self.complaints, self.imports, self.mornings)
        self.desk = Desk(POLICY, ORGANISATION, self.complaints, self.staff, KEYS, self.clock)
        self.alert_batches = FakeGatherings(self.letters)
        throttling = Throttling(POLICY, KEYS, self.letters, FakeAllowances(), self.alert_batches)
        self.photo_store = FakePhotoStore()
        self.pictures = FakePictures()
        self.photo_links = PhotoLinks(FakePasses(), lambda size: next(self._leaves).to_bytes(size))
        self.photo_processing = PhotoProcessing(self.desk, self.photo_store, self.pictures)
        contents = LetterContents(POLICY, ORGANISATION, self.desk.keys, SITE)
        self.notifier = Notifier(
            self.desk,
            self.letters,
            self.imports,
            WRITER,
            self.mailer,
            contents,
            self.duty_log,
            Repeats(self.desk),
            throttling,
            self.photo_store.discard_all,
        )
        self.sweep_log = FakeRoundBook()
        start_workday = StartWorkday(self.desk, self.mornings)
        self.sweep = Sweep(
            self.desk,
            self.notifier,
            self.letters,
            self.alert_batches,
            self.sweep_log,
            start_workday,
        )
        self.archive = Archive(ORGANISATION, self.complaints, FakeLessons(self.complaints), KEYS)
        self.duty_book = DutyBook(ORGANISATION, self.complaints, self.duty_log)
        self.personal_data = PersonalData(self.complaints)
        for person in STAFF:
            self.staff.put(person)

    def until(self, moment):
        """The same office at another moment."""
        self.clock.at = at(moment)
        return self

    def receive(self, **form):
        """A form comes in from the web, and its letters go out."""
        intake = an_intake(self.clock.now(), **form)
        reference = self.desk.receive(intake, "web").reference
        self.deliver()
        return reference

    def take_in(self, receptionist, channel="walk_in", **form):
        """A receptionist writes it down, and its letters go out."""
        intake = an_intake(self.clock.now(), **form)
        reference = self.desk.receive(intake, channel, by=receptionist.id).reference
        self.deliver()
        return reference

    def act(self, reference, command):
        """Somebody of the staff does something, and its letters go out."""
        history = self.desk.act(reference, command, by=getattr(command, "by", "clock"))
        self.deliver()
        return history.complaint

    def deliver(self):
        """The stream brings every event that is not settled, until there is none."""
        while posts := self.letters.unsettled(self.clock.now() + timedelta(seconds=1)):
            for post in posts:
                self.notifier.post(post)

    def mails_since(self, count):
        """The letters sent after the first `count`, by address."""
        return {mail.to: mail for mail in self.mailer.sent[count:]}
