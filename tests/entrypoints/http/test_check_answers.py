"""POST /complaints from a browser: its answers are checked, changed, and sent, all under one id."""

import gzip
import re

import pytest

from chalicelib import locales
from chalicelib.fields import FIELDS, SECTIONS
from chalicelib.pages.static import static_form, static_privacy
from support.clouds import requests_of
from support.forms import ORGANISATION, POLICY, a_form
from support.markup import Page
from support.web import post_form, post_json, post_unchecked

ASKED = tuple(one.name for one in FIELDS.asked)
SCRIPT = """<script>alert("x")</script>'&amp;"""
FULL = a_form(
    loss="１,200.50",
    times_raised="2",
    earlier_reference="7k3mq 9tx4b",
    contact_by="phone",
    behalf_of="王奶奶，1203 的邻居",
    contact_person="王奶奶的儿子，139 0000 0000",
)
MOST_BYTES = 20 * 1024


def check(form):
    """The page to check a form's answers."""
    answer = post_unchecked(form)
    assert answer.status_code == 200, answer.body.decode()
    return answer.body.decode()


def sent_by(text, **pressed):
    """What a browser sends from a page when this button is pressed."""
    fields = {name: value for name, value in Page(text).values.items() if name}
    return {**fields, **pressed}


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_answer_is_shown_in_the_resident_s_words(language):
    """Choices by name, the day with its weekday, amounts with commas; a line end stays one."""
    text = check(FULL | {"language": language})
    words = locales.catalogue(language)
    for said in (
        *("水管爆裂\n天花板漏水", "1,200.50", "王奶奶，1203 的邻居"),
        words["cause"]["service"],
        words["yes_no"]["no"],
        words["contact_by"]["phone"],
        locales.local_moment("2026-11-20", language),
        {"zh": "翠湖花园", "en": "Jade Lake Gardens"}[language],
        {"zh": "工程部", "en": "Engineering"}[language],
    ):
        assert said in text
    assert re.findall("<h2>(.*?)</h2>", text) == [
        words["form"][f"section_{one}"] for one in SECTIONS
    ]


@pytest.mark.usefixtures("cloud")
def test_each_answer_has_its_change_in_the_form_s_order():
    """Change leads to the field, and says aloud which one it is."""
    text = check(FULL)
    buttons = [one for one in Page(text).all("button") if one.get("name") == "change"]
    assert [one["value"] for one in buttons] == list(ASKED)
    assert [one["formaction"] for one in buttons] == [f"/complaints#{name}" for name in ASKED]
    labels = locales.catalogue("zh")["label"]
    for name in ASKED:
        assert f'修改<span class="unseen"> {labels[name]}</span>' in text


def test_every_question_is_asked_and_shown():
    """The sections hold each field of the form but those that nobody fills in."""
    assert {*ASKED} == {*FIELDS.names} - {"language", "form_id", "website"}
    asked = [name for name in Page(static_form("zh", POLICY, ORGANISATION)).names if name in ASKED]
    assert list(dict.fromkeys(asked)) == list(ASKED)


@pytest.mark.usefixtures("cloud")
def test_what_was_not_given_says_so():
    """A blank optional answer is shown as not given; a box that was not ticked is a no."""
    text = check(a_form(person=None, contact_time=" \u200b"))
    blank = len({*ASKED} - {*a_form(), "in_confidence"}) + 2
    assert text.count("没有填写") == blank


@pytest.mark.usefixtures("cloud")
def test_nothing_is_kept_before_it_is_sent(cloud):
    """The page to check asks nothing of the table and keeps nothing in it."""
    with requests_of(cloud.dynamodb) as asked:
        check(FULL)
    assert asked == []
    assert cloud.items() == []


def test_what_is_sent_from_the_page_is_what_was_typed(cloud):
    """Checked and sent, the record is the same as a program's."""
    answer = post_unchecked(sent_by(check(FULL), checked="yes"))
    assert answer.status_code == 303
    by_browser = kept(cloud, answer.headers["Location"].split("/")[-1][:11])
    reference = post_json(FULL).json_body["reference"]
    by_program = kept(cloud, reference)
    assert by_browser.words == by_program.words
    assert by_browser.words["description"].startswith("水管爆裂\n")
    assert by_browser.words["behalf_of"] == "王奶奶，1203 的邻居"
    assert by_browser.complaint.loss == by_program.complaint.loss
    assert by_browser.complaint.earlier_reference == "7K3MQ-9TX4B"


def kept(cloud, reference):
    """A complaint as it is in the table."""
    return cloud.container.complaints.load(reference)


def test_a_reload_or_a_second_press_is_one_complaint(cloud):
    """The page to check was given an id, under which the same content is the same complaint."""
    sent = sent_by(check(FULL), checked="yes")
    assert re.fullmatch("[0-9a-f]{32}", sent["form_id"])
    first, second = post_unchecked(sent), post_unchecked(sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert len({item["pk"]["S"] for item in cloud.items() if item["sk"]["S"] == "HEAD"}) == 1


def test_changed_after_it_was_sent_it_is_a_conflict(cloud):
    """Back, changed and sent again under the old id it is refused; nothing typed is lost."""
    sent = sent_by(check(FULL), checked="yes")
    post_unchecked(sent)
    before = cloud.items()
    answer = post_unchecked({**sent, "request": "改了主意"})
    assert answer.status_code == 409
    again = sent_by(answer.body.decode())
    assert again["request"] == "改了主意"
    assert again["form_id"] not in ("", sent["form_id"])
    assert cloud.items() == before


@pytest.mark.usefixtures("cloud")
def test_an_id_that_came_with_the_form_is_kept():
    """Check, change and check again is one form."""
    first = check(FULL | {"form_id": "form-1"})
    assert Page(first).values["form_id"] == "form-1"
    changed = post_unchecked(sent_by(first, change="unit"))
    assert Page(changed.body.decode()).values["form_id"] == "form-1"
    assert Page(check(sent_by(changed.body.decode()))).values["form_id"] == "form-1"


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("name", ASKED)
def test_change_brings_the_form_with_everything_in_it(name):
    """200, no fault is shown, and every answer stands where it was given."""
    answer = post_unchecked(sent_by(check(FULL), change=name))
    text = answer.body.decode()
    assert answer.status_code == 200
    assert 'class="summary"' not in text
    assert "有误" not in text
    page = Page(text)
    assert name in {one.get("id") for _, one in page.elements}
    assert {one: page.values[one] for one in FULL} == FULL


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("change", ["behalf_of", "contact_person"])
def test_what_is_folded_is_open_where_it_is_to_be_changed(change):
    """A field that is empty can be reached by its Change all the same."""
    plain = sent_by(check(a_form()))
    page = Page(post_unchecked({**plain, "change": change}).body.decode())
    assert [("open" in one) for one in page.all("details")] == [False, True]
    page = Page(post_unchecked({**plain, "change": "unit"}).body.decode())
    assert [("open" in one) for one in page.all("details")] == [False, False]


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("value", ["王奶奶", "王" * 201])
@pytest.mark.parametrize("name", ["behalf_of", "contact_person"])
def test_what_is_folded_is_open_with_an_answer_or_a_fault(name, value):
    """Nothing that was written, and nothing to mend, is hidden in a fold."""
    page = Page(post_unchecked(a_form(loss="five", **{name: value})).body.decode())
    assert [("open" in one) for one in page.all("details")] == [False, True]


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("change", ["", "form_id", "website", "nothing", "unit x", "<script>"])
def test_a_change_of_no_field_is_no_change(change):
    """Whatever else is named there, the answers are shown to be checked."""
    assert "请核对一遍" in check(a_form(change=change))


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("checked", ["", "no", "YES", "1"])
def test_only_yes_is_checked(checked):
    """Anything but the button's own word leads to the page to check."""
    assert "请核对一遍" in check(a_form(checked=checked))


@pytest.mark.usefixtures("cloud")
def test_faults_come_before_the_check():
    """A form with faults is answered with them, checked or not."""
    for send in (post_form, post_unchecked):
        assert send(a_form(loss="five")).status_code == 422


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("value", [{"change": "unit"}, {"checked": "no"}, {}])
def test_a_program_is_never_asked_to_check(value):
    """JSON is taken at once, whatever a page would have asked."""
    assert post_json(a_form(**value)).status_code == 201
    assert post_unchecked(a_form(**value), accept="application/json").status_code == 201


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize(
    "name",
    [
        *("description", "request", "place", "person", "name", "building", "unit"),
        *("contact_time", "behalf_of", "contact_person"),
    ],
)
def test_a_script_is_text_on_the_page_to_check(name):
    """It is shown as it was typed, and sent on as it was typed."""
    text = check(a_form(**{name: SCRIPT[:40]}))
    assert text.count("<script") == 1, "only ours"
    assert Page(text).values[name] == SCRIPT[:40]


@pytest.mark.usefixtures("cloud")
def test_nothing_is_said_of_what_nobody_fills_in():
    """The page to check shows neither the honeypot nor the form's number."""
    text = check(FULL)
    words = locales.catalogue("zh")
    assert "website" not in Page(text).names
    assert words["label"]["form_id"] not in text
    assert words["form"]["hint_honeypot"] not in text


@pytest.mark.usefixtures("cloud")
def test_what_shows_nothing_is_gone_from_the_page():
    """Marks that turn the direction of writing are dropped before the check."""
    text = check(a_form(name="李\u202e女士\u200b"))
    assert Page(text).values["name"] == "李女士"
    assert "\u202e" not in text


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_each_page_of_the_form_is_light(language):
    """Form, check, every fault and privacy are at most 20 KB each as they travel, and all of it."""
    filled = FULL | {"language": language}
    every_fault = {"language": language, "behalf_of": "王" * 201, "contact_person": "\x00"}
    pages = [
        static_form(language, POLICY, ORGANISATION),
        static_privacy(language, POLICY, ORGANISATION),
        check(filled),
    ]
    pages.append(post_unchecked(every_fault).body.decode())
    pages.append(post_unchecked(filled | {"change": "unit"}).body.decode())
    for text in pages:
        assert len(gzip.compress(text.encode())) <= MOST_BYTES
        assert 'src="' not in text
        assert 'rel="stylesheet"' not in text


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_each_page_of_the_form_leads_to_help(language):
    """Each community's emergency number can be dialled, and notice and search are a press away."""
    checked = check(a_form(language=language))
    faulty = post_unchecked({"language": language}).body.decode()
    home = {"zh": "", "en": "/en"}[language]
    for text in (static_form(language, POLICY, ORGANISATION), checked, faulty):
        links = [one["href"] for one in Page(text).all("a")]
        assert {"tel:02155501100", "tel:02155502200"} <= {*links}
        assert f"/complaints/find?language={language}" in links
        assert f"{home}/complain/privacy/" in links
