"""The sweep: what has fallen due, found by a few queries and handled one by one."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from chalicelib.application.due_complaints import DueComplaints
from chalicelib.application.first_letters import FirstLetters
from chalicelib.application.month_reports import MonthReports
from chalicelib.application.notifier import Notifier
from chalicelib.application.outbox import ComplaintEvent, OutboxEntry, WorkdayStart
from chalicelib.application.ports.alert_batches import AlertBatches
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.letters import Letters
from chalicelib.application.ports.sweep_log import SweepLog, SweepRun
from chalicelib.application.round_robin import SweepJob, in_turn, retry_last
from chalicelib.application.standing_in import StandingIn
from chalicelib.application.workday_start import StartWorkday
from chalicelib.domain.policy import Organisation

STREAM_GRACE = timedelta(minutes=5)
"""How long the stream has to bring an entry of the outbox before the sweep takes it over."""
MOST_REMEMBERED = 1000
"""So many failures are put last in the next sweep; the others take their place in the order."""
KEEP_ABSENCES = "keep absences"
BEGIN_DAY, CHECK_DEADLINES, POST_LETTERS = "begin the day", "check deadlines", "post letters"
BEGIN_MONTH = "begin the month"

TimeLeft = Callable[[], timedelta]
"""How long a sweep may still begin new jobs; nothing or less ends it."""


def no_limit() -> timedelta:
    """As long as it takes."""
    return timedelta.max


@dataclass(frozen=True)
class SweepReport:
    """What one sweep did: complaints looked at, entries whose letters it took over, failures.

    `unfinished` says that its time was up; what was left is still due, and the next finds it.
    `waiting` are the communities whose first letters wait for the next hour.
    """

    looked_at: int
    posted: int
    failed: tuple[str, ...]
    unfinished: bool = False
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sweep:
    """What is done as time passes. Safe to run twice: nothing is recorded or sent twice."""

    organisation: Organisation
    standing_in: StandingIn
    start_workday: StartWorkday
    month_reports: MonthReports
    due: DueComplaints
    notifier: Notifier
    letters: Letters
    alert_batches: AlertBatches
    first_letters: FirstLetters
    sweep_log: SweepLog
    clock: Clock

    def go(self, time_left: TimeLeft = no_limit) -> SweepReport:
        """Keep absences, begin the day, check what is due, send what waited or was left behind.

        Each in its order and in turn with the others, so that none of them waits forever
        where time is short. What failed in the last sweep comes last in this one.
        """
        began_at = self.clock.now()
        before = self.sweep_log.begin(began_at).finished
        work = _Work(set(before.failing) if before else set())
        work.through(chain(self._absences(before, began_at), self._jobs(began_at, work)), time_left)
        self.sweep_log.finish(work.run(began_at, self.clock.now()))
        return work.report

    def _absences(self, before: SweepRun | None, now: datetime) -> Iterator[SweepJob]:
        """Once a day in each zone, and again where that failed: the staff take a read."""
        if before and (KEEP_ABSENCES in before.failing or self._is_new_day(before, now)):
            keep = partial(self.standing_in.keep_absences, now)
            yield SweepJob(KEEP_ABSENCES, KEEP_ABSENCES, keep)

    def _is_new_day(self, before: SweepRun, now: datetime) -> bool:
        zones = {one.tz for one in self.organisation.communities}
        return any(
            now.astimezone(zone).date() != before.began_at.astimezone(zone).date() for zone in zones
        )

    def _jobs(self, now: datetime, work: "_Work") -> Iterator[SweepJob]:
        """Everything that is due by now, read page by page as it is asked for."""
        batches = (self._posting(one) for one in self.alert_batches.ended(now))
        left = (self._posting(one) for one in self.letters.unsettled(now - STREAM_GRACE))
        released = self.first_letters.released(now, work.waiting.append)
        waited = (self._posting_waiting(one) for one in released)
        begun = (job for one in self.start_workday.come(now) for job in self._beginning(one))
        return chain(begun, in_turn(self._checking(now), batches, waited, left))

    def _beginning(self, start: WorkdayStart) -> Iterator[SweepJob]:
        """The day, and with the first of a month what that begins with."""
        yield SweepJob(start.name, BEGIN_DAY, partial(self.start_workday.begin, start))
        begin_month = partial(self.month_reports.begin, start.community)
        yield SweepJob(f"{BEGIN_MONTH} {start.community}", BEGIN_MONTH, begin_month)

    def _checking(self, now: datetime) -> Iterator[SweepJob]:
        """The complaints that are due, asked for once the day has begun."""
        for one in self.due.by(now):
            yield SweepJob(one, CHECK_DEADLINES, partial(self.due.check, one, now))

    def _posting(self, entry: OutboxEntry) -> SweepJob:
        return SweepJob(entry.name, POST_LETTERS, partial(self.notifier.post, entry))

    def _posting_waiting(self, entry: ComplaintEvent) -> SweepJob:
        return SweepJob(entry.name, POST_LETTERS, partial(self.notifier.post_waiting, entry))


@dataclass
class _Work:
    """A sweep under way. `untried` are the failures of the last one that were not reached yet."""

    untried: set[str]
    done: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    unfinished: bool = False
    waiting: list[str] = field(default_factory=list)

    def through(self, jobs: Iterator[SweepJob], time_left: TimeLeft) -> None:
        """Do one after the other while there is time."""
        for job in retry_last(jobs, frozenset(self.untried)):
            if time_left() <= timedelta(0):
                self.unfinished = True
                return
            self._do(job)

    def _do(self, job: SweepJob) -> None:
        """Do it by itself: one that fails stops no other."""
        self.done[job.kind] += 1
        self.untried.discard(job.name)
        try:
            job.do()
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            self.failed[job.name] = f"{job.name}: {error!r}"

    @property
    def report(self) -> SweepReport:
        """What came of it."""
        failed = tuple(self.failed.values())
        return SweepReport(
            self.done[CHECK_DEADLINES],
            self.done[POST_LETTERS],
            failed,
            self.unfinished,
            tuple(self.waiting),
        )

    def run(self, began_at: datetime, finished_at: datetime) -> SweepRun:
        """The same for the log, with what the next sweep tries last."""
        failing = (*self.failed, *(sorted(self.untried) if self.unfinished else ()))
        return SweepRun(
            began_at,
            finished_at,
            looked_at=self.done[CHECK_DEADLINES],
            posted=self.done[POST_LETTERS],
            failed=len(self.failed),
            unfinished=self.unfinished,
            failing=failing[:MOST_REMEMBERED],
        )
