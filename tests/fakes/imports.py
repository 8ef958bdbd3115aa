"""Finished imports in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.domain.errors import NotFoundError


@dataclass
class FakeImports:
    """The `Imports` port."""

    runs: dict = field(default_factory=dict)

    def finish(self, run, now):
        """Keep the first run of this id."""
        return self.runs.setdefault(run.id, (run, now))[0] is run

    def run(self, run_id):
        """The run of this id."""
        if run_id not in self.runs:
            raise NotFoundError
        return self.runs[run_id][0]
