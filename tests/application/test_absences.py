"""An absence lasts from a day until a day: what goes to the deputy comes back by itself."""

from datetime import date

import pytest

from chalicelib.domain.commands import Dispute, HandOver, Reply
from chalicelib.domain.model import RESIDENT
from support.examples import at
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, SUPERVISOR
from support.values import replace

WEEK = {"absent_from": date(2026, 11, 30), "absent_until": date(2026, 12, 4)}
AWAY = replace(MANAGER, deputy=SUPERVISOR.id, **WEEK)


@pytest.fixture
def office():
    """A Friday with three complaints of the manager's, whose absence begins on Monday."""
    office = Office("Friday 2026-11-27 10:00")
    office.staff.put(AWAY)
    go(office)
    return office


def go(office):
    """One sweep, and the stream after it."""
    report = office.sweep.go()
    office.deliver()
    assert report.failed == ()


def owners(office, references):
    """Who has each."""
    return [office.complaints.load(one).complaint.owner.staff for one in references]


def to(office, person, since):
    """The subjects of this person's letters after the first `since`, those of the day aside."""
    sent = office.mailer.sent[since:]
    return [one.written.subject for one in sent if one.to == person.email]


def taken_over(office):
    """Three complaints, and Monday morning's sweep."""
    references = [office.receive(form_id=one) for one in ("1", "2", "3")]
    assert owners(office, references) == [MANAGER.id] * 3
    since = len(office.mailer.sent)
    go(office.until("Monday 2026-11-30 00:05"))
    return references, since


def test_it_begins_on_its_day_and_one_letter_lists_all(office):
    """Not before; the deputy has one letter of the three, and who is away has none."""
    references, since = taken_over(office)
    assert owners(office, references) == [SUPERVISOR.id] * 3
    (subject,) = to(office, SUPERVISOR, since)
    assert "3 件投诉由您接替" in subject
    letter = next(one for one in office.mailer.sent[since:] if one.to == SUPERVISOR.email)
    assert all(one in letter.written.text for one in references)
    assert to(office, MANAGER, since) == []


def test_it_ends_after_its_last_day_and_what_was_not_answered_comes_back(office):
    """One that the deputy replied to stays; one that was given to somebody else stays there."""
    references, _ = taken_over(office)
    answered, given, left = references
    office.until("Tuesday 2026-12-01 10:00")
    office.act(answered, Reply(SUPERVISOR.id, "done", "done"))
    office.act(given, HandOver(SUPERVISOR.id, HEAD.id, "yours"))
    go(office.until("Friday 2026-12-04 23:50"))
    assert owners(office, references) == [SUPERVISOR.id, HEAD.id, SUPERVISOR.id]
    since = len(office.mailer.sent)
    go(office.until("Saturday 2026-12-05 00:05"))
    assert owners(office, references) == [SUPERVISOR.id, HEAD.id, MANAGER.id]
    assert [one for one in to(office, MANAGER, since) if left in one]
    person = office.staff.directory().person(MANAGER.id)
    assert (person.absent, person.absent_from, person.absent_until) == (False, None, None)


def test_what_the_deputy_has_answered_stays_though_the_answer_is_disputed(office):
    """The deputy has begun to reply and knows the matter; a dispute does not undo that."""
    (disputed, *_), _ = taken_over(office)
    office.until("Tuesday 2026-12-01 10:00")
    told_at = at("Monday 2026-11-30 00:01")  # before the sweep of that night moved it
    office.act(disputed, Reply(SUPERVISOR.id, "Seal.", "telephone", told_at, "Replaced."))
    office.act(disputed, Dispute(RESIDENT, "It drips.", "page"))
    go(office.until("Saturday 2026-12-05 00:05"))
    assert owners(office, [disputed]) == [SUPERVISOR.id]


def test_several_come_back_in_one_letter_to_each(office):
    """The one who is there again and the one who stood in read one list."""
    references, _ = taken_over(office)
    since = len(office.mailer.sent)
    go(office.until("Saturday 2026-12-05 00:05"))
    assert owners(office, references) == [MANAGER.id] * 3
    told = [
        one for one in office.mailer.sent[since:] if all(r in one.written.text for r in references)
    ]
    assert sorted(one.to for one in told) == sorted([MANAGER.email, SUPERVISOR.email])


def test_the_letter_goes_with_one_that_comes_back(office):
    """Though the last of them has been answered and stays."""
    references, _ = taken_over(office)
    office.until("Tuesday 2026-12-01 10:00")
    office.act(references[-1], Reply(SUPERVISOR.id, "done", "done"))
    since = len(office.mailer.sent)
    go(office.until("Saturday 2026-12-05 00:05"))
    assert owners(office, references) == [MANAGER.id, MANAGER.id, SUPERVISOR.id]
    assert "[Please take on again] 2 complaints are yours again" in to(office, MANAGER, since)


def test_one_that_fails_to_come_back_is_tried_again(office):
    """By the next sweep of the same day, and the others have come."""
    references, _ = taken_over(office)
    save, bad = office.complaints.save, references[1]

    def saves(before, after, *rest, **named):
        if after.complaint.reference == bad and after.records[-1].kind == "came_back":
            raise OSError("made up")
        save(before, after, *rest, **named)

    office.complaints.save = saves
    assert office.until("Saturday 2026-12-05 00:05").sweep.go().failed
    office.deliver()
    assert owners(office, references) == [MANAGER.id, SUPERVISOR.id, MANAGER.id]
    office.complaints.save = save
    go(office.until("Saturday 2026-12-05 00:10"))
    assert owners(office, references) == [MANAGER.id] * 3


def test_doing_it_again_changes_nothing(office):
    """A second sweep of the day finds all as it is to be."""
    references, _ = taken_over(office)
    since = len(office.mailer.sent)
    office.standing_in.keep_absences(office.clock.now())
    go(office.until("Monday 2026-11-30 00:10"))
    assert owners(office, references) == [SUPERVISOR.id] * 3
    assert office.mailer.sent[since:] == []


def test_a_deputy_who_goes_away_too_passes_it_on_and_it_comes_back_to_the_first(office):
    """It is still in the place of the one who was away first."""
    (reference, *_), _ = taken_over(office)
    office.staffing.change(LEADER, replace(SUPERVISOR, absent=True, deputy=LEADER.id))
    assert owners(office, [reference]) == [LEADER.id]
    go(office.until("Saturday 2026-12-05 00:05"))
    assert owners(office, [reference]) == [MANAGER.id]


def test_a_failure_is_tried_again_by_the_next_sweep(office):
    """Though the day is the same."""
    reference = office.receive()
    put, office.staff.put = office.staff.put, _broken
    office.until("Monday 2026-11-30 00:05")
    assert office.sweep.go().failed
    office.staff.put = put
    go(office.until("Monday 2026-11-30 00:10"))
    assert owners(office, [reference]) == [SUPERVISOR.id]


def test_another_change_of_the_staff_at_that_moment_delays_nothing(office):
    """As a second sweep makes it, or somebody at the staff's page."""
    reference = office.receive()
    office.until("Monday 2026-11-30 00:05")
    put = office.staff.put

    def overtaken(person, version=None):
        office.staff.put = put
        put(replace(AWAY, language="zh"))  # whoever came first
        put(person, version)

    office.staff.put = overtaken
    go(office)
    assert owners(office, [reference]) == [SUPERVISOR.id]


def _broken(*_):
    raise OSError("made up")


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "陈静（代物业经理）"), ("en", "Chen Jing (acting property manager)")],
)
def test_who_stands_in_is_called_acting(office, language, said):
    """By residents and staff alike."""
    (reference, *_), _ = taken_over(office)
    owner = office.complaints.load(reference).complaint.owner
    presenter = office.letter_writer.contents.presenter(language)
    assert presenter.owner(owner, office.staff.directory()) == said


def test_who_holds_a_post_above_is_called_by_that():
    """A leader who has it as nobody else is there is no acting manager."""
    office = Office("Friday 2026-11-27 10:00")
    office.staff.put(replace(MANAGER, absent=True))
    owner = office.complaints.load(office.receive()).complaint.owner
    presenter = office.letter_writer.contents.presenter("en")
    assert owner.staff == LEADER.id
    assert "(company leadership)" in presenter.owner(owner, office.staff.directory())


def test_a_leader_who_is_the_deputy_acts_all_the_same():
    """Named by whoever is away, and not as the one above."""
    office = Office("Friday 2026-11-27 10:00")
    office.staff.put(replace(MANAGER, absent=True, deputy=LEADER.id))
    owner = office.complaints.load(office.receive()).complaint.owner
    presenter = office.letter_writer.contents.presenter("zh")
    assert "（代物业经理）" in presenter.owner(owner, office.staff.directory())
