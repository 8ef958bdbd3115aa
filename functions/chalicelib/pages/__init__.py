"""The pages that functions answer with, and the static form made of the same templates.

Styles stand in the page, so that a page is one request; the content security policy
names them by their hash, and lets nothing else in. Jinja2 is imported with this
package, which an answer in JSON never needs.
"""

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib import locales
from chalicelib.domain.rules import Organisation, Policy
from chalicelib.policy import load_organisation, load_policy
from chalicelib.service import intake

HERE = Path(__file__).parent


@dataclass(frozen=True)
class FormState:
    """What stands in the form: what was typed, what is wrong with it, and the form's id.

    `errors` are sentences by field; the field ``""`` is the form as a whole.
    """

    values: Mapping[str, str] = field(default_factory=lambda: defaultdict(str))
    errors: Mapping[str, str] = field(default_factory=lambda: defaultdict(str))
    form_id: str = ""


def form(
    language: str, policy: Policy, organisation: Organisation, state: FormState | None = None
) -> str:
    """The complaint form, empty or as it was sent."""
    state = state or FormState()
    return page(
        "form.j2",
        language,
        state=state,
        options=lambda choices: [(choice.key, choice.name[language]) for choice in choices],
        worded=lambda keys, words: [(key, words[key]) for key in keys],
        date_type=_date_type(state.values.get("happened_at", "")),
        policy=policy,
        organisation=organisation,
        causes=intake.CAUSES,
        yes_no=intake.YES_NO,
        contact_by=intake.CONTACT_BY,
        unsure=intake.UNSURE,
    )


def static_form(language: str) -> str:
    """The form as a file: whole without JavaScript, and without an id of its own."""
    return form(language, load_policy(), load_organisation())


def page(template: str, language: str, **content: object) -> str:
    """A page of ours in this language."""
    words = locales.catalogue(language)
    lang = "zh-Hans" if language == "zh" else "en"
    found = _environment().get_template(template)
    return found.render(
        w=words,
        language=language,
        lang=lang,
        style=_style(),
        **({"csp": security_policy()} | content),
    )


@cache
def security_policy() -> str:
    """What a page may load and send: its own styles, and forms to where it came from."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " form-action 'self'; base-uri 'none'"
    )


def _date_type(typed: str) -> str:
    """A date field cannot show what is not a date, and nothing typed may be lost."""
    if not re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", typed, re.ASCII):
        return "text"
    try:
        date.fromisoformat(typed or "2000-01-01")
    except ValueError:
        return "text"
    return "date"


@cache
def _style() -> str:
    return (HERE / "style.css").read_text("utf-8").strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
