"""A field is one row and its words: added to a copy of the table, it is asked, kept and shown.

One that may be left out and one that may not, each through every way in and to every reader.
"""

import json
from urllib.parse import parse_qs, urlparse

import pytest
from chalice.app import Request

from chalicelib.application.intake import FormReader
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.bootstrap import Container
from chalicelib.domain.errors import BadInputError
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.complaint_view import ComplaintView
from chalicelib.entrypoints.http.desk.reception_view import ReceptionView
from chalicelib.entrypoints.http.form_request import FormRequest
from chalicelib.entrypoints.http.resident_view import looked_at
from chalicelib.entrypoints.http.submit_complaint import answered
from chalicelib.fields import FIELDS, FormField, FormFields
from chalicelib.pages.complaint_form import FormPages
from desk.importing.mapping_reader import MappingError, read_mapping
from desk.importing.sheet import read_sheet
from desk.importing.taking_in import import_rows
from entrypoints.http.desk_office import WALK_IN
from importing.office import OFFICE_MAP, spreadsheet
from support.forms import a_form
from support.people import MANAGER

SPACE = FormField(
    "parking", "line", 20, section="reach", desk="who", shown="contact", correctable=True
)
LIFT = FormField(
    "lift",
    "choice",
    10,
    required=True,
    choices=("east", "west"),
    section="what",
    desk="what",
    shown="when_where",
)
WORDS = {
    "zh": {
        "label.parking": "停车位",
        "form.hint_parking": "例如：B2-17。",
        "recorded.parking": "车位：{parking}",
        "label.lift": "哪部电梯",
        "lift.east": "东梯",
        "lift.west": "西梯",
        "recorded.lift": "靠近：{lift}",
    },
    "en": {
        "label.parking": "Which parking space?",
        "form.hint_parking": "For example: B2-17.",
        "recorded.parking": "parking space {parking}",
        "label.lift": "Which lift?",
        "lift.east": "the east lift",
        "lift.west": "the west lift",
        "recorded.lift": "near {lift}",
    },
}
FORM = FormFields((*FIELDS.rows, SPACE, LIFT), WORDS)
NEW = {"parking": "B2-17 <b>", "lift": "west"}
SAID = ("车位：B2-17 &lt;b&gt;", "靠近：西梯")
"""What the record says of them."""
MAPPING = OFFICE_MAP.replace(
    "[fields]", '[fields]\nparking = { column = "地点" }\nlift = { value = "east" }'
)


@pytest.fixture
def container(cloud):
    """Give the product over a real table, with two fields more."""
    return Container(cloud.container.settings, fields=FORM)


def sent_to(container, form, **headers):
    """What answers a form."""
    event = {
        "headers": {"content-type": "application/x-www-form-urlencoded", **headers},
        "multiValueQueryStringParameters": None,
        "pathParameters": {},
        "requestContext": {"httpMethod": "POST", "resourcePath": "/complaints"},
        "stageVariables": {},
        "isBase64Encoded": False,
        "body": "",
    }
    return answered(FormRequest(Request(event), form, container))


def taken(container, **changes):
    """A complaint with both fields, sent as it was checked: its reference and code."""
    answer = sent_to(container, a_form(person=None, **NEW) | {"checked": "yes"} | changes)
    assert answer.status_code == 303, answer.body
    address = urlparse(answer.headers["Location"])
    return address.path.split("/")[-1], parse_qs(address.query)["code"][0]


def deliver(container, reference):
    """Its letters go out: the owner is named at the first event, and told at the next."""
    number = 1
    while number <= len(container.complaints.load(reference).records):
        container.notifier.post(ComplaintEvent(reference, number))
        number += 1


def visitor(container, **sent):
    """The manager, signed in, who reads Chinese."""
    directory = container.staff.directory()
    return Visitor(MANAGER, directory, "csrf", "zh", sent, {}, container)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_asks_for_them(container, language):
    """With label and hint, in their sections; the one that may be left out says so."""
    page = FormPages(language, container.policy, container.organisation, FORM).form()
    words = WORDS[language]
    assert f"{words['label.parking']} <span" in page
    assert f"{words['form.hint_parking']}</span>" in page
    assert f'<label for="lift">{words["label.lift"]}</label>' in page
    assert f'<option value="west">{words["lift.west"]}</option>' in page
    assert page.index('id="lift"') < page.index('id="request"') < page.index('id="parking"')


def test_the_check_page_shows_them(container):
    """Each under its label, in words, with its Change; and they are sent on."""
    answer = sent_to(container, a_form(**NEW))
    assert answer.status_code == 200
    assert "<dt>停车位</dt><dd>B2-17 &lt;b&gt;</dd>" in answer.body
    assert "<dt>哪部电梯</dt><dd>西梯</dd>" in answer.body
    assert 'name="lift" value="west"' in answer.body
    changed = sent_to(container, a_form(**NEW) | {"change": "parking"})
    assert 'value="B2-17 &lt;b&gt;"' in changed.body


def test_they_are_kept_with_the_personal_data(cloud, container):
    """The real table has both, in the contact item alone; and the export has them."""
    reference, _ = taken(container)
    assert NEW.items() <= container.complaints.load(reference).words.items()
    items = [one for one in cloud.items() if one["pk"]["S"] == f"C#{reference}"]
    assert [one["sk"]["S"] for one in items if "B2-17" in json.dumps(one, ensure_ascii=False)] == [
        "CONTACT"
    ]
    (exported,) = json.loads(json.dumps(container.personal_data.export([reference])))["complaints"]
    assert NEW.items() <= exported["words"].items()


def test_the_resident_and_the_staff_see_them(container):
    """The resident under the form's labels, the staff in the items of the record (6.1.1)."""
    reference, code = taken(container)
    page = looked_at(container, reference, code).page().body
    assert "<dt>停车位</dt><dd>B2-17 &lt;b&gt;</dd>" in page
    assert "<dt>哪部电梯</dt><dd>西梯</dd>" in page
    page = ComplaintView.of(visitor(container), reference).page().body
    assert all(text in page for text in SAID)


def test_the_alert_says_them(cloud, container):
    """The owner's letter has both, among the five items."""
    reference, _ = taken(container)
    deliver(container, reference)
    (alert,) = [
        one.get_body(("html",)).get_content()
        for one in cloud.mails()
        if one["To"] == MANAGER.email and reference in one["Subject"]
    ]
    for text in ("parking space B2-17 &lt;b&gt;", "near the west lift"):
        assert text in alert


def test_reception_asks_for_them_too(container):
    """On its form under their labels, and kept when it is saved."""
    page = ReceptionView.of(visitor(container)).page().body
    assert '<label for="parking">停车位' in page
    assert '<option value="west">西梯</option>' in page
    complaint = ReceptionView.of(visitor(container, **WALK_IN, **NEW)).take_in()
    words = container.complaints.load(complaint.reference).words
    assert NEW.items() <= words.items()


def test_an_import_sets_them(container):
    """A mapping may fill both; one that leaves out what is required is refused by name."""
    policy, organisation = container.policy, container.organisation
    mapping = read_mapping(MAPPING, policy, organisation, FORM)
    rows = read_sheet(spreadsheet({}), mapping)
    report = import_rows(container, mapping, rows)
    assert report.refused == ()
    reference = container.keys.import_reference("前台登记表", "1")
    words = container.complaints.load(reference).words
    assert (words["parking"], words["lift"]) == ("地下车库", "east")
    with pytest.raises(MappingError, match=r"fields\.lift: map_field_missing"):
        read_mapping(OFFICE_MAP, policy, organisation, FORM)
    with pytest.raises(MappingError, match=r"fields\.lift: map_unknown_field"):
        read_mapping(MAPPING, policy, organisation)


def test_what_is_required_may_not_be_missing(container):
    """Without it, or with what is not offered, the form comes back and names it."""
    answer = sent_to(container, a_form(**NEW | {"lift": " "}))
    assert answer.status_code == 422
    assert '<a href="#lift">' in answer.body
    assert "哪部电梯" in answer.body.partition('role="alert"')[2].partition("</ul>")[0]
    answer = sent_to(container, a_form(lift="north", language="en"), accept="application/json")
    assert answer.status_code == 422
    (error,) = json.loads(answer.body)["errors"]
    assert (error["field"], error["code"]) == ("lift", "unknown_choice")
    assert "Which lift?" in error["message"]


def test_its_limit_holds(container):
    """One character more is refused, and nothing is cut."""
    now = container.clock.now()
    reader = FormReader(container.policy, container.organisation, FORM)
    assert reader.read(a_form(**NEW) | {"parking": "水" * 20}, now).words["parking"] == "水" * 20
    with pytest.raises(BadInputError, match="parking: too_long"):
        reader.read(a_form(**NEW) | {"parking": "水" * 21}, now)


def test_a_correction_of_the_contact_changes_what_may_be_corrected(container):
    """The space is asked for, and from then on it is the new one; the lift is not."""
    reference, code = taken(container)
    verb = FORM.staff_verbs["correct-contact"]
    names = [one.name for one in verb.fields]
    assert "parking" in names
    assert "lift" not in names
    command = verb.asked(MANAGER.id, reason="业户来电", contact_by="", parking="B3-1")
    container.act_on_complaint.act(reference, command, by=MANAGER.id)
    assert container.complaints.load(reference).words["parking"] == "B3-1"
    page = looked_at(container, reference, code).page().body
    assert "<dt>停车位</dt><dd>B3-1</dd>" in page
    page = ComplaintView.of(visitor(container), reference).page().body
    assert '<span class="quiet">停车位</span>\nB3-1' in page
    (line,) = container.complaints.lines([reference])
    assert line.words["parking"] == "B3-1"


def test_nothing_else_is_kept_otherwise(container):
    """A form that leaves the new field out is read to the very same values as without it."""
    now = container.clock.now()
    policy, organisation = container.policy, container.organisation
    form = FormFields((*FIELDS.rows, SPACE), WORDS)
    with_it = FormReader(policy, organisation, form).read(a_form(), now)
    assert with_it == FormReader(policy, organisation).read(a_form(), now)
