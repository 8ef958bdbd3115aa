"""The lessons that closing left in the fake complaints."""

from dataclasses import dataclass

from fakes.complaints import FakeComplaints


@dataclass
class FakeLessons:
    """The `Lessons` port."""

    complaints: FakeComplaints

    def of(self, category):
        """The lessons of a category, newest first."""
        found = [one for one in self.complaints.lessons if one.category == category]
        return tuple(sorted(found, key=lambda one: (one.at, one.reference), reverse=True))
