"""The letters' templates: filled twice, for plain text and for HTML."""

import re
from collections.abc import Mapping
from functools import cached_property

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from chalicelib import locales
from chalicelib.application.ports.letter_writer import LetterText
from chalicelib.letters import HERE


class LetterTemplates:
    """Fills the templates of the folders here."""

    def write(self, letter: str, language: str, content: Mapping[str, object]) -> LetterText:
        """The letter of this name. Raises KeyError when there is none in this language.

        Unless the content says `answers_read`, it ends by telling that answers are not.
        """
        name = f"{letter}/{language}.j2"
        try:
            subject = _block(self._text, name, "subject", content)
            text = _block(self._text, name, "body", content)
            html = _block(self._html, name, "body", content)
        except TemplateNotFound as missing:
            raise KeyError(name) from missing
        subject = " ".join(subject.split()).replace(" ,", ",")
        text = _tidied(text)
        notice = "" if content["answers_read"] else locales.say(language, "sentence.unread")
        page = self._page(subject, html, language, summary=_summary(text), notice=notice)
        return LetterText(subject, f"{text}{notice}".rstrip() + "\n", page, language)

    @cached_property
    def _text(self) -> Environment:
        return _environment("_text.j2", autoescape=False)

    @cached_property
    def _html(self) -> Environment:
        return _environment("_html.j2", autoescape=True)

    def _page(self, subject: str, body: str, language: str, **around: str) -> str:
        """The HTML page; `around` the body are its summary and the notice at its foot."""
        page = self._html.get_template("_page.j2")
        lang = locales.TAGS[language]
        return _tidied(page.render(subject=subject, body=body, lang=lang, **around))


def _environment(macros: str, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=autoescape,  # noqa: S701 - off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["word"] = locales.say
    environment.globals["say"] = environment.get_template(macros).module
    return environment


def _block(environment: Environment, name: str, block: str, content: Mapping[str, object]) -> str:
    template = environment.get_template(name)
    return "".join(template.blocks[block](template.new_context(dict(content))))


def _summary(text: str) -> str:
    """What a list of letters shows beside the subject: what follows the salutation.

    Every letter says there what it is about, and none its code or a person's own words.
    """
    summary = text.split("\n\n")[1]
    return re.sub(r"[:\uff1a]$", "…", summary)


def _tidied(text: str) -> str:
    """No blanks at line ends, one empty line at most, one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
