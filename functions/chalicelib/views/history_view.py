"""The history of a complaint in words: one entry an event, as the staff read it (principle 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History
from chalicelib.domain import events
from chalicelib.domain.escalation import AHEAD
from chalicelib.domain.events import Event, EventRecord
from chalicelib.domain.model import NEW_DATE_OF, NOBODY, NOT_STAFF, Complaint, LadderStep, NewDate
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter

_GRAVE = (
    events.Missed,
    events.ReturnVisitMissed,
    events.Escalated,
    events.Disputed,
    events.HelpCalled,
    events.Messaged,
    events.LetterFailed,
)
_YES_NO = {True: "yes", False: "no"}


@dataclass(frozen=True)
class HistoryView:
    """Tells a history to one reader."""

    presenter: Presenter
    directory: Directory

    def entries(self, history: History) -> list[Content]:
        """Every entry, the newest first."""
        complaint = history.complaint
        return [self.entry(one, complaint) for one in reversed(history.records)]

    def entry(self, record: EventRecord, complaint: Complaint) -> Content:
        """What happened, when and by whom, with the words that belong to it."""
        return {
            "number": record.number,
            "title": self.say(f"event.{_title(record)}", **self._filling(record.event)),
            "at": self.presenter.moment(record.at, complaint),
            "by": self.who(record.by),
            "words": [
                *self._set(record.event, complaint),
                *self._satisfied(record.event),
                *self._said(record),
            ],
            "grave": isinstance(record.event, _GRAVE),
        }

    def who(self, by: str) -> str:
        """The name of a member of staff, or what else stands on the record."""
        if by in NOT_STAFF:
            return self.say(f"by.{by}")
        person = self.directory.person(by)
        return person.name[self.presenter.language] if person else by

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)

    def _filling(self, event: Event) -> dict[str, object]:
        """What fills the sentence of an event; each sentence takes what it needs."""
        say, language = self.presenter, self.presenter.language
        severity = say.policy.severity_name(getattr(event, "severity", None))[language]
        before = say.policy.severity_name(getattr(event, "severity_before", None))[language]
        owner = getattr(event, "owner", None)
        told_by = getattr(event, "told_by", None)
        return {
            "severity": severity,
            "before": before,
            "owner": say.owner(owner, self.directory) if owner else "",
            "told_by": self.say(f"told_by.{told_by}") if told_by else "",
            "reference": getattr(event, "into", getattr(event, "reference", "")),
            "more": self._more(event) or self._of_clocks(event) or self._of_letters(event),
        }

    def _more(self, event: Event) -> str:  # noqa: PLR0911 - one line an event
        match event:
            case events.Missed(promises=promises):
                names = [self.say(f"deadline.{one}") for one in promises]
                return self.presenter.say("sentence.joined").join(names)
            case events.NewDateSet(because=because):
                found = [self.say(f"because_late.{one}") for one in because]
                return self.presenter.say("sentence.joined").join(found)
            case events.PartChanged(kind=kind):
                return self.say(f"part_kind.{kind}")
            case events.HelpCalled(whom=whom):
                return self.presenter.policy.role(whom).name[self.presenter.language]
            case events.ReturnVisited(held=held):
                return self.say(f"held.{_YES_NO[held]}")
            case events.ReturnVisitTried(ends=ends):
                return self.say(f"tried.{_YES_NO[ends]}")
            case events.StoodIn(because=because):
                return self.say(f"because.{because}")
            case events.Linked(because=because):
                return self.say(f"link.{because}")
            case events.ReturnVisitAsked(by_letter=by_letter):
                return self.say(f"asked.{_YES_NO[by_letter]}")
            case _:
                return ""

    def _of_clocks(self, event: Event) -> str:
        """Who was reminded of what, and what became known."""
        joined, say = self.presenter.say("sentence.joined"), self.presenter
        match event:
            case events.Reminded(steps=steps):
                return joined.join(self._step(one) for one in steps)
            case events.Warned(days=days):
                return str(max(days))
            case events.FactsRecorded(hurt=hurt, loss=loss, times_raised=times):
                found = (
                    hurt is not None and self.say(f"hurt.{_YES_NO[hurt]}"),
                    loss is not None and say.say("recorded.loss", loss=f"{loss:,}"),
                    times is not None and say.say("recorded.times_raised", times_raised=times),
                )
                return joined.join(one for one in found if one)
            case _:
                return ""

    def _of_letters(self, event: Event) -> str:
        """How it is known that a letter arrived, or what became of it."""
        match event:
            case events.LetterDelivered(because=because):
                return self.say(f"delivered.{because}")
            case events.LetterFailed(letter=letter, because=because):
                name = self.say(f"letter.{letter}")
                return self.say(f"undelivered.{because}", letter=name)
            case _:
                return ""

    def _step(self, step: LadderStep) -> str:
        person = self.directory.person(step.to)
        name = person.name[self.presenter.language] if person else step.to or "—"
        kind = "ahead" if step.number == AHEAD else "overdue"
        deadline = self.say(f"deadline.{step.deadline}")
        return self.say(f"reminded.{kind}", deadline=deadline, name=name)

    def _set(self, event: Event, complaint: Complaint) -> Iterator[tuple[str, str]]:
        """The keys and times that an event holds besides its words."""
        yield from self._meant(getattr(event, "may_be_meant", None) or ())
        yield from self._anew(getattr(event, "dates", ()), complaint)
        match event:
            case events.Judged():
                yield from self._judged(event)
            case events.Acknowledged() | events.ContactTried() if event.told_by != "email":
                yield self._labelled("contacted_at", event.told_at, complaint)
            case events.TimeAgreed(at=at):
                yield self._labelled("at", at, complaint)
            case events.Replied():
                yield from self._replied(event, complaint)
            case events.AnswerAwaited(until=until):
                yield self._labelled("until", until, complaint)
            case events.PhotoRefused(because=because):
                yield self.say("field_of.refused_because"), self.presenter.because(because)
            case events.Noted(corrects=str(item)):
                yield self.say("field_of.corrects"), self.presenter.say(f"item.{item}")

    def _replied(self, event: events.Replied, complaint: Complaint) -> Iterator[tuple[str, str]]:
        if event.told_by != "email":
            yield self._labelled("told_at", event.told_at, complaint)
        if event.follow_up_by:
            yield self._labelled("follow_up_by", event.follow_up_by, complaint)
        if event.close_when_sent:
            yield self.say("field_of.close_when_sent"), self.say("close_when_sent.yes")

    def _anew(self, dates: tuple[NewDate, ...], complaint: Complaint) -> Iterator[tuple[str, str]]:
        """What the resident was promised in the place of what was missed."""
        for one in dates:
            label = self.say(f"deadline.{NEW_DATE_OF[one.promise]}")
            yield label, self.presenter.moment(one.anew.at, complaint)

    def _satisfied(self, event: Event) -> Iterator[tuple[str, str]]:
        """How satisfied the resident is; a return visit that did not ask says so."""
        said = getattr(event, "satisfaction", None)
        if said or isinstance(event, events.ReturnVisited):
            label = self.presenter.field_of("satisfaction")
            yield label, self.presenter.say(f"satisfaction.{said or 'not_asked'}")

    def _labelled(self, name: str, at: datetime, complaint: Complaint) -> tuple[str, str]:
        return self.say(f"field_of.{name}"), self.presenter.moment(at, complaint)

    def _judged(self, judged: events.Judged) -> Iterator[tuple[str, str]]:
        for name in ("valid", "caused_by_us", "slight"):
            value = getattr(judged, name)
            if value is not None:
                yield self.say(f"field_of.{name}"), self.say(f"{name}.{_YES_NO[value]}")
        if judged.cause:
            yield self.say("field_of.cause"), self.presenter.say(f"cause.{judged.cause}")
        if judged.about:
            yield self.say("field_of.about"), self.presenter.department(judged.about)
        if judged.meant:
            nobody = judged.meant == NOBODY
            who = self.say("meant.nobody") if nobody else self.who(judged.meant)
            yield self.say("field_of.meant"), who

    def _meant(self, staff_ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Whom it may be about, who therefore see nothing of it."""
        if staff_ids:
            names = (self.who(one) for one in staff_ids)
            joined = self.presenter.say("sentence.joined").join(names)
            yield self.say("field_of.may_be_meant"), joined

    def _said(self, record: EventRecord) -> Iterator[tuple[str, str]]:
        """What was written with it; the receipt's words stand on the page already."""
        if isinstance(record.event, events.Received):
            return
        for name, text in record.words.items():
            if text:
                yield self.presenter.field_of(_label(record, name)), self._worded(name, text)

    def _worded(self, name: str, text: str) -> str:
        return self.presenter.say(f"contact_by.{text}") if name == "contact_by" else text


def _label(record: EventRecord, name: str) -> str:
    """What a word is called; the name of a photo is its file's."""
    photo = isinstance(record.event, events.PhotoAdded | events.PhotoRefused)
    return "file" if photo and name == "name" else name


def _title(record: EventRecord) -> str:  # noqa: PLR0911 - one line an event
    """The kind, told apart where one kind says two things."""
    match record.event:
        case events.HandedOver(returned=True):
            return "handed_back"
        case events.Replied(explains=True):
            return "explained"
        case events.Closed(ended_as="invalid"):
            return "closed_as_invalid"
        case events.ConfidenceRecorded(in_confidence=False):
            return "confidence_lifted"
        case events.Reopened(by_another=True):
            return "reopened_for_another"
        case events.Separated(as_before=True):
            return "separated_as_before"
        case events.PartLeft(as_before=True):
            return "part_left_as_before"
        case events.Judged(severity=severity, severity_before=before) if severity == before:
            return "judged"
        case events.Judged():
            return "judged_anew"
        case _:
            return record.kind
