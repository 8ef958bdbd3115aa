"""What a deployment is decided to be: said once, remembered, and checked before AWS is asked."""

import pytest
from moto import mock_aws

from chalicelib.policy import load_organisation
from desk.deploying import settings as decided
from desk.deploying.memory import Memory
from desk.deploying.stage import (
    NoRegionError,
    Stage,
    StageNameError,
    stack_name,
)
from desk.stacks import STACKS, Setting
from support.senders import NAMES, read_back
from support.values import replace

SENDER = "desk@wuye.cn"


def test_every_setting_is_decided_or_follows():
    """Nothing that a stack takes is typed anywhere else, and nothing is asked in vain."""
    sources = [one for stack in STACKS.values() for one in stack.parameters.values()]
    wanted = {one.name for one in sources if isinstance(one, Setting)}
    chosen = [choice.setting for choice in decided.CHOICES]
    assert sorted([*chosen, *decided.DERIVED]) == sorted(wanted)


def test_what_was_decided_is_remembered_by_the_stage():
    """Until it is forgotten with the data; of each stage by itself."""
    with mock_aws():
        memory, other = Memory(Stage("prod", "eu-west-1")), Memory(Stage("trial", "eu-west-1"))
        assert memory.read() == {}
        memory.write({"operator_email": "op@wuye.cn", "domain_name": ""})
        memory.write({"operator_email": "ops@wuye.cn", "domain_name": ""})
        assert memory.read() == {"operator_email": "ops@wuye.cn", "domain_name": ""}
        assert other.read() == {}
        memory.forget()
        memory.forget()
        assert memory.read() == {}


def test_what_follows_is_typed_by_nobody(company):
    """Names from the stage, the sender and its domain from the company's file."""
    organisation = load_organisation(company.organisation)
    assert decided.derived(Stage("prod", "eu-west-1"), organisation, {}) == {
        "stage": "prod",
        "table_name": "complaint-desk-prod",
        "keys_parameter": "/complaint-desk/prod/keys",
        "sender": "=?utf-8?b?5oqV6K+J5Y+X55CG5Y+wIENvbXBsYWludCBEZXNr?= <desk@wuye.cn>",
        "mail_domain": "wuye.cn",
    }


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_company_of_any_name_invites(company, name):
    """Cognito gets the name as a header says it, on one line, and the domain is the address's."""
    organisation = replace(load_organisation(company.organisation), sender=f"{name} <desk@wuye.cn>")
    follows = decided.derived(Stage("prod", "eu-west-1"), organisation, {})
    assert follows["mail_domain"] == "wuye.cn"
    header = f"From: {follows['sender']}\n\n".encode("ascii")
    assert read_back(header, "From") == [(name, "desk@wuye.cn")]
    assert follows["sender"].isprintable()


def test_one_address_stands_in_for_the_domain(company):
    """mail.yaml takes one of the two."""
    organisation = load_organisation(company.organisation)
    chosen = {"mail_address": "desk@wuye.cn"}
    assert decided.derived(Stage("prod", "eu-west-1"), organisation, chosen)["mail_domain"] == ""


def test_what_is_needed_and_was_never_said_is_named():
    """By its option."""
    assert decided.missing({}) == ("--operator-email",)
    assert decided.missing({"operator_email": "op@wuye.cn"}) == ()


@pytest.mark.parametrize(
    ("setting", "given", "option"),
    [
        ("operator_email", "op", "--operator-email"),
        ("domain_name", "https://wuye.cn", "--domain"),
        ("hosted_zone_id", "wuye.cn", "--hosted-zone"),
        ("rate_limit", "many", "--rate-limit"),
        ("rate_limit", "-1", "--rate-limit"),
        ("mail_address", "desk", "--mail-address"),
        ("mail_from_subdomain", "-", "--mail-from"),
        ("second_factor", "no", "--second-factor"),
        ("reserve_concurrency", "true", "--reserve-concurrency"),
    ],
)
def test_what_a_template_refuses_is_refused_before(setting, given, option):
    """With the option, and a value that would be taken in its place."""
    (found,) = decided.unfit({setting: given}, SENDER)
    assert (found.option, found.given) == (option, given)
    taken = {"domain_name": "desk.company.cn", setting: found.example.partition(" / ")[0]}
    assert list(decided.unfit(taken, "desk@company.cn")) == []


@pytest.mark.parametrize(
    ("chosen", "option", "example"),
    [
        ({"mail_address": "other@wuye.cn"}, "--mail-address", "desk@wuye.cn"),
        ({"mail_from_subdomain": "post.other.cn"}, "--mail-from", "post.wuye.cn"),
        ({"mail_from_subdomain": "wuye.cn"}, "--mail-from", "post.wuye.cn"),
        ({"hosted_zone_id": "Z08131811AB"}, "--hosted-zone", "--domain … --hosted-zone …"),
        ({"rate_limit": "5"}, "--rate-limit", "10–"),
    ],
)
def test_what_does_not_go_with_the_rest_is_refused(chosen, option, example):
    """The template would take it, and SES, Route 53 or WAF would not."""
    (found,) = decided.unfit(chosen, SENDER)
    assert (found.option, found.example) == (option, example)


def test_every_choice_has_something_unfit():
    """A choice that no template checks would fail half-way through a deployment."""
    refused = {found.option for choice in decided.CHOICES for found in _unfit(choice.setting)}
    assert refused == {choice.option for choice in decided.CHOICES}


def _unfit(setting):
    return decided.unfit({setting: "a value that fits nowhere <>"}, SENDER)


def test_what_fits_is_taken():
    """A usual set of choices."""
    chosen = {
        "operator_email": "op@wuye.cn",
        "domain_name": "tousu.wuye.cn",
        "hosted_zone_id": "Z08131811AB",
        "rate_limit": "2000",
        "mail_address": "",
        "mail_from_subdomain": "post.wuye.cn",
        "second_factor": "optional",
        "reserve_concurrency": "yes",
    }
    assert list(decided.unfit(chosen, SENDER)) == []


@pytest.mark.parametrize("name", ["", "Prod", "1st", "a_b", "x" * 21, "测试"])
def test_a_stage_is_called_what_stacks_can_be_called(name):
    """Refused before anything is asked of AWS."""
    with pytest.raises(StageNameError):
        Stage(name, "eu-west-1")


def test_without_a_region_there_is_no_stage(monkeypatch):
    """Neither the command nor the shell names one."""
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoRegionError):
        Stage.of("prod")
    assert Stage.of("prod", "eu-west-1").region == "eu-west-1"


def test_a_stack_that_was_never_whole_does_not_stand():
    """One that is being made, or whose making failed, gives out nothing to rely on."""
    with mock_aws():
        stage = Stage("prod", "eu-west-1")
        service = stage.client("cloudformation")
        body = '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}'
        service.create_change_set(
            StackName=stack_name("prod", "mail"),
            ChangeSetName="first",
            ChangeSetType="CREATE",
            TemplateBody=body,
        )
        assert stage.stack("mail") is None
        assert stage.described("mail").status == "REVIEW_IN_PROGRESS"
        assert stage.described("storage") is None
