"""Bringing back what was lost, from a restored table into the one that runs; nothing goes twice."""

from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

import bring_back
from chalicelib.adapters import items
from desk.offline.memory_table.schema import schema_from
from support.clouds import a_cloud, client
from support.forms import a_form
from support.web import post_json

RESTORED = "complaint-desk-drill"


@dataclass(frozen=True)
class Lost:
    """A cloud, and a complaint of it that stands in the restored table."""

    cloud: Any
    reference: str

    def run(self, *arguments):
        """The command, from the restored table into the one that runs."""
        places = ("--from", RESTORED, "--to", self.cloud.table)
        found = CliRunner().invoke(bring_back.main, [*arguments, *places])
        assert found.exit_code == 0, found.output
        return found.output.strip()

    def items(self):
        """What stands in the table that runs, by key."""
        return {(one["pk"]["S"], one["sk"]["S"]): one for one in self.cloud.all_items()}

    def lose(self):
        """Somebody deletes all that stands under the reference; how many items that is."""
        lost = [key for key in self.items() if key[0] == items.complaint_pk(self.reference)]
        for pk, sk in lost:
            client("dynamodb").delete_item(TableName=self.cloud.table, Key=items.key(pk, sk))
        return len(lost)


@pytest.fixture
def lost():
    """A complaint whose letters went out, and a restored copy of the table."""
    with a_cloud() as cloud:
        reference = post_json(a_form()).json_body["reference"]
        assert cloud.deliver() == []
        _restore(cloud)
        yield Lost(cloud, reference)


def _restore(cloud):
    """A table of the same keys with the same items, as DynamoDB restores one."""
    keys, dynamodb = schema_from().keys, client("dynamodb")
    kinds = zip(keys.names, ("HASH", "RANGE"), strict=True)
    dynamodb.create_table(
        TableName=RESTORED,
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in kinds],
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in keys.names],
        BillingMode="PAY_PER_REQUEST",
    )
    for item in cloud.all_items():
        dynamodb.put_item(TableName=RESTORED, Item=item)


def test_of_what_is_there_nothing_is_brought_back(lost):
    """The drill: it is counted, and nothing is written."""
    before = lost.items()
    assert lost.run(lost.reference) == (
        "missing: 0; different: 0. Nothing was written; add --write to do it."
    )
    assert lost.items() == before


def test_what_was_lost_is_as_it_was_and_no_letter_goes_out_again(lost):
    """The stream brings each event once more; its letters are on the record already."""
    before, letters = lost.items(), len(lost.cloud.mails())
    count = lost.lose()
    assert lost.run(lost.reference, "--write") == (
        f"missing: {count}; different: 0; written: {count}."
    )
    assert lost.items() == before
    assert lost.cloud.deliver() == []
    assert (len(lost.cloud.mails()), lost.items()) == (letters, before)
    assert letters > 0


def test_without_being_told_to_nothing_is_written(lost):
    """It says what it would do."""
    count = lost.lose()
    before = lost.items()
    assert lost.run(lost.reference).startswith(f"missing: {count}; different: 0. Nothing")
    assert lost.items() == before


def test_what_differs_is_left_unless_it_is_to_be_written_over(lost):
    """A complaint may have gone on since."""
    head = items.complaint_key(lost.reference, "HEAD")
    client("dynamodb").update_item(
        TableName=lost.cloud.table,
        Key=head,
        UpdateExpression="SET doc = :wrong",
        ExpressionAttributeValues={":wrong": {"S": "{}"}},
    )
    changed = lost.items()
    assert lost.run(lost.reference, "--write") == "missing: 0; different: 1; written: 0."
    assert lost.items() == changed
    assert lost.run(lost.reference, "--write", "--over") == "missing: 0; different: 1; written: 1."
    assert lost.cloud.container.complaints.load(lost.reference).complaint.reference


def test_all_brings_back_the_staff_too(lost):
    """Every partition there is."""
    before = lost.items()
    for pk, sk in before:
        client("dynamodb").delete_item(TableName=lost.cloud.table, Key=items.key(pk, sk))
    lost.run("--all", "--write")
    assert lost.items() == before
    assert any(pk == "STAFF" for pk, _ in before)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "a", "--to", "b"], "Name a reference"),
        (["x", "--all", "--from", "a", "--to", "b"], "Name a reference"),
        (["x", "--from", "a", "--to", "a"], "the same table"),
    ],
)
def test_what_is_not_clear_is_refused(arguments, words):
    """Before any table is asked."""
    found = CliRunner().invoke(bring_back.main, arguments)
    assert (found.exit_code, words in found.output) == (2, True)
