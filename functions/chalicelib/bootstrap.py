"""The only place where adapters are made, each when it is first needed.

One function never pays for another's parts: the form's never makes a mail client,
and the letters' templates are imported by the postroom alone.
"""

import os
import secrets
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain.rules import Organisation, Policy
from chalicelib.policy import load_organisation, load_policy
from chalicelib.service.keys import Keys
from chalicelib.service.ports import Clock, DutyLog, Identity, Lessons, Looks, StaffBook
from chalicelib.settings import Settings, settings_from

if TYPE_CHECKING:
    from chalicelib.service.album import Album
    from chalicelib.service.archive import Archive
    from chalicelib.service.darkroom import Darkroom
    from chalicelib.service.desk import Desk
    from chalicelib.service.duty_log import DutyBook
    from chalicelib.service.foresight import Foresight
    from chalicelib.service.her_verbs import HerWord
    from chalicelib.service.personal_data import PersonalData
    from chalicelib.service.pictures import PhotoStore
    from chalicelib.service.postroom import Postroom
    from chalicelib.service.restraint import Restraint
    from chalicelib.service.round_book import RoundBook
    from chalicelib.service.rounds import Rounds
    from chalicelib.service.second_factor import SecondFactor
    from chalicelib.service.sign_in import SignIn
    from chalicelib.service.staffing import Staffing
    from chalicelib.service.visits import Visits


@dataclass(frozen=True)
class Parts:
    """The product's parts for one set of settings."""

    settings: Settings

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
    def visits(self) -> "Visits":
        """Knows who of the staff is asking."""
        from chalicelib.service.visits import Visits

        return Visits(self.staff, self.keys, self.clock)

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
        from chalicelib.service.sign_in import SignIn

        return SignIn(self.identity, self.staff, self.visits)

    @cached_property
    def second_factor(self) -> "SecondFactor":
        """Enrols the staff's authenticators."""
        from chalicelib.service.second_factor import SecondFactor

        return SecondFactor(self.identity)

    @cached_property
    def staffing(self) -> "Staffing":
        """Changes who is on the staff."""
        from chalicelib.service.staffing import Staffing

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
        from chalicelib.service.desk import Desk

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
    def her_word(self) -> "HerWord":
        """Carries out what a resident sends from her page."""
        from chalicelib.service.her_verbs import HerWord

        return HerWord(self.desk)

    @cached_property
    def duty_log(self) -> DutyLog:
        """The duty log."""
        from chalicelib.adapters.duty_log import TableDutyLog

        return TableDutyLog(self._dynamodb, self.settings.table_name, self._months_kept)

    @cached_property
    def looks(self) -> Looks:
        """Who looked at which complaint."""
        from chalicelib.adapters.looks import TableLooks

        return TableLooks(self._dynamodb, self.settings.table_name, self._months_kept)

    @cached_property
    def lessons(self) -> Lessons:
        """What was learned."""
        from chalicelib.adapters.lessons import TableLessons

        return TableLessons(self._dynamodb, self.settings.table_name)

    @cached_property
    def archive(self) -> "Archive":
        """Finds complaints and lessons."""
        from chalicelib.service.archive import Archive

        return Archive(self.organisation, self.desk.complaints, self.lessons, self.keys)

    @cached_property
    def personal_data(self) -> "PersonalData":
        """Gathers a resident's data for her."""
        from chalicelib.service.personal_data import PersonalData

        return PersonalData(self.desk.complaints)

    @cached_property
    def duty_book(self) -> "DutyBook":
        """Puts a day of the front desk together."""
        from chalicelib.service.duty_log import DutyBook

        return DutyBook(self.organisation, self.desk.complaints, self.duty_log)

    @cached_property
    def album(self) -> "Album":
        """Shows photos, and lets browsers send some."""
        from chalicelib.adapters.passes import SignedPasses
        from chalicelib.service.album import Album

        session = self._session
        passes = SignedPasses(
            self.settings.photos_bucket,
            session.get_config_variable("region"),
            os.environ.get("AWS_ENDPOINT_URL", ""),
            session.get_credentials,
        )
        return Album(passes, secrets.token_bytes)

    @cached_property
    def photo_store(self) -> "PhotoStore":
        """Where photos are kept."""
        from chalicelib.adapters.photos import S3Photos

        return S3Photos(self.client("s3"), self.settings.photos_bucket)

    @cached_property
    def darkroom(self) -> "Darkroom":
        """Takes the photos that arrive."""
        from chalicelib.adapters.pictures import PillowPictures
        from chalicelib.service.darkroom import Darkroom

        return Darkroom(self.desk, self.photo_store, PillowPictures())

    @cached_property
    def postroom(self) -> "Postroom":
        """Sends letters."""
        from chalicelib.adapters.imports import TableImports
        from chalicelib.adapters.letters import TableLetters
        from chalicelib.adapters.mail import SesMailer
        from chalicelib.letters import LetterWriter
        from chalicelib.service.letter_contents import LetterContents
        from chalicelib.service.postroom import Postroom
        from chalicelib.service.repeats import Repeats

        table = self.settings.table_name
        return Postroom(
            self.desk,
            TableLetters(self._dynamodb, table),
            TableImports(self._dynamodb, table),
            LetterWriter(),
            SesMailer(self.client("sesv2", tries=1), self.organisation.sender, self.clock),
            LetterContents(self.policy, self.organisation, self.keys, self.settings.site_url),
            self.duty_log,
            Repeats(self.desk),
            self._restraint,
            lambda reference: self.photo_store.discard_all(reference),  # noqa: PLW0108 - made late
        )

    @cached_property
    def foresight(self) -> "Foresight":
        """Shows letters before they are sent."""
        from chalicelib.letters import LetterWriter
        from chalicelib.service.foresight import Foresight, HiddenCodes
        from chalicelib.service.letter_contents import LetterContents

        site_url = self.settings.site_url
        contents = LetterContents(self.policy, self.organisation, HiddenCodes(), site_url)
        return Foresight(self.desk, contents, LetterWriter())

    @cached_property
    def rounds(self) -> "Rounds":
        """Finds what is due."""
        from chalicelib.adapters.mornings import TableMornings
        from chalicelib.service.daybreak import Daybreak
        from chalicelib.service.rounds import Rounds

        room = self.postroom
        daybreak = Daybreak(self.desk, TableMornings(self._dynamodb, self.settings.table_name))
        gatherings = room.restraint.gatherings
        return Rounds(self.desk, room, room.letters, gatherings, self.round_book, daybreak)

    @cached_property
    def round_book(self) -> "RoundBook":
        """When the rounds were last made."""
        from chalicelib.adapters.round_book import TableRoundBook

        return TableRoundBook(self._dynamodb, self.settings.table_name)

    def client(self, service: str, tries: int = 3) -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A botocore client; AWS_ENDPOINT_URL in the environment leads it to another cloud.

        What cannot be repeated without harm, as sending a letter, is tried once.
        """
        from botocore.config import Config

        return self._session.create_client(
            service, config=Config(retries={"total_max_attempts": tries})
        )

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - as above
        from botocore.session import get_session

        return get_session()

    @property
    def _restraint(self) -> "Restraint":
        """What keeps letters back in a storm."""
        from chalicelib.adapters.allowances import TableAllowances
        from chalicelib.adapters.gatherings import TableGatherings
        from chalicelib.adapters.letters import TableLetters
        from chalicelib.service.restraint import Restraint

        client, table = self._dynamodb, self.settings.table_name
        return Restraint(
            self.policy,
            self.keys,
            TableLetters(client, table),
            TableAllowances(client, table),
            TableGatherings(client, table),
        )

    @property
    def _months_kept(self) -> int:
        """How long personal data are kept."""
        return self.policy.settings.keep_personal_data_months

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401 - botocore's clients have no type
        return self.client("dynamodb")


@cache
def parts() -> Parts:
    """The parts for this process's environment. Raises SettingsError."""
    return Parts(settings_from(os.environ))
