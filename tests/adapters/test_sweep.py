"""The sweep over the table: two at once, and how much each reads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from botocore.exceptions import ClientError

import app
from chalicelib.adapters import items
from support.clouds import failing, one_at_a_time, requests_of
from support.forms import an_intake
from support.load import power_cut


class Context:
    """Lambda's context with so many milliseconds left."""

    def __init__(self, left):
        self.left = left

    def get_remaining_time_in_millis(self):
        """What is left of them."""
        return self.left


def receive_many(cloud, count):
    """So many complaints of different homes, no letter of which was sent yet."""
    container = cloud.container
    now = container.clock.now()
    return [
        container.submit_complaint.receive(an_intake(now, **power_cut(number)), "web").reference
        for number in range(count)
    ]


def use_up_the_hour(cloud):
    """As many first letters as there may be have gone out in this hour of the community."""
    community = cloud.container.organisation.community("jade-lake")
    hour = f"{cloud.container.clock.now().astimezone(community.tz):%Y-%m-%dT%H}"
    most = cloud.container.policy.settings.first_letters_an_hour
    key = items.key(f"LIMIT#first/jade-lake/{hour}", "TAKEN")
    taken = {"taken": {"SS": [str(number) for number in range(most)]}}
    cloud.dynamodb.put_item(TableName=cloud.container.settings.table_name, Item=key | taken)


def residents_letters(cloud):
    """What went out to those who complained."""
    return [mail for mail in cloud.mails() if mail["To"].startswith("home-")]


def go_round(context=None):
    """The scheduled function, as Lambda calls it."""
    event = dict.fromkeys(("version", "account", "region", "source", "time", "id"), "x")
    return app.sweep({**event, "detail": {}, "detail-type": "x", "resources": []}, context)


def by_the_clock(cloud, reference):
    """What the clock recorded of a complaint, by kind."""
    records = cloud.container.complaints.load(reference).records
    return Counter(record.kind for record in records if record.by == "clock")


def test_two_sweeps_at_once_do_nothing_twice(cloud):
    """Whatever both of them find due is recorded once, and each letter of it is sent once."""
    references = receive_many(cloud, 6)
    cloud.advance(days=32)
    together = Barrier(2)

    def go(_):
        together.wait()
        return cloud.container.sweep.go()

    with one_at_a_time(cloud.dynamodb), ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(go, range(2)))
    assert sum(report.looked_at for report in reports) >= len(references)
    cloud.advance(minutes=6)
    assert cloud.container.sweep.go().failed == ()
    for reference in references:
        recorded = by_the_clock(cloud, reference)
        assert recorded["escalated"] == 1
        assert recorded["named"] <= 1
    letters = Counter((mail["To"], mail["Subject"], mail["References"]) for mail in cloud.mails())
    assert letters
    assert set(letters.values()) == {1}


def test_the_index_is_read_page_by_page(cloud):
    """Nothing is asked until the first reference is, and then no more than its page."""
    receive_many(cloud, 3)
    cloud.advance(days=32)
    with requests_of(cloud.dynamodb) as sent:
        due = iter(cloud.container.complaints.due(cloud.container.clock.now()))
        assert sent == []
        next(due)
        assert sent == ["Query"]


def test_a_sweep_ends_before_lambda_ends_it(cloud):
    """With less left than the reserve nothing is begun, and the sweep says so."""
    receive_many(cloud, 1)
    cloud.advance(days=32)
    answer = go_round(Context(19_999))
    assert answer == {"looked_at": 0, "posted": 0, "failed": 0, "unfinished": True}
    answer = go_round(Context(110_000))
    assert answer == {"looked_at": 1, "posted": 1, "failed": 0, "unfinished": False}


def test_a_sweep_with_nothing_to_do_costs_nine_requests(cloud):
    """Two for the log, seven queries: complaints, visits, alert batches, what the stream left.

    And receipts that wait: a lane for each of two communities, and one for all mailboxes.
    """
    with requests_of(cloud.dynamodb) as sent:
        go_round()
    assert Counter(sent) == {"UpdateItem": 2, "Query": 7}


def test_a_sweep_names_the_communities_whose_first_letters_wait(cloud, caplog):
    """The alarm listens to this line; nothing has failed."""
    receive_many(cloud, 3)
    cloud.advance(minutes=6)
    use_up_the_hour(cloud)
    go_round()
    assert not residents_letters(cloud)
    go_round()
    assert [one for one in caplog.messages if one.startswith("First")] == [
        "First letters wait: jade-lake"
    ]
    assert "Left for" not in caplog.text
    cloud.advance(hours=1)
    go_round()
    assert len(residents_letters(cloud)) == 3


def test_a_sweep_writes_its_end_into_the_log(cloud, caplog):
    """The dead man's alarm listens to this line, and to no other."""
    receive_many(cloud, 1)
    cloud.advance(minutes=6)
    go_round()
    (line,) = caplog.messages
    assert line.startswith("Sweep finished: {'looked_at': 0, 'posted': 1,")


def test_a_sweep_that_breaks_off_writes_no_end(cloud, caplog):
    """Where the table answers nothing the function fails, and the alarm hears nothing."""
    with failing(cloud.dynamodb, "Query"), pytest.raises(ClientError):
        go_round()
    assert "Sweep finished" not in caplog.text
    assert cloud.container.sweep_log.last().finished is None


def test_what_is_left_is_named_in_the_log(cloud, caplog):
    """Each failure has its line, and so has a sweep whose time was up."""
    (reference,) = receive_many(cloud, 1)
    cloud.advance(minutes=6)
    cloud.stop_mail()
    go_round()
    go_round(Context(0))
    failed, finished, left, _ = caplog.messages
    assert failed.startswith(f"Left for the next sweep: {reference}/1: MailRefusedError")
    assert finished.startswith("Sweep finished: ")
    assert left == "Left for the next sweep: what there was no time for"


def test_a_backlog_is_worked_off_in_order_over_the_table(cloud):
    """Due longest comes first; what was done has left the index, and the rest is found again."""
    references = receive_many(cloud, 4)
    cloud.advance(minutes=6)
    cloud.container.sweep.go()
    cloud.advance(days=32)
    start_workday = cloud.container.start_workday
    for morning in start_workday.come(cloud.container.clock.now()):
        start_workday.begin(morning)
    due = list(cloud.container.complaints.due(cloud.container.clock.now()))
    assert sorted(due) == sorted(references)
    # The first is for who is away that day, the third a letter of the first sweep.
    grains = iter([1, 1, 1, 1, 0])
    report = cloud.container.sweep.go(lambda: timedelta(seconds=next(grains)))
    assert (report.looked_at, report.unfinished) == (2, True)
    assert list(cloud.container.complaints.due(cloud.container.clock.now())) == due[2:]
