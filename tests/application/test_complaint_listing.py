"""The list of all complaints: what fits each filter, what is read for it, and who sees what."""

from collections import Counter
from datetime import date

import msgspec
import pytest

from chalicelib.application.complaint_filters import (
    CHOSEN,
    FILTERS,
    SORTS,
    ListReader,
    link,
    read_asked,
)
from chalicelib.application.complaint_listing import PER_PAGE, ComplaintListing
from chalicelib.application.listed import listed
from chalicelib.domain.commands import ReturnVisit, Withdraw
from chalicelib.domain.errors import BadInputError
from chalicelib.domain.references import reference_from
from chalicelib.policy import load_organisation
from fakes.complaint_list import FakeComplaintList
from fakes.complaints import FakeComplaints
from support.examples import (
    DIRECTORY,
    POLICY,
    at,
    close,
    dispute,
    judge,
    reply,
)
from support.histories import lived
from support.values import replace

NOW = at("Tuesday 2026-12-01 10:00")
TODAY = date(2026, 12, 1)
ORGANISATION = load_organisation()
OWNER, SUPERVISOR = "jade-manager", "jade-supervisor"
MONDAY, LATER = "Monday 2026-11-23 10:00", "Monday 2026-11-23 11:00"
WORDS = {
    "name": "李紫薇",
    "phone": "138-0000 0000",
    "building": "3栋",
    "unit": "1201",
    "place": "樓道",
    "description": "水管爆裂，水漏到了楼下。Ｗａｔｅｒ again",
    "request": "尽快修好",
}


class CountedList(FakeComplaintList):
    """The list, and what was asked of it."""

    def __init__(self, complaints):
        super().__init__(complaints)
        self.asked = Counter()

    def rows(self, span):
        """Counted."""
        self.asked["rows"] += 1
        return super().rows(span)

    def words(self, span):
        """Counted."""
        self.asked["words"] += 1
        return super().words(span)

    def words_of(self, references):
        """Counted, two dozen a request."""
        references = list(references)
        self.asked["words_of"] += -(-len(references) // 24)
        return super().words_of(references)

    def open(self):
        """Counted."""
        self.asked["open"] += 1
        return super().open()


class Shelf:
    """Complaints, and the list of them."""

    def __init__(self):
        self.complaints = FakeComplaints()
        self.list = CountedList(self.complaints)
        self.listing = ComplaintListing(POLICY, ORGANISATION, self.list)
        self.count = 0

    def put(self, moment=MONDAY, *steps, words=WORDS, **facts):
        """A complaint whose life was this; its reference."""
        self.count += 1
        reference = reference_from((self.count << 6).to_bytes(7))
        history = lived(moment, *steps, reference=reference, **facts)
        first, *rest = history.records
        history = type(history)((replace(first, words=dict(words)), *rest))
        self.complaints.submit(history, reference, {}, None)
        return reference

    def asked(self, staff=OWNER, **given):
        """The page that somebody is shown."""
        self.list.asked.clear()
        reader = ListReader(DIRECTORY.person(staff), NOW)
        return self.listing.page(read_asked(given, TODAY), reader)

    def found(self, staff=OWNER, **given):
        """The references on it, in their order."""
        return [one.complaint.reference for one in self.asked(staff, **given).lines]


@pytest.fixture
def shelf():
    return Shelf()


ENDED = (
    (LATER, judge(SUPERVISOR, valid=True)),
    ("Monday 2026-11-23 12:00", reply(OWNER)),
    ("Monday 2026-11-23 13:00", close(OWNER)),
)


@pytest.mark.parametrize(
    ("given", "steps", "facts"),
    [
        ({"community": "jade-lake"}, (), {}),
        ({"department": "cleaning"}, (), {"about": "cleaning"}),
        ({"category": "noise"}, (), {"category": "noise"}),
        ({"cause": "facility"}, (), {"cause": "facility"}),
        ({"severity": "major"}, (), {"hurt": True}),
        ({"severity": "undecided"}, (), {"cause": "unsure"}),
        ({"clause": "5.1.2"}, (), {"hurt": True}),
        ({"status": "closed"}, ENDED, {}),
        ({"status": "ended"}, ENDED, {}),
        ({"status": "open"}, (), {}),
        ({"validity": "yes"}, ENDED, {}),
        ({"validity": "open"}, (), {}),
        ({"channel": "web"}, (), {}),
        ({"owner": OWNER}, (), {"hurt": True}),
        ({"raised_again": "before"}, (), {"times_raised": 2}),
        ({"raised_again": "yes"}, (), {"times_raised": 2}),
        ({"raised_again": "no"}, (), {}),
        ({"overdue": "now"}, (), {}),
        ({"overdue": "never"}, ENDED, {}),
        ({"disputed": "no"}, (), {}),
        ({"satisfaction": "not_asked"}, (), {}),
        (
            {"satisfaction": "satisfied"},
            (
                *ENDED,
                (
                    "Monday 2026-11-30 15:00",
                    ReturnVisit("jade-receptionist", True, "telephone", "", "satisfied"),
                ),
            ),
            {},
        ),
        ({"building": "3号楼"}, (), {}),
        ({"month": "2026-11"}, (), {}),
        ({"from": "2026-11-23", "to": "2026年11月23日"}, (), {}),
        ({"ended_month": "2026-11"}, ENDED, {}),
        ({"ended_from": "2026-11-23"}, ENDED, {}),
        ({"text": "水管"}, (), {}),
    ],
)
def test_a_complaint_fits_what_it_is(shelf, given, steps, facts):
    """And is found by no other key of the same filter."""
    reference = shelf.put(MONDAY, *steps, **facts)
    assert shelf.found(**given) == [reference]
    (name, value), *_ = given.items()
    others = {"month": "2026-10", "ended_month": "2026-10", "building": "9栋"}
    other = others.get(name, "2026-11-24" if name.endswith("from") else f"{value}-no")
    assert shelf.found(**{**given, "to": "", name: other}) == []


def test_a_disputed_reply_is_found_as_such_and_as_raised_again(shelf):
    """The resident said that it is not solved."""
    steps = (*ENDED[:2], ("Tuesday 2026-11-24 09:00", dispute("resident")))
    reference = shelf.put(MONDAY, *steps)
    shelf.put(MONDAY)
    for given in ({"disputed": "yes"}, {"raised_again": "reopened"}, {"status": "reopened"}):
        assert shelf.found(**given) == [reference]


@pytest.mark.parametrize(
    "text",
    [
        "水管爆裂",
        "管爆",
        "樓道",
        "楼道",
        "water",
        "ＷＡＴＥＲ",
        "Water　楼下",
        "李紫薇 尽快",
        "13800000000",
        "138 0000",
    ],
)
def test_words_are_found_within_and_however_they_are_written(shelf, text):
    """Chinese by substring; full and half width, traditional and simplified are alike."""
    reference = shelf.put()
    shelf.put(words={"description": "电梯"})
    assert shelf.found(text=text) == [reference]


def test_a_reference_is_found_with_its_hyphen_and_without(shelf):
    """In capitals or not."""
    reference = shelf.put()
    shelf.put()
    for text in (reference, reference.replace("-", ""), reference.lower(), reference[:7]):
        assert reference in shelf.found(text=text)
    assert shelf.found(text=reference.replace("-", "").lower()) == [reference]


@pytest.mark.parametrize("text", ["水管 电梯", "---", "不存在"])
def test_each_word_must_be_there(shelf, text):
    """One of two is not enough, and hyphens alone are no word that all have."""
    shelf.put()
    assert shelf.found(text=text) == []


def test_without_days_there_are_the_open_ones_and_the_latest_months(shelf):
    """However old an open one is; an ended one of before is shown when its month is asked for."""
    old_open = shelf.put("Monday 2026-03-02 10:00")
    long_ended = shelf.put(
        "Monday 2026-03-02 10:00", ("Monday 2026-03-02 11:00", Withdraw(SUPERVISOR, "不用了"))
    )
    ended = shelf.put(MONDAY, *ENDED)
    assert shelf.found() == [ended, old_open]
    assert shelf.found(month="2026-03", sort="received") == sorted([old_open, long_ended])
    assert shelf.found(status="open") == [old_open]
    assert shelf.found(ended_month="2026-03") == [long_ended]


@pytest.mark.parametrize(
    ("given", "months", "most"),
    [
        ({}, 4, {"open": 1, "rows": 4, "words_of": 1}),
        ({"status": "open"}, 1, {"open": 1, "words_of": 1}),
        ({"month": "2026-11"}, 1, {"rows": 1, "words_of": 1}),
        ({"month": "2026-11", "text": "水"}, 1, {"rows": 1, "words": 1}),
        ({"from": "2026-01-01", "text": "水"}, 12, {"rows": 12, "words": 12}),
        ({"ended_month": "2026-11", "severity": "important"}, 1, {"rows": 1, "words_of": 1}),
    ],
)
def test_a_page_asks_at_most_twice_a_month_shown(shelf, given, months, most):
    """Once for rows, once for words, whatever there is."""
    for _ in range(PER_PAGE + 6):
        shelf.put(MONDAY)
    shelf.put(MONDAY, *ENDED)
    shelf.asked(**given)
    assert dict(shelf.list.asked) == most
    assert sum(most.values()) <= 2 * months


def test_pages_and_counts(shelf):
    """All are counted, and no page is beyond the last."""
    references = [shelf.put(MONDAY, category="noise") for _ in range(PER_PAGE)]
    references.append(shelf.put(LATER, hurt=True))
    first, last = shelf.asked(), shelf.asked(page="9")
    assert (first.found, first.pages, len(first.lines)) == (PER_PAGE + 1, 2, PER_PAGE)
    assert (last.page, len(last.lines)) == (2, 1)
    assert first.lines[0].complaint.reference == references[-1]
    assert first.lines[0].words["description"] == WORDS["description"]
    counts = shelf.asked(severity="major").counts
    assert (counts["severity"]["major"], counts["category"]["noise"]) == (1, PER_PAGE)


@pytest.mark.parametrize("sort", SORTS)
def test_one_can_sort_by_whatever_there_is_to_sort_by_both_ways(shelf, sort):
    """Other than by an instant that some lack, one way is the other turned round."""
    shelf.put(MONDAY, *ENDED)
    shelf.put(LATER, hurt=True, about="cleaning", category="noise")
    up, down = shelf.found(sort=sort), shelf.found(sort=f"-{sort}")
    assert sorted(up) == sorted(down)
    if sort in ("received", "severity", "category", "department", "status"):
        assert up == down[::-1] != down


def test_the_gravest_come_first_and_what_has_not_ended_last(shelf):
    """Keys are sorted as the policy has them."""
    minor, major = shelf.put(cause="facility"), shelf.put(hurt=True)
    ended = shelf.put(MONDAY, *ENDED)
    assert shelf.found(sort="severity") == [major, ended, minor]
    assert shelf.found(sort="ended")[0] == shelf.found(sort="-ended")[0] == ended


def test_nobody_sees_more_than_they_may(shelf):
    """Another community's are not counted either."""
    reference = shelf.put(community="jade-lake")
    assert shelf.found(staff=OWNER) == [reference]
    page = shelf.asked(staff="maple-manager")
    assert (page.found, page.read, page.lines) == (0, 0, ())


def test_in_confidence_no_word_leads_the_department_to_the_resident(shelf):
    """Its head finds the complaint by what it is, and neither by name, home, telephone or text."""
    reference = shelf.put(about="engineering", in_confidence=True)
    head = "head-of-engineering"
    (line,) = shelf.asked(staff=head).lines
    assert line.withheld
    assert set(line.words) <= {"place", "person"}
    assert shelf.found(staff=head, text=reference) == [reference]
    for given in (
        *({"text": WORDS[name]} for name in ("name", "phone", "building", "description")),
        {"building": "3"},
    ):
        assert shelf.found(staff=head, **given) == []
        assert shelf.found(staff=OWNER, **given) == [reference]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"month": "2026-13"}, "month", "month_unreadable"),
        ({"ended_month": "November"}, "ended_month", "month_unreadable"),
        ({"from": "2026-02-30"}, "from", "date_unreadable"),
        ({"from": "2026-11-23", "to": "2026-11-22"}, "to", "days_backwards"),
        ({"ended_from": "2020-01-01"}, "ended_from", "too_many_months"),
        ({"from": "2025-11-30", "text": "水"}, "from", "too_many_months_of_words"),
        ({"from": "2025-11-30", "building": "3"}, "from", "too_many_months_of_words"),
    ],
)
def test_what_cannot_be_read_is_named(given, field, code):
    """Field and reason; a year back to the same month is more than twelve months of words."""
    with pytest.raises(BadInputError) as refused:
        read_asked(given, TODAY)
    assert [(one.field, one.code) for one in refused.value.faults] == [(field, code)]


def test_twelve_months_of_words_are_read():
    """And of a file no more."""
    given = {"from": "2026-01-01", "text": "水"}
    assert len(read_asked(given, TODAY).received.months) == 12
    assert read_asked({"from": "2025-11-30"}, TODAY).received
    with pytest.raises(BadInputError):
        read_asked({"from": "2025-11-30"}, TODAY, reads_words=True)


def test_month_and_days_hold_together(shelf):
    """What is asked for twice is what both have."""
    shelf.put("Monday 2026-11-02 10:00")
    second = shelf.put(MONDAY)
    assert shelf.found(month="2026-11", **{"from": "2026-11-20"}) == [second]
    assert shelf.found(month="2026-10", **{"from": "2026-11-20"}) == []


def test_whoever_leads_here_says_what_is_to_be_shown():
    """A link is made of the table's names, and shows what it says."""
    assert link(severity="major", month="2026-11") == "month=2026-11&severity=major"
    with pytest.raises(KeyError):
        link(gravity="major")


def test_an_address_keeps_what_was_asked_for():
    """Whatever page or order is asked for next, in the order of the table."""
    asked = read_asked({"text": "漏水 & 3栋", "month": "2026-11", "sort": "owner"}, TODAY)
    address = asked.address(page=2)
    assert address.startswith("month=2026-11&text=")
    assert address.endswith("&sort=owner&page=2")
    assert read_asked({"sort": "doc; DROP"}, TODAY).sort == ""


def test_a_thousand_rows_are_one_page_of_a_query(shelf):
    """Of a life with everything in it; a page of a query is a megabyte, keys and all."""
    shelf.put(MONDAY, *ENDED, hurt=True, times_raised=3, in_confidence=True)
    (row,) = [listed(one.history, POLICY) for one in shelf.complaints.saved.values()]
    filled = replace(row, due_at=NOW, may_be_meant=(OWNER,) * 3, confided=("engineering",) * 2)
    keys = 200
    assert 1_000 * (len(msgspec.json.encode(filled)) + keys) < 1024 * 1024


def test_the_table_is_whole():
    """Whatever is chosen has options, and whatever is sorted by has a key."""
    for row in CHOSEN:
        assert row.kind == "person" or row.offered(POLICY, ORGANISATION)
    for name in SORTS:
        assert name in ("received", "ended") or FILTERS[name].keys
