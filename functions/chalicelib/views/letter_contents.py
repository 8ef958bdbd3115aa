"""What each letter says of an event, an entry or an import: the values that fill its words."""

from dataclasses import dataclass

from chalicelib import locales
from chalicelib.application.confidence import seen_history, seen_record
from chalicelib.application.history import History
from chalicelib.application.keys import Keys
from chalicelib.application.records import ImportRun
from chalicelib.domain import events
from chalicelib.domain.alert_batching import UNACKNOWLEDGED
from chalicelib.domain.confidence import is_of_one
from chalicelib.domain.deadlines import feedback_by, reply_told, visit_opens_at
from chalicelib.domain.decision_context import DecisionContext
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.events import EventRecord
from chalicelib.domain.model import OTHER_RESIDENT, RESIDENT, Complaint
from chalicelib.domain.notices import Notice
from chalicelib.domain.permissions import may
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.domain.promises import current_promises
from chalicelib.domain.staff import LEADER, Staff
from chalicelib.domain.staff_log import StaffRecord
from chalicelib.fields import FIELDS, FormFields
from chalicelib.text_cleaning import BlankIfMissing
from chalicelib.views.delay_view import delay_content
from chalicelib.views.presentation import Content, Presenter
from chalicelib.views.reminder_contents import reminder_content

_FOR_RESIDENT = ("text", "done", "note")
"""The words of a record that a resident's letter may say, where the staff wrote them."""
_TYPED = frozenset({"said", "building", "recorded", "facts"})
"""What a complaint holds of what the form's sender typed: no letter to an address has it."""
_OUTSIDE = frozenset({RESIDENT, OTHER_RESIDENT})
_CALLED = ("place", "text", "name", "unit")
"""What an entry may know of the matter when somebody is called."""


@dataclass(frozen=True)
class LetterContents:
    """Fills letters. `site_url` is where links lead, without a slash at its end."""

    policy: Policy
    organisation: Organisation
    keys: Keys
    site_url: str
    fields: FormFields = FIELDS

    def of(
        self, notice: Notice, record: EventRecord, history: History, context: DecisionContext
    ) -> Content:
        """What one recipient's letter says; only the resident's holds the code.

        The resident reads the words that are for them, and no root cause, lesson or reason
        of the staff's; nor any word that the form's sender typed, who may be somebody else.
        A member of staff reads what they may see of the complaint.
        """
        staff = context.directory.person(notice.to)
        if staff:
            record = seen_record(record, history, staff, context.directory)
            history = seen_history(history, staff, context.directory)
        if notice.to == RESIDENT:
            history = history.as_delivered
        language = staff.language if staff else history.complaint.language
        presenter = self.presenter(language)
        content = presenter.complaint(history, context.directory)
        content |= self._event(record, history, context, presenter)
        content["times"] = _times(notice.to, record, history)
        if notice.to == RESIDENT:
            return _untyped(content) | self._for_resident(record, history, presenter)
        part = _part_anew(notice, record, history, context)
        content |= self._for_staff(part, staff, record, history, presenter)
        content |= _farewell(staff, record, history, content)
        directory = context.directory
        return content | reminder_content(notice.to, record, history, presenter, directory)

    def _event(
        self, record: EventRecord, history: History, context: DecisionContext, presenter: Presenter
    ) -> Content:
        """What happened: by whom, which one of its kind it is, and what it set."""
        event, directory = record.event, context.directory
        at = getattr(event, "at", None)
        person = directory.person(record.by)
        before = getattr(event, "before", None) or getattr(event, "owner_before", None)
        return {
            "kind": record.kind,
            "words": BlankIfMissing(record.words) if history.withheld else record.words,
            "by": person.name[presenter.language] if person else "",
            "agreed_at": presenter.moment(at, history.complaint) if at else "",
            "into": getattr(event, "into", ""),
            "earlier": getattr(event, "reference", ""),
            "other": event.reference if isinstance(event, events.PartChanged) else "",
            "waiting": history.complaint.all_confirmed_at is None,
            "visit_days": self._visit_days(record, history),
            "explains": getattr(event, "explains", False),
            "because": getattr(event, "because", ""),
            "by_another": getattr(event, "by_another", False),
            "as_before": getattr(event, "as_before", False),
            "before": presenter.owner(before, directory) if before else "",
            "together": self._together(record),
            "queue_url": f"{self.site_url}/desk",
        }

    def _together(self, record: EventRecord) -> list[dict[str, str]]:
        """All that one letter tells of, where it tells of several."""
        references = getattr(record.event, "together", None) or ()
        desk = f"{self.site_url}/desk/complaints"
        return [{"reference": one, "url": f"{desk}/{one}"} for one in references]

    def _for_resident(self, record: EventRecord, history: History, presenter: Presenter) -> Content:
        complaint = history.complaint
        reference = complaint.reference
        code = self.keys.code(reference, complaint.code_version)
        return {
            "code": code,
            **presenter.told(complaint),
            **delay_content(record.event, complaint, presenter, record.at),
            **self._after_the_reply(record, complaint, presenter),
            "reply_late": reply_told(complaint, self.policy).at < record.at,
            "url": f"{self.site_url}/complaints/{reference}?code={code}",
            "words": _of_the_staff(record),
        }

    def _after_the_reply(
        self, record: EventRecord, complaint: Complaint, presenter: Presenter
    ) -> Content:
        """What a reply promises for later, and from which day on the resident is asked about it."""
        promised_for = getattr(record.event, "follow_up_by", None)
        asked_at = visit_opens_at(complaint, self.policy)
        asked_on = asked_at.astimezone(complaint.tz).date() if asked_at else None
        return {
            "promised_for": presenter.moment(promised_for, complaint) if promised_for else "",
            "asked_on": locales.day(asked_on, presenter.language) if asked_on else "",
        }

    def _visit_days(self, record: EventRecord, history: History) -> int:
        """How many days the reply lies back, as the calendar counts them."""
        complaint = history.complaint
        if complaint.replied_at is None:
            return self.policy.settings.return_visit_days
        days = (one.astimezone(complaint.tz).date() for one in (record.at, complaint.replied_at))
        return (next(days) - next(days)).days

    def _for_staff(
        self,
        part: str,
        staff: Staff | None,
        record: EventRecord,
        history: History,
        presenter: Presenter,
    ) -> Content:
        complaint, policy = history.complaint, self.policy
        before = getattr(record.event, "severity_before", None)
        asked_by = feedback_by(complaint, policy)
        return {
            "recipient": staff.name[presenter.language] if staff else "",
            "part": part,
            "asks": _asks(part, complaint),
            "feedback_by": presenter.due("feedback", asked_by, complaint) if asked_by else "",
            "feedback_given": complaint.feedback_at is not None,
            "feedback_late": asked_by is not None and asked_by <= record.at,
            "was_undecided": before is None,
            "acknowledge_late": current_promises(complaint, policy).acknowledge_by <= record.at,
            "severity_before": policy.severity_name(before)[presenter.language],
            "times_raised": complaint.times_raised,
        }

    def of_entry(self, notice: Notice, entry: DutyLogEntry, context: DecisionContext) -> Content:
        """What the one who is called reads of an entry of the duty log (6.1.2)."""
        staff = context.directory.person(notice.to)
        presenter = self.presenter(staff.language if staff else "zh")
        community = self.organisation.community(entry.community)
        caller = context.directory.person(entry.by)
        language = presenter.language
        return {
            "language": language,
            "company": self.organisation.name[language],
            "recipient": staff.name[language] if staff else "",
            "by": caller.name[language] if caller else "",
            "community": community.name[language],
            "reception": community.reception,
            "on": f"{entry.on:%Y-%m-%d}",
            "number": entry.number,
            "at": locales.moment(entry.at, community.tz, language),
            "known": [
                (presenter.say(f"called.{name}"), entry.words[name])
                for name in _CALLED
                if entry.words.get(name)
            ],
            "desk_url": f"{self.site_url}/desk/log?community={entry.community}&date={entry.on}",
        }

    def of_import(self, notice: Notice, run: ImportRun, context: DecisionContext) -> Content:
        """What an owner reads of an import: how many they own, by severity."""
        staff = context.directory.person(notice.to)
        language = staff.language if staff else "zh"
        policy, counts = self.policy, run.owners[notice.to]
        return {
            "language": language,
            "company": self.organisation.name[language],
            "recipient": staff.name[language] if staff else "",
            "source": run.source,
            "total": sum(counts.values()),
            "ended": run.ended,
            "counts": [
                (policy.severity_name(key or None)[language], count)
                for key, count in counts.items()
            ],
            "desk_url": f"{self.site_url}/desk",
        }

    def of_address_change(self, record: StaffRecord, context: DecisionContext) -> Content:
        """What the old address reads: by whom and when, and whom to tell; not the new address."""
        directory = context.directory
        staff, by = directory.person(record.staff), directory.person(record.by)
        language = staff.language if staff else "zh"
        presenter = self.presenter(language)
        zone = self.organisation.zone_of(staff.communities if staff else ())
        leaders = [
            one.name[language]
            for one in directory.staff
            if LEADER in one.roles and not one.disabled and one.id != record.staff
        ]
        return {
            "language": language,
            "company": self.organisation.name[language],
            "recipient": staff.name[language] if staff else "",
            "by": by.name[language] if by else presenter.say("sentence.operator"),
            "at": locales.moment(record.at, zone, language),
            "leaders": presenter.say("sentence.joined").join(leaders),
            "desk_url": f"{self.site_url}/desk/account",
        }

    def presenter(self, language: str) -> Presenter:
        """What puts complaints into words of this language."""
        return Presenter(self.policy, self.organisation, self.site_url, language, self.fields)


def _untyped(content: Content) -> Content:
    """The content without what was typed into the form, so that no template can quote it."""
    return {name: value for name, value in content.items() if name not in _TYPED}


def _of_the_staff(record: EventRecord) -> dict[str, str]:
    """The words for the resident that the staff wrote; none that came over the page."""
    if record.by in _OUTSIDE:
        return {}
    return {name: text for name, text in record.words.items() if name in _FOR_RESIDENT}


def _farewell(staff: Staff | None, record: EventRecord, history: History, said: Content) -> Content:
    """Where it goes on, for who may know; nothing of why, to one whom it may be about now."""
    if staff is None:
        return {}
    event, complaint = record.event, history.complaint
    departments = event.confided if isinstance(event, events.Merged) else ()
    return {
        "opens": may(staff, "see", complaint),
        "kept": complaint.is_kept_from(staff.id),
        "into": "" if is_of_one(staff, departments) else said["into"],
    }


def _times(to: str, record: EventRecord, history: History) -> int:
    """Which one of its kind this reader gets: a second reply has another subject than the first."""
    kind = _kind(record)
    earlier = (one for one in history.records if one.number <= record.number)
    same = (one for one in earlier if _kind(one) == kind)
    gets = _gets(to, record)
    return sum(_concerns(to, one) and _gets(to, one) == gets for one in same)


def _gets(to: str, record: EventRecord) -> bool:
    """Whether it comes to this person by that; who had it until then reads another letter."""
    owner = getattr(record.event, "owner", None)
    return owner is not None and owner.staff == to


def _concerns(to: str, record: EventRecord) -> bool:
    """Whether an event is told to this person; where it names whom it is for, to them alone."""
    event = record.event
    if isinstance(event, events.HandedOver | events.StoodIn | events.CameBack):
        named = (event.owner, event.before)
        return any(one is not None and one.staff == to for one in named)
    return True


def _kind(record: EventRecord) -> tuple[str, bool]:
    """What it tells of; what another resident of the matter said is told as the own one's is."""
    event = record.event
    kind = event.kind if isinstance(event, events.PartChanged) else record.kind
    return kind, getattr(event, "explains", False)


def _asks(part: str, complaint: Complaint) -> str:
    """What this reader still has to do about it: no letter asks for what was done."""
    if part == "head" and complaint.waits_for_text:
        return "awaits"
    if part == "head":
        return "helps" if complaint.feedback_at else "head"
    if part == "owner" and complaint.status not in UNACKNOWLEDGED:
        return "reply" if complaint.status == "acknowledged" else "follow"
    return part


def _part_anew(
    notice: Notice, record: EventRecord, history: History, context: DecisionContext
) -> str:
    """The part of the reader of one letter; a merge asks for no feedback that was asked before."""
    part = _part(context.directory.person(notice.to), history, context)
    asked_before = history.complaint.feedback_asked_at != record.at
    of_ties = isinstance(record.event, events.Absorbed | events.PartLeft)
    rose = notice.letter == "escalated"
    return "told" if part == "head" and of_ties and asked_before and not rose else part


def _part(staff: Staff | None, history: History, context: DecisionContext) -> str:
    """What a letter asks of its reader: to handle it, to give feedback, or to know.

    Who stands in for the department's head is asked for the feedback (3.3).
    """
    if staff and staff.id == history.complaint.owner.staff:
        return "owner"
    return "head" if staff == context.department_head(history.complaint) else "told"
