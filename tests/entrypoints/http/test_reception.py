"""Reception over HTTP: written down as one speaks, the supervisor called, the slip handed out."""

from itertools import count

import pytest

from entrypoints.http.desk_office import PEOPLE, WALK_IN, DeskOffice, value_of
from support.clouds import a_light_cloud, requests_of
from support.forms import a_form
from support.people import MANAGER, RECEPTIONIST, SUPERVISOR


@pytest.fixture(scope="module")
def office():
    with a_light_cloud(staff=PEOPLE) as cloud:
        yield DeskOffice(cloud)


def page_after(office, **changes):
    """The page that answers the form."""
    return office.as_(RECEPTIONIST).post("/desk/new", WALK_IN | changes)


def test_a_walk_in_is_on_the_record_with_who_wrote_it_down(office):
    """Channel, receptionist, five items and facts are kept, and the slip has reference and code."""
    reference = office.take_in(RECEPTIONIST, happened_time="08:15", loss="1,200")
    complaint, words = office.history(reference).complaint, office.history(reference).words
    assert (complaint.channel, complaint.taken_by) == ("walk_in", RECEPTIONIST.id)
    assert complaint.happened_at == "2026-11-20T08:15"
    assert (words["description"], words["request"], words["place"]) == (
        *("水管爆裂", "请尽快维修", "厨房"),
    )
    slip = office.page(RECEPTIONIST, f"/desk/complaints/{reference}/slip")
    assert reference in slip
    assert office.container.keys.code(reference) in slip
    assert "接下来" in slip


def test_the_slip_is_in_the_resident_s_language(office):
    """What the resident takes home they can read, whatever the receptionist reads."""
    reference = office.take_in(RECEPTIONIST, language="en", unit="1703")
    slip = office.page(RECEPTIONIST, f"/desk/complaints/{reference}/slip")
    assert "has received your complaint" in slip
    assert '<div class="slip" lang="en">' in slip
    assert "登记下一件" in slip


def test_taking_in_is_one_request(office):
    """Saving asks the table who it is, and writes once."""
    browser = office.as_(RECEPTIONIST)
    with requests_of(office.cloud.dynamodb) as sent:
        assert browser.post("/desk/new", WALK_IN | {"do": "save"}).status_code == 303
    assert sent == ["Query", "TransactWriteItems"]


def test_neither_telephone_nor_address_is_no_hindrance(office):
    """Who has neither is reached in person; but the desk must have asked."""
    assert page_after(office, do="save").status_code == 303
    asked = page_after(office, do="save", contact_by="")
    assert asked.status_code == 422
    assert "请选“当面”" in asked.body.decode()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("channel", "", "业户怎样来的"),
        ("channel", "web", "业户怎样来的"),
        ("unit", " ", "房号"),
        ("happened_on", "昨天", "发生日期"),
        ("happened_on", "2999-01-01", "发生日期"),
        ("happened_time", "noon", "发生日期"),
        ("loss", "many", "损失金额"),
        ("community", "maple-court", "小区"),
        ("email", "nowhere", "电子邮箱"),
    ],
)
def test_each_fault_is_named_and_nothing_typed_is_lost(office, name, value, words):
    """422, the field and the mend, and every word stands in the form again."""
    office.as_(RECEPTIONIST)
    count = len(office.cloud.items())
    answer = page_after(office, do="save", **{name: value})
    page = answer.body.decode()
    assert answer.status_code == 422
    assert words in page[page.index('role="alert"') :].partition("</ul>")[0]
    assert "水管爆裂" in page
    assert "请尽快维修" in page
    if value.strip() and name not in ("channel", "community"):
        assert value in page
    assert len(office.cloud.items()) == count


def test_a_form_sent_twice_is_one_complaint(office):
    """A second press answers with the same slip; other content under the same form is refused."""
    form_id = value_of(office.page(RECEPTIONIST, "/desk/new"), "form_id")
    first = page_after(office, do="save", form_id=form_id)
    again = page_after(office, do="save", form_id=form_id)
    assert first.headers["Location"] == again.headers["Location"]
    other = page_after(office, do="save", form_id=form_id, description="另一件事")
    assert other.status_code == 409
    assert "另一件事" in other.body.decode()
    assert "打开新表" in other.body.decode()


def test_the_household_is_looked_up_however_it_is_written(office):
    """Earlier complaints of the unit stand beside the form, the web's too; typing is kept."""
    earlier = office.complaint(building="6幢", unit="0802")
    page = page_after(office, do="look", building="６号楼", unit="802室").body.decode()
    assert f"/desk/complaints/{earlier}" in page
    assert "６号楼" in page
    piece = office.as_(RECEPTIONIST).post(
        "/desk/households", {"community": "jade-lake", "building": "6", "unit": "802"}
    )
    assert f"/desk/complaints/{earlier}" in piece.body.decode()
    assert "<html" not in piece.body.decode()


def test_the_supervisor_is_called_before_the_form_is_complete(office):
    """The supervisor is written to at once, it is in the log, and tied to the complaint later."""
    half = {"do": "call", "description": "业户情绪激动", "request": "", "unit": ""}
    page = page_after(office, **half).body.decode()
    call = value_of(page, "call")
    assert "已呼叫客服主任" in page
    assert "业户情绪激动" in page
    (letter,) = [one for one in office.letters(SUPERVISOR.email) if "请马上过来" in one]
    assert "翠湖花园" in letter
    log = office.page(RECEPTIONIST, "/desk/log")
    assert "业户情绪激动" in log
    assert "尚未登记投诉" in log
    reference = office.take_in(RECEPTIONIST, call=call)
    assert [one.kind for one in office.history(reference).records][:2] == [
        *("received", "help_called"),
    ]
    called = office.history(reference).records[1].event
    assert call.endswith(called.entry)
    again = [one for one in office.letters(SUPERVISOR.email) if "请马上过来" in one]
    assert again == [letter], "the supervisor was called once"
    log = office.page(RECEPTIONIST, "/desk/log")
    assert "已并入投诉" in log


@pytest.mark.parametrize(
    "call", ["maple-court/2026-11-25#1", "jade-lake/2026-11-25#99", "x", "jade-lake/2026-99-99#1"]
)
def test_a_call_that_was_not_made_ties_nothing(office, call):
    """A made-up call is no call; the complaint is taken in all the same."""
    reference = office.take_in(RECEPTIONIST, call=call)
    assert "help_called" not in [one.kind for one in office.history(reference).records]


def test_who_took_it_in_is_told_of_the_reply(office):
    """The receptionist stays named on it, and hears how it went on (principle 1)."""
    reference = office.take_in(RECEPTIONIST, cause="facility", unit="1509")
    office.act(SUPERVISOR, reference, "reply", text="查明。", done="已办。", told_by="visit")
    assert office.history(reference).complaint.status == "replied"
    told = [one for one in office.letters(RECEPTIONIST.email) if reference in one]
    assert len(told) == 1
    page = office.page(SUPERVISOR, f"/desk/complaints/{reference}")
    assert "来访，周晓梅" in page


def test_the_web_s_form_still_asks_for_a_contact(office):
    """What the desk may leave out, a resident's own form may not."""
    intake = a_form(phone=None, email=None)
    answer = office.as_(RECEPTIONIST).post("/complaints", intake)
    assert answer.status_code == 422


def test_the_post_of_the_one_complained_about_is_asked_and_recorded(office):
    """Beside the free name, on the form and on the page."""
    assert 'name="person_post"' in office.page(RECEPTIONIST, "/desk/new")
    reference = office.take_in(RECEPTIONIST, person="赵经理", person_post="property_manager")
    assert office.history(reference).complaint.person_post == "property_manager"
    assert "职务：物业经理" in office.page(RECEPTIONIST, f"/desk/complaints/{reference}")
    assert office.as_(MANAGER).get(f"/desk/complaints/{reference}").status_code == 404


def test_who_takes_in_what_may_be_about_them_gets_no_slip(office):
    """The slip's code would open the resident's page; they are told the reference alone."""
    answer = page_after(office, do="save", person="前台小周")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    reference = where.removeprefix("/desk/new?saved=")
    office.deliver()
    page = office.page(RECEPTIONIST, where)
    assert f"编号 {reference}。这件投诉可能与您本人有关" in page
    assert office.as_(RECEPTIONIST).get(f"/desk/complaints/{reference}").status_code == 404
    assert office.as_(RECEPTIONIST).get(f"/desk/complaints/{reference}/slip").status_code == 404
    assert reference not in office.page(RECEPTIONIST, "/desk/log")
    assert reference in office.page(SUPERVISOR, "/desk/log")
    slip = office.as_(SUPERVISOR).get(f"/desk/complaints/{reference}/slip")
    assert slip.status_code == 403
    assert office.container.keys.code(reference) not in slip.body.decode()


@pytest.mark.parametrize("saved", ["", "x", "<b>x</b>", "0" * 40])
def test_what_is_no_reference_is_not_said_to_be_saved(office, saved):
    """Whatever an address carries."""
    assert "可能与您本人有关" not in office.page(RECEPTIONIST, f"/desk/new?saved={saved}")


def test_a_call_about_the_supervisor_reaches_the_manager(office):
    """What is filled in so far tells whom it is about."""
    before = len(office.letters(SUPERVISOR.email)), len(office.letters(MANAGER.email))
    page_after(office, do="call", person="陈主任", description="说得很难听")
    assert len(office.letters(SUPERVISOR.email)) == before[0]
    assert len(office.letters(MANAGER.email)) == before[1] + 1
    assert "说得很难听" not in office.page(SUPERVISOR, "/desk/log")
    assert "说得很难听" in office.page(RECEPTIONIST, "/desk/log")


def test_the_owner_says_whom_it_is_about(office):
    """The form of a judgement offers the staff by name, and nobody."""
    reference = office.take_in(RECEPTIONIST, person="主任", cause="facility")
    page = office.page(MANAGER, f"/desk/complaints/{reference}")
    assert 'name="meant"' in page
    assert "不是名册上的任何人" in page
    assert "可能投诉的是" in page
    office.act(MANAGER, reference, "judge", meant="nobody", reason="问过了")
    assert office.history(reference).complaint.owner.staff == SUPERVISOR.id
    assert "投诉的是谁" in office.page(SUPERVISOR, f"/desk/complaints/{reference}")


def test_the_household_is_looked_up_by_telephone_too(office):
    """A number alone is enough, however it is typed; without either nothing is asked."""
    reference = office.take_in(RECEPTIONIST, unit="1801", phone="139 0000 1801")
    nowhere = {"building": "", "unit": "", "do": "look"}
    found = page_after(office, phone="13900001801", **nowhere).body.decode()
    assert reference in found
    assert "这一户以前没有投诉" in page_after(office, phone="13900009999", **nowhere).body.decode()
    assert "这里会列出" in page_after(office, phone="", **nowhere).body.decode()


def test_what_is_known_is_filled_in_where_nothing_was_typed(office):
    """Shown first, to be confirmed; what the receptionist typed stays."""
    office.take_in(
        RECEPTIONIST, unit="1802", phone="13900001802", email="wu@x.example", name="吴先生"
    )
    typed = {"building": "", "unit": "", "phone": "13900001802", "name": "", "email": "own@x.cn"}
    shown = page_after(office, do="look", **typed).body.decode()
    known = shown[shown.index('class="reminder">上次') :]
    assert "吴先生" in known
    assert "wu@x.example" not in known
    filled = page_after(office, do="fill", **typed).body.decode()
    for name, value in (("name", "吴先生"), ("unit", "1802"), ("email", "own@x.cn")):
        assert value_of(filled, name) == value
    assert 'value="fill"' not in filled


def test_a_category_answers_to_a_digit_or_a_letter(office):
    """Each begins with a sign of its own, by which a browser finds it in the list."""
    page = office.page(RECEPTIONIST, "/desk/new")
    listed = page[page.index('<select id="category"') :].partition("</select>")[0]
    signs = [line.partition('">')[2][:2] for line in listed.splitlines() if 'value="' in line][1:]
    assert len(signs) == len(set(signs))
    assert signs[0] == "1 "
    assert "快捷键" in page


def test_the_slip_is_printed_at_once_and_says_what_was_written_down(office):
    """After saving; who opens it later is not made to print."""
    answer = page_after(office, do="save", unit="1803")
    path = answer.headers["Location"]
    assert path.endswith("/slip?print=yes")
    slip = office.page(RECEPTIONIST, path)
    assert 'class="slip" data-print' in slip
    assert "水管爆裂" in slip
    assert (
        "data-print"
        not in office.page(RECEPTIONIST, path.partition("?")[0]).partition("<script>")[0]
    )


def test_people_are_listed_with_department_and_community(office):
    """Two of one name, or a head among supervisors, are told apart."""
    reference = office.complaint(unit="1804")
    page = office.page(SUPERVISOR, f"/desk/complaints/{reference}")
    assert "孙伟（部门主任；工程部" in page
    assert "翠湖花园）" in page


FORMS = count()


def taken_in(office, who=RECEPTIONIST, **form):
    """A walk-in is written down; the path of its slip, and the code."""
    own = {"do": "save", "form_id": f"slip {next(FORMS)}"}
    answer = office.as_(who).post("/desk/new", WALK_IN | own | form)
    path = answer.headers["Location"].partition("?")[0]
    return path, office.container.keys.code(path.split("/")[3])


def shows(office, who, path, code):
    """Whether the page shows the code to them; what it does not show it refuses in words."""
    answer = office.as_(who).get(path)
    assert (answer.status_code, code in answer.body.decode()) in {(200, True), (403, False)}
    return answer.status_code == 200


def test_the_code_is_shown_while_one_is_at_reception(office):
    """As often as it takes; opening anything else of the desk ends it, and Back shows no code."""
    path, code = taken_in(office)
    assert shows(office, RECEPTIONIST, path, code)
    office.page(RECEPTIONIST, "/desk/new")
    assert shows(office, RECEPTIONIST, path, code)
    office.page(RECEPTIONIST, path.removesuffix("/slip"))
    assert shows(office, RECEPTIONIST, path, code)
    office.page(RECEPTIONIST, "/desk")
    assert not shows(office, RECEPTIONIST, path, code)
    assert path not in office.page(RECEPTIONIST, path.removesuffix("/slip"))


def test_the_code_is_shown_for_a_quarter_of_an_hour_at_most(office):
    """However long one stays at reception."""
    path, code = taken_in(office)
    office.cloud.advance(minutes=14)
    assert shows(office, RECEPTIONIST, path, code)
    office.cloud.advance(minutes=1)
    assert not shows(office, RECEPTIONIST, path, code)


def test_the_code_is_shown_to_no_colleague_and_in_no_other_browser(office):
    """Who took it in, where they took it in."""
    path, code = taken_in(office)
    assert not shows(office, SUPERVISOR, path, code)
    again = office.desk.sign_in(RECEPTIONIST.id)
    assert again.get(path).status_code == 403


@pytest.mark.parametrize("is_named", [True, False])
def test_the_code_is_never_shown_to_the_owner(office, is_named):
    """Who took in what is theirs could speak as the resident: named yet or not."""
    path, code = taken_in(office, who=MANAGER)
    if is_named:
        office.deliver()
        reference = path.split("/")[3]
        assert office.history(reference).complaint.owner.staff == MANAGER.id
    assert not shows(office, MANAGER, path, code)


def test_afterwards_there_is_only_a_new_code_which_is_on_record(office):
    """Who replaced it gives it out, the resident is told by letter, and the owner sees neither."""
    path, old = taken_in(office, email="li@example.com")
    office.deliver()
    office.cloud.advance(minutes=20)
    reference = path.split("/")[3]
    for who in (RECEPTIONIST, MANAGER):
        answer = office.act(who, reference, "renew-code", reason="业户没带回执单")
        assert answer.status_code == 303
        number = office.history(reference).complaint.code_version
        code = office.container.keys.code(reference, number)
        assert code != old
        assert shows(office, who, path, code) is (who is RECEPTIONIST)
        record = office.history(reference).records[-1]
        assert (record.kind, record.by) == ("code_renewed", who.id)
        assert "查询码已更换" in office.letters("li@example.com")[-1]
