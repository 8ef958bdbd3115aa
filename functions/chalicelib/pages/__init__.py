"""The pages that functions answer with, and the static ones made of the same templates.

Styles and the little script there is stand in the page, so that a page is one request; the
content security policy names them by their hash, and lets nothing else in. Nothing needs the
script. Jinja2 is imported with this package, which an answer in JSON never needs.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib import locales

HERE = Path(__file__).parent
SCRIPTS = ("draft.js", "forget.js")
"""`draft.js` stores a half-written form on the device; `forget.js` drops it once it is sent."""


def page(template: str, language: str, **content: object) -> str:
    """A page of ours in this language."""
    words = locales.catalogue(language)
    found = _environment().get_template(template)
    return found.render(
        w=words,
        language=language,
        lang=locales.TAGS[language],
        style=_file("style.css"),
        draft_script=_file("draft.js"),
        forget_script=_file("forget.js"),
        **({"csp": security_policy()} | content),
    )


@cache
def security_policy() -> str:
    """What a page may load, run and send: its own styles and script, and forms to its origin."""
    scripts = " ".join(f"'{_digest(name)}'" for name in SCRIPTS)
    return (
        f"default-src 'none'; style-src '{_digest('style.css')}'; script-src {scripts};"
        " img-src data:; form-action 'self'; base-uri 'none'"
    )


def _digest(name: str) -> str:
    digest = hashlib.sha256(_file(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text("utf-8").strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["tags"] = locales.TAGS
    return environment
