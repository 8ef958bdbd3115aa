"""What happens when a resident sends the form: the page, the receipt, the alerts."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from chalicelib import locales
from offline.running import REFERENCE, SHANGHAI, until

STAFF_LANGUAGE = {"manager.maple@anhe.example": "en", "supervisor.maple@anhe.example": "en"}
ITEMS = (
    *("place", "person", "description", "request"),
    *("name", "phone", "email", "contact_time", "building", "unit"),
)
"""What stands in the five items of a record (6.1.1)."""
EXAMPLE = "7K3MQ-9TX4B"
"""How a reference looks, as the form says it."""
UNSURE = {"cause": "unsure"}
MAPLE = {"community": "maple-court"}
MINOR = ("轻微投诉", "minor complaint")
IMPORTANT = ("重要投诉", "important complaint")
MAJOR = ("重大投诉", "major complaint")
UNDECIDED = ("待客服主任判定", "awaiting the supervisor's judgement")


@dataclass(frozen=True)
class Case:
    """A complaint, whom the policy tells of it, the clauses that are met, and the severity."""

    form: Mapping[str, str]
    told: str
    clauses: str
    severity: tuple[str, str]


CASES = {
    "minor": Case({"cause": "facility"}, "supervisor.jade engineering", "5.3.1", MINOR),
    "important": Case(
        {"cause": "service", "about": "cleaning"},
        "manager.jade supervisor.jade cleaning",
        "5.2.1",
        IMPORTANT,
    ),
    "a promise not kept, raised once before": Case(
        {"cause": "promise", "times_raised": "1"},
        "manager.jade supervisor.jade engineering",
        "5.2.1",
        IMPORTANT,
    ),
    "a promise not kept, raised twice before": Case(
        {"cause": "promise", "times_raised": "2", **MAPLE},
        "manager.maple supervisor.maple leadership engineering",
        "5.1.1 5.2.1",
        MAJOR,
    ),
    "an injury": Case(
        {**UNSURE, "hurt": "yes", "about": "security"},
        "manager.jade supervisor.jade leadership security",
        "5.1.2",
        MAJOR,
    ),
    "a loss of 4,999.99": Case(
        {"cause": "service", "loss": "4,999.99"},
        "manager.jade supervisor.jade engineering",
        "5.2.1",
        IMPORTANT,
    ),
    "a loss of 5,000": Case(
        {**UNSURE, "loss": "5,000", "about": "finance", **MAPLE},
        "manager.maple supervisor.maple leadership finance",
        "5.1.2",
        MAJOR,
    ),
    "undecided": Case(
        {**UNSURE, "about": "landscaping", **MAPLE},
        "manager.maple supervisor.maple landscaping",
        "",
        UNDECIDED,
    ),
    "minor, department unsure": Case(
        {"cause": "facility", "about": "unsure"}, "supervisor.jade", "5.3.1", MINOR
    ),
    "undecided, department unsure": Case(
        {**UNSURE, "about": "unsure"}, "manager.jade supervisor.jade", "", UNDECIDED
    ),
}


def words_of(page):
    """The words of an HTML letter, one line a block."""
    text = re.sub(r"<(?:style|title).*?</(?:style|title)>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", text))


@cache
def anchors(running, page):
    """The ids that stand on a page of the running site."""
    answer = running.get(page)
    assert answer.status == 200, page
    return set(re.findall(r'\bid="([^"]+)"', answer.body))


def check_alert(running, alert, form, taken, case):
    """One alert has all that it must, in its text and in its HTML."""
    language = STAFF_LANGUAGE.get(alert["to"], "zh")
    severity = case.severity[language == "en"].casefold()
    link = f"{running.address}/desk/complaints/{taken.reference}"
    items = "\n".join(form[name] for name in ITEMS).splitlines()
    dates = [locales.moment(at, SHANGHAI, language) for at in running.promises(taken).values()]
    for words in (alert["text"], words_of(alert["html"])):
        assert [one for one in (*items, *dates, taken.reference) if one not in words] == []
        assert severity in words.casefold()
        assert set(re.findall(r"\b5\.\d\.\d\b", words)) == {*case.clauses.split(), "5.1.3"}
    assert severity in alert["subject"].casefold()
    assert link in alert["text"]
    assert f'href="{link}"' in alert["html"]
    assert "<script>" not in alert["html"]
    check_handbook_links(running, alert, case.clauses.split(), language)


def check_handbook_links(running, alert, clauses, language):
    """Every clause cited is linked to its place in the handbook of the reader's language."""
    home = "/en/" if language == "en" else "/"
    found = set(re.findall(r"(http://[^\s\"<]+)#(c-[\d-]+)", alert["text"]))
    assert {anchor for _, anchor in found} == {f"c-{one.replace('.', '-')}" for one in clauses}
    for page, anchor in found:
        assert page == f"{running.address}{home}policy/clauses/"
        assert f'href="{page}#{anchor}"' in alert["html"]
        assert anchor in anchors(running, page.removeprefix(running.address))


@pytest.mark.parametrize("name", CASES)
def test_alerts_reach_exactly_those_whom_the_policy_names(running, name):
    """Each severity tells its own people, with items, severity, clauses, promises and a link."""
    case = CASES[name]
    form = running.complaint(**case.form)
    taken = running.send(form)
    told = {f"{one}@anhe.example" for one in case.told.split()}
    running.letters_about(taken.reference, count=len(told) + 1)
    running.settle()
    letters = running.letters_about(taken.reference)
    assert sorted(letter["to"] for letter in letters) == sorted({*told, form["email"]})
    for alert in letters:
        if alert["to"] != form["email"]:
            check_alert(running, alert, form, taken, case)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_browser_is_led_to_a_page_that_says_what_happens_next_and_by_when(running, language):
    """The page has reference, code, next steps with their times, and what was said."""
    form = running.complaint(language=language, cause="facility")
    taken = running.send(form)
    assert re.fullmatch(rf"/complaints/{taken.reference}\?code=\S+", taken.path)
    page = running.get(taken.path)
    assert page.status == 200
    words = words_of(page.body)
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page.body
    assert taken.reference in words
    assert locales.say(language, "page.next_title") in words
    for at in running.promises(taken).values():
        assert locales.moment(at, SHANGHAI, language) in words
    assert form["place"] in words
    assert "<script>alert(" in form["description"]
    assert "<script>alert(" not in page.body


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_receipt_reaches_the_resident_in_their_language(running, language):
    """Within seconds the receipt says reference, code, promises, and a link that opens the page."""
    address = f"receipt-{language}@resident.example"
    taken = running.submit(language=language, email=address, cause="promise", times_raised="2")
    until(lambda: address in [letter["to"] for letter in running.letters()])
    receipt = next(letter for letter in running.letters() if letter["to"] == address)
    subject = {"zh": "已收到您的投诉", "en": "We have your complaint"}[language]
    assert receipt["subject"].startswith(f"{subject} {taken.reference}")
    for words in (receipt["text"], words_of(receipt["html"])):
        assert taken.reference in words
        for at in running.promises(taken).values():
            assert locales.moment(at, SHANGHAI, language) in words
    assert f"{running.address}{taken.path}" in receipt["text"]
    assert running.get(taken.path).status == 200


def test_without_email_the_alerts_go_out_and_no_receipt(running):
    """A resident who gave a telephone alone gets no letter; the staff get theirs."""
    taken = running.submit(email=None, cause="facility")
    running.settle()
    letters = running.letters_about(taken.reference)
    assert {one["to"] for one in letters} == {
        "supervisor.jade@anhe.example",
        "engineering@anhe.example",
    }


def test_a_major_complaint_is_acknowledged_within_two_hours_of_now(running):
    """The promise of a major complaint counts from receipt, at any time of day."""
    before = running.now()
    taken = running.submit(hurt="yes")
    promised = running.promises(taken)["acknowledge_by"]
    assert timedelta(0) <= promised - before - timedelta(hours=2) <= timedelta(minutes=2)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "登录投诉受理台"), ("en", "Sign in to the Complaint Desk")]
)
def test_the_link_in_an_alert_leads_through_the_sign_in(running, language, words):
    """It asks who reads, in their language, leads back, and shows nothing of the complaint."""
    form = running.complaint(cause="facility")
    taken = running.send(form)
    running.settle()
    alert = next(
        one for one in running.letters_about(taken.reference) if one["to"] != form["email"]
    )
    link = re.search(rf"{running.address}(/desk/\S+)", alert["text"])
    led = running.get(link[1], accept_language=language)
    assert led.status == 303
    assert led.headers["Location"].startswith("/desk/sign-in?next=%2Fdesk%2Fcomplaints%2F")
    answer = running.get(led.headers["Location"], accept_language=language)
    assert answer.status == 200
    assert words in answer.body
    assert link[1] in answer.body, "the reader is led back after signing in"
    assert form["name"] not in answer.body


def test_the_mailbox_is_oldest_first_and_plain(running):
    """Each letter is to, subject, text, html and at: one bare address, a time with its offset."""
    running.submit(cause="facility")
    running.settle()
    letters = running.letters()
    times = [datetime.fromisoformat(letter["at"]) for letter in letters]
    assert times == sorted(times)
    assert all(at.utcoffset() is not None for at in times)
    for letter in letters:
        assert set(letter) == {"to", "subject", "text", "html", "at"}
        assert re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", letter["to"])
        assert all(isinstance(value, str) and value for value in letter.values())
    assert times[-1] <= running.now().astimezone(UTC)


def test_a_letter_has_a_page_of_its_own(running):
    """The mailbox shows the newest first, for everybody or for one recipient, and opens each."""
    taken = running.submit(cause="facility")
    running.settle()
    page = running.get("/local/mailbox?to=supervisor.jade@anhe.example&lang=en").body
    shown = re.findall(r'href="(/local/mailbox/\d+)\?lang=en">([^<]+)', page)
    assert taken.reference in shown[0][1]
    assert taken.reference in running.get(shown[0][0]).body
    assert taken.reference in running.get(f"{shown[0][0]}/html").body
    assert running.get("/local/mailbox/99999").status == 404


def test_sent_again_it_is_the_same_complaint_and_no_letter_more(running):
    """The same form, sent again with its id, gives the same page; no letter goes out twice."""
    form = running.complaint(form_id="sent-twice", cause="facility")
    first, second = running.send(form), running.send(form)
    assert second == first
    running.settle()
    assert len(running.letters_about(first.reference)) == 3


def test_letters_go_on_after_a_form_was_sent_again(running):
    """What is sent after a form that came twice still reaches everybody."""
    again = running.complaint(form_id="twice-and-then-another", cause="facility")
    for _ in range(2):
        running.send(again)
    third = running.submit(cause="facility")
    assert len(running.letters_about(third.reference, count=3)) == 3


def test_other_content_under_the_same_form_id_is_refused(running):
    """A form's id with other content is answered 409, with all that was typed and a new id."""
    form = running.complaint(form_id="sent-with-other-content", cause="facility")
    taken = running.send(form)
    other = {**form, "request": "另一件事，请处理。", "checked": "yes"}
    answer = running.post("/complaints", other)
    assert answer.status == 409
    assert "另一件事，请处理。" in answer.body
    assert taken.reference not in answer.body
    assert "sent-with-other-content" not in answer.body
    assert set(REFERENCE.findall(answer.body)) <= {EXAMPLE}
