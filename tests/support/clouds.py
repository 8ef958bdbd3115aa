"""AWS in this process, by moto: the table from infra/storage.yaml, mail, and the parts.

`a_cloud` has its table by moto, too; `a_light_cloud` has it in memory, for tests that are not
about DynamoDB: moto takes longer over one request than the product over a whole page.
"""

import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.session import get_session
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.kms.utils import generate_private_key
from moto.ses.models import ses_backends

from chalicelib.adapters.clock import SystemClock  # noqa: TID251 - what is moved
from chalicelib.bootstrap import Container, container
from chalicelib.domain.staff import Staff
from support.examples import at
from support.mail import arrived, hear
from support.people import STAFF
from support.stream import Stream, WaitingRecords, carry
from support.watched_table import WatchedTable

STORAGE = Path(__file__).parents[2] / "infra" / "storage.yaml"
SENDER = "desk@anhe.example"
_BEGINS_AT = at("Monday 2026-11-23 20:00")
_MOVED = int((_BEGINS_AT - SystemClock().now()).total_seconds())
"""Seconds that a cloud's clock is moved by at first: tests begin on the same evening each time.

It goes on from there, and once for the whole process: no cloud sees another's begin before it.
"""


@cache
def client(service: str) -> Any:
    """A client for the tests' own looks; moto answers it."""
    return get_session().create_client(service)


@dataclass(frozen=True)
class Cloud:
    """The parts of the product over moto, and what a test wants to know of it."""

    container: Container

    @property
    def table(self) -> str:
        """The table's name."""
        return self.container.settings.table_name

    @property
    def dynamodb(self) -> Any:
        """The client that the product itself uses."""
        return self.container.complaints.client

    def items(self) -> list[dict[str, Any]]:
        """Every item of the table, staff aside."""
        return [item for item in self.all_items() if item["pk"]["S"] != "STAFF"]

    def all_items(self) -> list[dict[str, Any]]:
        """Every item of the table."""
        found: list[dict[str, Any]] = client("dynamodb").scan(TableName=self.table)["Items"]
        return found

    def deliver(self) -> list[str]:
        """Hand the stream's new records to the notifier; the ids of those that failed.

        What was sent arrives, and is told of, at once.
        """
        failed = self._carry()
        while hear(self.news()):
            failed += self._carry()
        return failed

    def news(self) -> list[dict[str, Any]]:
        """What the mail service tells of the letters of which nothing was heard yet."""
        return arrived(self.all_items(), self.container.clock.now())

    def _carry(self) -> list[str]:
        return self._stream.deliver()

    @property
    def waiting_records(self) -> Any:
        """The stream as the offline cloud's pump reads it."""
        return WaitingRecords(self.table)

    @cached_property
    def _stream(self) -> Stream:
        return Stream(self.table)

    def mails(self) -> list[EmailMessage]:
        """Every letter that the mail service took, oldest first."""
        sent = ses_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
        policy = email.policy.default
        return [email.message_from_string(one.raw_data, policy=policy) for one in sent]

    def stop_mail(self) -> None:
        """From now on the mail service refuses every letter."""
        client("ses").delete_identity(Identity=SENDER)

    def start_mail(self) -> None:
        """From now on the mail service takes letters."""
        client("sesv2").create_email_identity(EmailIdentity=SENDER)

    def advance(self, **by: float) -> None:
        """Move the clock forward: ``hours=1``."""
        self.container.clock.move_to(self.container.clock.now() + timedelta(**by))


@dataclass(frozen=True)
class LightCloud(Cloud):
    """A cloud whose table is in memory."""

    watched: WatchedTable = field(default_factory=WatchedTable)

    @property
    def dynamodb(self) -> Any:
        """The client that the product itself uses."""
        return self.watched

    def all_items(self) -> list[dict[str, Any]]:
        """Every item of the table."""
        return self.watched.items()

    def _carry(self) -> list[str]:
        return carry(self.watched.new_records)

    @property
    def waiting_records(self) -> Any:
        """The stream as the offline cloud's pump reads it."""
        return self.watched.stream


_generated_once = cache(generate_private_key)
"""Moto makes a key to encrypt each table with, which takes longer than the table."""


@contextmanager
def a_cloud(staff: tuple[Staff, ...] = STAFF) -> Iterator[Cloud]:
    """A cloud with the table, the sender and the staff; nothing else is in it."""
    with mock_aws(), patch("moto.kms.models.generate_private_key", _generated_once):
        made = container()
        # Whom another cloud's pages named.
        vars(made).pop("remembered_staff", None)
        made.settings.clock_file.write_text(str(_MOVED), "ascii")
        client("cloudformation").create_stack(
            StackName="storage",
            TemplateBody=STORAGE.read_text("utf-8"),
            Parameters=[
                {"ParameterKey": "SiteUrl", "ParameterValue": made.settings.site_url},
                {"ParameterKey": "PhotosBucketName", "ParameterValue": made.settings.photos_bucket},
            ],
        )
        cloud = Cloud(made)
        cloud.start_mail()
        for person in staff:
            made.staff.put(person)
        yield cloud


_WATCHED = WatchedTable()
_LIGHT_PARTS: dict[str, Any] = {"clients": {"dynamodb": _WATCHED}}
"""The parts over the table in memory, kept from cloud to cloud as `container` keeps the others."""


@contextmanager
def a_light_cloud(staff: tuple[Staff, ...] = STAFF) -> Iterator[LightCloud]:
    """The same with its table in memory, which tests/contracts and tests/infra hold to moto's."""
    with mock_aws(), _light_parts(container()) as made:
        made.settings.clock_file.write_text(str(_MOVED), "ascii")
        _WATCHED.empty()
        client("s3").create_bucket(Bucket=made.settings.photos_bucket)
        cloud = LightCloud(made, _WATCHED)
        cloud.start_mail()
        for person in staff:
            made.staff.put(person)
        yield cloud


@contextmanager
def _light_parts(made: Container) -> Iterator[Container]:
    """The process's one container, which the functions know, with other parts for a while."""
    parts = vars(made)
    kept = dict(parts)
    others = {name: kept[name] for name in ("settings", "fields")}
    parts.clear()
    parts.update(others | _LIGHT_PARTS)
    try:
        yield made
    finally:
        _LIGHT_PARTS.update({name: one for name, one in parts.items() if name not in others})
        parts.clear()
        parts.update(kept)


@contextmanager
def requests_of(any_client: Any) -> Iterator[list[str]]:
    """The operations that a client sends while this is open, each try counted."""
    sent: list[str] = []
    if isinstance(any_client, WatchedTable):
        with any_client.watched_by(sent.append):
            yield sent
        return

    def count(request: Any, **_: Any) -> None:
        sent.append(request.headers["X-Amz-Target"].decode().rpartition(".")[2])

    events = any_client.meta.events
    events.register_first("before-send.dynamodb", count)
    try:
        yield sent
    finally:
        events.unregister("before-send.dynamodb", count)


@contextmanager
def one_at_a_time(any_client: Any) -> Iterator[None]:
    """Requests of several threads follow each other: moto's transactions are not isolated."""
    lock = RLock()

    def take(**_: Any) -> None:
        lock.acquire()

    def give_back(**_: Any) -> None:
        lock.release()

    events = any_client.meta.events
    ends = ("after-call.dynamodb", "after-call-error.dynamodb")
    events.register_first("before-call.dynamodb", take)
    for end in ends:
        events.register_last(end, give_back)
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb", take)
        for end in ends:
            events.unregister(end, give_back)


@contextmanager
def failing(any_client: Any, operation: str = "", bug: Exception | None = None) -> Iterator[None]:
    """The table answers nothing, or not this operation, while this is open; or a bug is met."""
    if isinstance(any_client, WatchedTable):

        def refuse(asked: str) -> None:
            if operation in ("", asked):
                raise bug or ClientError({"Error": {"Code": "AccessDeniedException"}}, asked)

        with any_client.watched_by(refuse):
            yield
        return

    def fail(**_: Any) -> tuple[AWSResponse, dict[str, Any]]:
        if bug:
            raise bug
        return AWSResponse("", 400, {}, None), {"Error": {"Code": "AccessDeniedException"}}

    event = f"before-call.dynamodb.{operation}".rstrip(".")
    any_client.meta.events.register_first(event, fail)
    try:
        yield
    finally:
        any_client.meta.events.unregister(event, fail)
