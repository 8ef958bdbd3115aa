"""The fragments about the clock's own work: the ladder of reminders, and what pauses."""

from docs.generator.amounts import counted
from docs.generator.blocks import joined, listed
from docs.generator.rule_text import ruled
from docs.generator.words import word

from chalicelib import locales
from chalicelib.domain.deadlines import NOT_PROMISED
from chalicelib.domain.policy import Policy


def ladder(policy: Policy, language: str) -> str:
    """Who is reminded of what falls due, and who of what was missed, rung by rung."""
    rungs = [policy.role(one).name[language] for one in policy.ladder.rungs]
    arrow = " → ".join([word("policy.owner", language), *rungs])
    hours = counted(policy.ladder.hours_between, "hour", language)
    return joined(
        f"## {word('policy.ladder', language)} {{ #ladder }}",
        *(
            _ours(word(f"policy.{name}", language, rungs=arrow, hours=hours), language)
            for name in ("ladder_ahead", "ladder_rungs", "ladder_hours", "ladder_feedback")
        ),
    )


def pauses(policy: Policy, language: str) -> str:
    """Which deadlines pause while the resident's answer is awaited, or until an agreed time."""
    kinds = {
        "pause_waiting": policy.pauses.waiting_for_resident,
        "pause_agreed": policy.pauses.agreed_time,
    }
    return joined(
        f"## {word('policy.pauses', language)} {{ #pauses }}",
        *(_paused(name, found, language) for name, found in kinds.items() if found),
        ruled("setting", word("policy.pause_month", language), language, "5.1.3"),
    )


def _paused(name: str, clocks: frozenset[str], language: str) -> str:
    named = _clocks(clocks, language)
    return _ours(word(f"policy.{name}", language, clocks=named), language)


def _ours(sentence: str, language: str) -> str:
    return ruled("setting", sentence, language, "principle-3")


def _clocks(names: frozenset[str], language: str) -> str:
    """The deadlines as the desk's pages call them; the promises first."""
    ordered = sorted(names, key=lambda one: (one in NOT_PROMISED, one))
    said = (locales.say_desk(language, f"deadline.{one}") for one in ordered)
    return listed((f"“{one}”" for one in said), language)
