"""The sample letters are those that the product sends.

Their stories are told again to the whole service over the fakes: the notifier and the sweep
send, to the letter, what the samples' own office writes.
"""

import pytest
from docs.generator.samples import others, storm
from docs.generator.samples.letters import STORIES
from docs.generator.samples.office import SampleOffice

from chalicelib import locales
from chalicelib.application.outbox import EntryWritten
from support.forms import POLICY
from support.letter_words import PLAIN, letters
from support.posted_office import MORNINGS, PostedOffice
from support.values import replace

OF_NO_COMPLAINT = (others.call_from_the_log, others.imported, others.address_changed)
OF_COMPLAINTS = [story for story in STORIES if story not in OF_NO_COMPLAINT]


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
def test_a_changed_address_is_told_of_as_it_is_shown(language):
    """To the old address alone, by the stream."""
    office = PostedOffice(POLICY, PLAIN[language])
    record = others.address_change()
    person = office.service.staff.directory().person(record.staff)
    before, after = record.what["email"]
    office.service.staff.put(replace(person, email=after), record=record)
    office.until("Monday 2026-11-23 10:21")
    office.service.deliver()
    office.collect()
    assert [mail.to for mail in office.service.mailer.sent] == [before]
    assert office.take() == {"address_changed": letters(language)["address_changed"]}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_stories_tell_of_every_letter(language):
    """No letter is shown that none of these tests sends."""
    told = [story(SampleOffice(POLICY, PLAIN[language])) for story in STORIES]
    assert set().union(*told) == letters(language).keys()
    assert sum(map(len, told)) == len(letters(language))
