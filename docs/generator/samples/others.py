"""Letters about no single complaint: a call from the duty log, an import, a changed address."""

from datetime import date

from docs.generator.moments import at
from docs.generator.samples.office import SampleOffice
from docs.generator.samples.people import MANAGER, RECEPTIONIST, SUPERVISOR
from docs.generator.samples.words import SampleWords
from docs.generator.samples.written import Samples

from chalicelib.application.records import ImportRun
from chalicelib.domain.duty_log import DutyLogEntry, notices_of_entry
from chalicelib.domain.notices import Notice
from chalicelib.domain.staff_log import StaffEvent, StaffRecord


def call_from_the_log(office: SampleOffice) -> Samples:
    """The front desk calls the manager before there is a complaint (6.1.2)."""
    entry = log_entry(office.said)
    for notice in notices_of_entry(entry, office.context):
        office.keep(notice, office.writer.of_entry(notice, entry, office.context))
    return {"help_called_log": office.take()["help_called_log"]}


def log_entry(said: SampleWords) -> DutyLogEntry:
    """The first entry of its day: the manager is called."""
    return DutyLogEntry(
        community="jade-lake",
        on=date(2026, 11, 23),
        number=1,
        at=at("Monday 2026-11-23 10:20"),
        by=RECEPTIONIST.id,
        kind="call",
        words=said["log"],
        whom="property_manager",
    )


def imported(office: SampleOffice) -> Samples:
    """What an owner reads of an import."""
    notice = Notice("import_summary", MANAGER.id)
    office.keep(notice, office.writer.of_import(notice, import_run(office.said), office.context))
    return office.take()


def import_run(said: SampleWords) -> ImportRun:
    """A spreadsheet that brought the manager eight complaints, and forty that had ended."""
    counts = {MANAGER.id: {"major": 2, "important": 5, "": 1}}
    return ImportRun("a-1", said["import"]["file"], counts, 40)


def address_changed(office: SampleOffice) -> Samples:
    """A manager changes the supervisor's address, and the old one is told."""
    notice = Notice("address_changed", SUPERVISOR.id)
    record = address_change()
    office.keep(notice, office.writer.of_address_change(notice, record, office.context))
    return office.take()


def address_change() -> StaffRecord:
    """What is on record of it."""
    what = {"email": (SUPERVISOR.email, "chen.jing.new@anhe.example")}
    moment = at("Monday 2026-11-23 10:20")
    return StaffRecord(moment, StaffEvent.CHANGED, SUPERVISOR.id, MANAGER.id, what)
