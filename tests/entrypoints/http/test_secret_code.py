"""The code: in no log, in no link that leaves the page, and of no use once it was replaced."""

import re

import pytest

import app
from chalicelib.domain.commands import RenewCode
from support.clouds import failing
from support.forms import a_form
from support.people import MANAGER, SUPERVISOR
from support.resident import ResidentBrowser
from support.web import HTTP, JSON, get, post_form, post_json

WRONG = "0MRK-0MRK-0MRK-0MRK"
VERBS = ("message", "confirm", "dispute", "withdraw", "photos", "nothing")


@pytest.fixture
def resident(cloud):
    return ResidentBrowser(cloud)


def spellings(code):
    """A code as it might stand in a log: with and without its hyphens, and as it is escaped."""
    return {code, code.replace("-", ""), code.lower(), code.replace("-", "%2D")}


def ask_everything(resident, code):
    """Every residents' address with this code, as a browser and as a program, sound and not."""
    as_json = {"accept": JSON}
    for more in ({}, as_json):
        get(f"{resident.base}?code={code}", **more)
        get(f"{resident.base}?code={code}&done=message&key=a&etag=b", **more)
        for path in ("/complaints/find", "/complaints/lost-code"):
            get(f"{path}?code={code}", **more)
            post_form({"reference": resident.reference, "code": code}, path, **more)
        for verb in VERBS:
            path = f"{resident.base}/{verb}"
            get(f"{path}?code={code}", **more)
            for text in ("x", "", "x" * 3000, "\x00"):
                post_form({"code": code, "text": text}, path, **more)
            body = f'{{"code": "{code}", "text": 1}}'.encode()
            HTTP.post(path, headers={"content-type": JSON}, body=body)
            HTTP.post(path, headers={"content-type": "text/plain"}, body=body)


@pytest.mark.parametrize("right", [True, False])
def test_no_log_ever_holds_a_code(cloud, resident, caplog, right):
    """Right or wrong, taken, refused or unreadable; when the table fails, and when we do."""
    caplog.set_level(0)
    code = resident.code if right else WRONG
    ask_everything(resident, code)
    cloud.deliver()
    with failing(cloud.dynamodb):
        ask_everything(resident, code)
    with failing(cloud.dynamodb, bug=RuntimeError("A bug.")):
        ask_everything(resident, code)
    said = "\n".join(f"{one.getMessage()} {one.exc_text} {one.args}" for one in caplog.records)
    if right:
        assert "A resident could not be answered." in said
        assert "Caught exception for path" in said
    for spelled in spellings(code):
        assert spelled not in said


def test_no_answer_to_a_wrong_code_repeats_it(resident):
    """What somebody tried stands in no page that another may see over their shoulder."""
    for path in (resident.base, f"{resident.base}/message"):
        assert WRONG not in get(f"{path}?code={WRONG}").body.decode()
    answer = post_form({"code": WRONG, "text": "x"}, f"{resident.base}/message")
    assert WRONG not in answer.body.decode()


def links(page):
    """Where the page leads, its forms to itself aside."""
    return re.findall(r'<a [^>]*href="([^"]*)"', page)


def test_no_link_carries_the_code_away(resident):
    """Whatever is followed from the page, the address says nothing of the code."""
    pages = (
        resident.page(),
        resident.replied().page(),
        resident.press("message").body.decode(),
    )
    for page in pages:
        assert links(page)
        for link in links(page):
            assert resident.code not in link
    headers = get(resident.path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_a_renewed_code_closes_the_old_link(cloud, resident):
    """The old one is as wrong as any; the new one is on the page and in the letter."""
    old = resident.code
    resident.staff(RenewCode(SUPERVISOR.id, "x"))
    cloud.deliver()
    assert get(resident.path).status_code == 404
    unknown = get(f"/complaints/00000-00000?code={old}").body.decode()
    mine = get(resident.path).body.decode()
    assert mine.replace(resident.reference, "") == unknown.replace("00000-00000", "")
    resident.code = cloud.container.keys.code(resident.reference, 2)
    assert get(f"{resident.base}?code={resident.code}").status_code == 200
    letter = next(one for one in reversed(cloud.mails()) if one["To"] == resident.email)
    text = letter.get_body().get_content()
    assert resident.code in text
    assert old not in text


def test_the_same_form_again_after_a_renewal_gives_the_code_that_opens(cloud):
    """Whoever sends the very form again gets the code of now, and no dead link."""
    form = a_form(form_id="the-form")
    told = post_json(form).json_body
    cloud.container.act_on_complaint.act(
        told["reference"], RenewCode(MANAGER.id, "x"), by=MANAGER.id
    )
    again = post_json(form).json_body
    assert again["code"] != told["code"]
    assert get(f"/complaints/{told['reference']}?code={again['code']}").status_code == 200


def test_a_code_opens_its_own_complaint_alone(cloud, resident):
    """With the code of one, the other is not found."""
    other = ResidentBrowser(cloud)
    assert get(f"{other.base}?code={resident.code}").status_code == 404


def test_what_nobody_foresaw_is_a_plain_failure(cloud, resident):
    """An error of ours answers 500, without a trace, and without the code."""
    with failing(cloud.dynamodb, bug=RuntimeError("A bug.")):
        answer = get(resident.path)
    assert answer.status_code == 500
    assert resident.code not in answer.body.decode()
    assert app.app.debug is False


def test_the_resident_s_word_survives_a_failing_table(cloud, resident):
    """503, with what was written in a form that sends it once more."""
    resident.replied()
    with failing(cloud.dynamodb, "TransactWriteItems"):
        answer = resident.press("dispute", {"text": "又漏了 <b>"})
        problem = resident.press("dispute", {"text": "x"}, accept=JSON)
    page = answer.body.decode()
    assert answer.status_code == problem.status_code == 503
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert "又漏了 &lt;b&gt;</textarea>" in page
    assert f'action="{resident.base}/dispute"' in page
    assert "disputed" not in resident.kinds
    form = {"code": resident.code, "text": "又漏了 <b>"}
    assert post_form(form, f"{resident.base}/dispute").status_code == 303
