"""`desk keys`: makes, replaces and lists a stage's keys, and never shows one."""

from datetime import timedelta

import pytest
from botocore.stub import Stubber
from click.testing import CliRunner
from moto import mock_aws

from chalicelib.adapters.aws_clients import AwsClients
from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application.key_rings import SETTLING, new_rings
from chalicelib.bootstrap import Container
from chalicelib.settings import Settings
from desk.deploying.stage import Stage
from desk.keys import keys
from fakes.clock import FakeClock
from support.examples import at

MADE = at("Monday 2026-11-23 10:00")


class _Shell:
    """A terminal with credentials for an account of moto's, and a clock."""

    def __init__(self):
        client = AwsClients().client("ssm")
        self.container = Container(Settings("", ""), clients={"ssm": client})
        self.store = ParameterKeyStore(client, Stage("prod", "us-east-1").keys_parameter)
        self.clock = FakeClock(MADE)
        self.container.__dict__["clock"] = self.clock

    def run(self, *words, language="en"):
        given = [*words, "--stage", "prod", "--language", language]
        return CliRunner().invoke(keys, given, obj=self.container)


@pytest.fixture
def shell():
    with mock_aws():
        yield _Shell()


def test_a_new_stage_gets_a_key_in_each_ring(shell):
    """They are encrypted in the stage's own parameter, and not printed."""
    made = shell.run("new")
    assert made.output == "Made, one key in each ring: /complaint-desk/prod/keys.\n"
    rings = shell.store.read()
    assert [len(rings.secrets(ring, "", MADE)) for ring in ("codes", "forms")] == [1, 1]


def test_nothing_is_made_over_what_is_there(shell):
    """A second `new` is refused, and the keys stay."""
    shell.run("new")
    before = shell.store.read()
    again = shell.run("new")
    assert again.exit_code == 1
    assert "would void every resident’s code" in again.output
    assert shell.store.read() == before


def test_what_is_not_there_is_neither_listed_nor_replaced(shell):
    """The sentence says what to type."""
    for words in (["list"], ["rotate", "codes"]):
        refused = shell.run(*words)
        assert refused.exit_code == 1
        assert "desk keys new --stage prod" in refused.output


def test_the_list_shows_numbers_and_ages_alone(shell):
    """Who looks over a shoulder learns no key."""
    shell.run("new")
    shell.clock.at = MADE + timedelta(days=40)
    rotated = shell.run("rotate", "codes")
    assert "key 2 is accepted from now on and makes from 2027-01-03 02:00 UTC" in rotated.output
    shell.clock.at += timedelta(hours=3)
    listed = shell.run("list").output
    assert listed == (
        "Residents’ codes\n"
        "  key 2: 3 hours old, accepted, does not make yet\n"
        "  key 1: 40 days old, makes\n"
        "Signs of forms\n"
        "  key 1: 40 days old, makes\n"
    )
    rings = shell.store.read()
    held = [key.secret for ring in ("codes", "forms") for key in rings.ring(ring)]
    assert not [secret for secret in held if secret in listed + rotated.output]


def test_a_key_that_is_dropped_is_named(shell):
    """Who drops the residents' key is told what that means for them."""
    shell.run("new")
    dropped = shell.run("rotate", "codes", "--at-once", "--keep", "1", "--yes").output
    assert "Key 1 is accepted no longer: residents whose code was made with it" in dropped
    assert "deploy now" in dropped


def test_keys_are_not_dropped_unasked(shell):
    """Every code made with them is void, and nothing brings it back."""
    shell.run("new")
    before = shell.store.read()
    asked = shell.run("rotate", "codes", "--at-once", "--keep", "1")
    assert "void" in asked.output
    assert shell.store.read() == before


def test_a_ring_is_not_turned_twice_in_a_day(shell):
    """The refusal says until when to wait."""
    shell.run("new")
    shell.clock.at += SETTLING
    shell.run("rotate", "forms")
    refused = shell.run("rotate", "forms")
    assert refused.exit_code == 1
    assert "2026-11-25 02:00 UTC" in refused.output


def test_what_aws_refuses_is_said_in_its_words(shell):
    """Credentials without the right, or none at all, end in a sentence and no traceback."""
    with Stubber(shell.container.clients["ssm"]) as stub:
        stub.add_client_error("get_parameter", "AccessDeniedException", "not authorized")
        refused = shell.run("list")
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert "not authorized" in refused.output


def test_keys_that_are_too_short_are_said_to_be(shell):
    """A list of keys that would stop the functions is no list."""
    shell.store.create(new_rings(MADE, lambda _: b"short"))
    refused = shell.run("list", language="zh")
    assert refused.exit_code == 1
    assert "不是两组各不少于 32 字节的密钥" in refused.output
