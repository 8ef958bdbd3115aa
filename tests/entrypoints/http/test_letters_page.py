"""The letters that did not arrive: who sees which, why, what to do, and sending one again."""

import pytest

from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from chalicelib.domain.model import RESIDENT
from entrypoints.http.desk_office import PEOPLE, DeskOffice
from support import mail
from support.clouds import a_light_cloud
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

PAGE = "/desk/letters"
REPLY = {"text": "阀门已换。", "done": "换了阀门。", "told_by": "email"}


@pytest.fixture
def office():
    """A desk with everybody at it."""
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture
def reference(office):
    """A complaint that was judged valid."""
    made = office.complaint()
    office.act(SUPERVISOR, made, "judge", valid="yes", reason="属实")
    return made


def key_of(office, reference, kind):
    """The letter to the resident that the last record of this kind called for."""
    numbers = [one.number for one in office.history(reference).records if one.kind == kind]
    return LetterKey(ComplaintEvent(reference, numbers[-1]), RESIDENT)


def told(office, key, what):
    """The mail service tells of it, and what follows is done."""
    now = office.container.clock.now()
    mail.hear([mail.told(key, what, now)])
    office.deliver()


@pytest.fixture
def bounced(office, reference):
    """Its reply arrived, as it seemed, and came back."""
    office.act(MANAGER, reference, "reply", **REPLY)
    told(office, key_of(office, reference, "replied"), mail.BOUNCED)
    return reference


def test_what_came_back_is_listed_with_what_to_do(office, bounced):
    """For the supervisor and the manager, once; its page says so, too."""
    for person in (SUPERVISOR, MANAGER, LEADER):
        page = office.page(person, PAGE)
        assert page.count(f"/desk/complaints/{bounced}#letters") == 1
        assert "对方邮箱把信退了回来" in page
        assert "请打电话或上门告诉业户，再问清现在的邮箱" in page
        assert "再发一次</button>" not in page
    page = office.page(MANAGER, f"/desk/complaints/{bounced}")
    assert 'id="email-failed"' in page
    assert "没有送达：被退回" in page
    assert "信没有送到业户：答复被退回" in page
    assert "邮件服务" in page
    assert "信没有送到，换一种方式告知业户" in office.page(MANAGER, "/desk")


@pytest.mark.parametrize("person", [RECEPTIONIST, HEAD])
def test_the_page_is_there_for_who_answers_for_a_community(office, person):
    """For others there is neither page nor link."""
    assert office.as_(person).get(PAGE).status_code == 404
    assert office.as_(person).post(PAGE, {}).status_code == 404
    assert PAGE not in office.page(person, "/desk")


def test_made_good_it_is_listed_no_more(office, bounced):
    """Told by telephone, the address is still to be put right; then nothing is left."""
    called = {"text": "电话里说了。", "told_by": "telephone"}
    assert office.act(MANAGER, bounced, "update", **called).status_code == 303
    page = office.page(MANAGER, PAGE)
    assert "业户已经知道信里的内容" in page
    contact = {"name": "李女士", "email": "new@example.com", "phone": "138 0000 0000"}
    home = {"building": "3栋", "unit": "1201", "reason": "业户来电"}
    assert office.act(MANAGER, bounced, "correct-contact", **contact, **home).status_code == 303
    assert "没有要补的信" in office.page(MANAGER, PAGE)


def test_an_e_mail_to_a_failed_address_is_refused_in_words(office, bounced):
    """It names the other ways, and what was typed stays."""
    answer = office.act(MANAGER, bounced, "update", text="马上来。", told_by="email")
    page = answer.body.decode()
    assert answer.status_code == 409
    assert "业户的电子邮箱退回了我们的信，不能再用电子邮件告知。请用电话、当面或书信告知" in page
    assert "马上来。" in page


def test_sent_and_not_confirmed_is_said_so(office, reference):
    """Until the mail service tells: the status stays, and the letter stands there in words."""
    browser = office.as_(MANAGER)
    path = f"/desk/complaints/{reference}"
    assert browser.post(f"{path}/reply", {"checked": "yes", **REPLY}).status_code == 303
    page = office.page(MANAGER, path)
    assert "已发出，尚未确认送达：答复。" in page
    assert "待发送" in page
    assert "<strong>已收到</strong>" in page
    office.deliver()
    page = office.page(MANAGER, path)
    assert "尚未确认送达：" not in page
    assert "<strong>已答复</strong>" in page


@pytest.fixture
def given_up(office, reference):
    """Its reply could not be handed over for a day."""
    path = f"/desk/complaints/{reference}/reply"
    office.as_(MANAGER).post(path, {"checked": "yes", **REPLY})
    key = key_of(office, reference, "replied")
    now = office.container.clock.now()
    assert office.container.letters.claim(key, "reply", now)
    office.container.mail_feedback.unsent(key, "reply", "failed", now)
    office.deliver()
    return reference


def test_what_could_not_be_handed_over_its_owner_sends_again(office, given_up):
    """The same words, in a letter of its own, which counts once it has arrived."""
    assert "再发一次</button>" not in office.page(SUPERVISOR, PAGE)
    assert "再发一次</button>" in office.page(MANAGER, PAGE)
    number = key_of(office, given_up, "replied").about.number
    form = {"reference": given_up, "number": str(number)}
    answer = office.as_(MANAGER).post(PAGE, form)
    assert answer.status_code == 303
    office.deliver()
    assert "已再发一次" in office.page(MANAGER, answer.headers["Location"])
    assert office.history(given_up).complaint.status == "replied"
    words = [one.words for one in office.history(given_up).records if one.kind == "replied"]
    assert words[0] == words[1]
    assert len([one for one in office.letters("li@example.com") if "答复" in one]) == 1
    assert "没有要补的信" in office.page(MANAGER, PAGE)


@pytest.mark.parametrize("number", ["", "x", "0", "1", "99"])
def test_what_told_nothing_is_not_sent_again(office, given_up, number):
    """A record that is not there, or by which nobody was told anything."""
    form = {"reference": given_up, "number": number}
    assert office.as_(MANAGER).post(PAGE, form).status_code == 404


def test_who_does_not_own_it_sends_nothing_again(office, given_up):
    """As they could not have replied; the page says why."""
    number = key_of(office, given_up, "replied").about.number
    form = {"reference": given_up, "number": str(number)}
    answer = office.as_(SUPERVISOR).post(PAGE, form)
    assert answer.status_code == 409
    assert "赵国强" in answer.body.decode()


def test_a_colleague_who_gets_no_letters_is_the_managers_to_see_to(office, reference):
    """Whoever keeps the staff list is led to the person's page; the supervisor is not."""
    (record,) = [one for one in office.history(reference).records if one.kind == "owner_assigned"]
    key = LetterKey(ComplaintEvent(reference, record.number), HEAD.id)
    told(office, key, mail.MAILBOX_FULL)
    page = office.page(MANAGER, PAGE)
    assert f'href="/desk/staff/{HEAD.id}"' in page
    assert "这位同事收不到投诉通知和晨报" in page
    assert HEAD.id not in office.page(SUPERVISOR, PAGE)
