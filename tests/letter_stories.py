"""One fixed story in which every letter is sent, in one language throughout."""

from dataclasses import replace
from functools import cache

from chalicelib.domain.commands import Acknowledge, Close, HandOver, Judge, Reply
from chalicelib.service.ports import ImportRun
from offices import Office
from people import HEAD, MANAGER, STAFF, SUPERVISOR

PARTS = {MANAGER.email: "owner", HEAD.email: "head", SUPERVISOR.email: "told"}
IN_PARTS = ("alert", "escalated")


@cache
def letters(language):
    """Every letter of the story by its name: ``alert.owner``, ``reply``, ``undecided``."""
    office = Office("Monday 2026-11-23 10:00")
    for person in STAFF:
        office.staff.put(replace(person, language=language))
    told = dict(_of_a_leak(office, language))
    told |= _of_an_undecided_one(office, language)
    told |= _of_an_invalid_one(office, language)
    return told | _of_an_import(office)


def _of_a_leak(office, language):
    office.until("Monday 2026-11-23 10:00")
    reference = office.receive(form_id="leak", language=language, loss="1,200.50", times_raised="1")
    office.until("Monday 2026-11-23 11:00").act(reference, Acknowledge(MANAGER.id))
    office.until("Wednesday 2026-12-23 10:00").rounds.go()
    office.deliver()
    office.act(reference, Judge(SUPERVISOR.id, "属实", valid=True))
    office.act(reference, HandOver(MANAGER.id, SUPERVISOR.id, "请您接手，\n<b>备件</b>已到。"))
    office.until("Thursday 2026-12-24 09:00")
    text = "查明是阀门老化，已更换。\n\n给您添麻烦了 & 感谢 <您>。"
    office.act(reference, Reply(SUPERVISOR.id, text))
    office.act(reference, Close(SUPERVISOR.id, root_cause="阀门老化", remedy="同批阀门全部更换"))
    return _named(office, 0)


def _of_an_undecided_one(office, language):
    sent = len(office.mailer.sent)
    office.receive(form_id="unsure", language=language, cause="unsure", about="unsure", person="")
    return {"undecided": _by_address(office, sent)[SUPERVISOR.email].written}


def _of_an_invalid_one(office, language):
    sent = len(office.mailer.sent)
    reference = office.receive(form_id="invalid", language=language)
    office.act(reference, Judge(SUPERVISOR.id, "不属物业服务", valid=False))
    office.act(reference, Reply(MANAGER.id, "这件事由供水公司负责，\n我们已代为转达。"))
    return {"explanation": _by_address(office, sent)["li@example.com"].written}


def _of_an_import(office):
    sent = len(office.mailer.sent)
    counts = {MANAGER.id: {"major": 2, "important": 5, "": 1}}
    office.imports.finish(ImportRun("a-1", "台账 <2026>.csv", counts, 40), office.clock.now())
    office.deliver()
    return {"import_summary": _by_address(office, sent)[MANAGER.email].written}


def _named(office, sent):
    """Each letter under its name, one for each part where it has parts."""
    named = {}
    letters_sent = [letter for letter, _, _ in office.letters.sent.values()]
    for letter, mail in list(zip(letters_sent, office.mailer.sent, strict=True))[sent:]:
        part = f".{PARTS[mail.to]}" if letter in IN_PARTS and mail.to in PARTS else ""
        if part or letter not in IN_PARTS:
            named[f"{letter}{part}"] = mail.written
    return named


def _by_address(office, sent):
    return {mail.to: mail for mail in office.mailer.sent[sent:]}
