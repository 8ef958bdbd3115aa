"""A neighbour who types somebody's unit into the form learns nothing by it (5.1.1).

The same form is sent where that unit has an open complaint and where it has none. Whatever
the one who sent it may see is compared: the answer, the page, the data, the letters.
"""

import json

import pytest

from chalicelib.application import resident_actions
from chalicelib.domain.commands import Acknowledge, Judge, Reply
from chalicelib.entrypoints.http.promises import promised
from chalicelib.views.presentation import Presenter
from chalicelib.views.resident_page import ResidentPage
from support.forms import ORGANISATION, POLICY
from support.office import SITE, Office
from support.people import MANAGER, SUPERVISOR

TYPED = {"form_id": "neighbour", "name": "王先生", "phone": "139 1111 1111"}
ONE_HOME = {"form_id": "home", "times_raised": "1"}


def seen(office, reference):
    """All that the sender's browser and mailbox show of a complaint."""
    history = office.complaints.load(reference)
    directory = office.staff.directory()
    presenter = Presenter(POLICY, ORGANISATION, SITE, history.complaint.language)
    page = ResidentPage(presenter, directory, office.clock.now())
    context = office.contexts.of(history)
    content = page.content(history)
    return {
        "page": str(content),
        "data": json.dumps(page.data(history) | promised(history.complaint, POLICY)),
        "buttons": resident_actions.offered(history.complaint, context, office.clock.now()),
    }


def lived(earlier, address, **form):
    """What a sender sees along a complaint's life, beside an earlier one or not."""
    office = Office("Monday 2026-11-23 10:00")
    if earlier:
        office.receive(**(form | ONE_HOME | {"email": "home@example.com"}))
    office.until("Monday 2026-11-23 11:00")
    sent = len(office.mailer.sent)
    intake = form | TYPED | {"email": address}
    reference = office.receive(**intake)
    views = [promised(office.complaints.load(reference).complaint, POLICY), seen(office, reference)]
    escalated = "linked" in [one.kind for one in office.complaints.load(reference).records]
    owner = office.complaints.load(reference).complaint.owner.staff
    steps = (
        ("Monday 2026-11-23 12:00", Acknowledge(owner)),
        ("Monday 2026-11-23 13:00", Judge(SUPERVISOR.id, "x", valid=True)),
        ("Tuesday 2026-11-24 10:00", Reply(owner, "Mended.")),
    )
    for moment, command in steps:
        office.until(moment).act(reference, command)
        views.append(seen(office, reference))
    office.until("Thursday 2027-01-07 10:00").sweep.go()
    office.deliver()
    views.append(seen(office, reference))
    letters = [one.written for one in office.mailer.sent[sent:] if one.to == address]
    return escalated, views, letters


CASES = [
    {"cause": "promise"},
    {"cause": "promise", "times_raised": "1"},
    {"cause": "promise", "hurt": "yes"},
    {"cause": "service"},
    {"cause": "facility"},
    {"cause": "unsure"},
]


@pytest.mark.parametrize("form", CASES, ids=lambda form: "-".join(form.values()))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_earlier_complaint_of_the_unit_shows_nowhere(form, language):
    """Promises, owner, story, buttons and letters are the same, though the two are linked."""
    alone = lived(False, "neighbour@example.com", language=language, **form)
    beside = lived(True, "neighbour@example.com", language=language, **form)
    assert (alone[0], beside[0]) == (False, True)
    assert alone[1:] == beside[1:]
    assert alone[2]


def test_behind_the_scenes_it_is_major(office):
    """The staff see what the sender does not: it was raised several times (5.1.1)."""
    office.receive(**ONE_HOME, cause="promise", email="home@example.com")
    reference = office.until("Monday 2026-11-23 11:00").receive(
        **TYPED, cause="promise", email="neighbour@example.com"
    )
    complaint = office.complaints.load(reference).complaint
    assert complaint.links
    assert complaint.severity == "major"
    assert complaint.owner.staff == MANAGER.id


def test_not_even_somebody_s_address_opens_a_view(office):
    """Typed with another's unit and address: the letter goes to that mailbox, the page is mute."""
    form = {"cause": "promise", "email": "home@example.com"}
    first = office.receive(**ONE_HOME, **form)
    reference = office.until("Monday 2026-11-23 11:00").receive(**TYPED, **form)
    view = seen(office, reference)
    assert first not in str(view)
    assert "linked" not in str(view)
    told = {one.to for one in office.mailer.sent if first in one.written.text}
    assert told - {one.email for one in office.staff.directory().staff} == {"home@example.com"}
