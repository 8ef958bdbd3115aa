"""A complaint at the desk over HTTP: everything at a glance, and every verb shown, seen, done."""

import json
import re

import pytest

from entrypoints.http.desk_office import PEOPLE, DeskOffice, value_of
from support.clouds import a_light_cloud, requests_of
from support.desk_web import hidden_of
from support.examples import SHANGHAI
from support.people import HEAD, LEADER, MANAGER, RECEPTIONIST, SUPERVISOR

REPLY = {"text": "查明是阀门老化。", "done": "已更换。", "told_by": "email"}


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


@pytest.fixture
def reference(office):
    """An important complaint, the property manager's."""
    return office.complaint()


def path_of(reference):
    return f"/desk/complaints/{reference}"


def test_everything_is_there_at_a_glance(office, reference):
    """State, owner, severity with clause and facts, deadlines and their basis, history, letters."""
    page = office.page(SUPERVISOR, path_of(reference))
    for words in (
        *(
            "重要投诉",
            "已收到",
            "赵国强（物业经理）",
            "第 5.2.1 条",
            "因管理服务不到位或有过失引起",
        ),
        *("受理", "答复", "部门反馈", "一个月期限（5.1.3）", "个工作日，到当日下班时为止"),
        *("负责人：赵国强", "收到投诉，初定：重要投诉", "网上表单"),
        *("回执", "投诉通知", "已送达", "没有照片", "同一户的其他投诉"),
        *("水管爆裂", "li@example.com", "业户认为服务没有做到位或有差错"),
    ):
        assert words in page, words
    assert office.container.keys.code(reference) not in page


def test_what_is_closed_and_waits_for_its_return_visit_is_found_and_leads_to_its_form(
    office, reference
):
    """In a view of its own with its words and its count, to whoever may make it."""
    office.act(SUPERVISOR, reference, "judge", valid="yes", reason="看过了")
    office.act(MANAGER, reference, "reply", **REPLY)
    office.act(MANAGER, reference, "close", root_cause="阀门老化", remedy="全部更换")
    assert office.history(reference).complaint.status == "closed"
    assert reference not in office.page(SUPERVISOR, "/desk?view=all")
    assert "待回访</a>" in office.page(MANAGER, "/desk?view=all")
    assert "待回访 (" in office.page(SUPERVISOR, "/desk?view=all")
    page = office.page(SUPERVISOR, "/desk?view=visits")
    assert re.search(r'aria-current="page">待回访 \([1-9][0-9]*\)</a>', page)
    link = f"{path_of(reference)}?do=return-visit#return-visit"
    assert f'href="{link}"' in page
    assert "回访开始" in page
    assert "水管爆裂" in page
    assert link not in office.page(HEAD, "/desk?view=visits")
    opened = office.page(SUPERVISOR, link.partition("#")[0])
    assert '<details id="return-visit" open>' in opened
    assert '<details id="note" open>' not in opened
    for word in ("满意", "基本满意", "不满意", "没有联系上"):
        assert word in opened.partition('<details id="return-visit" open>')[2]


def test_a_return_visit_asks_how_satisfied_the_resident_is_unless_nobody_was_reached(
    office, reference
):
    """What is lacking is named; a try that reached nobody needs no answer."""
    office.act(SUPERVISOR, reference, "judge", valid="yes", reason="看过了")
    office.act(MANAGER, reference, "reply", **REPLY)
    asked = {"told_by": "telephone", "text": "电话打过"}
    answer = office.act(SUPERVISOR, reference, "return-visit", held="yes", **asked)
    assert answer.status_code == 422
    answer = office.act(SUPERVISOR, reference, "return-visit", held="unreached", **asked)
    assert answer.status_code == 303
    answered = {"held": "yes", "satisfaction": "dissatisfied", **asked}
    assert office.act(SUPERVISOR, reference, "return-visit", **answered).status_code == 303
    kinds = [one.kind for one in office.history(reference).records]
    assert kinds[-2:] == ["return_visit_tried", "return_visited"]
    page = office.page(SUPERVISOR, path_of(reference))
    assert "业户是否满意</span>\n不满意" in page


def test_looking_costs_the_same_whatever_the_history(office, reference):
    """Who asks, and the complaint: no more as the record grows."""
    office.page(RECEPTIONIST, path_of(reference))

    def count():
        with requests_of(office.cloud.dynamodb) as sent:
            office.page(RECEPTIONIST, path_of(reference))
        return len(sent)

    before = count()
    for _ in range(5):
        office.act(SUPERVISOR, reference, "note", text="x")
    assert count() == before


def test_a_letter_is_seen_before_it_is_sent(office, reference):
    """The first press shows what the resident will read, the code as dots, and does nothing."""
    browser, before = office.as_(MANAGER), office.history(reference)
    form = REPLY | {"root_cause": "内部原因", "version": office.version(reference)}
    answer = browser.post(f"{path_of(reference)}/reply", form)
    page = answer.body.decode()
    assert answer.status_code == 200
    assert "查明是阀门老化。" in page
    assert "····-····-····-····" in page
    assert office.container.keys.code(reference) not in page
    letter = page[page.index('class="letter"') :]
    assert "内部原因" not in letter
    assert office.history(reference) == before
    sent = office.letters("li@example.com")
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page))
    done = browser.post(f"{path_of(reference)}/reply", hidden | {"checked": "yes"})
    assert done.status_code == 303
    assert len(office.letters("li@example.com")) == len(sent) + 1
    mail = office.cloud.mails()[-1]
    assert "查明是阀门老化。" in str(mail.get_body(("plain",)).get_content())
    assert "答复已记录" in office.page(MANAGER, done.headers["Location"])


def test_what_was_shown_can_be_changed(office, reference):
    """Back from the letter, the form has every word, open, and nothing was done."""
    before = office.history(reference)
    answer = office.act(MANAGER, reference, "reply", **(REPLY | {"checked": "no"}))
    page = answer.body.decode()
    assert answer.status_code == 200
    assert "查明是阀门老化。" in page
    assert '<details id="reply" open>' in page
    assert office.history(reference) == before


def test_what_sends_nothing_is_done_at_once(office, reference):
    """A note needs no second press."""
    form = {"text": "去看过了。", "version": office.version(reference)}
    assert office.as_(HEAD).post(f"{path_of(reference)}/note", form).status_code == 303
    assert office.history(reference).records[-1].words["text"] == "去看过了。"


def test_a_call_for_help_waits_for_no_second_press(office, reference):
    """The supervisor is written to at once."""
    form = {"whom": "customer_service_supervisor", "note": "业户在前台。"}
    answer = office.as_(RECEPTIONIST).post(f"{path_of(reference)}/call-for-help", form)
    assert answer.status_code == 303
    assert [one for one in office.letters(SUPERVISOR.email) if "请马上过来" in one]


def test_who_comes_second_is_told_what_changed(office, reference):
    """Nothing is done; what the other did stands on top, what was typed below, ready to go on."""
    seen = office.version(reference)
    office.act(SUPERVISOR, reference, "note", text="业户刚来过电话。")
    answer = office.act(MANAGER, reference, "reply", **REPLY, version=seen)
    page = answer.body.decode()
    assert answer.status_code == 409
    warning = page[page.index('class="warning"') :].partition("</ul>")[0]
    assert "业户刚来过电话。" in warning
    assert "陈静" in warning
    assert "查明是阀门老化。" in page
    assert office.history(reference).complaint.status == "received"
    again = office.act(MANAGER, reference, "reply", **REPLY, version=value_of(page, "version"))
    assert again.status_code == 303


def test_a_form_sent_twice_is_done_once(office, reference):
    """The second press comes with a version that has passed."""
    form = {"text": "到了。", "told_by": "telephone", "version": office.version(reference)}
    answers = [office.act(SUPERVISOR, reference, "message", **form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 409]
    texts = [one.words.get("text") for one in office.history(reference).records]
    assert texts.count("到了。") == 1


def test_a_note_is_added_whatever_else_happened(office, reference):
    """Written while somebody else replied and another wrote a note, it stands beside theirs."""
    seen = office.version(reference)
    office.act(MANAGER, reference, "reply", **REPLY)
    office.act(RECEPTIONIST, reference, "note", text="业户来过。")
    answer = office.act(SUPERVISOR, reference, "note", text="查过阀门。", version=seen)
    assert answer.status_code == 303
    texts = [one.words.get("text") for one in office.history(reference).records]
    assert texts[-2:] == ["业户来过。", "查过阀门。"]


def test_a_note_sent_twice_is_added_once(office, reference):
    """A second press is the same note; the same words at another time are another."""
    form = {"text": "一次。", "version": office.version(reference)}
    answers = [office.act(SUPERVISOR, reference, "note", **form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    texts = [one.words.get("text") for one in office.history(reference).records]
    assert texts.count("一次。") == 1
    office.act(SUPERVISOR, reference, "note", text="一次。", version=office.version(reference))
    assert office.history(reference).records[-1].words["text"] == "一次。"
    office.act(RECEPTIONIST, reference, "note", **form)
    assert [one.by for one in office.history(reference).records[-3:]] == [
        SUPERVISOR.id,
        SUPERVISOR.id,
        RECEPTIONIST.id,
    ]


def test_who_may_not_go_on_keeps_the_words(office, reference):
    """Handed over meanwhile, it is theirs no more; what they wrote is there to be copied."""
    seen = office.version(reference)
    office.act(SUPERVISOR, reference, "hand-over", to=HEAD.id, note="请接手。")
    page = office.act(MANAGER, reference, "reply", **REPLY, version=seen).body.decode()
    assert '<details id="reply"' not in page
    assert "查明是阀门老化。" in page
    assert "您现在不能办了" in page


def test_a_button_alone_is_no_contact(office, reference):
    """Whether the resident was reached, and how, is asked; a try in vain leaves all as it was."""
    page = office.act(MANAGER, reference, "acknowledge")
    assert page.status_code == 422
    assert 'id="acknowledge"' in page.body.decode()
    office.act(MANAGER, reference, "acknowledge", reached="no", told_by="telephone")
    tried = office.page(MANAGER, path_of(reference))
    assert "联系业户，没有联系上（电话）" in tried
    assert office.container.complaints.load(reference).complaint.status == "received"
    office.act(MANAGER, reference, "acknowledge", reached="yes", told_by="visit")
    reached = office.page(MANAGER, path_of(reference))
    assert "已受理，与业户取得联系（当面）" in reached
    assert reached.count("联系时间") == 2


def test_closing_is_refused_until_all_is_there(office, reference):
    """The reason is plain, what was typed stays, and then it closes."""
    office.act(MANAGER, reference, "acknowledge", reached="yes", told_by="telephone")
    words = {"root_cause": "阀门老化", "remedy": "全部更换"}
    refused = office.act(MANAGER, reference, "close", **words)
    page = refused.body.decode()
    assert refused.status_code == 409
    assert "办结还缺：" in page
    assert "全部更换" in page
    office.act(MANAGER, reference, "judge", valid="yes", reason="属实")
    office.act(MANAGER, reference, "reply", **REPLY)
    assert office.act(MANAGER, reference, "close", **words).status_code == 303
    assert office.history(reference).complaint.status == "closed"


def test_the_engine_s_verdict_stands_beside_a_person_s(office, reference):
    """A lower severity needs a reason, is told to the manager, and the engine's word stays."""
    no_reason = office.act(SUPERVISOR, reference, "judge", severity="minor", reason="")
    assert no_reason.status_code == 422
    office.act(SUPERVISOR, reference, "judge", severity="minor", reason="只是设备所限")
    page = office.page(SUPERVISOR, path_of(reference))
    assert "系统认定为：重要投诉" in page
    assert "只是设备所限" in page
    told = [one for one in office.letters(MANAGER.email) if reference in one]
    assert any("改为轻微投诉" in one for one in told)


def test_an_unknown_verb_and_an_unknown_complaint_are_not_there(office, reference):
    """404 alike, whatever was asked."""
    assert office.act(MANAGER, reference, "explode").status_code == 404
    assert office.act(MANAGER, "00000-00000", "note", text="x").status_code == 404
    assert office.as_(MANAGER).get(path_of("00000-00000")).status_code == 404


def test_a_get_changes_nothing(office, reference):
    """A verb is no address to look at."""
    before = office.history(reference)
    assert office.as_(MANAGER).get(f"{path_of(reference)}/acknowledge").status_code in (403, 405)
    assert office.history(reference) == before


def test_who_looked_is_on_the_record(office, reference):
    """Each day and person, with how often; the manager can see it.

    Who loads the page again within ten minutes is still looking.
    """
    for _ in range(2):
        office.page(RECEPTIONIST, path_of(reference))
    office.page(HEAD, path_of(reference))
    page = office.page(MANAGER, f"{path_of(reference)}/looks")
    assert "孙伟" in page
    row = page[page.index("周晓梅") : page.index("</tr>", page.index("周晓梅"))]
    assert ">1<" in row


def test_a_resident_s_data_are_exported_on_request(office, reference):
    """A file with what the resident said and was told and what was noted about them."""
    office.act(SUPERVISOR, reference, "note", text="家里有老人。")
    answer = office.as_(MANAGER).post(f"{path_of(reference)}/export", {})
    found = json.loads(answer.body.decode())
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.json"'
    assert found["complaints"][0]["reference"] == reference
    assert "li@example.com" in answer.body.decode()
    assert "家里有老人" in answer.body.decode()


def test_the_same_can_be_read_as_a_page(office):
    """Words, records and letters, each under its name; what was typed is text and no markup."""
    reference = office.complaint(email="to-read@example.com")
    office.act(SUPERVISOR, reference, "note", text="家里有 <b>老人</b>。")
    answer = office.as_(MANAGER).post(f"{path_of(reference)}/export", {"as": "page"})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{reference}.html"'
    page = answer.body.decode()
    for text in (
        reference,
        "to-read@example.com",
        "家里有 &lt;b&gt;老人",
        "已收到您的投诉",
        "判定和记事",
    ):
        assert text in page, text
    assert "<script" not in page


def test_erased_data_are_gone_and_the_history_keeps_its_shape(office, reference):
    """After the end alone; then no word of the resident's is on the page or in the table."""
    sent = {"reason": "本人来函要求", "typed_reference": reference}
    assert office.act(MANAGER, reference, "erase", **sent).status_code == 409
    office.act(MANAGER, reference, "withdraw", reason="业户要求撤回")
    for typed, status in (("7K3MQ-9TX4B", 409), ("", 422)):
        other = office.act(MANAGER, reference, "erase", **sent | {"typed_reference": typed})
        assert other.status_code == status
        assert "水管爆裂" in other.body.decode()
    assert office.act(MANAGER, reference, "erase", **sent).status_code == 303
    page = office.page(MANAGER, path_of(reference))
    assert "个人资料已删除" in page
    for words in ("水管爆裂", "li@example.com", "1201-甲", "李女士"):
        assert words not in page
    items = [one for one in office.cloud.items() if one["pk"]["S"] == f"C#{reference}"]
    assert "li@example.com" not in json.dumps(items, ensure_ascii=False)
    assert office.history(reference).record(1).kind == "received"


def test_what_erasing_takes_away_is_shown_first(office, reference):
    """Line by line; the lesson drawn stays, and is there to be read once more."""
    office.act(SUPERVISOR, reference, "note", text="打过电话。")
    office.act(MANAGER, reference, "judge", valid="yes", reason="属实")
    office.act(MANAGER, reference, "reply", **REPLY)
    words = {"root_cause": "老化", "remedy": "更换", "lesson": "李女士家的阀门先换。"}
    assert office.act(MANAGER, reference, "close", **words).status_code == 303
    page = office.page(MANAGER, path_of(reference))
    form = page[page.index('<details id="erase"') :]
    form = form[: form.index("</details>")]
    for shown in ("姓名", "楼栋", "段文字", "李女士家的阀门先换。", 'name="typed_reference"'):
        assert shown in form


def test_a_corrected_contact_is_used_from_then_on(office, reference):
    """The reply goes to the new address, and the archive finds it by the new number."""
    contact = {"name": "李女士", "building": "3栋", "unit": "1201", "phone": "13911112222"}
    answer = office.act(
        RECEPTIONIST,
        reference,
        "correct-contact",
        **contact,
        email="new@example.com",
        contact_by="email",
        contact_time="",
        reason="业户来电更正",
    )
    assert answer.status_code == 303
    office.act(MANAGER, reference, "reply", **REPLY)
    assert [one for one in office.letters("new@example.com") if reference in one]
    form = {"way": "phone", "phone": "139 1111 2222"}
    assert reference in office.as_(LEADER).post("/desk/archive", form).body.decode()


def test_a_correction_that_names_one_field_empties_no_other_by_the_preview(office, reference):
    """What the form did not hold is not sent on as blank with the letter that is read first."""
    before = office.history(reference).words
    path = f"{path_of(reference)}/correct-contact"
    preview = office.as_(MANAGER).post(path, {"email": "new@example.com", "reason": "来电更正"})
    assert preview.status_code == 200
    sent = hidden_of(preview)
    assert office.as_(MANAGER).post(path, sent | {"checked": "yes"}).status_code == 303
    after = office.history(reference).words
    assert after == before | {"email": "new@example.com"}


def test_lessons_are_found_by_category(office, reference):
    """What was drawn at closing, with its complaint; of another category nothing."""
    office.act(MANAGER, reference, "judge", valid="yes", reason="属实")
    office.act(MANAGER, reference, "reply", **REPLY)
    lesson = "入冬前统一检查阀门。"
    words = {"root_cause": "老化", "remedy": "更换", "lesson": lesson}
    assert office.act(MANAGER, reference, "close", **words).status_code == 303
    assert lesson in office.page(SUPERVISOR, "/desk/archive/lessons?category=water_leak")
    assert lesson not in office.page(SUPERVISOR, "/desk/archive/lessons?category=noise")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "reference", "reference": " "}, "请填写“投诉编号”"),
        ({"way": "unit", "community": "jade-lake", "building": "", "unit": ""}, "请填写“楼栋”"),
        ({"way": "name", "community": "jade-lake", "month": "11月", "name": "李"}, "看不懂"),
    ],
)
def test_the_archive_says_what_is_missing(office, form, words):
    """422, the field named, and what was typed kept."""
    answer = office.as_(SUPERVISOR).post("/desk/archive", form)
    assert answer.status_code == 422
    assert words in answer.body.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"way": "unit", "community": "jade-lake", "building": "3号楼", "unit": "1201-甲"},
        {"way": "phone", "phone": "+86 138-0000-0000"},
        {"way": "email", "email": "LI@example.com"},
        {"way": "name", "community": "jade-lake", "name": "李"},
    ],
    ids=lambda form: form["way"],
)
def test_the_archive_finds_a_complaint_in_each_way(office, reference, form):
    """By unit, telephone, e-mail, and name within a month of the community's calendar."""
    now = office.container.clock.now().astimezone(SHANGHAI)
    month = {"month": f"{now:%Y-%m}"} if form["way"] == "name" else {}
    page = office.as_(SUPERVISOR).post("/desk/archive", form | month).body.decode()
    assert reference in page


def test_the_queue_is_two_requests_whatever_the_history(office, reference):
    """Who asks, and everything that is open; what has ended costs nothing."""
    for _ in range(2):
        ended = office.complaint()
        office.act(MANAGER, ended, "withdraw", reason="x")
    office.page(MANAGER, "/desk")  # The session is renewed now if it is due, and not below.
    with requests_of(office.cloud.dynamodb) as sent:
        page = office.page(MANAGER, "/desk?view=all")
    assert sent == ["Query", "Query"]
    assert reference in page
    assert ended not in page
