"""Where a process has its keys from, how often it asks, and what stops it."""

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import msgspec
import pytest
from moto import mock_aws

from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application.key_rings import new_rings
from chalicelib.bootstrap import Container, container
from chalicelib.settings import SettingsError, settings_from
from support.clouds import client
from support.examples import at
from support.forms import a_form
from support.web import post_json

NAME = "/complaint-desk/test/keys"
LONG = "k" * 32
GIVEN = {name: value for name, value in os.environ.items() if not name.endswith("_KEYS")}
BAD = {
    "none": ("", LONG, "Set in the environment: CODE_KEYS"),
    "no form keys": (LONG, " ", "Set in the environment: FORM_KEYS"),
    "an empty one": (f"{LONG},,{LONG}", LONG, "CODE_KEYS: key 2 is empty"),
    "a short one": (LONG, f"{LONG},short", "FORM_KEYS: key 2 is too short; it has 5 bytes"),
}


@pytest.mark.parametrize(("codes", "forms", "said"), BAD.values(), ids=BAD)
def test_a_bad_key_in_the_environment_is_named(codes, forms, said):
    """An empty or a short key stops the start, and the sentence says which and not what."""
    with pytest.raises(SettingsError, match=said) as refused:
        settings_from(GIVEN | {"CODE_KEYS": codes, "FORM_KEYS": forms})
    assert LONG not in str(refused.value)


@pytest.fixture
def deployed(monkeypatch):
    """A process that is told where its keys are."""
    monkeypatch.delenv("CODE_KEYS")
    monkeypatch.delenv("FORM_KEYS")
    monkeypatch.setenv("KEYS_PARAMETER", NAME)
    container.cache_clear()
    with mock_aws():
        yield
    container.cache_clear()


def keep(text):
    client("ssm").put_parameter(Name=NAME, Value=text, Type="SecureString")


class _ParameterStore(BaseHTTPRequestHandler):
    """Answers whoever asks for the keys, and remembers for what it was asked."""

    asked: ClassVar[list[dict[str, object]]] = []
    rings = new_rings(at("Monday 2026-11-23 10:00"), lambda count: b"k" * count)

    def do_POST(self):
        assert self.headers["X-Amz-Target"] == "AmazonSSM.GetParameter"
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        value = msgspec.json.encode(self.rings).decode()
        answer = json.dumps({"Parameter": {"Value": value}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Nothing is printed."""


@pytest.fixture
def asked(monkeypatch):
    """What a process with the keys' name asks for, as it goes over the wire."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _ParameterStore)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.delenv("CODE_KEYS")
    monkeypatch.delenv("FORM_KEYS")
    monkeypatch.setenv("KEYS_PARAMETER", NAME)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    container.cache_clear()
    _ParameterStore.asked.clear()
    yield _ParameterStore.asked
    container.cache_clear()
    server.shutdown()
    server.server_close()


def test_a_cold_start_asks_once_and_a_warm_one_never(asked):
    """The keys of the parameter are those of the process, as long as it lives."""
    first = container()
    assert first.keys.secrets == (b"k" * 32,)
    assert container().keys.accepts_form_sign("token", first.keys.form_sign("token"))
    assert asked == [{"Name": NAME, "WithDecryption": True}]


@pytest.mark.usefixtures("deployed")
def test_a_parameter_that_is_not_there_stops_the_start():
    """The sentence names it and the command that makes it."""
    with pytest.raises(SettingsError, match=f"{NAME} holds no keys; make them: desk keys new"):
        container()


@pytest.mark.usefixtures("deployed")
@pytest.mark.parametrize("text", ["", "not JSON", '{"codes": []}'])
def test_a_parameter_of_something_else_stops_the_start(text):
    """What is no ring of keys is said to be none, and is not repeated."""
    keep(text or " ")
    with pytest.raises(SettingsError, match=f"{NAME} does not hold two rings of keys"):
        container()


@pytest.mark.usefixtures("deployed")
def test_a_short_key_in_the_parameter_stops_the_start():
    """The sentence names the parameter, the ring and the key."""
    rings = new_rings(at("Monday 2026-11-23 10:00"), lambda _: b"short")
    ParameterKeyStore(client("ssm"), NAME).create(rings)
    with pytest.raises(SettingsError, match=f"{NAME}: codes: key 1 is too short"):
        container()


def test_parts_that_need_no_keys_ask_for_none():
    """A command that only looks at the table reads no parameter."""
    assert not Container(settings_from(GIVEN | {"KEYS_PARAMETER": NAME})).__dict__.get("keys")


@pytest.mark.usefixtures("deployed")
def test_no_request_is_answered_with_bad_keys(caplog):
    """A form is refused with an error, not taken in under a key that anybody could guess."""
    keep("not JSON")
    assert post_json(a_form()).status_code == 500
    assert f"{NAME} does not hold two rings of keys" in caplog.text
