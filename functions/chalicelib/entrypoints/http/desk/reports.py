"""The month's report: of one community, several, or all that its reader may read (3.2)."""

from chalice.app import Response

from chalicelib.domain import permissions
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    NotFoundError,
    RefusedError,
)
from chalicelib.domain.statistics import months_before
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import number
from chalicelib.entrypoints.http.desk.report_pages import KINDS, AskedReport, readable

_SAVE, _SIGN, _COUNTERSIGN = "save", "sign", "countersign"
_VERBS = {_SAVE: "write-report", _SIGN: "write-report", _COUNTERSIGN: "countersign-report"}
"""What each button of the analysis does, and the right that it needs."""


@staff_only
def latest(visitor: Visitor) -> Response:
    """The report of the last month that is over."""
    found = readable(visitor)
    if not found:
        raise NotFoundError
    present = f"{visitor.container.clock.now().astimezone(found[0].tz):%Y-%m}"
    return responses.see_other(f"/desk/reports/{months_before(present, 1)}")


@staff_only
def report(visitor: Visitor, month: str) -> Response:
    """A month as a page, with ``figure`` what that counts; ``2026-11.json`` as a file."""
    name, _, kind = month.partition(".")
    if kind and kind not in KINDS:
        raise NotFoundError
    asked = AskedReport.of(visitor, name, visitor.query.get("community", ""))
    if kind:
        return asked.file(kind)
    show = {"closings": asked.closings, "notice": asked.notice}.get(visitor.query.get("show", ""))
    if show:
        return show()
    figure = visitor.query.get("figure", "")
    return asked.figure(figure) if figure else asked.page()


@staff_only
def write(visitor: Visitor, month: str) -> Response:
    """The analysis of one community's month: saved, signed or countersigned."""
    sent = visitor.sent
    community, do = sent.get("community", ""), sent.get("do", _SAVE)
    may = do in _VERBS and permissions.may_in(visitor.staff, _VERBS[do], community)
    if not may or "," in community:
        raise NotFoundError
    asked = AskedReport.of(visitor, month, community)
    if visitor.kept:
        return asked.page(sent=sent)
    try:
        _do(do, visitor, month, community)
    except BadInputError as error:
        return asked.page(422, sent=sent, faults=asked.analysis_view().faults(error))
    except RefusedError as error:
        return asked.page(409, sent=sent, faults={"": asked.analysis_view().refusal(error)})
    except ChangedMeanwhileError:
        changed = asked.analysis_view().refusal(RefusedError("changed_meanwhile"))
        return asked.page(409, sent=sent, faults={"": changed})
    return responses.see_other(f"/desk/reports/{month}?community={community}&done={do}#analysis")


def _do(do: str, visitor: Visitor, month: str, community: str) -> None:
    """Whoever signs signs what stands in the form."""
    from chalicelib.application.analysis_form import draft_from

    analyses, by = visitor.container.month_analyses, visitor.staff.id
    if do == _COUNTERSIGN:
        analyses.countersign(community, month, by)
        return
    draft = draft_from(visitor.sent, analyses.to_check(community, month))
    analyses.save(community, month, draft, by, number(visitor.sent.get("version", ""), 0))
    if do == _SIGN:
        analyses.sign(community, month, by)
