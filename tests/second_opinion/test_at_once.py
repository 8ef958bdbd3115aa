"""Many at once, where transactions are isolated as DynamoDB's are: none lost, none doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from chalicelib.application.outbox import AlertBatch, ComplaintEvent
from chalicelib.application.ports.letters import LetterHeldError, LetterKey
from chalicelib.domain.commands import Note
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.errors import ChangedMeanwhileError
from support.examples import at
from support.histories import just_received, one_more

NOON = "Monday 2026-11-23 12:00"
MANY = 24


def at_once(job, count=MANY):
    """What came of doing it so many times at the same time."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(job, range(count)))


def test_one_form_sent_many_times_at_once_is_one_complaint(ports):
    """Exactly one submission is new; every other gives the complaint that stands."""
    history = just_received(NOON)
    submitted = at_once(lambda _: ports.submit(history))
    assert sum(one.is_new for one in submitted) == 1
    assert {one.complaint for one in submitted} == {history.complaint}
    assert len(ports.complaints.load(history.complaint.reference).records) == 1


def test_many_forms_at_once_are_all_kept(ports):
    """No acknowledged submission is lost to another."""
    references = [f"7K3MQ-9TX{number:02}" for number in range(MANY)]
    histories = [just_received(NOON, reference=reference) for reference in references]
    at_once(lambda number: ports.submit(histories[number]))
    kept = [ports.complaints.load(reference).complaint for reference in references]
    assert kept == [history.complaint for history in histories]


def test_of_many_changes_at_once_one_is_kept_whole(ports):
    """Who comes second is told that it changed meanwhile, and leaves nothing behind."""
    before = just_received(NOON)
    ports.submit(before)

    def keep(number):
        after = one_more(before, "Monday 2026-11-23 13:00", Note("jade-supervisor", f"{number}"))
        try:
            ports.complaints.save(before, after, None)
        except ChangedMeanwhileError:
            return None
        return number

    kept = [number for number in at_once(keep) if number is not None]
    records = ports.complaints.load(before.complaint.reference).records
    assert [record.words for record in records[1:]] == [{"text": f"{kept[0]}"}]
    assert len(kept) == 1


def test_one_letter_is_claimed_once(ports):
    """Of many notifiers at once one sends the letter."""
    key = LetterKey(ComplaintEvent("7K3MQ-9TX4B", 2), "jade-supervisor")

    def claim(_):
        try:
            return ports.letters.claim(key, "alert", at(NOON))
        except LetterHeldError:
            return False

    assert sum(at_once(claim)) == 1


def test_many_letters_at_once_are_batched_each_once(ports):
    """Notifiers that hold letters at the same time lose none, and double none."""
    batch = AlertBatch("jade-lake", "jade-supervisor", at("Monday 2026-11-23 12:15"))
    references = [f"7K3MQ-9TX{number:02}" for number in range(MANY)]

    def hold(number):
        key = LetterKey(ComplaintEvent(references[number // 2], 2), "jade-supervisor")
        for minutes in range(0, 60, 3):
            now = at(NOON) + timedelta(minutes=minutes)
            try:
                if ports.letters.claim(key, "alert", now):
                    ports.alert_batches.hold(key, batch, now)
            except (LetterHeldError, ChangedMeanwhileError):
                continue
            return

    at_once(hold, 2 * MANY)
    assert ports.alert_batches.close(batch, batch.ends_at) == set(references)


def test_of_many_letters_at_once_no_more_go_than_are_allowed(ports):
    """An allowance of ten lets ten through, whoever asks first."""
    until = at("Tuesday 2026-11-24 12:00")

    def take(number):
        return ports.rate_limits.take("a day", f"7K3MQ-9TX4B/{number}", 10, until)

    first = at_once(take)
    assert sum(first) == 10
    assert at_once(take) == first


def test_writers_of_the_duty_log_at_once_get_different_numbers(ports):
    """No entry takes the place of another, and no number is left out."""
    now = at(NOON)
    on = date(2026, 11, 23)

    def write(count):
        words = {"text": f"{count}"}
        return ports.duty_log.write(DutyLogEntry("jade-lake", on, 0, now, "chen", "entry", words))

    written = at_once(write)
    assert sorted(one.number for one in written) == [*range(1, MANY + 1)]
    in_order = sorted(written, key=lambda one: one.number)
    assert ports.duty_log.day("jade-lake", on) == tuple(in_order)


def test_lines_are_read_while_others_write(ports):
    """Reading head and contact as of one moment waits for who is writing them."""
    history = just_received(NOON)
    ports.submit(history)
    reference = history.complaint.reference
    moment = "Monday 2026-11-23 13:00"
    after = one_more(history, moment, Note("jade-supervisor", "seen"))

    def read_or_write(number):
        if number:
            return ports.complaints.lines([reference])[0].complaint.version
        return ports.complaints.save(history, after, None)

    assert {*at_once(read_or_write)} <= {None, 1, 2}
