"""What stands in the form of a verb that nobody has touched: what is on the record already."""

from collections.abc import Callable, Mapping

from chalicelib.application.history import History
from chalicelib.domain.verbs import RECORDED, Field, Verb

_TOLD_BY = {"email": "email", "phone": "telephone", "visit": "visit"}
"""How the resident is told something, by how they want to be reached."""


def prefilled(verb: Verb, history: History) -> dict[str, str]:
    """Each field of the verb that has something beforehand, with what that is."""
    return {one.name: PREFILLS[one.prefill](one, history) for one in verb.fields if one.prefill}


def _recorded(field: Field, history: History) -> str:
    return history.words.get(field.name, "")


def _passed_on(field: Field, history: History) -> str:
    """What the department was shown last; at first what the resident said, to be cut."""
    shown = [one.words for one in history.records if one.kind == "passed_on"]
    return (shown[-1] if shown else history.words).get(field.name, "")


def _preferred_contact(_: Field, history: History) -> str:
    return history.complaint.contact_by


def _preferred_telling(_: Field, history: History) -> str:
    """As they want to be reached; by telephone, or else a visit, where their address has failed."""
    complaint = history.complaint
    if complaint.contact_by == "email" and complaint.email_failed:
        return "telephone" if "phone" in complaint.reachable_by else "visit"
    return _TOLD_BY[complaint.contact_by]


def _replied(field: Field, history: History) -> str:
    """What the latest reply said in these words."""
    replies = [one.words for one in history.records if one.kind == "replied"]
    return replies[-1].get(field.prefill_from or field.name, "") if replies else ""


def _last_choice(field: Field, _: History) -> str:
    return field.choices[-1]


def _verdict(_: Field, history: History) -> str:
    """The severity that the facts make; nothing where a person must judge."""
    return history.complaint.verdict.severity or ""


def _known_cause(field: Field, history: History) -> str:
    """The cause, as the resident gave it or as it was judged; nothing where it is not known."""
    cause = history.complaint.cause
    return cause if cause in field.choices else ""


def _first_choice(field: Field, _: History) -> str:
    return field.choices[0]


PREFILLS: Mapping[str, Callable[[Field, History], str]] = {
    RECORDED: _recorded,
    "passed_on": _passed_on,
    "preferred_contact": _preferred_contact,
    "preferred_telling": _preferred_telling,
    "replied": _replied,
    "first_choice": _first_choice,
    "last_choice": _last_choice,
    "verdict": _verdict,
    "known_cause": _known_cause,
}
"""Where each `Field.prefill` is looked up."""
