"""Photos offline, over real HTTP: sent as a browser sends them, taken, shown and erased."""

import re
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest

from chalicelib.domain.photos import MOST_BYTES
from offline.running import Answer, until
from support.photographs import SVG, a_photo, from_a_camera, opened

BOUNDARY = "a-made-up-boundary"


@dataclass(frozen=True)
class Leave:
    """Where a file may be sent, and the fields that go before it."""

    url: str
    fields: dict

    def send(self, name, content, origin="", **changes):
        """Send a file as a browser's form does."""
        body = b"".join(part(field, value) for field, value in (self.fields | changes).items())
        body += part("file", content, f'; filename="{name}"') + f"--{BOUNDARY}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return ask("POST", self.url, body, **headers | ({"Origin": origin} if origin else {}))


def part(name, value, more=""):
    content = value if isinstance(value, bytes) else value.encode()
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def ask(method, url, body=b"", **headers):
    """One request to storage."""
    place = urlsplit(url)
    connection = HTTPConnection(place.netloc, timeout=240)
    target = place.path + (f"?{place.query}" if place.query else "")
    connection.request(method, target, body, headers)
    response = connection.getresponse()
    text = response.read().decode("latin-1")
    connection.close()
    named = {name.title(): value for name, value in response.headers.items()}
    return Answer(response.status, named, text)


@pytest.fixture
def taken(running):
    return running.submit()


def form_of(running, path):
    """The form on the resident's page."""
    body = running.get(path).body
    form = re.search(r'<form id="photo-form".*?</form>', body, re.DOTALL)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    action = re.search(r' action="([^"]*)"', form)[1]
    return Leave(unescape(action), {unescape(name): unescape(value) for name, value in pairs})


def asked_for(running, taken):
    """Leave as the script asks for it."""
    code = taken.path.partition("code=")[2]
    path = f"/complaints/{taken.reference}/photos"
    answer = running.post(path, {"code": code}, accept="application/json")
    return Leave(answer.value["url"], answer.value["fields"])


def photos_on(running, path):
    """The addresses of the small pictures on the resident's page."""
    return [unescape(one) for one in re.findall(r'<img src="([^"]+)"', running.get(path).body)]


def test_a_photo_is_sent_with_the_page_s_own_form(running, taken):
    """S3 takes it and leads back; the page says so by name; then the photo is there."""
    answer = form_of(running, taken.path).send("天花板 漏水.jpg", from_a_camera())
    assert answer.status == 303
    back = answer.headers["Location"].removeprefix(running.address)
    assert back.startswith(f"{taken.path}&bucket=")
    assert "天花板 漏水.jpg" in running.get(back).body
    until(lambda: photos_on(running, taken.path))
    assert 'class="preparing"' not in running.get(back).body
    shown = ask("GET", photos_on(running, taken.path)[0])
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
    content = shown.body.encode("latin-1")
    assert opened(content).size == (48, 64)
    assert b"Secret" not in content


def test_a_photo_is_sent_as_a_script_sends_it(running, taken):
    """S3 answers 201 with the key and the tag, to the site's own origin."""
    answer = asked_for(running, taken).send("a.png", a_photo(kind="PNG"), running.address)
    assert answer.status == 201
    assert re.search(rf"<Key>incoming/{taken.reference}/\w+/a\.png</Key>", answer.body)
    assert "<ETag>" in answer.body
    assert answer.headers["Access-Control-Allow-Origin"] == running.address
    until(lambda: photos_on(running, taken.path))


def test_what_is_no_photo_is_refused_by_name_on_the_page(running, taken):
    """The bytes are looked at, whatever the file is called."""
    form_of(running, taken.path).send("leak.jpg", SVG)
    until(lambda: "没有采用的文件" in running.get(taken.path).body)
    assert "“leak.jpg”：" in running.get(taken.path).body


def refusals(leave):
    """What S3 refuses, and how."""
    other = leave.fields["key"].replace("incoming/", "incoming/0")
    return {
        "another folder": (leave.send("a.jpg", b"x", key=other), 403, "AccessDenied"),
        "kept photos": (leave.send("a.jpg", b"x", key="photos/x.jpg"), 403, "AccessDenied"),
        "no picture": (
            leave.send("a.jpg", b"x", **{"Content-Type": "text/html"}),
            403,
            "AccessDenied",
        ),
        "another way back": (
            leave.send("a.jpg", b"x", success_action_redirect="https://evil.example"),
            403,
            "AccessDenied",
        ),
        "a field of its own": (leave.send("a.jpg", b"x", acl="public-read"), 403, "AccessDenied"),
        "nothing": (leave.send("a.jpg", b""), 400, "EntityTooSmall"),
        "too much": (leave.send("a.jpg", b"x" * (MOST_BYTES + 1)), 400, "EntityTooLarge"),
        "another policy": (
            leave.send("a.jpg", b"x", policy=leave.fields["policy"][:-8] + "AAAAAAA="),
            403,
            "SignatureDoesNotMatch",
        ),
    }


def test_storage_refuses_what_its_leave_does_not_allow(running, taken):
    """As S3 does, with its own status and code; nothing reaches the complaint."""
    for name, (answer, status, code) in refusals(form_of(running, taken.path)).items():
        assert answer.status == status, name
        assert f"<Code>{code}</Code>" in answer.body, name
    running.settle()
    assert photos_on(running, taken.path) == []


def test_nobody_sees_a_photo_without_a_signature(running, taken):
    """Its address alone opens nothing."""
    form_of(running, taken.path).send("a.jpg", a_photo())
    until(lambda: photos_on(running, taken.path))
    bare = photos_on(running, taken.path)[0].partition("?")[0]
    assert ask("GET", bare).status == 403


def test_a_page_of_another_site_is_told_nothing(running, taken):
    """Its script may not read what storage answers."""
    answer = asked_for(running, taken).send("a.jpg", a_photo(), "https://evil.example")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_erasing_takes_the_photos_out_of_storage(running, taken):
    """The address that showed one a moment ago shows nothing any more."""
    form_of(running, taken.path).send("a.jpg", a_photo())
    until(lambda: photos_on(running, taken.path))
    link = photos_on(running, taken.path)[0]
    assert ask("GET", link).status == 200
    for verb in ("withdraw", "erase"):
        done = running.desk("act", taken.reference, verb, "--by", "jade-manager", "--reason", "x")
        assert done.returncode == 0, done.stderr
    running.settle()
    until(lambda: ask("GET", link).status == 404)
    assert quote("a.jpg") not in running.get(taken.path).body
