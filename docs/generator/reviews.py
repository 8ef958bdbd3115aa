"""Every page has an owner and a day of review; a page whose review is overdue stops the build."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from docs.generator.errors import HandbookError

from chalicelib.domain.working_time import months_after
from chalicelib.locales import LANGUAGES

DOCS = Path(__file__).parent.parent


class OverdueError(HandbookError):
    """Pages that nobody has looked through in time; the message names each with its owner."""


@dataclass(frozen=True)
class Page:
    """A page as it is written: its path below ``docs/``, front matter, and text."""

    path: Path
    matter: dict[str, Any]
    text: str

    @property
    def name(self) -> str:
        """Its path, as an error names it."""
        return self.path.as_posix()


def pages(docs: Path = DOCS) -> tuple[Page, ...]:
    """Every page of the handbook, in both languages."""
    found = (path for language in LANGUAGES for path in sorted((docs / language).rglob("*.md")))
    return tuple(_page(path, docs) for path in found)


def require_reviewed(found: Iterable[Page], today: date) -> None:
    """That every page has an owner and was looked through in the time that `review_every` says.

    Raises OverdueError otherwise.
    """
    months = review_every()
    late = [page for page in found if _due_on(page, months) < today]
    if late:
        lines = (f"  docs/{one.name} ({one.matter.get('owner')}), {_since(one)}" for one in late)
        raise OverdueError(
            "These pages are overdue for review. Read each with its owner, mend it, and set"
            " `last_reviewed_on`:\n" + "\n".join(lines)
        )


def review_every() -> int:
    """After how many months a page is looked through again, from ``mkdocs.base.yml``."""
    extra = yaml.safe_load((DOCS / "mkdocs.base.yml").read_text("utf-8"))["extra"]
    return int(extra["review_every_months"])


def _page(path: Path, docs: Path) -> Page:
    _, matter, text = path.read_text("utf-8").split("---\n", 2)
    return Page(path.relative_to(docs), yaml.safe_load(matter), text)


def _since(page: Page) -> str:
    return f"last reviewed on {page.matter.get('last_reviewed_on')}"


def _due_on(page: Page, months: int) -> date:
    """The same day so many months after its last review; long ago where there was none."""
    reviewed_on = page.matter.get("last_reviewed_on")
    if reviewed_on is None or "owner" not in page.matter:
        return date.min
    reviewed_at = datetime.combine(reviewed_on, time(), UTC)
    return months_after(reviewed_at, months, ZoneInfo("UTC")).date()
