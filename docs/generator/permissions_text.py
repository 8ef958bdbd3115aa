"""The fragment of permissions: who may do what, by role and by act, as the program holds it."""

from collections.abc import Iterable, Mapping

from docs.generator.blocks import joined, listed, table
from docs.generator.rule_text import ruled
from docs.generator.severity_text import headed
from docs.generator.words import MissingWordsError, short_words, word

from chalicelib import locales
from chalicelib.domain.permissions import MAY, OWNERS_TOO, OWNING
from chalicelib.domain.policy import Policy

Table = Mapping[str, Mapping[str, str]]
"""Verb → role → scope."""


def who_may_do_what(policy: Policy, language: str, may: Table = MAY) -> str:
    """Each role with what it may do, then each act with who may do it.

    Raises MissingWordsError for a verb, a role or a scope that has no words.
    """
    return joined(
        _rule("owning", language, roles=_roles(_in_order(OWNING, policy), policy, language)),
        _rule("owners_too", language, verbs=_verbs(OWNERS_TOO, language)),
        f"## {word('policy.by_role', language)} {{ #by-role }}",
        *(_role(key, policy, language, may) for key in _known(may, policy)),
        f"## {word('policy.by_verb', language)} {{ #by-act }}",
        _acts(policy, language, may),
    )


def verb_words(verb: str, language: str) -> str:
    """A verb as the staff's pages name it. Raises MissingWordsError when nobody named it."""
    named = locales.desk(language)["verb"]
    return str(named[verb]) if verb in named else word(f"verb.{verb}", language)


def _rule(phrase: str, language: str, **words: str) -> str:
    return ruled("setting", word(f"policy.{phrase}", language, **words), language)


def _known(may: Table, policy: Policy) -> list[str]:
    """The roles of the table in the policy's order. Raises MissingWordsError for another."""
    return _in_order({role for scopes in may.values() for role in scopes}, policy)


def _in_order(roles: Iterable[str], policy: Policy) -> list[str]:
    wanted = set(roles)
    known = [role.key for role in policy.roles if role.key in wanted]
    if unknown := wanted.difference(known):
        raise MissingWordsError(f"the policy file names no role `{min(unknown)}`")
    return known


def _role(key: str, policy: Policy, language: str, may: Table) -> str:
    """What one role may do, a row for each scope."""
    rows = [
        (headed(word(f"reach.{scope}", language)), _verbs(verbs, language))
        for scope, verbs in _by_scope({verb: scopes.get(key) for verb, scopes in may.items()})
    ]
    title = f"### {headed(policy.role(key).name[language])} {{ #{key.replace('_', '-')} }}"
    return joined(
        title, table((word("policy.reach", language), word("policy.may", language)), *rows)
    )


def _acts(policy: Policy, language: str, may: Table) -> str:
    """Every act, with who may do it and how far that reaches."""
    rows = [
        (verb_words(verb, language), _holders(scopes, policy, language))
        for verb, scopes in may.items()
    ]
    return table((word("policy.verb", language), word("policy.who_may", language)), *rows)


def _holders(scopes: Mapping[str, str], policy: Policy, language: str) -> str:
    parts = [
        word(
            "policy.reaching",
            language,
            roles=_roles(_in_order(roles, policy), policy, language),
            reach=word(f"reach.{scope}", language),
        )
        for scope, roles in _by_scope(scopes)
    ]
    return "<br>".join(parts)


def _by_scope(scopes: Mapping[str, str | None]) -> Iterable[tuple[str, list[str]]]:
    """What has each scope, the narrowest first. Raises MissingWordsError for an unknown one."""
    known = short_words("reach")
    if unknown := {scope for scope in scopes.values() if scope} - known.keys():
        raise MissingWordsError(
            f"the scope `{min(unknown)}` has no words in docs/words/policy.toml"
        )
    for scope in known:
        if found := [name for name, held in scopes.items() if held == scope]:
            yield scope, found


def _roles(keys: Iterable[str], policy: Policy, language: str) -> str:
    return listed((policy.role(key).name[language] for key in keys), language)


def _verbs(verbs: Iterable[str], language: str) -> str:
    return listed((verb_words(verb, language) for verb in verbs), language)
