"""The offline cloud as a whole: AWS, the company's table and staff, and what runs by itself."""

import os
import secrets
import threading
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from botocore.session import get_session

from chalicelib.adapters.clock import MovableClock
from chalicelib.bootstrap import Container, container
from chalicelib.domain.named_addresses import NamedAddress
from chalicelib.domain.staff import Staff
from chalicelib.policy import load_organisation
from desk.connection import LOCAL, forget_address, leave_accounts, leave_address
from desk.offline.accounts import COGNITO, Accounts
from desk.offline.aws import REGION, OfflineAws
from desk.offline.background import LOG, repeat
from desk.offline.identity import make_pool
from desk.offline.mailbox import Mailbox
from desk.offline.photos import Arrivals
from desk.offline.stream import Pump
from desk.offline.uploads import Uploads

HERE = Path(__file__).parent
TABLE = "complaint-desk"
BUCKET = "complaint-desk-photos"
SWEEP_EVERY = 300
"""Seconds, as the sweep's schedule has it."""


class OfflineCloud:
    """AWS in memory, set up as the company's own account would be."""

    def __init__(self, site_url: str) -> None:
        self.aws = OfflineAws(TABLE)
        self.mailbox = Mailbox()
        self.clock = MovableClock(LOCAL / f"clock-{secrets.token_hex(4)}")
        self.site_url = site_url
        self.accounts: Accounts
        self._stopping = threading.Event()
        self._arrivals = Arrivals()

    @property
    def container(self) -> Container:
        """The product's parts, over this cloud."""
        return container()

    def start(self) -> None:
        """Start AWS, make the bucket and the user pool, and say where all of it is."""
        LOCAL.mkdir(parents=True, exist_ok=True)
        self.aws.start()
        environment = {
            **self.aws.environment,
            # Moto then checks the codes of authenticators, all of which have one secret.
            "MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP": "true",
            "TABLE_NAME": TABLE,
            "PHOTOS_BUCKET": BUCKET,
            "SITE_URL": self.site_url,
            "CODE_KEYS": secrets.token_urlsafe(32),
            "FORM_KEYS": secrets.token_urlsafe(32),
            "OPERATOR_EMAIL": "operator@anhe.example",
            "CLOCK_FILE": str(self.clock.path),
        }
        os.environ.update(environment)
        environment |= self._make_pool()
        os.environ.update(environment)
        self.container.clients.update(dynamodb=self.aws.dynamodb, sesv2=self.mailbox)
        self._make_bucket()
        leave_address(environment)

    def take_on_staff(self) -> dict[str, dict[str, str]]:
        """Fill the staff directory, and open everybody's account: their addresses and passwords.

        Each role is a different person with a different address and a different password.
        """
        staff = tomllib.loads((HERE / "staff.toml").read_text("utf-8"))["staff"]
        opened = {}
        for person in msgspec.convert(staff, list[Staff]):
            self.container.staff.put(person)
            password = self.accounts.open(person.id, person.email)
            opened[person.id] = {"email": person.email, "password": password}
        leave_accounts(opened)
        return opened

    def run(self, functions: Any) -> Pump:  # noqa: ANN401 - the module app.py, loaded by its path
        """Carry the stream to the notifier, the schedule to the sweep, and files to the photos."""
        pump = Pump(self.aws.table.stream, functions, self.mailbox.next_event)
        threading.Thread(target=pump.run, args=(self._stopping,), daemon=True).start()
        repeat("The sweep", self._sweep, SWEEP_EVERY, self._stopping)
        arrivals = (functions, self._stopping)
        threading.Thread(target=self._arrivals.run, args=arrivals, daemon=True).start()
        return pump

    def expire(self, now: datetime) -> None:
        """What the table was to keep until then goes, as DynamoDB lets it go some time later."""
        self.aws.table.expire(int(now.timestamp()))

    def stop(self) -> None:
        """Forget everything."""
        self._stopping.set()
        self.aws.stop()
        self.clock.path.unlink(missing_ok=True)
        forget_address(self.aws.environment)

    def _make_pool(self) -> dict[str, str]:
        """The user pool and its client; before the parts are made, which want to know them."""
        client = get_session().create_client("cognito-idp")
        sender = load_organisation().sender
        parameters = {
            "SiteUrl": self.site_url,
            "Sender": NamedAddress.of(sender).on_one_line,
            "MailIdentity": NamedAddress.of(sender).address,
        }
        pool = make_pool(client, parameters)
        self.accounts = Accounts(pool.pool_id, sender, self.clock, self.mailbox)
        self.aws.beside[COGNITO] = self.accounts
        return {"USER_POOL_ID": pool.pool_id, "USER_POOL_CLIENT_ID": pool.client_id}

    def _make_bucket(self) -> None:
        self.container.client("s3").create_bucket(Bucket=BUCKET)
        credentials = get_session().get_credentials()
        self.aws.forms = Uploads(credentials, REGION, self.site_url, self._arrive).answer

    def _arrive(self, bucket: str, key: str, content: bytes, kind: str) -> str:
        """A browser's file is in storage, and whoever follows it is told."""
        client = self.container.client("s3")
        answer = client.put_object(Bucket=bucket, Key=key, Body=content, ContentType=kind)
        tag = str(answer["ETag"])
        self._arrivals.tell(bucket, key, len(content), tag)
        return tag

    def _sweep(self) -> None:
        """One sweep; what failed in it is named, and is due again in the next."""
        for one in self.container.sweep.go().failed:
            LOG.error("Left for the next sweep: %s", one)
