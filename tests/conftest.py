"""What every test stands on: no cloud but moto in this process, and made-up keys.

The environment is set before any part of the product is made. No socket but loopback
opens: whatever tried would reach a machine that is not this one.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ |= {
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "TABLE_NAME": "complaint-desk",
    "SITE_URL": "http://localhost:8000",
    "CODE_KEYS": "a-made-up-key-of-32-bytes-or-more,an-older-made-up-key-of-32-bytes",
    "FORM_KEYS": "a-made-up-key-for-the-signs-of-forms",
    "USER_POOL_ID": "us-east-1_madeup",
    "USER_POOL_CLIENT_ID": "made-up-client",
    "PHOTOS_BUCKET": "complaint-desk-photos",
    "MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP": "true",
    "CLOCK_FILE": str(Path(tempfile.mkdtemp()) / "clock"),
}
settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    """Let nothing be connected to but loopback, whoever asks."""
    if event == "socket.connect":
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else "localhost"
        if not host.startswith(("127.", "::1", "localhost")):
            raise PermissionError(f"A test reached for {host}.")


sys.addaudithook(_refuse_other_machines)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew from what is made now"
    )


@pytest.fixture
def golden(request):
    """Compare with a file of tests/golden, byte for byte."""
    folder = Path(__file__).parent / "golden"

    def same(name: str, made: str) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.encode())
        assert path.read_bytes().decode() == made, f"{name}: see it, then --update-golden"

    return same


@pytest.fixture
def cloud() -> Iterator["Cloud"]:  # noqa: F821 - moto is imported by the tests that need it
    """A table, a mail service and the staff, fresh for each test."""
    from support.clouds import a_cloud  # noqa: PLC0415 - moto is imported by the tests that need it

    with a_cloud() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The installed Chromium, one for all tests of a worker."""
    from support.chromium import chromium  # noqa: PLC0415 - only the browser's tests pay for it

    with chromium() as found:
        yield found
