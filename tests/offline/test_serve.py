"""`desk serve`: how it starts, what it says, what it answers, how it ends."""

import gzip
import re
import signal
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from offline.running import RunningCloud, desk, until

ROOT = Path(__file__).parents[2]
STEPS = ("Policy", "Handbook and form", "Offline AWS", "Staff", "Sample complaints")
PAGES = {
    "/": "zh-Hans",
    "/en/": "en",
    "/complain/": "zh-Hans",
    "/en/complain/": "en",
    "/policy/clauses/": "zh-Hans",
    "/en/policy/clauses/": "en",
}
SPEAKING = ("/local/mailbox", "/local/mailbox/0", "/local/clock", "/desk/sign-in", "/desk/forgot")


def test_the_start_says_each_step_and_then_the_addresses(running):
    """Each step has a line of its own, and the addresses follow the last of them."""
    steps = re.findall(r"^· ([^:\n]+): \S", running.said, re.MULTILINE)
    assert [step for step in steps if step in STEPS] == list(STEPS)
    after = running.said.partition("Sample complaints")[2]
    for path in (
        "/",
        "/en/",
        "/complain/",
        "/en/complain/",
        "/desk",
        "/local/mailbox",
        "/local/clock",
    ):
        assert re.search(rf"{running.address}{path}\s", after)
    assert "forgotten when it stops" in after


@pytest.mark.parametrize(("path", "language"), PAGES.items())
def test_static_addresses_answer_in_their_language(running, path, language):
    """Handbook and form are there, in Chinese at the top and in English under /en/."""
    answer = running.get(path)
    assert answer.status == 200
    assert f'<html lang="{language}"' in answer.body


@pytest.mark.parametrize(("asked", "language"), [("zh-CN,zh;q=0.9", "zh-Hans"), ("en-GB", "en")])
@pytest.mark.parametrize("path", SPEAKING)
def test_other_addresses_answer_in_the_readers_language(running, path, asked, language):
    """Mailbox, letter, clock and the staff's addresses speak the browser's language."""
    answer = running.get(path, accept_language=asked)
    assert answer.status == 200
    assert f'<html lang="{language}"' in answer.body


@pytest.mark.parametrize(
    ("path", "language"),
    [("/nowhere/", "zh-Hans"), ("/en/nowhere", "en"), ("/../pyproject.toml", "zh-Hans")],
)
def test_a_missing_address_is_a_404_in_its_language(running, path, language):
    """What is not there is said so in the language of the address, and nothing else is shown."""
    answer = running.get(path)
    assert answer.status == 404
    assert f'<html lang="{language}"' in answer.body


def test_an_address_without_its_slash_leads_to_the_page(running):
    """A folder asked for without its slash is found with it."""
    answer = running.get("/en/complain")
    assert (answer.status, answer.headers["Location"]) == (301, "/en/complain/")


def raw(running, path, **headers):
    """An answer as it goes over the wire."""
    connection = HTTPConnection("localhost", running.port, timeout=240)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize("path", ["/", "/complain/", "/desk/sign-in", "/local/mailbox"])
def test_text_goes_compressed_to_whoever_takes_it(running, path):
    """Pages of the site, of the functions and the offline ones; the same once it is unpacked."""
    plain, body = raw(running, path)
    packed, less = raw(running, path, accept_encoding="br, gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(less) < len(body)
    assert len(less) == int(packed.headers["Content-Length"])
    if path == "/":
        assert gzip.decompress(less) == body
    refused, _ = raw(running, path, accept_encoding="gzip;q=0, identity")
    assert "Content-Encoding" not in refused.headers


def test_what_is_small_or_no_text_goes_as_it_is(running):
    """A short answer and a picture; and a page that has not changed is not sent again."""
    for path in ("/local/clock?format=json", "/assets/images/favicon.png"):
        answer, _ = raw(running, path, accept_encoding="gzip")
        assert answer.status == 200
        assert "Content-Encoding" not in answer.headers
    first, _ = raw(running, "/", accept_encoding="gzip")
    again, body = raw(running, "/", accept_encoding="gzip", if_none_match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_and_leaves_nothing(running, tmp_path, with_signal):
    """A second start finds the site up to date; at its end it leaves no file, and says so."""
    other = RunningCloud(tmp_path, "--no-samples").ready()
    assert "Handbook and form: up to date" in other.said
    assert "Sample complaints" not in other.said
    other.advance(hours=1)
    assert {path.name.partition("-")[0] for path in other.local.iterdir()} == {
        "offline.json",
        "accounts.json",
        "clock",
    }
    assert other.end(with_signal) == 0
    assert other.said.rstrip().endswith("Stopped. What was typed in is forgotten.")
    assert "Traceback" not in other.said
    assert list(other.local.iterdir()) == []
    assert running.get("/local/clock").status == 200


def test_it_ends_when_it_was_started_in_the_background(tmp_path):
    """A shell starts what is in the background with Ctrl-C ignored; told to, it ends all the same.

    And it said nothing but its own words on the way.
    """
    other = RunningCloud(tmp_path, "--no-samples", ignores_ctrl_c=True).ready()
    assert other.end(signal.SIGINT) == 0
    assert "Moto" not in other.said
    assert "Warning" not in other.said


def test_it_ends_while_it_starts(tmp_path):
    """Ctrl-C before it is ready is no fault either, and leaves nothing."""
    other = RunningCloud(tmp_path)
    until(lambda: "Offline AWS" in other.said)
    assert other.end(signal.SIGINT) == 0
    assert "Traceback" not in other.said
    assert list(other.local.iterdir()) == []


def test_a_port_in_use_is_refused_with_the_mend(running, tmp_path):
    """A port that something answers on is named, with what to do about it."""
    refused = desk(tmp_path, "serve", "--port", str(running.port))
    assert refused.returncode != 0
    assert f"Port {running.port} cannot be used" in refused.stderr
    assert "make run PORT=" in refused.stderr


@pytest.mark.parametrize("port", ["70000", "-1", "eighty"])
def test_what_is_no_port_is_refused(tmp_path, port):
    """A number beyond the last port, or no number at all, is refused in a sentence."""
    refused = desk(tmp_path, "serve", "--port", port)
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert port in refused.stderr


def test_make_run_takes_the_port():
    """`make run PORT=8123` starts the cloud there, and 8000 is where it starts unasked."""
    for words, port in (["PORT=8123"], "8123"), ([], "8000"):
        planned = subprocess.run(  # noqa: S603 - fixed words, no shell
            ["make", "--dry-run", "run", *words],  # noqa: S607 - the make that people type
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"desk serve --port {port}" in planned.stdout
