"""`--stage`: which commands take it, where it leads, and what is said when AWS refuses."""

import json
import subprocess
from collections.abc import Iterator
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from chalicelib import locales
from desk.deploying import failures
from desk.main import COMMANDS, desk
from offline.running import DESK, environment, free_port
from support.aws_answers import IDENTITY, NO_STACK, an_error, answering

WITHOUT_STAGE = {
    "serve": "runs the offline cloud itself",
    "demo": "moves the clock, which a stage's nobody can",
    "package": "makes what any stage is given, and uses no account",
}
"""The commands that take no stage, each with the reason; every other has to."""
NAMES = ("--stage", "prod", "--region", "eu-west-1", "--language", "en")


def leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command itself, or each that stands under it, by what one types."""
    if isinstance(command, click.Group):
        for one, below in command.commands.items():
            yield from leaves(below, f"{name} {one}")
    else:
        yield name, command


def loaded() -> Iterator[tuple[str, click.Command]]:
    for name, place in COMMANDS.items():
        module, attribute = place.split(":")
        yield from leaves(getattr(import_module(module), attribute), name)


LEAVES = dict(loaded())


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_takes_a_stage_or_has_a_reason(name):
    """Also those that come: what works on a cloud works on a deployed one."""
    taken = {option for one in LEAVES[name].params for option in one.opts}
    both = {"--stage", "--region"}
    assert taken & both == (set() if name.split()[0] in WITHOUT_STAGE else both)


def test_the_reasons_are_of_commands_that_there_are():
    """None outlives its command."""
    assert WITHOUT_STAGE.keys() <= COMMANDS.keys()


REFUSALS = {
    "ExpiredToken": ("Sign in again", "重新登录"),
    "AccessDenied": ("may not do this", "无权这样做"),
    "InvalidClientTokenId": ("does not know this shell’s credentials", "不认识当前终端的凭证"),
    "Throttling": ("AWS refused it", "AWS 拒绝了请求"),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_aws_refuses_is_one_sentence_with_the_mend(code, monkeypatch):
    """In both languages, with AWS's own words in it."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with answering(403, DescribeStacks=an_error(code, "so it is.")) as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.address)
        for language, sentence in zip(("en", "zh"), REFUSALS[code], strict=True):
            result = CliRunner().invoke(desk, ["status", *NAMES[:4], "--language", language])
            assert (result.exit_code, result.stdout) == (1, "")
            assert sentence in result.stderr
            assert "so it is" in result.stderr
            assert result.stderr.count("\n") == 1


def test_where_nothing_answers_the_variable_is_named_that_leads_there(monkeypatch):
    """An address that an offline cloud left behind is the likeliest reason."""
    address = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    result = CliRunner().invoke(desk, ["status", *NAMES])
    assert result.stderr.startswith(f"Error: Nothing answers at {address}")
    assert "unset AWS_ENDPOINT_URL" in result.stderr


CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
SHELLS = {
    "no credentials": ({}, CREDENTIALS, "This shell has no AWS credentials"),
    "half of them": ({}, CREDENTIALS[1:], "This shell has no AWS credentials"),
    "no such profile": ({"AWS_PROFILE": "made-up"}, CREDENTIALS, "AWS_PROFILE names a profile"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_that_is_not_signed_in_is_told_how(shell, monkeypatch):
    """Before anything is asked of AWS."""
    added, taken, sentence = SHELLS[shell]
    for name in taken:
        monkeypatch.delenv(name)
    for name, value in added.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(desk, ["staff", "list", *NAMES])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {sentence}")


def test_a_region_is_needed(monkeypatch):
    """Of the command or of the shell."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(desk, ["check", "--stage", "prod", "--language", "en"])
    assert result.stderr.startswith("Error: No region is named")
    assert "--region ap-southeast-1" in result.stderr


@pytest.mark.parametrize("name", ["Prod", "1st", "a stage", "p" * 21, ""])
def test_a_name_that_cannot_be_one_is_refused(name):
    """Stacks could not be called so."""
    result = CliRunner().invoke(desk, ["status", "--stage", name, *NAMES[2:]])
    assert result.exit_code == 1
    assert f"`{name}` cannot be the name of a stage" in result.stderr


def test_a_region_without_a_stage_is_a_mistake():
    """Who typed it meant a stage: the offline cloud is not asked in its place."""
    result = CliRunner().invoke(desk, ["status", *NAMES[2:]])
    assert result.exit_code == 2
    assert "--region goes with --stage" in result.stderr


def test_every_sentence_has_its_words():
    """Whatever the tables name."""
    keys = {*failures.BY_CODE.values(), *failures.BY_KIND.values()}
    assert keys <= locales.desk("zh")["stage"].keys()


@pytest.fixture
def offline_left(tmp_path):
    """A shell that is led to an offline cloud which runs, with AWS in its configuration."""
    with (
        answering(400, DescribeStacks=NO_STACK, GetCallerIdentity=IDENTITY) as offline,
        answering(400, DescribeStacks=NO_STACK, GetCallerIdentity=IDENTITY) as aws,
    ):
        left = {
            "AWS_ENDPOINT_URL": offline.address,
            "AWS_ACCESS_KEY_ID": "offline",
            "AWS_SECRET_ACCESS_KEY": "offline",
            "TABLE_NAME": "complaint-desk",
        }
        (tmp_path / "offline.json").write_text(json.dumps(left), "utf-8")
        (tmp_path / "config").write_text(
            f"[default]\nendpoint_url = {aws.address}\n"
            "aws_access_key_id = of-the-company\naws_secret_access_key = secret\n"
        )
        config = {"AWS_CONFIG_FILE": str(tmp_path / "config")}
        yield environment(tmp_path) | config, left, offline, aws


@pytest.mark.parametrize("exported", [True, False])
def test_a_stage_is_never_looked_for_in_the_offline_cloud(offline_left, exported):
    """Neither where the shell has its settings, nor where they lie about: AWS itself is asked."""
    shell, left, offline, aws = offline_left
    result = subprocess.run(  # noqa: S603 - our own command, no shell
        [DESK, "status", *NAMES],
        env=shell | (left if exported else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no stage prod in region eu-west-1 of account 210987654321" in result.stderr
    assert offline.asked == []
    assert {action for action, _ in aws.asked} == {"DescribeStacks", "GetCallerIdentity"}
    assert all("Credential=of-the-company/" in signed for _, signed in aws.asked)
