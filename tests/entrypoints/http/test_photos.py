"""Photos over HTTP: leave for a script, the form for a browser, and what each page shows."""

import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest

import app
from chalicelib.application.ports.photo_store import Arrived
from chalicelib.domain.commands import Withdraw
from support.desk_web import Desk
from support.forms import a_form
from support.people import MANAGER, SUPERVISOR
from support.photographs import HTML, a_photo
from support.web import get, post_form, post_json


@pytest.fixture
def taken(cloud):  # noqa: ARG001 - the complaint stands in it
    return post_json(a_form(form_id="photos", person="")).json_body


@pytest.fixture
def path(taken):
    return f"/complaints/{taken['reference']}?code={taken['code']}"


def invite(taken, code=None, **headers):
    form = {"code": taken["code"] if code is None else code}
    return post_form(form, path=f"/complaints/{taken['reference']}/photos", **headers)


def arrive(cloud, taken, name, content):
    """A file arrives with a leave of its own, and the function is told; its key and tag."""
    upload = invite(taken, accept="application/json").json_body
    key = upload["fields"]["key"].replace("${filename}", name)
    store = cloud.container.photo_store
    store.client.put_object(Bucket=store.bucket, Key=key, Body=content)
    arrived: Arrived = store.arrived(key)
    app.photos({"detail": {"object": {"key": key}}}, None)
    return key, arrived.tag


def page(path):
    return get(path).body.decode()


def test_a_script_gets_leave_to_send_one_file(taken):
    """Where to, and the fields that go before the file; each time with a leave of its own."""
    answers = [invite(taken, accept="application/json") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    keys = {one.json_body["fields"]["key"] for one in answers}
    assert len(keys) == 2
    assert all(key.startswith(f"incoming/{taken['reference']}/") for key in keys)


def test_a_browser_is_led_to_the_page_with_its_form(taken, path):
    """There leave to send one stands in it."""
    answer = invite(taken)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}#photos")


def test_without_the_code_there_is_no_leave(taken):
    """As for an unknown complaint."""
    wrong = invite(taken, code="x")
    unknown = invite({**taken, "reference": "00000-00000"})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    swapped = wrong.body.decode().replace(taken["reference"], "00000-00000")
    assert swapped == unknown.body.decode()


def test_a_look_gives_no_leave(taken):
    """It is asked for with a form."""
    answer = get(f"/complaints/{taken['reference']}/photos")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"x" * 140_000, "application/x-www-form-urlencoded", 413),
        (b"code=x", "text/plain", 415),
        (b"{", "application/json", 400),
    ],
)
def test_what_cannot_be_read_gives_no_leave(taken, body, content_type, status):
    """As everywhere else."""
    from support.web import HTTP  # noqa: PLC0415 - for this one body

    address = f"/complaints/{taken['reference']}/photos"
    answer = HTTP.post(address, headers={"content-type": content_type}, body=body)
    assert answer.status_code == status


def test_after_the_end_the_refusal_is_said_in_the_resident_s_language(cloud, taken, path):
    """To a script as a problem; the page has no form any more."""
    act = cloud.container.act_on_complaint
    act.act(taken["reference"], Withdraw(SUPERVISOR.id, "不用了"), by=SUPERVISOR.id)
    answer = invite(taken, accept="application/json")
    assert answer.status_code == 409
    assert "已经结束" in answer.json_body["title"]
    assert 'id="photo-form"' not in page(path)


def test_the_page_lets_photos_in_and_out_and_nothing_else(path):
    """Storage is named in the policy where photos come from and go to; its script by its hash."""
    policy = get(path).headers["Content-Security-Policy"]
    origin = "https://complaint-desk-photos.s3.us-east-1.amazonaws.com"
    directives = dict(one.split(" ", 1) for one in policy.split("; "))
    assert directives["img-src"] == f"data: {origin}"
    assert directives["connect-src"] == f"'self' {origin}"
    assert directives["form-action"] == f"'self' {origin}"
    assert "unsafe" not in policy
    assert directives["default-src"] == "'none'"


def test_the_form_goes_to_storage_without_a_script(taken, path):
    """Its hidden fields come before the file, and it leads back to this page."""
    body = page(path)
    form = re.search(r'<form id="photo-form".*?</form>', body, re.DOTALL)[0]
    names = re.findall(r'name="([^"]+)"', form)
    assert names[-1] == "file"
    assert 'enctype="multipart/form-data"' in form
    assert 'accept="image/jpeg,image/png,image/webp"' in form
    assert f"{taken['reference']}?code={taken['code']}" in unescape(form)


def test_the_resident_sees_what_was_accepted_and_what_was_not(cloud, taken, path):
    """Photos as pictures with their names, other files by name with the sentence why."""
    arrive(cloud, taken, '天花板"><b>.jpg', a_photo())
    arrive(cloud, taken, "page.jpg", HTML)
    body = page(path)
    shown = body[body.index('id="photos-shown"') :]
    assert shown.count("<img ") == 1
    assert "<b>" not in shown
    assert "天花板&#34;&gt;&lt;b&gt;.jpg" in shown
    assert "“page.jpg”：这不是我们能打开的照片" in shown


def test_what_storage_has_just_taken_is_acknowledged_by_name(cloud, taken, path):
    """Until the record knows; afterwards the photo itself is there."""
    upload = invite(taken, accept="application/json").json_body
    key = upload["fields"]["key"].replace("${filename}", "<i>漏水.jpg")
    back = f"{path}&{urlencode({'bucket': 'b', 'key': key, 'etag': chr(34) + 'tag' + chr(34)})}"
    body = page(back)
    assert "“&lt;i&gt;漏水.jpg”我们已经收到" in body
    known_key, tag = arrive(cloud, taken, "漏水.jpg", a_photo())
    assert "我们已经收到" not in page(f"{path}&key={quote(known_key)}&etag={tag}")


@pytest.mark.parametrize("query", ["&key=x", "&etag=x", "&key=&etag=", "&key=x&key=y&etag=z"])
def test_a_made_up_return_says_nothing(path, query):
    """Only what is a file of this complaint's is spoken of."""
    answer = get(path + query)
    assert answer.status_code == 200
    assert 'class="preparing"' not in answer.body.decode()


def test_the_staff_see_the_photos_on_the_complaint_s_page(cloud, taken):
    """Small pictures that lead to the large copy, with number, name and date; refused ones too."""
    arrive(cloud, taken, "天花板.jpg", a_photo())
    arrive(cloud, taken, "page.jpg", HTML)
    answer = Desk(cloud).as_(MANAGER.id).get(f"/desk/complaints/{taken['reference']}")
    body = answer.body.decode()
    section = body[body.index('id="photos"') : body.index('id="household"')]
    (small,) = re.findall(r'<img src="([^"]+)"', section)
    (large,) = re.findall(r'<a href="([^"]+)"><img', section)
    assert "-small.jpg?" in small
    assert small.replace("-small.jpg", ".jpg").partition("?")[0] == large.partition("?")[0]
    for words in ("Photo 1", "天花板.jpg", "page.jpg", "We cannot open this as a photo"):
        assert words in section
    assert "Photo from the resident" in body
    assert "A file from the resident was not taken" in body
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src data: https://complaint-desk-photos.s3.us-east-1.amazonaws.com;" in policy


def test_a_desk_page_without_photos_lets_none_in(cloud, taken):
    """The policy is no wider than its page needs."""
    answer = Desk(cloud).as_(MANAGER.id).get(f"/desk/complaints/{taken['reference']}")
    assert "img-src data:;" in answer.headers["Content-Security-Policy"]
    assert "No photos." in answer.body.decode()


def test_the_function_says_in_its_log_what_came_of_a_file_and_not_how_it_is_called(
    cloud, taken, caplog
):
    """A file's name is the resident's own word."""
    with caplog.at_level("INFO"):
        arrive(cloud, taken, "secret-name.jpg", a_photo())
    assert "secret-name" not in caplog.text
