"""Complaints as items, and back: nothing is lost on the way, and nothing is where it may not be."""

import random
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters import items
from chalicelib.application.history import History
from chalicelib.domain import events
from support.clouds import a_cloud
from support.examples import acknowledge, at, close, judge, reply
from support.histories import just_received, lived
from support.values import replace

WORDS = st.dictionaries(
    st.sampled_from(["name", "description", "unit", "text"]),
    st.text(st.characters(exclude_categories=["Cs"])).filter(bool),
)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31)).map(  # noqa: DTZ001 - aware below
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
LOSSES = st.none() | st.decimals(0, 99_999_999, places=2, allow_nan=False)
WHOLE = lived(
    "Monday 2026-11-23 10:00",
    ("Monday 2026-11-23 10:30", acknowledge("jade-manager")),
    ("Monday 2026-11-23 11:00", judge("jade-supervisor", valid=True)),
    ("Monday 2026-11-23 12:00", reply("jade-manager", "email")),
    ("Monday 2026-11-23 13:00", close("jade-manager")),
)


@st.composite
def histories(draw):
    """A whole life, with any words, any loss and any instants."""
    receipt = replace(
        WHOLE.records[0].event,
        reference=draw(st.from_regex(r"[0-9A-Z]{5}-[0-9A-Z]{5}", fullmatch=True)),
        received_at=draw(INSTANTS),
        loss=draw(LOSSES),
        times_raised=draw(st.integers(0, 99)),
        earlier_reference=draw(st.none() | st.just("8K3MQ-9TX4B")),
        hurt=draw(st.booleans()),
    )
    told = [replace(WHOLE.records[0], event=receipt), *WHOLE.records[1:]]
    return History(tuple(replace(one, at=draw(INSTANTS), words=draw(WORDS)) for one in told))


def as_items(history):
    """What a submission writes of this history."""
    complaint = history.complaint
    key = items.key(items.complaint_pk(complaint.reference), "CONTACT")
    return [
        *items.event_items(history.records, complaint),
        {**key, **items.receipt_words(history.records)},
        *items.text_items(history.records, complaint.reference),
    ]


@given(histories())
def test_any_history_comes_back_from_its_items(history):
    """Whatever is recorded is read again as it was, in whatever order the items come."""
    written = as_items(history)
    random.Random(0).shuffle(written)  # noqa: S311 - no secret
    assert items.history_from(written) == history


@given(histories())
def test_any_state_comes_back_from_its_head(history):
    """The state kept in the head is the replay of the records."""
    head = {"doc": items.encoded(history.complaint)}
    assert items.complaint_from(head) == history.complaint


@given(histories())
def test_words_stand_in_no_event(history):
    """An event's item has no attribute for words, whatever they are."""
    allowed = {"pk", "sk", "kind", "at", "by", "doc", "pending", "pending_at"}
    for item, record in zip(as_items(history), history.records, strict=False):
        assert set(item) == allowed | {"ledger", "ledger_at"}
        bare = replace(record, words={})
        assert items.event_items([bare], history.complaint) == [item]


def test_odd_words_survive_the_table():
    """Rare characters, emoji, blanks, line ends and quotation marks come back to the letter."""
    odd = [
        "𠮷野家",
        "👩‍👩‍👧",
        "  blanks  ",
        "a\nb\tc",
        "\"'`\\",
        "ﬁ ﷺ \u202e \ufeff",
        "é e\u0301",
        "{x}%s",
    ]
    facts = {"words": {f"w{place}": text for place, text in enumerate(odd)}}
    with a_cloud(staff=()) as cloud:
        complaints = cloud.container.complaints
        history = just_received("Monday 2026-11-23 10:00", loss=Decimal("4999.99"), **facts)
        complaints.submit(history, "digest", {}, None)
        assert complaints.load("7K3MQ-9TX4B") == history


def test_the_ledger_counts_in_the_communitys_month():
    """A complaint of 1 December 07:00 in Shanghai is December's, though it is November's in UTC."""
    history = just_received("Tuesday 2026-12-01 07:00")
    (item,) = items.event_items(history.records, history.complaint)
    assert item["at"]["S"] == "2026-11-30T23:00:00Z"
    assert item["ledger"]["S"] == "jade-lake#2026-12"


def test_an_imported_receipt_stands_in_the_month_when_it_was_received():
    """The ledger has it by when it happened, not by when it was imported."""
    history = just_received("Tuesday 2026-12-01 07:00", received_at=at("Monday 2026-08-03 09:00"))
    (item,) = items.event_items(history.records, history.complaint)
    assert item["ledger"]["S"] == "jade-lake#2026-08"


def test_every_event_has_a_name_to_be_kept_under():
    """The names under which events are kept are all different, and lead back."""
    assert {events.EVENTS[name]: name for name in events.EVENTS} == events.KINDS
