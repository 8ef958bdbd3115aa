"""The table's stack, created by moto's CloudFormation from the file that is deployed."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from cfnlint.decode.cfn_yaml import loads
from moto import mock_aws

STORAGE = Path(__file__).parents[2] / "infra" / "storage.yaml"
REGION = "eu-west-1"

INDEXES = [
    # index, hash key, range key, what is copied into it
    ("due", "due_shard", "due_at", "ALL"),
    ("pending", "pending", "pending_at", "KEYS_ONLY"),
    ("ledger", "ledger", "ledger_at", "ALL"),
    ("household", "household", "household_at", "KEYS_ONLY"),
    ("received", "received", "received_at", "INCLUDE"),
    ("ended", "ended", "ended_at", "INCLUDE"),
]


@pytest.fixture(scope="module")
def cloud() -> Iterator[boto3.Session]:
    with mock_aws():
        yield boto3.Session(region_name=REGION)


@pytest.fixture(scope="module")
def outputs(cloud) -> dict[str, str]:
    stacks = cloud.client("cloudformation")
    stacks.create_stack(
        StackName="storage",
        TemplateBody=STORAGE.read_text(),
        Parameters=[
            {"ParameterKey": "TableName", "ParameterValue": "desk-test"},
            {"ParameterKey": "SiteUrl", "ParameterValue": "https://desk.example"},
        ],
    )
    (stack,) = stacks.describe_stacks(StackName="storage")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


@pytest.fixture(scope="module")
def dynamodb(cloud):
    return cloud.client("dynamodb")


@pytest.fixture(scope="module")
def table(outputs, dynamodb):
    return dynamodb.describe_table(TableName=outputs["TableName"])["Table"]


def keys(described):
    return [(key["AttributeName"], key["KeyType"]) for key in described["KeySchema"]]


def test_the_stack_names_its_table_and_its_stream(outputs, table):
    """The functions' stack takes the table's name and the stream's ARN from these outputs."""
    assert outputs["TableName"] == "desk-test"
    assert outputs["TableArn"] == table["TableArn"]
    assert outputs["StreamArn"] == table["LatestStreamArn"]


def test_an_item_is_found_by_its_complaint_and_its_kind(table):
    """The table's key is `pk` and `sk`."""
    assert keys(table) == [("pk", "HASH"), ("sk", "RANGE")]


def test_an_idle_table_costs_nothing(table):
    """The table and its indexes are paid by the request."""
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_the_table_is_not_deleted_by_mistake(table):
    """A delete is refused while the protection is on."""
    assert table["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize(("name", "hashed", "ranged", "projection"), INDEXES)
def test_each_index_has_its_keys_and_copies_no_more_than_its_reader_needs(
    table, name, hashed, ranged, projection
):
    """An index copies whole items only where one read must do."""
    found = {index["IndexName"]: index for index in table["GlobalSecondaryIndexes"]}
    assert set(found) == {index[0] for index in INDEXES}
    assert keys(found[name]) == [(hashed, "HASH"), (ranged, "RANGE")]
    assert found[name]["Projection"]["ProjectionType"] == projection


def test_the_stream_carries_keys_and_no_personal_data(table):
    """A stream record says which event was kept, and nothing of what it says."""
    assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}


# moto shows nothing of the following, so it is read in the file itself.


@pytest.fixture(scope="module")
def declared():
    return loads(STORAGE.read_text())["Resources"]["Table"]


def test_what_has_its_time_expires(declared):
    """The attribute `expires_at` ends an item's life."""
    expiry = declared["Properties"]["TimeToLiveSpecification"]
    assert expiry == {"AttributeName": "expires_at", "Enabled": True}


def test_any_second_of_the_last_weeks_can_be_restored(declared):
    """Point-in-time recovery is on."""
    recovery = declared["Properties"]["PointInTimeRecoverySpecification"]
    assert recovery == {"PointInTimeRecoveryEnabled": True}


def test_the_table_is_encrypted_with_a_key_whose_uses_are_on_record(declared):
    """The key is the account's, not DynamoDB's own."""
    assert declared["Properties"]["SSESpecification"] == {"SSEEnabled": True}


def test_complaints_outlive_their_stack(declared):
    """Deleting or replacing the stack retains the table."""
    assert (declared["DeletionPolicy"], declared["UpdateReplacePolicy"]) == ("Retain", "Retain")


@pytest.mark.parametrize("index", INDEXES)
def test_an_item_leaves_an_index_with_its_keys(outputs, dynamodb, index):
    """An index holds an item while it has the index's keys, and no longer."""
    name, hashed, ranged, _ = index
    where = {"TableName": outputs["TableName"]}
    key = {"pk": {"S": f"C#{name}"}, "sk": {"S": "HEAD"}}
    indexed = {hashed: {"S": "0"}, ranged: {"S": "2026-11-23T16:29:00Z#A"}}
    query = {
        **where,
        "IndexName": name,
        "KeyConditionExpression": f"{hashed} = :value",
        "ExpressionAttributeValues": {":value": {"S": "0"}},
    }
    dynamodb.put_item(**where, Item=key | indexed)
    assert dynamodb.query(**query)["Count"] == 1
    dynamodb.update_item(**where, Key=key, UpdateExpression=f"REMOVE {hashed}, {ranged}")
    assert dynamodb.query(**query)["Count"] == 0


# moto makes a bucket of this name and little of the rest, so that is read in the file as well.


@pytest.fixture(scope="module")
def bucket():
    return loads(STORAGE.read_text())["Resources"]["PhotosBucket"]


def test_the_stack_names_its_bucket(outputs, cloud):
    """The functions' stack takes it from this output; a name is made where none is given."""
    names = [one["Name"] for one in cloud.client("s3").list_buckets()["Buckets"]]
    assert names == [outputs["PhotosBucket"]]


def test_nobody_reads_the_bucket_without_a_signature(bucket):
    """All four ways of making something public are closed, and no file has an owner of its own."""
    assert bucket["Properties"]["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    owned = bucket["Properties"]["OwnershipControls"]
    assert owned == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_only_the_site_s_pages_send_photos(bucket):
    """By a form, and by nothing else."""
    (rule,) = bucket["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "SiteUrl"}]
    assert rule["AllowedMethods"] == ["POST"]


def test_what_was_not_taken_goes_after_a_day(bucket):
    """What arrived, files made for the staff, what was never finished; the kept copies stay."""
    taken, made, finished = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    assert (taken["Prefix"], taken["ExpirationInDays"]) == ("incoming/", 1)
    assert (made["Prefix"], made["ExpirationInDays"]) == ("exports/", 1)
    assert finished["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert "ExpirationInDays" not in finished


def test_photos_are_encrypted_and_outlive_their_stack(bucket):
    """With S3's own key; no version keeps what was erased."""
    properties = bucket["Properties"]
    (rule,) = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert "VersioningConfiguration" not in properties
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_every_new_file_is_told_to_eventbridge(bucket):
    """The functions' stack follows it there, so that neither stack waits for the other."""
    notified = bucket["Properties"]["NotificationConfiguration"]
    assert notified == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_nothing_goes_over_an_open_line():
    """Whoever asks without TLS is refused."""
    policy = loads(STORAGE.read_text())["Resources"]["PhotosBucketPolicy"]["Properties"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == (
        "Deny",
        "*",
        "s3:*",
    )
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
