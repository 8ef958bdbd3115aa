"""What the schedule runs: the sweep."""

from datetime import timedelta
from logging import Logger
from typing import Any

from chalicelib.application.sweep import TimeLeft, no_limit
from chalicelib.bootstrap import container

RESERVE = timedelta(seconds=20)
"""What a sweep keeps of its time for the job that it has begun, and for its log."""


def run_sweep(context: Any, log: Logger) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
    """One sweep in the time that there is; what failed is named in the log and left for the next.

    The alarms count all three lines (infra/monitoring.yaml): of what is left, of first letters
    that wait, and of the end.
    """
    report = container().sweep.go(_time_left(context))
    left = [*report.failed, *(["what there was no time for"] if report.unfinished else [])]
    for one in left:
        log.error("Left for the next sweep: %s", one)
    for one in report.waiting:
        log.warning("First letters wait: %s", one)
    told = {
        "looked_at": report.looked_at,
        "posted": report.posted,
        "failed": len(report.failed),
        "unfinished": report.unfinished,
    }
    log.info("Sweep finished: %s", told)
    return told


def _time_left(context: Any) -> TimeLeft:  # noqa: ANN401 - Lambda's context
    """Lambda's own time less the reserve; outside of Lambda there is no limit."""
    if context is None:
        return no_limit
    return lambda: timedelta(milliseconds=context.get_remaining_time_in_millis()) - RESERVE
