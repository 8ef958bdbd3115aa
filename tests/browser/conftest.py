"""A real browser in front of an offline cloud, and a record of what it asked for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from offline.running import RunningCloud
from support.axe import faults
from support.chromium import PATIENCE


class Visit:
    """One visit with a browser: its page, every address it asked for, every dialog it met."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("dialog", self._note)

    @property
    def asked_elsewhere(self) -> list[str]:
        """What was asked of any other host."""
        return [url for url in self.asked if not url.startswith((f"{self._address}/", "data:"))]

    def open(self, path: str) -> Page:
        """The page at a path of the cloud."""
        self.page.goto(f"{self._address}{path}")
        return self.page

    def is_sound(self, language: str, state: str = "") -> bool:
        """Nothing is wider than the screen of a phone or of a desk, and axe finds nothing.

        Axe looks at a page in Chinese on the phone and at the same in English on the desk, or
        the other way round: what it judges by width is the style, which knows no language.
        """
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 800})
            assert self.fits(), (state, width)
            if (width == 360) == (language == "zh"):
                assert self.faults() == [], (state, width)
        return True

    def faults(self) -> list[list[str]]:
        """What axe finds wrong with the page as it stands."""
        return faults(self.page)

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
