"""Photos of a complaint: how many, until when, and that each counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import AddPhoto, Erase, RefusePhoto, Withdraw
from chalicelib.domain.decisions.photos import tidied_name
from chalicelib.domain.photos import MOST, MOST_REFUSED
from support.examples import a_life, reopen

MONDAY, TUESDAY = "Monday 2026-11-23 10:00", "Tuesday 2026-11-24 10:00"
WITHDRAWN = Withdraw("jade-supervisor", "It stopped.")


@pytest.fixture
def life():
    return a_life(MONDAY)


def photos(count):
    return [AddPhoto(f"p{number}", f"{number}.jpg") for number in range(count)]


def test_a_photo_is_on_the_record_with_its_files_name(life):
    """The event holds the photo's id; the name is among the words, which can be erased."""
    [record] = life.on(TUESDAY, AddPhoto("p1", "天花板.jpg")).latest
    assert (record.kind, record.event.photo) == ("photo_added", "p1")
    assert record.words == {"name": "天花板.jpg"}


def test_the_seventh_photo_is_refused_on_the_record(life):
    """Six are taken; the next stands there with its name and why it was not."""
    full = life.on(TUESDAY, *photos(MOST))
    [record] = full.on(TUESDAY, AddPhoto("one-more", "7.jpg")).latest
    assert record.event.because == "too_many"
    assert record.words == {"name": "7.jpg"}


def test_after_the_end_a_photo_is_refused_on_the_record(life):
    """A file that arrives when nobody handles the complaint any more is not dropped in silence."""
    ended = life.on(TUESDAY, WITHDRAWN, AddPhoto("p1", "late.jpg"))
    assert ended.latest[0].event.because == "ended"
    assert ended.complaint.photos == ()


def test_opened_again_it_takes_photos_again_and_kept_the_ones_it_had(life):
    """A new round begins with the photos of the last."""
    again = life.on(TUESDAY, *photos(1), WITHDRAWN, reopen("jade-supervisor"))
    assert again.on(TUESDAY, AddPhoto("p1", "1.jpg")).complaint.photos == ("p0", "p1")


def test_no_more_than_twenty_refusals_are_recorded(life):
    """A flood of files leaves a history that can be read; a good photo is still taken."""
    flood = [RefusePhoto(f"f{number}", "x", "not_a_picture") for number in range(MOST_REFUSED + 5)]
    flooded = life.on(TUESDAY, *flood)
    assert len(flooded.complaint.refused_photos) == MOST_REFUSED
    assert flooded.on(TUESDAY, *photos(1)).complaint.photos == ("p0",)


def test_erasing_leaves_no_photo(life):
    """The state names none any more."""
    sent = [*photos(2), RefusePhoto("f", "x.pdf", "not_a_picture")]
    erased = life.on(TUESDAY, *sent, WITHDRAWN, Erase("jade-manager", "She asked."))
    assert (erased.complaint.photos, erased.complaint.refused_photos) == ((), ())


def test_nobody_is_written_to_about_a_photo(life):
    """Six photos within a minute are no reason for six letters."""
    sent = life.on(TUESDAY, *photos(MOST), RefusePhoto("f", "x.pdf", "not_a_picture"))
    assert sent.letters_of(sent.records[2:]) == ()


ids = st.sampled_from([f"p{number}" for number in range(12)])
sendings = st.lists(
    st.one_of(
        st.builds(AddPhoto, ids, st.text()),
        st.builds(RefusePhoto, ids, st.text(), st.just("unreadable")),
    ),
    max_size=40,
)


@given(sendings)
def test_whatever_is_sent_and_told_there_are_never_more_than_six_and_each_counts_once(sent):
    """Storage may tell of each file any number of times, in any order."""
    life = a_life(MONDAY).on(TUESDAY, *sent)
    complaint = life.complaint
    assert len(complaint.photos) <= MOST
    told = [*complaint.photos, *complaint.refused_photos]
    assert sorted(told) == sorted({one.photo for one in sent})
    assert life.on(TUESDAY, *sent).records == life.records


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("天花板 1.jpg", "天花板 1.jpg"),
        ("C:\\photos\\leak.jpg", "leak.jpg"),
        ("../../etc/passwd", "passwd"),
        ("gpj.\u202eexe\u2069", "gpj.exe"),
        ("a\x00\r\nb\u2028c.png", "a b c.png"),
        ("📷.webp", "📷.webp"),
        ("  \u200b ", "photo"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_is_tidied(name, shown):
    """No path, nothing invisible, nothing that turns the line round, a hundred characters."""
    assert tidied_name(name) == shown
