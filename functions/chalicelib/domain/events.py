"""What has happened to a complaint: the only truth there is about it.

Events hold facts, keys and instants (UTC). Free text by or about the resident travels
beside an event as its words and is kept apart, so that it can be erased while the history
keeps its shape. `told_by` says how something was told or heard: email, telephone, visit or
letter; what is told by e-mail `awaits_delivery`: it counts once it is known that the letter has
arrived. What each event does to the state stands in `evolve`.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct

from chalicelib.domain.model import Facts, LadderStep, NewDate, Owner, Part, Promises, Verdict

NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Received(Facts, frozen=True, kw_only=True):
    """A complaint came in (6.1.1). `happened_at` is the resident's own local date or time."""

    reference: str
    channel: str
    received_at: datetime
    verdict: Verdict
    severity: str | None
    promises: Promises
    owner: Owner


class OwnerAssigned(Struct, frozen=True):
    """The directory said who holds the post that owns the complaint (principle 1).

    `quietly` when nobody is written to one by one, as for an import. `may_be_meant` are the
    ids of those whom it may be about.
    """

    owner: Owner
    quietly: bool = False
    may_be_meant: tuple[str, ...] = ()


class HandedOver(Struct, frozen=True):
    """The owner changed, by somebody's decision and with a note (principle 1).

    `returned` when the one who had been given it gave it back: the supervisor decides.
    `together` are the references that one letter tells of; none where another's does.
    """

    owner: Owner
    before: Owner
    returned: bool = False
    together: tuple[str, ...] | None = None


class StoodIn(Struct, frozen=True):
    """Somebody took the place of an owner who is ``absent``, ``disabled`` or ``gone``.

    Or ``moved``: they are there, and have another post or community now. `together` are the
    references that one letter tells of; none where another's does.
    """

    owner: Owner
    before: Owner
    because: str
    together: tuple[str, ...] | None = None


class CameBack(Struct, frozen=True):
    """Who was away is there again, and has what was taken over for them (our setting)."""

    owner: Owner
    before: Owner
    together: tuple[str, ...] | None = None


class Acknowledged(Struct, frozen=True):
    """The owner accepted the complaint, and spoke or wrote to the resident (principle 1).

    `told_at` is when that was (UTC).
    """

    told_by: str
    told_at: datetime
    awaits_delivery: bool = False


class ContactTried(Struct, frozen=True):
    """The owner tried to reach the resident at `told_at` (UTC) in vain: it keeps no promise."""

    told_by: str
    told_at: datetime


class Judged(Struct, frozen=True):
    """A person judged what facts leave open (2, 5.1-5.3); what was not judged is None.

    `verdict` is the engine's view of the facts as judged; `severity` is what holds. `meant` is
    whom it is about, a staff id or `NOBODY`; `may_be_meant` whom it may be about from now on,
    None where that stays; `cleared` are those who may know of it since.
    """

    valid: bool | None
    cause: str | None
    caused_by_us: bool | None
    slight: bool | None
    about: str | None
    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    explain_by: datetime | None
    owner: Owner
    owner_before: Owner | None = None
    meant: str | None = None
    may_be_meant: tuple[str, ...] | None = None
    cleared: tuple[str, ...] = ()


class FactsRecorded(Struct, frozen=True):
    """A fact became known after the receipt (5.1.1, 5.1.2); what was not named is None.

    `loss` is in CNY.
    """

    hurt: bool | None
    loss: Decimal | None
    times_raised: int | None


class ConfidenceRecorded(Struct, frozen=True):
    """The resident asked for confidence, or lifted it (our setting); by `told_by`.

    The owner is another where the one before is of the department complained about.
    """

    in_confidence: bool
    told_by: str
    owner: Owner
    owner_before: Owner | None = None


class PassedOn(Struct, frozen=True):
    """The owner showed the department what happened, without what names the resident.

    `photos` are those that it may see.
    """

    photos: tuple[str, ...] = ()


class Escalated(Struct, frozen=True):
    """The facts or the time met a clause anew (5.1.3 most of all)."""

    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    owner: Owner
    owner_before: Owner | None = None


class Noted(Struct, frozen=True):
    """Something was written on the record, for staff only (principle 2).

    `corrects` names the item of the record that it corrects (6.1.1); the item itself
    stays as it was written.
    """

    corrects: str | None = None


class TimeAgreed(Struct, frozen=True):
    """A time to report back was agreed with the resident (principle 3); `at` is UTC.

    `told_by` is how, where that was said.
    """

    at: datetime
    told_by: str | None = None
    awaits_delivery: bool = False


class HelpCalled(Struct, frozen=True):
    """The front desk called somebody to explain (6.1.2): the role that was called.

    `entry` is that of the duty log, such as ``2026-11-25#3``, when the call went out
    before there was a complaint.
    """

    whom: str
    entry: str | None = None


class FeedbackGiven(Struct, frozen=True):
    """The department complained about said how it is handling the matter (3.3)."""


class Replied(Struct, frozen=True):
    """The resident was told what was found and done; by letter, or by word of mouth at `told_at`.

    `explains` when it is the explanation of an invalid complaint (2); `follow_up_by` is by
    when what it still promises will be done. `close_when_sent` when whoever replied asked that the
    matter be closed once the letter has arrived.
    """

    told_by: str
    told_at: datetime
    explains: bool
    follow_up_by: datetime | None = None
    close_when_sent: bool = False
    awaits_delivery: bool = False


class FollowedUp(Struct, frozen=True):
    """What was promised in a reply was done (principle 4)."""


class Updated(Struct, frozen=True):
    """The resident was told how things stand, before there is an answer (principle 3)."""

    told_by: str
    awaits_delivery: bool = False


class AnswerAwaited(Struct, frozen=True):
    """The resident was asked something; some deadlines pause `until` then at most (UTC)."""

    told_by: str
    until: datetime
    awaits_delivery: bool = False


class LetterDelivered(Struct, frozen=True):
    """What the record of this `number` told the resident by e-mail has reached them.

    It counts from `sent_at` (UTC). The mail service ``delivered`` it, no bounce came for so long
    that it is ``presumed``, or the resident ``answered`` it.
    """

    number: int
    sent_at: datetime
    because: str = "delivered"


class LetterFailed(Struct, frozen=True):
    """A letter that the record of this `number` called for did not reach the resident.

    `letter` is what it is called. It ``bounced``, was ``refused`` by the mail service, ``failed``
    to be handed over or to be taken in, or the reader ``complained`` of it as junk.
    `marks` when nothing more is sent to that address; `voids` when what had counted counts no more.
    """

    number: int
    letter: str
    because: str
    marks: bool = False
    voids: bool = False


class Messaged(Struct, frozen=True):
    """The resident added something to what they had said (6.1.1)."""


class PhotoAdded(Struct, frozen=True):
    """The resident added a photo; what is kept is a copy without what the camera wrote in it."""

    photo: str


class PhotoRefused(Struct, frozen=True):
    """A file that the resident sent was rejected; they are told so and why."""

    photo: str
    because: str


class CodeAsked(Struct, frozen=True):
    """Somebody who has the reference asked for the code: it goes to the address on record."""


class CodeRenewed(Struct, frozen=True):
    """The resident's code is another from now on; the one before opens nothing any more."""

    version: int


class ContactCorrected(Struct, frozen=True):
    """How to reach the resident was put right (6.1.1); the contacts themselves are words.

    `new_address` when the e-mail address is another one now.
    """

    contact_by: str
    reachable_by: tuple[str, ...]
    new_address: bool = False


class Linked(Struct, frozen=True):
    """An earlier complaint is about the same matter: its reference (5.1.1).

    `because` the resident ``named`` it, or ``contact`` or ``household`` and category are the
    same. `times_raised` is how often the matter was raised before, with the earlier one
    counted. `told` when the resident hears of it: both have the same contact. `confided` are the
    departments that may not know who made the earlier one, and so not that there is one.
    """

    reference: str
    because: str
    times_raised: int
    told: bool
    confided: tuple[str, ...] = ()


class Repeated(Struct, frozen=True):
    """The matter was raised once more, in a complaint of its own: its reference."""

    reference: str


class Confirmed(Struct, frozen=True):
    """The resident said that it is solved; `satisfaction` is None where they were not asked."""

    told_by: str
    satisfaction: str | None = None


class DecidedAnew(Struct, frozen=True, kw_only=True):
    """Verdict, promises and owner as they are from now on."""

    severity: str | None
    severity_before: str | None
    verdict: Verdict
    promises: Promises
    owner: Owner
    owner_before: Owner | None = None


class NewRound(DecidedAnew, frozen=True, kw_only=True):
    """It is open again: verdict, promises and owner of a new round, counted from now."""


class Disputed(NewRound, frozen=True, kw_only=True):
    """The resident said that it is not solved: the reply is void, and it counts as raised again.

    `satisfaction` is None where they were not asked.
    """

    told_by: str
    satisfaction: str | None = None


class Reopened(NewRound, frozen=True, kw_only=True):
    """The staff opened again what had ended, with a reason.

    Or `by_another`: a resident whose complaint goes on with this one said that it is not solved.
    """

    by_another: bool = False


class ReturnVisitAsked(Struct, frozen=True):
    """The return visit opens: it is somebody's task from now on (回访).

    `by_letter` when the resident is asked by letter besides.
    """

    by_letter: bool


class ReturnVisitTried(Struct, frozen=True):
    """Somebody tried to ask the resident, and did not reach them.

    `ends` when that was on the last of the working days that the policy asks for: not reached.
    """

    told_by: str
    ends: bool = False


class ReturnVisited(Struct, frozen=True):
    """Somebody asked the resident whether it held, and how satisfied they are.

    `satisfaction` is satisfied, mostly_satisfied or dissatisfied; None where it was not asked.
    """

    held: bool
    told_by: str
    satisfaction: str | None = None


class ReturnVisitMissed(Struct, frozen=True):
    """Nobody has carried out the return visit in its time; it stays to be done."""


class Closed(Struct, frozen=True):
    """The matter is settled, its cause known (principle 4); `ended_as` closed or invalid."""

    ended_as: str


class Withdrawn(Struct, frozen=True):
    """The resident took the complaint back; `others_go_on` when those of others go on with it."""

    others_go_on: bool = False


class Merged(Struct, frozen=True):
    """The matter goes on under an earlier complaint: its reference, owner and department.

    `may_be_meant` are the ids of those whom either may be about; `in_confidence` when that one is,
    and this one with it if it is about the same department. `confided` are the departments that
    may not know who complains there, and so not where it goes on. `had_parts` when others went
    on under this one before.
    """

    into: str
    owner: Owner
    about: str
    owner_before: Owner | None = None
    may_be_meant: tuple[str, ...] = ()
    in_confidence: bool = False
    confided: tuple[str, ...] = ()
    had_parts: bool = False


class Absorbed(DecidedAnew, frozen=True, kw_only=True):
    """Another complaint was merged into this one: its reference, and what is decided by all facts.

    `parts` are that one and what went on under it; `may_be_meant` are the ids of those whom any
    may be about. `links` and `repeats` are what it was tied to. `in_confidence` when that one is,
    and this one with it; `confided` are the other departments from which it is kept. `had_parts`
    when others went on under this one before.
    """

    reference: str
    parts: tuple[Part, ...]
    may_be_meant: tuple[str, ...] = ()
    about: str | None = None
    links: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    in_confidence: bool = False
    confided: tuple[str, ...] = ()
    had_parts: bool = False


class PartChanged(Struct, frozen=True):
    """Something happened with one that goes on under this complaint: `kind` and `number` there.

    `parts` are what it and what goes on under it has come to. What was said stands on its own
    record alone.
    """

    reference: str
    kind: str
    number: int
    parts: tuple[Part, ...]


class PartLeft(DecidedAnew, frozen=True, kw_only=True):
    """One that went on under this complaint was separated from it: decided again without it.

    `as_before` when it stands again as it did before that one's resident opened the whole;
    `others_stay` when it goes on with others still.
    """

    reference: str
    references: tuple[str, ...]
    as_before: bool = False
    others_stay: bool = False


class Separated(DecidedAnew, frozen=True, kw_only=True):
    """It goes on by itself again, no more under that reference: decided again by its own facts.

    `as_before` when it stands again as it did before another resident opened the whole.
    """

    reference: str
    as_before: bool = False
    may_be_meant: tuple[str, ...] = ()
    in_confidence: bool = False


class EndedElsewhere(Struct, frozen=True):
    """An imported complaint had ended before it came here; nothing is claimed of a reply.

    `may_be_meant` are the ids of those whom it may be about.
    """

    ended_at: datetime
    may_be_meant: tuple[str, ...] = ()


class Erased(Struct, frozen=True):
    """The resident's data were erased on request; the history keeps its shape without them.

    `entries` are those of the duty log that named them, whose words went too (``2026-11-25#3``);
    `lessons` says that the lessons drawn named them, and were cut.
    """

    entries: tuple[str, ...] = ()
    lessons: bool = False


class Missed(Struct, frozen=True):
    """Promises that fell due and were not kept, recorded once each."""

    promises: tuple[str, ...]


class NewDateSet(Struct, frozen=True):
    """What the resident is told of a delay: who has it now, and by when (principle 3).

    `because` a promise was ``missed``, it has ``risen`` to the gravest severity, or the
    ``month`` is over. `dates` take the place of those that have passed.
    """

    because: tuple[str, ...]
    dates: tuple[NewDate, ...]
    owner: Owner


class Reminded(Struct, frozen=True):
    """Somebody was reminded of what falls due or is overdue (principle 3)."""

    steps: tuple[LadderStep, ...]


class Warned(Struct, frozen=True):
    """So many days have passed without a solution, and the month comes nearer (5.1.3)."""

    days: tuple[int, ...]


Event = (
    Received
    | OwnerAssigned
    | HandedOver
    | StoodIn
    | CameBack
    | Acknowledged
    | ContactTried
    | Judged
    | FactsRecorded
    | ConfidenceRecorded
    | PassedOn
    | Escalated
    | Noted
    | TimeAgreed
    | HelpCalled
    | FeedbackGiven
    | Replied
    | FollowedUp
    | Updated
    | AnswerAwaited
    | LetterDelivered
    | LetterFailed
    | Messaged
    | PhotoAdded
    | PhotoRefused
    | CodeAsked
    | CodeRenewed
    | ContactCorrected
    | Linked
    | Repeated
    | Confirmed
    | Disputed
    | Reopened
    | ReturnVisitAsked
    | ReturnVisitTried
    | ReturnVisited
    | ReturnVisitMissed
    | Closed
    | Withdrawn
    | Merged
    | Absorbed
    | PartChanged
    | PartLeft
    | Separated
    | EndedElsewhere
    | Erased
    | Missed
    | NewDateSet
    | Reminded
    | Warned
)

EVENTS: dict[str, type[Event]] = {
    "received": Received,
    "owner_assigned": OwnerAssigned,
    "handed_over": HandedOver,
    "stood_in": StoodIn,
    "came_back": CameBack,
    "acknowledged": Acknowledged,
    "contact_tried": ContactTried,
    "judged": Judged,
    "facts_recorded": FactsRecorded,
    "confidence_recorded": ConfidenceRecorded,
    "passed_on": PassedOn,
    "escalated": Escalated,
    "noted": Noted,
    "time_agreed": TimeAgreed,
    "help_called": HelpCalled,
    "feedback_given": FeedbackGiven,
    "replied": Replied,
    "followed_up": FollowedUp,
    "updated": Updated,
    "answer_awaited": AnswerAwaited,
    "letter_delivered": LetterDelivered,
    "letter_failed": LetterFailed,
    "messaged": Messaged,
    "photo_added": PhotoAdded,
    "photo_refused": PhotoRefused,
    "code_asked": CodeAsked,
    "code_renewed": CodeRenewed,
    "contact_corrected": ContactCorrected,
    "linked": Linked,
    "repeated": Repeated,
    "confirmed": Confirmed,
    "disputed": Disputed,
    "reopened": Reopened,
    "return_visit_asked": ReturnVisitAsked,
    "return_visit_tried": ReturnVisitTried,
    "return_visited": ReturnVisited,
    "return_visit_missed": ReturnVisitMissed,
    "closed": Closed,
    "withdrawn": Withdrawn,
    "merged": Merged,
    "absorbed": Absorbed,
    "part_changed": PartChanged,
    "part_left": PartLeft,
    "separated": Separated,
    "ended_elsewhere": EndedElsewhere,
    "erased": Erased,
    "missed": Missed,
    "new_date_set": NewDateSet,
    "reminded": Reminded,
    "warned": Warned,
}
"""Each event by the name under which it is kept."""

KINDS: dict[type[Event], str] = {event: kind for kind, event in EVENTS.items()}


class NewEvent(Struct, frozen=True):
    """An event that is not on the record yet, with the words that belong to it.

    `by_clock` where time or the directory has brought it, whoever's verb then comes upon it.
    """

    event: Event
    words: Mapping[str, str] = NO_WORDS
    by_clock: bool = False


NewEvents = tuple[NewEvent, ...]


class EventRecord(Struct, frozen=True):
    """An event on the record: its number, when (UTC) and by whom.

    `origin` is the record of another complaint that it was passed on from, such as
    ``7K3MQ-9TX4B#12``; blank for what happened here.
    """

    number: int
    at: datetime
    by: str
    event: Event
    words: Mapping[str, str] = NO_WORDS
    origin: str = ""

    @property
    def kind(self) -> str:
        """The event's name, as kept in the table and shown in the history."""
        return KINDS[type(self.event)]
