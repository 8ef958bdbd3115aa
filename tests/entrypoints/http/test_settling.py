"""Settling at once at the desk and by `desk act`: offered to who may, prefilled, all or nothing."""

import re

import pytest
from click.testing import CliRunner

from desk.act import act
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support.clouds import a_light_cloud, requests_of
from support.people import HEAD, MANAGER, RECEPTIONIST, SUPERVISOR

FORM = {
    "valid": "yes",
    "severity": "minor",
    "reason": "到现场看过。",
    "text": "楼道灯泡坏了。",
    "done": "当场换了新的。",
    "told_by": "visit",
    "root_cause": "没有人定期检查楼道照明。",
}
THREE = ["judged", "replied", "closed"]


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture
def reference(office):
    """A minor complaint, the supervisor's."""
    return office.complaint(cause="facility", language="zh")


def form_on(page):
    """The settling form as it stands on a page; blank where it does not."""
    found = re.search(r'<form method="post" action="[^"]*/settle".*?</form>', page, re.DOTALL)
    return found[0] if found else ""


def kinds(office, reference):
    """The last three things on the record."""
    return [one.kind for one in office.history(reference).records[-3:]]


def test_its_form_stands_on_the_page_with_what_the_facts_make_of_it(office, reference):
    """Valid, minor and the cause are chosen already; e-mail is no way of having told it."""
    form = form_on(office.page(SUPERVISOR, f"/desk/complaints/{reference}"))
    assert re.search(r'name="valid" value="yes" checked', form)
    assert re.search(r'name="severity" value="minor" checked', form)
    assert re.search(r'name="cause" value="facility" checked', form)
    assert 'value="visit"' in form
    assert 'name="told_by" value="email"' not in form


@pytest.mark.parametrize("person", [HEAD, MANAGER, RECEPTIONIST])
def test_who_may_not_do_all_three_is_not_offered_it(office, reference, person):
    """Only its owner may, and a head judges nothing."""
    assert not form_on(office.page(person, f"/desk/complaints/{reference}"))
    assert office.act(person, reference, "settle", **FORM).status_code in {404, 409}
    assert office.history(reference).complaint.status == "received"


def test_a_graver_one_has_no_such_form(office):
    """An important complaint is judged, replied to and closed one by one."""
    reference = office.complaint(cause="service")
    assert not form_on(office.page(MANAGER, f"/desk/complaints/{reference}"))


def test_an_undecided_one_has_it_with_nothing_chosen(office):
    """The cause or the severity is for a person to say."""
    reference = office.complaint(cause="unsure")
    form = form_on(office.page(SUPERVISOR, f"/desk/complaints/{reference}"))
    assert re.search(r'name="severity" value="" checked', form)
    lacking = {name: text for name, text in FORM.items() if name != "severity"}
    answer = office.act(SUPERVISOR, reference, "settle", **lacking)
    assert answer.status_code == 409
    assert "轻重程度" in answer.body.decode()
    assert office.act(SUPERVISOR, reference, "settle", **FORM).status_code == 303


def test_one_form_does_all_three_in_one_transaction(office, reference):
    """Shown with its letter first; then one write, and the resident gets the letter of the end."""
    path = f"/desk/complaints/{reference}/settle"
    form = FORM | {"version": office.version(reference)}
    shown = office.as_(SUPERVISOR).post(path, form)
    assert (shown.status_code, kinds(office, reference)[-1]) == (200, "owner_assigned")
    with requests_of(office.cloud.dynamodb) as sent:
        answer = office.as_(SUPERVISOR).post(path, form | {"checked": "yes"})
    assert answer.status_code == 303
    assert sent.count("TransactWriteItems") == 1
    assert kinds(office, reference) == THREE
    page = office.page(SUPERVISOR, answer.headers["Location"])
    assert "已当场办结" in page
    assert not form_on(page)


@pytest.mark.parametrize("name", ["valid", "reason", "text", "done", "told_by", "root_cause"])
def test_each_field_that_the_policy_asks_is_asked(office, reference, name):
    """Left blank, it is named, and nothing of the three is done."""
    answer = office.act(SUPERVISOR, reference, "settle", **(FORM | {name: ""}))
    assert answer.status_code == 422
    assert f'href="#settle-{name}"' in answer.body.decode()
    assert office.history(reference).complaint.status == "received"


def test_an_invalid_one_needs_no_root_cause(office, reference):
    """It is explained, and ends so."""
    form = FORM | {"valid": "no", "root_cause": ""}
    assert office.act(SUPERVISOR, reference, "settle", **form).status_code == 303
    assert office.history(reference).complaint.status == "invalid"


def test_desk_act_settles_as_the_page_does(office, reference):
    """Every field is an option; what the policy asks is asked there, too."""
    words = [reference, "settle", "--by", SUPERVISOR.id, "--language", "en", "--valid"]
    for name in ("reason", "text", "done", "told_by"):
        words += [f"--{name.replace('_', '-')}", FORM[name]]
    refused = CliRunner().invoke(act, words, obj=office.container)
    assert refused.exit_code == 1
    assert "the root cause" in refused.stderr
    words += ["--root-cause", FORM["root_cause"]]
    result = CliRunner().invoke(act, words, obj=office.container)
    assert "Status: closed" in result.stdout, result.stderr
    assert kinds(office, reference) == THREE


def test_a_reply_by_letter_closes_it_when_it_is_ticked(office):
    """The choice stands in the reply's form, open until the letter has arrived, closed then."""
    reference = office.complaint()
    office.act(SUPERVISOR, reference, "judge", valid="yes", reason="看过了")
    page = office.page(MANAGER, f"/desk/complaints/{reference}")
    assert re.search(r'name="close_when_sent" value="no" checked', page)
    form = {"text": "阀门老化。", "done": "已更换。", "told_by": "email", "close_when_sent": "yes"}
    lacking = office.act(MANAGER, reference, "reply", **form)
    assert lacking.status_code == 409
    assert "根本原因" in lacking.body.decode()
    path = f"/desk/complaints/{reference}/reply"
    checked = {"checked": "yes", "root_cause": "没有定期更换。", **form}
    assert office.as_(MANAGER).post(path, checked).status_code == 303
    assert office.history(reference).records[-1].kind == "replied"
    page = office.page(MANAGER, f"/desk/complaints/{reference}")
    assert "信送到后办结" in page[page.index('class="history"') :]
    office.deliver()
    assert office.history(reference).complaint.status == "closed"
