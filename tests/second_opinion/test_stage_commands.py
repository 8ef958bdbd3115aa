"""The operator's commands on a stage of ministack, each in a process of its own."""

import subprocess

import pytest

from chalicelib.adapters.clock import SystemClock  # noqa: TID251 - a stage has no other
from offline.running import DESK, environment
from support.stages import REGION, VERSION, Company, deploy

LEADER = (
    *("staff", "add", "gao-yuan", "--name-zh", "高远", "--name-en", "Gao Yuan"),
    *("--email", "gao.yuan@company.example", "--role", "company_leadership"),
)


@pytest.fixture(scope="module")
def shell(ministack, tmp_path_factory):
    """A shell that is led to ministack, where a stage stands."""
    added = {
        "AWS_ENDPOINT_URL": ministack.url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in added.items():
            patched.setenv(name, value)
        deploy("prod", Company().renamed("cedar-hill", "concierge"), SystemClock().now())
    return environment(tmp_path_factory.mktemp("shell")) | added


def test_the_commands_work_there_as_they_do_offline(shell):
    """The first account is opened, and the stage says how it is and what it runs."""

    def done(*words, code=0):
        result = subprocess.run(  # noqa: S603 - our own command, no shell
            [DESK, *words, "--stage", "prod", "--language", "en"],
            env=shell,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == code, result.stderr
        return result.stdout

    assert done(*LEADER) == "Added, and the invitation is on its way.\n"
    assert done("staff", "list").startswith("gao-yuan\tGao Yuan\t")
    assert done("status", code=1).startswith("No round has finished yet")
    assert f"{VERSION}/policy.toml: sound" in done("check")
    assert "key 1: " in done("keys", "list")
