"""The list of complaints over those that a fake keeps."""

from dataclasses import dataclass, field

from chalicelib.application.listed import ListedLine, listed
from fakes.complaints import FakeComplaints
from support.examples import POLICY


@dataclass
class FakeComplaintList:
    """The `ComplaintList` port."""

    complaints: FakeComplaints = field(default_factory=FakeComplaints)

    def rows(self, span):
        """Those of a span, the earliest first."""
        return tuple(row for row, _ in self._within(span))

    def words(self, span):
        """What was said in a span, by reference; nothing of those whose words are gone."""
        found = {row.reference: words for row, words in self._within(span)}
        return {reference: words for reference, words in found.items() if words}

    def words_of(self, references):
        """The same of these."""
        found = {one: self.complaints.saved.get(one) for one in references}
        return {one: dict(saved.history.words) for one, saved in found.items() if saved}

    def open(self):
        """What has not ended."""
        saved = (one.history for one in self.complaints.saved.values())
        lines = (ListedLine(listed(one, POLICY), dict(one.words)) for one in saved)
        return tuple(one for one in lines if one.complaint.ended_at is None)

    def _within(self, span):
        found = []
        for saved in self.complaints.saved.values():
            row = listed(saved.history, POLICY)
            at = getattr(row, f"{span.by}_at")
            is_there = at and f"{at.astimezone(row.tz):%Y-%m}" == span.month
            if is_there and span.start <= at < span.end:
                found.append((at, row.reference, row, dict(saved.history.words)))
        found.sort(key=lambda one: one[:2])
        return [(row, words) for _, _, row, words in found]
