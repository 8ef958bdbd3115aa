"""A page with photos: what its policy lets in besides, and the script that hastens sending."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.pages import page, security_policy

_SCRIPT = Path(__file__).parent / "photos.js"


def page_with_photos(
    template: str, language: str, photos: dict[str, Any], **content: object
) -> str:
    """A page that shows photos, and sends some; `photos` is the section of the service."""
    shown = {**photos, "script": _script()}
    return page(template, language, csp=photo_policy(photos["origin"]), photos=shown, **content)


@cache
def photo_policy(origin: str) -> str:
    """The policy of every page, and storage where photos come from and go to."""
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    more = {
        "script-src": f"'sha256-{digest}'",
        "img-src": origin,
        "connect-src": f"'self' {origin}",
        "form-action": origin,
    }
    return widened(security_policy(), more)


def widened(policy: str, more: dict[str, str]) -> str:
    """A policy whose directives let in more; one that is not there yet is added."""
    directives = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    for name, sources in more.items():
        directives[name] = f"{directives.get(name, '')} {sources}".strip()
    return "; ".join(f"{name} {sources}".strip() for name, sources in directives.items())


@cache
def _script() -> str:
    return _SCRIPT.read_text("utf-8").strip()
