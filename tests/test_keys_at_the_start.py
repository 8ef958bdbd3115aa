"""Where a process has its keys from, how often it asks, and what stops it."""

import os

import pytest
from moto import mock_aws

from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application.key_rings import new_rings
from chalicelib.bootstrap import Container, container
from chalicelib.settings import SettingsError, settings_from
from support.clouds import client
from support.examples import at

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
    """A process that is told where its keys are, and the number of times that it asks there."""
    monkeypatch.delenv("CODE_KEYS")
    monkeypatch.delenv("FORM_KEYS")
    monkeypatch.setenv("KEYS_PARAMETER", NAME)
    container.cache_clear()
    with mock_aws():
        yield
    container.cache_clear()


def keep(text):
    client("ssm").put_parameter(Name=NAME, Value=text, Type="SecureString")


@pytest.fixture
def asked(monkeypatch):
    """Each time that the parameter is read."""
    found, read = [], ParameterKeyStore.read

    def counted(store):
        found.append(store.name)
        return read(store)

    monkeypatch.setattr(ParameterKeyStore, "read", counted)
    return found


@pytest.mark.usefixtures("deployed")
def test_a_cold_start_asks_once_and_a_warm_one_never(asked):
    """The keys of the parameter are those of the process, as long as it lives."""
    ParameterKeyStore(client("ssm"), NAME).create(
        new_rings(at("Monday 2026-11-23 10:00"), lambda count: b"k" * count)
    )
    first = container()
    assert first.keys.secrets == (b"k" * 32,)
    assert container().keys.accepts_form_sign("token", first.keys.form_sign("token"))
    assert asked == [NAME]


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
