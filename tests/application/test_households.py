"""The same home and the same person, however they are written."""

import pytest

from chalicelib.application.households import (
    household_keys,
    household_parts,
    keys_to_look_under,
    tidy_building,
    tidy_email,
    tidy_phone,
    tidy_unit,
)
from chalicelib.application.keys import Keys
from support.forms import PERSONAL

NEW, OLD = b"a new key", b"an old key"


def keys(*secrets):
    return Keys(secrets, bytes)


@pytest.mark.parametrize(
    ("tidied", "ways"),
    [
        (
            "3",
            [
                "3栋",
                "3幢",
                "3号楼",
                "３",
                "3",
                "03",
                "三栋",
                "三号楼",
                "第3栋",
                "3号",
                "3#",
                "No.3",
            ],
        ),
        ("3", ["Building 3", "Bldg 3", "bldg. 3", "BLOCK 03", " 3 栋 ", "building3"]),
        ("b", ["B座", "B", "b", "Ｂ座", "Tower B"]),
        ("12", ["12栋", "十二栋", "Building 12"]),
        ("20", ["二十幢", "20"]),
        ("3-2", ["3栋2单元", "3-2", "3 栋 2 单元", "三栋二单元", "3/2"]),
        ("紫竹苑", ["紫竹苑", " 紫竹苑 "]),
        ("", ["", "  ", "栋"]),
    ],
)
def test_one_building_has_one_spelling(tidied, ways):
    """However a building is written, it is told by what tells it from its neighbours."""
    assert {way: tidy_building(way) for way in ways} == dict.fromkeys(ways, tidied)


@pytest.mark.parametrize(
    ("tidied", "ways"),
    [
        ("1201", ["1201", "1201室", "１２０１", "Unit 1201", "Room 1201", "1201号", " 12 01 "]),
        ("1201", ["一二〇一", "apt. 1201", "Flat 1201", "No 1201", "#1201", "1201房"]),
        ("602", ["602", "0602", "602室"]),
        ("2-1201", ["2单元1201室", "2-1201", "2单元 1201"]),
        ("1201-甲", ["1201-甲", " 1201 -甲", "1201 - 甲"]),
        ("12a", ["12A", "12a室", "Unit 12A"]),
        ("0", ["0", "00"]),
    ],
)
def test_one_unit_has_one_spelling(tidied, ways):
    """A word for unit, a blank or a leading zero tells no door from another."""
    assert {way: tidy_unit(way) for way in ways} == dict.fromkeys(ways, tidied)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1201", "1202"), ("1-11", "11-1"), ("12", "1-2"), ("12a", "12b"), ("noon", "on")],
)
def test_different_units_stay_different(one, other):
    """What tells two doors apart is left."""
    assert tidy_unit(one) != tidy_unit(other)


@pytest.mark.parametrize(
    ("tidied", "ways"),
    [
        (
            "13800000000",
            ["138 0000 0000", "+86 138-0000-0000", "0086 13800000000", "１３８００００００００"],
        ),
        ("13800000000", ["8613800000000", "13800000000 转 12", "(138) 0000.0000 ext. 4"]),
        ("1065050000", ["010-6505 0000", "+86 10 6505 0000", "+86 (0)10 6505 0000"]),
        ("1065050000", ["010 65050000 x 12"]),
        ("86505000", ["8650 5000"]),
        ("", ["", "转 12"]),
    ],
)
def test_one_telephone_has_one_spelling(tidied, ways):
    """China's code, the trunk's zero, signs and an extension tell no line from another."""
    assert {way: tidy_phone(way) for way in ways} == dict.fromkeys(ways, tidied)


def test_one_address_has_one_spelling():
    """Capitals and full-width letters are the same address."""
    assert tidy_email(" Li@Example.COM ") == tidy_email("ｌｉ@example.com") == "li@example.com"


def test_a_complaint_is_found_by_what_there_is():
    """Nothing leads to it that was not given: a building alone is no home."""
    assert household_parts("jade-lake", {"building": "3", "name": "李"}) == {}
    assert household_parts("jade-lake", {"unit": "12", "phone": "转", "email": "a@b.example"}) == {
        "unit": ("jade-lake", "", "12"),
        "email": ("a@b.example",),
    }


def test_a_home_is_one_of_its_community_and_a_person_is_one_everywhere():
    """The same unit elsewhere is another home; the same telephone is the same resident."""
    here, there = (household_keys(one, PERSONAL, keys(NEW)) for one in ("jade-lake", "maple-court"))
    assert here["unit"] != there["unit"]
    assert (here["phone"], here["email"]) == (there["phone"], there["email"])
    assert len({*here.values()}) == 3


def test_a_key_tells_nothing_of_the_home():
    """It is an HMAC: without the server's key nobody can guess the unit from it."""
    made = household_keys("jade-lake", PERSONAL, keys(NEW))
    assert made != household_keys("jade-lake", PERSONAL, keys(OLD))
    assert not [text for text in PERSONAL.values() if text in str(made)]


def test_what_was_kept_under_an_older_key_is_still_looked_for():
    """After a server key was replaced, both are looked under; new ones are kept under the new."""
    before = household_keys("jade-lake", PERSONAL, keys(OLD))
    after = household_keys("jade-lake", PERSONAL, keys(NEW, OLD))
    looked = keys_to_look_under("jade-lake", PERSONAL, keys(NEW, OLD))
    assert {*looked} == {*before.values(), *after.values()}
