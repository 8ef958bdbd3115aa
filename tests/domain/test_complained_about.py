"""Whom a complaint about a member of staff may mean: none of those learns of it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import AssignOwner, GiveFeedback, HandOver, Note
from chalicelib.domain.complained_about import Naming, fit, may_be_meant
from chalicelib.domain.model import NOBODY, PERSON_POSTS
from chalicelib.domain.morning import Day, matter_of, morning_of
from chalicelib.domain.permissions import may
from chalicelib.domain.staff import ROLES, Directory, Post, Staff
from support.examples import CHECK, DIRECTORY, POLICY, Life, at, judge, received
from support.forms import ORGANISATION
from support.values import replace

STAFF_FILE = Path(__file__).parents[2] / "infra/desk/offline/staff.toml"
STAFF = Directory(
    tuple(
        Staff(
            roles=tuple(one.pop("roles")),
            communities=tuple(one.pop("communities", ())),
            **one,
        )
        for one in sorted(
            tomllib.loads(STAFF_FILE.read_text("utf-8"))["staff"], key=lambda one: one["id"]
        )
    )
)
DEPARTMENTS = ORGANISATION.department_names
DESK, CHEN, ZHAO = "jade-reception", "jade-supervisor", "jade-manager"
MA, HE, GAO, ZHENG = (
    *("head-engineering", "head-cleaning", "head-security"),
    "head-customer-service",
)
LEADER = "leader"
MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
LATER = "Wednesday 2026-12-23 10:00"
UNTOLD = {DESK, CHEN, MA}
FRONT = {DESK, CHEN, ZHENG}
EVERYBODY = {one.id for one in STAFF.staff}

WAYS = [
    # By a full name, in either script and order
    ("赵国强", {ZHAO}),
    ("赵 国强", {ZHAO}),
    ("趙國強", {ZHAO}),
    ("你们的经理赵国强", {ZHAO}),
    ("赵国强经理，很凶", {ZHAO}),
    ("客服陈静", {CHEN}),
    ("陈静（客服主任）", {CHEN}),
    ("客服中心陈静主任", {CHEN}),
    ("陈静经理", {CHEN}),
    ("前台周晓梅", {DESK}),
    ("财务部的许明", {"head-finance"}),
    ("高峰，态度很差", {GAO}),
    ("Zhao Guoqiang", {ZHAO}),
    ("Guoqiang Zhao", {ZHAO}),
    ("ZHAO GUO QIANG", {ZHAO}),
    ("zhaoguoqiang", {ZHAO}),
    ("Chen, Jing", {CHEN}),
    ("He Xiulan", {HE}),
    ("你们经理Zhao Guoqiang态度差", {ZHAO}),
    ("赵\u200b国强", {ZHAO}),
    # By a full name with a slip in it
    ("赵国樑", {ZHAO}),
    ("Chen Jin", {CHEN}),
    # By a surname and a title, or a form of address
    ("赵经理", {ZHAO}),
    ("趙經理", {ZHAO}),
    ("姓赵的", {ZHAO}),
    ("姓赵的经理", {ZHAO}),
    ("老赵", {ZHAO}),
    ("赵总", {ZHAO}),
    ("赵先生", {ZHAO}),
    ("赵某", {ZHAO}),
    ("赵", {ZHAO}),
    ("陈主任", {CHEN}),
    ("小陈", {CHEN}),
    ("前台小周", {DESK}),
    ("工程部马主任", {MA}),
    ("马师傅", {MA}),
    ("马工", {MA}),
    ("Mr Zhao", {ZHAO}),
    ("Manager Zhao", {ZHAO}),
    ("the manager, Zhao", {ZHAO}),
    ("Zhào", {ZHAO}),
    ("Ms. Chen", {CHEN}),
    ("chen zhuren", {CHEN}),
    ("Mr He", {HE}),
    ("Your manager Mr Zhao shouted", {ZHAO}),
    # As one speaks to kin, to colleagues, or to somebody of whom one knows no more
    ("赵姓经理", {ZHAO}),
    ("赵氏", {ZHAO}),
    ("赵哥", {ZHAO}),
    ("陈姐", {CHEN}),
    ("陳姐", {CHEN}),
    ("客服陈姐", {CHEN}),
    ("马叔", {MA}),
    ("周姐", {DESK}),
    ("前台周姐", {DESK}),
    ("周姑娘", {DESK}),
    ("周美女", {DESK}),
    ("周小妹", {DESK}),
    ("郑姐", {ZHENG}),
    ("工程部赵姐", {ZHAO, MA}),
    ("何大姐", {HE}),
    ("何阿姨", {HE}),
    ("马大爷", {MA}),
    ("大马", {MA}),
    ("陈同志", {CHEN}),
    ("赵什么", {ZHAO}),
    ("叫赵什么的", {ZHAO}),
    ("叫赵什么的经理", {ZHAO}),
    ("叫赵什么的主任", {CHEN, MA, ZHAO}),
    ("赵**", {ZHAO}),
    ("赵x", {ZHAO}),
    ("赵书记", {ZHAO}),
    ("赵副", {ZHAO}),
    ("赵站", {ZHAO}),
    ("赵秘书", {ZHAO}),
    ("陈出纳", {CHEN}),
    ("赵Sir", {ZHAO}),
    ("赵-经理", {ZHAO}),
    ("Lao Zhao", {ZHAO}),
    ("LaoZhao", {ZHAO}),
    ("Xiao Chen", {CHEN}),
    ("Big Zhao", {ZHAO}),
    ("Mgr Zhao", {ZHAO}),
    ("PM Zhao", {ZHAO}),
    ("Director Shen", {LEADER}),
    ("GM Shen", {LEADER}),
    ("Engineer Zhao", {ZHAO}),
    ("Master Ma", {MA}),
    ("Auntie Chen", {CHEN}),
    ("Brother Zhao", {ZHAO}),
    ("Comrade Zhao", {ZHAO}),
    ("Ma Gong", {MA}),
    ("Ma Shifu", {MA}),
    ("mashifu", {MA}),
    ("Zhao Zong", {ZHAO}),
    ("Zhao Jingli", {ZHAO}),
    ("Chen Jie", {CHEN}),
    ("He Jie", {HE}),
    ("赵司", {ZHAO}),
    ("陈太", {CHEN}),
    ("Chen Tai", {CHEN}),
    # By initials, or a Western given name
    ("G. Zhao", {ZHAO}),
    ("GQ Zhao", {ZHAO}),
    ("ZHAO GQ", {ZHAO}),
    ("Mr G Zhao", {ZHAO}),
    ("Zhao G.Q.", {ZHAO}),
    ("J. Chen", {CHEN}),
    ("Ms. J. Chen", {CHEN}),
    ("Chen, J.", {CHEN}),
    ("ZGQ", {ZHAO}),
    ("G. Q. Z.", {ZHAO}),
    ("SJH", {LEADER}),
    ("Kevin Zhao", {ZHAO}),
    ("Linda Chen", {CHEN}),
    ("Zhao Kevin", {ZHAO}),
    # By a given name
    ("强哥", {ZHAO}),
    ("静静", {CHEN}),
    ("静总", {CHEN}),
    ("梅姐", {DESK}),
    ("老国强", {ZHAO}),
    ("Mr Guoqiang", {ZHAO}),
    ("Guo Qiang", {ZHAO}),
    ("国强", {ZHAO}),
    ("晓梅", {DESK}),
    ("静姐", {CHEN}),
    ("小静", {CHEN}),
    # By a title or a post alone
    ("经理", {ZHAO}),
    ("物业经理", {ZHAO}),
    ("项目经理", {ZHAO}),
    ("your Property Manager", {ZHAO}),
    ("钱经理", {ZHAO}),
    ("客服主任不接电话", {CHEN}),
    ("the customer service supervisor", {CHEN}),
    ("主任", {CHEN, MA}),
    ("supervisor", {CHEN, MA}),
    ("部门主任", {MA}),
    ("head of engineering", {MA}),
    ("叫经理马上来", {ZHAO}),
    ("经理Zhao", {ZHAO}),
    ("工程部经理", {ZHAO, MA}),
    ("engineering manager", {ZHAO, MA}),
    ("客服经理", FRONT | {ZHAO}),
    ("绿化部经理", {ZHAO, "head-landscaping"}),
    ("前台", {DESK}),
    ("前台主管", {CHEN, ZHAO}),
    ("front desk manager", {CHEN, ZHAO}),
    ("the lady at the front desk", {DESK}),
    ("总经理", {LEADER}),
    ("沈总", {LEADER}),
    ("General Manager", {LEADER}),
    ("the boss", {ZHAO, LEADER}),
    ("你们领导", {CHEN, MA, ZHAO, LEADER}),
    ("項目經理", {ZHAO}),
    ("項目負責人", {CHEN, MA, ZHAO, LEADER}),
    ("项目负责人", {CHEN, MA, ZHAO, LEADER}),
    ("管理处领导", {CHEN, MA, ZHAO, LEADER}),
    ("你们管理处的头", {CHEN, MA, ZHAO, LEADER}),
    ("一把手", {CHEN, MA, ZHAO, LEADER}),
    ("管理层", {CHEN, MA, ZHAO, LEADER}),
    ("management", {CHEN, MA, ZHAO, LEADER}),
    # The office's head, who is the property manager, by the word for a supervisor
    ("管理处主任", {CHEN, MA, ZHAO}),
    ("管理處主任", {CHEN, MA, ZHAO}),
    ("物业主任", {CHEN, MA, ZHAO}),
    ("服务中心主任", {CHEN, MA, ZHAO}),
    ("物业服务中心的主任", {CHEN, MA, ZHAO}),
    ("管理处那个主任", {CHEN, MA, ZHAO}),
    ("项目主任", {CHEN, MA, ZHAO}),
    ("小区主任", {CHEN, MA, ZHAO}),
    ("社区物业主管", {CHEN, MA, ZHAO}),
    ("处长", {MA, ZHAO}),
    ("站长", {MA, ZHAO}),
    ("site supervisor", {CHEN, MA, ZHAO}),
    ("head of the management office", {CHEN, MA, ZHAO, LEADER}),
    ("estate director", {ZHAO, LEADER}),
    ("管理处陈主任", {CHEN}),
    # By a title, with what they are like
    ("严厉的经理", {ZHAO}),
    ("那个古板的经理", {ZHAO}),
    ("高冷的客服主任", {CHEN}),
    # By a department
    ("客服", FRONT),
    ("工程部的人", {MA}),
    # Several
    ("陈静和赵国强", {CHEN, ZHAO}),
    ("赵经理、陈主任", {CHEN, ZHAO}),
    ("所有人", EVERYBODY),
    ("everybody", EVERYBODY),
    # Somebody else, for certain
    ("张伟", set()),
    ("张伟经理", set()),
    ("保安张伟", set()),
    ("一个叫张伟的", set()),
    ("陈伟", set()),
    ("前面楼的张伟", set()),
    ("财务的王建平", set()),
    ("Zhang Wei", set()),
    ("Chen Wei", set()),
    ("John Smith", set()),
    ("门口的保安", set()),
    ("早高峰值班的保安", set()),
    ("一位穿蓝衣服的师傅", set()),
    ("the guard on the night shift", set()),
    # Nobody knows
    ("那个人", UNTOLD),
    ("戴眼镜的", UNTOLD),
    ("高个子", UNTOLD | {GAO}),
    ("不知道", UNTOLD),
    ("姓钱的", UNTOLD),
    ("钱姐", UNTOLD),
    ("Lao Qian", UNTOLD),
    ("J. Qian", UNTOLD),
    ("房管", UNTOLD),
    ("安检", UNTOLD),
    ("管道那里的", UNTOLD),
    ("the man at the gate", UNTOLD),
    ("物业赵", UNTOLD | {ZHAO}),
    ("Z总", UNTOLD | {ZHAO, ZHENG}),
    ("Mr Z", UNTOLD | {ZHAO, ZHENG}),
    ("S", UNTOLD | {LEADER}),
    ("叫人马上来的那个", UNTOLD),
    ("he came 10 min late", UNTOLD),
    ("he was rude", UNTOLD),
]
POSTS = [
    ("", None, set()),
    ("", "unknown", set()),
    ("", "other", set()),
    ("", "supervisor", {CHEN}),
    ("", "property_manager", {ZHAO}),
    ("", "department_head", {MA}),
    ("那个人", "property_manager", {ZHAO}),
    ("那个人", "other", set()),
    ("张伟", "supervisor", {CHEN}),
    ("赵经理", "property_manager", {ZHAO}),
    ("赵经理", "supervisor", {ZHAO, CHEN}),
    ("陈静", "supervisor", {CHEN}),
    ("陈静和赵经理", "property_manager", {CHEN, ZHAO}),
    ("工程部的", "department_head", {MA}),
    ("绿化部的", "department_head", {"head-landscaping"}),
    # `other` means none of those with a role here, unless surname and title fit one
    ("赵经理", "other", {ZHAO}),
    ("Manager Zhao", "other", {ZHAO}),
    ("赵国强", "other", {ZHAO}),
    ("姓赵的", "other", set()),
    ("赵哥", "other", set()),
    ("赵姓经理", "other", {ZHAO}),
    ("叫赵什么的经理", "other", {ZHAO}),
    ("管理处赵主任", "other", {ZHAO}),
    ("陈姐", "supervisor", {CHEN}),
    ("G. Zhao", "property_manager", {ZHAO}),
    ("管理处主任", "property_manager", {ZHAO, CHEN, MA}),
    ("经理", "other", set()),
    # and who holds by title a post that the form does not offer
    ("前台", "other", {DESK}),
    ("总经理", "other", {LEADER}),
]


def meant(text, post=None, about="engineering", staff=STAFF):
    """Whom a resident of jade-lake may mean."""
    naming = Naming(text, post, Post("", "jade-lake", about), DEPARTMENTS)
    return may_be_meant(naming, staff, POLICY)


def named(text, post="unknown", about="engineering", cause="service"):
    """A complaint about somebody, its owner named."""
    life = received(MONDAY, about=about, cause=cause, person_post=post, words={"person": text})
    life = replace(life, context=replace(life.context, departments=DEPARTMENTS))
    words = {**life.records[0].words, "person": text}
    context = replace(life.among(STAFF).context, words=words)
    conflicted = context.may_be_meant(life.complaint)
    return replace(life, context=context.passing_over(conflicted)).on(MONDAY, AssignOwner())


def as_recorded(life):
    """The same life, with those passed over whom its record names, as the services do it."""
    context = life.context.passing_over(frozenset(life.complaint.may_be_meant))
    return replace(life, context=context)


@pytest.mark.parametrize(("text", "expected"), WAYS)
def test_who_may_be_meant(text, expected):
    """Each way of naming somebody means these, and no others."""
    assert meant(text) == expected


def test_there_are_enough_ways():
    """Sixty at the least, in both scripts."""
    assert len(WAYS) >= 60
    assert sum(text.isascii() for text, _ in WAYS) >= 20


@pytest.mark.parametrize(("text", "post", "expected"), POSTS)
def test_the_post_counts_beside_the_name(text, post, expected):
    """What was chosen narrows namesakes down, and adds who holds the post."""
    assert meant(text, post) == expected


def test_where_the_department_is_not_known_any_head_may_be_meant():
    """The resident could not say which department it is about."""
    heads = {one.id for one in STAFF.staff if "department_head" in one.roles}
    assert meant("部门主任", about="unsure") == heads
    assert meant("那个人", about="unsure") == {DESK, CHEN, *heads}


def test_who_serves_another_community_is_meant_by_a_full_name_alone():
    """Sun Li manages maple-court; here his surname is nobody's."""
    assert meant("孙立") == {"maple-manager"}
    assert meant("孙经理") == {ZHAO}


def test_a_namesake_without_the_post_is_not_meant():
    """Of two of one surname the post that was chosen tells which."""
    second = Staff("zhao-2", {"zh": "赵敏", "en": "Zhao Min"}, "", "zh", ("receptionist",))
    staff = Directory((*STAFF.staff, second))
    assert meant("姓赵的", "property_manager", staff=staff) == {ZHAO}
    assert meant("赵经理", staff=staff) == {ZHAO, "zhao-2"}


def test_a_short_latin_name_is_not_found_within_a_word():
    """Who complains of the lift does not complain of Ms Li."""
    li = Directory((Staff("li", {"zh": "李莉", "en": "Li"}, "", "zh", ("receptionist",)),))
    assert meant("the lift plumber", staff=li) == set()
    assert meant("it was Li again", staff=li) == {"li"}


def test_an_ordinary_word_is_a_name_only_as_names_are_used():
    """He Xiulan is not meant by every he."""
    assert meant("he shouted, the guard") == set()
    assert meant("Ms He") == {HE}


def test_how_well_a_name_fits():
    """A full name, a part of it, or not at all."""
    zhao = STAFF.person(ZHAO)
    naming = Naming("", None, Post("", "jade-lake", "engineering"), DEPARTMENTS)
    fits = [fit(replace(naming, text=text), zhao) for text in ("赵国强", "赵经理", "陈静")]
    assert fits == [2, 1, 0]


SPOKEN = ("{}哥", "{}姐", "{}叔", "老{}", "{}姓员工", "姓{}的", "{}某", "{}什么", "{}书记", "{}氏")
WRITTEN = ("Lao {}", "{} Zong", "X. {}", "{} XY", "Mr {}", "Engineer {}", "Auntie {}", "Kelly {}")


@pytest.mark.parametrize("way", [*SPOKEN, *WRITTEN])
@pytest.mark.parametrize("one", STAFF.staff, ids=lambda one: one.id)
def test_a_surname_with_a_form_of_address_is_never_a_strangers_name(one, way):
    """Whoever of the community has the surname may be meant, whatever it is called with."""
    surname = one.name["en"].split()[0] if way in WRITTEN else one.name["zh"][0]
    text = way.format(surname)
    if one.serves("jade-lake"):
        assert one.id in meant(text, "unknown"), text


@given(st.text(max_size=30), st.sampled_from((None, *PERSON_POSTS)))
def test_whatever_was_written_is_read(text, post):
    """Nothing that people type is an error, and nobody is meant who is not on the staff."""
    assert meant(text, post) <= EVERYBODY


@given(st.sampled_from(STAFF.staff), st.sampled_from(("zh", "en")), st.text("，。 !", max_size=3))
def test_a_full_name_is_always_recognised(one, language, mark):
    """Whatever stands before or after it."""
    assert one.id in meant(f"{mark}{one.name[language]}{mark}")


# Nothing leaks

NAMING_SOMEBODY = [text for text, expected in WAYS if expected and expected != EVERYBODY]


MORNING = Day(at("Tuesday 2026-12-22 09:00"), at(LATER), at("Thursday 2026-12-24 09:00"))


def in_the_morning(life):
    """A complaint as the letters of its day see it."""
    context = life.context.passing_over(frozenset(life.complaint.may_be_meant))
    return matter_of(life.complaint, context, MORNING)


@pytest.mark.parametrize("text", NAMING_SOMEBODY)
def test_who_may_be_meant_learns_nothing(text):
    """Neither owner nor told, by whatever letter, of any severity; nor do they see."""
    for about, cause in (("engineering", "service"), ("customer-service", "facility")):
        life = named(text, about=about, cause=cause)
        kept = meant(text, about=about)
        later = as_recorded(life).on(LATER, CHECK)
        owner_is_meant = life.owner in kept
        told = {*life.letters, *later.letters, *later.letters_of(later.records)}
        assert not {one.to for one in told} & (kept - {life.owner, later.owner})
        assert not owner_is_meant or kept >= {CHEN, MA, ZHAO, LEADER} or LEADER in kept
        for one in STAFF.staff:
            if one.id in kept and one.id not in (life.owner, later.owner):
                assert not any(may(one, verb, life.complaint) for verb in ("see", "note", "judge"))
                assert not morning_of(one, [in_the_morning(later)], MORNING).complaints


@pytest.mark.parametrize(
    ("text", "post", "cause", "owner"),
    [
        ("陈主任", "unknown", "facility", ZHAO),
        ("赵经理", "unknown", "service", LEADER),
        ("赵经理", "unknown", "facility", CHEN),
        ("那个人", "unknown", "facility", ZHAO),
        ("那个人", "other", "facility", CHEN),
        ("张伟", "unknown", "facility", CHEN),
        ("", "supervisor", "facility", ZHAO),
        ("", "property_manager", "service", LEADER),
    ],
)
def test_it_starts_at_the_first_rung_that_is_not_meant(text, post, cause, owner):
    """The post that owns it, or the next one up whose holder is certainly not meant."""
    assert named(text, post, cause=cause).owner == owner


def test_where_everybody_may_be_meant_the_leader_whose_name_fits_least_owns_it():
    """Of two leaders, not the one who is named; and that one sees nothing."""
    second = Staff("second", {"zh": "钱伟", "en": "Qian Wei"}, "", "zh", ("company_leadership",))
    staff = Directory((*STAFF.staff, second))
    life = named("沈建华、所有人", cause="service")
    context = replace(life.context, directory=staff)
    everybody = context.may_be_meant(life.complaint)
    fresh = received(MONDAY, person_post="unknown", words={"person": "沈建华、所有人"})
    owned = replace(fresh, context=context.passing_over(everybody)).on(MONDAY, AssignOwner())
    assert everybody == {one.id for one in staff.staff}
    assert owned.owner == "second"
    assert [one.to for one in owned.letters] == ["second", "operator"]
    assert not may(staff.person(LEADER), "see", owned.complaint)
    assert may(second, "see", owned.complaint)


def test_before_its_owner_is_named_only_who_wrote_it_down_sees_it():
    """Nobody knows yet whom it may be about."""
    life = received(MONDAY, channel="walk_in", person_post="unknown", words={"person": "赵经理"})
    first = replace(life.records[0], by=DESK)
    complaint = replace(life, records=(first,)).complaint
    assert [one.id for one in STAFF.staff if may(one, "see", complaint)] == [DESK]
    nobody_named = received(MONDAY).complaint
    assert may(STAFF.person(ZHAO), "see", nobody_named)


def test_who_wrote_it_down_keeps_it_unless_it_may_be_about_them():
    """The front desk goes on seeing what it took in."""
    assert may(STAFF.person(DESK), "see", named("赵经理").complaint)
    assert not may(STAFF.person(DESK), "see", named("那个人").complaint)


# The owner names the person, or lets it go down


def judged(life: Life, **what) -> Life:
    """The owner judges."""
    return life.on(TUESDAY, judge(life.owner, **what))


def test_the_owner_names_the_one_who_is_meant():
    """Then that one alone is passed over, and the others are told."""
    life = judged(named("那个人", cause="facility"), meant=MA)
    assert life.complaint.may_be_meant == (MA,)
    assert life.owner == CHEN
    assert {one.to for one in life.letters} >= {CHEN}
    assert MA not in {one.to for one in life.letters}
    assert may(STAFF.person(DESK), "see", life.complaint)
    assert not may(STAFF.person(MA), "see", life.complaint)


def test_the_owner_lets_it_go_down():
    """None of them is meant: it goes to the post that owns it, and the head is alerted."""
    life = judged(named("那个人", cause="facility"), meant=NOBODY)
    assert (life.owner, life.complaint.may_be_meant) == (CHEN, ())
    assert {one.to for one in life.letters} == {CHEN, MA}


def test_a_head_who_hears_of_it_late_has_all_the_time_for_feedback():
    """It counts from when it was let down, and no more once feedback was given (3.3)."""
    life = as_recorded(named("那个人", cause="facility"))
    assert life.complaint.feedback_asked_at == at(MONDAY)
    assert judged(life, meant=NOBODY).complaint.feedback_asked_at == at(TUESDAY)
    given_already = life.on(TUESDAY, GiveFeedback(ZHAO, "We are looking into it."))
    assert judged(given_already, meant=NOBODY).complaint.feedback_at == at(TUESDAY)


def test_an_owner_who_is_named_gives_it_up():
    """It goes to the next rung up, and is seen by them no more."""
    life = judged(named("那个人", cause="facility"), meant=ZHAO)
    assert life.owner == CHEN
    life = judged(named("", None), meant=ZHAO)
    assert life.owner == LEADER
    assert not may(STAFF.person(ZHAO), "see", life.complaint)


def test_what_was_handed_over_stays_where_it_is():
    """Naming somebody takes it from nobody who is not meant."""
    life = as_recorded(named("那个人", cause="facility"))
    life = life.on(TUESDAY, HandOver(ZHAO, "head-cleaning", "Please look into it."))
    life = life.on(TUESDAY, judge(LEADER, meant=NOBODY))
    assert life.owner == HE


def test_another_department_has_another_head():
    """Once the department is judged, its head may be meant, and the one before is not."""
    life = judged(named("部门主任"), about="cleaning")
    assert life.complaint.may_be_meant == (HE,)
    assert MA not in life.complaint.may_be_meant
    assert not may(STAFF.person(HE), "see", life.complaint)


def test_who_was_named_by_a_person_stays_named():
    """A department judged afterwards changes nothing of it."""
    life = judged(named("那个人", cause="facility"), meant=MA)
    life = as_recorded(life).on(TUESDAY, judge(CHEN, about="cleaning"))
    assert life.complaint.may_be_meant == (MA,)


def test_it_is_not_handed_to_who_may_be_meant():
    """Nor noted on by them: to them there is no such complaint."""
    life = as_recorded(named("赵经理"))
    assert life.refusal(TUESDAY, HandOver(LEADER, ZHAO, "Yours.")).code == "complained_about"
    assert life.hides_from(TUESDAY, Note(ZHAO, "Let me see."))


@pytest.mark.parametrize("role", ROLES)
def test_whatever_their_role_it_is_kept_from_them(role):
    """No scope reaches a complaint that may be about oneself."""
    complaint = replace(named("").complaint, may_be_meant=("x",))
    somebody = Staff("x", {}, "", "zh", (role,), department="engineering")
    assert not may(somebody, "see", complaint)
    assert may(replace(somebody, id="y"), "see", complaint)


def test_the_staff_of_the_tests_are_known():
    """A role of each, so that nothing above holds for want of anybody."""
    assert {role for one in STAFF.staff for role in one.roles} == {*ROLES}
    assert DIRECTORY.staff
