"""No write can replace an event: each puts it where nothing stands, and changes nothing it says."""

import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib import adapters
from chalicelib.adapters import items
from chalicelib.adapters.transactions import put, put_new
from chalicelib.application.outbox import WorkdayStart
from chalicelib.application.records import ImportRun
from chalicelib.domain.commands import Close, Erase, Note, RenewCode, Withdraw
from chalicelib.domain.duty_log import DutyLogEntry
from chalicelib.domain.staff_log import StaffEvent, StaffRecord
from support.examples import SHANGHAI, acknowledge, judge, reply
from support.forms import an_intake
from support.people import MANAGER, SUPERVISOR
from support.values import replace

ONLY_NEW = "attribute_not_exists(pk)"
OF_THE_OUTBOX = re.compile(r"SET #pending = :\w+, pending_at = :\w+|REMOVE #pending, pending_at")
"""What may change of an event: whether its letters are still to go out."""
OF_A_BATCH = "SET closed_at|ADD held"
"""An alert batch stands under an event's key and is none: it grows until it is closed."""


@contextmanager
def writes_of(client):
    """Every write that this client is asked for meanwhile: its kind and what was asked."""
    seen = []

    def note(params, model, **_):
        if model.name == "TransactWriteItems":
            seen.extend(one for action in params["TransactItems"] for one in action.items())
        elif model.name in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"):
            seen.append((model.name.removesuffix("Item"), params))

    client.meta.events.register("provide-client-params.dynamodb.*", note)
    yield seen
    client.meta.events.unregister("provide-client-params.dynamodb.*", note)


def live(cloud):
    """A life of each kind of thing that is kept: complaints, the log, the staff, imports, days."""
    container = cloud.container
    now = container.clock.now()
    on = now.astimezone(SHANGHAI).date()
    for kind in ("entry", "call"):
        entry = DutyLogEntry("jade-lake", on, 0, now, SUPERVISOR.id, kind, {"text": "x"})
        container.duty_log.write(replace(entry, whom="property_manager"))
    references = [
        container.submit_complaint.receive(an_intake(now, form_id=str(number)), "web").reference
        for number in range(2)
    ]
    container.workday_starts.begin(WorkdayStart("jade-lake", on), now)
    for command in (
        acknowledge(MANAGER.id),
        Note(SUPERVISOR.id, "x"),
        judge(SUPERVISOR.id, valid=True),
        reply(MANAGER.id, "email"),
        Close(MANAGER.id, "x", "x", "a lesson"),
        RenewCode(SUPERVISOR.id, "x"),
        Erase(MANAGER.id, "x"),
    ):
        container.act_on_complaint.act(references[0], command, by=command.by)
        cloud.deliver()
    container.act_on_complaint.act(references[1], Withdraw(SUPERVISOR.id, "x"), by=SUPERVISOR.id)
    container.imports.finish(ImportRun("a-1", "x.csv", {MANAGER.id: {"major": 1}}, 0), now)
    container.staff.put(SUPERVISOR)
    what = {"email": (SUPERVISOR.email, "new@anhe.example")}
    changed = StaffRecord(now, StaffEvent.CHANGED, SUPERVISOR.id, MANAGER.id, what)
    container.staff.put(SUPERVISOR, record=changed)
    container.staff_log.add(replace(changed, kind=StaffEvent.SIGNED_IN, what={}))
    cloud.deliver()
    container.clock.move_to(now + timedelta(days=2))
    container.sweep.go()


def test_no_write_of_a_whole_life_replaces_an_event(cloud):
    """Each of them is looked at: puts of events are new ones, updates leave what they say."""
    with writes_of(cloud.dynamodb) as seen:
        live(cloud)
    puts = [given for kind, given in seen if kind == "Put" and items.is_event(given["Item"])]
    kinds = {given["Item"]["pk"]["S"].partition("#")[0] for given in puts}
    assert kinds == {"C", "LOG", "IMPORT", "WORKDAY", "ADDRESS"}
    assert {given["ConditionExpression"] for given in puts} == {ONLY_NEW}
    updates = [given for kind, given in seen if kind == "Update" and items.is_event(given["Key"])]
    assert updates
    for given in updates:
        said = given["UpdateExpression"]
        is_log = given["Key"]["pk"]["S"].startswith("LOG#") and said == "REMOVE words"
        of_batch = given["Key"]["pk"]["S"].startswith("BATCH#") and re.search(OF_A_BATCH, said)
        assert is_log or of_batch or OF_THE_OUTBOX.fullmatch(said), said
    assert not [kind for kind, _ in seen if kind in ("Delete", "BatchWrite")]


def test_an_event_that_stands_is_never_put_again(cloud):
    """Whoever puts another under its key is refused, and it stands as it was."""
    container = cloud.container
    reference = container.submit_complaint.receive(
        an_intake(container.clock.now()), "web"
    ).reference
    before = container.complaints.load(reference)
    item = {**items.complaint_key(reference, items.event_sk(1)), "doc": {"S": "{}"}}
    action = put_new(cloud.table, item)
    client = cloud.dynamodb
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(TransactItems=[action])
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        client.put_item(**action["Put"])
    assert container.complaints.load(reference) == before


def test_a_put_without_a_condition_takes_no_event():
    """It is an error of the program's, before anything is asked of the table."""
    with pytest.raises(ValueError, match="is an event"):
        put("a table", items.complaint_key("7K3MQ-9TX4B", items.event_sk(1)))


def test_every_put_of_the_adapters_has_its_condition():
    """No adapter puts an item by itself but where nothing stands, or over the version it read."""
    found = 0
    for path in sorted(Path(adapters.__file__).parent.glob("*.py")):
        for given in path.read_text("utf-8").split(".put_item(")[1:]:
            found += 1
            call = given.partition("except ")[0]
            assert ONLY_NEW in call or "**_condition(" in call, path.name
    assert found > 4
