"""What a change of a complaint writes: the actions of one transaction, beside its events.

A head is written under the condition that nobody changed it; the rest follows it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.adapters import duty_log, items
from chalicelib.adapters.items import Item
from chalicelib.adapters.lessons import lesson_item
from chalicelib.adapters.transactions import put, put_new
from chalicelib.application.history import History
from chalicelib.application.households import KINDS, household_parts
from chalicelib.application.listed import listed
from chalicelib.application.records import Lesson
from chalicelib.domain.events import Closed, Erased, EventRecord, HelpCalled
from chalicelib.domain.model import Complaint
from chalicelib.domain.policy import Policy


@dataclass(frozen=True)
class Change:
    """A complaint before and after. What is personal is kept as the policy says."""

    table: str
    before: History
    after: History
    policy: Policy

    @property
    def complaint(self) -> Complaint:
        """The state that it leads to."""
        return self.after.complaint

    @property
    def new(self) -> tuple[EventRecord, ...]:
        """What is added to the record."""
        return self.after.since(self.before)

    @property
    def erases(self) -> bool:
        """Whether the resident's data go."""
        return any(isinstance(one.event, Erased) for one in self.new)

    def head(self, due_at: datetime | None) -> Item:
        """The new head, if nobody changed it since it was loaded."""
        due, found_in = items.due_keys(self.complaint, due_at), items.listed_keys(self.complaint)
        values = {
            "doc": items.encoded(self.complaint),
            items.LISTED: items.encoded(listed(self.after, self.policy)),
            "version": {"N": str(self.complaint.version)},
            **due,
            **found_in,
        }
        action = self._update("HEAD", values, _lacking(due | found_in))
        action["Update"]["ConditionExpression"] = "version = :before"
        before = {":before": {"N": str(self.before.complaint.version)}}
        action["Update"]["ExpressionAttributeValues"] |= before
        action["Update"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return action

    def events(self) -> list[Item]:
        """What happened, each an item that did not stand before."""
        return [put_new(self.table, one) for one in items.event_items(self.new, self.complaint)]

    def texts(self) -> list[Item]:
        """What was said, an item for each event."""
        found = items.text_items(self.new, self.complaint.reference)
        return [put_new(self.table, one) for one in found]

    def contact(self, due_at: datetime | None) -> list[Item]:
        """How the resident is reached now, and until when that is kept; once erased, never again.

        It stands in the `due` index beside the head, until the return visit is over too, and in
        the list in the same months. What is said after the end is kept no longer than the rest.
        """
        added = items.contact_now(self.after, self.new)
        if not added and not self._turns and self.complaint.is_open:
            return []
        due, found_in = items.words_due_keys, items.words_listed_keys
        keys = due(self.complaint, due_at) | found_in(self.complaint)
        removed = (*(() if self._expiry else ("expires_at",)), *_lacking(keys))
        action = self._update("CONTACT", added | keys | self._expiry, removed)
        action["Update"]["ConditionExpression"] = "attribute_not_exists(erased)"
        return [action]

    def households(self, keys: Mapping[str, str] | None) -> list[Item]:
        """The keys by which it is found: others from now on, or the same for another time."""
        stood = household_parts(self.complaint.community, self.before.words)
        if keys is not None:
            gone = [kind for kind in KINDS if kind in stood and kind not in keys]
            fresh = items.household_items(self.complaint, keys, self._months)
            return [*(put(self.table, one) for one in fresh), *self._unfindable(gone)]
        if not self._turns:
            return []
        gone_with_the_end = () if self._expiry else ("expires_at",)
        return [self._update(f"K#{kind}", self._expiry, gone_with_the_end) for kind in stood]

    def lesson(self) -> list[Item]:
        """What was learned, where the archive finds it by category (principle 2)."""
        found = (one for one in self.new if isinstance(one.event, Closed))
        lessons = ((one, one.words["lesson"]) for one in found if "lesson" in one.words)
        return [put(self.table, self._lesson(one, text)) for one, text in lessons]

    def erasure(self, calls: Iterable[Item]) -> Iterator[Item]:
        """No word of any record is left, no key to find the resident by, and none in the duty log.

        `calls` are the keys of the duty log's entries that belong to the complaint.
        """
        key = items.complaint_key(self.complaint.reference, "CONTACT")
        yield put(self.table, {**key, "erased": {"BOOL": True}})
        yield from self._unfindable(household_parts(self.complaint.community, self.before.words))
        yield from (_update(self.table, one, {}, (duty_log.WORDS,)) for one in calls)
        if any(one.event.lessons for one in self.new if isinstance(one.event, Erased)):
            yield from (put(self.table, one) for one in self._cut_lessons())

    def calls(self) -> list[Item]:
        """The keys of the duty log's entries that belong to the complaint, or name its resident."""
        events = [one.event for one in self.after.records]
        called = (one.entry for one in events if isinstance(one, HelpCalled) and one.entry)
        named = (name for one in events if isinstance(one, Erased) for name in one.entries)
        entries = dict.fromkeys((*called, *named))
        return [duty_log.entry_key(self.complaint.community, one) for one in entries]

    def _cut_lessons(self) -> Iterator[Item]:
        """The lessons drawn from it, without their text."""
        for one in self.before.records:
            if isinstance(one.event, Closed) and "lesson" in one.words:
                yield self._lesson(one, "")

    @property
    def _turns(self) -> bool:
        """Whether it ends, or opens again."""
        return self.before.complaint.is_open is not self.complaint.is_open

    @property
    def _expiry(self) -> Item:
        return items.expiry(self.complaint, self._months)

    @property
    def _months(self) -> int:
        return self.policy.settings.keep_personal_data_months

    def _unfindable(self, kinds: Iterable[str]) -> Iterator[Item]:
        return (self._update(f"K#{kind}", {}, _HOUSEHOLD) for kind in kinds)

    def _lesson(self, record: EventRecord, text: str) -> Item:
        one = self.complaint
        lesson = Lesson(one.category, one.community, one.reference, record.at, text)
        return lesson_item(lesson)

    def _update(self, sk: str, values: Item, removed: Iterable[str] = ()) -> Item:
        key = items.complaint_key(self.complaint.reference, sk)
        return _update(self.table, key, values, removed)


def _update(table: str, key: Item, values: Item, removed: Iterable[str] = ()) -> Item:
    """Set these attributes of an item and remove those."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    gone = ", ".join(removed)
    expression = f"SET {sets} " * bool(sets) + f"REMOVE {gone}" * bool(gone)
    update = {"TableName": table, "Key": key, "UpdateExpression": expression}
    named = {f":{name}": value for name, value in values.items()}
    return {"Update": update | ({"ExpressionAttributeValues": named} if named else {})}


def _lacking(keys: Item) -> tuple[str, ...]:
    """The attributes by which it would be found where it does not stand any more."""
    return tuple(one for one in (*_DUE, *_ENDED) if one not in keys)


_DUE = ("due_shard", "due_at")
_ENDED = ("ended", "ended_at")
_HOUSEHOLD = ("household", "household_at")
