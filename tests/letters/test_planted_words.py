"""The form is no relay: no letter to a resident repeats what somebody typed into it.

Whoever fills in a form says whose address it is. So every field and every later word of a
resident is planted here, each with a link of its own, and looked for in every letter.
"""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from docs.generator.samples import others, storm
from docs.generator.samples.letters import STORIES
from docs.generator.samples.words import SampleWords

from chalicelib import letters as package
from chalicelib import locales
from chalicelib.adapters.mailer import SesMailer
from chalicelib.domain.commands import Message, Withdraw
from chalicelib.domain.model import RESIDENT
from chalicelib.fields import FIELDS
from chalicelib.letters import LETTERS
from support.forms import POLICY, a_form
from support.letter_words import PLAIN
from support.posted_office import MORNINGS, PostedOffice

PLANTED = re.compile(r"plant|evil", re.IGNORECASE)
FACTS = ("phone", "email")
"""Personal fields that must look like what they are; the address alone is written on a letter."""
TYPED = [one for one in FIELDS.kept_in("words") if one.name not in FACTS]
OF_RESIDENTS = (("lift", "message"), ("lift", "confirmed"), ("desk", "disputed"))
"""What a resident says later in the stories, as the page or the front desk takes it in."""
OF_COMPLAINTS = [one for one in STORIES if one.__module__ != others.__name__]


def planted(name):
    """Words with a link, as a sender might put them into any field."""
    return f"plant-{name} http://evil.test"


PLANTED_FORM = {one.name: planted(one.name) for one in TYPED} | {
    "person": "上门维修的师傅 http://evil.test"
}
"""The person complained about is nobody with a role, or the complaint would go to another."""


def words(language):
    """The stories' words, where every word of a resident is planted."""
    parts = {name: dict(part) for name, part in PLAIN[language].parts.items()}
    typed = dict.fromkeys(parts["typed"], PLANTED_FORM)
    for part, name in OF_RESIDENTS:
        parts[part][name] = planted(name)
    return SampleWords(language, parts | {"typed": typed})


def told(story, language):
    """The office after a story in which every word of a resident is planted."""
    office = PostedOffice(POLICY, words(language), digests=story in MORNINGS)
    if story is storm.storm:
        office.until("Monday 2026-11-23 14:01")
        for number in range(POLICY.settings.gather_after):
            storm.without_power(office, number)
    story(office)
    return office.service


def to_residents(service):
    """Each letter to a resident: its name, and its mail."""
    for (key, (letter, _, _)), mail in zip(
        service.letters.sent.items(), service.mailer.sent, strict=True
    ):
        if key.to == RESIDENT:
            yield letter, mail


def everything(mail, clock):
    """All that a mail client shows of a letter, and all that it hides: headers, text, page."""
    raw = SesMailer(None, "Desk <desk@anhe.example>", clock).message(mail).as_bytes()
    message = message_from_bytes(raw, policy=default)
    headers = [f"{name}: {value}" for name, value in message.items()]
    parts = [one.get_content() for one in message.walk() if not one.is_multipart()]
    assert len(parts) == 2
    return "\n".join([*headers, *parts, mail.thread])


def of_residents():
    """The letters that greet a resident, by their templates."""
    folder = Path(package.__file__).parent
    greeting = "sentence.resident"
    return {one for one in LETTERS if greeting in (folder / one / "en.j2").read_text("utf-8")}


def is_told(service):
    """Whether the planted words stand in some letter, as they do in the staff's."""
    return any(PLANTED.search(mail.written.text) for mail in service.mailer.sent)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_no_letter_to_a_resident_has_a_planted_word(language):
    """Not one of the kinds there are, in subject, headers, text or page; the staff's have them."""
    seen = set()
    for story in OF_COMPLAINTS:
        service = told(story, language)
        for letter, mail in to_residents(service):
            seen.add(letter)
            assert not PLANTED.search(everything(mail, service.clock)), letter
    assert seen == of_residents()


def test_the_planted_words_are_told_to_the_staff():
    """The same stories do hold them: an owner reads what was typed, in a letter of the desk's."""
    assert is_told(told(STORIES[0], "zh"))


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_what_is_said_over_the_page_comes_back_in_no_letter(language):
    """Messages, disputes and the reason of a withdrawal may be a stranger's as well."""
    office = PostedOffice(POLICY, words(language))
    form = {name: value for name, value in a_form().items() if name not in PLANTED_FORM}
    reference = office.receive(form | PLANTED_FORM | {"language": language, "form_id": "a"})
    for said in (Message(RESIDENT, planted("message")), Withdraw(RESIDENT, planted("withdraw"))):
        office.act(reference, said)
    letters = dict(to_residents(office.service))
    assert letters.keys() == {"receipt", "withdrawn"}
    for letter, mail in letters.items():
        assert not PLANTED.search(everything(mail, office.service.clock)), letter
