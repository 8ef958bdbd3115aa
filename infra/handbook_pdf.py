"""Prints the whole handbook to PDF, one file a language, on A4 with bookmarks and tags.

``python infra/handbook_pdf.py`` builds the site where it is stale, and writes
``build/handbook/handbook.LANGUAGE.pdf``. It needs a Chromium.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click
from playwright.sync_api import Browser

from desk.site import build_site
from pictures.camera import ROOT, chromium

PDFS = ROOT / "build" / "handbook"
HOMES = {"zh": "", "en": "en/"}
_PATIENCE = 180_000
"""Milliseconds: the machine may have other work."""
_LOAD_ALL = "() => { for (const one of document.images) one.loading = 'eager' }"
_ALL_LOADED = """() => document.fonts.status === 'loaded'
    && [...document.images].every((one) => one.complete)"""
"""A page that is printed sooner lacks pictures, and pages."""
_PAGE_NUMBER = (
    '<div style="width: 100%; font-size: 8px; text-align: center">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


@click.command()
def main() -> None:
    """Print both languages. Exits with a sentence when there is no Chromium."""
    site = ROOT / "site"
    build_site(site)
    with chromium() as browser:
        for path in print_all(site, PDFS, browser):
            print(f"· {path.relative_to(ROOT)} ({path.stat().st_size // 1024} KB)")


def print_all(site: Path, into: Path, browser: Browser) -> list[Path]:
    """Print the whole handbook of each language of a built site; the files written."""
    into.mkdir(parents=True, exist_ok=True)
    with served(site) as address:
        return [
            _printed(f"{address}{home}whole/", into / f"handbook.{language}.pdf", browser)
            for language, home in HOMES.items()
        ]


def _printed(url: str, path: Path, browser: Browser) -> Path:
    page = browser.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(url)
    page.evaluate(_LOAD_ALL)
    page.wait_for_function(_ALL_LOADED)
    page.pdf(
        path=path,
        format="A4",
        tagged=True,
        outline=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=_PAGE_NUMBER,
        margin={"top": "16mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
    )
    page.close()
    return path


class _Quiet(SimpleHTTPRequestHandler):
    """A file server that keeps no log."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on a loopback port: a page of files has no origin that its policy could name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    main()
