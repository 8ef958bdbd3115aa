"""The sample letters are those that the product sends.

Their stories are told again to the whole service over the fakes: the notifier and the sweep
send, to the letter, what the samples' own office writes.
"""

from dataclasses import dataclass
from functools import partial
from itertools import islice

import pytest
from docs.generator.engine_runs import EngineRun
from docs.generator.samples import morning, others, storm
from docs.generator.samples.letters import STORIES
from docs.generator.samples.office import SampleOffice
from docs.generator.samples.written import SampleLetter

from chalicelib import locales
from chalicelib.application.outbox import ComplaintEvent, EntryWritten
from chalicelib.domain.commands import Merge, Separate
from support.examples import on_the_wall
from support.forms import POLICY
from support.letter_words import PLAIN, letters
from support.office import Office

MORNINGS = (morning.morning, morning.brought)
OF_NO_COMPLAINT = (others.call_from_the_log, others.imported)
OF_COMPLAINTS = [story for story in STORIES if story not in OF_NO_COMPLAINT]


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


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("story", OF_COMPLAINTS, ids=lambda story: story.__name__)
def test_a_story_of_complaints_is_sent_as_it_is_shown(story, language):
    """By the stream at once, by the sweep when time brings it; in a storm after the first."""
    office = PostedOffice(POLICY, PLAIN[language], digests=story in MORNINGS)
    if story is storm.storm:
        office.until("Monday 2026-11-23 14:01")
        for number in range(POLICY.settings.gather_after):
            storm.without_power(office, number)
    sent = story(office)
    assert sent
    assert sent == {name: letters(language)[name] for name in sent}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_a_call_from_the_log_is_sent_as_it_is_shown(language):
    """Once the entry is in the log, the notifier is told of it."""
    office = PostedOffice(POLICY, PLAIN[language])
    entry = office.service.duty_log.write(others.log_entry(PLAIN[language]))
    office.service.notifier.post(EntryWritten(entry.community, entry.on, entry.number))
    office.collect()
    assert office.take() == {"help_called_log": letters(language)["help_called_log"]}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_an_import_is_told_of_as_it_is_shown(language):
    """Once it is finished, each owner gets a summary."""
    office = PostedOffice(POLICY, PLAIN[language])
    office.service.imports.finish(others.import_run(PLAIN[language]), office.now())
    office.service.deliver()
    office.collect()
    assert office.take() == {"import_summary": letters(language)["import_summary"]}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_stories_tell_of_every_letter(language):
    """No letter is shown that none of these tests sends."""
    told = [story(SampleOffice(POLICY, PLAIN[language])) for story in STORIES]
    assert set().union(*told) == letters(language).keys()
    assert sum(map(len, told)) == len(letters(language))
