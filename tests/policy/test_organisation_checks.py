"""What is wrong with a file of the organisation, by line; and which one is never deployed."""

import json
import tomllib
from email.utils import quote

import msgspec
import pytest

from chalicelib import locales
from chalicelib.policy import load_organisation
from chalicelib.policy.organisation_checks import faults, is_example, is_organisation
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from support.senders import NAMES

EXAMPLE = ORGANISATION.read_text("utf-8")
OURS = (
    EXAMPLE.replace("anhe.example", "wuye.cn")
    .replace("021-5550", "021-6123")
    .replace("安和", "和安")
)
FAULTS = {
    # What is written instead, the line that the fault is on, its code
    "no TOML": ('sender = "', "sender = ", "sender =", "not_toml"),
    "unknown key": ('zone = "Asia', 'mood = "calm"\nzone = "Asia', 'mood = "calm"', "unknown_key"),
    "unknown at the top": (
        "sender =",
        'colour = "red"\nsender =',
        'colour = "red"',
        "unknown_at_top",
    ),
    "no zone": ('zone = "Asia/Shanghai"\n', "", "[[community]]", "no_text"),
    "another zone": ("Asia/Shanghai", "Asia/Peking", 'zone = "Asia/Peking"', "bad_zone"),
    "a zone outside": ("Asia/Shanghai", "../passwd", 'zone = "../passwd"', "bad_zone"),
    "no number": ('"021-5550-1100"', '"前台"', 'emergency = "前台"', "bad_emergency"),
    "a number as a number": ('"021-5550-1101"', "110", "reception = 110", "no_text"),
    "an empty name": ('en = "Jade Lake Gardens"', 'en = " "', "name = { zh", "no_word"),
    "one language": (', en = "Engineering"', "", "name = { zh", "no_word"),
    "a third": ('en = "Security"', 'en = "S", fr = "S"', "name = { zh", "unknown_language"),
    "plain name": ('{ zh = "财务部", en = "Finance" }', '"财务部"', 'name = "财务部"', "no_words"),
    "key in capitals": ('"jade-lake"', '"Jade Lake"', 'key = "Jade Lake"', "bad_key"),
    "a key of the form's": ('"finance"', '"unsure"', 'key = "unsure"', "bad_key"),
    "twice": ('"maple-court"', '"jade-lake"', 'key = "jade-lake"', "twice"),
    "no homes": ("households = 860", "households = 0", "households = 0", "bad_households"),
    "homes in words": ("= 860", '= "860"', 'households = "860"', "bad_households"),
    "no address": ("<desk@anhe.example>", "", "sender =", "bad_sender"),
    "two addresses": (
        "desk@anhe.example",
        "a@anhe.example, b@anhe.example",
        "sender =",
        "bad_sender",
    ),
    "an address in Chinese": ("desk@anhe", "客服@anhe", "sender =", "bad_sender"),
    "a bracket left open": ("<desk@anhe.example>", "<desk@anhe.example", "sender =", "bad_sender"),
    "a second header": ("投诉受理台 ", "投诉受理台\\r\\nBcc: x ", "sender =", "not_one_line"),
    "answers to nowhere": (
        "sender =",
        'reply_to = "front desk"\nsender =',
        "reply_to",
        "bad_reply_to",
    ),
    "answers to nobody": ("sender =", 'reply_to = ""\nsender =', "reply_to", "no_text"),
    "a robot in a line": ("sender =", 'robot = "wecom"\nsender =', "robot", "no_robot"),
    "half an address": ("desk@anhe.example", "desk@anhe", "sender =", "bad_sender"),
}


def test_the_example_is_sound():
    """What the demonstration stands on has no fault."""
    assert faults(EXAMPLE) == ()


@pytest.mark.parametrize(("before", "after", "line", "code"), FAULTS.values(), ids=FAULTS)
def test_each_fault_has_its_line_and_its_words(before, after, line, code):
    """One mistake is one fault, on the line where it stands, with a sentence in each language."""
    assert before in EXAMPLE
    text = EXAMPLE.replace(before, after, 1)
    (fault,) = faults(text)
    assert text.splitlines()[fault.line - 1].startswith(line)
    assert fault.code == code
    for language in locales.LANGUAGES:
        assert locales.say_desk(language, f"file_fault.{code}", **fault.params)


@pytest.mark.parametrize("table", ["community", "department"])
def test_a_company_has_at_least_one_of_each(table):
    """Without a community nobody could complain, without a department about nobody."""
    raw = tomllib.loads(EXAMPLE)
    text = EXAMPLE[: EXAMPLE.index("[[")] + (
        ""
        if table == "community"
        else EXAMPLE[EXAMPLE.index("[[community]]") : EXAMPLE.index("[[dep")]
    )
    assert raw[table]
    assert (table, "no_entries") in {(one.params.get("item"), one.code) for one in faults(text)}


def test_several_faults_come_in_the_order_of_their_lines():
    """Whoever mends a file goes through it once."""
    text = EXAMPLE.replace("Asia/Shanghai", "nowhere").replace('"finance"', '"Finance"')
    found = [fault.line for fault in faults(text)]
    assert found == sorted(found)
    assert len(found) == 3


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_can_send(name):
    """Whatever signs a company's name has, as it stands or in quotation marks."""
    assert name.strip()
    for sender in (f"{name} <desk@wuye.cn>", f'"{quote(name)}" <desk@wuye.cn>'):
        text = OURS.replace(
            '"投诉受理台 Complaint Desk <desk@wuye.cn>"', json.dumps(sender, ensure_ascii=False)
        )
        assert sender in tomllib.loads(text)["sender"]
        assert faults(text) == ()


def test_answers_may_have_an_address(tmp_path):
    """With a name or without; where there is none, the file is sound too."""
    for given in ("front@wuye.cn", "安和前台 <front@wuye.cn>"):
        text = OURS.replace("sender =", f'reply_to = "{given}"\nsender =', 1)
        assert faults(text) == ()
        assert organisation(text, tmp_path / "ours.toml").reply_to == given
    assert organisation(OURS, tmp_path / "ours.toml").reply_to == ""


ROBOTS = {
    # The lines below [robot], and the code of what is wrong with them
    "sound": ('kind = "wecom"', ""),
    "sound in English": ('kind = "wecom"\nlanguage = "en"', ""),
    "no kind": ('language = "zh"', "robot_kind"),
    "another service": ('kind = "pager"', "robot_kind"),
    "no such language": ('kind = "wecom"\nlanguage = "fr"', "robot_language"),
    "something else": ('kind = "wecom"\nmood = "calm"', "unknown_key"),
    "its secret": ('kind = "wecom"\nkey = "0123-4567"', "robot_secret"),
    "its URL": ('kind = "wecom"\naddress = "https://x.example?key=1"', "robot_secret"),
}


@pytest.mark.parametrize("robot", ROBOTS)
def test_a_robot_is_named_without_its_secret(robot, tmp_path):
    """Its URL stands in no file; what is wrong is told without repeating it."""
    lines, code = ROBOTS[robot]
    text = f"{OURS}\n[robot]\n{lines}\n"
    assert [one.code for one in faults(text)] == [code][: bool(code)]
    for fault in faults(text):
        assert fault.line > OURS.count("\n")
        for language in locales.LANGUAGES:
            said = locales.say_desk(language, f"file_fault.{code}", **fault.params)
            assert "0123-4567" not in said
            assert "key=1" not in said
    if not code:
        assert organisation(text, tmp_path / "ours.toml").robot.kind == "wecom"


def test_a_policy_is_told_from_an_organisation():
    """`desk check` takes either and is not told which."""
    assert is_organisation(EXAMPLE)
    assert is_organisation('sender = "')
    assert not is_organisation(COMMUNITY.read_text("utf-8"))


def organisation(text, path):
    path.write_text(text, "utf-8")
    return load_organisation(path)


def test_the_example_is_never_deployed(tmp_path):
    """Nor is one that kept its address or a telephone number; a company's own is."""
    path = tmp_path / "ours.toml"
    assert is_example(load_organisation())
    assert not is_example(organisation(OURS, path))
    assert is_example(organisation(OURS.replace("wuye.cn", "anhe.example"), path))
    assert is_example(organisation(OURS.replace("021-6123-1100", "021-5550-1100"), path))


def test_the_readers_take_what_is_found_sound(tmp_path):
    """A sound file is one that the program can run with."""
    assert faults(OURS) == ()
    ours = organisation(OURS, tmp_path / "ours.toml")
    assert msgspec.to_builtins(ours)["sender"].endswith("<desk@wuye.cn>")
