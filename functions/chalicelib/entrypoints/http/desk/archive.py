"""The archive: any complaint by what is known of it, and the lessons drawn (principle 2)."""

import re
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain import permissions
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.staff_log import StaffEvent
from chalicelib.entrypoints.http.desk import staff_log
from chalicelib.entrypoints.http.desk.auth import Visitor, staff_only
from chalicelib.entrypoints.http.desk.desk_responses import exported, presenter, shown

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.archive import Query
    from chalicelib.application.records import Lesson
    from chalicelib.views.presentation import Content

WAYS = {
    "reference": ("reference",),
    "unit": ("community", "building", "unit"),
    "phone": ("phone",),
    "email": ("email",),
    "name": ("community", "month", "name"),
}
"""What each way of looking needs."""


@staff_only
def archive(visitor: Visitor) -> Response:
    """The empty page; what is looked for is posted, so that it stands in no address."""
    return _page(visitor, "reference")


@staff_only
def find(visitor: Visitor) -> Response:
    """What was found, of all that they may see."""
    way = visitor.sent.get("way", "")
    if way not in WAYS:
        raise NotFoundError
    errors = _errors(visitor, way)
    if errors:
        return _page(visitor, way, 422, errors=errors)
    return _page(visitor, way, found=_lines(visitor, way))


@staff_only
def export_person(visitor: Visitor) -> Response:
    """All that is kept by or about the one with this telephone or e-mail, as a file for them."""
    way = visitor.sent.get("way", "")
    if way not in ("phone", "email") or not permissions.may_somewhere(visitor.staff, "export"):
        raise NotFoundError
    found = visitor.container.archive.find(_asked(visitor, way), visitor.staff, "export")
    references = tuple(one.complaint.reference for one in found)
    if not references:
        return _page(visitor, way, found=[])
    for reference in references:
        visitor.container.access_log.note(
            reference, visitor.staff.id, visitor.container.clock.now()
        )
    staff_log.note(visitor, StaffEvent.EXPORTED, ", ".join(references))
    return exported(visitor.container.personal_data.export(references), visitor, "resident")


@staff_only
def lessons(visitor: Visitor) -> Response:
    """The lessons of a category, newest first, from the communities that they work for."""
    category = visitor.query.get("category", "")
    known = {one.key: one.name[visitor.language] for one in visitor.container.policy.categories}
    found = (
        visitor.container.archive.lessons(category, _communities(visitor), visitor.staff)
        if category in known
        else ()
    )
    return shown(
        "lessons.j2",
        visitor,
        here="archive",
        categories=known,
        category=category,
        lessons=[_lesson(one, visitor) for one in found],
    )


def _page(
    visitor: Visitor,
    way: str,
    status: int = 200,
    *,
    errors: dict[str, str] | None = None,
    found: "list[Content] | None" = None,
) -> Response:
    communities = visitor.container.organisation.communities
    served = [one for one in communities if visitor.staff.serves(one.key)]
    names = {name for needed in WAYS.values() for name in needed}
    return shown(
        "archive.j2",
        visitor,
        status,
        here="archive",
        ways=list(WAYS),
        asked=way,
        errors=errors or {},
        found=found,
        values={name: visitor.sent.get(name, "") for name in names},
        communities=[(one.key, one.name[visitor.language]) for one in served],
        may_export=permissions.may_somewhere(visitor.staff, "export"),
    )


def _errors(visitor: Visitor, way: str) -> dict[str, str]:
    """What is missing or cannot be read, in the reader's language."""
    say = presenter(visitor).say_desk
    errors = {
        name: say("archive.missing", label=say(f"archive.{_LABELS.get(name, name)}"))
        for name in WAYS[way]
        if not visitor.sent.get(name, "").strip()
    }
    if way == "name" and "month" not in errors and not _MONTH.fullmatch(_typed(visitor, "month")):
        errors["month"] = say("archive.month_unreadable")
    return errors


def _lines(visitor: Visitor, way: str) -> "list[Content]":
    from chalicelib.views.row_view import RowView

    row_view = RowView(presenter(visitor), visitor.directory, visitor.container.clock.now())
    found = visitor.container.archive.find(_asked(visitor, way), visitor.staff)
    return [row_view.line(one) for one in found]


def _asked(visitor: Visitor, way: str) -> "Query":
    from chalicelib.application.archive import Query

    return Query(way=way, **{name: _typed(visitor, name) for name in WAYS[way]})


def _typed(visitor: Visitor, name: str) -> str:
    return visitor.sent.get(name, "").strip()


def _communities(visitor: Visitor) -> frozenset[str]:
    communities = visitor.container.organisation.communities
    return frozenset(one.key for one in communities if visitor.staff.serves(one.key))


def _lesson(lesson: "Lesson", visitor: Visitor) -> "Content":
    community = visitor.container.organisation.community(lesson.community)
    language = visitor.language
    return {
        "text": lesson.text,
        "at": locales.moment(lesson.at, community.tz, language),
        "community": community.name[language],
        "reference": lesson.reference,
    }


_LABELS = {"unit": "room", "name": "name_part"}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
