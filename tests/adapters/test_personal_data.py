"""What is personal in the table: where it is found, how long it stays, and that it can go."""

import json

import pytest

from chalicelib.application.households import household_keys
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.domain.commands import (
    CallForHelp,
    Close,
    Erase,
    Note,
    Reopen,
    Withdraw,
)
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.events import HelpCalled, NewEvent
from chalicelib.domain.working_time import months_after
from support.clouds import requests_of
from support.examples import SHANGHAI, acknowledge, correct_contact, judge, reply
from support.forms import PERSONAL, an_intake
from support.people import MANAGER, SUPERVISOR


@pytest.fixture
def container(cloud):
    return cloud.container


@pytest.fixture
def reference(container):
    return container.submit_complaint.receive(an_intake(container.clock.now()), "web").reference


def act(container, reference, *asked):
    for command in asked:
        container.act_on_complaint.act(reference, command, by=command.by)


def personal_items(cloud, reference):
    """The contact and the household keys of a complaint, by their kind."""
    found = (item for item in cloud.items() if item["pk"]["S"] == f"C#{reference}")
    return {item["sk"]["S"]: item for item in found if item["sk"]["S"][:2] in ("CO", "K#")}


def settle(container, reference, lesson=""):
    act(
        container,
        reference,
        acknowledge(MANAGER.id),
        judge(SUPERVISOR.id, valid=True),
        reply(MANAGER.id, "telephone"),
        Close(MANAGER.id, "密封圈老化", "已全部更换", lesson),
    )


def test_one_household_has_one_key(container, cloud):
    """However a household writes its unit, its complaints are found together; others are not."""
    now = container.clock.now()
    for unit in ("1201", " １２０１室 ", "Unit 1201"):
        container.submit_complaint.receive(an_intake(now, unit=unit), "web")
    container.submit_complaint.receive(an_intake(now, unit="1202"), "web")
    found = [item for item in cloud.items() if item["sk"]["S"] == "K#unit"]
    keys = [item["household"]["S"] for item in found]
    assert sorted(keys.count(key) for key in set(keys)) == [1, 3]


def test_an_open_complaint_expires_never_and_an_ended_one_after_two_years(
    container, cloud, reference
):
    """Twenty-four calendar months from the end, all that is personal goes by itself."""
    assert not [one for one in personal_items(cloud, reference).values() if "expires_at" in one]
    act(container, reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    ended_at = container.complaints.load(reference).complaint.ended_at
    expected = str(int(months_after(ended_at, 24, SHANGHAI).timestamp()))
    kept = personal_items(cloud, reference)
    assert set(kept) == {"CONTACT", "K#unit", "K#phone", "K#email"}
    assert {one["expires_at"]["N"] for one in kept.values()} == {expected}


def test_what_is_open_again_expires_no_more(container, cloud, reference):
    """Reopening keeps what is personal, and the queue finds its words again."""
    act(container, reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    act(container, reference, Reopen(SUPERVISOR.id, "业户又来了"))
    assert not [one for one in personal_items(cloud, reference).values() if "expires_at" in one]
    (line,) = container.complaints.open()
    assert line.words == PERSONAL | {"phone": line.words["phone"]}


def test_words_after_the_end_expire_with_the_others(container, cloud, reference):
    """What is written on an ended complaint does not outlive it, though the others are gone."""
    act(container, reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    key = {"pk": {"S": f"C#{reference}"}, "sk": {"S": "CONTACT"}}
    before = personal_items(cloud, reference)["CONTACT"]["expires_at"]
    cloud.dynamodb.delete_item(TableName=cloud.table, Key=key)
    act(container, reference, Note(SUPERVISOR.id, "业户来过电话"))
    assert personal_items(cloud, reference)["CONTACT"]["expires_at"] == before


def test_erasing_leaves_no_word_of_the_resident_in_the_table(container, cloud):
    """Every item is read: none has a word by or about the resident, nor a key that leads there."""
    log = cloud.container.duty_log
    now = container.clock.now()
    on = now.astimezone(SHANGHAI).date()
    words = {"text": PERSONAL["description"], "name": PERSONAL["name"], "unit": PERSONAL["unit"]}
    entry = log.write(
        DutyLogEntry("jade-lake", on, 0, now, SUPERVISOR.id, "call", words, whom="property_manager")
    )
    tied = NewEvent(HelpCalled("property_manager", f"{on}#{entry.number}"))
    reference = container.submit_complaint.receive(
        an_intake(now), "walk_in", SUPERVISOR.id, (tied,)
    ).reference
    keys = household_keys("jade-lake", PERSONAL, container.keys)
    assert [*keys] == ["unit", "phone", "email"]
    assert all(container.complaints.of_household(key) == (reference,) for key in keys.values())
    corrected = {"phone": "139 1111 2222", "email": "other@example.com", "unit": "0101"}
    kept = {name: PERSONAL[name] for name in ("name", "building", "contact_time")}
    act(
        container,
        reference,
        Note(SUPERVISOR.id, "业户家里有老人"),
        CallForHelp(SUPERVISOR.id, "property_manager", "李女士在前台等"),
        correct_contact(SUPERVISOR.id, "她换了号码", contact_by="phone", **kept, **corrected),
    )
    for number in (1, 2, 3):
        cloud.container.notifier.post(ComplaintEvent(reference, number))
    act(
        container, reference, Withdraw(SUPERVISOR.id, "她不追究了"), Erase(MANAGER.id, "李女士要求")
    )
    history = container.complaints.load(reference)
    assert not any(one.words for one in history.records)
    cloud.container.notifier.post(ComplaintEvent(reference, len(history.records)))
    written = json.dumps(cloud.items(), ensure_ascii=False).replace("\\\\", "\\")
    said = ["业户家里有老人", "前台等", "她换了号码", "她不追究了", "李女士要求", "13800000000"]
    for word in (*PERSONAL.values(), *corrected.values(), *said):
        assert json.dumps(word, ensure_ascii=False)[1:-1] not in written, word
    fresh = household_keys("jade-lake", PERSONAL | corrected, container.keys)
    for key in (*keys.values(), *fresh.values()):
        assert key not in written
        assert container.complaints.of_household(key) == ()
    assert log.day("jade-lake", on)[0].words == {}


def test_what_names_the_resident_elsewhere_goes_in_the_same_transaction(container, cloud):
    """An entry of the log that belongs to no complaint, and the lesson drawn at closing."""
    now = container.clock.now()
    on = now.astimezone(SHANGHAI).date()
    words = {"text": "李女士又来问"}
    container.duty_log.write(DutyLogEntry("jade-lake", on, 0, now, SUPERVISOR.id, "entry", words))
    reference = container.submit_complaint.receive(an_intake(now), "web").reference
    settle(container, reference, lesson="李女士家的总阀要先关")
    with requests_of(cloud.dynamodb) as sent:
        act(container, reference, Erase(MANAGER.id, "她要求"))
    assert sent.count("TransactWriteItems") == 1
    cloud.deliver()
    written = json.dumps(cloud.items(), ensure_ascii=False)
    assert "又来问" not in written
    assert "总阀" not in written
    assert container.lessons.of("water_leak") == ()
    assert container.duty_log.day("jade-lake", on)[0].words == {}


def test_the_history_keeps_its_shape_without_the_person(container, reference):
    """Once erased each record is still there with what it says, and not one has a word."""
    act(container, reference, Withdraw(SUPERVISOR.id, "她不追究了"))
    before = container.complaints.load(reference)
    act(container, reference, Erase(MANAGER.id, "她要求"))
    after = container.complaints.load(reference)
    assert [one.event for one in after.records[:-1]] == [one.event for one in before.records]
    assert [dict(one.words) for one in after.records] == [{}] * len(after.records)
    assert after.complaint.erased


def test_erasing_is_one_transaction(container, cloud, reference):
    """All goes at once; nothing is erased by halves."""
    act(container, reference, Withdraw(SUPERVISOR.id, "她不追究了"))
    with requests_of(cloud.dynamodb) as sent:
        act(container, reference, Erase(MANAGER.id, "她要求"))
    # The complaint, the staff, and the one day of the duty log since it came in.
    assert sent == ["Query", "Query", "Query", "TransactWriteItems"]


def test_nothing_is_added_to_an_erased_person(container, reference):
    """Words decided on before the resident was erased find no place after it."""
    act(container, reference, Withdraw(SUPERVISOR.id, "她不追究了"))
    act(container, reference, Erase(MANAGER.id, "她要求"))
    history = container.complaints.load(reference)
    note = NewEvent(history.records[0].event, {"text": "她家里有老人"})
    late = history.extended((note,), container.clock.now(), SUPERVISOR.id)
    with pytest.raises(ChangedMeanwhileError):
        container.complaints.save(history, late, None)
    assert container.complaints.load(reference) == history


def test_an_expired_call_for_help_is_not_made_anew_by_erasing(container, cloud):
    """An entry of the duty log that is gone stays gone."""
    tied = NewEvent(HelpCalled("property_manager", "2024-11-25#3"))
    intake = an_intake(container.clock.now())
    reference = container.submit_complaint.receive(
        intake, "walk_in", SUPERVISOR.id, (tied,)
    ).reference
    act(container, reference, Withdraw(SUPERVISOR.id, "她不追究了"), Erase(MANAGER.id, "她要求"))
    assert {item["pk"]["S"] for item in cloud.items()} == {f"C#{reference}"}


def test_a_lesson_is_kept_in_the_transaction_that_closes(container, cloud, reference):
    """Closing writes it where the archive finds it, for as long as the company wants."""
    settle(container, reference, lesson="雨季前检查所有立管")
    (item,) = [item for item in cloud.items() if item["pk"]["S"].startswith("LESSON#")]
    assert item["pk"]["S"] == "LESSON#water_leak"
    assert "expires_at" not in item


def test_looks_and_the_duty_log_expire_too(container, cloud, reference):
    """Who looked, and what was written in the log, is kept as long as personal data are."""
    now = container.clock.now()
    cloud.container.access_log.note(reference, SUPERVISOR.id, now)
    on = now.astimezone(SHANGHAI).date()
    cloud.container.duty_log.write(
        DutyLogEntry("jade-lake", on, 0, now, SUPERVISOR.id, "entry", {"text": "x"})
    )
    keys = [(one["pk"]["S"], one["sk"]["S"], one) for one in cloud.items()]
    found = [one for pk, sk, one in keys if pk.startswith("LOG#") or sk.startswith("LOOK#")]
    ends = months_after(now, 24, SHANGHAI).timestamp()
    assert len(found) == 2
    assert all(abs(int(one["expires_at"]["N"]) - ends) < 86400 for one in found)
