"""The operator's commands on deployed stages: each works with what that stage works with."""

import re

import pytest
from click.testing import CliRunner
from moto import mock_aws

from chalicelib.adapters.clock import SystemClock  # noqa: TID251 - a stage has no other
from chalicelib.application.intake import FormReader
from desk.deploying.running import ORGANISATION_FILE, container_of, environment_of
from desk.deploying.stage import Stage
from desk.main import desk
from importing.office import OFFICE_MAP, spreadsheet
from support.forms import a_form
from support.stages import REGION, VERSION, Company, deploy
from support.templates import declared

pytestmark = pytest.mark.today

CEDAR = "cedar-hill"
"""A community that prod has, and this checkout has not."""
LEADER = "gao-yuan"
LONG_ENDED = {"登记时间": "2025/03/03 09:30", "办结时间": "2025/03/05 16:00"}
"""A row of a spreadsheet from before any day on which this runs."""


def person(staff_id, *options):
    """The words that take somebody on."""
    names = ("--name-zh", "某人", "--name-en", staff_id.title())
    return ("staff", "add", staff_id, *names, "--email", f"{staff_id}@company.example", *options)


@pytest.fixture(scope="module", autouse=True)
def _stages():
    """Two stages in one account and region, each with files of its own; prod has a leader."""
    with mock_aws():
        now = SystemClock().now()
        deploy("prod", Company().renamed(CEDAR, "concierge"), now)
        deploy("trial", Company().renamed("birch-yard", "porter"), now)
        done(*person(LEADER, "--role", "company_leadership"))
        yield


@pytest.fixture
def container():
    return container_of(Stage.of("prod", REGION))


def run(*words, stage="prod", language="en"):
    """What a command makes of a stage."""
    given = [*words, "--stage", stage, "--region", REGION, "--language", language]
    return CliRunner().invoke(desk, given)


def done(*words, stage="prod"):
    """What a command says that does what it should."""
    result = run(*words, stage=stage)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*words, stage="prod", language="en"):
    """What a command says that does not."""
    result = run(*words, stage=stage, language=language)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    return result.stderr


def test_the_functions_settings_are_those_that_were_deployed(container):
    """Every variable of theirs has its value, and nothing of this shell's comes in."""
    application = Stage.of("prod", REGION).needed("application")
    variables = declared("application")["Globals"]["Function"]["Environment"]["Variables"]
    assert environment_of(application).keys() == variables.keys()
    settings = container.settings
    assert settings.table_name == "complaint-desk-prod"
    assert settings.site_url == "https://prod.company.example"
    assert settings.operator_email == "prod@company.example"
    assert settings.needs_second_factor
    assert (settings.code_keys, settings.form_keys, settings.clock_file) == ((), (), None)


def test_its_clients_are_in_the_region_that_was_named(container):
    """The shell's own region is another; what may not be repeated is tried once there, too."""
    for service in ("dynamodb", "ssm", "s3", "cognito-idp"):
        assert container.client(service).meta.region_name == REGION
    assert container.client("cognito-idp", tries=1).meta.config.retries["total_max_attempts"] == 1


def test_two_stages_of_one_account_share_nobody():
    """Who is on the staff of one is unknown to the other, and their keys are not the same."""
    assert LEADER in done("staff", "list")
    assert done("staff", "list", stage="trial") == ""
    kept = [container_of(Stage.of(name, REGION)).keys for name in ("prod", "trial")]
    assert kept[0].code("7K3MQ-9TX4B") != kept[1].code("7K3MQ-9TX4B")


def test_staff_serve_the_communities_that_run_there(container):
    """One that this checkout does not have is known; the checkout's own is not."""
    reception = ("--role", "receptionist", "--community")
    said = refused(*person("li-si", *reception, "jade-lake"))
    assert f"“Communities” has no jade-lake; choose from {CEDAR}, " in said
    done(*person("li-si", *reception, CEDAR))
    pool = container.settings.user_pool_id
    account = container.client("cognito-idp").admin_get_user(UserPoolId=pool, Username="li-si")
    assert account["Enabled"]
    assert re.search(r"^li-si\tLi-Si\t.*\tconcierge\t", done("staff", "list"), re.MULTILINE)
    done("staff", "disable", "li-si")
    assert re.search(r"^li-si\t.*\tDisabled$", done("staff", "list"), re.MULTILINE)
    done("staff", "enable", "li-si")
    done("staff", "forget-factor", "li-si")
    assert "sent again" in done("staff", "invite", "li-si")


NOWHERE = ("--role", "receptionist", "--community", "birch-yard", "--community", CEDAR)
KITCHEN = ("--role", "department_head", "--department", "kitchen")


@pytest.mark.parametrize(
    ("options", "language", "said"),
    [
        (NOWHERE, "zh", f"“负责的小区”中没有 birch-yard，可以选的是：{CEDAR}, maple-court。"),
        (NOWHERE, "en", f"“Communities” has no birch-yard; choose from {CEDAR}, maple-court."),
        (KITCHEN, "zh", "“所属部门”中没有 kitchen，可以选的是：engineering, "),
        (KITCHEN, "en", "“Department” has no kitchen; choose from engineering, "),
    ],
)
def test_a_key_that_the_stage_does_not_have_is_named(options, language, said):
    """With those that it has; nobody is taken on, for the keys that are right either."""
    assert said in refused(*person("zhang-san", *options), language=language)
    assert "zhang-san" not in done("staff", "list")


def test_a_verb_is_run_on_a_complaint_of_the_stage(container):
    """With the keys and the policy that run there; another stage knows neither it nor who acts."""
    now = container.clock.now()
    form = a_form(community=CEDAR, person=None, happened_at=f"{now:%Y-%m-%d}")
    intake = FormReader(container.policy, container.organisation).read(form, now)
    reference = container.submit_complaint.receive(intake, "web").reference
    done(*person("wang-wei", "--role", "property_manager", "--community", CEDAR))
    given = ("act", reference, "note", "--text", "The valve is ours.", "--by", "wang-wei")
    assert "“wang-wei” is not in the staff directory." in refused(*given, stage="trial")
    assert f"Reference: {reference}\n" in done(*given)
    assert container.complaints.load(reference).records[-1].by == "wang-wei"


def test_a_spreadsheet_goes_into_the_stage(container, tmp_path):
    """Once, and read by its communities; a dry run reads by them too and keeps nothing."""
    (tmp_path / "file.csv").write_bytes(spreadsheet(LONG_ENDED))
    mapping = tmp_path / "map.toml"
    mapping.write_text(OFFICE_MAP.replace("maple-court", CEDAR), "utf-8")
    given = ("import", str(tmp_path / "file.csv"), "--map", str(mapping))
    assert "Would be taken in: 1" in run(*given, "--dry-run").stdout
    assert "Taken in: 1 (0 open, 1 ended elsewhere)" in run(*given).stdout
    assert "there already: 1" in run(*given).stdout
    other = run(*given, "--dry-run", stage="trial")
    assert (other.exit_code, other.stdout) == (2, "")
    assert f"cannot be “{CEDAR}”; known are birch-yard" in other.stderr
    reference = container.keys.import_reference("前台登记表", "1")
    assert container.complaints.load(reference).complaint.community == CEDAR


def test_the_status_is_that_of_the_stage(container):
    """A round that finished in one says nothing of the other."""
    container.sweep.go()
    assert done("status").startswith("The last round finished on ")
    other = run("status", stage="trial")
    assert other.exit_code == 1
    assert other.stdout.startswith("No round has finished yet")


def test_the_files_that_run_are_checked():
    """Their version is said, and each is found sound by where it is kept."""
    assert done("check") == (
        f"prod runs the company’s files of {VERSION}.\n"
        f"{VERSION}/organisation.toml: sound\n"
        f"{VERSION}/policy.toml: sound\n"
    )
    both = run("check", "some.toml")
    assert both.exit_code == 2
    assert "not both" in both.stderr


def test_the_keys_are_the_stages_own():
    """In the region that was named, and not in the shell's."""
    done("keys", "rotate", "forms", "--at-once")
    assert "key 2: " in done("keys", "list")
    assert "key 2: " not in done("keys", "list", stage="trial")


@pytest.mark.parametrize("words", [("staff", "list"), ("status",), ("check",)])
def test_a_stage_that_is_not_there_is_said_so(words):
    """Where it was looked for, and what makes it; in the reader's language."""
    said = refused(*words, stage="nowhere")
    assert f"There is no stage nowhere in region {REGION} of account 123456789012." in said
    assert "desk deploy --stage nowhere" in said
    assert "没有环境 nowhere" in refused(*words, stage="nowhere", language="zh")


def test_a_stage_is_looked_for_in_the_shells_region_unless_told(monkeypatch):
    """Under either name that the variable has; the first is the one of AWS's command line."""
    given = ["check", "--stage", "prod", "--language", "en"]
    monkeypatch.delenv("AWS_REGION", raising=False)
    result = CliRunner().invoke(desk, given)
    assert "no stage prod in region us-east-1" in result.stderr
    monkeypatch.setenv("AWS_REGION", REGION)
    assert CliRunner().invoke(desk, given).exit_code == 0


def test_a_stage_without_keys_says_what_makes_them():
    """Where a command needs one."""
    stage = deploy("bare", Company(), SystemClock().now())
    done(*person(LEADER, "--role", "company_leadership"), stage="bare")
    stage.client("ssm").delete_parameter(Name=stage.keys_parameter)
    said = refused("act", "7K3MQ-9TX4B", "acknowledge", "--by", LEADER, stage="bare")
    assert said == "Error: bare has no keys yet. Make them with: desk keys new --stage bare\n"


TEXTS = {"gone": None, "halved": "[[community]]\n", "broken": "no TOML"}


@pytest.mark.parametrize("name", TEXTS)
def test_files_that_cannot_be_read_are_said_so(name):
    """Gone from the bucket, or none for this code: nothing of the checkout's takes their place."""
    stage, text = deploy(name, Company(), SystemClock().now()), TEXTS[name]
    bucket = stage.needed("releases").outputs["ReleasesBucket"]
    place = {"Bucket": bucket, "Key": f"{VERSION}/{ORGANISATION_FILE}"}
    if text is None:
        stage.client("s3").delete_object(**place)
    else:
        stage.client("s3").put_object(**place, Body=text.encode())
    said = refused("staff", "list", stage=name)
    assert f"The company’s files that run in {name} cannot be read (" in said
    assert VERSION in said
    assert f"desk deploy --stage {name}" in said
