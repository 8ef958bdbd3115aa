"""What a request about a complaint reads: it is loaded once and its record replayed once."""

import pytest

from chalicelib.adapters.complaints import TableComplaints
from chalicelib.domain.evolve import replay
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_cloud, requests_of
from support.counting import calls_of
from support.people import MANAGER, SUPERVISOR
from support.resident import ResidentBrowser

REPLY = {"text": "查明是阀门老化。", "done": "已更换。", "told_by": "email"}


@pytest.fixture(scope="module")
def office():
    with a_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def counted():
    """Loads and replays while this is open."""
    return calls_of(TableComplaints.load, TableComplaints.dossier, replay)


def test_a_reply_takes_one_load_and_one_replay(office):
    """The verb is carried out on what was loaded to check who may use it."""
    reference = office.complaint(unit="101")
    assert (
        office.act(SUPERVISOR, reference, "judge", valid="yes", reason="看过了").status_code == 303
    )
    version = office.version(reference)
    with counted() as calls, requests_of(office.cloud.dynamodb) as sent:
        form = {"checked": "yes", "version": version, **REPLY}
        answer = office.as_(MANAGER).post(f"/desk/complaints/{reference}/reply", form)
    assert answer.status_code == 303
    assert office.history(reference).records[-1].kind == "replied"
    assert calls == {"dossier": 1, "replay": 1}
    assert sent.count("TransactWriteItems") == 1


def test_so_does_the_look_ahead_at_its_letters(office):
    """Nothing is saved, and nothing is read again to show what would be sent."""
    reference = office.complaint(unit="102")
    with counted() as calls:
        answer = office.as_(MANAGER).post(f"/desk/complaints/{reference}/reply", REPLY)
    assert answer.status_code == 200
    assert calls == {"dossier": 1, "replay": 1}


def test_a_resident_s_message_takes_one_load_and_one_replay(office):
    """The code is checked on what was loaded, and the answer tells of it too."""
    resident = ResidentBrowser(office.cloud)
    with counted() as calls:
        answer = resident.press("message", {"text": "还在滴水。"})
    assert answer.status_code == 303
    assert calls == {"load": 1, "replay": 1}
