"""What a stage costs a month, worked out line by line from what was counted (counts.toml).

Prices are AWS's list prices in US dollars before tax, as known on 2026-12-01 for US East
(N. Virginia), and for CloudFront those of Hong Kong, Singapore and Japan. Each stands on the
service's page aws.amazon.com/SERVICE/pricing, which holds where it says otherwise; other regions
are dearer in some lines.

How long a function runs cannot be counted here: `_SECONDS` is assumed, and to be held against
CloudWatch's *Duration* once there is a stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desk.deploying.counts import COUNTS, Counted

DAYS = 365 / 12
WORKDAYS = 21
SWEEPS = 12 * 24 * DAYS
"""One every five minutes."""
MONTHS_KEPT = 12
"""What is kept is reckoned as it stands after a year."""
ALARMS, METRICS, DASHBOARDS = 22, 5, 1
"""Of infra/monitoring.yaml; two of the metrics are the sweep's and two the mail service's."""
_SIGN_INS = 2
"""Of each member of staff on a working day: a session ends after an hour without use."""
_READS_OF_THE_QUEUE = 7
"""How often a morning's work reads all that is open."""

MEMORY = {"api": 1.0, "notifier": 0.5, "sweep": 0.5, "photos": 2.0, "feedback": 0.5}
"""Gigabytes of each function (infra/application.yaml)."""
_SECONDS = {"api": 0.2, "notifier": 0.8, "sweep": 0.5, "photos": 3.0, "feedback": 0.3}
_SECONDS_A_LINE = 0.001
"""Assumed for each run, cold starts spread over all, and for each line of the queue in a look."""

_STATIC_KILOBYTES, _LOG_KILOBYTES = 7, 0.6
"""Of the form as it goes out, and of what a run of a function writes."""
_PHOTO_KILOBYTES, _SHOWN_KILOBYTES = 600, 30
"""Of a photo's two copies, and of the small one that pages show: assumed."""
_RELEASES_GIGABYTES = 0.2
"""The site and what was deployed, earlier versions among them: assumed."""

_READ_KILOBYTES = 4.096
_PER_GIGABYTE = 1_000_000
_KEY_CALLS = 12 * 24 * DAYS
"""At the most: DynamoDB and SNS ask for a key again after five minutes."""


@dataclass(frozen=True)
class Shape:
    """What of a stage has a price beside what is asked of it.

    `free_allowances` takes off what AWS gives each account each month for ever, as if nothing
    else in the account used it; what it gives new accounts for a time is never taken off.
    """

    staff: int = 10
    arm64: bool = True
    hosted_zone: bool = False
    web_acl: bool = False
    free_allowances: bool = True


@dataclass(frozen=True)
class Price:
    """Dollars for so many (`per`) of a unit, and how many of the unit are free each month."""

    unit: str
    usd: float
    per: int = 1
    free: float = 0


@dataclass(frozen=True)
class CostLine:
    """One line of a month: so many units, `free` of them for nothing, at `price_usd` each.

    `what` is a key of the words (``cost.mail``), and of `PRICES` where the price is written as
    AWS has it.
    """

    what: str
    quantity: float
    unit: str
    price_usd: float
    free: float = 0

    @property
    def usd(self) -> float:
        """What is paid for it."""
        return max(0.0, self.quantity - self.free) * self.price_usd


_MILLION = 1_000_000
PRICES = {
    "mail": Price("letter", 0.10, 1000),
    "api_requests": Price("request", 3.50, _MILLION),
    "function_runs": Price("run", 0.20, _MILLION, free=_MILLION),
    "function_time": Price("GB-second", 13.3334, _MILLION, free=400_000),
    "function_time_x86": Price("GB-second", 16.6667, _MILLION, free=400_000),
    "table_writes": Price("unit", 0.625, _MILLION),
    "table_reads": Price("unit", 0.125, _MILLION),
    "table_kept": Price("GB", 0.25, free=25),
    "table_backup": Price("GB", 0.20),
    "files_kept": Price("GB", 0.023),
    "file_writes": Price("request", 0.005, 1000),
    "file_reads": Price("request", 0.0004, 1000),
    "file_traffic": Price("GB", 0.09, free=100),
    "edge_requests": Price("request", 1.20, _MILLION, free=10 * _MILLION),
    "edge_traffic": Price("GB", 0.12, free=1000),
    "logs": Price("GB", 0.50, free=5),
    "alarms": Price("alarm", 0.10, free=10),
    "metrics": Price("metric", 0.30, free=10),
    "dashboards": Price("dashboard", 3.00, free=3),
    "key": Price("key", 1.00),
    "key_calls": Price("call", 3.00, _MILLION, free=20_000),
    "feedback": Price("message", 0.50, _MILLION, free=_MILLION),
    "accounts": Price("account", 0.0055, free=10_000),
    "hosted_zone": Price("zone", 0.50),
    "web_acl": Price("list with its rule", 6.00),
    "web_acl_requests": Price("request", 0.60, _MILLION),
}


def price_of(what: str, shape: Shape) -> Price:
    """The price of a line; that of functions depends on what they run on."""
    return PRICES["function_time_x86" if what == "function_time" and not shape.arm64 else what]


def monthly_cost(complaints: int, shape: Shape) -> tuple[CostLine, ...]:
    """The lines of a month in which so many complaints come in, each living an ordinary life."""
    return tuple(_line(what, quantity, shape) for what, quantity in _quantities(complaints, shape))


def total_usd(lines: tuple[CostLine, ...]) -> float:
    """All of it."""
    return sum(one.usd for one in lines)


def _line(what: str, quantity: float, shape: Shape) -> CostLine:
    price = price_of(what, shape)
    free = price.free if shape.free_allowances else 0
    return CostLine(what, quantity, price.unit, price.usd / price.per, free)


@dataclass(frozen=True)
class _Month:
    """A month of so many complaints, in sums over what was counted.

    Nobody signs in and no morning has letters where there is no complaint.
    """

    complaints: int
    shape: Shape

    @property
    def parts(self) -> tuple[tuple[float, Counted], ...]:
        """How often each thing that was counted happens."""
        days = WORKDAYS if self.complaints else 0
        mornings = days * self.shape.staff / COUNTS.morning.letters
        return (
            (self.complaints, COUNTS.life),
            (SWEEPS, COUNTS.sweep),
            (days * self.shape.staff * _SIGN_INS, COUNTS.sign_in),
            (mornings, COUNTS.morning),
        )

    def sum_of(self, name: str) -> float:
        """Of a number that was counted with each."""
        return sum(times * float(getattr(one, name)) for times, one in self.parts)

    def runs_of(self, function: str) -> float:
        """How often a function is invoked; the API's once a request."""
        if function == "api":
            return self.sum_of("http_requests")
        return sum(times * one.invocations.get(function, 0) for times, one in self.parts)

    @property
    def runs(self) -> float:
        """How often any function is invoked."""
        return sum(self.runs_of(one) for one in MEMORY)

    @property
    def lines_read(self) -> float:
        """Complaints read by the looks at the queue, each of which reads all that are open.

        Those that wait for their return visit stand beside them.
        """
        life = COUNTS.life
        standing = self.complaints * (life.open_days + life.visit_days) / DAYS
        looks = self.complaints * life.queue_views + WORKDAYS * _READS_OF_THE_QUEUE
        return looks * standing

    @property
    def gigabyte_seconds(self) -> float:
        """Memory by time of all functions."""
        runs = sum(self.runs_of(one) * _SECONDS[one] * MEMORY[one] for one in MEMORY)
        return runs + self.lines_read * _SECONDS_A_LINE * MEMORY["api"]

    @property
    def read_units(self) -> float:
        """Those that were counted, and what the queue's lines add."""
        lines = self.lines_read * COUNTS.life.line_kilobytes / _READ_KILOBYTES / 2
        return self.sum_of("read_units") + lines

    @property
    def table_gigabytes(self) -> float:
        """What the table holds after a year of such months."""
        return self.complaints * MONTHS_KEPT * COUNTS.life.table_kilobytes / _PER_GIGABYTE

    @property
    def key_calls(self) -> float:
        """How often the table's and the topic's keys are asked for, at the most.

        The table's by each of four functions, the topic's twice for each letter.
        """
        asked = (self.runs_of(one) for one in ("api", "notifier", "sweep", "feedback"))
        letters = 2 * min(self.sum_of("letters"), _KEY_CALLS)
        return letters + sum(min(one, _KEY_CALLS) for one in asked)


def _quantities(complaints: int, shape: Shape) -> Iterator[tuple[str, float]]:
    month, life = _Month(complaints, shape), COUNTS.life
    asked = month.sum_of("http_requests") + complaints * life.static_pages
    sent = month.sum_of("http_kilobytes") + complaints * life.static_pages * _STATIC_KILOBYTES
    photos = complaints * life.photos_shown
    puts = life.requests["s3.PutObject"] + life.requests["s3.PostObject"]
    yield "mail", month.sum_of("letters")
    yield "api_requests", month.runs_of("api")
    yield "function_runs", month.runs
    yield "function_time", month.gigabyte_seconds
    yield "table_writes", month.sum_of("write_units")
    yield "table_reads", month.read_units
    yield "table_kept", month.table_gigabytes
    yield "table_backup", month.table_gigabytes
    yield "files_kept", _RELEASES_GIGABYTES + _kept_photos(complaints)
    yield "file_writes", complaints * puts
    yield "file_reads", photos + complaints * life.requests["s3.GetObject"]
    yield "file_traffic", photos * _SHOWN_KILOBYTES / _PER_GIGABYTE
    yield "edge_requests", asked
    yield "edge_traffic", sent / _PER_GIGABYTE
    yield "logs", month.runs * _LOG_KILOBYTES / _PER_GIGABYTE
    yield "alarms", ALARMS
    yield "metrics", METRICS
    yield "dashboards", DASHBOARDS
    yield "key", 1
    yield "key_calls", month.key_calls
    yield "feedback", month.sum_of("letters")
    yield "accounts", shape.staff
    if shape.hosted_zone:
        yield "hosted_zone", 1
    if shape.web_acl:
        yield "web_acl", 1
        yield "web_acl_requests", asked


def _kept_photos(complaints: int) -> float:
    """Gigabytes after a year."""
    photos = COUNTS.life.invocations["photos"]
    return complaints * photos * MONTHS_KEPT * _PHOTO_KILOBYTES / _PER_GIGABYTE
