"""What staff may do, when, and why else it is refused (principles 1, 2 and 4)."""

import pytest

from chalicelib.domain.commands import (
    Absorb,
    AssignOwner,
    CallForHelp,
    Close,
    EndElsewhere,
    HandOver,
    Judge,
    Merge,
    Message,
    Note,
    ReplaceAbsentOwner,
    Reply,
    Withdraw,
)
from chalicelib.domain.model import RESIDENT
from support.examples import (
    DIRECTORY,
    a_life,
    a_part,
    acknowledge,
    agree,
    at,
    close,
    feedback,
    hand_back,
    hand_over,
    judge,
    reply,
    staff_but,
    update,
)
from support.values import replace

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
OWNER, OTHER = "jade-manager", "jade-supervisor"
VALID = judge(valid=True)


# ── Acknowledging ────────────────────────────────────────────────────────


def test_the_owner_acknowledges():
    """Accepting is the owner's acknowledgement, and the moment is kept."""
    complaint = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER)).complaint
    assert complaint.status == "acknowledged"
    assert complaint.acknowledged_at == at(TUESDAY)


def test_it_is_acknowledged_once():
    """A second acknowledgement is refused."""
    life = a_life(MONDAY).on(TUESDAY, acknowledge(OWNER))
    assert life.refusal(TUESDAY, acknowledge(OWNER)).code == "acknowledged_already"


def test_a_reply_acknowledges_too():
    """Who has replied need not acknowledge any more."""
    life = a_life(MONDAY).on(TUESDAY, reply(OWNER))
    assert life.complaint.acknowledged_at == at(TUESDAY)
    assert life.refusal(TUESDAY, acknowledge(OWNER)).code == "acknowledged_already"


@pytest.mark.parametrize("verb", [acknowledge, reply, close])
def test_only_the_owner_accepts_replies_and_closes(verb):
    """Who accepts a complaint follows it up and replies to it; the refusal names the owner."""
    refused = a_life(MONDAY).refusal(TUESDAY, verb(OTHER))
    assert refused.code == "not_owner"
    assert refused.params["owner"] == DIRECTORY.person(OWNER).name


# ── Replying ─────────────────────────────────────────────────────────────


def test_a_reply_by_email_needs_an_address():
    """A reply cannot go by e-mail to a resident who gave only a telephone number."""
    life = a_life(MONDAY, reachable_by=("phone",))
    assert life.refusal(TUESDAY, reply(OWNER)).code == "no_email"
    assert life.on(TUESDAY, reply(OWNER, "telephone")).complaint.is_solved


@pytest.mark.parametrize(
    ("told_at", "fits"),
    [
        ("Monday 2026-11-23 09:59:59", False),
        (MONDAY, True),
        ("Monday 2026-11-23 17:00", True),
        (TUESDAY, True),
        ("Tuesday 2026-11-24 10:00:01", False),
    ],
)
def test_nobody_was_told_before_receipt_or_in_the_future(told_at, fits):
    """The resident was told between receipt and now."""
    life, told = a_life(MONDAY), reply(OWNER, "telephone", told_at=at(told_at))
    if fits:
        assert life.on(TUESDAY, told).complaint.replied_at == at(told_at)
    else:
        assert life.refusal(TUESDAY, told).code == "told_at_impossible"


def test_a_reply_now_is_told_now():
    """Without another moment, the resident was told when the reply was written."""
    assert a_life(MONDAY).on(TUESDAY, reply(OWNER)).complaint.replied_at == at(TUESDAY)


# ── Text that must be there ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (Reply(OWNER, " \n"), "text"),
        (Note(OTHER, ""), "text"),
        (HandOver(OWNER, "jade-receptionist", " "), "note"),
        (Judge(OTHER, " ", valid=True), "reason"),
    ],
)
def test_no_verb_goes_without_its_words(command, name):
    """A reply, a note, a handing over and a judgement say something, or are refused."""
    refused = a_life(MONDAY).refusal(TUESDAY, command)
    assert (refused.code, refused.params["name"]) == ("text_missing", name)


def test_what_was_written_stands_beside_the_event():
    """Free text is kept apart from the event, trimmed, so that it can be erased."""
    [record] = a_life(MONDAY).on(TUESDAY, Note(OTHER, "  Rang twice. ")).latest
    assert (record.kind, record.by, record.words) == ("noted", OTHER, {"text": "Rang twice."})


# ── Closing ──────────────────────────────────────────────────────────────

EVERYTHING = Close(OWNER, root_cause="Worn seal.", remedy="Replaced.", lesson="Check risers.")


@pytest.mark.parametrize(
    ("done", "command", "lacking"),
    [
        ((), Close(OWNER), ("valid", "reply", "root_cause", "remedy")),
        ((reply(OWNER),), EVERYTHING, ("valid",)),
        ((VALID,), EVERYTHING, ("reply",)),
        ((VALID, acknowledge(OWNER)), EVERYTHING, ("reply",)),
        ((VALID, reply(OWNER)), replace(EVERYTHING, root_cause=" "), ("root_cause",)),
        ((VALID, reply(OWNER)), replace(EVERYTHING, remedy=""), ("remedy",)),
        ((judge(valid=False),), EVERYTHING, ("explanation",)),
        ((reply(OWNER), judge(valid=False)), EVERYTHING, ("explanation",)),
        ((judge(valid=False), reply(OWNER), VALID), EVERYTHING, ("reply",)),
    ],
)
def test_closing_names_everything_it_lacks(done, command, lacking):
    """Closing needs a valid judgement, a reply, a root cause and a remedy, or an explanation."""
    refused = a_life(MONDAY).on(TUESDAY, *done).refusal(TUESDAY, command)
    assert (refused.code, refused.params["lacking"]) == ("close_lacks", lacking)


def test_closed_when_all_is_there():
    """With everything there it is closed, and cause, remedy and lesson are on the record."""
    life = a_life(MONDAY).on(TUESDAY, VALID, reply(OWNER), EVERYTHING)
    assert life.complaint.status == "closed"
    assert life.complaint.ended_at == at(TUESDAY)
    assert life.latest[0].words == {
        "root_cause": "Worn seal.",
        "remedy": "Replaced.",
        "lesson": "Check risers.",
    }


def test_a_lesson_is_not_required():
    """A lesson that is not there leaves no empty words behind."""
    life = a_life(MONDAY).on(TUESDAY, VALID, reply(OWNER), close(OWNER))
    assert set(life.latest[0].words) == {"root_cause", "remedy"}


def test_an_invalid_complaint_ends_as_invalid_once_explained():
    """An invalid complaint still gets an explanation, and then needs no root cause."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False), reply(OWNER), Close(OWNER))
    assert life.complaint.status == "invalid"
    assert not life.complaint.is_solved


def test_explained_and_judged_valid_again_it_waits_for_a_reply():
    """An explanation is no reply: judged valid again, the complaint is being handled once more."""
    life = a_life(MONDAY).on(TUESDAY, judge(valid=False), reply(OWNER), VALID)
    assert life.complaint.status == "acknowledged"


# ── Handing over ─────────────────────────────────────────────────────────


def test_handed_over_it_is_somebody_else_s():
    """Handing over changes the owner, keeps the note and lets only the new one reply."""
    life = a_life(MONDAY).on(TUESDAY, hand_over(OWNER, "head-of-engineering"))
    assert life.owner == "head-of-engineering"
    assert life.complaint.owner.role == "department_head"
    assert life.latest[0].event.before.staff == OWNER
    assert life.latest[0].words == {"note": "The riser is yours to open."}
    assert life.refusal(TUESDAY, reply(OWNER)).code == "not_owner"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("nobody-known", "cannot_receive"),
        ("maple-manager", "cannot_receive"),
        ("head-of-cleaning", "cannot_receive"),
        (OWNER, "owner_already"),
    ],
)
def test_who_cannot_have_it(to, code):
    """It goes only to somebody enabled who serves the community and has it not already."""
    life = a_life(MONDAY).among(staff_but(head_of_cleaning={"disabled": True}))
    refused = life.refusal(TUESDAY, hand_over(OWNER, to))
    assert (refused.code, refused.params["to"]) == (code, to)


# ── The end ──────────────────────────────────────────────────────────────

ENDS = {
    "closed": (VALID, reply(OWNER), close(OWNER)),
    "invalid": (judge(valid=False), reply(OWNER), close(OWNER)),
    "ended_elsewhere": (EndElsewhere(at(MONDAY)),),
}
VERBS = (
    AssignOwner(),
    acknowledge(OWNER),
    VALID,
    hand_over(OWNER, OTHER),
    hand_back(OWNER),
    agree(OWNER, "Friday 2026-11-27 10:00"),
    CallForHelp(OWNER, "property_manager"),
    feedback(),
    reply(OWNER),
    close(OWNER),
    Withdraw(OWNER, "All well."),
    Merge(OWNER, "00000-00000", "The same leak."),
    Absorb((a_part("00000-00000"),)),
    ReplaceAbsentOwner(),
    EndElsewhere(at(MONDAY)),
    Message(RESIDENT, "Still dripping."),
    update(OWNER),
)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: type(verb).__name__)
def test_after_the_end_nothing_is_done_any_more(end, verb):
    """The verbs of the handling are refused after the end, and the refusal says how it ended."""
    ended = a_life(MONDAY).on(TUESDAY, *ENDS[end])
    assert not ended.complaint.is_open
    refused = ended.refusal(TUESDAY, verb)
    assert (refused.code, refused.params["status"]) == ("ended", end)


def test_an_import_that_had_ended_keeps_its_own_date():
    """A complaint that ended elsewhere ended then, and claims no reply."""
    complaint = a_life(TUESDAY).on(TUESDAY, EndElsewhere(at(MONDAY))).complaint
    assert complaint.ended_at == at(MONDAY)
    assert not complaint.is_solved


def test_nobody_is_handed_a_complaint_about_themselves():
    """Handing over to the person whom the resident names is refused (principle 1, our setting)."""
    life = a_life("Monday 2026-11-23 10:00", cause="service")
    life = life.among(life.context.directory, conflicted_staff=("jade-supervisor",))
    refusal = life.refusal("Monday 2026-11-23 11:00", hand_over("jade-manager", "jade-supervisor"))
    assert refusal.code == "complained_about"


def test_a_letter_is_told_when_it_is_sent():
    """A reply by e-mail counts from now, whatever time is given with it."""
    life = a_life("Monday 2026-11-23 10:00", cause="service")
    early = reply("jade-manager", told_at=at("Monday 2026-11-23 10:30"))
    life = life.on("Monday 2026-11-23 12:00", early)
    assert life.complaint.replied_at == at("Monday 2026-11-23 12:00")
