"""The form as it comes back with its faults: nothing typed is lost, and nothing is believed."""

import re

import pytest

from chalicelib.fields import FIELDS
from support.forms import REQUIRED, a_form
from support.markup import Page
from support.web import post_form, post_json

pytestmark = pytest.mark.usefixtures("empty_cloud")

SCRIPT = """<script>alert("x")</script>'&amp;"""
CHOSEN = (
    "community",
    "about",
    "person_post",
    "category",
    "cause",
    "hurt",
    "contact_by",
    "in_confidence",
)
TYPED = sorted({*FIELDS.names} - {*CHOSEN, "language", "form_id"})


def again(**changes):
    """The page that answers a form with faults."""
    answer = post_form(a_form(**changes))
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.body.decode()


def test_what_was_typed_is_in_the_form_again():
    """Every field has what was typed in it, sound or not."""
    sent = a_form(
        loss="five",
        times_raised="many",
        earlier_reference="?",
        contact_by="phone",
        happened_at="yesterday",
        form_id="form-1",
    )
    shown = Page(again(**sent)).values
    assert {name: shown.get(name) for name in sent} == sent


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "0000-00-00", "2026-11-20T10:00"])
def test_a_date_that_a_date_field_cannot_show_is_shown_as_text(value):
    """A browser empties a date field that holds no date, so such a one is a line of text."""
    page = Page(again(happened_at=value, loss="five"))
    (field,) = (one for one in page.all("input") if one.get("name") == "happened_at")
    assert (field["type"], field["value"]) == ("text", value)


@pytest.mark.parametrize("name", TYPED)
def test_a_script_in_any_field_is_text(name):
    """Whatever stands in a field is shown as it was typed, and is no markup."""
    text = again(**{name: SCRIPT, "loss" if name != "loss" else "phone": "five"})
    page = Page(text)
    assert len(page.all("script")) == text.count("<script") == 1, "only ours"
    assert page.values[name] == SCRIPT


@pytest.mark.parametrize("name", [*CHOSEN, "language", "form_id"])
def test_a_script_in_a_choice_or_hidden_field_is_never_markup(name):
    """Nor where the form has no place to show it."""
    assert again(**{name: SCRIPT, "loss": "five"}).count("<script") == 1, "only ours"


def test_each_fault_leads_to_its_field():
    """The summary comes first, each link leads to an id that is there, and the field says why."""
    text = again(**dict.fromkeys((*REQUIRED, "phone", "email"), ""))
    page = Page(text)
    ids = [one["id"] for _, one in page.elements if "id" in one]
    links = [one["href"][1:] for one in page.all("a") if one["href"].startswith("#")]
    named = set(links) - {"main"}
    assert len(ids) == len(set(ids))
    assert named == {*REQUIRED, "phone"} - {"language"}
    assert named <= set(ids)
    for name in named:
        assert f"{name}-error" in ids
        assert any(f"{name}-error" in one.get("aria-describedby", "") for _, one in page.elements)
    assert text.index('class="summary" role="alert"') < text.index("<h1>")
    (summary,) = (one for one in page.all("div") if one.get("class") == "summary")
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"


@pytest.mark.parametrize("name", ["language", "form_id"])
def test_a_fault_that_the_resident_cannot_mend_is_no_link(name):
    """What no field shows is said in the summary, and leads nowhere; the page has mended it."""
    page = Page(again(**{name: "x" * 65}))
    assert f"#{name}" not in [one.get("href") for one in page.all("a")]
    assert len(page.values[name]) < 65


@pytest.mark.parametrize(("language", "prefix"), [("zh", "有误："), ("en", "Error: ")])
def test_the_title_says_that_there_is_something_to_mend(language, prefix):
    """A reader who hears the title first hears that it did not go through."""
    title = re.search("<title>(.*?)</title>", again(language=language, loss="five"))[1]
    assert title.startswith(prefix)


@pytest.mark.parametrize(("language", "lang"), [("zh", "zh-Hans"), ("en", "en")])
def test_the_form_is_in_the_language_it_was_sent_in(language, lang):
    """The page says its language, and the form is sent in it again."""
    page = Page(again(language=language, loss="five"))
    assert page.all("html")[0]["lang"] == lang
    assert page.values["language"] == language


def test_the_form_keeps_its_id():
    """Mended and sent again, it is still the same form; one without an id is given one."""
    assert Page(again(loss="five", form_id="form-1")).values["form_id"] == "form-1"
    minted = {Page(again(loss="five")).values["form_id"] for _ in range(2)}
    assert len(minted) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in minted)


@pytest.mark.parametrize("form_id", ["x" * 65, "a\x00b", ""])
def test_an_id_that_cannot_be_kept_is_replaced(form_id):
    """What was wrong with a hidden field is mended by the page itself."""
    minted = Page(again(loss="five", form_id=form_id)).values["form_id"]
    assert re.fullmatch(r"[0-9a-f]{32}", minted)


def test_half_a_character_in_json_does_not_break_the_page():
    """A lone surrogate is a fault like others, in a page too."""
    body = a_form(request="a\ud800b", description="c\udfffd")
    answer = post_json(body, accept="text/html")
    assert answer.status_code == 422
    assert 'href="#request"' in answer.body.decode()
