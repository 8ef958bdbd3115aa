"""What several complaints about one matter make together: facts of all, and who still waits.

Here alone is decided how what one resident said goes with what the others said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from chalicelib.domain.model import UNSURE, Complaint, Part, Verdict, Voice

CAUSES_GRAVEST_FIRST = ("promise", "service", "facility", UNSURE)
"""A promise not kept is a fault of the service too (5.1.1, 5.2.1), and both outweigh a limit."""
SPOKEN = frozenset({"cause", "hurt", "loss", "caused_by_us", "slight", "valid"})
"""What holds for all of them once somebody has judged or recorded it of the matter."""


def voice_of(complaint: Complaint) -> Voice:
    """What this complaint says by itself, whatever goes on under it."""
    if complaint.own:
        return complaint.own
    return Voice(**{name: getattr(complaint, name) for name in Voice.__struct_fields__})


def part_of(complaint: Complaint, home: str) -> Part:
    """The complaint as the one under which it goes on knows it."""
    invalid = complaint.valid is False
    return Part(
        reference=complaint.reference,
        home=home,
        voice=voice_of(complaint),
        by_email=complaint.gets_mail,
        answered_at=complaint.explained_at if invalid else complaint.replied_at,
        confirmed_at=complaint.confirmed_at,
        withdrawn_at=complaint.ended_at if complaint.status == "withdrawn" else None,
    )


def with_parts(
    complaint: Complaint, parts: tuple[Part, ...], own: Voice | None = None
) -> Complaint:
    """The complaint with these parts, its facts made anew of all; without any they are its own."""
    own = own or voice_of(complaint)
    facts = _joined(complaint.reference, own, parts)
    return replace(complaint, parts=parts, own=own if parts else None, **facts)


def said_of_all(complaint: Complaint, said: Mapping[str, Any]) -> Complaint:
    """Somebody judged or recorded this of the matter: so it is with each of them."""
    if not complaint.parts:
        return replace(complaint, **said)
    shared = {name: value for name, value in said.items() if name in SPOKEN}
    known = {name: value for name, value in said.items() if name in Voice.__struct_fields__}
    parts = tuple(replace(one, voice=replace(one.voice, **shared)) for one in complaint.parts)
    return with_parts(replace(complaint, **said), parts, replace(voice_of(complaint), **known))


def raised_once_more(complaint: Complaint) -> Complaint:
    """Its own resident raised it once more."""
    own = voice_of(complaint)
    again = {"times_said": own.times_said + 1, "times_raised": own.times_raised + 1}
    return said_of_all(complaint, again)


def answered_by_letter(complaint: Complaint, at: datetime) -> Complaint:
    """As it will be once the letter reached each of them who has an address."""
    parts = tuple(replace(one, answered_at=at) if one.by_email else one for one in complaint.parts)
    return replace(complaint, parts=parts)


def changed_parts(complaint: Complaint, parts: Iterable[Part], kind: str) -> Complaint:
    """The complaint with what some of its parts have come to by an event of that kind."""
    now = {one.reference: one for one in parts}
    names = ("times_said", "times_raised", *(_FACTS if kind == "facts_recorded" else ()))
    kept = tuple(
        _refreshed(one, now[one.reference], names) if one.reference in now else one
        for one in complaint.parts
    )
    return with_parts(complaint, kept) if complaint.parts else complaint


_FACTS = ("hurt", "loss")
"""What may become known of one of them alone; otherwise what was recorded of the matter holds."""


def _refreshed(before: Part, now: Part, names: Iterable[str]) -> Part:
    """What stands with its resident now, and this of what they say; the rest stays."""
    voice = replace(before.voice, **{name: getattr(now.voice, name) for name in names})
    return replace(now, home=before.home, voice=voice)


def joined_verdict(verdict: Verdict, others: Iterable[Verdict], clauses: Iterable[str]) -> Verdict:
    """The verdict on all together, with every finding there was of one; `clauses` gravest first."""
    found = [*verdict.findings, *(finding for one in others for finding in one.findings)]
    order = {number: place for place, number in enumerate(clauses)}
    findings = sorted(dict.fromkeys(found), key=lambda one: order.get(one.clause, len(order)))
    return replace(verdict, findings=tuple(findings))


def _joined(reference: str, own: Voice, parts: tuple[Part, ...]) -> dict[str, Any]:
    """The facts of all voices: what holds for one holds, and of amounts the largest counts."""
    voices = (own, *(one.voice for one in parts))
    return {
        **{name: any(getattr(one, name) for one in voices) for name in FLAGS},
        "cause": min((one.cause for one in voices), key=CAUSES_GRAVEST_FIRST.index),
        "loss": max((one.loss for one in voices if one.loss is not None), default=None),
        "caused_by_us": _ours(voices),
        "slight": _not_slight_first(voice.slight for voice in voices),
        "valid": _valid(one.valid for one in voices),
        "times_said": own.times_said,
        "times_raised": _times_raised(reference, own, parts),
    }


FLAGS = ("hurt",)
"""Facts that hold for all once they hold for one (`or`).

Whatever else a merge must never lose, as that one of them is in confidence, is a field of `Voice`
of the same name and stands here.
"""


def _ours(voices: tuple[Voice, ...]) -> bool | None:
    """Caused by others only where that was judged of each who was hurt or lost something."""
    harmed = [one for one in voices if one.hurt or (one.loss or Decimal(0)) > 0] or voices
    judged = [one.caused_by_us for one in harmed]
    if all(one is False for one in judged):
        return False
    return True if True in judged else None


def _not_slight_first(judged: Iterable[bool | None]) -> bool | None:
    known = [one for one in judged if one is not None]
    return all(known) if known else None


def _valid(judged: Iterable[bool | None]) -> bool | None:
    """Valid where one of them is; invalid only where each was judged so (2)."""
    found = set(judged)
    if True in found:
        return True
    return None if None in found else False


def _times_raised(reference: str, own: Voice, parts: tuple[Part, ...]) -> int:
    """Per home the highest said, plus one for each further complaint of it; never over homes."""
    said = defaultdict(list)
    said[reference].append(own.times_said)
    for one in parts:
        said[one.home].append(one.voice.times_said)
    homes = (max(times) + len(times) - 1 for times in said.values())
    known = (own.times_raised, *(one.voice.times_raised for one in parts))
    return max(*homes, *known)
