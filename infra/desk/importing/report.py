"""What an import did, and the lines in which it says so."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib import locales
from chalicelib.domain.errors import Fault
from chalicelib.views.field_words import FieldWords
from desk.importing.sheet import Row

OPEN, ENDED, THERE, REFUSED = "open", "ended", "there", "refused"
_OWN_LABELS = frozenset({"row", "key", "received_at", "ended_at"})


@dataclass(frozen=True)
class Outcome:
    """What came of one row: taken in open or ended, there already, or refused and why."""

    row: Row
    kind: str
    severity: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Report:
    """Every row's outcome, and how many open complaints each owner's summary counts."""

    outcomes: tuple[Outcome, ...]
    dry_run: bool = False
    summaries: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        """How many rows came to this."""
        return sum(outcome.kind == kind for outcome in self.outcomes)

    @property
    def severities(self) -> Mapping[str | None, int]:
        """How many of the rows taken in there are of each severity."""
        taken = (one for one in self.outcomes if one.kind in (OPEN, ENDED))
        return Counter(one.severity for one in taken)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The rows that were refused, in the order of the file."""
        return tuple(one for one in self.outcomes if one.kind == REFUSED)


def report_lines(report: Report, words: FieldWords) -> Iterator[str]:
    """The report as an operator reads it."""
    policy, language = words.policy, words.language
    counts = {kind: report.count(kind) for kind in (OPEN, ENDED, THERE, REFUSED)}
    key = "import.would" if report.dry_run else "import.did"
    yield locales.say(language, key, taken=counts[OPEN] + counts[ENDED], **counts)
    for severity in (*(one.key for one in policy.severities), None):
        if severity in report.severities:
            name = policy.severity_name(severity)[language]
            yield f"  {name}: {report.severities[severity]}"
    for owner, counted in report.summaries.items():
        yield locales.say(language, "import.summary", owner=owner, count=sum(counted.values()))
    for outcome in report.refused:
        yield from _refusal(outcome, words)


def _label(name: str, words: FieldWords) -> str:
    own = name in _OWN_LABELS
    return locales.say(words.language, f"import.{name}") if own else words.label(name)


def fault_words(fault: Fault, section: str, language: str, label: str) -> str:
    """The sentence of a fault, under ``section.code``."""
    return locales.say(language, f"{section}.{fault.code}", label=label, **fault.params)


def _refusal(outcome: Outcome, words: FieldWords) -> Iterator[str]:
    language = words.language
    for fault in outcome.faults:
        label = _label(fault.field, words)
        yield locales.say(
            language,
            "import.refused",
            line=outcome.row.line,
            row_key=outcome.row.key or "–",
            field=label,
            sentence=fault_words(fault, "field", language, label),
        )
