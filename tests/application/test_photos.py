"""Photos from leave to record: what is taken, what is refused, and what may go wrong."""

import json
from datetime import timedelta

import pytest

from chalicelib.adapters.timed_images import TimedImageProcessor
from chalicelib.application import upload_keys
from chalicelib.application.photo_links import in_preparation, rejected_photos
from chalicelib.domain.commands import AddPhoto, Erase, Withdraw
from chalicelib.domain.errors import ChangedMeanwhileError, RefusedError
from chalicelib.domain.photos import MOST, MOST_INVITED, MOST_REFUSED
from support.office import Office
from support.people import MANAGER, SUPERVISOR
from support.values import replace


@pytest.fixture
def office():
    return Office("Monday 2026-11-23 10:00")


@pytest.fixture
def reference(office):
    return office.receive()


def complaint(office, reference):
    return office.complaints.load(reference).complaint


def leave(office, reference, name):
    """The key under which a file arrives that was sent with a fresh leave."""
    upload = office.photo_links.invite(complaint(office, reference))
    return upload.fields["key"].replace("${filename}", name)


def send(office, reference, name="leak.jpg", content=b"picture"):
    """A file arrives; its key."""
    key = leave(office, reference, name)
    office.photo_store.send(key, content)
    return key


def sent(office, reference, *names):
    """These photos are sent and taken."""
    for name in names:
        office.photo_processing.take(send(office, reference, name, b"picture " + name.encode()))


def shown(office, reference):
    return office.photo_links.shown(office.complaints.load(reference))


def refused(office, reference):
    found = rejected_photos(office.complaints.load(reference))
    return [(one.name, one.because) for one in found]


def test_a_photo_is_taken_and_shown_with_its_name(office, reference):
    """Both copies are kept, the file that arrived is not, and the resident stands on the record."""
    key = send(office, reference, "天花板.jpg", b"picture of a leak")
    assert office.photo_processing.take(key) == "added"
    (one,) = shown(office, reference)
    assert (one.name, one.record.by) == ("天花板.jpg", "resident")
    assert one.small == f"{one.large}-small"
    assert office.photo_store.incoming == {}
    (copies,) = office.photo_store.saved.values()
    assert copies.large == b"large picture of a leak"


def test_what_is_no_picture_is_refused_by_name(office, reference):
    """It is said what it was called and why, and nothing of it stays."""
    assert office.photo_processing.take(send(office, reference, "page.jpg", b"<html>")) == "refused"
    assert refused(office, reference) == [("page.jpg", "not_a_picture")]
    assert (office.photo_store.incoming, office.photo_store.saved) == ({}, {})


def test_told_twice_a_photo_is_one(office, reference):
    """Storage tells at least once; the second time there is nothing to be done."""
    key = send(office, reference)
    assert [office.photo_processing.take(key), office.photo_processing.take(key)] == [
        "added",
        "gone",
    ]
    assert len(shown(office, reference)) == 1


class Fragile:
    """A port that dies at one of its steps, once."""

    def __init__(self, port, step):
        self._port, self._step = port, step

    def __getattr__(self, name):
        if name == self._step:
            self._step = ""
            raise ConnectionError(name)
        return getattr(self._port, name)


@pytest.mark.parametrize("step", ["arrived", "save", "dismiss"])
def test_whoever_dies_on_the_way_leaves_one_photo_when_told_again(office, reference, step):
    """At each step of storage."""
    key = send(office, reference)
    photo_processing = office.but(photo_store=Fragile(office.photo_store, step)).photo_processing
    with pytest.raises(ConnectionError):
        photo_processing.take(key)
    photo_processing.take(key)
    (one,) = shown(office, reference)
    photo = complaint(office, reference).photos[0]
    assert office.photo_store.photos(reference) == {photo}
    assert office.photo_store.incoming == {}
    assert one.large.endswith(photo)


def test_dying_before_the_record_leaves_one_photo_when_told_again(office, reference):
    """The copies are kept before the record says so."""
    key = send(office, reference)
    act = Fragile(office.act_on_complaint, "act_on")
    photo_processing = replace(office.photo_processing, act=act)
    with pytest.raises(ConnectionError):
        photo_processing.take(key)
    assert shown(office, reference) == []
    photo_processing.take(key)
    assert len(shown(office, reference)) == len(office.photo_store.saved) == 1


def test_another_file_sent_with_the_same_leave_is_another_photo(office, reference):
    """Who goes back and sends the next photo with the old form loses neither."""
    key = send(office, reference, "image.jpg", b"picture one")
    office.photo_processing.take(key)
    office.photo_store.send(key, b"picture two")
    assert office.photo_processing.take(key) == "added"
    assert len(shown(office, reference)) == 2


def test_the_seventh_of_seven_at_once_is_refused_and_not_kept(office, reference):
    """All had leave when they were sent."""
    keys = [send(office, reference, f"{n}.jpg", b"picture %d" % n) for n in range(MOST + 1)]
    outcomes = [office.photo_processing.take(key) for key in keys]
    assert outcomes == ["added"] * MOST + ["refused"]
    assert refused(office, reference) == [("6.jpg", "too_many")]
    assert len(office.photo_store.saved) == MOST


class Racing:
    """Acting, while another photo comes first each time that one is added."""

    def __init__(self, act, others):
        self._act, self._others = act, others

    def __getattr__(self, name):
        return getattr(self._act, name)

    def act_on(self, history, command, by):
        """Act, unless somebody else was faster."""
        if self._others:
            self._act.act(history.complaint.reference, self._others.pop(), by)
            raise ChangedMeanwhileError
        return self._act.act_on(history, command, by)


def test_photos_that_arrive_at_once_give_way_to_each_other(office, reference):
    """Five others come first, and the sixth is still taken."""
    others = [AddPhoto(f"other-{number}", "x") for number in range(MOST - 1)]
    act = Racing(office.act_on_complaint, others)
    photo_processing = replace(office.photo_processing, act=act)
    assert photo_processing.take(send(office, reference)) == "added"


def test_who_comes_too_late_in_a_race_is_not_kept(office, reference):
    """It looked as if there were room, and the copies were kept; then there was none."""
    others = [AddPhoto(f"other-{number}", "x") for number in range(MOST)]
    act = Racing(office.act_on_complaint, others)
    photo_processing = replace(office.photo_processing, act=act)
    assert photo_processing.take(send(office, reference, "late.jpg")) == "refused"
    assert refused(office, reference) == [("late.jpg", "too_many")]
    assert office.photo_store.saved == {}


def test_after_the_end_no_leave_is_given_and_what_is_on_its_way_is_refused(office, reference):
    """A file that was sent before is on the record with why it was not taken."""
    key = send(office, reference)
    office.act(reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    assert office.photo_processing.take(key) == "refused"
    assert refused(office, reference) == [("leak.jpg", "ended")]
    with pytest.raises(RefusedError, match="ended"):
        office.photo_links.invite(complaint(office, reference))


def test_no_leave_is_given_beyond_six_photos(office, reference):
    """The refusal says how many there may be."""
    sent(office, reference, *"123456")
    with pytest.raises(RefusedError, match="photos_full") as full:
        office.photo_links.invite(complaint(office, reference))
    assert full.value.params == {"most": MOST}


def test_no_leave_is_given_to_who_sends_too_much_that_is_none(office, reference):
    """After twenty files that were no photos the resident is asked to call."""
    keys = [send(office, reference, f"{n}.pdf", b"%%PDF %d" % n) for n in range(MOST_REFUSED)]
    for key in keys:
        office.photo_processing.take(key)
    with pytest.raises(RefusedError, match="photos_refused_often"):
        office.photo_links.invite(complaint(office, reference))


def test_nothing_is_decoded_for_who_sent_too_much_that_is_none(office, reference):
    """What comes after twenty refusals is not looked at: it is dropped, and the record stays."""
    for n in range(MOST_REFUSED):
        office.photo_processing.take(send(office, reference, f"{n}.pdf", b"%%PDF %d" % n))
    key = upload_keys.folder(reference, "0" * 16) + "late.jpg"
    office.photo_store.send(key, b"picture")
    untouchable = replace(office.photo_processing, image_processor=None)
    assert untouchable.take(key) == "refused"
    assert len(refused(office, reference)) == MOST_REFUSED
    assert office.photo_store.incoming == {}


def test_leave_is_counted_when_it_is_given(office, reference):
    """Who asks again and again and sends nothing is asked to come back tomorrow."""
    now = complaint(office, reference)
    for _ in range(MOST_INVITED):
        office.photo_links.invite(now)
    with pytest.raises(RefusedError, match="photos_asked_often"):
        office.photo_links.invite(now)
    office.until("Tuesday 2026-11-24 00:00").photo_links.invite(now)


def test_looking_at_the_page_gives_no_more_leave(office, reference):
    """The form's leave is the same until a photo came of it."""

    def on_the_page():
        upload = office.photo_links.standing_invitation(complaint(office, reference), "/")
        return upload.fields["key"]

    first = on_the_page()
    assert on_the_page() == first
    sent(office, reference, "leak.jpg")
    assert on_the_page() != first


def test_what_takes_too_long_is_on_the_record_as_refused(office, reference):
    """It counts among the refused, so that nobody tries it for ever."""
    slow = TimedImageProcessor(timedelta(milliseconds=1))
    photo_processing = replace(office.photo_processing, image_processor=slow)
    assert photo_processing.take(send(office, reference)) == "refused"
    assert refused(office, reference) == [("leak.jpg", "took_too_long")]


@pytest.mark.parametrize(
    "key",
    [
        "incoming/00000-00000/0123456789abcdef/leak.jpg",
        "incoming/nonsense",
        "incoming/../../photos/x.jpg",
        "incoming/7K3MQ-9TX4B/short/leak.jpg",
    ],
)
def test_a_file_of_no_complaint_is_forgotten(office, key):
    """Nothing else is done about it."""
    office.photo_store.send(key, b"picture")
    assert office.photo_processing.take(key) == "nobodys"
    assert (office.photo_store.incoming, office.photo_store.saved) == ({}, {})


def test_erasing_takes_the_photos_with_the_words(office, reference):
    """The notifier does it when the event reaches it; other complaints keep theirs."""
    other = office.receive(form_id="another")
    for one in (reference, other):
        sent(office, one, "leak.jpg")
    office.act(reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    assert office.photo_store.photos(reference)
    office.act(reference, Erase(MANAGER.id, "业户要求"))
    assert office.photo_store.photos(reference) == set()
    assert len(office.photo_store.photos(other)) == 1
    assert shown(office, reference) == []


def test_what_arrives_after_the_erasure_is_forgotten(office, reference):
    """No photo and no word of it comes back."""
    key = send(office, reference)
    office.act(reference, Withdraw(SUPERVISOR.id, "业户说不用了"))
    office.act(reference, Erase(MANAGER.id, "业户要求"))
    before = office.complaints.load(reference)
    assert office.photo_processing.take(key) == "nobodys"
    assert office.complaints.load(reference) == before
    assert (office.photo_store.incoming, office.photo_store.saved) == ({}, {})


def test_an_export_names_the_photos(office, reference):
    """Those that are kept, and those that were refused with why."""
    sent(office, reference, "天花板.jpg")
    office.photo_processing.take(send(office, reference, "x.pdf", b"%PDF"))
    (one,) = office.personal_data.export([reference])["complaints"]
    records = {record["kind"]: record for record in one["records"]}
    assert records["photo_added"]["words"] == {"name": "天花板.jpg"}
    assert records["photo_refused"]["because"] == "not_a_picture"
    assert "photos/" not in json.dumps(one)


def test_until_it_is_on_the_record_a_photo_is_being_prepared(office, reference):
    """The page is told by storage what it took, and forgets it when the record knows."""
    key = send(office, reference, "天花板\u202e.jpg")
    tag = f'"{office.photo_store.arrived(key).tag}"'
    told = [(key, tag), ("incoming/other", "x"), ("nonsense", "")]
    assert in_preparation(office.complaints.load(reference), told) == ["天花板.jpg"]
    office.photo_processing.take(key)
    assert in_preparation(office.complaints.load(reference), told) == []


def test_another_complaint_s_file_is_not_said_to_be_in_preparation(office, reference):
    """Whatever an address says, a page speaks of its own files alone."""
    other = office.receive(form_id="another")
    key = send(office, other)
    assert in_preparation(office.complaints.load(reference), [(key, "tag")]) == []
