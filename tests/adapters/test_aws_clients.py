"""Clients of AWS, made quickly: the same as botocore's own, of our services alone."""

import gc

import pytest
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from moto import mock_aws

from chalicelib import cold_start
from chalicelib.adapters.aws_clients import SERVICES, AwsClients

OUR_OWN = ("ssm", "service-2")
MODELS = ("service-2", "paginators-1", "endpoint-rule-set-1")


@pytest.fixture
def aws(monkeypatch):
    """Clients of a made-up account in a cloud on this machine."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    with mock_aws():
        yield AwsClients()


def test_a_client_of_ours_works(aws):
    """It asks its service, and tries as often as it was told to."""
    client = aws.client("dynamodb", tries=2)
    assert client.list_tables()["TableNames"] == []
    assert client.meta.config.retries["total_max_attempts"] == 2


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_of_ours_has_a_client(aws, service):
    """Each can be made, and all are of one session."""
    assert aws.client(service).meta.service_model.service_name == service


def test_another_service_is_refused(aws):
    """What no function uses is not looked for."""
    with pytest.raises(UnknownServiceError):
        aws.client("sqs")


WHOLE = [(one, model) for one in SERVICES for model in MODELS if (one, model) != OUR_OWN]


@pytest.mark.parametrize(("service", "model"), WHOLE)
def test_the_models_are_botocores_own(aws, service, model):
    """Read by another reader, they say the same."""
    ours = aws.session.get_component("data_loader")
    assert ours.load_service_model(service, model) == Loader().load_service_model(service, model)


def test_what_is_asked_of_ssm_is_as_botocore_has_it(aws):
    """The little model says of each operation and each member what the large one says."""
    ours = aws.session.get_component("data_loader").load_service_model(*OUR_OWN)
    theirs = Loader().load_service_model(*OUR_OWN)
    assert ours["metadata"].items() <= theirs["metadata"].items()
    for name, operation in ours["operations"].items():
        for key in ("http", "name"):
            assert operation[key] == theirs["operations"][name][key]
        for key in ("input", "output"):
            _is_part(
                operation[key]["shape"], ours, theirs["operations"][name][key]["shape"], theirs
            )


def _is_part(shape, ours, other, theirs):
    one, whole = ours["shapes"][shape], theirs["shapes"][other]
    assert (one["type"], one.get("required")) == (whole["type"], whole.get("required"))
    for name, member in one.get("members", {}).items():
        _is_part(member["shape"], ours, whole["members"][name]["shape"], theirs)


@pytest.mark.parametrize("name", ["endpoints", "partitions", "_retry", "sdk-default-configuration"])
def test_what_all_services_share_is_botocores_own(aws, name):
    """The same holds for the files that are of no service."""
    assert aws.session.get_component("data_loader").load_data(name) == Loader().load_data(name)


def test_the_first_client_ends_a_cold_start(aws):
    """Collecting goes on once it is made; a later client freezes nothing more."""
    cold_start.begin()
    aws.client("dynamodb")
    assert gc.isenabled()
    gc.unfreeze()
    aws.client("s3")
    assert gc.get_freeze_count() == 0
