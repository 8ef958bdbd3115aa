"""The fragments about the clock's own work: the ladder of reminders, and what pauses."""

from docs.theme.amounts import counted, duration
from docs.theme.blocks import joined, listed
from docs.theme.phrases import ruled, say, tagged

from chalicelib import locales
from chalicelib.domain.deadlines import NOT_PROMISED
from chalicelib.domain.policy import Policy


def ladder(policy: Policy, language: str) -> str:
    """Who is reminded of what falls due, and who of what was missed, rung by rung."""
    rungs = [policy.role(one).name[language] for one in policy.ladder.rungs]
    arrow = " → ".join([say("owner", language), *rungs])
    hours = _hours(policy.ladder.hours_between, language)
    return joined(
        f"## {say('ladder', language)} {{ #ladder }}",
        *(
            _ours("principle-3", say(name, language, rungs=arrow, hours=hours), language)
            for name in ("ladder_ahead", "ladder_rungs", "ladder_hours", "ladder_feedback")
        ),
    )


def pauses(policy: Policy, language: str) -> str:
    """Which clocks stand still while the resident is waited for, or until an agreed time."""
    grace = duration(policy.settings.change_grace, language)
    kinds = {
        "pause_waiting": policy.pauses.waiting_for_resident,
        "pause_agreed": policy.pauses.agreed_time,
    }
    return joined(
        f"## {say('pauses', language)} {{ #pauses }}",
        *(_paused(name, found, grace, language) for name, found in kinds.items() if found),
        ruled(tagged("setting", language, "5.1.3"), say("pause_month", language), language),
    )


def _paused(name: str, clocks: frozenset[str], grace: str, language: str) -> str:
    sentence = say(name, language, clocks=_clocks(clocks, language), grace=grace)
    return _ours("principle-3", sentence, language)


def _ours(clause: str, sentence: str, language: str) -> str:
    return ruled(tagged("setting", language, clause), sentence, language)


def _hours(count: int, language: str) -> str:
    return f"{count} 小时" if language == "zh" else counted(count, "hour")


def _clocks(names: frozenset[str], language: str) -> str:
    """The clocks as the desk's pages call them; the promises first."""
    ordered = sorted(names, key=lambda one: (one in NOT_PROMISED, one))
    return listed((f"“{locales.say_desk(language, f'clock.{one}')}”" for one in ordered), language)
