"""A real browser in front of an offline cloud, and a record of what it asked for."""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page

from offline.running import RunningCloud

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


class Visit:
    """One visit with a browser: its page, every address it asked for, every dialog it met."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("dialog", self._note)

    @property
    def asked_elsewhere(self) -> list[str]:
        """What was asked of any other host."""
        return [url for url in self.asked if not url.startswith((f"{self._address}/", "data:"))]

    def open(self, path: str) -> Page:
        """The page at a path of the cloud."""
        self.page.goto(f"{self._address}{path}")
        return self.page

    def faults(self) -> list[tuple[str, str]]:
        """What axe finds wrong with the page as it stands."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run()")["violations"]
        return [(one["id"], one["nodes"][0]["html"]) for one in found]

    def fits(self) -> bool:
        """Whether nothing stands out beside the screen."""
        fits: bool = self.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        return fits

    def _note(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def running(tmp_path_factory) -> Iterator[RunningCloud]:
    """The offline cloud that runs."""
    cloud = RunningCloud(tmp_path_factory.mktemp("browser")).ready()
    yield cloud
    cloud.end()


@pytest.fixture
def visit(browser, running):
    """Open a browser of this width, language and kind; it is closed at the end."""
    contexts = []

    def begin(language: str = "zh", width: int = 360, *, javascript: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale={"zh": "zh-CN", "en": "en-GB"}[language],
            java_script_enabled=javascript,
        )
        contexts.append(context)
        return Visit(context, running.address)

    yield begin
    for context in contexts:
        context.close()
