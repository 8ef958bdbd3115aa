"""The only place where adapters are made and use cases are handed what they need.

Each part is made when it is first asked for, so that one function never pays for another's:
the form's never makes a mail client, and the notifier alone imports the letters' templates.
Adapters come first, then the use cases over them.
"""

import os
import secrets
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.application.keys import Keys, WeakKeyError
from chalicelib.domain.policy import Organisation, Policy
from chalicelib.fields import FIELDS, FormFields
from chalicelib.policy import load_organisation, load_policy
from chalicelib.settings import Settings, SettingsError, settings_from

# Names for the type checker alone: importing them here would make every cold start pay for
# every use case. There is no circle behind it; each is imported where it is made.
if TYPE_CHECKING:
    from chalicelib.adapters.aws_clients import AwsClients
    from chalicelib.application.act_on_complaint import ActOnComplaint
    from chalicelib.application.archive import Archive
    from chalicelib.application.authentication import Authentication
    from chalicelib.application.closings import Closings
    from chalicelib.application.complaint_listing import ComplaintListing
    from chalicelib.application.contexts import DecisionContexts
    from chalicelib.application.delivery import Delivery
    from chalicelib.application.duty_log import DutyBook
    from chalicelib.application.event_letters import EventLetters
    from chalicelib.application.first_letters import FirstLetters
    from chalicelib.application.group_messages import GroupMessages
    from chalicelib.application.handing_over import HandingOver
    from chalicelib.application.mail_feedback import MailFeedback
    from chalicelib.application.mentions import Mentions
    from chalicelib.application.merging import Merging
    from chalicelib.application.month_analyses import MonthAnalyses
    from chalicelib.application.month_reports import MonthReports
    from chalicelib.application.notifier import Notifier
    from chalicelib.application.open_complaint import OpenComplaint
    from chalicelib.application.personal_data import PersonalData
    from chalicelib.application.photo_links import PhotoLinks
    from chalicelib.application.photo_processing import PhotoProcessing
    from chalicelib.application.ports.access_log import AccessLog
    from chalicelib.application.ports.alert_batches import AlertBatches
    from chalicelib.application.ports.analyses import Analyses
    from chalicelib.application.ports.clock import Clock
    from chalicelib.application.ports.complaint_list import ComplaintList
    from chalicelib.application.ports.complaints import Complaints
    from chalicelib.application.ports.downloads import Downloads
    from chalicelib.application.ports.duty_log import DutyLog
    from chalicelib.application.ports.group_chat import GroupChat
    from chalicelib.application.ports.identity import Identity
    from chalicelib.application.ports.image_processor import ImageProcessor
    from chalicelib.application.ports.imports import Imports
    from chalicelib.application.ports.key_store import KeyStore
    from chalicelib.application.ports.lessons import Lessons
    from chalicelib.application.ports.letter_writer import LetterWriter
    from chalicelib.application.ports.letters import Letters
    from chalicelib.application.ports.mailer import Mailer
    from chalicelib.application.ports.months import Months
    from chalicelib.application.ports.photo_store import PhotoStore
    from chalicelib.application.ports.presigned_urls import PresignedUrls
    from chalicelib.application.ports.rate_limits import RateLimits
    from chalicelib.application.ports.staff import StaffBook, StaffReader
    from chalicelib.application.ports.staff_log import StaffLog
    from chalicelib.application.ports.sweep_log import SweepLog
    from chalicelib.application.ports.waiting_letters import WaitingLetters
    from chalicelib.application.ports.workbooks import Workbooks
    from chalicelib.application.ports.workday_starts import WorkdayStarts
    from chalicelib.application.preview import Preview
    from chalicelib.application.reception import Reception
    from chalicelib.application.resident_actions import ResidentActions
    from chalicelib.application.second_factor import SecondFactor
    from chalicelib.application.sign_in import SignIn
    from chalicelib.application.staffing import Staffing
    from chalicelib.application.standing_in import StandingIn
    from chalicelib.application.submit_complaint import SubmitComplaint
    from chalicelib.application.sweep import Sweep
    from chalicelib.application.throttling import Throttling
    from chalicelib.application.undelivered import UndeliveredLetters
    from chalicelib.application.workday_start import StartWorkday
    from chalicelib.letters.templates import LetterTemplates


@dataclass(frozen=True)
class Container:
    """The product's parts for one set of settings, and one table of form fields.

    `clients` are to be used in the place of botocore's, by service: the offline cloud has some.
    The last three are given where the parts are not those of this process: the operator's, for a
    deployed stage.
    """

    settings: Settings
    clients: dict[str, Any] = field(default_factory=dict, compare=False)
    fields: FormFields = field(default=FIELDS, repr=False)
    aws: "AwsClients | None" = field(default=None, compare=False, repr=False)
    policy_given: Policy | None = field(default=None, compare=False, repr=False)
    organisation_given: Organisation | None = field(default=None, compare=False, repr=False)

    # ── What is known from files and settings ────────────────────────────

    @cached_property
    def policy(self) -> Policy:
        """The policy that runs."""
        return self.policy_given or load_policy()

    @cached_property
    def organisation(self) -> Organisation:
        """The company, its communities and departments."""
        return self.organisation_given or load_organisation()

    @cached_property
    def keys(self) -> Keys:
        """References, codes and the signs of forms.

        Asked for once, however long the process lives. Raises SettingsError for keys that are
        not there or not strong.
        """
        if self.settings.keys_parameter:
            return self._kept_keys()
        return Keys(self.settings.code_keys, secrets.token_bytes, self.settings.form_keys)

    def _kept_keys(self) -> Keys:
        from chalicelib.application.ports.key_store import NoKeysError

        name, now = self.settings.keys_parameter, self.clock.now()
        try:
            rings = self.key_store.read()
            codes, forms = (rings.secrets(ring, name, now) for ring in ("codes", "forms"))
        except NoKeysError as error:
            raise SettingsError(f"{name} holds no keys; make them: desk keys new") from error
        except WeakKeyError as error:
            raise SettingsError(str(error)) from error
        return Keys(codes, secrets.token_bytes, forms)

    # ── Adapters ─────────────────────────────────────────────────────────

    @cached_property
    def clock(self) -> "Clock":
        """The only source of time."""
        from chalicelib.adapters.clock import MovableClock, SystemClock  # noqa: TID251 - the one place

        moved = self.settings.clock_file
        return MovableClock(moved) if moved else SystemClock()

    @cached_property
    def key_store(self) -> "KeyStore":
        """Where the keys are kept."""
        from chalicelib.adapters.key_store import ParameterKeyStore

        return ParameterKeyStore(self.client("ssm"), self.settings.keys_parameter)

    @cached_property
    def complaints(self) -> "Complaints":
        """Where complaints are kept."""
        from chalicelib.adapters.complaints import TableComplaints

        return TableComplaints(self._dynamodb, self._table, self.policy)

    @cached_property
    def complaint_list(self) -> "ComplaintList":
        """The months of the list of complaints."""
        from chalicelib.adapters.complaint_list import TableComplaintList

        return TableComplaintList(self._dynamodb, self._table)

    @cached_property
    def staff(self) -> "StaffBook":
        """The staff directory."""
        from chalicelib.adapters.staff import TableStaff

        return TableStaff(self._dynamodb, self._table, self._months_kept)

    @cached_property
    def staff_log(self) -> "StaffLog":
        """What is on record of the staff's accounts."""
        from chalicelib.adapters.staff_log import TableStaffLog

        return TableStaffLog(self._dynamodb, self._table, self._months_kept)

    @cached_property
    def remembered_staff(self) -> "StaffReader":
        """The staff as they were at most ten seconds ago, for pages that only name them."""
        return self._staff_read_once()

    @cached_property
    def identity(self) -> "Identity":
        """Passwords and second factors."""
        from chalicelib.adapters.identity import CognitoIdentity

        settings = self.settings
        # A wrong password counts each time that it is tried, so that nothing is tried twice.
        client = self.client("cognito-idp", tries=1)
        return CognitoIdentity(client, settings.user_pool_id, settings.user_pool_client_id)

    @cached_property
    def duty_log(self) -> "DutyLog":
        """The duty log."""
        from chalicelib.adapters.duty_log import TableDutyLog

        return TableDutyLog(self._dynamodb, self._table, self._months_kept)

    @cached_property
    def access_log(self) -> "AccessLog":
        """Who looked at which complaint."""
        from chalicelib.adapters.access_log import TableAccessLog

        return TableAccessLog(self._dynamodb, self._table, self._months_kept)

    @cached_property
    def lessons(self) -> "Lessons":
        """What was learned."""
        from chalicelib.adapters.lessons import TableLessons

        return TableLessons(self._dynamodb, self._table)

    @cached_property
    def months(self) -> "Months":
        """What is kept of each month."""
        from chalicelib.adapters.months import TableMonths

        return TableMonths(self._dynamodb, self._table)

    @cached_property
    def analyses(self) -> "Analyses":
        """What was written of each month."""
        from chalicelib.adapters.analyses import TableAnalyses

        return TableAnalyses(self._dynamodb, self._table)

    @cached_property
    def imports(self) -> "Imports":
        """The record of finished imports."""
        from chalicelib.adapters.imports import TableImports

        return TableImports(self._dynamodb, self._table)

    @cached_property
    def letters(self) -> "Letters":
        """The record of letters."""
        from chalicelib.adapters.letters import TableLetters

        return TableLetters(self._dynamodb, self._table)

    @cached_property
    def alert_batches(self) -> "AlertBatches":
        """Alerts that wait for one letter."""
        from chalicelib.adapters.alert_batches import TableAlertBatches

        return TableAlertBatches(self._dynamodb, self._table)

    @cached_property
    def rate_limits(self) -> "RateLimits":
        """How many letters may still go out under a name."""
        from chalicelib.adapters.rate_limits import TableRateLimits

        return TableRateLimits(self._dynamodb, self._table)

    @cached_property
    def waiting_letters(self) -> "WaitingLetters":
        """Receipts that wait until there is room for them."""
        from chalicelib.adapters.waiting_letters import TableWaitingLetters

        return TableWaitingLetters(self._dynamodb, self._table)

    @cached_property
    def workday_starts(self) -> "WorkdayStarts":
        """Which working days have begun."""
        from chalicelib.adapters.workday_starts import TableWorkdayStarts

        return TableWorkdayStarts(self._dynamodb, self._table)

    @cached_property
    def sweep_log(self) -> "SweepLog":
        """When the last sweeps ran."""
        from chalicelib.adapters.sweep_log import TableSweepLog

        return TableSweepLog(self._dynamodb, self._table)

    @cached_property
    def mailer(self) -> "Mailer":
        """Hands letters to the mail service."""
        from chalicelib.adapters.mailer import SesMailer

        company = self.organisation
        client = self.client("sesv2", tries=1)
        return SesMailer(client, company.sender, self.clock, company.reply_to)

    @cached_property
    def group_chat(self) -> "GroupChat":
        """The staff's group, where the company's file names a robot. Raises KeyError where not."""
        from chalicelib.adapters.group_chat import ROBOTS, ParameterRobotUrl

        robot = self.organisation.robot
        name = self.settings.robot_parameter
        kept = ParameterRobotUrl(self.client("ssm"), name) if name else None
        url = kept.read if kept else lambda: self.settings.robot_url
        return ROBOTS[robot.kind if robot else ""](url)

    @cached_property
    def photo_store(self) -> "PhotoStore":
        """Where photos are kept."""
        from chalicelib.adapters.photo_store import S3Photos

        return S3Photos(self.client("s3"), self.settings.photos_bucket)

    def forget(self, reference: str) -> None:
        """Remove what is left of a resident whose contact was erased or has expired."""
        self.complaints.forget_texts(reference)
        self.photo_store.discard_all(reference)

    @cached_property
    def image_processor(self) -> "ImageProcessor":
        """Makes the copies that are kept of a photo."""
        from chalicelib.adapters.timed_images import TimedImageProcessor

        return TimedImageProcessor()

    @cached_property
    def presigned_urls(self) -> "PresignedUrls":
        """Lets a browser send a file, or see a photo, for a while."""
        from chalicelib.adapters.presigned_urls import SignedUrls

        session = self._aws.session
        return SignedUrls(
            self.settings.photos_bucket,
            session.get_config_variable("region"),
            os.environ.get("AWS_ENDPOINT_URL", ""),
            session.get_credentials,
        )

    @cached_property
    def workbooks(self) -> "Workbooks":
        """Makes workbooks."""
        from chalicelib.adapters.workbooks import XlsxWorkbooks

        return XlsxWorkbooks()

    @cached_property
    def downloads(self) -> "Downloads":
        """Puts files aside to be fetched."""
        from chalicelib.adapters.downloads import S3Downloads

        bucket, urls = self.settings.photos_bucket, self.presigned_urls
        return S3Downloads(self.client("s3"), bucket, urls, secrets.token_bytes)

    @cached_property
    def letter_templates(self) -> "LetterTemplates":
        """The letters' templates, compiled once."""
        from chalicelib.letters.templates import LetterTemplates

        return LetterTemplates()

    @cached_property
    def letter_writer(self) -> "LetterWriter":
        """Writes letters."""
        return self._letter_writer(self.keys)

    # ── Complaints ───────────────────────────────────────────────────────

    @cached_property
    def contexts(self) -> "DecisionContexts":
        """What decisions rest on."""
        return self._contexts(self.staff)

    @cached_property
    def submit_complaint(self) -> "SubmitComplaint":
        """Takes complaints in."""
        from chalicelib.application.submit_complaint import SubmitComplaint

        return SubmitComplaint(self.policy, self.complaints, self.keys, self.clock)

    @cached_property
    def act_on_complaint(self) -> "ActOnComplaint":
        """Carries out verbs."""
        return self._act_on_complaint(self.staff)

    @cached_property
    def open_complaint(self) -> "OpenComplaint":
        """Shows a complaint to those who may see it."""
        from chalicelib.application.open_complaint import OpenComplaint

        return OpenComplaint(self.complaints, self.keys)

    @cached_property
    def preview(self) -> "Preview":
        """Shows letters before they are sent."""
        from chalicelib.application.preview import HiddenCodes, Preview

        return Preview(
            self.complaints,
            self.contexts,
            self._merging(self.contexts),
            self.clock,
            self._letter_writer(HiddenCodes()),
        )

    @cached_property
    def resident_actions(self) -> "ResidentActions":
        """Carries out what a resident sends from their page."""
        from chalicelib.application.resident_actions import ResidentActions

        return ResidentActions(self.open_complaint, self.act_on_complaint, self.clock)

    @cached_property
    def reception(self) -> "Reception":
        """Takes complaints in at the front desk."""
        from chalicelib.application.reception import Reception

        return Reception(
            self.policy,
            self.organisation,
            self.submit_complaint,
            self.duty_log,
            self.clock,
            self.fields,
        )

    @cached_property
    def archive(self) -> "Archive":
        """Finds complaints and lessons."""
        from chalicelib.application.archive import Archive

        return Archive(self.organisation, self.complaints, self.lessons, self.keys)

    @cached_property
    def mentions(self) -> "Mentions":
        """Finds where else a resident is written about."""
        from chalicelib.application.mentions import Mentions

        return Mentions(self.duty_log, self.clock)

    @cached_property
    def undelivered_letters(self) -> "UndeliveredLetters":
        """Finds the letters that did not arrive."""
        from chalicelib.application.undelivered import UndeliveredLetters

        return UndeliveredLetters(self.complaints, self.letters, self.act_on_complaint)

    @cached_property
    def complaint_listing(self) -> "ComplaintListing":
        """Lists complaints, open and ended."""
        from chalicelib.application.complaint_listing import ComplaintListing

        return ComplaintListing(self.policy, self.organisation, self.complaint_list)

    @cached_property
    def personal_data(self) -> "PersonalData":
        """Gathers a resident's data for them."""
        from chalicelib.application.personal_data import PersonalData
        from chalicelib.application.preview import HiddenCodes

        writer = self._letter_writer(HiddenCodes())
        return PersonalData(self.complaints, self.photo_store, self.contexts, writer)

    @cached_property
    def duty_book(self) -> "DutyBook":
        """Puts a day of the front desk together."""
        from chalicelib.application.duty_log import DutyBook

        return DutyBook(self.organisation, self.complaints, self.duty_log)

    @cached_property
    def month_reports(self) -> "MonthReports":
        """Counts a month."""
        from chalicelib.application.month_reports import MonthReports

        return MonthReports(
            self.policy, self.organisation, self.complaints, self.months, self.clock
        )

    @cached_property
    def month_analyses(self) -> "MonthAnalyses":
        """Saves and signs what is written of a month."""
        from chalicelib.application.month_analyses import MonthAnalyses

        return MonthAnalyses(self.policy, self.month_reports, self.analyses, self.clock)

    @cached_property
    def closings(self) -> "Closings":
        """Reads what complaints were settled with."""
        from chalicelib.application.closings import Closings

        return Closings(self.complaints)

    @cached_property
    def photo_links(self) -> "PhotoLinks":
        """Shows photos, and lets browsers send some."""
        from chalicelib.application.photo_links import PhotoLinks

        return PhotoLinks(self.presigned_urls, secrets.token_bytes, self.rate_limits, self.clock)

    @cached_property
    def photo_processing(self) -> "PhotoProcessing":
        """Takes the photos that arrive."""
        from chalicelib.application.photo_processing import PhotoProcessing

        return PhotoProcessing(
            self.complaints, self.act_on_complaint, self.photo_store, self.image_processor
        )

    # ── Staff ────────────────────────────────────────────────────────────

    @cached_property
    def authentication(self) -> "Authentication":
        """Knows who of the staff is asking."""
        from chalicelib.application.authentication import Authentication

        return Authentication(self.staff, self.keys, self.clock)

    @cached_property
    def sign_in(self) -> "SignIn":
        """Signs the staff in."""
        from chalicelib.application.sign_in import SignIn

        return SignIn(
            self.identity,
            self.staff,
            self.authentication,
            self.staff_log,
            self.clock,
            self.settings.needs_second_factor,
        )

    @cached_property
    def second_factor(self) -> "SecondFactor":
        """Enrols the staff's authenticators."""
        from chalicelib.application.second_factor import SecondFactor

        needed = self.settings.needs_second_factor
        return SecondFactor(self.identity, self.staff_log, self.clock, needed)

    @cached_property
    def staffing(self) -> "Staffing":
        """Changes who is on the staff."""
        from chalicelib.application.staffing import Staffing

        return Staffing(self.standing_in, self.staff, self.identity, self.staff_log, self.clock)

    @cached_property
    def handing_over(self) -> "HandingOver":
        """Hands over several complaints at once."""
        from chalicelib.application.handing_over import HandingOver

        return HandingOver(self.complaints, self.contexts, self.act_on_complaint, self.clock)

    @cached_property
    def standing_in(self) -> "StandingIn":
        """Hands on what somebody cannot act on, and gives it back. Reads the staff as they are."""
        from chalicelib.application.standing_in import StandingIn

        return StandingIn(
            self.organisation, self.complaints, self.contexts, self.act_on_complaint, self.staff
        )

    # ── What the stream and the schedule run ─────────────────────────────

    @property
    def notifier(self) -> "Notifier":
        """Sends letters. Made anew whenever it is asked for: each reads the staff once."""
        return self._notifier(self._staff_read_once())

    @property
    def sweep(self) -> "Sweep":
        """Does what is due. Made anew whenever it is asked for: each reads the staff once."""
        from chalicelib.application.due_complaints import DueComplaints
        from chalicelib.application.sweep import Sweep

        staff = self._staff_read_once()
        act = self._act_on_complaint(staff)
        return Sweep(
            self.organisation,
            self.standing_in,
            self.start_workday,
            self.month_reports,
            DueComplaints(self.policy, self.complaints, act, self._mail_feedback(act)),
            self._notifier(staff),
            self.letters,
            self.alert_batches,
            self.first_letters,
            self.sweep_log,
            self.clock,
        )

    @cached_property
    def start_workday(self) -> "StartWorkday":
        """Begins working days."""
        from chalicelib.application.workday_start import StartWorkday

        return StartWorkday(
            self.policy, self.organisation, self.complaints, self.workday_starts, self.clock
        )

    @cached_property
    def throttling(self) -> "Throttling":
        """Keeps many complaints at once from being a flood of letters."""
        from chalicelib.application.throttling import Throttling

        return Throttling(
            self.policy,
            self.keys,
            self.letters,
            self.rate_limits,
            self.alert_batches,
            self.first_letters,
        )

    @cached_property
    def first_letters(self) -> "FirstLetters":
        """Lets receipts wait until there is room for them."""
        from chalicelib.application.first_letters import FirstLetters

        return FirstLetters(
            self.policy,
            self.organisation,
            self.keys,
            self.complaints,
            self.rate_limits,
            self.waiting_letters,
        )

    @cached_property
    def delivery(self) -> "Delivery":
        """Sends each letter once."""
        from chalicelib.application.delivery import Delivery

        return Delivery(self.letters, self.throttling, self.mailer, self.mail_feedback, self.clock)

    @cached_property
    def mail_feedback(self) -> "MailFeedback":
        """Takes in what is heard of letters."""
        return self._mail_feedback(self.act_on_complaint)

    def _mail_feedback(self, act: "ActOnComplaint") -> "MailFeedback":
        from chalicelib.application.mail_feedback import MailFeedback

        return MailFeedback(self.policy, self.letters, act)

    def _notifier(self, staff: "StaffReader") -> "Notifier":
        from chalicelib.application.address_letters import AddressLetters
        from chalicelib.application.batch_letters import BatchLetters
        from chalicelib.application.entry_letters import EntryLetters
        from chalicelib.application.import_letters import ImportLetters
        from chalicelib.application.morning_letters import MorningLetters
        from chalicelib.application.notifier import Notifier

        contexts, writer, delivery = self._contexts(staff), self.letter_writer, self.delivery
        return Notifier(
            self._event_letters(staff),
            EntryLetters(self.duty_log, contexts, writer, delivery),
            ImportLetters(self.imports, contexts, writer, delivery),
            BatchLetters(
                self.policy,
                self.organisation,
                self.complaints,
                self.alert_batches,
                contexts,
                writer,
                delivery,
                self.clock,
            ),
            MorningLetters(
                self.policy,
                self.organisation,
                self.complaints,
                contexts,
                writer,
                delivery,
                self.clock,
            ),
            AddressLetters(self.staff_log, contexts, writer, delivery),
            self.letters,
            self.clock,
            self._group_messages(staff),
        )

    def _group_messages(self, staff: "StaffReader") -> "GroupMessages | None":
        """What is said to the staff's group; None where they have no robot there."""
        robot = self.organisation.robot
        if robot is None:
            return None
        from chalicelib.application.group_messages import GroupMessages
        from chalicelib.views.group_message import GroupMessageView

        company, site_url = self.organisation, self.settings.site_url
        return GroupMessages(
            self.policy,
            company,
            self.complaints,
            self._contexts(staff),
            self.letters,
            self.clock,
            self.group_chat,
            GroupMessageView(self.policy, company, site_url, robot.language),
        )

    def _event_letters(self, staff: "StaffReader") -> "EventLetters":
        from chalicelib.application.event_letters import EventLetters
        from chalicelib.application.repeats import Repeats

        act = self._act_on_complaint(staff)
        return EventLetters(
            self.complaints,
            act,
            Repeats(self.complaints, act, self.keys),
            self._contexts(staff),
            self.letter_writer,
            self.delivery,
            self.forget,
            self.settings.operator_email,
        )

    def _act_on_complaint(self, staff: "StaffReader") -> "ActOnComplaint":
        from chalicelib.application.act_on_complaint import ActOnComplaint

        contexts = self._contexts(staff)
        merging = self._merging(contexts)
        return ActOnComplaint(
            self.complaints, contexts, merging, self.keys, self.clock, lambda: self.mentions
        )

    def _merging(self, contexts: "DecisionContexts") -> "Merging":
        from chalicelib.application.merging import Merging

        return Merging(self.complaints, contexts, self.keys)

    def _contexts(self, staff: "StaffReader") -> "DecisionContexts":
        from chalicelib.application.contexts import DecisionContexts

        return DecisionContexts(self.policy, staff, self.organisation.department_names)

    def _staff_read_once(self) -> "StaffReader":
        """The directory for one sweep, or one batch of the stream."""
        from chalicelib.application.cached_staff import CachedStaff

        return CachedStaff(self.staff, self.clock)

    def _letter_writer(self, keys: Keys) -> "LetterWriter":
        from chalicelib.letters.writer import TemplateLetterWriter
        from chalicelib.views.letter_contents import LetterContents

        site_url = self.settings.site_url
        contents = LetterContents(self.policy, self.organisation, keys, site_url, self.fields)
        return TemplateLetterWriter(contents, self.letter_templates)

    # ── Clients ──────────────────────────────────────────────────────────

    def client(self, service: str, tries: int = 3) -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A botocore client; AWS_ENDPOINT_URL in the environment leads it to another cloud.

        What cannot be repeated without harm, as sending a letter, is tried once.
        """
        if service in self.clients:
            return self.clients[service]
        return self._aws.client(service, tries)

    @cached_property
    def _aws(self) -> "AwsClients":
        """Clients of AWS, all of one session."""
        if self.aws:
            return self.aws
        from chalicelib.adapters.aws_clients import AwsClients

        return AwsClients()

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401 - as above
        return self.client("dynamodb")

    @property
    def _table(self) -> str:
        return self.settings.table_name

    @property
    def _months_kept(self) -> int:
        """How long personal data are kept."""
        return self.policy.settings.keep_personal_data_months


@cache
def container() -> Container:
    """The container for this process's environment. Raises SettingsError.

    The keys come first: with bad ones nothing starts, rather than one page in ten failing.
    """
    made = Container(settings_from(os.environ))
    made.keys  # noqa: B018 - read once, here
    return made
