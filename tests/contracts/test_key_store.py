"""What every `KeyStore` keeps."""

import pytest
from moto import mock_aws

from chalicelib.adapters.aws_clients import AwsClients
from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application.key_rings import new_rings, rotated
from chalicelib.application.ports.key_store import KeysExistError, NoKeysError
from fakes.key_store import FakeKeyStore
from support.examples import at

MADE = at("Monday 2026-11-23 10:00")
RINGS = new_rings(MADE, bytes)


@pytest.fixture(params=["moto", "fake"])
def store(request):
    if request.param == "fake":
        yield FakeKeyStore()
        return
    with mock_aws():
        yield ParameterKeyStore(AwsClients().client("ssm"), "/complaint-desk/test/keys")


def test_what_was_created_is_read(store):
    """Both rings come back as they were kept."""
    store.create(RINGS)
    assert store.read() == RINGS


def test_before_the_first_there_is_none(store):
    """Who reads too early is told that there is nothing, not given an empty ring."""
    with pytest.raises(NoKeysError):
        store.read()


def test_nothing_is_created_over_what_is_there(store):
    """New keys in their place would void every resident's code."""
    store.create(RINGS)
    with pytest.raises(KeysExistError):
        store.create(new_rings(MADE, lambda count: b"\x01" * count))
    assert store.read() == RINGS


def test_what_replaces_is_read_from_then_on(store):
    """A rotated ring is written over the one before."""
    store.create(RINGS)
    after = rotated(RINGS, "codes", at("Tuesday 2026-11-24 10:00"), bytes)
    store.replace(after)
    assert store.read() == after
