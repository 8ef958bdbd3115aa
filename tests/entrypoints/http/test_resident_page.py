"""The resident's page over HTTP: what stands on it, and what its buttons do."""

import json
import re

import pytest

from chalicelib import locales
from chalicelib.domain.commands import (
    Acknowledge,
    AwaitAnswer,
    CallForHelp,
    Close,
    GiveFeedback,
    HandOver,
    Judge,
    Note,
    RenewCode,
    Reopen,
    Reply,
    Update,
)
from chalicelib.domain.events import Messaged, NewEvent
from support.clouds import a_light_cloud
from support.forms import PERSONAL
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR
from support.resident import ResidentBrowser
from support.web import HTTP, JSON, get, post_form

AS_JSON = {"accept": JSON}
VERBS = ("message", "confirm", "dispute", "withdraw")
ZH = locales.catalogue("zh")


@pytest.fixture
def resident(cloud):
    return ResidentBrowser(cloud)


# ── What stands on it ────────────────────────────────────────────────────


def test_the_resident_reads_all_that_was_filled_in(cloud):
    """The resident's words and facts, under the form's own labels."""
    resident = ResidentBrowser(cloud, **PERSONAL, loss="1,200.50", times_raised="2")
    page = resident.page().replace("&#39;", "'")
    for word in PERSONAL.values():
        for line in word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split():
            assert line in page
    for fact in ("渗漏水", "工程部", "服务没有做到位或有差错", "1,200.50", "翠湖花园"):
        assert fact in page
    assert f"<dt>{ZH['label']['times_raised']}</dt><dd>2</dd>" in page


def test_what_was_judged_or_counted_since_is_not_what_the_resident_said(resident):
    """The department, the cause and the times are those that the resident gave."""
    before = said_on(resident.page())
    judged = {"cause": "facility", "about": "cleaning", "caused_by_us": False, "severity": "minor"}
    resident.staff(Judge(SUPERVISOR.id, "x", **judged, valid=True))
    resident.staff(Reply(SUPERVISOR.id, "x"))
    resident.press("dispute")
    assert resident.history.complaint.times_raised == 1
    assert said_on(resident.page()) == before


def said_on(page):
    """The part of the page with what the resident told us."""
    return page.split(f"<h2>{ZH['page']['said_title']}</h2>")[1].split("</dl>")[0]


def test_the_page_asks_how_satisfied_the_resident_is_where_it_asks_whether_it_is_solved(resident):
    """Three answers, none of them chosen beforehand; what was said stands in the story."""
    assert 'name="satisfaction"' not in resident.page()
    page = resident.replied().page()
    assert re.findall(r'name="satisfaction" value="(\w+)"( checked)?', page) == [
        ("satisfied", ""),
        ("mostly_satisfied", ""),
        ("dissatisfied", ""),
    ]
    answer = resident.press("confirm", {"satisfaction": "mostly_satisfied"})
    assert answer.status_code == 303
    assert "您说：问题解决了（基本满意）" in resident.page()
    assert 'name="satisfaction"' not in resident.page()


def test_what_is_no_answer_to_that_is_refused_with_nothing_lost(resident):
    """The question is named, and what was written stands there still."""
    answer = resident.replied().press("confirm", {"satisfaction": "very", "text": "谢谢你们"})
    assert answer.status_code == 422
    assert "您对这件事的处理满意吗？" in answer.body.decode()
    assert "谢谢你们" in answer.body.decode()
    assert "confirmed" not in resident.kinds


MARK = "内部标记"


@pytest.fixture(scope="module")
def marked():
    """Page and data, once the staff wrote everything that they may write for themselves."""
    with a_light_cloud() as cloud:
        resident = ResidentBrowser(cloud)
        resident.staff(
            Acknowledge(MANAGER.id),
            Note(RECEPTIONIST.id, MARK),
            Note(RECEPTIONIST.id, MARK, corrects="what"),
            CallForHelp(RECEPTIONIST.id, "property_manager", MARK),
            GiveFeedback(HEAD.id, MARK),
            Judge(SUPERVISOR.id, MARK, valid=True, severity="major", caused_by_us=True),
            HandOver(MANAGER.id, SUPERVISOR.id, MARK),
            Update(SUPERVISOR.id, "师傅已到现场。"),
            Reply(SUPERVISOR.id, "已更换。", done="已复查。", root_cause=MARK, lesson=MARK),
            RenewCode(SUPERVISOR.id, MARK),
            Close(SUPERVISOR.id, root_cause=MARK, remedy=MARK, lesson=MARK),
            Reopen(LEADER.id, MARK),
        )
        resident.code = cloud.container.keys.code(resident.reference, 2)
        resident.path = f"{resident.base}?code={resident.code}"
        return resident.page(), get(resident.path, **AS_JSON).json_body


def test_nothing_that_the_staff_write_for_themselves_is_on_it(marked):
    """No note, feedback, reason, root cause, lesson or severity, in the page or in the data."""
    page, value = marked
    for text in (page, json.dumps(value, ensure_ascii=False)):
        assert MARK not in text
        assert not re.search(
            r"major|重大投诉|重要投诉|5\.1\.|judged|escalated|noted|severity", text
        )


def test_what_the_resident_was_told_is_on_it_in_order(marked):
    """Accepted, told how things stand, answered: with names, roles and the words."""
    page, _ = marked
    story = page.split('<ol class="story">')[1].split("</ol>")[0]
    told = ("您提交了投诉", "已有专人受理", "师傅已到现场。", "已更换。", "已复查。", "投诉办结")
    places = [story.index(one) for one in told]
    assert places == sorted(places)
    assert "陈静（客服主任）" in story
    assert "陈静" in page.split('<ol class="story">')[0]


def test_a_program_reads_the_same_story(marked):
    """Kind, moment, by whom and what was said, and who has it now."""
    _, value = marked
    kinds = [one["kind"] for one in value["events"]]
    assert kinds == [
        *("received", "acknowledged", "updated", "replied", "code_renewed", "closed", "reopened")
    ]
    assert value["owner"] == {"role": "客服主任", "name": "陈静"}
    assert value["status"] == "reopened"
    assert value["events"][3]["said"] == ["已更换。", "已复查。"]
    assert all(one["at"].endswith("+08:00") for one in value["events"])


def test_a_receipt_is_announced_for_a_while_and_not_for_ever(cloud, resident):
    """Nobody is told for days that a letter is on its way."""
    assert ZH["page"]["mailed"] in resident.page()
    cloud.advance(hours=1)
    assert ZH["page"]["mailed"] not in resident.page()


def test_the_reply_stands_beside_the_question(resident):
    """It is read where the page asks whether it is solved."""
    page = resident.replied().page()
    assert page.index("阀门已更换。") < page.index(ZH["resident_actions"]["verdict_title"])


def test_a_question_stands_where_it_is_answered(resident):
    """Above the message, until it is answered; it stays in the story."""
    resident.staff(AwaitAnswer(MANAGER.id, "是 <左边> 的阀门吗？"))
    page = resident.page()
    asked = "<blockquote>是 &lt;左边&gt; 的阀门吗？</blockquote>"
    title = f"<h2>{ZH['page']['question_title']}</h2>"
    assert page.index(title) < page.index(asked) < page.index('id="message-text"')
    resident.press("message", {"text": "是左边的。"})
    assert title not in resident.page()
    assert "的阀门吗？" in resident.page()


# ── What its buttons do ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("verb", "form", "kind"),
    [
        ("message", {"text": "又漏了 <b>快</b>"}, "messaged"),
        ("confirm", {"text": "谢谢"}, "confirmed"),
        ("confirm", {}, "confirmed"),
        ("dispute", {"text": "没好"}, "disputed"),
        ("dispute", {}, "disputed"),
        ("withdraw", {"reason": "不用了"}, "withdrawn"),
        ("withdraw", {}, "withdrawn"),
    ],
)
def test_a_button_does_what_it_says_and_leads_back(resident, verb, form, kind):
    """303 to the page, which says that it was done; and the words are in the story."""
    resident.replied()
    answer = resident.press(verb, form)
    assert answer.status_code == 303
    location = answer.headers["Location"]
    assert location == f"{resident.path}&done={verb}#done"
    assert resident.history.records[-1].by == "resident"
    assert kind in resident.kinds
    page = get(location.partition("#")[0]).body.decode()
    done = ZH["resident_done"][verb]
    assert f'<p class="notice" id="done" role="status" tabindex="-1">{done}' in page
    for text in form.values():
        assert text.replace("<", "&lt;").replace(">", "&gt;") in page


def test_nothing_is_said_to_be_done_that_was_not(resident):
    """Whatever stands in the address."""
    for done in ("nothing", "message", "<script>", ""):
        assert 'id="done"' not in resident.page(f"&done={done}")


def test_it_shows_the_buttons_that_would_do_something(resident):
    """A verdict once there is a reply; after the end, what is left."""

    def offered():
        page = resident.page()
        return {verb for verb in VERBS if f'action="{resident.base}/{verb}"' in page}

    assert offered() == {"message", "withdraw"}
    resident.replied()
    assert offered() == set(VERBS)
    resident.press("withdraw")
    assert offered() == set()


def test_not_solved_opens_it_again_and_tells_owner_and_supervisor(cloud, resident):
    """It counts as raised again, and both hear of it."""
    resident.replied()
    cloud.deliver()
    before = len(cloud.mails())
    resident.press("dispute", {"text": "没好"})
    cloud.deliver()
    assert resident.history.complaint.times_raised == 1
    told = {one["To"] for one in cloud.mails()[before:]}
    assert {MANAGER.email, SUPERVISOR.email, resident.email} <= told


def test_a_program_is_answered_in_json(resident):
    """How things stand after it, and what was done."""
    answer = resident.press("message", {"text": "x"}, **AS_JSON)
    assert answer.status_code == 200
    assert answer.json_body["done"] == "message"
    assert answer.json_body["status"] == "received"
    body = json.dumps({"text": "y", "code": resident.code}).encode()
    answer = HTTP.post(f"{resident.base}/message", headers={"content-type": JSON}, body=body)
    assert answer.status_code == 200
    path = f"{resident.base}/message?code={resident.code}"
    answer = HTTP.post(path, headers={"content-type": JSON}, body=b'{"text": "z"}')
    assert answer.status_code == 200
    assert resident.history.complaint.messages == 3


# ── What is not taken ────────────────────────────────────────────────────


def test_a_blank_message_comes_back_with_what_is_wrong(resident):
    """Title prefixed, summary first, the link leads to the field, which says it too."""
    answer = resident.press("message", {"text": " "})
    page = answer.body.decode()
    assert answer.status_code == 422
    assert f"<title>{ZH['form']['error_prefix']}" in page
    assert 'role="alert"' in page
    assert '<a href="#message-text">“您的留言”还没有填。</a>' in page
    assert 'id="message-text-error"' in page
    assert re.search(r'id="message-text"[^>]*aria-invalid="true"', page)
    assert "messaged" not in resident.kinds


@pytest.mark.parametrize(
    ("verb", "name"),
    [("message", "text"), ("confirm", "text"), ("dispute", "text"), ("withdraw", "reason")],
)
def test_what_is_too_long_is_kept_to_be_shortened(resident, verb, name):
    """Every character comes back, in the field it was typed in, and nothing was done."""
    resident.replied()
    before = resident.kinds
    typed = "长" * 2001
    answer = resident.press(verb, {name: typed})
    page = answer.body.decode()
    assert answer.status_code == 422
    assert f">\n{typed}</textarea>" in page
    assert page.count(typed) == 1
    assert resident.kinds == before
    if verb == "withdraw":
        assert '<details class="apart" open>' in page
    problem = resident.press(verb, {name: typed}, **AS_JSON)
    assert problem.status_code == 422
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.json_body["errors"][0]["code"] == "too_long"


def test_what_is_refused_is_said_and_kept_to_be_copied(resident):
    """A verdict on no reply: a sentence for the resident, and what they wrote."""
    answer = resident.press("confirm", {"text": "谢谢 <您>"})
    page = answer.body.decode()
    assert answer.status_code == 409
    assert ZH["resident_refused"]["not_replied"] in page
    assert "谢谢 &lt;您&gt;" in page
    problem = resident.press("confirm", **AS_JSON)
    assert (problem.status_code, problem.json_body["title"]) == (
        409,
        ZH["resident_refused"]["not_replied"],
    )


def test_after_the_end_it_is_said_that_it_has_ended(resident):
    """Withdrawn: with its status in words, and whom to call."""
    resident.press("withdraw")
    for verb in ("message", "confirm", "dispute"):
        answer = resident.press(verb, {"text": "x"})
        assert answer.status_code == 409
        assert "这件投诉已经结束（已撤回）" in answer.body.decode()


def test_thirty_messages_are_as_many_as_it_takes(resident):
    """The next is refused with the number, and whom to call."""
    before, messages = resident.history, [NewEvent(Messaged(), {"text": "x"})] * 30
    after = before.extended(messages, before.records[-1].at, "resident")
    resident.cloud.container.complaints.save(before, after, None)
    answer = resident.press("message", {"text": "One more."})
    assert answer.status_code == 409
    assert "已有 30 条" in answer.body.decode()
    assert "One more." in answer.body.decode()
    assert f'action="{resident.base}/message"' not in resident.page()


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"text=x", 415),
        (JSON, b"{", 400),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 140_000, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_as_elsewhere(resident, content_type, body, status):
    """415, 400 and 413, and nothing is done."""
    before = resident.kinds
    for verb in VERBS:
        headers = {"content-type": content_type}
        answer = HTTP.post(f"{resident.base}/{verb}", headers=headers, body=body)
        assert answer.status_code == status
    assert resident.kinds == before


def test_a_look_at_a_button_does_nothing_and_leads_on(resident):
    """A mail scanner follows links: 405, and the way to the page."""
    before = resident.kinds
    for verb in VERBS:
        answer = get(f"{resident.base}/{verb}?code={resident.code}")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "POST"
        assert f'value="{resident.reference}"' in answer.body.decode()
        assert resident.code not in answer.body.decode()
        assert get(f"{resident.base}/{verb}", **AS_JSON).status_code == 405
    assert resident.kinds == before


def test_without_the_code_every_button_is_the_same_page(resident):
    """A wrong code and an unknown reference: status, headers and body are equal."""
    found = set()
    for verb in (*VERBS, "nothing"):
        for reference in (resident.reference, "00000-00000"):
            for text in ("x", "", "x" * 3000):
                path = f"/complaints/{reference}/{verb}"
                form = {"code": "0000-0000-0000-0000", "text": text}
                answer = post_form(form, path)
                body = answer.body.decode().replace(reference, "")
                found.add((answer.status_code, body, str(sorted(answer.headers.items()))))
    assert len(found) == 1
    assert resident.kinds == ["received", "owner_assigned"]


def test_a_button_that_does_not_exist_is_not_found(resident):
    """With the right code too."""
    assert resident.press("erase").status_code == 404
    assert get(f"{resident.base}/erase").status_code == 404


def test_an_english_resident_reads_english(cloud):
    """Page, refusals and what was done are in the language of the form."""
    resident = ResidentBrowser(cloud, language="en")
    english = locales.catalogue("en")
    assert english["page"]["received_title"] in resident.page()
    answer = resident.press("confirm", {"language": "zh"})
    assert english["resident_refused"]["not_replied"].replace("’", "&#39;") in answer.body.decode()
