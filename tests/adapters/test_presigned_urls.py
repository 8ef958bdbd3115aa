"""Signed leave: what it allows, where it leads, and that nobody is asked for it."""

import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import get_session

from chalicelib.adapters.presigned_urls import SignedUrls
from chalicelib.application.ports.presigned_urls import SMALL
from chalicelib.domain.photos import MOST_BYTES

FOLDER = "incoming/7K3MQ-9TX4B/0123456789abcdef/"


def presigned_urls(region="eu-west-1", endpoint="", token=None):
    return SignedUrls("photos", region, endpoint, lambda: Credentials("key", "secret", token))


def policy(upload):
    return json.loads(base64.b64decode(upload.fields["policy"]))


def test_a_signature_is_for_one_folder_one_size_and_a_picture():
    """Whatever else a form says, S3 refuses it."""
    upload = presigned_urls().upload(FOLDER, "https://desk.example/complaints/x?code=y")
    conditions = policy(upload)["conditions"]
    assert conditions[:5] == [
        {"bucket": "photos"},
        ["starts-with", "$key", FOLDER],
        ["content-length-range", 1, MOST_BYTES],
        ["starts-with", "$Content-Type", "image/"],
        {"success_action_redirect": "https://desk.example/complaints/x?code=y"},
    ]
    assert upload.fields["key"] == f"{FOLDER}${{filename}}"
    known = {name for one in conditions if isinstance(one, dict) for name in one}
    assert set(upload.fields) - known == {"key", "Content-Type", "policy", "x-amz-signature"}


@pytest.mark.today
def test_leave_holds_for_a_quarter_of_an_hour():
    """By the real clock, as S3 reads it."""
    expires_at = datetime.fromisoformat(policy(presigned_urls().upload(FOLDER, ""))["expiration"])
    assert timedelta(minutes=14) < expires_at - datetime.now(UTC) <= timedelta(minutes=15)  # noqa: TID251 - today


def test_a_script_is_told_that_the_file_was_created():
    """It is led nowhere."""
    fields = presigned_urls().upload(FOLDER, "").fields
    assert fields["success_action_status"] == "201"
    assert "success_action_redirect" not in fields


def test_a_function_s_own_session_signs():
    """Its token goes along, and the policy speaks of it."""
    upload = presigned_urls(token="a-token").upload(FOLDER, "")
    assert upload.fields["x-amz-security-token"] == "a-token"
    assert {"x-amz-security-token": "a-token"} in policy(upload)["conditions"]


def test_a_link_holds_for_an_hour_and_shows_one_copy():
    """The large one, or the small one."""
    link = urlsplit(presigned_urls().link("7K3MQ-9TX4B", "p1"))
    assert (link.netloc, link.path) == (
        "photos.s3.eu-west-1.amazonaws.com",
        "/photos/7K3MQ-9TX4B/p1.jpg",
    )
    assert parse_qs(link.query)["X-Amz-Expires"] == ["3600"]
    small = urlsplit(presigned_urls().link("7K3MQ-9TX4B", "p1", SMALL))
    assert small.path == "/photos/7K3MQ-9TX4B/p1-small.jpg"


@pytest.mark.parametrize(
    ("region", "endpoint", "origin", "address"),
    [
        (
            "eu-west-1",
            "",
            "https://photos.s3.eu-west-1.amazonaws.com",
            "https://photos.s3.eu-west-1.amazonaws.com/",
        ),
        (
            "cn-north-1",
            "",
            "https://photos.s3.cn-north-1.amazonaws.com.cn",
            "https://photos.s3.cn-north-1.amazonaws.com.cn/",
        ),
        ("us-east-1", "http://127.0.0.1:99", "http://127.0.0.1:99", "http://127.0.0.1:99/photos"),
    ],
)
def test_storage_answers_where_the_page_says(region, endpoint, origin, address):
    """The bucket's own host at AWS; offline, a path of the one address there is."""
    found = presigned_urls(region, endpoint)
    assert found.origin == origin
    assert found.upload(FOLDER, "").url == address
    assert found.link("r", "p").startswith(f"{address.rstrip('/')}/photos/r/p.jpg?")


def test_a_client_of_s3_would_make_the_same_form():
    """Field for field, and condition for condition."""
    client = get_session().create_client(
        "s3",
        region_name="eu-west-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(signature_version="s3v4"),
    )
    upload = presigned_urls().upload(FOLDER, "")
    mine = policy(upload)["conditions"]
    theirs = client.generate_presigned_post(
        "photos",
        f"{FOLDER}${{filename}}",
        Fields={"success_action_status": "201", "Content-Type": "image/jpeg"},
        Conditions=mine[2:5],
    )
    assert set(theirs["fields"]) == set(upload.fields)
    kinds = json.loads(base64.b64decode(theirs["fields"]["policy"]))["conditions"]
    assert all(one in kinds for one in mine[:5])
