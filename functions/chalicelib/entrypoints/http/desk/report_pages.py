"""The pages and files of a month's report, for the one who asks (3.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain import figures, permissions
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.policy import Community
from chalicelib.domain.statistics import months_before
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.desk_responses import number, presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.closings import Closing
    from chalicelib.application.month_reports import Report
    from chalicelib.domain.statistics import MonthRow
    from chalicelib.views.analysis_view import AnalysisView
    from chalicelib.views.presentation import Content
    from chalicelib.views.report_view import ReportView

VERB = "read-report"
_DONE = ("save", "sign", "countersign")
_A_PAGE = 50
"""So many complaints behind a figure stand on one page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class AskedReport:
    """A month in these communities, as `asked` for, and who reads it. `of` is the way in.

    It guards it, too.
    """

    visitor: Visitor
    communities: tuple[Community, ...]
    report: "Report"
    asked: str

    @classmethod
    def of(cls, visitor: Visitor, name: str, communities: str) -> "AskedReport":
        """Raises NotFoundError alike for an unknown community and for one that is not theirs."""
        known = {one.key: one for one in readable(visitor)}
        asked = [one for one in communities.split(",") if one]
        if not known or not set(asked) <= known.keys():
            raise NotFoundError
        found = tuple(known[one] for one in dict.fromkeys(asked or known))
        keys = [one.key for one in found]
        report = visitor.container.month_reports.report(keys, name)
        return cls(visitor, found, report, communities)

    def page(
        self,
        status: int = 200,
        *,
        sent: Mapping[str, str] | None = None,
        faults: Mapping[str, str] | None = None,
    ) -> Response:
        """The whole report; with what was just typed and what is wrong with it, if anything."""
        from chalicelib.views.report_view import month_name

        visitor, view = self.visitor, self._view()
        return shown(
            "report.j2",
            visitor,
            status,
            here="reports",
            heading=view.say("report.title", month=month_name(self.report.month, visitor.language)),
            cover=self._cover(view),
            notes=self._notes(view),
            month=self.report.month,
            community=self.asked,
            together=self._together(view),
            communities=[(one.key, one.name[visitor.language]) for one in readable(visitor)],
            previous=self._other_month(view, 1),
            following=self._other_month(view, -1),
            closings=view.address(show="closings"),
            notice=view.address(show="notice"),
            files=[(kind, self._file_address(view, kind)) for kind in KINDS],
            errors=dict(faults or {}),
            policy_name=visitor.container.policy.name[visitor.language],
            analysis=self._analysis(sent),
            **view.content(),
        )

    def _together(self, view: "ReportView") -> str:
        """What all communities that are this reader's are called; nothing where it is one."""
        theirs, language = readable(self.visitor), self.visitor.language
        if len(theirs) == len(self.visitor.container.organisation.communities):
            return view.say("report.company")
        names = view.say("report.separator").join(one.name[language] for one in theirs)
        return names if len(theirs) > 1 else ""

    def analysis_view(self) -> "AnalysisView":
        """What puts the analysis into words."""
        from chalicelib.views.analysis_view import AnalysisView

        visitor = self.visitor
        return AnalysisView(presenter(visitor), visitor.directory, self.communities[0].tz)

    def _analysis(self, sent: Mapping[str, str] | None) -> "Content | None":
        """What was written of one community's month; None where several stand together."""
        if len(self.communities) > 1:
            return None
        visitor, (community,) = self.visitor, self.communities
        analyses, month = visitor.container.month_analyses, self.report.month
        may = partial(permissions.may_in, visitor.staff, community=community.key)
        view = self.analysis_view()
        done = visitor.query.get("done", "")
        return {
            **view.content(
                analyses.of(community.key, month), analyses.to_check(community.key, month), sent
            ),
            "community": community.key,
            "sign_by": view.sign_by(
                analyses.sign_by(self.report.counted[0].month, community.tz),
                visitor.container.clock.now(),
            ),
            "may_write": may("write-report"),
            "may_countersign": may("countersign-report"),
            "may_sign": self.report.is_kept,
            "done": view.say(f"analysis.done_{done}") if done in _DONE else "",
        }

    def figure(self, figure: str) -> Response:
        """The complaints that a figure counts, as they stand today."""
        from chalicelib.views.report_view import month_name
        from chalicelib.views.row_view import RowView

        visitor, view = self.visitor, self._view()
        by, key = visitor.query.get("by", ""), visitor.query.get("key", "")
        rows = self._narrowed(figure, by, key)
        shown_page = _Page.of(visitor, figures.references(figure, rows))
        lines = visitor.container.archive.listed(shown_page.references, visitor.staff)
        told = RowView(presenter(visitor), visitor.directory, visitor.container.clock.now())
        narrowed = {"by": by, "key": key} if by else {}
        return shown(
            "report_figure.j2",
            visitor,
            here="reports",
            heading=view.name(figure) + (f" · {view.key(by, key)}" if by else ""),
            month=month_name(self.report.month, visitor.language),
            times=figures.count(figure, rows),
            lines=[told.line(one) for one in lines],
            back=view.address(),
            in_list=self._in_list(figure, by, key),
            **shown_page.content(len(lines), view, figure=figure, **narrowed),
        )

    def _in_list(self, figure: str, by: str, key: str) -> str | None:
        """The query of the list that has the same; of several communities it has them all."""
        from chalicelib.views.report_lists import list_query

        known = len(readable(self.visitor))
        if len(self.communities) not in (1, known):
            return None
        community = self.communities[0].key if len(self.communities) == 1 else ""
        return list_query(figure, self.report.month, community, by, key)

    def closings(self) -> Response:
        """Root causes, remedies and lessons of what was closed in the month."""
        from chalicelib.views.report_view import month_name

        visitor, view = self.visitor, self._view()
        shown_page = _Page.of(visitor, figures.references("closed", self.report.rows))
        month = self.report.counted[0].month
        found = visitor.container.closings.of(shown_page.references, month, visitor.staff)
        return shown(
            "report_closings.j2",
            visitor,
            here="reports",
            month=month_name(self.report.month, visitor.language),
            closings=[_closing(one, view) for one in found],
            back=view.address(),
            **shown_page.content(len(found), view, show="closings"),
        )

    def notice(self) -> Response:
        """What may hang on the notice board."""
        from chalicelib.views.report_notice import notice
        from chalicelib.views.report_view import month_name

        visitor, view = self.visitor, self._view()
        month = month_name(self.report.month, visitor.language)
        return shown(
            "report_notice.j2",
            visitor,
            here="reports",
            heading=view.say("report.notice_title", month=month),
            cover=self._cover(view)[0],
            back=view.address(),
            **notice(view),
        )

    def file(self, kind: str) -> Response:
        """The figures, without anybody's name."""
        from chalicelib.views import report_files

        name = f"{'-'.join(one.key for one in self.communities)}-{self.report.month}.{kind}"
        view, container = self._view(), self.visitor.container
        if kind == "xlsx":
            content = container.workbooks.write(report_files.sheets(view), container.clock.now())
            return responses.see_other(container.downloads.offer(name, XLSX, content))
        text = {"json": report_files.as_json, "csv": report_files.as_csv}[kind](view)
        return responses.file(text, KINDS[kind], name)

    def _narrowed(self, figure: str, by: str, key: str) -> "tuple[MonthRow, ...]":
        """The rows that are counted. Raises NotFoundError for an unknown figure or table."""
        try:
            figures.counter(figure)
            return figures.narrowed(self.report.rows, by, key) if by else self.report.rows
        except KeyError as error:
            raise NotFoundError from error

    def _view(self) -> "ReportView":
        from chalicelib.views.report_view import ReportView

        visitor = self.visitor
        return ReportView(presenter(visitor), visitor.directory, self.report, self.asked)

    def _cover(self, view: "ReportView") -> list[str]:
        """Whose report it is, by which policy, and when it was made."""
        container, language = self.visitor.container, self.visitor.language
        places = view.say("report.separator").join(one.name[language] for one in self.communities)
        now, zone = container.clock.now(), self.communities[0].tz
        policy = container.policy
        return [
            view.say("report.cover", company=container.organisation.name[language], places=places),
            view.say("report.of_policy", policy=policy.name[language], version=policy.version),
            view.say("report.made_at", moment=locales.moment(now, zone, language)),
        ]

    def _notes(self, view: "ReportView") -> "list[Content]":
        """Whether the figures still change, and what does not add up."""
        joined = view.say("report.separator").join
        counted = self.report.counted
        lost = _each(one.lost for one in counted)
        unmatched = _each(one.unmatched for one in counted)
        if lost or unmatched:
            told = [
                view.say(f"report.{name}", references=joined(found))
                for name, found in (("lost", lost), ("unmatched", unmatched))
                if found
            ]
            return [{"grave": True, "text": view.say("report.not_adding_up"), "more": told}]
        key = "is_kept" if self.report.is_kept else "still_running"
        return [{"grave": False, "text": view.say(f"report.{key}"), "more": []}]

    def _other_month(self, view: "ReportView", before: int) -> str:
        """The address of the month before or after; blank where there is no report of it."""
        name = months_before(self.report.month, before)
        reports = self.visitor.container.month_reports
        if not all(reports.is_there(one.key, name) for one in self.communities):
            return ""
        return view.address().replace(self.report.month, name, 1)

    def _file_address(self, view: "ReportView", kind: str) -> str:
        return view.address().replace(self.report.month, f"{self.report.month}.{kind}", 1)


@dataclass(frozen=True)
class _Page:
    """The references on one page of several, and how many there are in all."""

    references: tuple[str, ...]
    count: int
    number: int

    @classmethod
    def of(cls, visitor: Visitor, found: tuple[str, ...]) -> "_Page":
        """The page that is asked for; the first, unless another is."""
        page = max(number(visitor.query.get("page", ""), 1), 1)
        return cls(found[(page - 1) * _A_PAGE : page * _A_PAGE], len(found), page)

    def content(self, told: int, view: "ReportView", **asked: str) -> "Content":
        """What its template says of it; `told` are those that its reader may know."""
        return {
            "count": self.count,
            "hidden": len(self.references) - told,
            "page": self.number,
            "pages": -(-self.count // _A_PAGE),
            "page_address": lambda other: view.address(**asked, page=str(other)),
        }


def _closing(closing: "Closing", view: "ReportView") -> "Content":
    labels = (view.say(f"field_of.{name}") for name in ("root_cause", "remedy", "lesson"))
    return {
        "reference": closing.reference,
        "category": view.key("category", closing.category),
        "texts": list(zip(labels, closing.texts, strict=True)),
    }


def readable(visitor: Visitor) -> list[Community]:
    """The communities whose reports this person may read."""
    found = visitor.container.organisation.communities
    return [one for one in found if permissions.may_in(visitor.staff, VERB, one.key)]


def _each(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(one for several in found for one in several)
