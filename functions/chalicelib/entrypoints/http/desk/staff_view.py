"""What the pages about the staff have in common: what is offered, and what is said."""

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from chalicelib import locales
from chalicelib.domain.errors import BadInputError, Fault
from chalicelib.domain.staff import Staff
from chalicelib.entrypoints.http.desk.auth import Visitor
from chalicelib.entrypoints.http.desk.desk_responses import presenter

# For the type checker alone: imported where it is used, so that no other request pays for it.
if TYPE_CHECKING:
    from chalicelib.application.standing_in import HandedOn

_MOST_DIGITS = 9


def sentences(error: BadInputError, language: str) -> dict[str, str]:
    """Each fault as a sentence that names its field."""
    words = locales.desk(language)["staff"]
    return {
        fault.field: locales.say_desk(
            language,
            f"staff.fault_{fault.code}",
            label=words[f"label_{fault.field}"],
            **fault.params,
        )
        for fault in error.faults
    }


def require_name(person: Staff, typed: str) -> None:
    """That somebody's name was typed, in either language. Raises BadInputError."""
    names = {_plain(one) for one in person.name.values()}
    if _plain(typed) not in names:
        raise BadInputError((Fault("typed_name", "name_differs", {"name": person.name["zh"]}),))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def version_of(sent: Mapping[str, str]) -> int:
    """The version that a page was made from; -1, which nothing has, where it says none."""
    typed = sent.get("version", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS
    return int(typed) if known else -1


def present_version(visitor: Visitor, staff_id: str) -> int:
    """The version of somebody's entry, for the next page to be made from."""
    return visitor.container.staff.snapshot().versions.get(staff_id, 0)


def deputies(visitor: Visitor, found: Staff | None, chosen: str = "") -> list[tuple[str, str]]:
    """Who may stand in for somebody, and whoever was chosen; for somebody new, all the others."""
    others = [one for one in visitor.directory.staff if found is None or one.id != found.id]
    say = presenter(visitor)
    return [
        (one.id, say.person(one))
        for one in others
        if one.id == chosen or (one.may_be_deputy_of(found) if found else not one.disabled)
    ]


def done(what: str, handed_on: "HandedOn | None" = None) -> str:
    """The query that tells the next page what was done."""
    counts = {"done": what}
    if handed_on:
        counts |= {
            name: str(len(found))
            for name, found in vars(handed_on).items()
            if found and name in _COUNTED
        }
    return urlencode(counts)


def notice(visitor: Visitor) -> str:
    """What was just done, in sentences; only such as there are."""
    words = locales.desk(visitor.language)["staff"]
    what = visitor.query.get("done", "")
    if f"done_{what}" not in words:
        return ""
    counted = [(name, visitor.query.get(name, "")) for name in _COUNTED]
    told = [
        locales.say_desk(visitor.language, f"staff.handed_on_{name}", count=int(count))
        for name, count in counted
        if count.isascii() and count.isdecimal() and len(count) <= _MOST_DIGITS
    ]
    return " ".join([str(words[f"done_{what}"]), *told])


_COUNTED = ("moved", "left", "failed", "back")


def absence(person: Staff, language: str) -> str:
    """That somebody is away and until when, or from when they will be; blank for neither."""
    if person.absent and person.absent_until:
        until = locales.day(person.absent_until, language)
        return locales.say_desk(language, "staff.absent_until", until=until)
    if person.absent:
        return locales.say_desk(language, "staff.is_absent")
    since = person.absent_from
    if since is None:
        return ""
    return locales.say_desk(language, "staff.absent_from", since=locales.day(since, language))


def authenticator_address(language: str, staff_id: str, secret: str) -> str:
    """The link with which an authenticator on the same phone takes the secret."""
    product = locales.say(language, "name.product")
    label = quote(f"{product}:{staff_id}", safe="")
    query = urlencode({"secret": secret.upper(), "issuer": product}, quote_via=quote)
    return f"otpauth://totp/{label}?{query}"
