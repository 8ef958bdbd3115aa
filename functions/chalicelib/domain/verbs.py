"""THE table of verbs: what one is called, who may do it, what it asks, what decides it.

Derived from it are the rights (`permissions`), the forms of the desk, the options of
``desk act``, how both read what was typed, which verbs are offered, what the resident can do
on their own page, the handbook's tables and the table in ``docs/running/commands.md``. A new
verb is one row here, with its command, its decision, its event and its words; a test names
what is missing.

Scopes: `own` is for the owner of the complaint, `department` for a complaint about one's own
department, `community` for one of a community that one serves, `company` for any.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from chalicelib.domain import commands
from chalicelib.domain.commands import PersonCommand
from chalicelib.domain.model import CAUSES, SATISFACTION, YES_NO
from chalicelib.domain.staff import MANAGER, ROLES, SUPERVISOR

LONG, SAID = 4000, 2000
"""The most characters of a text, and of what the resident is told or says."""
TOLD_BY = ("email", "telephone", "visit", "letter")
"""How the resident is told something."""
SPOKEN_BY = ("telephone", "visit", "letter")
"""How the resident is told something without the desk's sending it."""
SAID_BY = ("telephone", "visit", "letter", "email")
"""How the resident's own word came."""
ITEMS = ("when_where", "about", "what", "request", "contact")
"""The five items of a record (6.1.1), as a note may correct them."""
CALLED = (SUPERVISOR, MANAGER)
"""Whom the front desk calls to explain (6.1.2)."""
UNREACHED = "unreached"
"""The answer to a return visit when the resident was not reached."""


PAGE = "page"
"""How the resident's word came when it came from their own page."""

Kind = Literal[
    "text",
    "line",
    "choice",
    "role",
    "yes_no",
    "held",
    "moment",
    "severity",
    "department",
    "person",
    "meant",
    "amount",
    "count",
    "phone",
    "email",
    "reference",
]
"""What is asked, and what becomes of what was typed.

``text`` and ``line`` are words; ``choice`` and ``role`` are one of `Field.choices`; ``yes_no``
and ``held`` are truth, ``held`` with a third answer; a ``moment`` is an instant, typed in the
community's zone; ``severity``, ``department`` and ``person`` are keys of the policy, the
organisation and the directory, ``meant`` one of the directory or nobody; an ``amount`` is in CNY.
"""
KINDS: tuple[str, ...] = get_args(Kind)

Prefill = Literal[
    "",
    "recorded",
    "passed_on",
    "preferred_contact",
    "preferred_telling",
    "replied",
    "first_choice",
    "last_choice",
    "verdict",
    "known_cause",
]
"""What stands in a field that nobody has touched; `application.verb_prefill` looks it up."""
RECORDED, LAST_CHOICE = "recorded", "last_choice"


class Field(Struct, frozen=True):
    """One field of a verb.

    `limit` is in characters. A choice that is not required offers to leave things as they
    are. `words` is the section of the catalogue that names the choices, the field's own name
    unless it says another. `no` is the option of ``desk act`` that says no to a ``yes_no``.

    `prefill` says what stands there beforehand, and `prefill_from` under which name, where
    that is another. `names_a_field` when the choice is the name of another field of the verb,
    which must then be filled in. On the resident's own page there is one text alone:
    `resident_may_omit` when they need not write it, `on_own_page` what the field is there.
    `resident_chooses` when they are offered its choices besides, and may leave them alone.
    `unless` is another field with an answer that leaves nothing to ask here.
    """

    name: str
    kind: Kind = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    limit: int = LONG
    words: str = ""
    no: str = ""
    prefill: Prefill = ""
    prefill_from: str = ""
    names_a_field: bool = False
    resident_may_omit: bool = False
    resident_chooses: bool = False
    on_own_page: str = ""
    unless: tuple[str, str] | None = None

    def is_required_with(self, sent: Mapping[str, str]) -> bool:
        """Whether the form asks for it, the other answers being these."""
        return self.required and not (self.unless and sent.get(self.unless[0]) == self.unless[1])

    @property
    def is_answered(self) -> bool:
        """Whether one of its choices holds unless another is made, so that none is blank."""
        return self.required or self.prefill == LAST_CHOICE

    @property
    def is_kept(self) -> bool:
        """Whether what is on record holds unless another is given; blank takes it away."""
        return self.prefill == RECORDED


class Verb(Struct, frozen=True):
    """One row.

    `command` is what is asked of a complaint; a right without one is asked where somebody
    looks. `who` are the scopes of the roles, in their order. `decision` is where its decision
    stands under `domain.decisions`; it is imported at first use. `by_resident` when the
    resident may do it with the code, and `event` the kind of what is then recorded;
    `after_end` when it can be asked of a complaint that has ended; `impartial` when nobody may
    do it who is complained about; `owners_too` when an owner may do it whatever their post;
    `grave` when it is not easily taken back; `at_once` when it does not wait for its letters
    to be read first; `appends` when it is added whatever else happened meanwhile; `erases` when
    personal data go, which its form lists. `asks_contact` when it asks, before its own fields,
    for those of the complaint form that a correction may change: `chalicelib.fields` says which.
    `unasked` are what its command takes besides, which no form asks for.
    `of_one` when it concerns one resident alone, so that it is done where theirs is though the
    matter goes on under another.
    `of_department` when the department complained about may do it though the resident complains
    in confidence.
    """

    name: str
    command: type[Any] | None = None
    decision: str = ""
    who: tuple[str | None, ...] = ()
    fields: tuple[Field, ...] = ()
    by_resident: bool = False
    event: str = ""
    after_end: bool = False
    impartial: bool = False
    owners_too: bool = False
    grave: bool = False
    at_once: bool = False
    appends: bool = False
    erases: bool = False
    asks_contact: bool = False
    unasked: tuple[str, ...] = ()
    of_one: bool = False
    of_department: bool = False

    @property
    def scopes(self) -> dict[str, str]:
        """The scope in which each role may do it; a role that is not there may not."""
        return {role: one for role, one in zip(ROLES, self.who, strict=False) if one}

    def asked(self, by: str, **values: object) -> PersonCommand:
        """Its command as this person asks it. Raises TypeError for what it does not take.

        The words of a contact are given by their names, as every other field is.
        """
        if self.command is None:
            raise TypeError(f"{self.name} is a right and no command.")
        if self.asks_contact:
            values = _with_contact(self.command, values)
        command: PersonCommand = self.command(by=by, **values)
        return command

    def needs(self, field: Field) -> bool:
        """Whether its command cannot be made without this field."""
        known = fields_of(self.command) if self.command else ()
        return any(one.name == field.name and one.required for one in known)

    @property
    def is_staff_verb(self) -> bool:
        """Whether it is one that the staff do to a complaint."""
        return bool(self.who) and self.command is not None


def _with_contact(command: type[Any], values: Mapping[str, object]) -> dict[str, object]:
    """The values of a command, the words of the contact gathered in one of them."""
    own = {name: value for name, value in values.items() if name in command.__struct_fields__}
    return own | {"words": {name: text for name, text in values.items() if name not in own}}


def _optional(name: str, kind: Kind = "text", **rest: Any) -> Field:  # noqa: ANN401 - as `Field` takes them
    return Field(name, kind, required=False, **rest)


def _yes_no(name: str, no: str) -> Field:
    return _optional(name, "yes_no", choices=YES_NO, no=no)


def _replied(name: str, prefill_from: str = "") -> Field:
    return _optional(name, prefill="replied", prefill_from=prefill_from)


_NOTE, _REASON, _TEXT, _SAID = (
    Field("note"),
    Field("reason"),
    Field("text"),
    Field("text", limit=SAID),
)
_HOW_TOLD = Field("told_by", "choice", choices=TOLD_BY, prefill="preferred_telling")
_HOW_SAID = Field("told_by", "choice", choices=SAID_BY, on_own_page=PAGE)
_TOLD_AT = _optional("told_at", "moment")
_SEVERITY, _CAUSE = (
    _optional("severity", "severity"),
    _optional("cause", "choice", choices=CAUSES),
)
_LESSON = _optional("lesson")
_HOW_SATISFIED = _optional("satisfaction", "choice", choices=SATISFACTION, resident_chooses=True)

#                 receptionist, supervisor,  head,         manager,     leadership
_EVERYWHERE =    ("community", "community", "department", "community", "company")  # fmt: skip
_FRONT_DESK =    ("community", "community", None,         "community", None)  # fmt: skip
_IN_COMPANY =    ("community", "community", None,         "community", "company")  # fmt: skip
_OWNER =         (None,        "own",       "own",        "own",       "own")  # fmt: skip
_DECIDING =      (None,        "community", None,         "community", "company")  # fmt: skip
_OWNER_DECIDING = (None,       "own",       None,         "own",       "own")  # fmt: skip
_GIVING_ON =     (None,        "community", "own",        "community", "company")  # fmt: skip
_RESIDENT_WORD = ("community", "community", "own",        "community", "company")  # fmt: skip
_MERGING =       (None,        "community", None,         "community", None)  # fmt: skip
_FEEDBACK =      (None,        None,        "department", "community", "company")  # fmt: skip
_ANSWERABLE =    (None,        None,        None,         "community", "company")  # fmt: skip

VERBS: tuple[Verb, ...] = (
    # What needs no command: it is asked where somebody looks.
    Verb("see", who=_EVERYWHERE, owners_too=True, of_department=True),
    Verb("receive", who=_FRONT_DESK),
    Verb("read-log", who=_IN_COMPANY),
    Verb("write-log", who=_FRONT_DESK),
    Verb("see-letters", who=_DECIDING),
    Verb("read-report", who=_DECIDING),
    Verb("write-report", who=_MERGING),
    Verb("countersign-report", who=_ANSWERABLE),
    # What the staff do to a complaint, in the order of its page.
    Verb(
        "acknowledge",
        commands.Acknowledge,
        "handling.acknowledge",
        _OWNER,
        (
            Field("reached", "yes_no", choices=YES_NO, no="unreached"),
            _HOW_TOLD,
            _TOLD_AT,
        ),
        of_one=True,
    ),
    Verb(
        "agree-time",
        commands.AgreeTime,
        "handling.agree_time",
        _OWNER,
        (
            Field("at", "moment"),
            _NOTE,
            _optional("told_by", "choice", choices=TOLD_BY, prefill="preferred_telling"),
        ),
        of_one=True,
    ),
    Verb(
        "update", commands.Update, "correspondence.update", _OWNER, (_SAID, _HOW_TOLD), of_one=True
    ),
    Verb(
        "await-answer",
        commands.AwaitAnswer,
        "promise_keeping.await_answer",
        _OWNER,
        (_SAID, _HOW_TOLD),
        of_one=True,
    ),
    Verb(
        "message",
        commands.Message,
        "correspondence.message",
        _RESIDENT_WORD,
        (_SAID,),
        by_resident=True,
        event="messaged",
        of_one=True,
    ),
    Verb(
        "reply",
        commands.Reply,
        "handling.reply",
        _OWNER,
        (
            _TEXT,
            Field("done"),
            _HOW_TOLD,
            _TOLD_AT,
            _optional("follow_up_by", "moment"),
            _optional("root_cause"),
            _LESSON,
            replace(_yes_no("close_when_sent", no="keep-open"), prefill=LAST_CHOICE),
        ),
        impartial=True,
        of_one=True,
    ),
    Verb(
        "settle",
        commands.Settle,
        "settling.settle",
        _OWNER_DECIDING,
        (
            Field("valid", "yes_no", choices=YES_NO, no="invalid", prefill="first_choice"),
            replace(_SEVERITY, prefill="verdict"),
            replace(_CAUSE, prefill="known_cause"),
            _TEXT,
            Field("done"),
            Field("told_by", "choice", choices=SPOKEN_BY),
            _TOLD_AT,
            Field("root_cause", unless=("valid", "no")),
            _LESSON,
            _REASON,
        ),
        impartial=True,
    ),
    Verb(
        "follow-up", commands.FollowUp, "promise_keeping.follow_up", _OWNER, (_TEXT,), of_one=True
    ),
    Verb(
        "close",
        commands.Close,
        "ending.close",
        _OWNER,
        (_replied("root_cause"), _replied("remedy", "done"), _replied("lesson")),
        impartial=True,
    ),
    Verb(
        "judge",
        commands.Judge,
        "judging.judge",
        _DECIDING,
        (
            _yes_no("valid", no="invalid"),
            _SEVERITY,
            _optional("about", "department"),
            _optional("meant", "meant"),
            _CAUSE,
            _yes_no("caused_by_us", no="caused-by-others"),
            _yes_no("slight", no="not-slight"),
            _REASON,
        ),
        impartial=True,
    ),
    Verb(
        "record-facts",
        commands.RecordFacts,
        "promise_keeping.record_facts",
        _RESIDENT_WORD,
        (
            _yes_no("hurt", no="not-hurt"),
            _optional("loss", "amount", limit=20),
            _optional("times_raised", "count", limit=10),
            _REASON,
        ),
        of_one=True,
    ),
    Verb(
        "hand-over",
        commands.HandOver,
        "ownership.hand_over",
        _GIVING_ON,
        (Field("to", "person"), _NOTE),
        impartial=True,
        unasked=("together",),
    ),
    Verb("hand-back", commands.HandBack, "ownership.hand_back", _OWNER, (_NOTE,)),
    Verb(
        "record-confidence",
        commands.RecordConfidence,
        "confidence.record_confidence",
        _RESIDENT_WORD,
        (
            Field("in_confidence", "yes_no", choices=YES_NO, no="not-in-confidence"),
            _HOW_SAID,
            _SAID,
        ),
        after_end=True,
    ),
    Verb(
        "pass-on",
        commands.PassOn,
        "confidence.pass_on",
        _OWNER,
        (
            Field("place", "line", limit=200, prefill="passed_on"),
            Field("description", prefill="passed_on"),
            Field("request", limit=SAID, prefill="passed_on"),
            _optional("more"),
            _optional("photos", "yes_no", choices=YES_NO, no="no-photos", words="photos_passed"),
        ),
    ),
    Verb(
        "give-feedback",
        commands.GiveFeedback,
        "handling.give_feedback",
        _FEEDBACK,
        (_TEXT,),
        of_department=True,
    ),
    Verb(
        "note",
        commands.Note,
        "handling.note",
        _EVERYWHERE,
        (_TEXT, _optional("corrects", "choice", choices=ITEMS, words="item")),
        after_end=True,
        owners_too=True,
        appends=True,
        of_one=True,
        of_department=True,
    ),
    Verb(
        "call-for-help",
        commands.CallForHelp,
        "handling.call_for_help",
        _FRONT_DESK,
        (Field("whom", "role", choices=CALLED, prefill="first_choice"), _optional("note")),
        at_once=True,
        of_department=True,
    ),
    Verb(
        "confirm",
        commands.Confirm,
        "reopening.confirm",
        _RESIDENT_WORD,
        (_HOW_SAID, _HOW_SATISFIED, _optional("text")),
        by_resident=True,
        event="confirmed",
        after_end=True,
        of_one=True,
    ),
    Verb(
        "dispute",
        commands.Dispute,
        "reopening.dispute",
        _RESIDENT_WORD,
        (_HOW_SAID, _HOW_SATISFIED, Field("text", resident_may_omit=True)),
        by_resident=True,
        event="disputed",
        after_end=True,
        of_one=True,
    ),
    Verb(
        "return-visit",
        commands.ReturnVisit,
        "reopening.return_visit",
        _RESIDENT_WORD,
        (
            Field("held", "held", choices=(*YES_NO, UNREACHED)),
            Field("satisfaction", "choice", choices=SATISFACTION, unless=("held", UNREACHED)),
            _HOW_SAID,
            _optional("text"),
        ),
        after_end=True,
        of_one=True,
    ),
    Verb(
        "correct-contact",
        commands.CorrectContact,
        "contact.correct_contact",
        _IN_COMPANY,
        (_REASON,),
        asks_contact=True,
        after_end=True,
        of_one=True,
    ),
    Verb(
        "renew-code",
        commands.RenewCode,
        "correspondence.renew_code",
        _IN_COMPANY,
        (_REASON,),
        after_end=True,
        of_one=True,
    ),
    Verb(
        "withdraw",
        commands.Withdraw,
        "ending.withdraw",
        _RESIDENT_WORD,
        (Field("reason", resident_may_omit=True),),
        by_resident=True,
        event="withdrawn",
        grave=True,
        of_one=True,
    ),
    Verb(
        "merge",
        commands.Merge,
        "merging.merge",
        _MERGING,
        (Field("into", "reference", limit=40), _REASON),
        grave=True,
    ),
    Verb(
        "separate",
        commands.Separate,
        "merging.separate",
        _MERGING,
        (_REASON,),
        after_end=True,
        of_one=True,
    ),
    Verb("reopen", commands.Reopen, "reopening.reopen", _DECIDING, (_REASON,), after_end=True),
    Verb(
        "erase",
        commands.Erase,
        "ending.erase",
        _ANSWERABLE,
        (Field("typed_reference", "reference", limit=40), _REASON),
        after_end=True,
        grave=True,
        erases=True,
        unasked=("entries", "lessons"),
        of_one=True,
    ),
    # Further rights to look and to keep the directory.
    Verb("export", who=_ANSWERABLE),
    Verb("see-access", who=_ANSWERABLE),
    Verb("edit-staff", who=_ANSWERABLE),
    # What the resident's page, other complaints, storage and the clock ask.
    Verb("ask-code", commands.AskCode, "correspondence.ask_code", by_resident=True, after_end=True),
    Verb("assign-owner", commands.AssignOwner, "ownership.assign_owner"),
    Verb("replace-absent-owner", commands.ReplaceAbsentOwner, "ownership.replace_absent_owner"),
    Verb("give-back", commands.GiveBack, "ownership.give_back"),
    Verb("absorb", commands.Absorb, "merging.absorb"),
    Verb("join", commands.Join, "merging.join", after_end=True),
    Verb("pass-down", commands.PassDown, "passing_on.pass_down", after_end=True),
    Verb("pass-up", commands.PassUp, "passing_on.pass_up", after_end=True),
    Verb("let-go", commands.LetGo, "merging.let_go", after_end=True),
    Verb("link", commands.Link, "repeats.link", after_end=True),
    Verb("repeat", commands.Repeat, "repeats.repeat", after_end=True),
    Verb("add-photo", commands.AddPhoto, "photos.add_photo", after_end=True),
    Verb("refuse-photo", commands.RefusePhoto, "photos.refuse_photo", after_end=True),
    Verb("record-delivery", commands.RecordDelivery, "delivery.record_delivery", after_end=True),
    Verb("end-elsewhere", commands.EndElsewhere, "ending.end_elsewhere"),
    Verb(
        "check-deadlines",
        commands.CheckDeadlines,
        "checking.check_deadlines",
        after_end=True,
    ),
)

BY_NAME: Mapping[str, Verb] = {one.name: one for one in VERBS}
STAFF_VERBS: Mapping[str, Verb] = {one.name: one for one in VERBS if one.is_staff_verb}
"""The verbs of the staff, by the name in paths and on the command line, in the page's order."""


GROUPS: Mapping[str, tuple[str, ...]] = {
    "resident": ("acknowledge", "update", "agree-time", "await-answer", "message"),
    "matter": (
        "judge",
        "record-facts",
        "record-confidence",
        "pass-on",
        "give-feedback",
        "note",
        "call-for-help",
    ),
    "owner": ("hand-over", "hand-back"),
    "answer": ("settle", "reply", "follow-up", "confirm", "dispute", "return-visit", "close"),
    "end": ("withdraw", "merge", "separate", "reopen"),
    "data": ("correct-contact", "renew-code", "erase"),
}
"""The verbs of a complaint's page in groups, in the page's order."""

_BY_COMMAND: Mapping[type[Any], Verb] = {one.command: one for one in VERBS if one.command}


def verb_of(command: object) -> Verb:
    """The row of a command. Raises KeyError for what is no command."""
    return _BY_COMMAND[type(command)]
