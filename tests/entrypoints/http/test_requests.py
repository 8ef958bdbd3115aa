"""How often a page, a verb and the letters of an event ask the table and the mail service.

Who of the staff asks and the complaint are each read once a request, whatever follows.
"""

import pytest

from chalicelib.application.access_log import ONE_LOOK
from chalicelib.application.outbox import ComplaintEvent
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_cloud, requests_of
from support.forms import an_intake
from support.people import HEAD, MANAGER, SUPERVISOR
from support.resident import ResidentBrowser

REPLY = {"text": "查明是阀门老化。", "done": "已更换。", "told_by": "email"}
READ = ["Query", "Query"]
"""The staff, and what is shown of complaints."""
MOST_OF_AN_EVENT = 18


@pytest.fixture(scope="module")
def office():
    with a_cloud(staff=PEOPLE) as cloud:
        office = DeskOffice(cloud)
        for person in (SUPERVISOR, MANAGER, HEAD):
            office.as_(person).get("/desk")
        yield office


def asked(office, ask):
    """What the table was asked meanwhile, and the answer."""
    with requests_of(office.cloud.dynamodb) as sent:
        answer = ask()
    return sent, answer


def opened(office, reference, person=SUPERVISOR):
    """What the table was asked to show a complaint."""
    sent, answer = asked(office, lambda: office.as_(person).get(f"/desk/complaints/{reference}"))
    assert answer.status_code == 200
    return sent


def test_the_queue_takes_two(office):
    """Who asks, and every open complaint; whose task return visits are reads of those, too."""
    sent, _ = asked(office, lambda: office.as_(MANAGER).get("/desk"))
    assert sent == READ
    sent, _ = asked(office, lambda: office.as_(SUPERVISOR).get("/desk"))
    assert sent == [*READ, "Query"]


def test_the_return_visits_take_one_more(office):
    """What ended and waits for its visit stands apart, and is read when it is asked for alone."""
    sent, answer = asked(office, lambda: office.as_(SUPERVISOR).get("/desk?view=visits"))
    assert answer.status_code == 200
    assert sent == [*READ, "Query"]


def test_the_residents_page_takes_one(office):
    """The complaint with all that stands on the page; whom it names is remembered for seconds."""
    office.complaint(unit="201")
    resident = ResidentBrowser(office.cloud)
    resident.page()
    # A machine that is so slow that the seconds pass in between is asked again.
    looks = (asked(office, resident.page) for _ in range(20))
    sent, answer = next(look for look in looks if look[0] == ["Query"])
    assert resident.reference in answer
    assert sent == ["Query"]


def test_a_complaints_page_takes_two(office):
    """Who asks, and the complaint with its letters and looks; the first look is written down."""
    reference = office.complaint(unit="202", phone="139 0000 0202", email="202@example.com")
    assert opened(office, reference) == [*READ, "UpdateItem"]
    assert opened(office, reference) == READ
    assert opened(office, reference, MANAGER) == [*READ, "UpdateItem"]


def test_ties_take_one_more_of_who_may_not_know_everybody(office):
    """One of them may be in confidence from the department; a manager knows them all."""
    home = {"unit": "205", "phone": "139 0000 0205", "email": "205@example.com"}
    office.complaint(**home)
    office.cloud.advance(minutes=1)
    reference = office.complaint(**home)
    for person, more in ((SUPERVISOR, ["TransactGetItems"]), (MANAGER, [])):
        opened(office, reference, person)
        assert opened(office, reference, person) == [*READ, *more]


def test_who_comes_back_later_has_looked_again(office):
    """A look is written down again after ten minutes; so is that the session is in use."""
    reference = office.complaint(unit="203", phone="139 0000 0203", email="203@example.com")
    opened(office, reference)
    office.cloud.advance(minutes=ONE_LOOK.total_seconds() / 60)
    assert opened(office, reference) == ["Query", "UpdateItem", "Query", "UpdateItem"]
    (look,) = office.container.complaints.dossier(reference).access
    assert (look.staff, look.count) == (SUPERVISOR.id, 2)


def test_the_household_is_looked_up_when_asked_for(office):
    """The other complaints of the home are one press away, and cost requests of their own."""
    first = office.complaint(unit="204")
    second = office.complaint(unit="204", category="noise")
    path = f"/desk/complaints/{second}"
    assert first not in office.page(SUPERVISOR, path).partition('id="household"')[2]
    assert f"{path}?household=yes#household" in office.page(SUPERVISOR, path)
    asked_for = office.page(SUPERVISOR, f"{path}?household=yes")
    assert first in asked_for.partition('id="household"')[2]


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("reply", REPLY), ("update", {"text": "周四换阀门。", "told_by": "email"})],
)
def test_a_verb_takes_two_to_be_shown_and_three_to_be_done(office, verb, fields):
    """Nothing is read again to decide or to write the letters; what follows is one transaction."""
    reference = office.complaint(unit=f"30{len(verb)}")
    path = f"/desk/complaints/{reference}/{verb}"
    form = {"version": office.version(reference), **fields}
    opened(office, reference, MANAGER)
    sent, answer = asked(office, lambda: office.as_(MANAGER).post(path, form))
    assert (sent, answer.status_code) == (READ, 200)
    sent, answer = asked(office, lambda: office.as_(MANAGER).post(path, form | {"checked": "yes"}))
    assert (sent, answer.status_code) == ([*READ, "TransactWriteItems"], 303)


def test_a_verb_without_letters_takes_three(office):
    """It is done at once."""
    reference = office.complaint(unit="310")
    form = {"valid": "yes", "reason": "看过了", "version": office.version(reference)}
    path = f"/desk/complaints/{reference}/judge"
    opened(office, reference)
    sent, answer = asked(office, lambda: office.as_(SUPERVISOR).post(path, form))
    assert (sent, answer.status_code) == ([*READ, "TransactWriteItems"], 303)


@pytest.mark.parametrize(("hurt", "readers"), [("no", 3), ("yes", 4)])
def test_the_letters_of_an_event_take_eighteen_requests_at_most(office, hurt, readers):
    """The complaint and the staff are read once, the letters claimed in one; mail counts, too.

    First the receipt, which is also where repeats are looked for and an owner is named, and
    where it is asked whether the address is known and how many first letters there were.
    """
    office.deliver()
    container, cloud = office.container, office.cloud
    home = {"unit": f"40{readers}", "phone": f"139{readers:08}", "email": f"{readers}@x.cn"}
    form = an_intake(container.clock.now(), person=None, **home | {"hurt": hurt})
    reference = container.submit_complaint.receive(form, "web").reference
    for number, letters in ((1, 1), (2, readers)):
        before = len(cloud.mails())
        sent, _ = asked(
            office, lambda of=number: container.notifier.post(ComplaintEvent(reference, of))
        )
        assert len(cloud.mails()) - before == letters
        assert len(sent) + letters <= MOST_OF_AN_EVENT, sent
