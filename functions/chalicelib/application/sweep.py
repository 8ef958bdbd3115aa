"""The rounds: what time has brought due, found by a few queries and handled one by one."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from chalicelib.application.cached_staff import CachedStaff
from chalicelib.application.desk import Desk
from chalicelib.application.notifier import Notifier
from chalicelib.application.ports.alert_batches import AlertBatches
from chalicelib.application.ports.letters import Letters, OutboxEntry
from chalicelib.application.ports.sweep_log import SweepLog, SweepRun
from chalicelib.application.round_robin import SweepJob, in_turn, retry_last
from chalicelib.application.workday_start import StartWorkday
from chalicelib.domain.commands import CheckDeadlines
from chalicelib.domain.escalation import next_due_at

STREAM_GRACE = timedelta(minutes=5)
"""How long the stream has to bring an event before the rounds look after its letters."""
MOST_REMEMBERED = 1000
"""So many failures are put last in the next round; the others take their place in the order."""
BEGIN_DAY, TAKE_STOCK, POST_LETTERS = "begin the day", "take stock", "post letters"

TimeLeft = Callable[[], timedelta]
"""How long a round may still begin new tasks; nothing or less ends it."""


def no_limit() -> timedelta:
    """As long as it takes."""
    return timedelta.max


class StillDueError(Exception):
    """Raised for a complaint that is due and of which nothing can be done.

    It would come first in every round; as a failure it comes last and is told.
    """


@dataclass(frozen=True)
class SweepReport:
    """What one round did: complaints looked at, events whose letters it took over, failures.

    `unfinished` says that its time was up; what was left is still due, and the next finds it.
    """

    looked_at: int
    posted: int
    failed: tuple[str, ...]
    unfinished: bool = False


@dataclass(frozen=True)
class Sweep:
    """The clock's own work. Safe to run twice: nothing is recorded or sent twice."""

    desk: Desk
    notifier: Notifier
    letters: Letters
    alert_batches: AlertBatches
    book: SweepLog
    start_workday: StartWorkday

    def go(self, time_left: TimeLeft = no_limit) -> SweepReport:
        """Begin the day, take stock of what is due, post what was gathered or left by the stream.

        Each in its order and in turn with the others, so that none of them waits for good
        where time is short. What failed in the last round comes last in this one.
        """
        began_at = self.desk.clock.now()
        before = self.book.begin(began_at).finished
        work = _Work(set(before.failing) if before else set())
        work.through(self._tasks(began_at), time_left)
        self.book.finish(work.round(began_at, self.desk.clock.now()))
        return work.report

    def _tasks(self, now: datetime) -> Iterator[SweepJob]:
        """Everything that is due by now, read page by page as it is asked for."""
        staff = CachedStaff(self.desk.staff, self.desk.clock)
        desk, notifier = self.desk.with_staff(staff), self.notifier.with_staff(staff)
        gathered = (_posting(one, notifier) for one in self.alert_batches.ended(now))
        left = (_posting(one, notifier) for one in self.letters.unsettled(now - STREAM_GRACE))
        days = self.start_workday.come(now)
        begun = (
            SweepJob(one.subject, BEGIN_DAY, partial(self.start_workday.begin, one)) for one in days
        )
        return chain(begun, in_turn(_due(desk, now), gathered, left))


def _due(desk: Desk, now: datetime) -> Iterator[SweepJob]:
    """The complaints that are due, asked for once the day has begun."""
    for one in desk.complaints.due(now):
        yield SweepJob(one, TAKE_STOCK, partial(_take_stock, desk, one, now))


def _take_stock(desk: Desk, reference: str, now: datetime) -> None:
    """Do what is due of one complaint. Raises StillDueError where that was nothing at all."""
    after = desk.act(reference, CheckDeadlines(), by="clock")
    due_at = next_due_at(after.complaint, desk.policy)
    if due_at and due_at <= now and after.records[-1].at < now:
        raise StillDueError


def _posting(post: OutboxEntry, notifier: Notifier) -> SweepJob:
    return SweepJob(f"{post.subject}#{post.number}", POST_LETTERS, partial(notifier.post, post))


@dataclass
class _Work:
    """A round under way. `untried` are the failures of the last one that were not reached yet."""

    untried: set[str]
    done: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    unfinished: bool = False

    def through(self, tasks: Iterator[SweepJob], time_left: TimeLeft) -> None:
        """Do one after the other while there is time."""
        for task in retry_last(tasks, frozenset(self.untried)):
            if time_left() <= timedelta(0):
                self.unfinished = True
                return
            self._do(task)

    def _do(self, task: SweepJob) -> None:
        """Do it by itself: one that fails stops no other."""
        self.done[task.return_to] += 1
        self.untried.discard(task.name)
        try:
            task.do()
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            self.failed[task.name] = f"{task.name}: {error!r}"

    @property
    def report(self) -> SweepReport:
        """What came of it."""
        failed = tuple(self.failed.values())
        return SweepReport(self.done[TAKE_STOCK], self.done[POST_LETTERS], failed, self.unfinished)

    def round(self, began_at: datetime, finished_at: datetime) -> SweepRun:
        """The same for the book, with what the next round tries last."""
        failing = (*self.failed, *(sorted(self.untried) if self.unfinished else ()))
        return SweepRun(
            began_at,
            finished_at,
            looked_at=self.done[TAKE_STOCK],
            posted=self.done[POST_LETTERS],
            failed=len(self.failed),
            unfinished=self.unfinished,
            failing=failing[:MOST_REMEMBERED],
        )
