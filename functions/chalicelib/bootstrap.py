"""The only place where adapters are made, each when it is first needed.

One function never pays for another's container: the form's never makes a mail client,
and the letters' templates are imported by the notifier alone.
"""

import os
import secrets
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.application.keys import Keys
from chalicelib.application.ports.access_log import AccessLog
from chalicelib.application.ports.clock import Clock
from chalicelib.application.ports.duty_log import DutyLog
from chalicelib.application.ports.identity import Identity
from chalicelib.application.ports.lessons import Lessons
from chalicelib.application.ports.staff import StaffBook
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormFields
from chalicelib.policy import load_organisation, load_policy
from chalicelib.settings import Settings, settings_from

if TYPE_CHECKING:
    from chalicelib.application.archive import Archive
    from chalicelib.application.authentication import Authentication
    from chalicelib.application.desk import Desk
    from chalicelib.application.duty_log import DutyBook
    from chalicelib.application.notifier import Notifier
    from chalicelib.application.personal_data import PersonalData
    from chalicelib.application.photo_links import PhotoLinks
    from chalicelib.application.photo_processing import PhotoProcessing
    from chalicelib.application.ports.photo_store import PhotoStore
    from chalicelib.application.ports.sweep_log import SweepLog
    from chalicelib.application.preview import Preview
    from chalicelib.application.resident_actions import ResidentActions
    from chalicelib.application.second_factor import SecondFactor
    from chalicelib.application.sign_in import SignIn
    from chalicelib.application.staffing import Staffing
    from chalicelib.application.sweep import Sweep
    from chalicelib.application.throttling import Throttling


@dataclass(frozen=True)
class Container:
    """The product's container for one set of settings, and one table of form fields.

    `clients` are to be used in the place of botocore's, by service: the offline cloud has some.
    """

    settings: Settings
    clients: dict[str, Any] = field(default_factory=dict, compare=False)
    fields: FormFields = field(default=FIELDS, repr=False)

    @cached_property
    def policy(self) -> Policy:
        """The policy that runs."""
        return load_policy()

    @cached_property
    def organisation(self) -> Organisation:
        """The company, its communities and departments."""
        return load_organisation()

    @cached_property
    def keys(self) -> Keys:
        """References and codes."""
        return Keys(self.settings.code_keys, secrets.token_bytes)

    @cached_property
    def clock(self) -> Clock:
        """The only source of time."""
        from chalicelib.adapters.clock import MovableClock, SystemClock  # noqa: TID251 - the one place

        moved = self.settings.clock_file
        return MovableClock(moved) if moved else SystemClock()

    @cached_property
    def visits(self) -> "Authentication":
        """Knows who of the staff is asking."""
        from chalicelib.application.authentication import Authentication

        return Authentication(self.staff, self.keys, self.clock)

    @cached_property
    def identity(self) -> Identity:
        """Passwords and second factors."""
        from chalicelib.adapters.identity import CognitoIdentity

        settings = self.settings
        # A wrong password counts each time that it is tried, so that nothing is tried twice.
        client = self.client("cognito-idp", tries=1)
        return CognitoIdentity(client, settings.user_pool_id, settings.user_pool_client_id)

    @cached_property
    def sign_in(self) -> "SignIn":
        """Signs the staff in."""
        from chalicelib.application.sign_in import SignIn

        return SignIn(self.identity, self.staff, self.visits)

    @cached_property
    def second_factor(self) -> "SecondFactor":
        """Enrols the staff's authenticators."""
        from chalicelib.application.second_factor import SecondFactor

        return SecondFactor(self.identity)

    @cached_property
    def staffing(self) -> "Staffing":
        """Changes who is on the staff."""
        from chalicelib.application.staffing import Staffing

        return Staffing(self.desk, self.staff, self.identity)

    @cached_property
    def staff(self) -> StaffBook:
        """The staff directory."""
        from chalicelib.adapters.staff import TableStaff

        return TableStaff(self._dynamodb, self.settings.table_name)

    @cached_property
    def desk(self) -> "Desk":
        """Takes complaints in and carries out verbs."""
        from chalicelib.adapters.complaints import TableComplaints
        from chalicelib.application.desk import Desk

        table = self.settings.table_name
        return Desk(
            self.policy,
            self.organisation,
            TableComplaints(self._dynamodb, table, self._months_kept),
            self.staff,
            self.keys,
            self.clock,
        )

    @cached_property
    def resident_actions(self) -> "ResidentActions":
        """Carries out what a resident sends from her page."""
        from chalicelib.application.resident_actions import ResidentActions

        return ResidentActions(self.desk)

    @cached_property
    def duty_log(self) -> DutyLog:
        """The duty log."""
        from chalicelib.adapters.duty_log import TableDutyLog

        return TableDutyLog(self._dynamodb, self.settings.table_name, self._months_kept)

    @cached_property
    def access_log(self) -> AccessLog:
        """Who looked at which complaint."""
        from chalicelib.adapters.access_log import TableAccessLog

        return TableAccessLog(self._dynamodb, self.settings.table_name, self._months_kept)

    @cached_property
    def lessons(self) -> Lessons:
        """What was learned."""
        from chalicelib.adapters.lessons import TableLessons

        return TableLessons(self._dynamodb, self.settings.table_name)

    @cached_property
    def archive(self) -> "Archive":
        """Finds complaints and lessons."""
        from chalicelib.application.archive import Archive

        return Archive(self.organisation, self.desk.complaints, self.lessons, self.keys)

    @cached_property
    def personal_data(self) -> "PersonalData":
        """Gathers a resident's data for her."""
        from chalicelib.application.personal_data import PersonalData

        return PersonalData(self.desk.complaints)

    @cached_property
    def duty_book(self) -> "DutyBook":
        """Puts a day of the front desk together."""
        from chalicelib.application.duty_log import DutyBook

        return DutyBook(self.organisation, self.desk.complaints, self.duty_log)

    @cached_property
    def photo_links(self) -> "PhotoLinks":
        """Shows photos, and lets browsers send some."""
        from chalicelib.adapters.presigned_urls import SignedUrls
        from chalicelib.application.photo_links import PhotoLinks

        session = self._session
        presigned_urls = SignedUrls(
            self.settings.photos_bucket,
            session.get_config_variable("region"),
            os.environ.get("AWS_ENDPOINT_URL", ""),
            session.get_credentials,
        )
        return PhotoLinks(presigned_urls, secrets.token_bytes)

    @cached_property
    def photo_store(self) -> "PhotoStore":
        """Where photos are kept."""
        from chalicelib.adapters.photo_store import S3Photos

        return S3Photos(self.client("s3"), self.settings.photos_bucket)

    @cached_property
    def photo_processing(self) -> "PhotoProcessing":
        """Takes the photos that arrive."""
        from chalicelib.adapters.image_processor import PillowImageProcessor
        from chalicelib.application.photo_processing import PhotoProcessing

        return PhotoProcessing(self.desk, self.photo_store, PillowImageProcessor())

    @cached_property
    def notifier(self) -> "Notifier":
        """Sends letters."""
        from chalicelib.adapters.imports import TableImports
        from chalicelib.adapters.letters import TableLetters
        from chalicelib.adapters.mailer import SesMailer
        from chalicelib.application.notifier import Notifier
        from chalicelib.application.repeats import Repeats
        from chalicelib.letters import LetterWriter
        from chalicelib.views.letter_contents import LetterContents

        table = self.settings.table_name
        return Notifier(
            self.desk,
            TableLetters(self._dynamodb, table),
            TableImports(self._dynamodb, table),
            LetterWriter(),
            SesMailer(self.client("sesv2", tries=1), self.organisation.sender, self.clock),
            LetterContents(
                self.policy, self.organisation, self.keys, self.settings.site_url, self.fields
            ),
            self.duty_log,
            Repeats(self.desk),
            self._throttling,
            lambda reference: self.photo_store.discard_all(reference),  # noqa: PLW0108 - made late
        )

    @cached_property
    def preview(self) -> "Preview":
        """Shows letters before they are sent."""
        from chalicelib.application.preview import HiddenCodes, Preview
        from chalicelib.letters import LetterWriter
        from chalicelib.views.letter_contents import LetterContents

        site_url = self.settings.site_url
        contents = LetterContents(
            self.policy, self.organisation, HiddenCodes(), site_url, self.fields
        )
        return Preview(self.desk, contents, LetterWriter())

    @cached_property
    def sweep(self) -> "Sweep":
        """Finds what is due."""
        from chalicelib.adapters.workday_starts import TableWorkdayStarts
        from chalicelib.application.sweep import Sweep
        from chalicelib.application.workday_start import StartWorkday

        room = self.notifier
        start_workday = StartWorkday(
            self.desk, TableWorkdayStarts(self._dynamodb, self.settings.table_name)
        )
        alert_batches = room.throttling.alert_batches
        return Sweep(self.desk, room, room.letters, alert_batches, self.sweep_log, start_workday)

    @cached_property
    def sweep_log(self) -> "SweepLog":
        """When the rounds were last made."""
        from chalicelib.adapters.sweep_log import TableSweepLog

        return TableSweepLog(self._dynamodb, self.settings.table_name)

    def client(self, service: str, tries: int = 3) -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A botocore client; AWS_ENDPOINT_URL in the environment leads it to another cloud.

        What cannot be repeated without harm, as sending a letter, is tried once.
        """
        if service in self.clients:
            return self.clients[service]
        from botocore.config import Config

        return self._session.create_client(
            service, config=Config(retries={"total_max_attempts": tries})
        )

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - as above
        from botocore.session import get_session

        return get_session()

    @property
    def _throttling(self) -> "Throttling":
        """What keeps letters back in a storm."""
        from chalicelib.adapters.alert_batches import TableAlertBatches
        from chalicelib.adapters.letters import TableLetters
        from chalicelib.adapters.rate_limits import TableRateLimits
        from chalicelib.application.throttling import Throttling

        client, table = self._dynamodb, self.settings.table_name
        return Throttling(
            self.policy,
            self.keys,
            TableLetters(client, table),
            TableRateLimits(client, table),
            TableAlertBatches(client, table),
        )

    @property
    def _months_kept(self) -> int:
        """How long personal data are kept."""
        return self.policy.settings.keep_personal_data_months

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401 - botocore's clients have no type
        return self.client("dynamodb")


@cache
def container() -> Container:
    """The container for this process's environment. Raises SettingsError."""
    return Container(settings_from(os.environ))
