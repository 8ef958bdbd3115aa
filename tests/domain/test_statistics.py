"""The rows of a month: every month reconciles, consecutive months meet, and nothing is lost."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain import commands, figures
from chalicelib.domain.evolve import replay
from chalicelib.domain.statistics import (
    gaps,
    is_carried,
    month_of,
    month_rows,
    months_before,
    to_be_loaded,
    unmatched,
)
from support.examples import (
    POLICY,
    SHANGHAI,
    a_life,
    acknowledge,
    at,
    close,
    confirm,
    dispute,
    feedback,
    judge,
    reopen,
    reply,
    return_visit,
)
from support.lives import lives
from support.naive_counts import moves_of
from support.values import replace

OWNER = "jade-manager"
NOVEMBER, DECEMBER = (month_of(name, SHANGHAI) for name in ("2026-11", "2026-12"))
several = settings(max_examples=settings.default.max_examples // 2)


def months_of(life):
    """Every month from the first record of a life to the one after its last."""
    first, last = (record.at.astimezone(SHANGHAI) for record in (life.records[0], life.records[-1]))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [month_of(months_before(f"{first:%Y-%m}", -n), SHANGHAI) for n in range(count + 1)]


def state_at(records, moment):
    """What stood just before that moment; None before the receipt."""
    before = [one for one in records if one.at < moment]
    return replay(before) if before else None


def ledger(*every):
    """All records with their references, as the ledger has them."""
    return [
        (records[0].event.reference, replace(one, words={})) for records in every for one in records
    ]


def opening_of(month, *every, happened=()):
    """The states at a month's first instant: of all in hand, and of whatever it names besides."""
    states = [one for records in every if (one := state_at(records, month.starts_at))]
    carried = [one for one in states if is_carried(one)]
    named = to_be_loaded(carried, happened, month)
    return [*carried, *(one for one in states if one.reference in named and one not in carried)]


def rows_of(month, *every):
    happened = ledger(*every)
    return month_rows(opening_of(month, *every, happened=happened), happened, month, POLICY)


def renamed(life, reference):
    """The same life under another reference."""
    first, *others = life.records
    return (replace(first, event=replace(first.event, reference=reference)), *others)


def counts(rows, *keys):
    return {key: figures.count(key, rows) for key in keys}


@several
@given(lives)
def test_every_month_reconciles_and_meets_the_next(life):
    """上月结转 and what came in is what went out and 月末结转, and the next begins with that."""
    records, happened = life.records, ledger(life.records)
    for month in months_of(life):
        opening = opening_of(month, records, happened=happened)
        rows = month_rows(opening, happened, month, POLICY)
        assert figures.balance(rows).difference == 0
        assert gaps(opening, happened, month) == ()
        after = month_of(months_before(month.name, -1), SHANGHAI)
        assert unmatched(rows, opening_of(after, records)) == ()


@several
@given(lives, lives)
def test_what_is_counted_of_several_is_the_sum_of_each(one, other):
    """Figures of several communities are those of each together."""
    both = (renamed(one, "7K3MQ-00001"), renamed(other, "7K3MQ-00002"))
    for month in {*months_of(one), *months_of(other)}:
        together = rows_of(month, *both)
        apart = [rows_of(month, records) for records in both]
        for key in figures.COUNTS:
            assert figures.count(key, together) == sum(figures.count(key, rows) for rows in apart)


@several
@given(lives, st.data())
def test_a_dropped_event_is_noticed(life, data):
    """Whatever record of a complaint in hand is lost, the month does not add up any more."""
    records = life.records
    lost = data.draw(st.integers(0, len(records) - 1))
    kept = [one for one in ledger(records) if one[1].number != lost + 1]
    month = next(one for one in months_of(life) if one.holds(records[lost].at))
    opening = opening_of(month, records, happened=kept)
    next_opening = opening_of(month_of(months_before(month.name, -1), SHANGHAI), records)
    noticed = {
        *gaps(opening, kept, month),
        *to_be_loaded(opening, kept, month),
        *unmatched(month_rows(opening, kept, month, POLICY), next_opening),
    }
    was_in_hand = lost > 0 and is_carried(replay(records[:lost]))
    assert noticed or not (was_in_hand or next_opening)


@pytest.mark.parametrize("lost", range(8))
def test_a_life_with_one_record_lost_does_not_reconcile(lost):
    """Each of its records in turn: received, owned, acknowledged, judged, replied to, closed."""
    life = a_whole_life()
    kept = [one for one in ledger(life.records) if one[1].number != lost + 1]
    rows = month_rows((), kept, NOVEMBER, POLICY)
    noticed = gaps((), kept, NOVEMBER) + to_be_loaded((), kept, NOVEMBER)
    assert len(life.records) == 8
    assert noticed + unmatched(rows, opening_of(DECEMBER, life.records))


def a_whole_life():
    """Eight records of November, and it is open still."""
    return (
        a_life("Monday 2026-11-02 10:00")
        .on("Monday 2026-11-02 11:00", acknowledge(OWNER, "telephone"))
        .on("Monday 2026-11-02 15:00", judge("jade-supervisor", valid=True))
        .on("Tuesday 2026-11-03 09:30", feedback())
        .on("Wednesday 2026-11-04 10:00", reply(OWNER, "telephone"))
        .on("Thursday 2026-11-05 10:00", close(OWNER))
        .on("Monday 2026-11-09 10:00", reopen(OWNER))
    )


def test_a_month_counts_what_happened_in_it():
    """A life that a clerk can follow: in November it came, was closed and opened again."""
    rows = rows_of(NOVEMBER, a_whole_life().records)
    found = figures.balance(rows)
    assert (found.opening, found.closing) == (0, 1)
    assert {move for move, times in found.came_in.items() if times} == {"new", "reopened_closed"}
    assert {move for move, times in found.went_out.items() if times} == {"closed"}
    kept = ("contact_due", "contact_kept", "reply_due", "reply_kept", "feedback_due")
    assert counts(rows, *kept, "feedback_kept", "new_valid", "in_hand", "solved") == {
        **dict.fromkeys((*kept, "feedback_kept", "new_valid", "in_hand"), 1),
        "solved": 0,
    }


def test_times_are_counted_in_working_hours_and_in_calendar_days():
    """Received on Friday at 17:00, answered on Monday at 10:00: two working hours, 65 in all."""
    life = a_life("Friday 2026-11-06 17:00").on("Monday 2026-11-09 10:00", reply(OWNER))
    found = figures.spreads(rows_of(NOVEMBER, life.records))
    assert found["reply", "working"].median == 2 * 60
    assert found["reply", "calendar"].longest == 65 * 60
    assert ("close", "working") not in found


def test_ninety_percent_are_within_the_time_that_is_said():
    """Of ten the ninth; of one the one; the median of two lies between them."""
    lived = [
        renamed(
            a_life("Monday 2026-11-02 09:00").on(
                at("Monday 2026-11-02 09:00") + timedelta(minutes=10 * n), acknowledge(OWNER)
            ),
            f"7K3MQ-0000{n}",
        )
        for n in range(10)
    ]
    spread = figures.spreads(rows_of(NOVEMBER, *lived))["contact", "working"]
    assert (spread.count, spread.median, spread.most, spread.longest) == (10, 45, 80, 90)


def test_a_promise_is_missed_in_the_month_in_which_it_fell_due():
    """First contact was promised for Tuesday 1 December: missed then, and no miss of November."""
    life = a_life("Monday 2026-11-30 10:00").on("Thursday 2026-12-03 10:00", acknowledge(OWNER))
    names = ("contact_due", "contact_kept", "overdue", "new")
    assert counts(rows_of(NOVEMBER, life.records), *names) == dict(
        zip(names, (0, 0, 0, 1), strict=True)
    )
    assert counts(rows_of(DECEMBER, life.records), *names) == dict(
        zip(names, (1, 0, 1, 0), strict=True)
    )


def test_a_reply_that_came_back_kept_no_promise():
    """It had counted as arrived; once it bounced, the reply is due still."""
    life = a_life("Monday 2026-11-02 10:00").on("Monday 2026-11-02 15:00", acknowledge(OWNER))
    life = life.on("Tuesday 2026-11-03 10:00", judge("jade-supervisor", valid=True))
    life = life.on("Tuesday 2026-11-03 11:00", reply(OWNER))
    assert figures.count("reply_kept", rows_of(NOVEMBER, life.records)) == 1
    (number,) = (one.number for one in life.records if one.kind == "replied")
    bounced = commands.RecordDelivery(number, "reply", "bounced", at("Tuesday 2026-11-03 11:00"))
    life = life.on("Tuesday 2026-11-03 12:00", bounced)
    names = ("reply_kept", "reply_due", "contact_kept", "solved")
    assert counts(rows_of(NOVEMBER, life.records), *names) == dict(
        zip(names, (0, 0, 1, 0), strict=True)
    )
    life = life.on("Wednesday 2026-11-04 10:00", reply(OWNER, "telephone"))
    assert counts(rows_of(NOVEMBER, life.records), *names) == dict.fromkeys(names, 1)


def test_satisfaction_counts_answers_alone():
    """Who was not asked, and who was not reached, is never counted as satisfied."""
    answered = _replied().on("Wednesday 2026-11-11 10:00", _visited("satisfied"))
    unasked = _replied().on("Wednesday 2026-11-11 10:00", return_visit("jade-supervisor"))
    unhappy = _replied().on("Wednesday 2026-11-11 10:00", _visited("dissatisfied"))
    tried = _replied()
    for moment in ("Tuesday 2026-11-10", "Wednesday 2026-11-11", "Thursday 2026-11-12"):
        tried = tried.on(f"{moment} 10:00", return_visit("jade-supervisor", held=None))
    every = [
        renamed(life, f"7K3MQ-0000{n}")
        for n, life in enumerate((answered, unasked, unhappy, tried))
    ]
    rows = rows_of(NOVEMBER, *every)
    assert counts(
        rows, "answers", "content", "not_asked", "visits_answered", "visits_not_reached"
    ) == {
        "answers": 2,
        "content": 1,
        "not_asked": 1,
        "visits_answered": 3,
        "visits_not_reached": 1,
    }


def test_the_resident_s_own_word_answers_the_visit():
    """Who confirmed need not be asked again; who disputed after being asked was asked."""
    confirmed = _replied().on("Friday 2026-11-06 10:00", confirm(OWNER))
    assert figures.count("visits_answered", rows_of(NOVEMBER, confirmed.records)) == 1
    disputed = _replied().on("Friday 2026-11-06 10:00", dispute(OWNER))
    rows = rows_of(NOVEMBER, disputed.records)
    assert counts(rows, "visits_answered", "disputed") == {"visits_answered": 0, "disputed": 1}


def test_an_import_is_counted_apart_when_it_was_taken_in():
    """It was received in October elsewhere: November takes it in, and October knows nothing."""
    life = a_life(
        "Monday 2026-11-23 10:00", channel="import", received_at=at("Friday 2026-10-09 10:00")
    )
    assert rows_of(month_of("2026-10", SHANGHAI), life.records) == ()
    rows = rows_of(NOVEMBER, life.records)
    assert counts(rows, "new", "imported", "closing") == {"new": 0, "imported": 1, "closing": 1}


def test_what_had_ended_elsewhere_is_no_figure():
    """It came with its end, and nobody here had it in hand."""
    life = a_life("Monday 2026-11-23 10:00", channel="import")
    ended = life.on("Monday 2026-11-23 10:00", commands.EndElsewhere(at("Monday 2026-11-23 09:00")))
    assert rows_of(NOVEMBER, ended.records) == ()


def test_tables_count_each_key_once_a_complaint():
    """The most first; of clauses one complaint may meet several."""
    one = renamed(a_life("Monday 2026-11-02 10:00", category="noise"), "7K3MQ-00001")
    two = [renamed(a_life("Monday 2026-11-02 10:00", hurt=True), f"7K3MQ-0000{n}") for n in (2, 3)]
    rows = rows_of(NOVEMBER, one, *two)
    assert [(key, found["new"]) for key, found in figures.table("category", rows).items()] == [
        ("water_leak", 2),
        ("noise", 1),
    ]
    assert {key: found["new"] for key, found in figures.table("clause", rows).items()} == {
        "5.2.1": 3,
        "5.1.2": 2,
    }
    assert {key: found["new"] for key, found in figures.table(figures.CROSS, rows).items()} == {
        "engineering water_leak": 2,
        "engineering noise": 1,
    }
    narrowed = figures.narrowed(rows, "category", "noise")
    assert figures.references("new", narrowed) == ("7K3MQ-00001",)


@pytest.mark.parametrize("name", ["2026-11", "2026-12"])
def test_a_month_is_that_of_the_community_s_calendar(name):
    """From midnight in Shanghai to midnight, across the end of a year."""
    month = month_of(name, SHANGHAI)
    after = month_of(months_before(name, -1), SHANGHAI)
    assert month.starts_at.astimezone(SHANGHAI).hour == 0
    assert month.ends_at == after.starts_at
    assert months_before(after.name, 1) == name


@several
@given(lives)
def test_a_second_way_of_counting_agrees(life):
    """Kind by kind over the raw events of the whole life, without a state of ours."""
    records = life.records
    naive = moves_of(records)
    for month in months_of(life):
        found = figures.balance(rows_of(month, records))
        moves = {**found.came_in, **found.went_out}
        assert {move: times for move, times in moves.items() if times} == naive.get(month.name, {})


def _replied():
    life = a_life("Monday 2026-11-02 10:00")
    life = life.on("Monday 2026-11-02 15:00", judge("jade-supervisor", valid=True))
    return life.on("Tuesday 2026-11-03 10:00", reply(OWNER, "telephone"))


def _visited(satisfaction):
    return commands.ReturnVisit(
        "jade-supervisor", True, "telephone", "Asked.", satisfaction=satisfaction
    )
