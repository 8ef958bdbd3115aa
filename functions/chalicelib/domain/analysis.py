"""The analysis of a month's report: written by the supervisor, signed, countersigned (3.2).

What is signed stays as it is. A measure is checked off in the month after.
"""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.errors import RefusedError

MOST_MEASURES = 10
"""So many measures one month has."""


class Measure(Struct, frozen=True):
    """What is done so that it does not happen again (整改措施): by whom, and until which day."""

    text: str
    person: str
    due_on: date


class CheckedMeasure(Struct, frozen=True):
    """A measure of the month before, and whether it has been carried out."""

    measure: Measure
    done: bool


class Signature(Struct, frozen=True):
    """Who signed (a staff id), when (UTC), and the version of the policy that was in force."""

    by: str
    at: datetime
    policy_version: str


class Analysis(Struct, frozen=True, kw_only=True):
    """What a supervisor writes of a community's month: problems (问题分析) and measures.

    `version` is 0 before anybody saved it; `saved_by` is a staff id, `saved_at` UTC.
    """

    community: str
    month: str
    version: int = 0
    problems: str = ""
    measures: tuple[Measure, ...] = ()
    checked: tuple[CheckedMeasure, ...] = ()
    saved_by: str = ""
    saved_at: datetime | None = None
    signed: Signature | None = None
    countersigned: Signature | None = None


class Draft(Struct, frozen=True, kw_only=True):
    """What was written: the problems, the measures, and which of last month's are done."""

    problems: str
    measures: tuple[Measure, ...]
    checked: tuple[CheckedMeasure, ...]


def saved(analysis: Analysis, draft: Draft, by: str, now: datetime) -> Analysis:
    """With this draft. Raises RefusedError ``signed_already``."""
    if analysis.signed:
        raise RefusedError("signed_already")
    return replace(
        analysis,
        version=analysis.version + 1,
        problems=draft.problems,
        measures=draft.measures,
        checked=draft.checked,
        saved_by=by,
        saved_at=now,
    )


def signed(analysis: Analysis, by: str, policy_version: str, now: datetime) -> Analysis:
    """Signed by the supervisor: nothing of it changes any more.

    Raises RefusedError ``signed_already``, or ``nothing_written`` where nobody wrote of problems.
    """
    if analysis.signed:
        raise RefusedError("signed_already")
    if not analysis.problems:
        raise RefusedError("nothing_written")
    signature = Signature(by, now, policy_version)
    return replace(analysis, version=analysis.version + 1, signed=signature)


def countersigned(analysis: Analysis, by: str, policy_version: str, now: datetime) -> Analysis:
    """Read and countersigned by the manager, who is another than the one who signed.

    Raises RefusedError ``not_signed``, ``countersigned_already`` or ``signed_by_you``.
    """
    if not analysis.signed:
        raise RefusedError("not_signed")
    if analysis.countersigned:
        raise RefusedError("countersigned_already")
    if analysis.signed.by == by:
        raise RefusedError("signed_by_you")
    signature = Signature(by, now, policy_version)
    return replace(analysis, version=analysis.version + 1, countersigned=signature)
