"""Offline the mail service tells what became of letters, and SES's simulator behaves as in AWS."""

import pytest

from chalicelib.domain.commands import Judge, Reply
from support.memory import MemoryCloud
from support.people import MANAGER, SUPERVISOR


@pytest.mark.parametrize(
    ("address", "status", "state", "gets_mail"),
    [
        ("li@example.com", "replied", "delivered", True),
        ("success@simulator.amazonses.com", "replied", "delivered", True),
        ("ooto@simulator.amazonses.com", "replied", "delivered", True),
        ("bounce@simulator.amazonses.com", "", "bounced", False),
        ("Bounce+3-1201@simulator.amazonses.com", "", "bounced", False),
        ("suppressionlist@simulator.amazonses.com", "", "bounced", False),
        ("complaint@simulator.amazonses.com", "", "complained", False),
        ("bounce@example.com", "replied", "delivered", True),
    ],
)
def test_a_letter_comes_to_what_its_address_says(address, status, state, gets_mail):
    """In the same step, the mailbox shows it, and where nothing arrives the desk is told."""
    cloud = MemoryCloud()
    reference = cloud.receive(1, email=address)
    cloud.pump.drain()
    act = cloud.container.act_on_complaint.act
    act(reference, Judge(SUPERVISOR.id, "看过", valid=True), SUPERVISOR.id)
    complaint = cloud.container.complaints.load(reference).complaint
    assert complaint.gets_mail is gets_mail
    if status:
        owner = complaint.owner.staff
        act(reference, Reply(owner, "换了。", "email"), owner)
        cloud.pump.drain()
        assert cloud.container.complaints.load(reference).complaint.status == status
    dossier = cloud.container.complaints.dossier(reference)
    assert {one.state for one in dossier.letters if one.to == "resident"} == {state}
    assert {one.state for one in cloud.mailbox.letters() if one.to == address} == {state}
    assert MANAGER.email not in address


def test_what_keeps_failing_is_left(caplog):
    """A word that cannot be taken in holds up no other; the day after it is asked for."""
    cloud = MemoryCloud()
    calls = []

    class Deaf:
        """Hears nothing."""

        notifier = staticmethod(cloud.functions.notifier)

        @staticmethod
        def feedback(event, _):
            """Fail each time."""
            calls.append(event)
            raise TimeoutError

    cloud.pump._functions = Deaf  # noqa: SLF001 - in the place of the functions
    cloud.receive(1)
    cloud.pump.drain()
    letters = len(cloud.mailbox.letters())
    assert len(calls) == 3 * letters
    assert "Hearing what became of a letter failed" in caplog.text
