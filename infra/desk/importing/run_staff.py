"""The staff as one run of an import sees them: read once, so that a thousand rows ask once."""

from dataclasses import dataclass

from chalicelib.domain.staff import Directory


@dataclass(frozen=True)
class RunStaff:
    """The `StaffReader` port over a directory that was read before."""

    known: Directory

    def directory(self) -> Directory:
        """The staff as they stood when the run began."""
        return self.known
