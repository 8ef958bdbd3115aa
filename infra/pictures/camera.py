"""The camera: a Chromium whose pictures are the same from run to run, and light."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from pictures.palette import lightened

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 150_000
_REFERENCE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")
_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
_ADDRESS = re.compile(r"localhost:\d+")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-lcd-text",
    "--font-render-hinting=none",
]
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}
_REPLACE = """(changes) => {
  for (const field of document.querySelectorAll("[type=date]")) field.type = "text";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    for (const [from, to] of changes)
      walker.currentNode.data = walker.currentNode.data.replaceAll(from, to);
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium. Exits with a sentence when there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("Install Chromium first, for example: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Camera:
    """Takes pictures into one folder, in one language."""

    browser: Browser
    folder: Path
    language: str
    stand_ins: dict[str, str] = field(default_factory=dict)

    def page(self, width: int, height: int) -> Page:
        """A page of a browser that nobody has used yet."""
        context = self.browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            locale=_LOCALES[self.language],
            timezone_id="Asia/Shanghai",
        )
        return context.new_page()

    def keep(self, page: Page, name: str, *, until: Locator | None = None) -> None:
        """Write a picture of the top, down to `until`. Exits when it is too heavy for a page."""
        self._make_timeless(page)
        _fit(page, until)
        path = self.folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        taken = page.screenshot(animations="disabled", caret="hide")
        size = path.write_bytes(lightened(taken, self.browser))
        if size > MOST_BYTES:
            sys.exit(f"{path} has {size} bytes; {MOST_BYTES} are the most.")
        print(f"· {path.relative_to(ROOT)}: {size} bytes")

    def _make_timeless(self, page: Page) -> None:
        """Replace what differs from run to run, and a date's look, which differs by browser."""
        shown = page.locator("body").inner_text()
        changes = [(one, self._stand_in(one)) for one in _REFERENCE.findall(shown)]
        changes += [(one, "4F7K-Q2M9-X0TB-8WNE") for one in _CODE.findall(shown)]
        changes += [(one, "localhost:8000") for one in _ADDRESS.findall(shown)]
        page.evaluate(_REPLACE, changes)

    def _stand_in(self, reference: str) -> str:
        """The made-up reference that stands for this one on every picture."""
        if reference not in self.stand_ins.values():
            made = _made_up(len(self.stand_ins))
            return self.stand_ins.setdefault(reference, made)
        return reference


def _fit(page: Page, until: Locator | None) -> None:
    """Make the page as high as what is shown of it."""
    page.evaluate("scrollTo(0, 0)")
    box = until.bounding_box() if until else None
    if box and page.viewport_size:
        width = page.viewport_size["width"]
        page.set_viewport_size({"width": width, "height": int(box["y"] + box["height"])})


def _made_up(number: int) -> str:
    """A made-up reference, another one for each number."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    symbols = "".join(alphabet[(7 + number * 5 + place * 11) % 32] for place in range(10))
    return f"{symbols[:5]}-{symbols[5:]}"
