"""What residents get who ask what is stored about them: all that is theirs, nothing else."""

import json
from base64 import b64decode
from datetime import date

import pytest

from chalicelib import locales
from chalicelib.application.personal_data import RESIDENT_KINDS
from chalicelib.domain.commands import (
    AgreeTime,
    Close,
    Confirm,
    Dispute,
    Erase,
    GiveFeedback,
    HandOver,
    Note,
    Reply,
    Withdraw,
)
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import NotFoundError
from chalicelib.locales import LANGUAGES
from support.examples import acknowledge, at, judge
from support.forms import PERSONAL
from support.office import Office
from support.people import HEAD, MANAGER, SUPERVISOR


@pytest.fixture
def office():
    return Office("Monday 2026-11-23 10:00")


@pytest.fixture
def lived(office):
    """A complaint that everybody had to do with."""
    reference = office.receive()
    friday = at("Friday 2026-11-27 15:00")
    more = {"root_cause": "内部原因", "lesson": "内部教训", "done": "换了密封圈"}
    for command in (
        acknowledge(MANAGER.id),
        judge(SUPERVISOR.id, valid=True),
        Note(SUPERVISOR.id, "业户家里有老人"),
        GiveFeedback(HEAD.id, "内部反馈"),
        AgreeTime(MANAGER.id, friday, "周五下午上门"),
        Reply(MANAGER.id, "密封圈老化", "telephone", **more),
        Dispute(MANAGER.id, "又漏了", "telephone"),
        HandOver(MANAGER.id, SUPERVISOR.id, "内部移交"),
        Reply(SUPERVISOR.id, "再次更换", "email"),
        Confirm(SUPERVISOR.id, "visit", "这次好了"),
    ):
        office.act(reference, command)
    return reference


def exported(office, *references):
    found = office.personal_data.export(references)
    assert json.loads(json.dumps(found)) == found
    return found["complaints"]


def test_everything_of_the_resident_is_there(office, lived):
    """What they said, how they are reached, what was promised and told, and what they answered."""
    (one,) = exported(office, lived)
    text = json.dumps(one, ensure_ascii=False)
    assert one["words"] == PERSONAL
    assert one["reference"] == lived
    assert one["received_at"] == "2026-11-23T10:00:00+08:00"
    assert one["promised"]["acknowledge_by"] == "2026-11-24T18:00:00+08:00"
    assert one["facts"]["about"] == "engineering"
    for said in ("周五下午上门", "密封圈老化", "换了密封圈", "又漏了", "再次更换", "这次好了"):
        assert said in text, said
    kinds = [record["kind"] for record in one["records"]]
    assert kinds == [
        *("received", "judged", "noted", "time_agreed", "replied", "disputed"),
        *("replied", "confirmed"),
    ]
    assert one["records"][3]["agreed_at"] == "2026-11-27T15:00:00+08:00"
    assert one["records"][5]["told_by"] == "telephone"


def test_what_is_the_company_s_own_is_not_there(office, lived):
    """No feedback, hand-over, root cause, lesson or name of the staff."""
    text = json.dumps(exported(office, lived), ensure_ascii=False)
    assert "内部" not in text
    for person in (MANAGER, SUPERVISOR, HEAD):
        assert person.id not in text


def test_the_letters_to_the_resident_are_named_and_those_to_the_staff_are_not(office, lived):
    """Which went out, and when."""
    (one,) = exported(office, lived)
    to_resident = [mail for mail in office.mailer.sent if mail.to == PERSONAL["email"]]
    assert len(one["letters"]) == len(to_resident) > 1
    assert {letter["sent_at"] for letter in one["letters"]} == {"2026-11-23T10:00:00+08:00"}
    assert one["letters"][0]["letter"] == "receipt"


def test_judgements_and_notes_about_the_resident_are_there(office, lived):
    """With the reason of the one and the words of the other."""
    (one,) = exported(office, lived)
    judged, noted = one["records"][1:3]
    assert (judged["valid"], bool(judged["words"]["reason"])) == (True, True)
    assert noted["words"] == {"text": "业户家里有老人"}


def test_the_letters_are_there_as_they_were_sent(office):
    """Each in its words, but for the code, which the staff are never shown."""
    lived = office.receive()
    for minute, command in enumerate(
        (
            acknowledge(MANAGER.id),
            HandOver(MANAGER.id, SUPERVISOR.id, "内部移交"),
            Reply(SUPERVISOR.id, "密封圈老化", "email", done="换了密封圈"),
            Reply(SUPERVISOR.id, "又换了一次", "email"),
        ),
        start=1,
    ):
        office.until(f"Monday 2026-11-23 10:0{minute}").act(lived, command)
    (one,) = exported(office, lived)
    assert len(one["letters"]) > 1
    sent = [mail.written for mail in office.mailer.sent if mail.to == PERSONAL["email"]]
    code = office.keys.code(lived)
    assert [(letter["subject"], letter["text"]) for letter in one["letters"]] == [
        (mail.subject, mail.text.replace(code, "····-····-····-····")) for mail in sent
    ]
    assert code not in json.dumps(one)


def test_the_photos_are_there(office):
    """The copies that are kept, by their names."""
    reference = office.receive()
    upload = office.photo_links.invite(office.complaints.load(reference).complaint)
    key = upload.fields["key"].replace("${filename}", "漏水.jpg")
    office.photo_store.send(key, b"picture of a leak")
    office.photo_processing.take(key)
    ((photo,),) = (one["photos"] for one in exported(office, reference))
    assert photo["name"] == "漏水.jpg"
    assert b64decode(photo["jpeg"]) == b"large picture of a leak"


def test_every_kind_that_is_exported_has_its_name_on_the_page():
    """In both languages."""
    for language in LANGUAGES:
        assert locales.desk(language)["export_of"].keys() == RESIDENT_KINDS


def test_several_complaints_are_one_file(office, lived):
    """In the order asked for."""
    second = office.receive(form_id="2", loss="1,234.50")
    both = exported(office, second, lived)
    assert [one["reference"] for one in both] == [second, lived]
    assert both[0]["facts"]["loss"] == "1234.50"


def test_of_an_erased_resident_nothing_is_exported_but_the_shape(office):
    """There is nothing left to give."""
    reference = office.receive()
    office.act(reference, Withdraw(SUPERVISOR.id, "不用了"))
    office.act(reference, Erase(MANAGER.id, "她要求"))
    (one,) = exported(office, reference)
    assert one["words"] == {}
    assert [record["words"] for record in one["records"]] == [{}, {}]


def log_entry(office, text, on="2026-11-23", **more):
    """An entry of the duty log; its number in the day."""
    day, now = date.fromisoformat(on), office.clock.now()
    entry = DutyLogEntry("jade-lake", day, 0, now, SUPERVISOR.id, "entry", {"text": text}, **more)
    return office.duty_log.write(entry).number


NAMING = (
    "李女士又来问",
    "电话 138-0000-0000 打不通",
    "写信到 Li@Example.com",
    "3栋 1201-甲 的漏水",
)
OF_OTHERS = ("王女士来问", "电话 139-0000-0000", "3栋 1202 的漏水", "巡查无事")


@pytest.mark.parametrize("text", NAMING)
def test_what_the_duty_log_says_of_the_resident_goes_too(office, text):
    """Found by name, telephone, e-mail or home, however it is written; the entry itself stays."""
    reference = office.receive()
    log_entry(office, text)
    office.until("Thursday 2026-11-26 10:00")
    log_entry(office, text, on="2026-11-26")
    office.act(reference, Withdraw(SUPERVISOR.id, "不用了"))
    history = office.complaints.load(reference)
    found = office.mentions.entries(history)
    assert [one.words["text"] for one in found] == [text, text]
    office.act(reference, Erase(MANAGER.id, "她要求"))
    for on in ("2026-11-23", "2026-11-26"):
        (left,) = office.duty_log.day("jade-lake", date.fromisoformat(on))
        assert left.words == {}
    (event,) = (one.event for one in office.complaints.load(reference).records[-1:])
    assert event.entries == ("2026-11-23#1", "2026-11-26#1")


def test_what_it_says_of_others_stays(office):
    """Nobody else's word goes with theirs."""
    reference = office.receive()
    for text in OF_OTHERS:
        log_entry(office, text)
    office.act(reference, Withdraw(SUPERVISOR.id, "不用了"))
    office.act(reference, Erase(MANAGER.id, "她要求"))
    left = office.duty_log.day("jade-lake", date(2026, 11, 23))
    assert [one.words["text"] for one in left] == [*OF_OTHERS]


@pytest.mark.parametrize(
    ("lesson", "is_cut"), [("李女士家的总阀要先关", True), ("换阀之前先关总阀", False)]
)
def test_a_lesson_that_names_the_resident_goes_and_others_stay(office, lesson, is_cut):
    """What was learned is the company's, unless it says of whom."""
    reference = office.receive()
    for command in (
        acknowledge(MANAGER.id),
        judge(SUPERVISOR.id, valid=True),
        Reply(MANAGER.id, "已修", "telephone"),
        Close(MANAGER.id, "老化", "已换", lesson),
        Erase(MANAGER.id, "她要求"),
    ):
        office.act(reference, command)
    assert [one.text for one in office.lessons.of("water_leak")] == ([] if is_cut else [lesson])


def test_an_unknown_reference_is_not_found(office):
    """Nothing is exported by halves."""
    with pytest.raises(NotFoundError):
        office.personal_data.export(["00000-00000"])
