"""The duty log in a dictionary."""

from dataclasses import dataclass, field
from datetime import date

from chalicelib.domain.errors import NotFoundError
from support.values import replace


@dataclass
class FakeDutyLog:
    """The `DutyLog` port."""

    pages: dict = field(default_factory=dict)

    def write(self, entry):
        """Add it to the day's page, under the next number."""
        page = self.pages.setdefault((entry.community, entry.on), [])
        page.append(replace(entry, number=len(page) + 1))
        return page[-1]

    def day(self, community, on):
        """A day's page."""
        return tuple(self.pages.get((community, on), ()))

    def entry(self, community, on, number):
        """The entry of this number."""
        page = self.day(community, on)
        if not 1 <= number <= len(page):
            raise NotFoundError
        return page[number - 1]

    def forget(self, community, entry):
        """Take the words of an entry away, as when the complaint it belongs to is erased."""
        on, _, number = entry.partition("#")
        page = self.pages.get((community, date.fromisoformat(on)), [])
        place = int(number) - 1
        if place < len(page):
            page[place] = replace(page[place], words={})
