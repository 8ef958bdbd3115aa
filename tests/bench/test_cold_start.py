"""The cold start of a submission, from the package, beside the least that Chalice and boto3 need.

It is measured twice: with keys that are fetched from a parameter, as deployed, and with keys that
are given in the environment, so that the figures say what fetching them costs.

The baseline is a Chalice function with one boto3 client and one ``put_item``, its byte code
shipped as ours is. Both are started in turn, each in a fresh process over a loopback port that
answers as DynamoDB; a pair's ratio is what counts, for the machine's speed drifts.
"""

import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import threading
import zipfile
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest

from chalicelib.application.key_rings import new_rings
from desk.company import CompanyFiles
from desk.packaging import bundle, handlers
from desk.packaging.command import build
from desk.packaging.targets import target_here

PAIRS = int(os.environ.get("PAIRS", "25"))
STARTER = Path(__file__).with_name("cold_start.py")
BASELINE = """
import boto3
from chalice import Chalice, Response

app = Chalice(app_name="baseline")
app.api.binary_types.append("application/json")


@app.route("/complaints", methods=["POST"], content_types=["application/json"])
def submit():
    table = boto3.client("dynamodb")
    table.put_item(TableName="complaint-desk", Item={"pk": {"S": "C#1"}, "sk": {"S": "HEAD"}})
    return Response({}, status_code=201)
"""


KEPT = msgspec.json.encode(new_rings(datetime(2026, 11, 23, tzinfo=UTC), secrets.token_bytes))
PARAMETER = json.dumps({"Parameter": {"Value": KEPT.decode()}}).encode()
GIVEN = {"CODE_KEYS": secrets.token_hex(32), "FORM_KEYS": secrets.token_hex(32)}
FETCHED = {"KEYS_PARAMETER": "/complaint-desk/bench/keys"}


class _Table(BaseHTTPRequestHandler):
    """Answers every request as a table that has written what it was given; has the keys, too."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        is_key = self.headers["X-Amz-Target"] == "AmazonSSM.GetParameter"
        answer = PARAMETER if is_key else b"{}"
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Nothing is printed beside the figures."""


@pytest.fixture(scope="module")
def endpoint():
    """The address of a table on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Table)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The package as Lambda unzips it, the baseline, and what Lambda supplies."""
    made = tmp_path_factory.mktemp("cold")
    report = build(made / "package", target_here(), CompanyFiles())
    ours, baseline, supplied = made / "ours", made / "baseline", made / "supplied"
    with zipfile.ZipFile(report.archives[0]) as zipped:
        zipped.extractall(ours)
    handlers._link_supplied(supplied)  # noqa: SLF001 - the same set that proves the package
    _make_baseline(baseline, ours)
    return ours, baseline, supplied


def _make_baseline(folder, ours):
    """Chalice's runtime as the package has it, and one small function."""
    folder.mkdir()
    shutil.copytree(ours / "chalice", folder / "chalice")
    (folder / "app.py").write_text(BASELINE, "utf-8")
    bundle._compile(folder, strip=folder)  # noqa: SLF001 - as the package is compiled


def _started(folder, supplied, endpoint, keys=GIVEN):
    """CPU seconds and peak memory (KB) of one cold start."""
    environment = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "us-east-1",
        "TABLE_NAME": "complaint-desk",
        "SITE_URL": "http://localhost:8000",
        "USER_POOL_ID": "us-east-1_madeup",
        "USER_POOL_CLIENT_ID": "made-up",
        "PHOTOS_BUCKET": "photos",
        **keys,
    }
    arguments = [sys.executable, "-I", "-S", "-B", str(STARTER), str(folder), str(supplied)]
    process = subprocess.Popen(  # noqa: S603 - our own script
        arguments, stdout=subprocess.PIPE, env=environment, cwd=folder
    )
    with process.stdout as stdout:
        printed = stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    assert printed.strip() == b"201", printed
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def test_a_cold_submission_beside_the_least_there_is(folders, endpoint):
    """In turn, ours both ways and the baseline; the medians of the ratios are printed."""
    ours, baseline, supplied = folders
    for folder in (ours, baseline):
        _started(folder, supplied, endpoint)
    rounds = [
        (
            _started(ours, supplied, endpoint, FETCHED),
            _started(ours, supplied, endpoint, GIVEN),
            _started(baseline, supplied, endpoint),
        )
        for _ in range(PAIRS)
    ]
    cpu, given = (_ratio(rounds, way, 0) for way in (0, 1))
    memory = _ratio(rounds, 0, 1)
    print(f"\ncold start / baseline over {PAIRS} pairs: CPU {cpu:.2f}, peak memory {memory:.2f}")  # noqa: T201 - the figures
    print(f"with keys from the environment, not from a parameter: CPU {given:.2f}")  # noqa: T201 - the figures
    # What the figures must be is in docs/decisions/0032; here with what a busy machine adds.
    assert cpu < 0.8
    assert memory < 1.1


def _ratio(rounds, way, figure):
    """The median of what one way of ours takes of the baseline."""
    return statistics.median(one[way][figure] / one[2][figure] for one in rounds)
