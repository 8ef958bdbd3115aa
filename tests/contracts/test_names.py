"""Ports, adapters and fakes carry the same file names, and adapters alone know what a key is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "functions" / "chalicelib"
HELPERS = {
    "aws_clients",
    "changes",
    "cognito_errors",
    "documents",
    "items",
    "jpeg_scans",
    "mail_events",
    "outbox",
    "stream_records",
    "timed_images",
    "transactions",
}
"""What adapters share; no port of their own."""
NEEDS_NO_WORLD = {"letter_writer": PACKAGE / "letters" / "writer.py"}
"""Ports that the product itself fulfils elsewhere, and tests with it."""
STORAGE_KEY = re.compile(r"\b(C|E|L|K|T|LOG|IMPORT|BATCH|WORKDAY|STAFF|SESSION|LIMIT|ACCESS)#")


def names(folder):
    """The modules of a folder."""
    return {one.stem for one in folder.glob("*.py")} - {"__init__"}


def test_each_port_has_its_adapter_under_its_name():
    """So that the directory listing shows what the product needs of the world."""
    ports = names(PACKAGE / "application" / "ports")
    assert names(PACKAGE / "adapters") - HELPERS == ports - NEEDS_NO_WORLD.keys()
    assert all(one.is_file() for one in NEEDS_NO_WORLD.values())


def test_each_port_has_its_fake_under_its_name():
    """One file a port, as the adapters."""
    ports = names(PACKAGE / "application" / "ports")
    assert names(ROOT / "tests" / "fakes") == ports - NEEDS_NO_WORLD.keys()


def test_no_storage_key_stands_outside_the_adapters():
    """Use cases, rules, views and entrypoints name things, and leave the keys to the adapters."""
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        if path.parent != PACKAGE / "adapters"
        for line in path.read_text("utf-8").splitlines()
        if STORAGE_KEY.search(line)
    ]
    assert found == []
