"""The story on the page: of every kind of event, whether residents read of it, in which words."""

import pytest
from msgspec.structs import fields

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.domain.events import EVENTS, EventRecord
from chalicelib.domain.model import RESIDENT, Owner
from chalicelib.views.presentation import Presenter
from chalicelib.views.timeline_view import SHOWN, TimelineView
from support.examples import at, received
from support.forms import ORGANISATION, POLICY
from support.people import DIRECTORY, MANAGER, RECEPTIONIST
from support.values import replace

MONDAY = "Monday 2026-11-23 10:00"
NOTHING = ()
READ = {
    "received": NOTHING,
    "acknowledged": NOTHING,
    "contact_tried": NOTHING,
    "time_agreed": ("note",),
    "updated": ("text",),
    "answer_awaited": ("text",),
    "replied": ("text", "done"),
    "followed_up": ("text",),
    "messaged": ("text",),
    "confirmed": ("text",),
    "disputed": ("text",),
    "return_visit_asked": NOTHING,
    "return_visit_tried": NOTHING,
    "return_visited": ("text",),
    "return_visit_missed": NOTHING,
    "new_date_set": NOTHING,
    "closed": NOTHING,
    "withdrawn": NOTHING,
    "merged": NOTHING,
    "absorbed": NOTHING,
    "separated": NOTHING,
    "part_left": NOTHING,
    "reopened": NOTHING,
    "ended_elsewhere": NOTHING,
    "code_asked": NOTHING,
    "code_renewed": NOTHING,
    "contact_corrected": NOTHING,
    "confidence_recorded": ("text",),
    "erased": NOTHING,
    "photo_added": ("name",),
    "photo_refused": ("name",),
}
UNREAD = {
    *(
        "owner_assigned",
        "stood_in",
        "came_back",
        "handed_over",
        "judged",
        "escalated",
        "missed",
        "noted",
    ),
    *("help_called", "feedback_given", "linked", "repeated", "part_changed"),
    *("reminded", "warned", "facts_recorded", "passed_on"),
    *("letter_delivered", "letter_failed"),
}
ALL_WORDS = (
    *("text", "note", "done", "reason", "root_cause", "remedy", "lesson", "name", "description"),
    *("phone", "email", "unit", "building", "person", "place", "request", "contact_time"),
)
MARKED = {name: f"marker of {name}" for name in ALL_WORDS}
USUAL = {
    "at": at("Friday 2026-11-27 15:00"),
    "told_at": at(MONDAY),
    "ended_at": at(MONDAY),
    "told_by": "email",
    "ended_as": "closed",
    "held": True,
    "by_letter": True,
    "into": "8K3MQ-9TX4B",
    "reference": "9K3MQ-9TX4B",
    "told": True,
    "because": "contact",
    "owner": Owner("property_manager", MANAGER.id),
    "dates": (),
}


def an_event(kind):
    """An event of this kind, its fields filled as far as a story could tell of them."""
    (first,) = received(MONDAY).records
    if kind == "received":
        return first.event
    event = EVENTS[kind]
    return event(**{one.name: USUAL.get(one.name) for one in fields(event)})


def story(kind, by, language="zh", words=MARKED, **changes):
    """What the resident reads of a complaint to which this happened, its receipt aside."""
    (first,) = received(MONDAY).records
    event = replace(an_event(kind), **changes)
    happened = EventRecord(2, at("Tuesday 2026-11-24 09:00"), by, event, words)
    presenter = Presenter(POLICY, ORGANISATION, "https://desk.example", language)
    return TimelineView(presenter, DIRECTORY).story(History((first, happened)))[1:]


def test_it_is_decided_of_every_kind_whether_the_resident_reads_of_it():
    """A new kind of event is neither shown nor hidden until somebody has decided."""
    assert EVENTS.keys() == READ.keys() | UNREAD
    assert SHOWN == READ


@pytest.mark.parametrize("by", [MANAGER.id, "clock"])
def test_the_resident_reads_the_words_meant_for_residents_and_no_others(by):
    """A reason, a cause, a lesson and a note of the staff's are in nobody's story."""
    for kind in sorted(EVENTS):
        entries = story(kind, by)
        assert len(entries) == (kind in READ), kind
        for one in entries:
            assert one.said == tuple(MARKED[name] for name in READ[kind]), kind
            assert "marker" not in one.title + one.by, kind


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_whatever_residents_read_is_in_their_language_and_says_who(language):
    """What the staff did has a name with its role."""
    for kind in sorted(set(EVENTS) & set(READ)):
        (entry,) = story(kind, MANAGER.id, language)
        assert entry.title, kind
        assert "{" not in entry.title, kind
        name, role = MANAGER.name[language], POLICY.role("property_manager").name[language]
        assert name in entry.by, kind
        assert role in entry.by, kind


def test_the_resident_s_word_has_no_name_but_who_wrote_it_down():
    """What came from the page is the resident's alone; what was said at the desk was noted."""
    (own,) = story("disputed", RESIDENT)
    (told,) = story("disputed", RECEPTIONIST.id)
    assert (own.is_from_resident, own.by) == (True, "")
    assert (told.is_from_resident, told.by) == (True, "由周晓梅（客服前台接待员）记录")


def test_a_resident_reads_their_own_reason_for_withdrawing():
    """The reason that the staff wrote when they withdrew it for the resident is not."""
    (own,) = story("withdrawn", RESIDENT)
    (theirs,) = story("withdrawn", RECEPTIONIST.id)
    assert own.said == (MARKED["reason"],)
    assert theirs.said == ()


@pytest.mark.parametrize(
    ("kind", "by", "changes", "title"),
    [
        ("replied", MANAGER.id, {"explains": True}, "向您说明情况"),
        ("closed", MANAGER.id, {"ended_as": "invalid"}, "投诉结束，情况已向您说明"),
        (
            "return_visit_asked",
            "clock",
            {"by_letter": False},
            "回访：到了问您问题是否解决的时候，客服主任会与您联系",
        ),
        ("new_date_set", "clock", {"because": ("risen",)}, "现由赵国强（物业经理）负责"),
        (
            "new_date_set",
            "clock",
            {"because": ("missed",)},
            "没有按时办理，向您致歉；现由赵国强（物业经理）负责",
        ),
        ("return_visit_missed", "clock", {}, "回访未进行：我们还没有问到您，会继续与您联系"),
        ("return_visit_tried", MANAGER.id, {}, "回访：这次没能联系上您，我们会再联系"),
        (
            "return_visit_tried",
            MANAGER.id,
            {"ends": True},
            "回访：几次都没能联系上您，回访到此结束。问题还在的，请随时告诉我们",
        ),
        (
            "return_visited",
            MANAGER.id,
            {"satisfaction": "mostly_satisfied"},
            "回访：您说问题没有再出现（基本满意）",
        ),
        ("confirmed", RESIDENT, {"satisfaction": "satisfied"}, "您说：问题解决了（满意）"),
        ("return_visited", MANAGER.id, {"held": False}, "回访：您说问题没有解决"),
        ("merged", MANAGER.id, {}, "和反映同一件事的其他投诉一并办理，由同一个人负责到底"),
        ("time_agreed", MANAGER.id, {}, "与您约定：2026年11月27日（星期五）15:00 给您回话"),
    ],
)
def test_one_kind_that_says_two_things_has_two_titles(kind, by, changes, title):
    """An explanation is no reply, and silence is no answer."""
    (entry,) = story(kind, by, **changes)
    assert entry.title == title


def test_who_was_not_reached_said_nothing():
    """What the staff wrote when nobody answered is a note of theirs."""
    (entry,) = story("return_visit_tried", MANAGER.id)
    assert entry.said == ()


def test_who_has_left_the_staff_is_one_of_the_staff():
    """No id of the directory stands where a name should."""
    (entry,) = story("acknowledged", "somebody-gone")
    assert entry.by == "工作人员"


def test_a_reply_by_word_of_mouth_stands_when_it_was_told():
    """Not when it was written down."""
    (entry,) = story("replied", MANAGER.id)
    assert entry.at == at(MONDAY)
