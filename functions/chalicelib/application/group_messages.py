"""The second channel for staff: what a robot says to their group of new and escalated complaints.

It says so beside the letters and in the place of none. Each message is claimed, said and marked
as a letter is, so that none is said twice. What cannot be said now is left to the sweep.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.application.contexts import DecisionContexts
from chalicelib.application.history import History
from chalicelib.application.households import tidy_building
from chalicelib.application.outbox import ComplaintEvent, OutboxEntry, WorkdayStart
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.complaints import Complaints
from chalicelib.application.ports.group_chat import (
    ChatBusyError,
    ChatRefusedError,
    ChatUnansweredError,
    GroupChat,
    GroupMessageWriter,
    GroupRow,
)
from chalicelib.application.ports.letters import (
    DeliveryReport,
    LetterHeldError,
    LetterKey,
    Letters,
)
from chalicelib.domain.delivery import DELIVERED, FAILED, REFUSED
from chalicelib.domain.events import EventRecord, OwnerAssigned
from chalicelib.domain.model import GROUP, Complaint
from chalicelib.domain.morning import OVERDUE, TODAY, day_of, matter_of, section_of
from chalicelib.domain.notices import notices
from chalicelib.domain.policy import Organisation, Policy

LETTER = "group_message"
"""What the record of letters calls it."""
GIVES_UP_AFTER = timedelta(hours=6)
"""How long a message is tried for: who has not read it by then has read the letters."""


@dataclass
class GroupMessages:
    """Tells the staff's group. Made anew for each batch of the stream, and for each sweep.

    Once the chat was busy, the rest of them is left for the next.
    """

    policy: Policy
    organisation: Organisation
    complaints: Complaints
    contexts: DecisionContexts
    letters: Letters
    clock: Clock
    chat: GroupChat
    writer: GroupMessageWriter
    rests: bool = field(default=False, init=False)

    def tell(self, entry: OutboxEntry) -> bool:
        """Say what an entry calls for; False where it is to be tried again.

        Raises ChatRefusedError, once, when the chat takes it never.
        """
        match entry:
            case ComplaintEvent():
                return self._tell_of_event(entry)
            case WorkdayStart():
                return self._said(entry, self._morning(entry), self.clock.now())
            case _:
                return True

    def _tell_of_event(self, entry: ComplaintEvent) -> bool:
        history = self.complaints.load(entry.reference)
        record = history.record(entry.number)
        kind = self._kind(record, history)
        return self._said(entry, self.writer.of_complaint(kind, history) if kind else "", record.at)

    def _kind(self, record: EventRecord, history: History) -> str:
        """``new`` or ``escalated``, as the letters to the staff are; blank for all else.

        Nothing of what may be about one of the staff: they are in the group, too.
        """
        complaint = history.complaint
        if not may_be_said(complaint):
            return ""
        called_for = notices(record, complaint, self.contexts.of(history))
        letters = {one.letter for one in called_for}
        if "escalated" in letters:
            return "escalated"
        return "new" if "alert" in letters and isinstance(record.event, OwnerAssigned) else ""

    def _morning(self, start: WorkdayStart) -> str:
        """The list of a working day; blank once that day is over, and where nothing is due."""
        zone, now = self.organisation.community(start.community).tz, self.clock.now()
        if now.astimezone(zone).date() != start.on:
            return ""
        day = day_of(start.on, now, self.policy.working_time, zone)
        directory = self.contexts.without_complaint().directory
        rows = []
        for line in self.complaints.open():
            if line.complaint.community != start.community or not may_be_said(line.complaint):
                continue
            matter = matter_of(line.complaint, self.contexts.of(line, directory), day)
            sections = {section_of(task, day) for task in matter.tasks}
            state = next((one for one in (OVERDUE, TODAY) if one in sections), "")
            if state:
                rows.append(
                    GroupRow(matter.complaint, state, building_of(line.complaint, line.words))
                )
        rows.sort(key=self._by_urgency)
        return self.writer.of_morning(start.community, rows, self.chat.most_bytes) if rows else ""

    def _by_urgency(self, row: GroupRow) -> tuple[bool, int, datetime, str]:
        """The overdue before the others, the graver first, then the older."""
        complaint = row.complaint
        rank = self.policy.rank(complaint.severity)
        return (row.state != OVERDUE, rank, complaint.received_at, complaint.reference)

    def _said(self, entry: OutboxEntry, text: str, since: datetime) -> bool:
        """Whether it is dealt with: there is nothing to say, or it was said or given up."""
        key, now = LetterKey(entry, GROUP), self.clock.now()
        if not text:
            return True
        if self.rests:
            return False
        try:
            if not self.letters.claim(key, LETTER, now):
                return True
        except LetterHeldError:
            return False
        return self._say(key, text, now - since > GIVES_UP_AFTER)

    def _say(self, key: LetterKey, text: str, is_last_try: bool) -> bool:  # noqa: FBT001 - named by its caller
        """Whether it is dealt with. Without an answer, the claim holds it until its lease ends."""
        try:
            self.chat.say(text)
        except ChatRefusedError:
            self._end(key, REFUSED)
            raise
        except (ChatBusyError, ChatUnansweredError) as error:
            self.rests = True
            if is_last_try:
                self._end(key, FAILED)
            elif isinstance(error, ChatBusyError):
                self.letters.release(key)
            return is_last_try
        self._end(key, DELIVERED)
        return True

    def _end(self, key: LetterKey, state: str) -> None:
        """The chat shows it at once, so that nothing more is heard of it."""
        now = self.clock.now()
        sent_at = now if state == DELIVERED else None
        self.letters.tell(DeliveryReport(key, state, now, sent_at))


def may_be_said(complaint: Complaint) -> bool:
    """Whether all of the staff may know of this complaint; not before it has an owner."""
    is_known = complaint.owner.staff is not None and not complaint.erased
    return is_known and not complaint.may_be_meant


def building_of(complaint: Complaint, words: Mapping[str, str]) -> str:
    """The building's number, and nothing else that somebody may have typed in its place.

    Blank in confidence: a home might be known by it.
    """
    number = tidy_building(words.get("building", ""))
    is_number = number.isascii() and number.isalnum() and len(number) <= _LONGEST_NUMBER
    return number.upper() if is_number and not complaint.in_confidence else ""


_LONGEST_NUMBER = 4
