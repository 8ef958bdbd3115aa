"""The built site, served on loopback, and a browser to read it with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.build import build
from playwright.sync_api import Page

from handbook_pdf import served
from support.chromium import PATIENCE


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site, built once however many workers ask for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "site"
    build(folder)
    return folder


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    """The site on a loopback port."""
    with served(site) as found:
        yield found


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A fresh page, with a list of what it asked for."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    fresh = context.new_page()
    yield fresh
    context.close()
