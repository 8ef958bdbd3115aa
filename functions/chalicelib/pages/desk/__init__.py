"""The staff's pages: layout, styles and a small script, all within the page itself.

The script only hastens what works without it; the content security policy names styles
and script by their hash and lets nothing else in.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib import locales
from chalicelib.domain import permissions
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import Staff

HERE = Path(__file__).parent
LINKS = (
    ("queue", "/desk", None),
    ("new", "/desk/new", "receive"),
    ("log", "/desk/log", "read-log"),
    ("complaints", "/desk/complaints", None),
    ("letters", "/desk/letters", "see-letters"),
    ("archive", "/desk/archive", None),
    ("reports", "/desk/reports", "read-report"),
    ("staff", "/desk/staff", "edit-staff"),
)
"""The main navigation: its word, where it leads, and the verb that one must have for it."""


class WithPolicy(Protocol):
    """Whatever has the policy at hand."""

    @property
    def policy(self) -> Policy:
        """The policy that runs."""
        ...


class Reader(Protocol):
    """The one who reads a page: who they are, in which language, and their token for forms."""

    @property
    def staff(self) -> Staff:
        """Who they are."""
        ...

    @property
    def language(self) -> str:
        """The language they read."""
        ...

    @property
    def csrf(self) -> str:
        """What each of their forms must carry."""
        ...

    @property
    def container(self) -> WithPolicy:
        """Where the names of roles are found."""
        ...


def desk_page(template: str, visitor: Reader, **content: object) -> str:
    """A page for a signed-in member of staff, in their language."""
    language, policy = visitor.language, visitor.container.policy
    roles = [policy.role(one).name[language] for one in visitor.staff.roles]
    signed_in_as = locales.say_desk(
        language,
        "desk.signed_in_as",
        name=visitor.staff.name[language],
        roles=locales.say(language, "sentence.joined").join(roles),
    )
    links = [(key, path) for key, path, verb in LINKS if _leads(visitor.staff, verb)]
    shown = {"visitor": visitor, "signed_in_as": signed_in_as, "links": links, **content}
    return bare_page(template, language, **shown)


def bare_page(template: str, language: str, **content: object) -> str:
    """A page under ``/desk`` for somebody who has not signed in yet."""
    shown: dict[str, object] = {"visitor": None, "links": (), "signed_in_as": "", "here": ""}
    return (
        _environment()
        .get_template(template)
        .render(
            w=locales.desk(language),
            say=lambda key, **params: locales.say_desk(language, key, **params),
            language=language,
            lang=locales.TAGS[language],
            style=_style(),
            script=_script(),
            csp=security_policy(str(content.get("photos_from", ""))),
            **(shown | content),
        )
    )


@cache
def security_policy(photos_from: str = "") -> str:
    """What a page may load, run and send: its own, and forms and looks to where it came from.

    `photos_from` is where the page shows photos from.
    """
    pictures = f"data: {photos_from}".strip()
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(_style())}';"
        f" script-src 'sha256-{_digest(_script())}'; connect-src 'self';"
        f" img-src {pictures};"
        " form-action 'self'; base-uri 'none'"
    )


def _leads(staff: Staff, verb: str | None) -> bool:
    """Whether this member of staff has anything to do behind a link."""
    return verb is None or permissions.may_somewhere(staff, verb)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    files = (HERE.parent / "style.css", HERE / "desk.css")
    return "\n".join(path.read_text("utf-8").strip() for path in files)


@cache
def _script() -> str:
    return (HERE / "desk.js").read_text("utf-8").strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader((HERE, HERE.parent)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["tags"] = locales.TAGS
    return environment
