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
        """The letter of this name. Raises KeyError when there is none in this language."""
        name = f"{letter}/{language}.j2"
        try:
            subject = _block(self._text, name, "subject", content)
            text = _block(self._text, name, "body", content)
            html = _block(self._html, name, "body", content)
        except TemplateNotFound as missing:
            raise KeyError(name) from missing
        subject = " ".join(subject.split()).replace(" ,", ",")
        page = self._page(subject, html, language)
        return LetterText(subject, _tidied(text), page, language)

    @cached_property
    def _text(self) -> Environment:
        return _environment("_text.j2", autoescape=False)

    @cached_property
    def _html(self) -> Environment:
        return _environment("_html.j2", autoescape=True)

    def _page(self, subject: str, body: str, language: str) -> str:
        page = self._html.get_template("_page.j2")
        lang = locales.TAGS[language]
        return _tidied(page.render(subject=subject, body=body, lang=lang))


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


def _tidied(text: str) -> str:
    """No blanks at line ends, one empty line at most, one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
