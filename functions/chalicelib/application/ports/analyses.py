"""Where the analyses of the months are kept."""

from typing import Protocol

from chalicelib.domain.analysis import Analysis


class Analyses(Protocol):
    """One analysis for each community and month."""

    def of(self, community: str, month: str) -> Analysis | None:
        """What was saved last of a month such as ``2026-11``; None where nothing was."""
        ...

    def keep(self, analysis: Analysis) -> None:
        """Keep it in the place of the version before.

        Raises ChangedMeanwhileError where another version stands there.
        """
        ...
