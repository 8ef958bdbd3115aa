"""Drills are graded by the engine that decides about real complaints.

A scenario's facts are received as any complaint is; whatever happens to it later is asked
of the same decisions. Change the policy file, and the answers change with the next build.
"""

from dataclasses import dataclass
from datetime import timedelta

from docs.generator.engine_runs import EngineRun, a_receipt, begun, first_weekday, one_of_each
from docs.generator.scenarios import UNDECIDED, OfSeverity, ScenarioError, ScenarioStep

from chalicelib.domain import commands
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.model import Finding
from chalicelib.domain.policy import Policy
from chalicelib.domain.staff import LEADER, MANAGER, SUPERVISOR

_MONDAY = 1
_FACTS = ("cause", "about", "category", "hurt", "loss", "times_raised")
_WORDS = "drill"
"""What stands for words that the engine keeps and never reads."""


@dataclass(frozen=True)
class Answer:
    """The engine's verdict: severity (`undecided` where none), the owner's role, and why."""

    severity: str
    owner: str
    findings: tuple[Finding, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The numbers of the clauses met, gravest first, each once."""
        return tuple(dict.fromkeys(finding.clause for finding in self.findings))


def answered(scenario: OfSeverity, policy: Policy) -> Answer:
    """What the engine says of a scenario under this policy, after all that happens in it.

    Raises ScenarioError for a step that there is not, or that the product would refuse.
    """
    try:
        complaint = _run(scenario, policy).complaint
    except (RefusedError, TypeError) as error:
        raise ScenarioError(f"{scenario.id}: a step is refused: {error}") from error
    return Answer(
        complaint.severity or UNDECIDED,
        complaint.owner.staff or complaint.owner.role,
        complaint.verdict.findings,
    )


def _run(scenario: OfSeverity, policy: Policy) -> EngineRun:
    given = scenario.given
    received_at = first_weekday(policy, _MONDAY)
    facts = {name: getattr(given, name) for name in _FACTS}
    context = one_of_each(policy, given.about, given.complained_about, given.absent)
    run = begun(a_receipt(received_at, **facts), context)
    for step in scenario.then:
        at = received_at + timedelta(days=step.after_days)
        run = run.after(commands.CheckDeadlines(), at)
        command = _command(step, run, _decider(scenario))
        run = run.after(command, at) if command else run
    return run


def _decider(scenario: OfSeverity) -> str:
    """Who judges and writes down: the supervisor, or the next rung up who is there."""
    passed_over = scenario.given.complained_about | scenario.given.absent
    return next(one for one in (SUPERVISOR, MANAGER, LEADER) if one not in passed_over)


def _command(step: ScenarioStep, run: EngineRun, by: str) -> commands.Command | None:
    """What a step asks; None where only time passes. Raises ScenarioError for another."""
    match step.do:
        case "judge":
            return commands.Judge(by, _WORDS, **step.values)
        case "record-facts":
            return commands.RecordFacts(by, _WORDS, **step.values)
        case "reply":
            return commands.Reply(run.complaint.owner.staff or by, _WORDS, "telephone")
        case "dispute":
            return commands.Dispute(by, _WORDS, "telephone")
        case "wait":
            return None
    raise ScenarioError(f"nothing can be done that is called `{step.do}`")
