"""Builds the whole site: the handbook in both languages, the residents' form and privacy notice.

One command, ``python docs/build.py [--site-dir DIR] [--force]``; `build` is the same
for other programs. Both take a company's own files, which `desk check` has found sound. Nothing
is done when nothing has changed since the last build. The sample letters are always the
demonstration company's.
"""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "functions")) if path not in sys.path]

from docs.generator.errors import HandbookError  # noqa: E402 - the path is set only above

from chalicelib.locales import LANGUAGES  # noqa: E402 - as above

SITE = ROOT / "site"
HOMES = {language: "" if language == LANGUAGES[0] else language for language in LANGUAGES}
"""Where each language stands in the site; in this order, as each build clears its own folder."""
_FUNCTIONS = ROOT / "functions" / "chalicelib"
_SOURCES = (DOCS, _FUNCTIONS)
_MADE = (DOCS / "generated", *(DOCS / language / "complain" for language in LANGUAGES))
_NOT_SHOWN = (DOCS / "images", DOCS / "decisions", DOCS / "running")
_NOT_ASKED = (_FUNCTIONS / "adapters", _FUNCTIONS / "routes")
_NO_SOURCES = (*_MADE, *_NOT_SHOWN, *_NOT_ASKED)
_LOCK = DOCS / "generated" / ".lock"
_STAMP = ".built"  # MkDocs leaves hidden files alone when it clears a folder
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class SiteError(HandbookError):
    """MkDocs refused to build, or warned; the message is what it said."""


@dataclass(frozen=True)
class Company:
    """The files that the site is built for; None is the one of this checkout."""

    organisation: Path | None = None
    policy: Path | None = None

    @property
    def given(self) -> str:
        """What tells a site of these files from one of others."""
        files = ((name, path) for name, path in vars(self).items() if path)
        return "".join(
            f"\n{name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in files
        )


CHECKOUT = Company()


def build(site_dir: Path = SITE, company: Company = CHECKOUT, *, force: bool = False) -> bool:
    """Build the site into `site_dir`; False when it was up to date.

    Raises HandbookError for what a person must mend: SiteError when MkDocs fails or warns,
    CoverageError when something has no place in the handbook, MissingWordsError when it has no
    words, ScenarioError for a drill, SampleError for a letter's story, SecurityPolicyError for
    a page without a head.
    """
    with _one_at_a_time():
        stamp = site_dir / _STAMP
        if not force and is_fresh(stamp, company):
            return False
        stamp.unlink(missing_ok=True)
        started_at = time.time()  # noqa: TID251 - as files are dated
        sources = _named(_source_files()) + company.given
        _make(site_dir, company)
        stamp.write_text(sources, "utf-8")
        os.utime(stamp, (started_at, started_at))
        return True


def is_fresh(stamp: Path, company: Company = CHECKOUT) -> bool:
    """Whether no source was changed, added, renamed or removed since this stamp of a built site."""
    sources = tuple(_source_files())
    if not stamp.exists() or stamp.read_text("utf-8") != _named(sources) + company.given:
        return False
    return max(path.stat().st_mtime for path in sources) < stamp.stat().st_mtime


def main() -> None:
    """The command line. Exits with 1, and what is to be mended, when a page or a drill is wrong."""
    from docs.generator import reviews  # noqa: PLC0415 - needs more than an up-to-date site does

    arguments = _arguments()
    try:
        reviews.require_reviewed(reviews.pages(), datetime.now(UTC).date())  # noqa: TID251 - the day it is
        company = Company(arguments.organisation, arguments.policy)
        built = build(arguments.site_dir, company, force=arguments.force)
    except HandbookError as error:
        sys.exit(str(error))
    print(f"· site {'built in' if built else 'up to date in'} {arguments.site_dir}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the handbook and the form.")
    parser.add_argument("--site-dir", type=Path, default=SITE, help="where to (default: site/)")
    parser.add_argument("--organisation", type=Path, help="a company's own file, found sound")
    parser.add_argument("--policy", type=Path, help="its policy, found sound")
    parser.add_argument("--force", action="store_true", help="build even when nothing changed")
    return parser.parse_args()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two builds at once would clear the folders under each other's feet."""
    _LOCK.parent.mkdir(parents=True, exist_ok=True)
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(site_dir: Path, company: Company) -> None:
    from docs.generator import security, single_page  # noqa: PLC0415 - only a stale site needs them

    _write_fragments(company)
    _write_forms(company)
    for language, folder in HOMES.items():
        _run_mkdocs(language, site_dir / folder)
    for language, folder in HOMES.items():
        single_page.write_single_page(site_dir / folder, language)
    security.protect(site_dir)


def _named(sources: Iterable[Path]) -> str:
    return "\n".join(sorted(path.relative_to(ROOT).as_posix() for path in sources))


def _source_files() -> Iterator[Path]:
    for source in _SOURCES:
        for path in source.rglob("*"):
            made = any(path.is_relative_to(folder) for folder in _NO_SOURCES)
            if path.is_file() and not made and "__pycache__" not in path.parts:
                yield path


def _write_fragments(company: Company) -> None:
    from docs.generator import coverage, generate, reviews  # noqa: PLC0415 - as above

    from chalicelib.policy import load_policy  # noqa: PLC0415 - as above

    print("· policy, drills and letters")
    policy = load_policy(company.policy)
    coverage.require_complete(reviews.pages(), generate.names(), policy)
    generate.main(policy)


def _write_forms(company: Company) -> None:
    from docs.generator.generate import write  # noqa: PLC0415 - as above

    from chalicelib.pages import static  # noqa: PLC0415 - only a stale site needs it
    from chalicelib.policy import load_organisation, load_policy  # noqa: PLC0415 - as above

    print("· the form and the privacy notice")
    known = load_policy(company.policy), load_organisation(company.organisation)
    for language in LANGUAGES:
        folder = DOCS / language / "complain"
        write(folder / "index.html", static.static_form(language, *known))
        write(folder / "privacy" / "index.html", static.static_privacy(language, *known))


def _run_mkdocs(language: str, site_dir: Path) -> None:
    print(f"· handbook, {language}")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    command += ["--config-file", f"mkdocs.{language}.yml", "--site-dir", str(site_dir.resolve())]
    done = subprocess.run(  # noqa: S603 - our own interpreter, no shell, no outside words
        command, cwd=DOCS, env=os.environ | _QUIET, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SiteError(f"mkdocs ({language}) failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
