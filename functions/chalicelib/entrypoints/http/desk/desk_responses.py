"""What the desk's views answer with: its pages, its refusals in words, its files."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib import locales
from chalicelib.domain.errors import RefusedError
from chalicelib.entrypoints.http import responses
from chalicelib.entrypoints.http.desk.auth import Visitor

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.views.presentation import Presenter


def shown(template: str, visitor: Visitor, status: int = 200, **content: object) -> Response:
    """A page of the desk for the one who asks."""
    from chalicelib.pages.desk import desk_page

    photos_from = str(content.get("photos_from", ""))
    return responses.desk_html(desk_page(template, visitor, **content), status, photos_from)


def presenter(visitor: Visitor) -> "Presenter":
    """What puts complaints into the reader's words."""
    from chalicelib.views.presentation import Presenter

    container = visitor.container
    site_url = container.settings.site_url
    return Presenter(
        container.policy, container.organisation, site_url, visitor.language, container.fields
    )


def refusal(error: RefusedError, visitor: Visitor) -> str:
    """Why a verb was refused, in a sentence that names people by their names."""
    from chalicelib.views.refusals import sentence

    person = visitor.directory.person(str(error.params.get("to", "")))
    named = {"to": person.name[visitor.language]} if person else {}
    return sentence(RefusedError(error.code, **{**error.params, **named}), visitor.language)


def attachment(value: Mapping[str, object], name: str) -> Response:
    """A file for the resident, as JSON that people can read."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return responses.file(text, "application/json", name)


def exported(found: Mapping[str, object], visitor: Visitor, name: str) -> Response:
    """A resident's data as the form asks for them: as JSON, or as a page to read."""
    if visitor.sent.get("as") != "page":
        return attachment(found, f"{name}.json")
    from chalicelib.pages.desk import desk_page
    from chalicelib.views.export_page import export_page

    page = desk_page("export.j2", visitor, **export_page(found, presenter(visitor)))
    return responses.file(page, "text/html", f"{name}.html")


def number(text: str, otherwise: int) -> int:
    """A whole number that an address or a form carries; nobody counts to six figures here."""
    return int(text) if re.fullmatch(r"\d{1,5}", text, re.ASCII) else otherwise


def done(visitor: Visitor) -> str:
    """What was just done, as the address says; only sentences that there are."""
    words = locales.desk(visitor.language)["done"]
    return str(words.get(visitor.query.get("done", ""), ""))
