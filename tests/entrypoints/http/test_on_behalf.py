"""A complaint for somebody else: the staff see for whom and whom to contact, and it can go."""

import json

import pytest

from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud
from support.people import MANAGER, RECEPTIONIST

FOR = {"behalf_of": "王奶奶，1203 的邻居", "contact_person": "她儿子王强，139 0000 1111"}


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def kept_of(office, reference):
    """Every item of a complaint, as text."""
    found = [one for one in office.cloud.items() if one["pk"]["S"] == f"C#{reference}"]
    return json.dumps(found, ensure_ascii=False, default=str)


def test_the_staff_see_for_whom_and_whom_to_contact(office):
    """Both stand with the contact, on the desk's page and in the alert."""
    reference = office.complaint(**FOR)
    page = office.page(MANAGER, f"/desk/complaints/{reference}")
    (alert,) = [
        one.get_body(("plain",)).get_content()
        for one in office.cloud.mails()
        if reference in one["Subject"] and MANAGER.email in one["To"]
    ]
    for text in (page, alert):
        assert f"替别人反映：{FOR['behalf_of']}" in text
        assert f"请联系：{FOR['contact_person']}" in text


def test_nothing_is_said_where_residents_write_for_themselves(office):
    """Without the two, the contact is the resident's alone."""
    page = office.page(MANAGER, f"/desk/complaints/{office.complaint()}")
    assert "替别人反映" not in page
    assert "请联系：" not in page


def test_reception_takes_them_too(office):
    """At the desk somebody may speak for another as well."""
    reference = office.take_in(RECEPTIONIST, **FOR)
    assert FOR.items() <= office.history(reference).words.items()


def test_they_are_exported_and_erased_with_the_rest(office):
    """They are data of people: the resident gets them, and they go with the resident's."""
    reference = office.complaint(**FOR)
    (one,) = office.container.personal_data.export([reference])["complaints"]
    assert FOR.items() <= one["words"].items()
    assert "王奶奶" in kept_of(office, reference)
    assert (
        office.act(
            MANAGER, reference, "withdraw", reason="业户来电", told_by="telephone"
        ).status_code
        == 303
    )
    sent = {"reason": "本人来函要求", "typed_reference": reference}
    assert office.act(MANAGER, reference, "erase", **sent).status_code == 303
    left = kept_of(office, reference)
    assert "王奶奶" not in left
    assert "王强" not in left
