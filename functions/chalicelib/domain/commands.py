"""What can be asked of a complaint: the handbook's verbs, as values.

`by` is the id of the member of staff who asks, or `model.RESIDENT` for what comes from the
resident's own page. Free text stands in the words of what comes of it, never in an event.
What each command decides stands in the table of `verbs`.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from chalicelib.domain.model import UNSURE, Complaint, Facts, Owner, Part, Promise, Promises


class Command(Struct, frozen=True):
    """What is asked of a complaint that there is already."""


class PersonCommand(Command, frozen=True):
    """What a person asks: a member of staff, or the resident."""

    by: str


class Receive(Facts, frozen=True, kw_only=True):
    """Take a complaint in (6.1.1): the facts asked for, and the words as they were given.

    `words` holds the free text and the contact: place, person, description, request,
    name, phone, email, building, unit, contact_time.
    """

    reference: str
    channel: str
    received_at: datetime
    words: Mapping[str, str]


class AssignOwner(Command, frozen=True):
    """Ask the directory who holds the post that owns the complaint."""

    quietly: bool = False


class ReplaceAbsentOwner(Command, frozen=True):
    """Ask whether the owner is there, and who takes their place if not (principle 1).

    `moved` says that they are there, but have left the post or the community that owns it.
    `together` are the references that one letter tells of, this one's among them; none at all
    where another's letter tells of this one, and None where it is told by itself.
    """

    moved: bool = False
    together: tuple[str, ...] | None = None


class GiveBack(Command, frozen=True):
    """Give back to who was away what was taken over for them, unless it was answered."""

    together: tuple[str, ...] | None = None


class HandOver(PersonCommand, frozen=True):
    """Give the complaint to somebody else, with a note (principle 1), or several `together`."""

    to: str
    note: str
    together: tuple[str, ...] | None = None


class HandBack(PersonCommand, frozen=True):
    """Give back what was handed over: the supervisor decides who has it (principle 1)."""

    note: str


class Acknowledge(PersonCommand, frozen=True):
    """Accept the complaint, and with it the duty to reply (principle 1): the resident was told.

    By e-mail that is the letter that goes out now; by telephone, visit or letter it was at
    `told_at`, now unless another time is given (UTC). Not `reached`, it is a try and no more.
    """

    told_by: str = "email"
    told_at: datetime | None = None
    reached: bool = True


class Judge(PersonCommand, frozen=True):
    """Judge validity, cause, attribution, slightness, department or severity, with a reason.

    Or whom it is about: `meant` is a staff id, or `NOBODY` where none of them is meant.
    """

    reason: str
    valid: bool | None = None
    cause: str | None = None
    caused_by_us: bool | None = None
    slight: bool | None = None
    about: str | None = None
    severity: str | None = None
    meant: str | None = None


class RecordFacts(PersonCommand, frozen=True):
    """Record what became known after the receipt: an injury, a loss in CNY, times raised (5.1)."""

    reason: str
    hurt: bool | None = None
    loss: Decimal | None = None
    times_raised: int | None = None


class RecordConfidence(PersonCommand, frozen=True):
    """Record at the resident's word whether they complain in confidence; `text` is that word."""

    in_confidence: bool
    told_by: str
    text: str


class PassOn(PersonCommand, frozen=True):
    """Show the department what happened, with what names the resident cut (in confidence).

    `more` is what it is to know besides, of what came in or was found since. `photos` says
    whether it may see those that there are.
    """

    place: str
    description: str
    request: str
    more: str = ""
    photos: bool | None = None


class Note(PersonCommand, frozen=True):
    """Write something on the record, for staff only; `corrects` names an item of it (6.1.1)."""

    text: str
    corrects: str | None = None


class AgreeTime(PersonCommand, frozen=True):
    """Agree with the resident when to report back; `note` is what they were told (principle 3).

    `told_by` is how they were told, where it is said; then it is a first contact too.
    """

    at: datetime
    note: str
    told_by: str | None = None


class CallForHelp(PersonCommand, frozen=True):
    """Call the supervisor or the manager to explain (6.1.2): `whom` is the role.

    `entry` is that of the duty log where the call went out before there was a complaint.
    """

    whom: str
    note: str = ""
    entry: str | None = None


class GiveFeedback(PersonCommand, frozen=True):
    """Say for the department complained about how it is handling the matter (3.3)."""

    text: str


class Reply(PersonCommand, frozen=True):
    """Tell the resident what was found (`text`) and done; by email, telephone, visit or letter.

    Root cause and lesson are for the record and never told to the resident. `follow_up_by` is by
    when what the reply still promises will be done (UTC). With `close_when_sent` the complaint is
    closed in the name of who asks, once the letter has arrived.
    """

    text: str
    told_by: str = "email"
    told_at: datetime | None = None
    done: str = ""
    root_cause: str = ""
    lesson: str = ""
    follow_up_by: datetime | None = None
    close_when_sent: bool = False


class FollowUp(PersonCommand, frozen=True):
    """Say that what was promised in the reply is done (principle 4)."""

    text: str


class Update(PersonCommand, frozen=True):
    """Tell the resident how things stand, before there is an answer (principle 3)."""

    text: str
    told_by: str = "email"


class AwaitAnswer(PersonCommand, frozen=True):
    """Ask the resident something that one cannot go on without."""

    text: str
    told_by: str = "email"


class Message(PersonCommand, frozen=True):
    """The resident adds something; the staff write down what is said by word of mouth."""

    text: str


class AddPhoto(Command, frozen=True):
    """Add a photo of the resident's; `name` is the file's."""

    photo: str
    name: str


class RefusePhoto(Command, frozen=True):
    """Record that a file was rejected; `because` names the reason under ``photo_because``."""

    photo: str
    name: str
    because: str


class AskCode(PersonCommand, frozen=True):
    """Send the code once more to the address on the record."""


class RenewCode(PersonCommand, frozen=True):
    """Replace the resident's code, because the old one is in the wrong hands."""

    reason: str


class CorrectContact(PersonCommand, frozen=True):
    """Put right how to reach the resident (6.1.1).

    `words` are those of the contact, by the form's names, blank for none; what is not among
    them stays. `contact_by` blank is the way before, where it still leads to the resident.
    """

    reason: str
    contact_by: str = ""
    words: Mapping[str, str] = {}


class Link(Command, frozen=True):
    """Take note that an earlier complaint is about the same matter; as `correspondence.Linked`."""

    reference: str
    because: str
    times_raised: int
    told: bool
    confided: tuple[str, ...] = ()


class Repeat(Command, frozen=True):
    """Take note that the matter was raised once more, under this reference."""

    reference: str


class Confirm(PersonCommand, frozen=True):
    """The resident says that it is solved; `told_by` email, telephone, visit or letter."""

    told_by: str
    text: str = ""
    satisfaction: str = ""


class Dispute(PersonCommand, frozen=True):
    """The resident says that it is not solved, and why (principle 4)."""

    text: str
    told_by: str
    satisfaction: str = ""


class Reopen(PersonCommand, frozen=True):
    """Open again what has ended."""

    reason: str


class ReturnVisit(PersonCommand, frozen=True):
    """Ask the resident whether it held, and how satisfied they are (回访).

    `held` is None when nobody was reached, `satisfaction` blank when it was not asked.
    """

    held: bool | None
    told_by: str
    text: str = ""
    satisfaction: str = ""


class Close(PersonCommand, frozen=True):
    """Settle the matter: root cause, what was done about it, and a lesson (principles 2, 4)."""

    root_cause: str = ""
    remedy: str = ""
    lesson: str = ""


class Settle(PersonCommand, frozen=True):
    """Judge, reply and close in one: a simple minor complaint, answered by word of mouth.

    `text` and `done` are what the resident was told at `told_at` (UTC; now unless another time
    is given), `done` is the remedy as well; `reason` is that of the judgement.
    """

    reason: str
    text: str
    done: str
    told_by: str
    told_at: datetime | None = None
    valid: bool = True
    severity: str | None = None
    cause: str | None = None
    root_cause: str = ""
    lesson: str = ""


class Withdraw(PersonCommand, frozen=True):
    """The resident takes the complaint back."""

    reason: str


class Merge(PersonCommand, frozen=True):
    """Let the matter go on as one with another complaint; the earlier by receipt stays."""

    into: str
    reason: str


class Separate(PersonCommand, frozen=True):
    """Let a complaint that goes on under another go on by itself again."""

    reason: str


class Absorb(Command, frozen=True):
    """Take in another complaint, and what goes on under that: its part first.

    `promises` are those of it that are still open. `links` and `repeats` are what it was tied to.
    One in confidence keeps the whole so.
    """

    parts: tuple[Part, ...]
    promises: tuple[Promise | None, Promise | None] = (None, None)
    may_be_meant: tuple[str, ...] = ()
    about: str = UNSURE
    links: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    confided: tuple[str, ...] = ()
    reason: str = ""
    in_confidence: bool = False


class Join(Command, frozen=True):
    """Go on under another complaint, which has taken this one in.

    `origin` is the record of it that says so.
    """

    survivor: Complaint
    origin: str = ""
    reason: str = ""


class PassDown(Command, frozen=True):
    """Record what every resident is told, where this complaint goes on under another.

    `event` is what happened there, with its `words`, `promises` and `owner` what holds now.
    """

    event: Any
    words: Mapping[str, str]
    survivor: str
    owner: Owner
    promises: Promises
    origin: str = ""


class PassUp(Command, frozen=True):
    """Take note of what happened with one that goes on under this complaint.

    `kind` and `number` are those of its record there, `parts` what it and what goes on under it
    has come to.
    """

    kind: str
    number: int
    parts: tuple[Part, ...]
    origin: str = ""


class LetGo(Command, frozen=True):
    """One that went on under this complaint, and whatever came with it, goes on by itself again."""

    references: tuple[str, ...]
    origin: str = ""


class EndElsewhere(Command, frozen=True):
    """An imported complaint had ended before it came here."""

    ended_at: datetime


class Erase(PersonCommand, frozen=True):
    """Erase the resident's data, as the resident asked.

    `typed_reference` is the complaint's, typed once more by who means this one; blank where the
    command was given to a reference anyway. `entries` of the duty log name the resident, and so do
    the `lessons` drawn: they go, too.
    """

    reason: str
    typed_reference: str = ""
    entries: tuple[str, ...] = ()
    lessons: bool = False


class RecordDelivery(Command, frozen=True):
    """Record what became of a letter to the resident that the record of this `number` called for.

    `letter` is what it is called; `state` its state, or ``presumed``, of which the one or the
    other says that it did not arrive. `sent_at` is when the mail service took it (UTC), None
    where it never did.
    """

    number: int
    letter: str
    state: str
    sent_at: datetime | None = None


class CheckDeadlines(Command, frozen=True):
    """Ask what has fallen due by now."""
