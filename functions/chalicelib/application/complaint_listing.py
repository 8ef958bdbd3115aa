"""The list of complaints: what somebody may see of those that fit, counted, sorted and in pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.application.complaint_filters import (
    BY_INSTANT,
    CHOSEN,
    FILTERS,
    LATEST_FIRST,
    Asked,
    Days,
    ListReader,
    fits,
    latest,
)
from chalicelib.application.confidence import seen_words
from chalicelib.application.listed import ListedLine
from chalicelib.application.ports.complaint_list import ENDED, RECEIVED, ComplaintList, Span
from chalicelib.application.search_text import holds, sought
from chalicelib.domain import permissions
from chalicelib.domain.confidence import sees_resident
from chalicelib.domain.policy import Organisation, Policy

PER_PAGE = 24
"""So many the words of which are one request to the table."""
_ANY_ZONE = timedelta(hours=14)
"""No place is further from UTC."""
_CODES = ("phone",)


class ListPage(Struct, frozen=True):
    """A page of the list. `read` are all that were looked at, of which `found` fit.

    `counts` are how many there are of each option among the ones that were looked at; `latest`
    are the days of which there are ended ones, where none were asked for.
    """

    lines: tuple[ListedLine, ...]
    found: int
    read: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    latest: Days | None = None


@dataclass(frozen=True)
class ComplaintListing:
    """Lists complaints, open and ended."""

    policy: Policy
    organisation: Organisation
    complaint_list: ComplaintList

    def today(self, now: datetime) -> date:
        """The day that it is for the company."""
        return now.astimezone(self.organisation.communities[0].tz).date()

    def page(self, asked: Asked, reader: ListReader) -> ListPage:
        """The page that is asked for, the last where there are fewer."""
        seen = self._seen(asked, reader, with_words=asked.reads_words)
        found = self._found(seen, asked, reader)
        pages = max(1, -(-len(found) // PER_PAGE))
        page = min(max(asked.page, 1), pages)
        shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        return ListPage(
            lines=tuple(shown if asked.reads_words else self._with_words(shown, reader)),
            found=len(found),
            read=len(seen),
            page=page,
            pages=pages,
            counts={
                one.name: Counter(key for line in seen for key in one.of_line(line, reader))
                for one in CHOSEN
            },
            latest=latest(asked, self.today(reader.now)),
        )

    def whole(self, asked: Asked, reader: ListReader) -> tuple[ListedLine, ...]:
        """All that fit, in their order, with the words that the reader may see."""
        return tuple(self._found(self._seen(asked, reader, with_words=True), asked, reader))

    def _seen(self, asked: Asked, reader: ListReader, *, with_words: bool) -> list[ListedLine]:
        """All that were read and this person may see, each as they may see it."""
        lines = self._read(asked, reader, with_words=with_words)
        may = permissions.may
        return [_as_seen(one, reader) for one in lines if may(reader.staff, "see", one.complaint)]

    def _read(self, asked: Asked, reader: ListReader, *, with_words: bool) -> Iterator[ListedLine]:
        """What is read of the table: the months asked for; else all open ones, and the latest."""
        given = [(RECEIVED, asked.received), (ENDED, asked.ended)]
        spans = [(by, one) for by, one in given if one is not None]
        if spans:
            by, narrowest = min(spans, key=lambda one: len(one[1].months))
            yield from self._of_days(by, narrowest, with_words=with_words)
            return
        there = set()
        for line in self.complaint_list.open():
            there.add(line.complaint.reference)
            yield line
        days = latest(asked, self.today(reader.now))
        for line in self._of_days(RECEIVED, days, with_words=with_words) if days else ():
            one = line.complaint
            if days and days.hold(one.received_at, one) and one.reference not in there:
                yield line

    def _of_days(self, by: str, days: Days, *, with_words: bool) -> Iterator[ListedLine]:
        """The complaints of some days, month by month, in one request or two each."""
        start = datetime.combine(days.first, time(), UTC) - _ANY_ZONE
        end = datetime.combine(days.last + timedelta(days=1), time(), UTC) + _ANY_ZONE
        for month in days.months:
            span = Span(by, month, start, end)
            words = self.complaint_list.words(span) if with_words else {}
            for row in self.complaint_list.rows(span):
                yield ListedLine(row, words.get(row.reference, {}))

    def _found(
        self, seen: Iterable[ListedLine], asked: Asked, reader: ListReader
    ) -> list[ListedLine]:
        words = sought(asked.values.get("text", ""))
        fitting = [one for one in seen if fits(one, asked, reader)]
        found = [one for one in fitting if not words or _holds(words, one)]
        return self._sorted(found, asked.sort or LATEST_FIRST, reader)

    def _sorted(
        self, lines: Iterable[ListedLine], sort: str, reader: ListReader
    ) -> list[ListedLine]:
        """By what is asked for, then the latest first; what has none of it comes last."""
        name, backwards = sort.removeprefix("-"), sort.startswith("-")
        newest = sorted(lines, key=lambda one: one.complaint.reference)
        newest.sort(key=lambda one: one.complaint.received_at, reverse=True)
        if name in BY_INSTANT:
            there = [one for one in newest if getattr(one.complaint, f"{name}_at")]
            lacking = [one for one in newest if not getattr(one.complaint, f"{name}_at")]
            there.sort(key=lambda one: getattr(one.complaint, f"{name}_at"), reverse=backwards)
            return there + lacking
        row = FILTERS[name]
        order = {key: at for at, key in enumerate(row.offered(self.policy, self.organisation))}

        def rank(line: ListedLine) -> tuple[int, str]:
            (first, *_) = row.of_line(line, reader)
            return order.get(first, len(order)), first

        return sorted(newest, key=rank, reverse=backwards)

    def _with_words(self, lines: Sequence[ListedLine], reader: ListReader) -> Iterator[ListedLine]:
        """The lines of a page with what their residents said, in one request."""
        words = self.complaint_list.words_of([one.complaint.reference for one in lines])
        for one in lines:
            said = words.get(one.complaint.reference, {})
            yield _as_seen(replace(one, words=said), reader)


def _as_seen(line: ListedLine, reader: ListReader) -> ListedLine:
    """What this person may see of it: of one in confidence no word that tells the resident."""
    if sees_resident(reader.staff, line.complaint):
        return line
    return replace(line, words=seen_words(line.words), withheld=True)


def _holds(words: Iterable[str], line: ListedLine) -> bool:
    codes = (line.complaint.reference, *(line.words.get(one, "") for one in _CODES))
    return holds(words, line.words.values(), codes)
