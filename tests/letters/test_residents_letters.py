"""All of a resident's letters about one complaint: one thread, the code in them alone."""

import re

import pytest

from chalicelib import locales
from chalicelib.adapters.mailer import SesMailer
from chalicelib.application.resident_actions import RESIDENT_VERBS
from chalicelib.domain.commands import (
    Acknowledge,
    AgreeTime,
    AskCode,
    Close,
    Judge,
    Message,
    Note,
    RenewCode,
    Reopen,
    Reply,
    Update,
    Withdraw,
)
from chalicelib.domain.model import RESIDENT
from support.examples import at
from support.office import KEYS, Office
from support.people import LEADER, MANAGER, SUPERVISOR

RESIDENTS_ADDRESS = "li@example.com"
FRIDAY = at("Friday 2026-11-27 15:00")
COMMANDS = (
    ("Monday 2026-11-23 10:05", Acknowledge(MANAGER.id)),
    ("Monday 2026-11-23 10:10", AgreeTime(MANAGER.id, FRIDAY, "First.")),
    ("Monday 2026-11-23 10:15", AgreeTime(MANAGER.id, FRIDAY, "Again.")),
    ("Monday 2026-11-23 10:20", Message(RESIDENT, "It drips.")),
    ("Monday 2026-11-23 10:25", Update(MANAGER.id, "On its way.")),
    ("Monday 2026-11-23 10:30", Update(MANAGER.id, "Nearly there.")),
    ("Monday 2026-11-23 10:35", Note(MANAGER.id, "For us.")),
    ("Monday 2026-11-23 10:40", Judge(SUPERVISOR.id, "x", valid=True)),
    ("Monday 2026-11-23 10:45", Reply(MANAGER.id, "Mended.")),
    ("Monday 2026-11-23 10:50", RESIDENT_VERBS["dispute"]("It is not.")),
    ("Monday 2026-11-23 10:55", Reply(MANAGER.id, "Mended again.")),
    ("Monday 2026-11-23 11:00", RESIDENT_VERBS["dispute"]("Nor now.")),
    ("Monday 2026-11-23 11:10", AskCode(RESIDENT)),
    ("Monday 2026-11-23 11:30", AskCode(RESIDENT)),
    ("Monday 2026-11-23 11:35", RenewCode(SUPERVISOR.id, "x")),
    ("Monday 2026-11-23 11:40", RenewCode(SUPERVISOR.id, "x")),
    ("Monday 2026-11-23 11:45", Reply(MANAGER.id, "Third.")),
    ("Monday 2026-11-23 11:50", Close(MANAGER.id, "Seal.", "Replaced.")),
    ("Monday 2026-11-23 11:55", Reopen(LEADER.id, "x")),
    ("Monday 2026-11-23 12:00", Judge(SUPERVISOR.id, "x", valid=False)),
    ("Monday 2026-11-23 12:05", Reply(MANAGER.id, "Not ours.")),
    ("Monday 2026-11-23 12:10", RESIDENT_VERBS["dispute"]("It is.")),
    ("Monday 2026-11-23 12:15", Withdraw(RESIDENT, "Enough.")),
)


@pytest.fixture(scope="module", params=locales.LANGUAGES)
def handled(request):
    """An office in which one complaint went through everything, and a visit was made to another."""
    office = Office("Monday 2026-11-23 10:00")
    reference = office.receive(language=request.param)
    for moment, command in COMMANDS:
        office.until(moment).act(reference, command)
    return office, reference


def to_resident(office):
    """The letters that went to the resident."""
    return [one for one in office.mailer.sent if one.to == RESIDENTS_ADDRESS]


def test_they_are_one_thread_in_a_mail_client(handled):
    """The same References, and no two subjects alike, so that none hides another."""
    office, _ = handled
    mailer = SesMailer(None, "Desk <desk@anhe.example>", office.clock)
    letters = [mailer.message(one) for one in to_resident(office)]
    assert len(letters) > 15
    assert len({one["References"] for one in letters}) == 1
    subjects = [one.written.subject for one in to_resident(office)]
    assert len(set(subjects)) == len(subjects)


def test_every_subject_names_the_complaint(handled):
    """The resident finds it again by its reference."""
    office, reference = handled
    assert all(reference in one.written.subject for one in to_resident(office))


def test_the_code_is_in_them_alone(handled):
    """No letter to anybody else has it, in any version there was; they lead to the page."""
    office, reference = handled
    codes = [KEYS.code(reference, version) for version in (1, 2, 3)]
    for mail in office.mailer.sent:
        text = mail.written.subject + mail.written.text + mail.written.html
        assert any(code in text for code in codes) is (mail.to == RESIDENTS_ADDRESS)
        assert ("?code=" in text) is (mail.to == RESIDENTS_ADDRESS)


def test_no_subject_has_a_code(handled):
    """A subject is read over a shoulder, and on a locked screen."""
    office, reference = handled
    for mail in office.mailer.sent:
        assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-", mail.written.subject)
        assert KEYS.code(reference) not in mail.written.subject


def test_every_one_says_whom_to_call_and_leads_to_the_page(handled):
    """The front desk's number, and the link with the code of that time."""
    office, reference = handled
    for mail in to_resident(office):
        assert "021-5550-1101" in mail.written.text
        assert f"/complaints/{reference}?code=" in mail.written.text


@pytest.mark.parametrize(
    ("language", "sorry"), [("zh", "我们没有做到，很抱歉"), ("en", "We have not kept that")]
)
@pytest.mark.parametrize("command", [Acknowledge(MANAGER.id), Update(MANAGER.id, "x")])
def test_no_letter_promises_what_has_passed(language, sorry, command):
    """Written after the day of the reply, it says that the promise was not kept."""
    office = Office("Monday 2026-11-23 10:00")
    reference = office.receive(language=language)
    office.until("Tuesday 2026-12-01 10:00").act(reference, command)
    (letter,) = to_resident(office)[1:]
    assert sorry in letter.written.text
