"""Saves and signs what is written of a month; its figures are final before it is signed (3.2)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.application.month_reports import MonthReports
from chalicelib.application.ports.analyses import Analyses
from chalicelib.application.ports.clock import Clock
from chalicelib.domain import analysis
from chalicelib.domain.analysis import Analysis, Draft, Measure
from chalicelib.domain.errors import ChangedMeanwhileError, RefusedError
from chalicelib.domain.policy import Policy
from chalicelib.domain.statistics import Month, months_before


@dataclass(frozen=True)
class MonthAnalyses:
    """What was written of each month. Who may do this, is asked before."""

    policy: Policy
    reports: MonthReports
    analyses: Analyses
    clock: Clock

    def of(self, community: str, month: str) -> Analysis:
        """What stands; a blank one where nobody has written yet."""
        found = self.analyses.of(community, month)
        return found or Analysis(community=community, month=month)

    def to_check(self, community: str, month: str) -> tuple[Measure, ...]:
        """The measures of the month before, which are to be checked off in this one."""
        return self.of(community, months_before(month, 1)).measures

    def sign_by(self, month: Month, zone: ZoneInfo) -> datetime:
        """Until when a month's report is to be signed (UTC): the end of a working day (3.2)."""
        days = self.policy.settings.sign_report_day - 1
        return self.policy.working_time.working_days_after(month.ends_at, days, zone)

    def save(self, community: str, month: str, draft: Draft, by: str, version: int) -> Analysis:
        """Keep a draft of somebody who had read this version.

        Raises RefusedError, and ChangedMeanwhileError where somebody has kept another since.
        """
        stands = self.of(community, month)
        if stands.version != version and not stands.signed:
            raise ChangedMeanwhileError
        return self._kept(analysis.saved(stands, draft, by, self.clock.now()))

    def sign(self, community: str, month: str, by: str) -> Analysis:
        """Sign what was saved last.

        Raises as `save`; RefusedError ``not_final`` while a figure may still change.
        """
        if not self.reports.count(community, month).is_kept:
            raise RefusedError("not_final")
        stands = self.of(community, month)
        now, version = self.clock.now(), self.policy.version
        return self._kept(analysis.signed(stands, by, version, now))

    def countersign(self, community: str, month: str, by: str) -> Analysis:
        """Countersign what was signed. Raises as `save`."""
        stands = self.of(community, month)
        now, version = self.clock.now(), self.policy.version
        return self._kept(analysis.countersigned(stands, by, version, now))

    def _kept(self, made: Analysis) -> Analysis:
        self.analyses.keep(made)
        return made
