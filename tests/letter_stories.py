"""One fixed story in which every letter is sent, in one language throughout.

Its facts stand here; what its people say and type comes from tests/letter_words.py.
"""

from datetime import date
from functools import cache

from chalicelib.application.outbox import EntryWritten
from chalicelib.application.records import ImportRun
from chalicelib.domain.commands import (
    Acknowledge,
    AgreeTime,
    AskCode,
    AwaitAnswer,
    CallForHelp,
    Close,
    Confirm,
    Dispute,
    GiveFeedback,
    HandBack,
    HandOver,
    Judge,
    Merge,
    Message,
    RenewCode,
    Reopen,
    ReplaceAbsentOwner,
    Reply,
    Update,
    Withdraw,
)
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.model import RESIDENT
from support.examples import at
from support.forms import POLICY
from support.letter_words import PLAIN
from support.load import complain
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, STAFF, SUPERVISOR
from support.values import replace

PARTS = {MANAGER.email: "owner", HEAD.email: "head", SUPERVISOR.email: "told"}
OF_NEGLECT = ("reminder", "warning")
_CATEGORIES = {
    "untouched": "water_power",
    "question": "lift",
    "agreed": "water_leak",
    "answered": "noise",
    "head's": "water_leak",
}
"""What a morning tells of, each complaint of another category or home."""
IN_PARTS = ("alert", "escalated", "disputed", "reopened", "gathered")


def letters(language, told=PLAIN):
    """Every letter of the story by its name: ``alert.owner``, ``reply``, ``undecided``."""
    return _letters(told[language])


@cache
def _letters(said):
    office = _office(said)
    told = dict(_of_a_leak(office, said))
    told |= _of_an_undecided_one(office, said)
    told |= _of_an_invalid_one(office, said)
    told |= _of_one_taken_in_at_the_desk(office, said)
    told |= _of_owners(office, said)
    told |= _of_ends(office, said)
    told |= _of_her_word(office, said)
    told |= _of_a_visit_by_telephone(office, said)
    told |= _of_neglect(said)
    told |= _of_a_storm(office, said)
    told |= _of_a_call_from_the_log(office, said)
    told |= _of_an_import(office, said)
    return told | _of_a_morning(said)


def _office(said):
    """The office on a Monday morning, its staff all readers of this language."""
    office = Office("Monday 2026-11-23 10:00")
    for person in STAFF:
        office.staff.put(replace(person, language=said.language))
    return office


def _of_a_leak(office, said):
    words = said["leak"]
    office.until("Monday 2026-11-23 10:00")
    reference = office.receive(**said.typed(form_id="leak", loss="1,200.50", times_raised="1"))
    office.until("Monday 2026-11-23 11:00").act(reference, Acknowledge(MANAGER.id))
    office.until("Wednesday 2026-12-23 10:00").sweep.go()
    office.deliver()
    office.act(reference, Judge(SUPERVISOR.id, words["judged"], valid=True))
    office.act(reference, HandOver(MANAGER.id, SUPERVISOR.id, words["handed_over"]))
    office.until("Thursday 2026-12-24 09:00")
    office.act(reference, Reply(SUPERVISOR.id, words["reply"]))
    office.act(reference, Close(SUPERVISOR.id, words["root_cause"], words["remedy"]))
    return _named(office, 0)


def _of_an_undecided_one(office, said):
    sent = len(office.mailer.sent)
    facts = {"form_id": "unsure", "cause": "unsure", "about": "unsure", "person": ""}
    office.receive(**said.typed("undecided", **facts))
    return {"undecided": _by_address(office, sent)[SUPERVISOR.email].written}


def _of_an_invalid_one(office, said):
    sent, words = len(office.mailer.sent), said["invalid"]
    reference = office.receive(**said.typed(form_id="invalid"))
    office.act(reference, Judge(SUPERVISOR.id, words["judged"], valid=False))
    office.act(reference, Reply(MANAGER.id, words["explanation"]))
    return {"explanation": _by_address(office, sent)["li@example.com"].written}


def _of_one_taken_in_at_the_desk(office, said):
    """Told by word of mouth, called for, answered, disputed and opened again."""
    sent, front_desk, words = len(office.mailer.sent), RECEPTIONIST.id, said["desk"]
    office.until("Monday 2026-11-23 10:00")
    reference = office.take_in(RECEPTIONIST, **said.typed(form_id="desk"))
    office.act(reference, CallForHelp(front_desk, "property_manager", words["help_called"]))
    office.act(reference, Acknowledge(MANAGER.id))
    friday = at("Friday 2026-11-27 15:00")
    office.act(reference, AgreeTime(MANAGER.id, friday, words["agreed"]))
    office.act(reference, GiveFeedback(HEAD.id, words["feedback"]))
    office.until("Friday 2026-11-27 14:00")
    more = {name: words[name] for name in ("done", "root_cause", "lesson")}
    office.act(reference, Reply(MANAGER.id, words["found"], **more))
    answered = _named(office, sent)
    office.act(reference, Judge(SUPERVISOR.id, words["judged"], valid=True))
    office.until("Monday 2026-11-30 10:00")
    office.act(reference, Dispute(front_desk, words["disputed"], "telephone"))
    office.act(reference, Reply(MANAGER.id, words["reply_again"]))
    office.act(reference, Close(MANAGER.id, words["root_cause_again"], words["remedy_again"]))
    told = _named(office, sent)
    sent = len(office.mailer.sent)
    office.act(reference, Reopen(LEADER.id, words["reopened"]))
    again = _named(office, sent)
    return {
        "reply_with_what_was_done": answered["reply"],
        "going_on": told["going_on"],
        "going_on.reopened": again["going_on"],
        **{name: told[name] for name in told if name.startswith("disputed")},
        **{name: again[name] for name in again if name.startswith("reopened")},
        **{name: told[name] for name in ("help_called", "agreed_time", "feedback_given")},
        "reply_told": answered["reply_told"],
    }


def _of_owners(office, said):
    """Handed over and back, lowered, and stood in for."""
    sent, words = len(office.mailer.sent), said["owners"]
    reference = office.receive(**said.typed(form_id="owners"))
    office.act(reference, HandOver(MANAGER.id, HEAD.id, words["handed_over"]))
    office.act(reference, HandBack(HEAD.id, words["handed_back"]))
    office.act(reference, HandOver(MANAGER.id, MANAGER.id, words["taken"]))
    office.act(reference, Judge(SUPERVISOR.id, words["lowered"], severity="minor"))
    office.staff.put(replace(SUPERVISOR, absent=True, deputy=HEAD.id, language=said.language))
    office.act(reference, ReplaceAbsentOwner())
    office.staff.put(replace(SUPERVISOR, language=said.language))
    told = _named(office, sent)
    return {name: told[name] for name in ("handed_back", "released", "lowered", "stood_in")}


def _of_ends(office, said):
    """Withdrawn, and merged into another of the same household."""
    sent = len(office.mailer.sent)
    into = office.receive(**said.typed(form_id="into"))
    for form_id, end in (
        ("withdrawn", Withdraw(SUPERVISOR.id, said["ends"]["withdrawn"])),
        ("merged", Merge(SUPERVISOR.id, into, said["ends"]["merged"])),
    ):
        office.act(office.receive(**said.typed(form_id=form_id)), end)
    told = _named(office, sent)
    return {name: told[name] for name in ("withdrawn", "merged")}


def _of_her_word(office, said):
    """A message, an update, her code, the return visit, and the same matter raised again."""
    sent, words = len(office.mailer.sent), said["lift"]
    office.until("Monday 2026-11-23 10:00")
    hers = said.typed("lift", unit="702", category="lift")
    reference = office.receive(form_id="her word", **hers)
    office.act(reference, Message(RESIDENT, words["message"]))
    office.act(reference, Update(MANAGER.id, words["update"]))
    office.act(reference, AskCode(RESIDENT))
    office.act(reference, RenewCode(SUPERVISOR.id, words["renewed"]))
    office.receive(form_id="again", **hers)
    office.act(reference, Judge(SUPERVISOR.id, words["judged"], valid=True))
    office.act(reference, Reply(MANAGER.id, words["reply"]))
    office.until("Monday 2026-11-30 10:00").sweep.go()
    office.deliver()
    office.act(reference, Confirm(RESIDENT, "page", words["confirmed"]))
    told = _named(office, sent)
    names = ("message", "update", "code_again", "code_renewed", "linked")
    return {name: told[name] for name in (*names, "return_visit", "confirmed")}


def _of_a_visit_by_telephone(office, said):
    """Who has no e-mail address is called."""
    sent = len(office.mailer.sent)
    office.until("Monday 2026-11-23 10:00")
    hers = said.typed("telephone", unit="905", category="noise", email=None)
    reference = office.receive(form_id="no address", **hers)
    reply = said["telephone"]["reply"]
    office.act(reference, Reply(MANAGER.id, reply, "telephone", office.clock.now()))
    office.until("Monday 2026-11-30 10:00").sweep.go()
    office.deliver()
    return {"visit_due": _named(office, sent)["visit_due"]}


def _of_neglect(said):
    """Nobody acts: reminded on the morning, when it is missed, rung by rung, and warned."""
    office = _office(said)
    reference = office.receive(**said.typed(form_id="neglect"))
    told = {}
    for name, moment, to in (
        ("reminder.ahead", "Tuesday 2026-11-24 09:00", MANAGER),
        ("reminder.owner", "Tuesday 2026-11-24 18:00", MANAGER),
        ("reminder.above", "Wednesday 2026-11-25 09:00", SUPERVISOR),
        ("reminder.head", "Thursday 2026-11-26 09:00", HEAD),
        ("reminder.up", "Friday 2026-11-27 09:00", LEADER),
        ("warning.owner", "Sunday 2026-12-13 10:00", MANAGER),
    ):
        if name.startswith("warning"):
            _go_round(office, "Sunday 2026-12-13 09:59")
        told[name] = _go_round(office, moment)[to.email].written
    told["warning.told"] = _told_of_the_month(said)
    sent = len(office.mailer.sent)
    office.act(reference, AwaitAnswer(MANAGER.id, said["neglect"]["question"]))
    return told | {"question": _by_address(office, sent)["li@example.com"].written}


def _told_of_the_month(said):
    """What the manager reads of a minor complaint that the supervisor has."""
    office = _office(said)
    office.receive(**said.typed("minor", form_id="minor", cause="facility"))
    _go_round(office, "Sunday 2026-12-13 09:59")
    return _go_round(office, "Sunday 2026-12-13 10:00")[MANAGER.email].written


def _go_round(office, moment):
    """One round at that moment, and the last letter that each address got of it."""
    sent = len(office.mailer.sent)
    office.until(moment).sweep.go()
    office.deliver()
    return _by_address(office, sent)


def _of_a_storm(office, said):
    """A power cut: what came after the first alerts is gathered, and some of it was done since."""
    office.until("Monday 2026-11-23 14:01")
    for number in range(POLICY.settings.gather_after):
        _complain(office, said, number)
    sent = len(office.mailer.sent)
    waiting = [_complain(office, said, number) for number in range(101, 105)]
    _complain(office, said, 105, "storm lift", cause="unsure", category="lift")
    _complain(office, said, 106, "storm basement", cause="facility")
    office.act(waiting[1], Acknowledge(MANAGER.id))
    office.act(waiting[2], GiveFeedback(HEAD.id, said["storm"]["feedback"]))
    office.act(waiting[3], Withdraw(SUPERVISOR.id, said["storm"]["withdrawn"]))
    office.until("Monday 2026-11-23 14:15").sweep.go()
    told = _named(office, sent)
    return {name: told[name] for name in told if name.startswith("gathered")}


def _complain(office, said, number, *container, **facts):
    return complain(office, number, **said.typed("storm", *container, unit=f"{number}", **facts))


def _of_a_call_from_the_log(office, said):
    sent = len(office.mailer.sent)
    entry = DutyLogEntry(
        community="jade-lake",
        on=date(2026, 11, 23),
        number=0,
        at=at("Monday 2026-11-23 10:20"),
        by=RECEPTIONIST.id,
        kind="call",
        words=said["log"],
        whom="property_manager",
    )
    number = office.duty_log.write(entry).number
    office.notifier.post(EntryWritten("jade-lake", date(2026, 11, 23), number))
    return {"help_called_log": _by_address(office, sent)[MANAGER.email].written}


def _of_an_import(office, said):
    sent = len(office.mailer.sent)
    counts = {MANAGER.id: {"major": 2, "important": 5, "": 1}}
    office.imports.finish(ImportRun("a-1", said["import"]["file"], counts, 40), office.clock.now())
    office.deliver()
    return {"import_summary": _by_address(office, sent)[MANAGER.email].written}


def _of_a_morning(said):
    """Wednesday's digest to the manager, and to a head who was handed one complaint."""
    office = Office("Monday 2026-11-23 10:00", digests=True)
    for person in STAFF:
        office.staff.put(replace(person, language=said.language))
    words = said["morning"]
    one_by_one = {
        name: _of_the_day(office, said, name, form_id=name, unit=f"{number}01", category=category)
        for number, (name, category) in enumerate(_CATEGORIES.items(), 1)
    }
    undecided = _of_the_day(office, said, "undecided", form_id="facts", unit="801", cause="unsure")
    office.until("Monday 2026-11-23 11:00")
    for name in ("question", "agreed", "answered"):
        office.act(one_by_one[name], Acknowledge(MANAGER.id))
        office.act(one_by_one[name], GiveFeedback(HEAD.id, words["feedback"]))
    office.act(one_by_one["question"], AwaitAnswer(MANAGER.id, words["question"]))
    friday = at("Friday 2026-11-27 15:00")
    office.act(one_by_one["agreed"], AgreeTime(MANAGER.id, friday, words["agreed"]))
    office.act(one_by_one["answered"], Judge(SUPERVISOR.id, words["judged"], valid=True))
    office.act(one_by_one["answered"], Reply(MANAGER.id, words["reply"]))
    office.act(undecided, Acknowledge(SUPERVISOR.id))
    office.act(undecided, GiveFeedback(HEAD.id, words["feedback"]))
    office.until("Tuesday 2026-11-24 10:00")
    _of_the_day(office, said, "minor", form_id="minor", unit="901", cause="facility")
    office.act(one_by_one["head's"], HandOver(MANAGER.id, HEAD.id, words["handed_over"]))
    office.until("Tuesday 2026-11-24 19:00")
    _of_the_day(office, said, "late", form_id="late", unit="902")
    sent = len(office.mailer.sent)
    office.until("Wednesday 2026-11-25 09:00").sweep.go()
    office.deliver()
    told = {
        (letter, mail.to): mail.written
        for (letter, _, _), mail in zip(
            list(office.letters.sent.values())[sent:], office.mailer.sent[sent:], strict=True
        )
    }
    return {
        "digest": told["digest", MANAGER.email],
        "digest.owner": told["digest", HEAD.email],
    }


def _of_the_day(office, said, name, **facts):
    return office.receive(**said.typed("morning", f"morning {name}", **facts))


def _named(office, sent):
    """Each letter under its name, one for each part where it has parts."""
    named = {}
    letters_sent = [letter for letter, _, _ in office.letters.sent.values()]
    for letter, mail in list(zip(letters_sent, office.mailer.sent, strict=True))[sent:]:
        part = f".{PARTS[mail.to]}" if letter in IN_PARTS and mail.to in PARTS else ""
        if letter not in OF_NEGLECT and (part or letter not in IN_PARTS):
            named[f"{letter}{part}"] = mail.written
    return named


def _by_address(office, sent):
    return {mail.to: mail for mail in office.mailer.sent[sent:]}
