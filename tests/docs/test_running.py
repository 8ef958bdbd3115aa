"""The running guide: every page is in its index, and every command in it exists."""

import json
import re
import shlex
from functools import cache
from itertools import product
from pathlib import Path

import click
import pytest
from botocore.session import get_session

import bring_back
from desk.deploying.stage import REGIONAL
from desk.main import desk
from desk.stacks import STACKS
from support.templates import declared

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/running"
PAGES = sorted(GUIDE.rglob("*.md"))
INDEX = GUIDE / "index.md"
TOLD_BESIDE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
READ = [*PAGES, *TOLD_BESIDE]
IDS = [path.relative_to(ROOT).as_posix() for path in READ]
SUMMARY = re.compile(r"^> ?\*\*(中文)?摘要\*\*|^\*\*摘要\*\*", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^ {4,}(?:\$ )?|`)((?:\.venv/bin/)?desk (?:\\\n|[^`\n])+)", re.MULTILINE)
TYPED = re.compile(r"^ {4,}(?:\$ )?(\.venv/bin/desk (?:\\\n|.)+)$", re.MULTILINE)
NAMED = re.compile(r"`(--[a-z][a-z-]*[a-z])(?![-a-z]|-…)")
OF_OTHERS = {"--restore-date-time", "--use-latest-restorable-time", "--years"}
"""Options of AWS's command line, and of infra/calendar_days.py."""
SERVICE_OF = {
    "AWS::ApiGateway": "apigateway",
    "AWS::CertificateManager": "acm",
    "AWS::Cognito": "cognito-idp",
    "AWS::WAFv2": "wafv2",
}
"""Services whose rights go by another name than their resources do."""


@cache
def words_of(path):
    """A page's text."""
    return path.read_text("utf-8")


@cache
def headings(path):
    """The anchors that GitHub makes of a page's headings."""
    found = re.findall(r"^#+ (.+)$", words_of(path), re.MULTILINE)
    return {_anchor(one) for one in found}


def _anchor(heading):
    plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def commands(path):
    """Each `desk` command line of a page, its alternatives apart: `list|add`, `[--option]`."""
    for found in COMMAND.findall(words_of(path)):
        plain = found.replace("\\\n", " ").replace("\\|", "|").removeprefix(".venv/bin/")
        plain = re.sub(r"[\[\]]|\s…|…\s", " ", plain).split(" > ")[0]
        choices = [one.split("|") if "--" not in one else [one] for one in _split(plain)]
        yield from (list(one) for one in product(*choices))


def _split(line):
    """The words of a line as a shell has them; a sentence that ends in it is cut off."""
    return shlex.split(line.replace("’", ""), comments=True)


def resolved(words):
    """The command that the words name, and the words after it."""
    command, rest = desk, words[1:]
    while isinstance(command, click.Group) and rest:
        name, *rest = rest
        if not re.fullmatch(r"[a-z][a-z-]*", name):
            return None, rest
        found = command.get_command(click.Context(command), name)
        assert found is not None, f"there is no `{' '.join(words)}`"
        command = found
    return command, rest


def every_option(command):
    """The options of a command and of all below it."""
    known = options(command)
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = (command.get_command(context, one) for one in command.list_commands(context))
        known |= {option for one in below if one for option in every_option(one)}
    return known


def options(command):
    """The options that a command knows."""
    known = {one for it in command.params for one in (*it.opts, *it.secondary_opts)}
    return known | {"--help"}


@pytest.mark.parametrize("path", READ, ids=IDS)
def test_every_command_of_a_page_exists_with_its_options(path):
    """Whatever the guide tells to type is taken by the command line."""
    for words in commands(path):
        command, rest = resolved(words)
        if command is None:
            continue
        given = {one.partition("=")[0] for one in rest if one.startswith("--")}
        unknown = {one.rstrip(",.;)") for one in given} - options(command) - {"--first-"}
        assert not unknown, f"{' '.join(words)}: {unknown}"


@pytest.mark.parametrize("path", READ, ids=IDS)
def test_every_line_to_type_can_be_read(path):
    """With a value for each option that needs one, and no word too many."""
    for line in TYPED.findall(words_of(path)):
        plain = line.replace("\\\n", " ").removeprefix(".venv/bin/")
        command, rest = resolved(_split(plain))
        assert command is not None, line
        if "…" not in line:
            command.make_parser(click.Context(command)).parse_args(list(rest))


@pytest.mark.parametrize("path", PAGES, ids=IDS[: len(PAGES)])
def test_every_option_of_a_sentence_exists(path):
    """What a page names by itself, as in a table, is an option of some command."""
    known = every_option(desk) | options(bring_back.main) | OF_OTHERS
    assert {one for one in NAMED.findall(words_of(path)) if one not in known} == set()


def test_the_commands_are_found():
    """The guide tells to type some of each."""
    named = {one for path in READ for words in commands(path) for one in words[1:2]}
    assert {"deploy", "destroy", "check", "staff", "keys", "status", "import", "act"} <= named


def test_every_page_is_in_the_index():
    """And the index leads nowhere else."""
    led_to = {(GUIDE / link.partition("#")[0]).resolve() for link in LINK.findall(words_of(INDEX))}
    of_guide = {path for path in PAGES if path.parent == GUIDE and path != INDEX}
    assert of_guide <= led_to
    assert (GUIDE / "alarms/index.md") in led_to


@pytest.mark.parametrize("path", TOLD_BESIDE[:2], ids=IDS[-3:-1])
def test_the_guide_is_led_to(path):
    """From where a reader begins."""
    assert "docs/running/index.md" in words_of(path)


@pytest.mark.parametrize("path", PAGES, ids=IDS[: len(PAGES)])
def test_a_page_begins_with_its_summary_in_chinese(path):
    """Before its first section."""
    beginning = words_of(path).partition("\n## ")[0]
    assert SUMMARY.search(beginning), path.name


@pytest.mark.parametrize("path", PAGES, ids=IDS[: len(PAGES)])
def test_every_link_of_a_page_leads_somewhere(path):
    """To a file of the repository, and to a heading of it."""
    for link in LINK.findall(words_of(path)):
        place, _, anchor = link.partition("#")
        if place.startswith("http"):
            continue
        led_to = (path.parent / place).resolve() if place else path
        assert led_to.exists(), link
        if anchor and led_to.suffix == ".md":
            assert anchor in headings(led_to), link


def test_the_regions_are_those_that_have_every_service():
    """By the list of endpoints in botocore; none of mainland China, and not Hong Kong."""
    session = get_session()
    have = set.intersection(*(set(session.get_available_regions(one)) for one in REGIONAL))
    page = words_of(GUIDE / "regions.md")
    table = page.partition("<!-- The regions")[2].partition("\n\nNot Hong Kong")[0]
    assert set(re.findall(r"`([a-z]{2}-[a-z]+-\d)`", table)) == have
    for one in ("sesv2", "cognito-idp"):
        assert session.get_available_regions(one, partition_name="aws-cn") == []


def test_who_deploys_may_ask_every_service_that_a_stack_is_made_of():
    """By the kinds of resources in the templates; roles are those of the product alone."""
    statements = json.loads(words_of(GUIDE / "deployer.json"))["Statement"]
    services = {one.partition(":")[0] for it in statements for one in it["Action"]}
    resources = [one for name in STACKS for one in declared(name)["Resources"].values()]
    kinds = {one["Type"].rpartition("::")[0] for one in resources if "Type" in one}
    asked = {SERVICE_OF.get(kind, kind.partition("::")[2].lower()) for kind in kinds}
    assert {"dynamodb", "iam", "s3"} <= asked
    assert asked <= services | {"iam"}
    assert statements[1]["Action"] == "iam:*"
    assert statements[1]["Resource"].endswith(":role/complaint-desk-*")
