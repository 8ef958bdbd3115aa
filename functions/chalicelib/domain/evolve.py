"""What each event does to the state of a complaint: one function an event.

`evolve` is the only way to a state. It takes the state before and what was recorded next.
Nothing here decides anything.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from chalicelib.domain import events, own_round
from chalicelib.domain.events import EventRecord
from chalicelib.domain.joined import (
    changed_parts,
    raised_once_more,
    said_of_all,
    voice_of,
    with_parts,
)
from chalicelib.domain.model import (
    A_MONTH,
    AGREED,
    IMPORT,
    NEW_DATE_OF,
    RECEPTION_CHANNELS,
    UNSURE,
    WAITING,
    Chased,
    Complaint,
    LadderStep,
    Owner,
    Pause,
    Promises,
    SentWord,
)

E = TypeVar("E")
Evolution = Callable[[Complaint, Any, EventRecord], Complaint]

EVOLUTIONS: dict[type[events.Event], Evolution] = {}
"""What each event but the receipt does to the state."""


def replay(records: Iterable[EventRecord]) -> Complaint:
    """The state after these records, oldest first. Raises ValueError when there are none."""
    complaint: Complaint | None = None
    for record in records:
        complaint = evolve(complaint, record)
    if complaint is None:
        raise ValueError("A complaint begins with its receipt.")
    return complaint


def evolve(complaint: Complaint | None, record: EventRecord) -> Complaint:
    """The state after one more record."""
    if isinstance(record.event, events.Received):
        return _received(record.event, record)
    if complaint is None:
        raise ValueError("A complaint begins with its receipt.")
    after = _to_be_read(EVOLUTIONS[type(record.event)](complaint, record.event, record), record)
    moved = after.owner.staff != complaint.owner.staff
    owned_at = record.at if moved else complaint.owned_at
    stands_in_for = _stands_in_for(complaint, record.event) if moved else after.stands_in_for
    return replace(after, version=record.number, owned_at=owned_at, stands_in_for=stands_in_for)


def _stands_in_for(complaint: Complaint, event: events.Event) -> Owner | None:
    """Whom a new owner takes the place of while they are away; a deputy's deputy, the same."""
    if isinstance(event, events.StoodIn) and event.because == "absent":
        return complaint.stands_in_for or event.before
    return None


def _to_be_read(complaint: Complaint, record: EventRecord) -> Complaint:
    """In confidence, what the resident adds is read by the owner before the department sees it."""
    waits = complaint.pass_on_since is not None or not complaint.in_confidence
    if waits or not _adds(record.event):
        return complaint
    return _kept_in_confidence(complaint, record.at)


def _adds(event: events.Event) -> bool:
    """Whether a resident said or showed more, be it of one that goes on under it."""
    if isinstance(event, events.PartChanged):
        return event.kind in ("messaged", "disputed", "photo_added")
    return isinstance(event, events.Messaged | events.Disputed | events.PhotoAdded)


def evolved(complaint: Complaint, new: Iterable[events.NewEvent], now: datetime) -> Complaint:
    """The complaint as it stands once this is on the record."""
    for one in new:
        record = EventRecord(complaint.version + 1, now, "", one.event, one.words)
        complaint = evolve(complaint, record)
    return complaint


def as_delivered(complaint: Complaint) -> Complaint:
    """The complaint as it will be once all that is on its way has arrived, from when it was sent.

    While that is not known, what it would stop stands still: it neither rings nor stops for good.
    """
    for word in complaint.unconfirmed:
        complaint = _told(complaint, word, word.at)
    return replace(complaint, unconfirmed=())


def words_now(records: Iterable[EventRecord]) -> dict[str, str]:
    """What the resident said and how they are reached: the receipt's words, as corrected since."""
    first, *others = records
    words = {**first.words, **corrected_words(others)}
    return {name: text for name, text in words.items() if text}


def corrected_words(records: Iterable[EventRecord]) -> dict[str, str]:
    """The words of the contact that were corrected, blank for what is no more."""
    words: dict[str, str] = {}
    for record in records:
        if isinstance(record.event, events.ContactCorrected):
            words |= {name: text for name, text in record.words.items() if name != "reason"}
    return words


def opened(event: events.Received) -> Complaint:
    """The state right after receipt; an import asks no head for feedback by itself."""
    asks = event.about != UNSURE and event.channel != IMPORT
    return Complaint(
        version=1,
        status="received",
        feedback_asked_at=event.received_at if asks else None,
        told=event.promises,
        times_said=event.times_raised,
        **asdict(event),
    )


def _received(event: events.Received, record: EventRecord) -> Complaint:
    """Who wrote it down, and since when its deadlines run."""
    at = record.at
    return replace(
        opened(event),
        taken_by=record.by if event.channel in RECEPTION_CHANNELS else None,
        came_in_at=at,
        promised_at=at,
        heard_at=at,
        undecided_since=at if event.severity is None else None,
        unjudged_since=at,
        month_told=A_MONTH in event.verdict.facts,
        pass_on_since=at if event.in_confidence else None,
    )


def _on(
    *kinds: type[E],
) -> Callable[[Callable[[Complaint, E, EventRecord], Complaint]], Evolution]:
    """Register what these events do to the state."""

    def register(function: Callable[[Complaint, E, EventRecord], Complaint]) -> Evolution:
        EVOLUTIONS.update(dict.fromkeys(kinds, function))  # type: ignore[arg-type]
        return function

    return register


@_on(
    events.Noted,
    events.HelpCalled,
    events.ContactTried,
)
def _on_record_alone(complaint: Complaint, _: object, __: EventRecord) -> Complaint:
    """It is on the record, and nothing else follows from it."""
    return complaint


# Who has it


@_on(events.OwnerAssigned)
def _owner_assigned(
    complaint: Complaint, event: events.OwnerAssigned, record: EventRecord
) -> Complaint:
    """An import asks the head for feedback only when its alerts are sent."""
    asks = complaint.channel == IMPORT and complaint.about != UNSURE and not event.quietly
    asked_at = record.at if asks else complaint.feedback_asked_at
    return replace(
        complaint,
        owner=event.owner,
        feedback_asked_at=asked_at,
        may_be_meant=event.may_be_meant,
    )


@_on(events.HandedOver)
def _handed_over(complaint: Complaint, event: events.HandedOver, _: EventRecord) -> Complaint:
    handed_from = None if event.returned else event.before
    return replace(complaint, owner=event.owner, handed_from=handed_from)


@_on(events.StoodIn)
def _stood_in(complaint: Complaint, event: events.StoodIn, _: EventRecord) -> Complaint:
    return replace(complaint, owner=event.owner, handed_from=None)


@_on(events.CameBack)
def _came_back(complaint: Complaint, event: events.CameBack, _: EventRecord) -> Complaint:
    return replace(complaint, owner=event.owner, handed_from=None)


# What it is


@_on(events.Judged)
def _judged(complaint: Complaint, event: events.Judged, record: EventRecord) -> Complaint:
    """What was judged replaces what stood; what was left open stays.

    A head who was not told, as it might have been about them, has all the time for feedback.
    """
    names = ("valid", "cause", "caused_by_us", "slight", "about", "meant", "may_be_meant")
    judged = {name: getattr(event, name) for name in names}
    known = {name: value for name, value in judged.items() if value is not None}
    decided = {"severity": event.severity, "verdict": event.verdict}
    after = said_of_all(complaint, known | decided)
    after = replace(after, severity=complaint.severity, verdict=complaint.verdict)
    if event.valid is not None and event.valid is not complaint.valid:
        after = _validity_changed(after, event, record.at)
    if event.valid and after.status == "replied" and not after.replied_at:
        after = replace(after, status="acknowledged")
    is_asked_late = bool(event.cleared and complaint.feedback_asked_at and not after.feedback_at)
    if after.about != complaint.about or is_asked_late:
        after = _asked_for_feedback(after, record.at)
    return _decided(after, event, record.at)


@_on(events.Escalated)
def _escalated(complaint: Complaint, event: events.Escalated, record: EventRecord) -> Complaint:
    return _decided(complaint, event, record.at)


@_on(events.FactsRecorded)
def _facts_recorded(complaint: Complaint, event: events.FactsRecorded, _: EventRecord) -> Complaint:
    named = {name: value for name, value in asdict(event).items() if value is not None}
    if event.times_raised is not None:
        named["times_said"] = event.times_raised
    return said_of_all(complaint, named)


@_on(events.ConfidenceRecorded)
def _confidence_recorded(
    complaint: Complaint, event: events.ConfidenceRecorded, record: EventRecord
) -> Complaint:
    """Once the department may know all, nothing waits to be passed on, and it is asked (3.3)."""
    same_owner = event.owner == complaint.owner
    lifted = complaint.waits_for_text and not event.in_confidence
    if lifted and complaint.feedback_at is None:
        complaint = _asked_for_feedback(complaint, record.at)
    kept = replace(
        complaint,
        owner=event.owner,
        handed_from=complaint.handed_from if same_owner else None,
        in_confidence=event.in_confidence,
    )
    return _kept_in_confidence(kept, record.at if event.in_confidence else None)


@_on(events.PassedOn)
def _passed_on(complaint: Complaint, event: events.PassedOn, record: EventRecord) -> Complaint:
    """The department is asked for feedback from when it first knows what happened (3.3)."""
    is_first = complaint.passed_on_at is None and complaint.feedback_at is None
    after = _asked_for_feedback(complaint, record.at) if is_first else complaint
    return replace(
        _kept_in_confidence(after, None), passed_on_at=record.at, passed_photos=event.photos
    )


def _kept_in_confidence(complaint: Complaint, since: datetime | None) -> Complaint:
    """What came in since then is to be read by the owner; nothing is where that is None."""
    return replace(complaint, pass_on_since=since, missed=complaint.missed - {"pass_on"})


@_on(events.Linked)
def _linked(complaint: Complaint, event: events.Linked, _: EventRecord) -> Complaint:
    links = (*complaint.links, event.reference)
    times = max(voice_of(complaint).times_raised, event.times_raised)
    return said_of_all(replace(complaint, links=links), {"times_raised": times})


@_on(events.Repeated)
def _repeated(complaint: Complaint, event: events.Repeated, _: EventRecord) -> Complaint:
    return replace(complaint, repeats=(*complaint.repeats, event.reference))


def _validity_changed(complaint: Complaint, event: events.Judged, at: datetime) -> Complaint:
    """Judged invalid, an explanation is owed, counted from that moment (2)."""
    return replace(
        complaint,
        explain_from=at if event.explain_by else None,
        explain_by=event.explain_by,
        explained_at=None,
        missed=complaint.missed - {"explain"},
        own_round=None,
    )


def _decided(
    complaint: Complaint,
    event: events.Judged | events.Escalated | events.DecidedAnew,
    at: datetime,
) -> Complaint:
    """Verdict, severity, promises and owner anew; undecided again, the judgement is asked anew."""
    same_owner = event.owner == complaint.owner
    same_dates = _dates(event.promises) == _dates(complaint.promises)
    undecided = event.severity is None and complaint.severity is not None
    same_severity = event.severity == complaint.severity
    return replace(
        complaint,
        severity_changed_at=complaint.severity_changed_at if same_severity else at,
        verdict=event.verdict,
        severity=event.severity,
        promises=event.promises,
        promised_at=complaint.promised_at if same_dates else at,
        owner=event.owner,
        handed_from=complaint.handed_from if same_owner else None,
        undecided_since=at if undecided else complaint.undecided_since,
        missed=complaint.missed - {"judge"} if undecided else complaint.missed,
    )


def _dates(promises: Promises) -> tuple[datetime, datetime]:
    return promises.acknowledge_by, promises.reply_by


def _asked_for_feedback(complaint: Complaint, at: datetime) -> Complaint:
    """The department's head is asked anew (3.3)."""
    asked_at = None if complaint.about == UNSURE else at
    missed = complaint.missed - {"feedback"}
    return replace(complaint, feedback_asked_at=asked_at, feedback_at=None, missed=missed)


# What the staff do and say, and the resident


@_on(events.Acknowledged)
def _acknowledged(
    complaint: Complaint, event: events.Acknowledged, record: EventRecord
) -> Complaint:
    if event.awaits_delivery:
        return _on_its_way(complaint, record)
    return _contacted(complaint, event.told_at)


@_on(events.TimeAgreed)
def _time_agreed(complaint: Complaint, event: events.TimeAgreed, record: EventRecord) -> Complaint:
    """Agreed anew, the time before counts no more."""
    before = _ended(complaint.pauses, record.at, AGREED)
    if event.awaits_delivery:
        told = _on_its_way(complaint, record)
    else:
        told = _contacted(complaint, record.at) if event.told_by else complaint
        told = replace(told, heard_at=record.at, messaged_at=None)
    return replace(
        told,
        agreed_at=event.at,
        agreed_on=record.at,
        missed=complaint.missed - {"agreed"},
        pauses=(*before, Pause(AGREED, record.at, event.at)),
    )


@_on(events.FeedbackGiven)
def _feedback_given(
    complaint: Complaint, _: events.FeedbackGiven, record: EventRecord
) -> Complaint:
    return replace(complaint, feedback_at=record.at)


@_on(events.Updated)
def _updated(complaint: Complaint, event: events.Updated, record: EventRecord) -> Complaint:
    """A word on the agreed day or after it is the talk that was agreed (principle 3)."""
    if event.awaits_delivery:
        return _on_its_way(complaint, record)
    told = _contacted(complaint, record.at)
    if not _is_agreed_day(complaint, record.at):
        return told
    pauses = _ended(complaint.pauses, record.at, AGREED)
    return replace(told, agreed_at=None, pauses=pauses)


@_on(events.AnswerAwaited)
def _answer_awaited(
    complaint: Complaint, event: events.AnswerAwaited, record: EventRecord
) -> Complaint:
    """Some deadlines pause; a question while another is open goes on with the wait."""
    if event.awaits_delivery:
        return _on_its_way(complaint, record)
    pause = Pause(WAITING, record.at, event.until)
    pauses = (*_ended(complaint.pauses, record.at, WAITING), pause)
    asked = _contacted(complaint, record.at)
    return replace(asked, awaiting_until=event.until, pauses=pauses)


@_on(events.Messaged)
def _messaged(complaint: Complaint, _: events.Messaged, record: EventRecord) -> Complaint:
    """What the owner took down they have heard."""
    heard = record.by == complaint.owner.staff
    messaged = replace(complaint, messages=complaint.messages + 1)
    return _heard_from(messaged, record.at, heard=heard)


def _heard_from(complaint: Complaint, at: datetime, *, heard: bool) -> Complaint:
    """The answer that was waited for ends the wait."""
    until = complaint.awaiting_until
    waited = until is not None and at < until
    return replace(
        complaint,
        messaged_at=complaint.messaged_at if heard else at,
        awaiting_until=at if waited else until,
        pauses=_ended(complaint.pauses, at, WAITING),
    )


@_on(events.Replied)
def _replied(complaint: Complaint, event: events.Replied, record: EventRecord) -> Complaint:
    """An explanation answers an invalid complaint, but solves nothing (2).

    What a reply promises stays promised until it is done, or promised for another time. A new
    answer is asked after anew. Who replied in the place of another has it for good.
    """
    if event.awaits_delivery:
        return _on_its_way(complaint, record)
    anew = {"agreed", "close", *(["follow_up"] if event.follow_up_by else [])}
    return replace(
        complaint if event.explains else replace(complaint, **_NO_VISIT),
        status="replied",
        replied_at=complaint.replied_at if event.explains else event.told_at,
        acknowledged_at=complaint.acknowledged_at or event.told_at,
        explained_at=event.told_at if event.explains else complaint.explained_at,
        heard_at=max(complaint.heard_at or record.at, record.at),
        messaged_at=_unanswered(complaint, event.told_at),
        untold_at=_untold(complaint, event.told_at),
        unconfirmed=_later(complaint.unconfirmed, "replied", event.told_at),
        answered_by=None,
        awaiting_until=None,
        agreed_at=None,
        pauses=_ended(complaint.pauses, record.at, WAITING, AGREED),
        follow_up_by=event.follow_up_by or complaint.follow_up_by,
        promised_for=event.follow_up_by or complaint.promised_for,
        missed=complaint.missed - anew,
        stands_in_for=None,
        own_round=own_round.kept_after_a_reply(complaint),
    )


def _on_its_way(complaint: Complaint, record: EventRecord) -> Complaint:
    """Told by e-mail: it counts once the letter has arrived."""
    names = ("explains", "follow_up_by", "until")
    said = {name: getattr(record.event, name) for name in names if hasattr(record.event, name)}
    word = SentWord(number=record.number, at=record.at, kind=record.kind, **said)
    return replace(complaint, unconfirmed=(*complaint.unconfirmed, word))


@_on(events.LetterDelivered)
def _letter_delivered(
    complaint: Complaint, event: events.LetterDelivered, _: EventRecord
) -> Complaint:
    """What was told counts from when it was sent."""
    found = (one for one in complaint.unconfirmed if one.number == event.number)
    word = next(found, None)
    return _told(_without(complaint, event.number), word, event.sent_at) if word else complaint


@_on(events.LetterFailed)
def _letter_failed(
    complaint: Complaint, event: events.LetterFailed, record: EventRecord
) -> Complaint:
    """It is as if it had not been told, and the resident is to be told another way."""
    after = _without(complaint, event.number)
    after = _unanswered_again(after) if event.voids else after
    reached = event.because == "complained"
    return replace(
        after,
        email_failed=event.because if event.marks else after.email_failed,
        untold_at=after.untold_at if reached else after.untold_at or record.at,
    )


def _without(complaint: Complaint, number: int) -> Complaint:
    left = tuple(one for one in complaint.unconfirmed if one.number != number)
    return replace(complaint, unconfirmed=left)


def _told(complaint: Complaint, word: SentWord, at: datetime) -> Complaint:
    """The complaint with what the resident was told by a letter that was sent at `at`.

    Of an end nothing changes any more; an explanation of what is valid again explains nothing.
    """
    if not complaint.is_open:
        return complaint
    match word.kind:
        case "replied" if not word.explains or complaint.valid is False:
            replied = events.Replied("email", at, word.explains, word.follow_up_by)
            after = _replied(complaint, replied, EventRecord(0, at, "", replied))
            return replace(after, answered_by=word.number)
        case "updated":
            updated = events.Updated("email")
            return _updated(complaint, updated, EventRecord(0, at, "", updated))
        case "answer_awaited" if word.until:
            awaited = events.AnswerAwaited("email", word.until)
            return _answer_awaited(complaint, awaited, EventRecord(0, at, "", awaited))
        case _:
            return _contacted(complaint, at)


def _unanswered_again(complaint: Complaint) -> Complaint:
    """The answer that stood is void: it did not arrive after all, and was no first contact."""
    answer_at = complaint.explained_at if complaint.valid is False else complaint.replied_at
    was_first = complaint.acknowledged_at == answer_at
    first = "reopened" if complaint.raised_again_at else "received"
    return replace(
        complaint,
        status=first if was_first else "acknowledged",
        acknowledged_at=None if was_first else complaint.acknowledged_at,
        replied_at=None,
        explained_at=None,
        follow_up_by=None,
        promised_for=None,
        answered_by=None,
        **_NO_VISIT,
    )


def _untold(complaint: Complaint, told_at: datetime) -> datetime | None:
    """Since when they are to be told another way; not once they were told something."""
    at = complaint.untold_at
    return at if at and at > told_at else None


def _later(unconfirmed: tuple[SentWord, ...], kind: str, told_at: datetime) -> tuple[SentWord, ...]:
    """What is on its way still, without those of a kind whose place this has taken."""
    return tuple(one for one in unconfirmed if one.kind != kind or one.at > told_at)


@_on(events.FollowedUp)
def _followed_up(complaint: Complaint, _: events.FollowedUp, record: EventRecord) -> Complaint:
    missed = complaint.missed - {"close"}
    return replace(complaint, follow_up_by=None, followed_up_at=record.at, missed=missed)


@_on(events.PhotoAdded)
def _photo_added(complaint: Complaint, event: events.PhotoAdded, _: EventRecord) -> Complaint:
    return replace(complaint, photos=(*complaint.photos, event.photo))


@_on(events.PhotoRefused)
def _photo_refused(complaint: Complaint, event: events.PhotoRefused, _: EventRecord) -> Complaint:
    return replace(complaint, refused_photos=(*complaint.refused_photos, event.photo))


@_on(events.CodeAsked)
def _code_asked(complaint: Complaint, _: events.CodeAsked, record: EventRecord) -> Complaint:
    return replace(complaint, code_asked_at=record.at)


@_on(events.CodeRenewed)
def _code_renewed(complaint: Complaint, event: events.CodeRenewed, _: EventRecord) -> Complaint:
    return replace(complaint, code_version=event.version)


@_on(events.ContactCorrected)
def _contact_corrected(
    complaint: Complaint, event: events.ContactCorrected, record: EventRecord
) -> Complaint:
    """Of another address nothing is known yet."""
    if event.new_address:
        complaint = replace(complaint, email_failed="", address_since=record.at)
    return replace(
        complaint,
        contact_by=event.contact_by,
        reachable_by=event.reachable_by,
    )


def _contacted(complaint: Complaint, at: datetime) -> Complaint:
    """Somebody spoke or wrote to the resident then; the first time is the first contact."""
    first = complaint.acknowledged_at is None
    return replace(
        complaint,
        status="acknowledged" if first and complaint.is_open else complaint.status,
        acknowledged_at=at if first else complaint.acknowledged_at,
        heard_at=max(complaint.heard_at or at, at),
        messaged_at=_unanswered(complaint, at),
        untold_at=_untold(complaint, at),
    )


def _unanswered(complaint: Complaint, told_at: datetime) -> datetime | None:
    """When the resident wrote what they still wait for an answer to, having been told something."""
    at = complaint.messaged_at
    return at if at and at > told_at else None


def _ended(pauses: Iterable[Pause], at: datetime, *kinds: str) -> tuple[Pause, ...]:
    """The pauses, those of these kinds over by `at`."""
    return tuple(
        replace(one, end=at) if one.kind in kinds and one.end > at else one for one in pauses
    )


def _is_agreed_day(complaint: Complaint, at: datetime) -> bool:
    agreed_at, zone = complaint.agreed_at, complaint.tz
    if agreed_at is None:
        return False
    return at.astimezone(zone).date() >= agreed_at.astimezone(zone).date()


# Whether it held, and how it ends


@_on(events.Confirmed)
def _confirmed(complaint: Complaint, _: events.Confirmed, record: EventRecord) -> Complaint:
    missed = complaint.missed - {"close"}
    return replace(complaint, confirmed_at=record.at, missed=missed, own_round=None)


@_on(events.Disputed)
def _disputed(complaint: Complaint, event: events.Disputed, record: EventRecord) -> Complaint:
    """The resident raises it once more."""
    again = _new_round(raised_once_more(complaint), event, record.at)
    return replace(again, own_round=None)


@_on(events.Reopened)
def _reopened(complaint: Complaint, event: events.Reopened, record: EventRecord) -> Complaint:
    """What another opened, or the staff the whole under which it goes on, it may stand without."""
    all_withdrew = complaint.status == "withdrawn"
    withdrawn_at = None if all_withdrew else complaint.withdrawn_at
    again = _new_round(replace(complaint, withdrawn_at=withdrawn_at), event, record.at)
    of_others = event.by_another or complaint.merged_into
    return replace(again, own_round=own_round.kept(complaint) if of_others else None)


@_on(events.ReturnVisitAsked)
def _return_visit_asked(
    complaint: Complaint, _: events.ReturnVisitAsked, record: EventRecord
) -> Complaint:
    return replace(complaint, visit_asked_at=record.at)


@_on(events.ReturnVisited)
def _return_visited(
    complaint: Complaint, _: events.ReturnVisited, record: EventRecord
) -> Complaint:
    return replace(complaint, visited_at=record.at, messaged_at=None)


@_on(events.ReturnVisitTried)
def _return_visit_tried(
    complaint: Complaint, event: events.ReturnVisitTried, record: EventRecord
) -> Complaint:
    tries = (*complaint.visit_tries, record.at)
    visited_at = record.at if event.ends else complaint.visited_at
    return replace(complaint, visit_tries=tries, visited_at=visited_at)


@_on(events.Closed)
def _closed(complaint: Complaint, event: events.Closed, record: EventRecord) -> Complaint:
    return replace(complaint, status=event.ended_as, ended_at=record.at, own_round=None)


@_on(events.Withdrawn)
def _withdrawn(complaint: Complaint, event: events.Withdrawn, record: EventRecord) -> Complaint:
    """It ends, but where it goes on for others it is over for its own resident alone."""
    if event.others_go_on:
        return replace(complaint, withdrawn_at=record.at)
    return replace(complaint, status="withdrawn", ended_at=record.at)


@_on(events.EndedElsewhere)
def _ended_elsewhere(
    complaint: Complaint, event: events.EndedElsewhere, _: EventRecord
) -> Complaint:
    return replace(
        complaint,
        status="ended_elsewhere",
        ended_at=event.ended_at,
        may_be_meant=event.may_be_meant,
    )


@_on(events.Erased)
def _erased(complaint: Complaint, _: events.Erased, __: EventRecord) -> Complaint:
    return replace(complaint, erased=True, reachable_by=(), photos=(), refused_photos=())


# Going on as one with others


@_on(events.Merged)
def _merged(complaint: Complaint, event: events.Merged, _: EventRecord) -> Complaint:
    """Its own state stays as it is; what the staff have to do with it is done there."""
    return replace(
        complaint,
        merged_into=event.into,
        owner=event.owner,
        handed_from=None,
        may_be_meant=event.may_be_meant,
        in_confidence=complaint.in_confidence or _is_of_same(complaint, event),
    )


def _is_of_same(complaint: Complaint, event: events.Merged) -> bool:
    """Whether it keeps who complains from its own department, as the other does from it."""
    return event.in_confidence and event.about == complaint.about


@_on(events.Absorbed)
def _absorbed(complaint: Complaint, event: events.Absorbed, record: EventRecord) -> Complaint:
    """Whose it is, is known once one of them says; then that department is asked (3.3)."""
    own = {complaint.reference, *(one.reference for one in event.parts)}
    joined = replace(
        with_parts(complaint, (*complaint.parts, *event.parts)),
        may_be_meant=event.may_be_meant,
        links=_ties(complaint.links, event.links, own),
        repeats=_ties(complaint.repeats, event.repeats, own),
        confided=event.confided,
    )
    if event.in_confidence:
        kept = replace(joined, in_confidence=True)
        joined = _kept_in_confidence(kept, complaint.pass_on_since or record.at)
    if event.about:
        joined = _asked_for_feedback(replace(joined, about=event.about), record.at)
    return _decided(_valid_again(joined, complaint, record.at), event, record.at)


@_on(events.PartChanged)
def _part_changed(
    complaint: Complaint, event: events.PartChanged, record: EventRecord
) -> Complaint:
    """An answer that was waited for ends the wait, whoever of them gave it."""
    changed = changed_parts(complaint, event.parts, event.kind)
    if event.kind != "messaged":
        return changed
    return _heard_from(changed, record.at, heard=record.by == complaint.owner.staff)


@_on(events.PartLeft)
def _part_left(complaint: Complaint, event: events.PartLeft, record: EventRecord) -> Complaint:
    left = tuple(one for one in complaint.parts if one.reference not in event.references)
    without = with_parts(complaint, left)
    without = without if left else replace(without, confided=())
    without = own_round.holding_again(without) if event.as_before else without
    return _decided(_valid_again(without, complaint, record.at), event, record.at)


@_on(events.Separated)
def _separated(complaint: Complaint, event: events.Separated, record: EventRecord) -> Complaint:
    alone = replace(complaint, merged_into=None, may_be_meant=event.may_be_meant)
    alone = own_round.holding_again(alone) if event.as_before else alone
    return _decided(alone, event, record.at)


def _ties(known: tuple[str, ...], added: tuple[str, ...], own: set[str]) -> tuple[str, ...]:
    """What either was tied to, each once; what goes on as one is no tie any more."""
    found = (*known, *(one for one in added if one not in own))
    return tuple(dict.fromkeys(found))


def _valid_again(after: Complaint, before: Complaint, at: datetime) -> Complaint:
    """With others it is not known to be invalid any more: no explanation answers it (2)."""
    if before.valid is not False or after.valid is False:
        return after
    return replace(
        after,
        status="acknowledged"
        if after.status == "replied" and not after.replied_at
        else after.status,
        explain_from=None,
        explain_by=None,
        explained_at=None,
        unjudged_since=at if after.valid is None else after.unjudged_since,
    )


def _new_round(
    complaint: Complaint, event: events.Disputed | events.Reopened, at: datetime
) -> Complaint:
    """Open again: no reply, no end, fresh promises, and the head is asked anew (3.3).

    What was never judged is still to be judged since when it was; an invalid one anew.
    """
    asked_anew = complaint.valid is False
    fresh = replace(
        _decided(complaint, event, at),
        status="reopened",
        valid=complaint.valid or None,
        told=event.promises,
        raised_again_at=at,
        heard_at=at,
        messaged_at=None,
        missed=frozenset() if asked_anew else complaint.missed & {"judge"},
        unjudged_since=at if asked_anew else complaint.unjudged_since,
        acknowledged_at=None,
        replied_at=None,
        confirmed_at=None,
        ended_at=None,
        agreed_at=None,
        awaiting_until=None,
        pauses=_ended(complaint.pauses, at, WAITING, AGREED),
        follow_up_by=None,
        promised_for=None,
        followed_up_at=None,
        new_dates=(),
        severity_changed_at=None,
        month_told=A_MONTH in event.verdict.facts,
        unconfirmed=(),
        answered_by=None,
        explain_from=None,
        explain_by=None,
        explained_at=None,
        parts=tuple(replace(one, answered_at=None, confirmed_at=None) for one in complaint.parts),
        **_NO_VISIT,
    )
    if asked_anew:
        fresh = said_of_all(fresh, {"valid": None})
    return _asked_for_feedback(fresh, at)


_NO_VISIT: dict[str, Any] = {
    "visit_asked_at": None,
    "visit_tries": (),
    "visit_missed_at": None,
    "visited_at": None,
}
"""Of the return visit nothing is asked, tried, missed or done yet."""


# What the clock records


@_on(events.ReturnVisitMissed)
def _return_visit_missed(
    complaint: Complaint, _: events.ReturnVisitMissed, record: EventRecord
) -> Complaint:
    return replace(complaint, visit_missed_at=record.at)


@_on(events.Missed)
def _missed(complaint: Complaint, event: events.Missed, _: EventRecord) -> Complaint:
    return replace(complaint, missed=complaint.missed | set(event.promises))


@_on(events.NewDateSet)
def _new_date_set(complaint: Complaint, event: events.NewDateSet, record: EventRecord) -> Complaint:
    """What was told of a rise or of the month is what was promised since, where it is to come."""
    anew = {one.promise for one in event.dates}
    kept = (one for one in complaint.new_dates if one.promise not in anew)
    told = complaint.told
    if told and event.because != ("missed",):
        told = _told_now(told, complaint.promises, record.at)
    return replace(
        complaint,
        told=told,
        new_dates=(*kept, *event.dates),
        missed=complaint.missed - {NEW_DATE_OF[one] for one in anew},
        severity_changed_at=None,
        month_told=complaint.month_told or "month" in event.because,
    )


def _told_now(told: Promises, promises: Promises, at: datetime) -> Promises:
    return Promises(
        promises.acknowledge if promises.acknowledge_by > at else told.acknowledge,
        promises.reply if promises.reply_by > at else told.reply,
    )


@_on(events.Reminded)
def _reminded(complaint: Complaint, event: events.Reminded, record: EventRecord) -> Complaint:
    return replace(complaint, chased=_climbed(complaint.chased, event.steps, record.at))


@_on(events.Warned)
def _warned(complaint: Complaint, event: events.Warned, _: EventRecord) -> Complaint:
    return replace(complaint, warned=(*complaint.warned, *event.days))


def _climbed(
    chased: Iterable[Chased], steps: Iterable[LadderStep], at: datetime
) -> tuple[Chased, ...]:
    """One entry for each deadline: how far its ladder was climbed last."""
    by_deadline = {one.deadline: one for one in chased}
    for one in steps:
        before = by_deadline.get(one.deadline)
        told = before.told if before and before.due_at == one.due_at else ()
        told = (*told, one.to) if one.number else told
        by_deadline[one.deadline] = Chased(one.deadline, one.due_at, one.number, at, one.top, told)
    return tuple(by_deadline.values())
