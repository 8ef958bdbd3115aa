"""An office of the sample letters whose letters are those that the whole service sends."""

from dataclasses import dataclass
from functools import partial
from itertools import islice

from docs.generator.engine_runs import EngineRun
from docs.generator.samples import morning
from docs.generator.samples.office import SampleOffice
from docs.generator.samples.written import SampleLetter

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import Merge, Separate
from support.examples import on_the_wall
from support.office import Office

MORNINGS = (morning.morning, morning.brought)
"""The stories that are about the morning's letters."""


@dataclass
class PostedOffice(SampleOffice):
    """An office of the samples whose letters are those that the service sends.

    Its mornings are quiet unless a story is about its letters.
    """

    digests: bool = False
    collected: int = 0

    def __post_init__(self):
        super().__post_init__()
        self.service = Office(on_the_wall(self.moment), digests=self.digests)
        for person in self.staff.values():
            self.service.staff.put(person)

    def until(self, moment):
        """The same moment there."""
        self.service.until(moment)
        return super().until(moment)

    def change(self, person, **changes):
        """The same change there."""
        super().change(person, **changes)
        self.service.staff.put(self.staff[person.id])

    def receive(self, form, channel="web", by="", repeats=None, meant=()):  # noqa: ARG002 - it finds them
        """What a form repeats, and whom it may be about, the notifier recognises."""
        fields = {"person": "", "place": "", **form} | ({"person": "everybody"} if meant else {})
        take_in = partial(self.service.take_in, self.staff[by], channel) if by else None
        reference = (take_in or self.service.receive)(**fields)
        self.collect()
        return reference

    def merge(self, reference, into, by, reason):
        """The product itself finds the other, and passes on what follows."""
        self.act(reference, Merge(by, into, reason))

    def separate(self, reference, by, reason):
        """It lets go by itself."""
        self.act(reference, Separate(by, reason))

    def act(self, reference, command, by=""):  # noqa: ARG002 - the command says it
        """The notifier posts what follows."""
        self.service.act(reference, command)
        self.collect()

    def check_deadlines(self):
        """The sweep runs."""
        self.service.sweep.go()
        self.service.deliver()
        self.collect()

    def keep(self, *_):
        """Nothing is written but what the service sends."""

    def collect(self):
        """What was sent since, and the complaints as they stand."""
        for reference, saved in self.service.complaints.saved.items():
            self.runs[reference] = EngineRun(saved.history.records, self.context)
        sent = zip(self.service.letters.sent.items(), self.service.mailer.sent, strict=True)
        for (key, (letter, _, _)), mail in islice(sent, self.collected, None):
            reference = key.about.reference if isinstance(key.about, ComplaintEvent) else ""
            self.letters.append(SampleLetter(letter, key.to, reference, mail.written))
            self.collected += 1
