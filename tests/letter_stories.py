"""One fixed story in which every letter is sent, in one language throughout."""

from dataclasses import replace
from datetime import date
from functools import cache

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
    Reply,
    StandIn,
    Update,
    Withdraw,
)
from chalicelib.domain.duty_log import Entry
from chalicelib.domain.permissions import RESIDENT
from chalicelib.service.ports import ImportRun, Post
from examples import at
from forms import POLICY
from offices import Office
from people import HEAD, LEADER, MANAGER, RECEPTIONIST, STAFF, SUPERVISOR
from storms import complain

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


@cache
def letters(language):
    """Every letter of the story by its name: ``alert.owner``, ``reply``, ``undecided``."""
    office = _office(language)
    told = dict(_of_a_leak(office, language))
    told |= _of_an_undecided_one(office, language)
    told |= _of_an_invalid_one(office, language)
    told |= _of_one_taken_in_at_the_desk(office, language)
    told |= _of_owners(office, language)
    told |= _of_ends(office, language)
    told |= _of_her_word(office, language)
    told |= _of_a_visit_by_telephone(office, language)
    told |= _of_neglect(language)
    told |= _of_a_storm(office, language)
    told |= _of_a_call_from_the_log(office)
    told |= _of_an_import(office)
    return told | _of_a_morning(language)


def _office(language):
    """The office on a Monday morning, its staff all readers of this language."""
    office = Office("Monday 2026-11-23 10:00")
    for person in STAFF:
        office.staff.put(replace(person, language=language))
    return office


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


def _of_one_taken_in_at_the_desk(office, language):
    """Told by word of mouth, called for, answered, disputed and opened again."""
    sent, front_desk = len(office.mailer.sent), RECEPTIONIST.id
    office.until("Monday 2026-11-23 10:00")
    reference = office.take_in(RECEPTIONIST, form_id="desk", language=language)
    office.act(reference, CallForHelp(front_desk, "property_manager", "业户情绪激动，\n要见经理。"))
    office.act(reference, Acknowledge(MANAGER.id))
    note = "配件星期五到货，\n在此之前请先用 <临时> 水阀。"
    office.act(reference, AgreeTime(MANAGER.id, at("Friday 2026-11-27 15:00"), note))
    office.act(reference, GiveFeedback(HEAD.id, "维修员已到场，\n主阀星期五更换。"))
    office.until("Friday 2026-11-27 14:00")
    found, done = "阀门老化。", "主阀已更换，\n同层也检查过。"
    office.act(
        reference, Reply(MANAGER.id, found, done=done, root_cause="未拧紧", lesson="按季检查")
    )
    answered = _named(office, sent)
    office.act(reference, Judge(SUPERVISOR.id, "核实属实", valid=True))
    office.until("Monday 2026-11-30 10:00")
    office.act(reference, Dispute(front_desk, "又漏了，\n比上次还大 & 快。", "telephone"))
    office.act(reference, Reply(MANAGER.id, "已重新更换。"))
    office.act(reference, Close(MANAGER.id, root_cause="装配不当", remedy="重新装配"))
    told = _named(office, sent)
    sent = len(office.mailer.sent)
    office.act(reference, Reopen(LEADER.id, "巡查发现仍有渗水。"))
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


def _of_owners(office, language):
    """Handed over and back, lowered, and stood in for."""
    sent = len(office.mailer.sent)
    reference = office.receive(form_id="owners", language=language)
    office.act(reference, HandOver(MANAGER.id, HEAD.id, "请您接手。"))
    office.act(reference, HandBack(HEAD.id, "不是我部门的管道，\n请另行安排。"))
    office.act(reference, HandOver(MANAGER.id, MANAGER.id, "由我来办。"))
    office.act(reference, Judge(SUPERVISOR.id, "只是滴水，\n当天可修好。", severity="minor"))
    office.staff.put(replace(SUPERVISOR, absent=True, deputy=HEAD.id, language=language))
    office.act(reference, StandIn())
    office.staff.put(replace(SUPERVISOR, language=language))
    told = _named(office, sent)
    return {name: told[name] for name in ("handed_back", "released", "lowered", "stood_in")}


def _of_ends(office, language):
    """Withdrawn, and merged into another of the same household."""
    sent = len(office.mailer.sent)
    into = office.receive(form_id="into", language=language)
    for form_id, end in (
        ("withdrawn", Withdraw(SUPERVISOR.id, "业户来电说已自行修好。")),
        ("merged", Merge(SUPERVISOR.id, into, "同一处漏水。")),
    ):
        office.act(office.receive(form_id=form_id, language=language), end)
    told = _named(office, sent)
    return {name: told[name] for name in ("withdrawn", "merged")}


def _of_her_word(office, language):
    """A message, an update, her code, the return visit, and the same matter raised again."""
    sent = len(office.mailer.sent)
    office.until("Monday 2026-11-23 10:00")
    hers = {"language": language, "unit": "702", "category": "lift"}
    reference = office.receive(form_id="her word", **hers)
    office.act(reference, Message(RESIDENT, "电梯里有焦味，\n<请快> & 小心。"))
    office.act(reference, Update(MANAGER.id, "配件已到，\n今晚更换。"))
    office.act(reference, AskCode(RESIDENT))
    office.act(reference, RenewCode(SUPERVISOR.id, "业户手机丢失。"))
    office.receive(form_id="again", **hers)
    office.act(reference, Judge(SUPERVISOR.id, "属实", valid=True))
    office.act(reference, Reply(MANAGER.id, "钢丝绳已更换。"))
    office.until("Monday 2026-11-30 10:00").rounds.go()
    office.deliver()
    office.act(reference, Confirm(RESIDENT, "page", "谢谢，\n好了。"))
    told = _named(office, sent)
    names = ("message", "update", "code_again", "code_renewed", "linked")
    return {name: told[name] for name in (*names, "return_visit", "confirmed")}


def _of_a_visit_by_telephone(office, language):
    """Who has no e-mail address is called."""
    sent = len(office.mailer.sent)
    office.until("Monday 2026-11-23 10:00")
    hers = {"language": language, "unit": "905", "category": "noise", "email": None}
    reference = office.receive(form_id="no address", **hers)
    office.act(reference, Reply(MANAGER.id, "已处理。", "telephone", office.clock.now()))
    office.until("Monday 2026-11-30 10:00").rounds.go()
    office.deliver()
    return {"visit_due": _named(office, sent)["visit_due"]}


def _of_neglect(language):
    """Nobody acts: reminded on the morning, when it is missed, rung by rung, and warned."""
    office = _office(language)
    reference = office.receive(form_id="neglect", language=language)
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
    told["warning.told"] = _told_of_the_month(language)
    sent = len(office.mailer.sent)
    office.act(reference, AwaitAnswer(MANAGER.id, "请问是哪一个 <阀门>？\n左边还是右边 & 何时漏？"))
    return told | {"question": _by_address(office, sent)["li@example.com"].written}


def _told_of_the_month(language):
    """What the manager reads of a minor complaint that the supervisor has."""
    office = _office(language)
    office.receive(form_id="minor", language=language, cause="facility")
    _go_round(office, "Sunday 2026-12-13 09:59")
    return _go_round(office, "Sunday 2026-12-13 10:00")[MANAGER.email].written


def _go_round(office, moment):
    """One round at that moment, and the last letter that each address got of it."""
    sent = len(office.mailer.sent)
    office.until(moment).rounds.go()
    office.deliver()
    return _by_address(office, sent)


def _of_a_storm(office, language):
    """A power cut: what came after the first alerts is gathered, and some of it was done since."""
    office.until("Monday 2026-11-23 14:01")
    for number in range(POLICY.settings.gather_after):
        complain(office, number, language=language)
    sent = len(office.mailer.sent)
    waiting = [complain(office, number, language=language) for number in range(101, 105)]
    complain(office, 105, language=language, cause="unsure", category="lift")
    complain(office, 106, language=language, cause="facility", place="地下室 <b>配电间</b>")
    office.act(waiting[1], Acknowledge(MANAGER.id))
    office.act(waiting[2], GiveFeedback(HEAD.id, "已派人抢修。"))
    office.act(waiting[3], Withdraw(SUPERVISOR.id, "业户来电说已恢复。"))
    office.until("Monday 2026-11-23 14:15").rounds.go()
    told = _named(office, sent)
    return {name: told[name] for name in told if name.startswith("gathered")}


def _of_a_call_from_the_log(office):
    sent = len(office.mailer.sent)
    words = {"place": "3栋大堂", "text": "业户情绪激动，\n要见 <经理>。", "name": "李女士"}
    entry = Entry(
        community="jade-lake",
        on=date(2026, 11, 23),
        number=0,
        at=at("Monday 2026-11-23 10:20"),
        by=RECEPTIONIST.id,
        kind="call",
        words=words,
        whom="property_manager",
    )
    number = office.duty_log.write(entry).number
    office.postroom.post(Post("LOG#jade-lake#2026-11-23", number))
    return {"help_called_log": _by_address(office, sent)[MANAGER.email].written}


def _of_an_import(office):
    sent = len(office.mailer.sent)
    counts = {MANAGER.id: {"major": 2, "important": 5, "": 1}}
    office.imports.finish(ImportRun("a-1", "台账 <2026>.csv", counts, 40), office.clock.now())
    office.deliver()
    return {"import_summary": _by_address(office, sent)[MANAGER.email].written}


def _of_a_morning(language):
    """Wednesday's digest to the manager, and to a head who was handed one complaint."""
    office = Office("Monday 2026-11-23 10:00", digests=True)
    for person in STAFF:
        office.staff.put(replace(person, language=language))
    hers = {"language": language, "description": "灯不亮", "place": "楼道 <b>3 层</b>"}
    one_by_one = {
        name: office.receive(form_id=name, unit=f"{number}01", category=category, **hers)
        for number, (name, category) in enumerate(_CATEGORIES.items(), 1)
    }
    undecided = office.receive(form_id="facts", unit="801", cause="unsure", **hers)
    office.until("Monday 2026-11-23 11:00")
    for name in ("question", "agreed", "answered"):
        office.act(one_by_one[name], Acknowledge(MANAGER.id))
        office.act(one_by_one[name], GiveFeedback(HEAD.id, "已派人。"))
    office.act(one_by_one["question"], AwaitAnswer(MANAGER.id, "是哪一盏灯？"))
    office.act(
        one_by_one["agreed"],
        AgreeTime(MANAGER.id, at("Friday 2026-11-27 15:00"), "配件星期五到货。"),
    )
    office.act(one_by_one["answered"], Judge(SUPERVISOR.id, "属实", valid=True))
    office.act(one_by_one["answered"], Reply(MANAGER.id, "已更换。"))
    office.act(undecided, Acknowledge(SUPERVISOR.id))
    office.act(undecided, GiveFeedback(HEAD.id, "已派人。"))
    office.until("Tuesday 2026-11-24 10:00")
    office.receive(form_id="minor", unit="901", cause="facility", **hers)
    office.act(one_by_one["head's"], HandOver(MANAGER.id, HEAD.id, "请您接手。"))
    office.until("Tuesday 2026-11-24 19:00").receive(form_id="late", unit="902", **hers)
    sent = len(office.mailer.sent)
    office.until("Wednesday 2026-11-25 09:00").rounds.go()
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
