"""Takes the pictures that the README and the handbook show, from the offline cloud itself.

``python infra/screenshots.py`` writes docs/images/form.png, the form on a phone, and
docs/images/alert.png, the alert of a major complaint. It needs a Chromium.
"""

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
DESK = Path(sys.executable).parent / "desk"
MOST_BYTES = 150_000
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-lcd-text",
    "--font-render-hinting=none",
]
_READY = "Ctrl-C"
LAST_ROW = "业户要求"
"""Where the picture of the alert ends; the whole of it would be too heavy."""


def main() -> None:
    """Take both pictures. Exits with a sentence when there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Install Chromium first, for example: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with offline_cloud() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        take_form(browser, address)
        take_alert(browser, address)
        browser.close()


def take_form(browser: Browser, address: str) -> None:
    """The top of the Chinese form, as wide as a small phone."""
    page = browser.new_page(viewport={"width": 360, "height": 720}, locale="zh-CN")
    page.goto(f"{address}/complain/")
    keep(page, "form.png")


def take_alert(browser: Browser, address: str) -> None:
    """What the property manager reads of the first sample complaint, a major one."""
    page = browser.new_page(viewport={"width": 720, "height": 400}, locale="zh-CN")
    page.goto(f"{address}/local/mailbox?to=manager.jade@anhe.example")
    letter = page.locator("ul.letters a").last.get_attribute("href") or ""
    page.goto(f"{address}{letter.partition('?')[0]}/html")
    make_timeless(page)
    keep(page, "alert.png", until=page.locator("tr", has_text=LAST_ROW))


def keep(page: Page, name: str, *, until: Locator | None = None) -> None:
    """Write a picture of the top, down to this row. Exits when it is too heavy for a page."""
    path = IMAGES / name
    box = until.bounding_box() if until else None
    if box:
        width = (page.viewport_size or {"width": 360})["width"]
        page.set_viewport_size({"width": width, "height": int(box["y"] + box["height"])})
    page.screenshot(path=path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{path} has {size} bytes; {MOST_BYTES} are the most.")
    print(f"· {path.relative_to(ROOT)}: {size} bytes")


def make_timeless(page: Page) -> None:
    """Replace what differs from run to run: the reference and the address."""
    shown = page.locator("body").inner_text()
    reference = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", shown)
    port = re.search(r"localhost:\d+", shown)
    changes = {reference[0]: "7K3MQ-9TX4B", port[0]: "localhost:8000"} if reference and port else {}
    page.evaluate(
        "(changes) => { for (const [from, to] of Object.entries(changes))"
        " document.body.innerHTML = document.body.innerHTML.replaceAll(from, to); }",
        changes,
    )


@contextmanager
def offline_cloud() -> Iterator[str]:
    """An offline cloud on a free port, in a folder of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as local:
        cloud = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [DESK, "serve", "--port", str(port)],
            env={"DESK_LOCAL": local},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            wait_until_ready(cloud)
            yield f"http://localhost:{port}"
        finally:
            cloud.send_signal(signal.SIGTERM)
            cloud.communicate(timeout=20)


def wait_until_ready(cloud: subprocess.Popen[str]) -> None:
    """Read what it says until it says how to stop it. Exits when it stopped by itself."""
    for line in cloud.stdout or ():
        if _READY in line:
            return
    sys.exit("The offline cloud did not start.")


if __name__ == "__main__":
    main()
