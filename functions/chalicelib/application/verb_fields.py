"""What each verb of the staff asks for, field by field, on every page that offers it."""

from dataclasses import dataclass

from chalicelib.domain import verbs
from chalicelib.domain.model import CAUSES, YES_NO
from chalicelib.domain.verbs import BY_NAME
from chalicelib.fields import asked_of

TOLD_BY = ("email", "telephone", "visit", "letter")
SAID_BY = ("telephone", "visit", "letter", "email")
CORRECTABLE = ("when_where", "about", "what", "request", "contact")
CALLED = ("customer_service_supervisor", "property_manager")
HELD = ("yes", "no", "unreached")
LONG, SAID, SHORT = 4000, 2000, 200


@dataclass(frozen=True)
class Field:
    """One field: `kind` is area, line, choice, moment or person.

    `choices` are keys; ``severity``, ``cause`` and the like name whose keys they are in
    the words. A choice that is not required offers to leave things as they are.
    """

    name: str
    kind: str = "area"
    required: bool = True
    choices: tuple[str, ...] = ()
    limit: int = LONG


def _optional(name: str, kind: str = "area", choices: tuple[str, ...] = ()) -> Field:
    return Field(name, kind, required=False, choices=choices)


def _line(name: str, *, required: bool = False, limit: int = SHORT) -> Field:
    return Field(name, "line", required=required, limit=limit)


def _as_field(one: verbs.Field) -> Field:
    kind = {"text": "area", "choice": "choice"}.get(one.kind, "line")
    return Field(one.name, kind, one.required, one.choices, one.limit)


FIELDS: dict[str, tuple[Field, ...]] = {
    "acknowledge": (),
    "agree-time": (Field("at", "moment"), Field("note")),
    "update": (Field("text", limit=SAID), Field("told_by", "choice", choices=TOLD_BY)),
    "await-answer": (Field("text", limit=SAID), Field("told_by", "choice", choices=TOLD_BY)),
    "message": (Field("text", limit=SAID),),
    "reply": (
        Field("text"),
        Field("done"),
        Field("told_by", "choice", choices=TOLD_BY),
        _optional("told_at", "moment"),
        _optional("follow_up_by", "moment"),
        _optional("root_cause"),
        _optional("lesson"),
    ),
    "follow-up": (Field("text"),),
    "close": (_optional("root_cause"), _optional("remedy"), _optional("lesson")),
    "judge": (
        _optional("valid", "choice", choices=YES_NO),
        _optional("severity", "severity"),
        _optional("about", "department"),
        _optional("cause", "choice", choices=CAUSES),
        _optional("caused_by_us", "choice", choices=YES_NO),
        _optional("slight", "choice", choices=YES_NO),
        Field("reason"),
    ),
    "record-facts": (
        _optional("hurt", "choice", choices=YES_NO),
        _line("loss", limit=20),
        _line("times_raised", limit=10),
        Field("reason"),
    ),
    "hand-over": (Field("to", "person"), Field("note")),
    "hand-back": (Field("note"),),
    "give-feedback": (Field("text"),),
    "note": (Field("text"), _optional("corrects", "choice", choices=CORRECTABLE)),
    "call-for-help": (Field("whom", "choice", choices=CALLED), _optional("note")),
    "confirm": (Field("told_by", "choice", choices=SAID_BY), _optional("text")),
    "dispute": (Field("told_by", "choice", choices=SAID_BY), Field("text")),
    "return-visit": (
        Field("held", "choice", choices=HELD),
        Field("told_by", "choice", choices=SAID_BY),
        _optional("text"),
    ),
    "correct-contact": tuple(_as_field(one) for one in asked_of(BY_NAME["correct-contact"])),
    "renew-code": (Field("reason"),),
    "withdraw": (Field("reason"),),
    "merge": (_line("into", required=True, limit=40), Field("reason")),
    "reopen": (Field("reason"),),
    "erase": (Field("reason"),),
}
"""Each verb of the staff, in the order of the complaint's page, with what it asks for."""
