"""A complaint's values, and its state. Instants are UTC; `loss` is in CNY.

Everything in the domain may import this module; of the domain it imports the policy's
values alone. What an event does to the state stands in `evolve`.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.domain.policy import Within

YES_NO = ("yes", "no")
CAUSES = ("service", "promise", "facility")
"""What may have caused a complaint (5.1-5.3)."""
CONTACT_BY = ("email", "phone", "visit")
"""How a resident may want to be reached."""
UNSURE = "unsure"
"""The cause, where the resident cannot say; the department complained about, until named."""
OTHER_STAFF, UNKNOWN_POST = "other", "unknown"
PERSON_POSTS = ("supervisor", "department_head", "property_manager", OTHER_STAFF, UNKNOWN_POST)
"""The post of the one complained about, as the resident sees it."""
NOBODY = "nobody"
"""Who is meant, where somebody judged that none of the staff with a role is."""
GROUP = "group"
"""The staff's group in a chat, to which a robot speaks."""
OPEN = frozenset({"received", "acknowledged", "replied", "reopened"})
"""The statuses in which somebody owns a complaint."""
IMPORT = "import"
"""The channel of what came in from a spreadsheet."""
RECEPTION_CHANNELS = frozenset({"walk_in", "telephone", "letter"})
"""The channels on which a receptionist takes a complaint in (3.4)."""
BY_CLOCK = "clock"
"""Who did it, on the record, where only time has passed."""
BY_MAIL = "mail_service"
"""Who did it, on the record, where the mail service told what became of a letter."""
RESIDENT = "resident"
"""By whom stands on the record what the resident did with the code."""
OTHER_RESIDENT = "other_resident"
"""By whom stands there what another resident did, whose complaint goes on with this one."""
OPERATOR = "operator"
"""Who keeps the system running, and hears the reference alone where everybody may be meant."""
SATISFACTION = ("satisfied", "mostly_satisfied", "dissatisfied")
"""How satisfied a resident is with how it was handled."""
A_MONTH = "unsolved_for_a_month"
"""The fact that the month is over (5.1.3)."""
NEW_CONTACT, NEW_REPLY = "new_contact", "new_reply"
NEW_DATE_OF = {
    "acknowledge": NEW_CONTACT,
    "agreed": NEW_CONTACT,
    "reply": NEW_REPLY,
    "explain": NEW_REPLY,
    "follow_up": NEW_REPLY,
}
"""What the resident was promised, and the deadline that takes its place once it was missed."""
WAITING, AGREED = "waiting_for_resident", "agreed_time"
"""The kinds of a pause, as the policy file names them."""
NOT_STAFF = frozenset(
    {"web", BY_CLOCK, BY_MAIL, IMPORT, RESIDENT, OTHER_RESIDENT, *RECEPTION_CHANNELS}
)
"""What may stand on the record as the one who acted, besides a member of staff."""


class Facts(Struct, frozen=True, kw_only=True):
    """What is asked at intake, on every channel (6.1.1): keys, numbers and yes or no.

    These decide, and none of them names a person. `happened_at` is the resident's own
    local date or time; `times_raised` counts the times before this one; `reachable_by`
    says which contacts there are, not what they are. `person_post` is the post of the one
    complained about, None where the complaint is about nobody in person. `in_confidence` when
    the department complained about is not to learn who the resident is.
    """

    community: str
    zone: str
    about: str
    category: str
    happened_at: str
    cause: str
    hurt: bool
    loss: Decimal | None
    times_raised: int
    earlier_reference: str | None
    language: str
    contact_by: str
    reachable_by: tuple[str, ...]
    person_post: str | None = None
    in_confidence: bool = False

    @property
    def tz(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.zone)


class Guarded(Protocol):
    """What decides who may see a complaint: its state has it, and so has its row in a list."""

    @property
    def community(self) -> str:
        """Where it is."""
        ...

    @property
    def about(self) -> str:
        """The department complained about."""
        ...

    @property
    def status(self) -> str:
        """How far it is."""
        ...

    @property
    def owner(self) -> "Owner":
        """Who answers for it."""
        ...

    @property
    def taken_by(self) -> str | None:
        """Who wrote it down."""
        ...

    @property
    def person_post(self) -> str | None:
        """The post of the one complained about."""
        ...

    @property
    def may_be_meant(self) -> tuple[str, ...]:
        """The ids of those whom it may be about."""
        ...

    @property
    def in_confidence(self) -> bool:
        """Whether the department complained about is not to learn who the resident is."""
        ...

    @property
    def confided(self) -> tuple[str, ...]:
        """The other departments that are not to learn it."""
        ...


def is_kept_from(one: Guarded, staff_id: str) -> bool:
    """Whether it may be about this member of staff, as `Complaint.is_kept_from` says."""
    if one.owner.staff == staff_id:
        return False
    is_untold = one.person_post and not one.owner.staff and one.status != "ended_elsewhere"
    return staff_id != one.taken_by if is_untold else staff_id in one.may_be_meant


class Finding(Struct, frozen=True):
    """A clause that is met, with the facts behind it."""

    clause: str
    facts: tuple[str, ...]


class Verdict(Struct, frozen=True):
    """What the policy makes of a complaint at one moment.

    `severity` is None when the facts decide nothing; then a person must judge.
    """

    severity: str | None
    findings: tuple[Finding, ...]
    policy_version: str

    @property
    def clauses(self) -> tuple[str, ...]:
        """The numbers of the clauses met, gravest first, each once."""
        return tuple(dict.fromkeys(finding.clause for finding in self.findings))

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that stands behind a clause met."""
        return frozenset(fact for finding in self.findings for fact in finding.facts)


class Owner(Struct, frozen=True):
    """The one who answers for a complaint: a role, and the person who holds it.

    `staff` is None only between receipt and the moment the directory was asked.
    """

    role: str
    staff: str | None = None


class DeadlineBasis(Struct, frozen=True):
    """How a date was computed, so that a clerk can check it with the calendar at hand.

    It counts from `from_at`, which is the moment of `start`: receipt, change (of severity),
    missed (when a date before it was), dispute, undecided, taken_in, heard, pause (its end),
    resumed (the end of a pause, with the time that was `left` before it), asked, agreed,
    promised, judged_invalid, replied, confirmed, followed_up, promised_date, visit_open,
    visit_asked or added (by the resident). Counted are hours or working days (`within`),
    calendar `months` or `days`, or the time `left`; nothing where the date itself was named.
    `kept_as_told` when a change of severity would have put it later than the resident was told.
    """

    start: str
    from_at: datetime
    within: Within | None = None
    months: int = 0
    days: int = 0
    left: timedelta | None = None
    kept_as_told: bool = False


class Pause(Struct, frozen=True):
    """A time in which some deadlines stand still; the policy's [pauses] say which, by `kind`.

    From `begin` to `end` (UTC), which lies ahead while it lasts: ``waiting_for_resident`` for
    an answer, ``agreed_time`` until a time that was agreed with the resident.
    """

    kind: str
    begin: datetime
    end: datetime


class Promise(Struct, frozen=True):
    """The instant of a promise, and how it was computed.

    `provisional` while it hangs on a calendar that is not published: then it is counted
    anew from its basis once the calendar is there.
    """

    at: datetime
    basis: DeadlineBasis
    provisional: bool = False


class Promises(Struct, frozen=True):
    """What the resident is promised: first contact, and an answer."""

    acknowledge: Promise
    reply: Promise

    @property
    def acknowledge_by(self) -> datetime:
        """By when somebody is in touch."""
        return self.acknowledge.at

    @property
    def reply_by(self) -> datetime:
        """By when there is an answer."""
        return self.reply.at


class NewDate(Struct, frozen=True):
    """The date that a resident was given anew for a `promise` that was due at `due_at` (UTC)."""

    promise: str
    due_at: datetime
    anew: Promise


class LadderStep(Struct, frozen=True):
    """One step of the ladder: for which deadline, due when, and who is reminded.

    Number 0 is the reminder before it falls due, 1 the one when it is missed, then rung by
    rung. `to` is a staff id, blank where everybody was told already that day; `top` when
    nobody stands above.
    """

    deadline: str
    due_at: datetime
    number: int
    to: str
    top: bool


class Chased(Struct, frozen=True):
    """How far the ladder was climbed for a deadline that fell due at `due_at`.

    `at` is when the last step was taken, `top` whether nobody stands above, and `told` who
    was reminded of it since it fell due.
    """

    deadline: str
    due_at: datetime
    number: int
    at: datetime
    top: bool = False
    told: tuple[str, ...] = ()


ELSEWHERE = "elsewhere"
"""Under which it goes on for a reader who may not know that one: that it does, and not where."""


class SentWord(Struct, frozen=True, kw_only=True):
    """What the resident was told by e-mail, in the record of this `number`, at `at` (UTC).

    It counts once the letter is known to have arrived. `kind` is that of the record; the others
    are what its event says: that it `explains`, what it promises, how long an answer is awaited.
    """

    number: int
    at: datetime
    kind: str
    explains: bool = False
    follow_up_by: datetime | None = None
    until: datetime | None = None


class Voice(Struct, frozen=True, kw_only=True):
    """What one resident's complaint says that decides, by itself.

    `times_said` counts how often that resident says to have raised it before; `times_raised` the
    earlier complaints of theirs besides. `severity` and `verdict` are what it came to.
    """

    cause: str
    hurt: bool
    loss: Decimal | None
    caused_by_us: bool | None
    slight: bool | None
    valid: bool | None
    times_said: int
    times_raised: int
    severity: str | None
    verdict: Verdict


class Part(Struct, frozen=True, kw_only=True):
    """Another resident's complaint that was merged into this one, as this one knows it.

    `home` is the first reference of the same home among them. `by_email` when its resident can be
    written to, `answered_at` when they were told an answer that stands.
    """

    reference: str
    home: str
    voice: Voice
    by_email: bool = False
    answered_at: datetime | None = None
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Round(Struct, frozen=True, kw_only=True):
    """How a complaint stands between two openings: what was promised, answered and asked since.

    Each field is that of the same name of `Complaint`.
    """

    status: str
    valid: bool | None
    promises: Promises
    told: Promises | None
    promised_at: datetime | None
    raised_again_at: datetime | None
    missed: frozenset[str]
    unjudged_since: datetime | None
    acknowledged_at: datetime | None
    replied_at: datetime | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    agreed_at: datetime | None
    awaiting_until: datetime | None
    follow_up_by: datetime | None
    promised_for: datetime | None
    followed_up_at: datetime | None
    new_dates: tuple[NewDate, ...]
    severity_changed_at: datetime | None
    explain_from: datetime | None
    explain_by: datetime | None
    explained_at: datetime | None
    visit_asked_at: datetime | None
    visit_tries: tuple[datetime, ...]
    visit_missed_at: datetime | None
    visited_at: datetime | None
    feedback_asked_at: datetime | None
    feedback_at: datetime | None


class Complaint(Facts, frozen=True, kw_only=True):
    """The present state of a complaint.

    `taken_by` is the receptionist who wrote it down; `handed_from` who handed it to the
    present owner; `raised_again_at` when it was last disputed or reopened; `told` what the
    resident was promised then, or at receipt: a change of severity may bind the staff to
    less. `came_in_at` is when it was taken in here, which for an import is later than its
    receipt; `owned_at` when it came to the present owner, `promised_at` when the present
    promises were made, `heard_at` when the resident last heard from the staff. An answer of
    theirs is waited for until `awaiting_until` at most; `pauses` are all that there were, oldest
    first. `explain_from` is when it was judged invalid, `explained_at` when the resident was told
    why. `unjudged_since` is when it came up whether it is valid, `undecided_since` how grave it is.
    `promised_for` is the date that the reply named, kept or not. The return visit is somebody's
    task from `visit_asked_at` on; `visit_tries` are the times when nobody was reached, and
    `visited_at` is when it was done or ended.
    `stands_in_for` is the absent owner in whose place the present one is, until they reply.
    `messaged_at` is when the resident last wrote or answered something that nobody has reacted to;
    what the owner took down from them they have heard.
    `new_dates` are those that took the place of missed ones. The resident is yet to be told of a
    change of severity at `severity_changed_at`, and was of the month when `month_told`.
    In confidence, `pass_on_since` is when something came in that the department has not been
    shown yet; `passed_on_at` when it was last shown anything, and `passed_photos` which photos.
    `may_be_meant` are the ids of those whom it may be about, and `meant` the one of whom
    somebody judged so, or `NOBODY`.
    `unconfirmed` is what went to the resident by e-mail and is not known to have arrived.
    `answered_by` is the number of the reply that arrived by e-mail and stands. Nothing more is
    sent to the resident's address, theirs from `address_since` on, while `email_failed`, which
    says why; they are to be told another way since `untold_at`.
    One that goes on under another has `merged_into`; one that others go on under has a part for
    each, and its facts are theirs too: `own` is what it says by itself. `confided` are the other
    departments from which one of those keeps in confidence who complains. `withdrawn_at` is when
    its own resident took theirs back while others' go on. `own_round` is how it stood before
    another resident's word opened the whole again.
    """

    reference: str
    version: int
    status: str
    channel: str
    received_at: datetime
    verdict: Verdict
    severity: str | None
    promises: Promises
    owner: Owner
    valid: bool | None = None
    caused_by_us: bool | None = None
    slight: bool | None = None
    acknowledged_at: datetime | None = None
    explain_from: datetime | None = None
    explain_by: datetime | None = None
    explained_at: datetime | None = None
    replied_at: datetime | None = None
    missed: frozenset[str] = frozenset()
    ended_at: datetime | None = None
    taken_by: str | None = None
    owned_at: datetime | None = None
    handed_from: Owner | None = None
    agreed_at: datetime | None = None
    feedback_asked_at: datetime | None = None
    feedback_at: datetime | None = None
    raised_again_at: datetime | None = None
    confirmed_at: datetime | None = None
    visit_asked_at: datetime | None = None
    visit_tries: tuple[datetime, ...] = ()
    visit_missed_at: datetime | None = None
    visited_at: datetime | None = None
    times_said: int = 0
    merged_into: str | None = None
    parts: tuple[Part, ...] = ()
    own: Voice | None = None
    withdrawn_at: datetime | None = None
    confided: tuple[str, ...] = ()
    own_round: Round | None = None
    links: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    messages: int = 0
    messaged_at: datetime | None = None
    photos: tuple[str, ...] = ()
    refused_photos: tuple[str, ...] = ()
    code_version: int = 1
    code_asked_at: datetime | None = None
    told: Promises | None = None
    came_in_at: datetime | None = None
    promised_at: datetime | None = None
    undecided_since: datetime | None = None
    unjudged_since: datetime | None = None
    heard_at: datetime | None = None
    awaiting_until: datetime | None = None
    agreed_on: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    follow_up_by: datetime | None = None
    promised_for: datetime | None = None
    followed_up_at: datetime | None = None
    chased: tuple[Chased, ...] = ()
    warned: tuple[int, ...] = ()
    erased: bool = False
    pass_on_since: datetime | None = None
    passed_on_at: datetime | None = None
    passed_photos: tuple[str, ...] = ()
    may_be_meant: tuple[str, ...] = ()
    meant: str | None = None
    stands_in_for: Owner | None = None
    new_dates: tuple[NewDate, ...] = ()
    severity_changed_at: datetime | None = None
    month_told: bool = False
    unconfirmed: tuple[SentWord, ...] = ()
    answered_by: int | None = None
    email_failed: str = ""
    address_since: datetime | None = None
    untold_at: datetime | None = None

    def is_kept_from(self, staff_id: str) -> bool:
        """Whether it may be about this member of staff, who then does not see it (our setting).

        Until its owner is named nobody knows whom it may be about: then only who wrote it down
        sees it. Where everybody may be meant, its owner sees it all the same.
        """
        return is_kept_from(self, staff_id)

    @property
    def promised_until(self) -> datetime | None:
        """The latest date that a reply named, or that took the place of one (principle 4)."""
        anew = (one.anew.at for one in self.new_dates if one.promise == "follow_up")
        dates = [one for one in (self.promised_for, *anew) if one]
        return max(dates, default=None)

    @property
    def gets_mail(self) -> bool:
        """Whether there is an address to write to that has not failed."""
        return "email" in self.reachable_by and not self.email_failed

    @property
    def is_open(self) -> bool:
        """Whether somebody still owns it."""
        return self.status in OPEN

    @property
    def shown_status(self) -> str:
        """Its status as the staff read it: what goes on under another is merged."""
        return "merged" if self.merged_into else self.status

    @property
    def absorbed(self) -> tuple[str, ...]:
        """The references of those that go on under it."""
        return tuple(one.reference for one in self.parts)

    @property
    def those_going_on(self) -> tuple[Part, ...]:
        """Its parts, without those whose residents have withdrawn."""
        return tuple(one for one in self.parts if one.withdrawn_at is None)

    @property
    def is_solved(self) -> bool:
        """Whether a reply reached each resident, undisputed (our setting for 5.1.3)."""
        own = self.withdrawn_at is not None or self.replied_at is not None
        return own and all(one.answered_at for one in self.those_going_on)

    @property
    def explained(self) -> bool:
        """Whether each resident was told why it is invalid (2)."""
        own = self.withdrawn_at is not None or self.explained_at is not None
        return own and all(one.answered_at for one in self.those_going_on)

    @property
    def answered_at(self) -> datetime | None:
        """When the last of its residents had an answer that stands; None while one has none."""
        is_answered = self.explained if self.valid is False else self.is_solved
        own = self.explained_at if self.valid is False else self.replied_at
        times = [own, *(one.answered_at for one in self.those_going_on)]
        return max((at for at in times if at), default=None) if is_answered else None

    @property
    def all_confirmed_at(self) -> datetime | None:
        """When the last of its residents said that it is solved; None while one has not."""
        own = () if self.withdrawn_at else (self.confirmed_at,)
        times = [*own, *(one.confirmed_at for one in self.those_going_on)]
        there = [at for at in times if at]
        return max(there) if there and len(there) == len(times) else None

    @property
    def waits_for_text(self) -> bool:
        """Whether the department has not been shown yet what happened: its owner reads it first."""
        return self.in_confidence and self.passed_on_at is None

    @property
    def is_judged(self) -> bool:
        """Whether it is known to be invalid, or valid and how grave: all is judged (2, 5)."""
        return self.valid is False or (self.valid is True and self.severity is not None)

    @property
    def raised_at(self) -> datetime:
        """When the promises count from: the receipt, or the last time it was raised again."""
        return self.raised_again_at or self.received_at
