"""From the table's stream to the mail service: every event reaches the notifier, once told."""

import pytest

import app
from chalicelib.application.ports.image_processor import Copies
from chalicelib.domain.commands import Erase, Withdraw
from support.clouds import requests_of
from support.examples import acknowledge, close, judge, reply
from support.forms import an_intake
from support.people import HEAD, MANAGER, SUPERVISOR
from support.stream import Stream, hand_over

STAFF_TOLD = sorted(one.email for one in (SUPERVISOR, MANAGER, HEAD))


@pytest.fixture
def stream(cloud):
    return Stream(cloud.table)


@pytest.fixture
def submit(cloud):
    """Submit a form under an id; the reference."""
    container = cloud.container

    def submit(form_id, **changes):
        intake = an_intake(container.clock.now(), form_id=form_id, **changes)
        return container.submit_complaint.receive(intake, "web").reference

    return submit


def receipts(cloud):
    """The references in the subjects of the letters to the resident, in order."""
    return [
        mail["Subject"].split("：")[0].split()[-1]
        for mail in cloud.mails()
        if mail["To"] == "li@example.com"
    ]


def test_the_stream_tells_keys_and_nothing_personal(stream, submit):
    """A record of the stream has the keys of the item, and no image of it."""
    before = len(stream.all_records())
    submit("one")
    records = stream.all_records()
    assert len(records) == before + 6
    assert {key for one in records for key in one["dynamodb"] if "Image" in key} == set()
    assert {one["dynamodb"]["StreamViewType"] for one in records} == {"KEYS_ONLY"}


def test_the_request_itself_sends_nothing(cloud, stream, submit):
    """A submission is answered before anybody is written to; the stream does that."""
    with requests_of(cloud.dynamodb) as sent:
        submit("one")
    assert sent == ["TransactWriteItems"]
    assert cloud.mails() == []
    assert stream.deliver() == []
    assert sorted(mail["To"] for mail in cloud.mails()) == sorted([*STAFF_TOLD, "li@example.com"])


def test_one_sends_resends_sends_again_and_the_third_letter_comes(cloud, stream, submit):
    """A resend cancels its transaction, writes no letter, and holds up nobody after it."""
    first = submit("one")
    stream.deliver()
    assert submit("one") == first
    stream.deliver()
    assert receipts(cloud) == [first]
    third = submit("two", category="lift")
    stream.deliver()
    assert receipts(cloud) == [first, third]
    assert len(cloud.mails()) == 8


def test_an_event_delivered_twice_is_sent_once(cloud, stream, submit):
    """The stream may bring everything again, from the beginning; nobody is written to twice."""
    submit("one")
    stream.deliver()
    sent = len(cloud.mails())
    assert hand_over(stream.all_records()) == []
    assert len(cloud.mails()) == sent


def test_a_batch_asks_for_the_staff_once(cloud, stream, submit):
    """However many events a batch has, their letters read one directory."""
    for form_id in ("one", "two", "three"):
        submit(form_id, unit=form_id)
    asked = []

    def note(params, **_):
        asked.append(params.get("ExpressionAttributeValues", {}).get(":pk"))

    events = cloud.dynamodb.meta.events
    events.register("provide-client-params.dynamodb.Query", note)
    assert hand_over(stream.all_records()) == []
    events.unregister("provide-client-params.dynamodb.Query", note)
    assert asked.count({"S": "STAFF"}) == 1
    assert len(cloud.mails()) == 3


def test_an_event_of_a_closed_complaint_is_taken_quietly(cloud, stream, submit):
    """A receipt that comes again after the end is no error, and nobody is written to."""
    reference = submit("one", email=None)
    stream.deliver()
    end(cloud.container, reference)
    stream.deliver()
    sent = len(cloud.mails())
    assert hand_over(stream.all_records()) == []
    assert len(cloud.mails()) == sent


def test_a_refused_letter_is_named_to_the_stream_and_sent_at_the_next_delivery(
    cloud, stream, submit
):
    """The record that failed is reported, its event stays unsettled, and nothing is lost."""
    reference = submit("one")
    cloud.stop_mail()
    (failed,) = hand_over(stream.all_records())
    assert cloud.mails() == []
    assert ("E#000001", True) in pending(cloud, reference)
    records = stream.all_records()
    assert failed in [one["dynamodb"]["SequenceNumber"] for one in records]
    cloud.start_mail()
    assert stream.deliver() == []
    assert len(cloud.mails()) == 4
    assert pending(cloud, reference) == [("E#000001", False), ("E#000002", False)]


def test_the_sweep_sends_what_the_stream_left(cloud, stream, submit):
    """What was refused for as long as the stream tried goes out at the next sweep."""
    reference = submit("one")
    cloud.stop_mail()
    stream.deliver()
    cloud.start_mail()
    cloud.advance(minutes=4)
    assert cloud.container.sweep.go().posted == 0
    cloud.advance(minutes=2)
    report = cloud.container.sweep.go()
    assert (report.posted, report.failed) == (2, ())
    assert len(cloud.mails()) == 4
    assert pending(cloud, reference) == [("E#000001", False), ("E#000002", False)]


def test_the_schedule_sweeps(cloud, submit):
    """The scheduled function checks the deadlines and posts, and answers what it did."""
    submit("one")
    cloud.advance(minutes=6)
    event = {"time": "2026-11-23T02:00:00Z", "resources": [], "detail": {}, "region": "x"}
    answer = app.sweep({"source": "aws.events", "detail-type": "x", **_event(event)}, None)
    assert answer == {"looked_at": 0, "posted": 1, "failed": 0, "unfinished": False}


def test_other_items_are_passed_over(cloud, stream, submit):
    """Heads, contacts, letters and staff are no events, and a settled event is no new one."""
    submit("one")
    stream.deliver()
    others = [
        one
        for one in stream.all_records()
        if one["eventName"] != "INSERT" or not one["dynamodb"]["Keys"]["sk"]["S"].startswith("E#")
    ]
    assert len(others) > 5
    with requests_of(cloud.dynamodb) as sent:
        assert hand_over(others) == []
    assert sent == []


def _event(event):
    return {"version": "0", "account": "123456789012", "id": "an-id", **event}


def end(container, reference):
    """See a complaint through: accepted, judged, answered, closed."""
    for command in (
        acknowledge(MANAGER.id, "telephone"),
        judge(SUPERVISOR.id, valid=True),
        reply(MANAGER.id, "telephone"),
        close(MANAGER.id),
    ):
        container.act_on_complaint.act(reference, command, by=command.by)


def pending(cloud, reference):
    """Each event of a complaint, and whether its letters are still to go out."""
    found = (item for item in cloud.items() if item["pk"]["S"] == f"C#{reference}")
    return sorted((one["sk"]["S"], "pending" in one) for one in found if one["sk"]["S"][0] == "E")


EXPIRED = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def removal(reference, sk="CONTACT", by=None):
    """A record of the stream that tells of a removal, as DynamoDB writes it."""
    keys = {"pk": {"S": f"C#{reference}"}, "sk": {"S": sk}}
    change = {"Keys": keys, "SequenceNumber": "1", "StreamViewType": "KEYS_ONLY"}
    change["SizeBytes"] = 99
    record = {
        "eventID": "1",
        "eventName": "REMOVE",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {**change, "ApproximateCreationDateTime": 1_800_000_000},
        "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/x/stream/y",
    }
    return record | ({"userIdentity": by} if by else {})


def photos_of(cloud, reference):
    """How many copies are kept of a complaint's photos."""
    store = cloud.container.photo_store
    folder = f"photos/{reference}/"
    return store.client.list_objects_v2(Bucket=store.bucket, Prefix=folder)["KeyCount"]


def test_when_the_words_expire_the_photos_go(cloud, submit):
    """DynamoDB removes the contact by itself, and the stream tells of it."""
    reference, other = submit("one"), submit("two")
    for one in (reference, other):
        cloud.container.photo_store.save(one, "p1", Copies(b"large", b"small"))
    assert hand_over([removal(reference, by=EXPIRED)]) == []
    assert (photos_of(cloud, reference), photos_of(cloud, other)) == (0, 2)


@pytest.mark.parametrize(
    ("sk", "by"),
    [("CONTACT", None), ("K#unit", EXPIRED), ("HEAD", EXPIRED)],
)
def test_no_other_removal_takes_a_photo(cloud, submit, sk, by):
    """Neither a household key that expires beside it, nor a removal by anybody else."""
    reference = submit("one")
    cloud.container.photo_store.save(reference, "p1", Copies(b"large", b"small"))
    assert hand_over([removal(reference, sk, by)]) == []
    assert photos_of(cloud, reference) == 2


def test_an_erasure_takes_the_photos_by_the_stream(cloud, stream, submit):
    """The event reaches the notifier, and the bucket is emptied of them."""
    reference, container = submit("one"), cloud.container
    cloud.container.photo_store.save(reference, "p1", Copies(b"large", b"small"))
    for command in (Withdraw(SUPERVISOR.id, "不用了"), Erase(MANAGER.id, "业户要求")):
        stream.deliver()
        assert photos_of(cloud, reference) == 2
        container.act_on_complaint.act(reference, command, by=command.by)
    assert stream.deliver() == []
    assert photos_of(cloud, reference) == 0
