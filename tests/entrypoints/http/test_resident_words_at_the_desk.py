"""What comes from the resident, as the staff see it over HTTP: messages, repeats, the code."""

import pytest

from chalicelib.domain.commands import Message
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.model import RESIDENT
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import MANAGER, RECEPTIONIST, SUPERVISOR

RESIDENT_EMAIL = "li@example.com"


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def path_of(reference):
    return f"/desk/complaints/{reference}"


def test_a_message_stands_in_the_history_and_in_the_owner_s_mailbox(office):
    """What the resident adds is read on the complaint's page, and the owner is written to."""
    reference = office.complaint(unit="101")
    act = office.container.act_on_complaint
    act.act(reference, Message(RESIDENT, "现在 <滴> 到灯上了。"), by=RESIDENT)
    page = office.page(SUPERVISOR, path_of(reference))
    assert "业户留言" in page
    assert "现在 &lt;滴&gt; 到灯上了。" in page
    assert any(reference in one and "业户留言" in one for one in office.letters(MANAGER.email))


def test_two_complaints_about_one_matter_lead_to_each_other(office):
    """Staff always see what ties them together, on both pages, whoever's contact it is."""
    first = office.complaint(unit="102")
    office.cloud.advance(minutes=1)
    second = office.complaint(unit="102", email="another@example.com", phone="139 0000 0001")
    assert f'href="/desk/complaints/{first}"' in office.page(SUPERVISOR, path_of(second))
    page = office.page(SUPERVISOR, path_of(first))
    assert f'href="/desk/complaints/{second}"' in page
    assert "后来又提出的投诉" in page


def test_a_word_on_how_things_stand_reaches_the_resident(office):
    """The owner says it, the resident gets it by letter, and that is a first contact too."""
    reference = office.complaint(unit="103")
    office.act(MANAGER, reference, "update", text="配件明天到。", told_by="email")
    assert any("进展告知" in one and reference in one for one in office.letters(RESIDENT_EMAIL))
    assert office.history(reference).complaint.status == "acknowledged"


def test_a_replaced_code_opens_and_the_old_one_does_not(office):
    """The new code goes to the resident; the page of the staff shows neither."""
    reference, keys = office.complaint(unit="104"), office.container.keys
    answer = office.act(RECEPTIONIST, reference, "renew-code", reason="手机丢失")
    assert answer.status_code == 303
    assert any("查询码已更换" in one and reference in one for one in office.letters(RESIDENT_EMAIL))
    open_complaint = office.container.open_complaint
    with pytest.raises(NotFoundError):
        open_complaint.by_code(reference, keys.code(reference))
    code = keys.code(reference, 2)
    assert open_complaint.by_code(reference, code).complaint.reference == reference
    assert code not in office.page(SUPERVISOR, path_of(reference))
    assert code in office.page(RECEPTIONIST, f"{path_of(reference)}/slip")
