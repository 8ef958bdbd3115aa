"""What a robot tells the staff's group: what is new, what rose, what is due; and nothing more."""

from datetime import timedelta

import pytest

from chalicelib import locales
from chalicelib.adapters.group_chat import WeComRobot
from chalicelib.application.group_messages import GIVES_UP_AFTER, building_of
from chalicelib.application.ports.group_chat import (
    ChatBusyError,
    ChatRefusedError,
    ChatUnansweredError,
)
from chalicelib.application.ports.mailer import MailRefusedError
from chalicelib.domain.policy import Robot
from chalicelib.views.complaint_page import ComplaintPage
from chalicelib.views.presentation import Presenter
from fakes.group_chat import FakeGroupChat
from support.examples import judge
from support.forms import ORGANISATION, PERSONAL, POLICY, a_form, an_intake
from support.office import Office
from support.people import MANAGER, SUPERVISOR
from support.values import replace
from support.webhook import TOO_MANY, webhook, wecom

MONDAY = "Monday 2026-11-23 10:00"
NEXT_DAY = "Tuesday 2026-11-24 09:00"
LETTER = "group_message"
SITE = "https://desk.example/desk/complaints"


def with_robot(language="zh"):
    return replace(ORGANISATION, robot=Robot("wecom", language))


def office(chat=None, language="zh", **others):
    chat = chat if chat is not None else FakeGroupChat()
    return Office(MONDAY, organisation=with_robot(language), group_chat=chat, **others)


def states(one):
    """How each message of the record got on."""
    return [letter.state for letter in one.complaints.letters.values() if letter.letter == LETTER]


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_a_new_complaint_is_told_in_three_lines(language):
    """What it is, where, and the link, once, however many letters it calls for."""
    one = office(language=language)
    reference = one.receive(cause="service", building="3栋")
    assert one.group_chat.said == [
        {
            "zh": f"【新投诉】重要投诉 {reference}\n翠湖花园 3栋\n{SITE}/{reference}",
            "en": f"[New complaint] important complaint {reference}\n"
            f"Jade Lake Gardens, building 3\n{SITE}/{reference}",
        }[language]
    ]
    assert len(one.mailer.sent) > 1


def test_where_the_company_names_no_robot_nothing_is_said():
    """It is off unless set."""
    chat = FakeGroupChat()
    one = Office(MONDAY, group_chat=chat)
    one.receive(cause="service")
    assert chat.tried == 0
    assert states(one) == []


def test_what_rises_is_told_again():
    """As the letters call it; what else happens to it is not."""
    one = office()
    reference = one.receive(cause="facility", hurt="no")
    one.act(reference, judge(SUPERVISOR.id, severity="major"))
    new, risen = one.group_chat.said
    assert new.startswith("【新投诉】轻微投诉")
    assert risen.startswith(f"【投诉升级】重大投诉 {reference}")


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_nothing_that_anybody_typed_leaves_that_way(language):
    """No name, telephone, address or text: a building is its number or nothing."""
    one = office(language=language)
    typed = a_form() | {"building": "3栋 请加微信 13800000000 https://x.example"}
    one.receive(**{name: typed[name] for name in (*PERSONAL, "building", "unit", "place")})
    one.until(NEXT_DAY)
    said = "\n".join(one.group_chat.said)
    assert said
    for name in (*PERSONAL, "building", "unit", "phone", "email"):
        assert not typed.get(name) or typed[name] not in said, name
    assert "x.example" not in said
    assert "138" not in said


BUILDINGS = {
    "3栋": "3",
    "３号楼": "3",
    "Building 03": "3",
    "B座": "B",
    "12A": "12A",
    "": "",
    "三栋李女士": "",
    "13800000000": "",
    "3-2": "",
    "3<b>": "",
}


@pytest.mark.parametrize("typed", BUILDINGS)
def test_a_building_is_its_number(typed):
    """In one spelling; what is more than that stays with us."""
    one = office()
    complaint = one.complaints.load(one.receive(cause="service")).complaint
    assert building_of(complaint, {"building": typed}) == BUILDINGS[typed]


def test_in_confidence_the_building_is_not_told():
    """The department is in the group, too, and might know the home by it."""
    one = office()
    one.receive(cause="service", building="3栋", in_confidence="yes")
    (said,) = one.group_chat.said
    assert "\n翠湖花园\n" in said


def test_nothing_is_told_of_what_may_be_about_one_of_the_staff():
    """Who may be meant is in the group and sees it nowhere."""
    one = office()
    one.receive(cause="service", person="赵国强", person_post="property_manager")
    assert len(one.mailer.sent) > 1
    assert one.group_chat.tried == 0


def test_the_morning_list_says_what_is_due():
    """The overdue first, each with its link, once a day."""
    one = office(digests=True)
    early = one.receive(cause="service", building="3栋")
    one.until("Wednesday 2026-11-25 08:00")
    late = one.receive(cause="promise", times_raised="2", building="5栋", form_id="another")
    one.until("Wednesday 2026-11-25 09:00")
    before = len(one.group_chat.said)
    one.sweep.go()
    one.deliver()
    (said,) = one.group_chat.said[before:]
    first, *rows = said.splitlines()
    assert first == "【晨报】翠湖花园：逾期 1 件，今日到期 1 件"
    assert rows == [
        f"逾期：重要投诉 {early}，翠湖花园 3栋",
        f"{SITE}/{early}",
        f"今日到期：重大投诉 {late}，翠湖花园 5栋",
        f"{SITE}/{late}",
    ]
    one.sweep.go()
    one.deliver()
    assert len(one.group_chat.said) == before + 1


def test_a_long_list_ends_with_how_many_are_left():
    """As many as fit, and no message is longer than the chat takes."""
    one = office(digests=True)
    references = [one.receive(cause="service", form_id=f"form-{n}") for n in range(30)]
    one.until("Wednesday 2026-11-25 09:00")
    before = len(one.group_chat.said)
    one.sweep.go()
    one.deliver()
    (said,) = one.group_chat.said[before:]
    shown = sum(reference in said for reference in references)
    assert 5 < shown < 30
    assert said.splitlines()[-1] == f"还有 {30 - shown} 件，见工作台：https://desk.example/desk"
    assert len(said.encode()) <= one.group_chat.most_bytes


def test_each_message_is_on_the_record():
    """As a letter is: what it was, to whom, and that it went out."""
    one = office()
    reference = one.receive(cause="service")
    dossier = one.complaints.dossier(reference)
    (told,) = [letter for letter in dossier.letters if letter.letter == LETTER]
    assert (told.to, told.state) == ("group", "delivered")


_TO_GROUP = ("message to the group", "the staff’s group")
SHOWN = {
    "zh": (("群消息", "员工群", "已送达"), ("群消息", "员工群", "没有发出：群机器人没有接收")),
    "en": (
        ("message to the group", "the staff’s group", "delivered"),
        (
            "message to the group",
            "the staff’s group",
            "not said: the group’s robot did not take it",
        ),
    ),
}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_complaints_page_shows_it_among_the_letters(language):
    """Whether the group has it, in the reader's language."""
    taken, refused = office(), office(FakeGroupChat(fails=ChatRefusedError("errcode 93000")))
    taken.receive(cause="service")
    submitted(refused)
    with pytest.raises(ChatRefusedError):
        brought(refused)
    assert (shown(taken, language), shown(refused, language)) == SHOWN[language]


def shown(one, language):
    """The message's row: what it is, to whom, and what became of it."""
    (reference,) = one.complaints.saved
    dossier, directory = one.complaints.dossier(reference), one.staff.directory()
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", language)
    content = ComplaintPage(presenter, directory, one.clock.now()).content(dossier)
    (row,) = [it for it in content["letters"] if it["to"] == SHOWN[language][0][1]]
    return row["name"], row["to"], row["state"]


def brought(one):
    """The stream brings each entry once; the sweep has the rest."""
    for entry in one.letters.unsettled(one.clock.now() + timedelta(seconds=1)):
        one.notifier.post(entry)


def submitted(one):
    reference = one.submit_complaint.receive(intake(one), "web").reference
    brought(one)
    return reference


def intake(one, **form):
    return an_intake(one.clock.now(), cause="service", **form)


def test_what_the_chat_could_not_take_is_said_later_and_once():
    """The letters went out all the same, and nothing failed."""
    one = office(FakeGroupChat(fails=ChatBusyError("errcode 45009")))
    submitted(one)
    brought(one)
    sent = len(one.mailer.sent)
    assert sent > 1
    assert one.group_chat.said == []
    one.group_chat.fails = None
    one.clock.at += timedelta(minutes=6)
    report = one.sweep.go()
    assert report.failed == ()
    assert len(one.group_chat.said) == 1
    one.sweep.go()
    assert len(one.group_chat.said) == 1
    assert len(one.mailer.sent) == sent


def test_once_the_chat_was_busy_the_rest_waits():
    """A thousand complaints do not knock a thousand times: once a sweep."""
    one = office(FakeGroupChat(fails=ChatBusyError("errcode 45009")))
    for number in range(5):
        one.submit_complaint.receive(intake(one, form_id=f"form-{number}"), "web")
    brought(one)
    brought(one)
    one.clock.at += timedelta(minutes=6)
    tried = one.group_chat.tried
    one.sweep.go()
    assert one.group_chat.tried == tried + 1
    one.group_chat.fails = None
    one.clock.at += timedelta(minutes=6)
    one.sweep.go()
    assert len(one.group_chat.said) == 5


def test_an_answer_that_was_lost_is_waited_for():
    """It may have been said: before the claim ends it is not said again."""
    one = office(FakeGroupChat(fails=ChatUnansweredError()))
    submitted(one)
    brought(one)
    one.group_chat.fails = None
    brought(one)
    assert one.group_chat.tried == 1
    one.clock.at += timedelta(minutes=6)
    one.sweep.go()
    assert len(one.group_chat.said) == 1


def test_what_is_refused_for_good_fails_once_and_stands_on_the_record():
    """The operator reads it in the log; nothing is tried for ever."""
    one = office(FakeGroupChat(fails=ChatRefusedError("errcode 93000")))
    submitted(one)
    with pytest.raises(ChatRefusedError, match="93000"):
        brought(one)
    assert states(one) == ["refused"]
    brought(one)
    assert one.group_chat.tried == 1
    assert one.letters.unsettled(one.clock.now() + timedelta(seconds=1)) == []


def test_after_some_hours_it_is_given_up():
    """Who has not read it in the group by then has the letters."""
    one = office(FakeGroupChat(fails=ChatBusyError("HTTP 502")))
    submitted(one)
    brought(one)
    one.clock.at += GIVES_UP_AFTER + timedelta(minutes=1)
    one.sweep.go()
    assert states(one) == ["failed"]
    assert one.letters.unsettled(one.clock.now()) == []


def test_the_group_is_told_where_a_letter_is_refused():
    """It is for this that there is a second channel."""
    one = office()
    one.mailer.refused.add(MANAGER.email)
    one.submit_complaint.receive(intake(one), "web")
    brought(one)
    with pytest.raises(MailRefusedError):
        brought(one)
    assert len(one.group_chat.said) == 1


def test_over_http_nothing_is_lost_and_nothing_said_twice():
    """WeCom takes no more for a minute, then goes wrong, then does not answer, then takes it."""
    with webhook(TOO_MANY, (500, ""), None, wecom(0)) as hook:
        one = office(WeComRobot(lambda: hook.url, read_seconds=0.5))
        reference = submitted(one)
        brought(one)
        for _ in range(4):
            one.clock.at += timedelta(minutes=6)
            assert one.sweep.go().failed == ()
    assert len(hook.asked) == 4
    assert len(set(hook.said)) == 1
    assert reference in hook.said[0]
    assert states(one) == ["delivered"]
