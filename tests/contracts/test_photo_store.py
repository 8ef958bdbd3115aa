"""What every `PhotoStore` keeps."""

from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.application.ports.image_processor import Copies
from chalicelib.domain.errors import NotFoundError
from fakes.photo_store import FakePhotoStore
from support.clouds import a_cloud

ONE, OTHER = "7K3MQ-9TX4B", "8K3MQ-9TX4B"
KEY = f"incoming/{ONE}/0123456789abcdef/天花板 漏水.jpg"
COPIES = Copies(b"large", b"small")


@dataclass(frozen=True)
class Bucket:
    """A store, and what a test wants to know of it."""

    store: Any
    send: Any
    photos: Any


@pytest.fixture(params=["S3", "memory"])
def bucket(request):
    if request.param == "memory":
        store = FakePhotoStore()
        yield Bucket(store, store.send, store.photos)
        return
    with a_cloud(staff=()) as cloud:
        store = cloud.container.photo_store
        yield Bucket(store, lambda *sent: send(store, *sent), lambda one: kept(store, one))


def send(store, key, content):
    store.client.put_object(Bucket=store.bucket, Key=key, Body=content)


def kept(store, reference):
    """The ids of the photos of which both copies are there."""
    folder = f"photos/{reference}/"
    found = store.client.list_objects_v2(Bucket=store.bucket, Prefix=folder).get("Contents", [])
    names = {one["Key"].removeprefix(folder).removesuffix(".jpg") for one in found}
    return {name for name in names if f"{name}-small" in names}


def test_a_file_is_there_until_it_is_dismissed(bucket):
    """Dismissing what is gone is no fault: it may be told twice."""
    bucket.send(KEY, b"content")
    assert bucket.store.arrived(KEY).content == b"content"
    for _ in range(2):
        bucket.store.dismiss(KEY)
    with pytest.raises(NotFoundError):
        bucket.store.arrived(KEY)


def test_other_content_has_another_tag(bucket):
    """The same content has the same."""
    tags = []
    for content in (b"one", b"two", b"one"):
        bucket.send(KEY, content)
        tags.append(bucket.store.arrived(KEY).tag)
    assert tags[0] == tags[2] != tags[1]
    assert '"' not in tags[0]


def test_a_photo_kept_twice_is_one(bucket):
    """And discarding what is not there is no fault."""
    for _ in range(2):
        bucket.store.save(ONE, "p1", COPIES)
    assert bucket.photos(ONE) == {"p1"}
    for _ in range(2):
        bucket.store.discard(ONE, "p1")
    assert bucket.photos(ONE) == set()


def test_all_photos_of_one_complaint_go_together(bucket):
    """And no other complaint's."""
    for reference, photo in ((ONE, "p1"), (ONE, "p2"), (OTHER, "p3")):
        bucket.store.save(reference, photo, COPIES)
    bucket.store.discard_all(ONE)
    assert (bucket.photos(ONE), bucket.photos(OTHER)) == (set(), {"p3"})
    bucket.store.discard_all(ONE)
