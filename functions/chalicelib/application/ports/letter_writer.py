"""Writes letters: from what is to be told, and to whom, to their finished text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from chalicelib.application.history import History
from chalicelib.application.outbox import AlertBatch, WorkdayStart
from chalicelib.application.records import ImportRun
from chalicelib.domain.alert_batching import BatchItem
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.events import EventRecord
from chalicelib.domain.morning import Day, Morning
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff import Directory, Staff
from chalicelib.domain.staff_log import StaffRecord

WordsByReference = Mapping[str, Mapping[str, str]]
"""What the residents said, by the reference of their complaint."""


@dataclass(frozen=True)
class LetterText:
    """A letter's words in its `language`: subject, plain text and HTML saying the same."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True)
class BatchedAlerts:
    """What waited in a batch for one reader, in the order of the letter."""

    batch: AlertBatch
    reader: Staff
    items: tuple[BatchItem, ...]
    words: WordsByReference


@dataclass(frozen=True)
class MorningLetter:
    """What one reader has before them on a working day, in the order of the letter."""

    start: WorkdayStart
    reader: Staff
    day: Day
    morning: Morning
    words: WordsByReference


class LetterWriter(Protocol):
    """Writes each letter in its reader's language. Raises KeyError for an unknown letter."""

    def of_event(
        self, notice: Notice, record: EventRecord, history: History, context: DecisionContext
    ) -> LetterText:
        """What somebody is told of an event of a complaint."""
        ...

    def of_entry(self, notice: Notice, entry: DutyLogEntry, context: DecisionContext) -> LetterText:
        """What the one who is called reads of an entry of the duty log (6.1.2)."""
        ...

    def of_import(self, notice: Notice, run: ImportRun, context: DecisionContext) -> LetterText:
        """What an owner reads of a spreadsheet that was taken in."""
        ...

    def of_address_change(
        self, notice: Notice, record: StaffRecord, context: DecisionContext
    ) -> LetterText:
        """What the old address of a member of staff reads, once letters go elsewhere."""
        ...

    def of_batch(self, notice: Notice, alerts: BatchedAlerts, directory: Directory) -> LetterText:
        """The one letter of all alerts that waited."""
        ...

    def of_morning(self, notice: Notice, letter: MorningLetter, directory: Directory) -> LetterText:
        """The letter of a working day's morning (principle 3)."""
        ...
