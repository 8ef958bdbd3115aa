"""The `desk` command in the environment of `make run`, where the developers' tools are not."""

import subprocess
import sys

WITHOUT_TOOLS = """
import sys

class Without:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("cfnlint", "samtranslator", "pytest", "docker"):
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Without())
from desk.main import desk
desk()
"""


def desk_without_tools(*words):
    """What the command says there."""
    return subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", WITHOUT_TOOLS, *words], capture_output=True, text=True, check=False
    )


def test_the_list_of_commands_says_what_is_not_installed():
    """Every command stands in the list; the one that cannot run says what makes it run."""
    shown = desk_without_tools("--help")
    assert shown.returncode == 0, shown.stderr
    for name in ("act", "import", "package", "serve", "staff"):
        assert f"  {name} " in shown.stdout
    lines = [line.split() for line in shown.stdout.splitlines()]
    lacking = [line[0] for line in lines if "developers'" in line]
    assert lacking == ["deploy", "mail-check", "package"]


def test_a_command_without_its_packages_is_refused_with_the_mend():
    """In a sentence, whatever its options."""
    refused = desk_without_tools("package", "--anything", "else")
    assert refused.returncode == 1
    assert "make .venv/.ready" in refused.stderr
    assert "Traceback" not in refused.stderr
