"""The project as a whole: what is pinned, what is imported when, and what stands nowhere."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GIT = "/usr/bin/env", "git", "-C", str(ROOT)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# A registry's own host of files is written in two parts, so that this file does not name it.
DOWNLOADS = (
    "files." + "pythonhosted.org",
    "pypi.org/" + "packages",
    "registry." + "npmjs.org",
    "proxy." + "golang.org",
    "crates.io/api/" + "v1/crates",
)


def pins(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def asked_for():
    """The packages that the project names itself, with their versions."""
    optional = PROJECT["optional-dependencies"]["run"]
    return {*PROJECT["dependencies"], *optional, *pins("requirements-dev.txt")}


def test_lambda_gets_what_the_project_needs():
    """functions/requirements.txt is pyproject's list without chalice, which `package` vendors."""
    assert pins("functions/requirements.txt") == {
        one for one in PROJECT["dependencies"] if not one.startswith("chalice==")
    }


def test_every_package_is_pinned():
    """One version each, so that what was tested is what runs."""
    for pin in asked_for() | pins("requirements-ministack.txt"):
        assert re.fullmatch(r"[A-Za-z0-9-]+(\[[a-z0-9,]+\])?==[0-9][0-9a-z.]*", pin), pin


def test_what_is_asked_for_is_what_comes():
    """What the project names itself stands in constraints.txt, in the same version."""
    versions = {one.lower().replace("_", "-") for one in pins("constraints.txt")}
    named = {re.sub(r"\[.*\]", "", one).lower() for one in asked_for()}
    assert named <= versions


def test_what_pip_installs_stands_in_its_own_files():
    """Each requirements file is one that pip is given; what npm installs is pinned elsewhere."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for path in ROOT.glob("requirements*.txt"):
        assert re.search(rf"(--requirement|-r) {path.name}\n", makefile), path.name
    assert re.search(r"^DYNALITE_VERSION := \d+\.\d+\.\d+$", makefile, re.MULTILINE)


def test_what_runs_comes_without_what_tests():
    """`make run` installs the product and its extra `run`; the checkers are the developers'."""
    run = {re.split(r"[\[=]", one)[0] for one in PROJECT["optional-dependencies"]["run"]}
    assert {"mkdocs-material", "moto"} <= run
    assert not run & {"cfn-lint", "mypy", "playwright", "pytest", "ruff"}
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "run"],  # noqa: S607 - the make that people type
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'.[run]'" in planned.stdout
    assert "requirements-dev.txt" not in planned.stdout


def test_no_file_names_a_place_to_download_from():
    """No tracked or new file has the address of a registry's files: the client knows it."""
    listed = subprocess.run(  # noqa: S603 - git, on this repository
        [*GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert len(paths) > 100
    for path in paths:
        if path.is_file():
            content = path.read_bytes().decode(errors="replace")
            assert not [one for one in DOWNLOADS if one in content], path


def test_the_functions_file_is_short():
    """app.py registers and declares, in under 60 lines."""
    assert len((ROOT / "functions" / "app.py").read_text("utf-8").splitlines()) < 60


def loaded_after(code):
    """The modules of a fresh interpreter after it ran this."""
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    found = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=ROOT / "functions",
        text=True,
    )
    return set(json.loads(found.stdout.splitlines()[-1]))


DECLARED = {
    "chalicelib",
    "chalicelib.cold_start",
    "chalicelib.entrypoints",
    "chalicelib.entrypoints.http",
    "chalicelib.entrypoints.http.blueprint",
    "chalicelib.entrypoints.http.media_types",
    "chalicelib.entrypoints.http.routes",
}
"""What every function loads of ours: the table of routes, and no view behind it."""
RECEIVED = {
    *("adapters", "adapters.clock", "adapters.complaints", "adapters.documents"),
    *("adapters.items", "adapters.transactions", "application", "application.history"),
    "application.listed",
    *("application.households", "application.intake", "application.keys", "application.ports"),
    *("application.ports.clock", "application.ports.complaints", "application.records"),
    *("application.submit_complaint", "bootstrap", "domain", "domain.clauses", "domain.commands"),
    *(
        "domain.deadlines",
        "domain.new_dates",
        "domain.decisions",
        "domain.decisions.receiving",
        "domain.errors",
    ),
    "domain.email_addresses",
    *("domain.escalation", "domain.events", "domain.evolve", "domain.joined", "domain.model"),
    "domain.own_round",
    "domain.policy",
    *("domain.promises", "domain.references", "domain.staff", "domain.verbs"),
    *("domain.working_time", "entrypoints.http.form_request", "entrypoints.http.promises"),
    *("entrypoints.http.requests", "entrypoints.http.responses"),
    *("entrypoints.http.submit_complaint", "field_parsers", "fields", "locales", "policy"),
    *("policy.reader", "settings", "text_cleaning"),
}
"""What a submission in JSON loads besides: one view, one use case, one decision."""
ENVIRONMENT = """
import os
os.environ.update(
    AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_ACCESS_KEY_ID="made-up",
    AWS_SECRET_ACCESS_KEY="made-up", AWS_DEFAULT_REGION="us-east-1", AWS_MAX_ATTEMPTS="1",
    TABLE_NAME="complaint-desk", SITE_URL="http://localhost:8000",
    CODE_KEYS="a-made-up-key-of-32-bytes-or-more", FORM_KEYS="a-made-up-key-for-the-signs-of-forms",
    USER_POOL_ID="us-east-1_madeup", USER_POOL_CLIENT_ID="made-up", PHOTOS_BUCKET="photos",
)
"""


def of_ours(modules):
    return {one for one in modules if one.partition(".")[0] == "chalicelib"}


def test_importing_the_functions_loads_the_table_of_routes_alone():
    """A function that answers no request pays for none: no view, no template and no client."""
    modules = loaded_after("import app")
    assert of_ours(modules) == DECLARED
    assert not modules & {"jinja2", "boto3", "botocore", "moto", "dataclasses"}


SENT = """
sys.path[:0] = ["../tests"]
from support.forms import a_form
from urllib.parse import urlencode
import json, base64, http.server, threading
for name in [name for name in sys.modules if name.partition(".")[0] == "chalicelib"]:
    del sys.modules[name]

class Table(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
    def log_message(self, *_): pass

server = http.server.HTTPServer(("127.0.0.1", 0), Table)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{server.server_port}"
from app import app

def send(kind, body):
    return app({
        "requestContext": {"httpMethod": "POST", "resourcePath": "/complaints",
                           "path": "/complaints", "identity": {"sourceIp": "127.0.0.1"}},
        "headers": {"content-type": kind}, "multiValueHeaders": {}, "pathParameters": {},
        "multiValueQueryStringParameters": None, "stageVariables": {},
        "body": base64.b64encode(body.encode()).decode(), "isBase64Encoded": True,
    }, None)["statusCode"]
"""


def test_a_submission_in_json_loads_what_takes_it_in():
    """One decision and no other, no form of the desk, no page, no letter, no photo."""
    send = 'assert send("application/json", json.dumps(a_form())) == 201'
    modules = loaded_after(ENVIRONMENT + SENT + send)
    received = {f"chalicelib.{one}" for one in RECEIVED} | {"chalicelib.adapters.aws_clients"}
    assert of_ours(modules) == DECLARED | received
    assert not modules & {"jinja2", "boto3", "PIL", "http.cookies"}


def test_answers_to_be_checked_need_no_client():
    """A browser that has yet to check what it sends is answered without the table."""
    send = (
        'form = urlencode(a_form() | {"checked": ""})\n'
        'assert send("application/x-www-form-urlencoded", form) == 200'
    )
    modules = loaded_after(ENVIRONMENT + SENT + send)
    decisions = {one for one in modules if one.startswith("chalicelib.domain.decisions.")}
    assert not decisions
    assert not {one for one in modules if one.startswith("chalicelib.adapters.complaints")}
    assert not {one for one in modules if ".http.desk" in one}
    assert not modules & {"chalicelib.adapters.aws_clients", "botocore.client"}


REFUSED = """
sys.path[:0] = ["../tests", ".."]
from support.clouds import a_cloud
from support.forms import a_form
from support.web import post_json
with a_cloud() as cloud:
    for name in [name for name in sys.modules if name.split(".")[0] == "jinja2"]:
        del sys.modules[name]
    answers = [post_json(a_form()).status_code, post_json({}).status_code]
    assert answers == [201, 422], answers
"""


def test_a_refusal_in_json_loads_no_templates():
    """Neither the answer nor a refusal in JSON pays for Jinja2, pages, letters or mail."""
    modules = loaded_after(REFUSED)
    unused = {"jinja2", "chalicelib.pages", "chalicelib.letters", "chalicelib.adapters.mailer"}
    assert not modules & unused


@pytest.mark.parametrize("started", ["stream", "schedule", "uploads"])
def test_no_other_function_loads_a_view(started):
    """The stream's, the schedule's and storage's have nothing of HTTP but the table."""
    modules = loaded_after(f"import app, chalicelib.entrypoints.{started}")
    http = {one for one in of_ours(modules) if one.startswith("chalicelib.entrypoints.http")}
    assert http == {one for one in DECLARED if one.startswith("chalicelib.entrypoints.http")}


PHOTOS = """
sys.path[:0] = ["../tests", ".."]
from support.clouds import a_cloud
from support.forms import a_form
from support.web import get, post_form, post_json
with a_cloud() as cloud:
    container = cloud.container
    taken = post_json(a_form()).json_body
    page = f"/complaints/{taken['reference']}?code={taken['code']}"
    asked = post_form({"code": taken["code"]}, page.partition("?")[0] + "/photos",
                      accept="application/json")
    answers = [get(page).status_code, asked.status_code]
    assert answers == [200, 200], answers
    container.sweep.go()
    assert "photo_store" not in vars(container)
"""


def test_only_the_function_that_takes_photos_loads_pillow():
    """Neither a page with photos, nor the right to send one, nor the sweep; nor a client of S3."""
    modules = loaded_after(PHOTOS)
    assert "chalicelib.adapters.presigned_urls" in modules
    assert not {one for one in modules if one.split(".")[0] == "PIL"}


LISTED = """
sys.path[:0] = ["../tests", ".."]
from support.clouds import a_light_cloud
from support.desk_web import Desk
from support.people import MANAGER, STAFF
with a_light_cloud(staff=STAFF) as cloud:
    browser = Desk(cloud).as_(MANAGER.id)
    paths = ("/desk/complaints?text=x", "/desk/complaints.csv", "/desk/complaints.{ending}")
    answers = [browser.get(path).status_code for path in paths]
"""


@pytest.mark.parametrize(("ending", "is_loaded"), [("csv", False), ("xlsx", True)])
def test_only_a_workbook_loads_what_makes_workbooks(ending, is_loaded):
    """Neither the list itself nor its text."""
    modules = loaded_after(LISTED.replace("{ending}", ending))
    assert "chalicelib.entrypoints.http.desk.complaint_list" in modules
    assert ("xlsxwriter" in modules) is is_loaded


@pytest.mark.parametrize("folder", ["functions/chalicelib", "tests"])
def test_no_file_is_empty_of_words(folder):
    """Every module says what lives in it."""
    for path in (ROOT / folder).rglob("*.py"):
        assert path.read_text("utf-8").startswith(('"""', "#")), path
