"""How a rule reads: marked as the policy's own words or as our setting, and what it rests on."""

from docs.generator.words import short_words, word


def tagged(tag: str, language: str, clause: str = "") -> str:
    """The mark of a rule: the policy's own words, or our setting; with the clause it rests on."""
    mark = f"**{word(f'tag.{tag}', language)}**{{ .{tag} }}"
    cites = cited(clause, language) if clause else ""
    return word(f"mark.{_form(clause)}", language, tag=mark, clause=cites)


def ruled(tag: str, sentence: str, language: str, clause: str = "") -> str:
    """A rule with its mark before it."""
    mark = tagged(tag, language, clause)
    return word(f"marked.{_form(clause)}", language, mark=mark, sentence=sentence)


def cited(clause: str, language: str) -> str:
    """A clause or principle of the policy as a text cites it."""
    named = clause if clause in short_words("cite") else "clause"
    return word(f"cite.{named}", language, number=clause)


def _form(clause: str) -> str:
    return "citing" if clause else "plain"
