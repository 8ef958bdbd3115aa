"""`desk deploy` and `desk destroy`: in which order, what is told, and what is refused.

CloudFormation is played by stacks that give out what their templates do; what is around them
(S3, SSM, SES) is moto's. That the stacks can be made is shown on ministack.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from botocore.exceptions import EndpointConnectionError
from click.testing import CliRunner
from moto import mock_aws

from chalicelib.application.ports.identity import IdentityRefusedError
from chalicelib.domain.staff import Directory
from chalicelib.policy import load_organisation
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk import deploy as deploying
from desk import destroy as destroying
from desk.deploy import WAITS, deploy
from desk.deploying.changes import Change, DataAtRiskError, StackFailedError
from desk.deploying.costs import Shape, monthly_cost, total_usd
from desk.deploying.deployment import Built
from desk.deploying.elsewhere import Elsewhere
from desk.deploying.publishing import StaticSite
from desk.deploying.sender import DnsRecord, Sender
from desk.deploying.stage import Stage, StageMissingError, Standing
from desk.destroy import destroy
from desk.stacks import STACKS, Output
from support.templates import declared

REGION = "eu-west-1"
FIRST = ("--first-id", "zhang-min", "--first-name-zh", "张敏", "--first-name-en", "Zhang Min")
FIRST = (*FIRST, "--first-email", "zhang@wuye.cn")
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
RECORD = DnsRecord("t1._domainkey.wuye.cn", "CNAME", "t1.dkim.amazonses.com")
SENDER = Sender("wuye.cn", is_verified=True, is_sandboxed=False)
OPERATOR = ("--operator-email", "op@wuye.cn")


ASKED_ARCHITECTURE = deploying._architecture  # noqa: SLF001 - as it is where nothing plays it


class _Stacks:
    """Stacks that are made at once; `failing` are those that are not."""

    def __init__(self, monkeypatch):
        self.standing, self.asked, self.failing = {}, [], {}
        self.unforeseeable = ""
        self.change = Change("Modify", "It", "AWS::SQS::Queue")
        monkeypatch.setattr(Stage, "stack", lambda _, name: self.standing.get(name))
        monkeypatch.setattr(Stage, "described", lambda _, name: self.standing.get(name))
        monkeypatch.setattr(deploying, "StackChanges", self.over)
        monkeypatch.setattr(destroying, "StackChanges", self.over)

    def over(self, stage, _):
        self.stage = stage
        return self

    def foresee(self, stack, _, values):
        assert stack.name != self.unforeseeable, "CloudFormation would refuse it as yet"
        return () if self.standing[stack.name].parameters == values else (self.change,)

    def bring_about(self, stack, _, values, *__):
        self.asked.append(stack.name)
        if stack.name in self.failing:
            raise self.failing[stack.name]
        before = self.standing.get(stack.name)
        given = {*declared(stack.name).get("Outputs", {}), *_asked_of(stack.name)}
        outputs = {name: f"{stack.name}-{name}".lower() for name in given}
        outputs |= {"SiteUrl": "https://d1.cloudfront.net"} if stack.name == "site" else {}
        outputs |= {"MailIdentity": values["MailDomain"]} if stack.name == "mail" else {}
        outputs |= {"CompanyFiles": values["CompanyFiles"]} if stack.name == "application" else {}
        found = Standing("CREATE_COMPLETE", values, outputs)
        self.standing[stack.name] = found
        if before is None:
            self._make_bucket(outputs)
        same = before is not None and before.parameters == values
        return found, () if same else (self.change,)

    def take_down(self, stack, _):
        self.asked.append(f"-{stack.name}")
        del self.standing[stack.name]

    def _make_bucket(self, outputs):
        for name in ("ReleasesBucket", "SiteBucket"):
            if name in outputs:
                place = {"LocationConstraint": REGION}
                self.stage.client("s3").create_bucket(
                    Bucket=outputs[name], CreateBucketConfiguration=place
                )


def _asked_of(name):
    """The outputs that other stacks take: Chalice gives out some of the application's."""
    sources = [one for stack in STACKS.values() for one in stack.parameters.values()]
    return {one.name for one in sources if isinstance(one, Output) and one.stack == name}


class _Staff:
    """A stage's directory, and who is invited into it."""

    def __init__(self, company):
        self.people, self.organisation = [], load_organisation(company.organisation)
        self.staff = self.staffing = self
        self.clock = SimpleNamespace(now=lambda: NOW)
        self.fails = None

    def directory(self):
        return Directory(tuple(self.people))

    def add(self, _, person):
        if self.fails:
            raise self.fails
        self.people.append(person)


class _Shell:
    """An operator's shell, with credentials for an account where nothing stands yet."""

    def __init__(self, monkeypatch, company, tmp_path):
        self.company, self.told = company, []
        self.stacks, self.staff = _Stacks(monkeypatch), _Staff(company)
        self.built = _built(tmp_path)
        monkeypatch.setattr(deploying, "_built", lambda *_: self.built)
        monkeypatch.setattr(deploying, "_architecture", lambda _: "arm64")
        monkeypatch.setattr(deploying, "container_of", lambda _: self.staff)
        edge = lambda _: self.told.append("the edge")  # noqa: E731 - as a method
        monkeypatch.setattr(StaticSite, "_forget_at_the_edge", edge)
        self.files = ("--organisation", str(company.organisation), "--policy", str(company.policy))

    def run(self, command, *words, typed=None):
        named = ("--stage", "prod", "--region", REGION, "--language", "en")
        return CliRunner().invoke(command, [*named, *words], obj=Elsewhere(pause=0), input=typed)

    def deploy(self, *words, typed="y"):
        return self.run(deploy, *words, typed=typed)

    def first(self, *words, typed="y"):
        return self.deploy(*self.files, *OPERATOR, *FIRST, *words, typed=typed)

    def kept(self):
        """The company's versions in the bucket."""
        found = self.client("s3").list_objects_v2(
            Bucket="releases-releasesbucket", Prefix="company/"
        )
        return {one["Key"].rpartition("/")[0] for one in found.get("Contents", ())}

    def client(self, service):
        return Stage("prod", REGION).client(service)


def _built(tmp_path):
    """A package and a site, as small as can be."""
    site = tmp_path / "site"
    site.mkdir()
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    (site / "index.html").write_text(policy, "utf-8")
    archive, template = tmp_path / "deployment.zip", tmp_path / "template.json"
    archive.write_bytes(b"code")
    one = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "./deployment.zip"}}
    template.write_text(json.dumps({"Resources": {"APIHandler": one}}), "utf-8")
    return Built((archive,), template, site)


@pytest.fixture
def shell(monkeypatch, company, tmp_path):
    with mock_aws():
        monkeypatch.setattr(Sender, "of", classmethod(lambda *_: SENDER))
        yield _Shell(monkeypatch, company, tmp_path)


def test_a_first_deployment_makes_all_in_its_order(shell):
    """Told stack by stack; it ends with the addresses and the first account's invitation."""
    done = shell.first()
    assert done.exit_code == 0, done.output
    assert shell.stacks.asked == [
        *("releases", "mail", "site", "storage", "identity", "application", "site", "monitoring")
    ]
    assert "[1/8] releases" in done.output
    assert "https://d1.cloudfront.net/en/complain/" in done.output
    assert "https://d1.cloudfront.net/desk" in done.output
    assert "The first account zhang-min is invited" in done.output
    (person,) = shell.staff.people
    assert person.email == "zhang@wuye.cn"
    assert set(person.roles) == {"property_manager", "company_leadership"}
    assert shell.told == ["the edge"]


def test_the_plan_says_all_and_does_nothing(shell):
    """Neither stacks, keys nor files."""
    planned = shell.first("--plan")
    assert planned.exit_code == 0, planned.output
    for stack in ("releases", "mail", "site", "storage", "identity", "application", "monitoring"):
        assert f"make    {stack}:" in planned.output
    idle = total_usd(monthly_cost(0, Shape()))
    assert f"about {idle:.2f} a month with no complaint at all" in planned.output
    assert "a month with 10,000 complaints" in planned.output
    assert planned.output.endswith("Nothing was done.\n")
    assert shell.stacks.asked == []
    assert shell.client("s3").list_buckets()["Buckets"] == []
    assert shell.client("ssm").describe_parameters()["Parameters"] == []


def test_what_is_wanted_besides_costs_besides(shell):
    """A limit at the edge has a price of its own."""
    idle = total_usd(monthly_cost(0, Shape(web_acl=True)))
    said = shell.first("--rate-limit", "2000").output
    assert f"about {idle:.2f} a month with no complaint" in said


def test_it_asks_once_and_takes_no_for_an_answer(shell):
    """One question, after everything that it will do is said."""
    asked = shell.first(typed="n")
    assert asked.output.count("Begin now?") == 1
    assert asked.output.endswith("Nothing was done.\n")
    assert shell.stacks.asked == []
    assert "Begin now?" not in shell.first("--yes").output


def test_the_processor_stays_what_it_is(shell, monkeypatch):
    """Unless told otherwise, a stage on x86_64 is not moved to arm64 by its next update."""
    built = []
    monkeypatch.setattr(deploying, "_architecture", ASKED_ARCHITECTURE)
    monkeypatch.setattr(
        deploying, "_built", lambda _, __, target, ___: built.append(target) or shell.built
    )
    client = SimpleNamespace(get_function_configuration=lambda **_: {"Architectures": ["x86_64"]})
    before = Stage.client
    monkeypatch.setattr(
        Stage,
        "client",
        lambda self, name, *more: client if name == "lambda" else before(self, name, *more),
    )
    shell.first()
    shell.deploy()
    shell.deploy("--architecture", "arm64")
    assert built == ["arm64", "x86_64", "arm64"]


def test_the_functions_code_is_where_the_template_says(shell):
    """Kept before the stack asks for it."""
    shell.first()
    bucket = "releases-releasesbucket"
    found = shell.client("s3").list_objects_v2(Bucket=bucket, Prefix="code/")["Contents"]
    assert [one["Key"].rpartition("/")[2] for one in found] == ["deployment.zip"]


def test_keys_are_made_once(shell):
    """By the first deployment; a rotation afterwards starts the functions afresh."""
    made = shell.first()
    assert "keys made: /complaint-desk/prod/keys" in made.output
    assert shell.stacks.standing["application"].parameters["KeysVersion"] == "1"
    parameter = {"Name": "/complaint-desk/prod/keys", "Type": "SecureString", "Value": "new"}
    shell.client("ssm").put_parameter(**parameter, Overwrite=True)
    again = shell.deploy()
    assert "keys made" not in again.output
    assert shell.stacks.standing["application"].parameters["KeysVersion"] == "2"


def test_an_update_needs_nothing_typed_again(shell):
    """What was decided, and the company's files that run, are asked of the stage itself."""
    shell.first("--rate-limit", "2000")
    before = dict(shell.stacks.standing)
    again = shell.deploy()
    assert again.exit_code == 0, again.output
    assert {name: one.parameters for name, one in before.items()} == {
        name: one.parameters for name, one in shell.stacks.standing.items()
    }
    assert len(shell.kept()) == 1
    assert len(shell.staff.people) == 1


def test_changing_the_companys_files_is_deploying_again(shell):
    """The new version runs, the former is kept, and the change is shown before it is done."""
    shell.first()
    former = shell.stacks.standing["application"].parameters["CompanyFiles"]
    policy = shell.company.policy
    policy.write_text(policy.read_text("utf-8").replace("= 800", "= 900", 1), "utf-8")
    again = shell.deploy("--policy", str(policy))
    assert "change  application" in again.output.partition("Begin now?")[0]
    running = shell.stacks.standing["application"].parameters["CompanyFiles"]
    assert running != former
    assert shell.kept() == {former, running}


def test_the_demonstrations_company_is_never_deployed(shell):
    """Its telephones are answered by nobody."""
    shell.files = ("--organisation", str(ORGANISATION), "--policy", str(COMMUNITY))
    refused = shell.first()
    assert refused.exit_code == 1
    assert "demonstration" in refused.output
    assert shell.stacks.asked == []


def test_everything_that_is_missing_is_named_at_once(shell):
    """By its option, and nothing is begun."""
    refused = shell.deploy(*shell.files)
    assert refused.exit_code == 2
    for option in ("--operator-email", *FIRST[::2]):
        assert option in refused.output
    assert shell.stacks.asked == []


@pytest.mark.parametrize(
    ("region", "service"), [("ap-east-1", "sesv2"), ("cn-north-1", "cognito-idp")]
)
def test_a_region_without_a_service_is_refused(shell, region, service):
    """Before anything is asked of it."""
    refused = shell.first("--region", region)
    assert refused.exit_code == 2
    assert service in refused.output
    assert shell.stacks.asked == []


def test_a_first_deployment_needs_the_companys_files(shell):
    """There are none to be taken from the stage."""
    refused = shell.deploy(*OPERATOR, *FIRST)
    assert refused.exit_code == 2
    assert "--organisation" in refused.output


def test_a_faulty_file_is_refused_with_its_line(shell):
    """As `desk check` says it."""
    text = shell.company.organisation.read_text("utf-8")
    shell.company.organisation.write_text(text.replace("Asia/Shanghai", "Asia/Shanghia", 1))
    refused = shell.first()
    assert refused.exit_code == 1
    assert "Asia/Shanghia" in refused.output
    assert shell.stacks.asked == []


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--first-email", "zhang", "E-mail"),
        ("--first-id", "Zhang Min", "id"),
        ("--operator-email", "op", "--operator-email"),
        ("--rate-limit", "many", "--rate-limit"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(shell, option, value, said):
    """With the option or the field."""
    refused = shell.first(option, value)
    assert refused.exit_code != 0
    assert said.lower() in refused.output.lower()
    assert shell.stacks.asked == []


def test_a_failure_says_where_it_stands_and_is_gone_on_with(shell):
    """In CloudFormation's words; the same command then goes on."""
    reasons = ("Table: quota exceeded",)
    shell.stacks.failing["storage"] = StackFailedError("storage", "ROLLBACK_COMPLETE", reasons)
    failed = shell.first()
    assert failed.exit_code == 1
    assert "Done: releases; mail; site." in failed.output
    assert "Table: quota exceeded" in failed.output
    assert "run the same command again" in failed.output
    shell.stacks.failing.clear()
    assert shell.first().exit_code == 0
    assert len(shell.kept()) == 1


@pytest.mark.parametrize("by", [KeyboardInterrupt(), EndpointConnectionError(endpoint_url="x")])
def test_what_breaks_it_off_leaves_word_of_how_far_it_was(shell, by):
    """The operator's own Ctrl-C, or the way to AWS."""
    shell.stacks.failing["storage"] = by
    failed = shell.first()
    assert failed.exit_code == 1
    assert "Broken off. Done: releases; mail; site." in failed.output


def test_data_is_never_replaced(shell):
    """Said by name, and the rest of the deployment is left."""
    shell.first()
    change = Change("Modify", "Table", "AWS::DynamoDB::Table", "True")
    shell.stacks.failing["storage"] = DataAtRiskError("storage", [change])
    refused = shell.deploy()
    assert refused.exit_code == 1
    assert "Table (AWS::DynamoDB::Table), replaced by a new one" in refused.output
    assert "was not done" in refused.output


def test_the_accounts_wait_for_the_sender(shell, monkeypatch):
    """Cognito refuses one that SES does not know: the records are said, and it goes on later."""
    waiting = replace(SENDER, is_verified=False, records=(RECORD,))
    monkeypatch.setattr(Sender, "of", classmethod(lambda *_: waiting))
    waits = shell.first()
    assert waits.exit_code == WAITS
    assert "t1._domainkey.wuye.cn  CNAME  t1.dkim.amazonses.com" in waits.output
    assert shell.stacks.asked[-1] == "storage"
    monkeypatch.setattr(Sender, "of", classmethod(lambda *_: SENDER))
    assert shell.first().exit_code == 0
    assert len(shell.staff.people) == 1


def test_the_sandbox_is_told_of(shell, monkeypatch):
    """Letters reach verified addresses alone until AWS lets the account out."""
    monkeypatch.setattr(Sender, "of", classmethod(lambda *_: replace(SENDER, is_sandboxed=True)))
    assert "sandbox" in shell.first().output


def test_an_invitation_that_fails_says_what_to_do(shell):
    """The stage stands all the same."""
    shell.staff.fails = IdentityRefusedError("no_account")
    done = shell.first()
    assert done.exit_code == 0
    assert "desk staff invite zhang-min --stage prod" in done.output


@pytest.mark.parametrize("first", [(), ("--rate-limit", "2000")])
def test_a_domain_can_be_added_later(shell, first):
    """The site waits for the certificate, which an earlier stack of the same run gives out."""
    shell.first(*first)
    if standing := shell.stacks.standing.get("edge"):
        without = {k: v for k, v in standing.outputs.items() if k != "CertificateArn"}
        shell.stacks.standing["edge"] = replace(standing, outputs=without)
    shell.stacks.unforeseeable = "site"
    again = shell.deploy("--domain", "tousu.wuye.cn")
    assert again.exit_code == 0, again.output
    assert "change  site: the address and the static pages (depends on" in again.output
    assert shell.stacks.standing["site"].parameters["CertificateArn"]


def test_what_somebody_else_deployed_meanwhile_stays(shell, monkeypatch):
    """The plan that was agreed to is not what would be done any more."""
    shell.first()
    agreed = deploying.click.confirm

    def meanwhile(*words):
        application = shell.stacks.standing["application"]
        other = {**application.outputs, "CompanyFiles": "company/2026-12-01T10.00.00Z-other"}
        shell.stacks.standing["application"] = replace(application, outputs=other)
        return agreed(*words)

    monkeypatch.setattr(deploying.click, "confirm", meanwhile)
    before = list(shell.stacks.asked)
    refused = shell.deploy(*shell.files)
    assert refused.exit_code == 1
    assert "Somebody else has deployed this stage meanwhile" in refused.output
    assert shell.stacks.asked == before


def test_the_plan_says_what_was_decided_and_what_of_it_changes(shell):
    """And which of the company's files is another, with the keys that are gone from it."""
    shell.first("--rate-limit", "2000")
    text = shell.company.organisation.read_text("utf-8")
    text = text.replace('key = "maple-court"', 'key = "maple-garden"')
    shell.company.organisation.write_text(text, "utf-8")
    planned = shell.deploy(*shell.files, "--rate-limit", "3000", "--plan").output
    assert "--operator-email: op@wuye.cn\n" in planned
    assert "--rate-limit: 3000 (was 2000)" in planned
    assert "desk@wuye.cn" in planned.partition("What will be done")[0]
    assert "the company’s file: changed" in planned
    assert "the policy: as it was" in planned
    assert "no `maple-court` any more" in planned


def test_the_plan_counts_the_pages(shell):
    """They change with the company's files, where no stack does."""
    shell.first()
    (shell.built.site / "new.txt").write_text("new", "utf-8")
    assert "pages: 1 files to send, 0 to remove" in shell.deploy("--plan").output


def test_a_stage_that_broke_off_is_unfinished_and_not_missing(shell):
    """A command on it says so."""
    shell.stacks.failing["identity"] = StackFailedError("identity", "ROLLBACK_COMPLETE", ())
    shell.first()
    with pytest.raises(StageMissingError) as missing:
        Stage("prod", REGION).needed("application")
    assert missing.value.is_begun


def test_what_was_decided_outlives_what_broke_off(shell):
    """Nothing is typed twice."""
    shell.stacks.failing["identity"] = StackFailedError("identity", "ROLLBACK_COMPLETE", ())
    shell.first("--rate-limit", "2000")
    shell.stacks.failing.clear()
    again = shell.deploy(*shell.files, *FIRST)
    assert again.exit_code == 0, again.output
    assert shell.stacks.standing["edge"].parameters["RateLimit"] == "2000"


def test_the_alarms_letter_is_asked_to_be_confirmed_once(shell):
    """Until then nobody hears of an alarm."""
    assert "Subscription Confirmation” to op@wuye.cn" in shell.first().output
    assert "Subscription Confirmation" not in shell.deploy().output


def test_a_limit_that_is_taken_off_takes_its_stack_along(shell):
    """It would be paid for, and serve nothing."""
    shell.first("--rate-limit", "2000")
    assert "edge" in shell.stacks.standing
    again = shell.deploy("--rate-limit", "0")
    assert "remove  edge" in again.output
    assert shell.stacks.asked[-1] == "-edge"
    assert "edge" not in shell.stacks.standing


def test_a_domain_without_a_zone_is_to_be_pointed(shell):
    """Where Route 53 makes no record."""
    done = shell.first("--domain", "tousu.wuye.cn")
    assert "Point tousu.wuye.cn to site-distributiondomain" in done.output


@pytest.mark.parametrize("typed", ["", "no", "production", "Prod"])
def test_nothing_is_taken_down_without_its_name(shell, typed):
    """What is typed is the stage's name and nothing like it."""
    shell.first()
    refused = shell.run(destroy, typed=f"{typed}\n")
    assert refused.exit_code == 1
    assert "monitoring" in shell.stacks.standing


def test_a_stage_that_does_not_stand_cannot_be_taken_down(shell):
    """Said with the account and the region."""
    refused = shell.run(destroy, typed="prod\n")
    assert refused.exit_code == 1
    assert REGION in refused.output
