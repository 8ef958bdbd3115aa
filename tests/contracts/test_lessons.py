"""What every `Lessons` keeps."""

from chalicelib.application.records import Lesson
from chalicelib.domain.commands import Close
from support.examples import acknowledge, at, judge, reply
from support.histories import lived, one_more

MONDAY = "Monday 2026-11-23 10:00"


def closed(ports, reference, moment, lesson, **facts):
    """A complaint seen through, and closed at this moment with this lesson."""
    history = lived(
        MONDAY,
        ("Monday 2026-11-23 10:30", acknowledge("jade-manager")),
        ("Monday 2026-11-23 11:00", judge("jade-supervisor", valid=True)),
        ("Monday 2026-11-23 12:00", reply("jade-manager", "telephone")),
        reference=reference,
        **facts,
    )
    ports.submit(history)
    after = one_more(history, moment, Close("jade-manager", "密封圈老化", "已更换", lesson))
    ports.complaints.save(history, after, None)


def test_lessons_of_a_category_come_newest_first(ports):
    """Each with its complaint and its community, so that the reader can go there."""
    tuesday, wednesday = "Tuesday 2026-11-24 10:00", "Wednesday 2026-11-25 10:00"
    closed(ports, "7K3MQ-9TX4B", tuesday, "雨季前查立管")
    closed(ports, "8K3MQ-9TX4B", wednesday, "备足密封圈")
    closed(ports, "9K3MQ-9TX4B", wednesday, "别处的", category="noise")
    first = Lesson("water_leak", "jade-lake", "7K3MQ-9TX4B", at(tuesday), "雨季前查立管")
    second = Lesson("water_leak", "jade-lake", "8K3MQ-9TX4B", at(wednesday), "备足密封圈")
    assert ports.lessons.of("water_leak") == (second, first)
    assert ports.lessons.of("lift") == ()


def test_closing_without_a_lesson_leaves_none(ports):
    """Nobody has to find one."""
    closed(ports, "7K3MQ-9TX4B", "Tuesday 2026-11-24 10:00", "  ")
    assert ports.lessons.of("water_leak") == ()
