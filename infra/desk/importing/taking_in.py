"""Takes rows in: each is one history in one transaction, found again by a second run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.decided import decided
from chalicelib.application.history import History, begun
from chalicelib.application.keys import Keys
from chalicelib.application.submit_complaint import SubmitComplaint
from chalicelib.bootstrap import Container
from chalicelib.domain.commands import AssignOwner, CheckDeadlines, Command, EndElsewhere
from chalicelib.domain.decisions.receiving import receive
from chalicelib.domain.errors import (
    BadInputError,
    ChangedMeanwhileError,
    Fault,
    FormUsedError,
    RefusedError,
)
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy
from desk.importing.deliveries import ENDED_ELSEWHERE, Delivery, next_delivery
from desk.importing.mapping import ColumnMap
from desk.importing.reading import ImportedRow, RowReader
from desk.importing.report import ENDED, OPEN, REFUSED, THERE, Outcome, Report
from desk.importing.run_staff import RunStaff
from desk.importing.sheet import Row

CHANNEL = "import"


def try_rows(reader: RowReader, rows: Iterable[Row]) -> Report:
    """What an import would do, as far as the file alone tells: no table is asked."""
    return Report(tuple(_trial(row, reader) for row in rows), dry_run=True)


def import_rows(
    container: Container, mapping: ColumnMap, rows: Iterable[Row], *, alert: bool = False
) -> Report:
    """Take in what can be taken in, then leave each owner's summary to the notifier.

    With `alert` the ordinary alerts tell of each open row instead of the summaries.
    Raises what the table raises when it cannot be reached; the next run goes on from there.
    """
    now, policy = container.clock.now(), container.policy
    delivery = next_delivery(mapping.source.name, container.imports)
    reader = RowReader(mapping, policy, container.organisation, now, container.fields)
    contexts = DecisionContexts(
        policy,
        RunStaff(container.staff.directory()),
        container.organisation.department_names,
    )
    run = _Run(container.submit_complaint, contexts, container.keys, reader, delivery, alert)
    outcomes = tuple(run.outcome(row) for row in rows)
    record = delivery.run()
    if delivery.arrived:
        container.imports.finish(record, now)
    return Report(outcomes, summaries=record.owners)


def receipt(imported: ImportedRow, reference: str, policy: Policy, now: datetime) -> History:
    """The receipt, on the record now. What had ended is judged as it stood when it ended.

    So an archive does not turn major (5.1.3) for having waited to be imported.
    """
    command = imported.intake.received(reference, CHANNEL, imported.span.received_at)
    return begun(receive(command, policy, imported.span.ended_at or now), now, by=CHANNEL)


@dataclass(frozen=True)
class _Run:
    """One run of an import, at one moment. What it brings belongs to the delivery."""

    submit: SubmitComplaint
    contexts: DecisionContexts
    keys: Keys
    reader: RowReader
    delivery: Delivery
    alert: bool

    def outcome(self, row: Row) -> Outcome:
        """What came of one row; its refusal stops no other."""
        try:
            return self._saved(self.reader.read(row))
        except BadInputError as error:
            return Outcome(row, REFUSED, faults=error.faults)
        except FormUsedError:
            return _refused(row, "import_other_content")
        except ChangedMeanwhileError:
            return _refused(row, "import_busy")
        except RefusedError as error:
            role = self.reader.policy.role(error.params["role"]).name  # type: ignore[arg-type]
            return _refused(row, "import_nobody_answers", role=role)

    def _saved(self, imported: ImportedRow) -> Outcome:
        """Raises FormUsedError when the row stands with other content, its dates included."""
        origin = self.delivery.origin(alert=self.alert)
        submitted = self.submit.submit(self._history(imported), imported.intake, origin)
        self.delivery.add(submitted)
        if submitted.is_new:
            return _taken(imported, submitted.complaint)
        if not _same_dates(submitted.complaint, imported):
            raise FormUsedError
        return Outcome(imported.row, THERE)

    def _history(self, imported: ImportedRow) -> History:
        """All of it: an ended row needs no owner, an open one's missed promises are recorded."""
        reference = self.keys.import_reference(self.delivery.source, imported.row.key)
        history = receipt(imported, reference, self.reader.policy, self.reader.now)
        if imported.span.ended_at:
            return self._decided(history, EndElsewhere(imported.span.ended_at))
        owned = self._decided(history, AssignOwner(quietly=not self.alert))
        return self._decided(owned, CheckDeadlines())

    def _decided(self, history: History, command: Command) -> History:
        context = self.contexts.of(history)
        return decided(history, command, context, self.reader.now, by=CHANNEL)


def _trial(row: Row, reader: RowReader) -> Outcome:
    try:
        imported = reader.read(row)
    except BadInputError as error:
        return Outcome(row, REFUSED, faults=error.faults)
    return _taken(imported, receipt(imported, "", reader.policy, reader.now).complaint)


def _taken(imported: ImportedRow, complaint: Complaint) -> Outcome:
    return Outcome(imported.row, ENDED if imported.span.ended_at else OPEN, complaint.severity)


def _refused(row: Row, code: str, **params: object) -> Outcome:
    return Outcome(row, REFUSED, faults=(Fault("row", code, params),))


def _same_dates(stored: Complaint, imported: ImportedRow) -> bool:
    """Whether a row found again has the dates it came in with; what was done here since is ours."""
    ended_at = stored.ended_at if stored.status == ENDED_ELSEWHERE else None
    return (stored.received_at, ended_at) == (imported.span.received_at, imported.span.ended_at)
