"""Analyses in a dictionary."""

from dataclasses import dataclass, field

from chalicelib.domain.errors import ChangedMeanwhileError


@dataclass
class FakeAnalyses:
    """The `Analyses` port."""

    kept: dict = field(default_factory=dict)

    def of(self, community, month):
        """What was kept last."""
        return self.kept.get((community, month))

    def keep(self, analysis):
        """Keep it, if the version before stands."""
        stood = self.of(analysis.community, analysis.month)
        if (stood.version if stood else 0) != analysis.version - 1:
            raise ChangedMeanwhileError
        self.kept[analysis.community, analysis.month] = analysis
