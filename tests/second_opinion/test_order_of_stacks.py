"""All stacks of a stage, made on ministack in the order of the table, with the settings alone.

What ministack does not know is taken out here and not in the templates: metric math in an alarm,
and the records of an identity's DKIM keys.
"""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner

from desk.packaging import package_command
from desk.packaging.template import translate
from desk.stacks import ORDER, deployment
from support.templates import declared

REGION = "eu-west-1"
SETTINGS = {
    "content_security_policy": "default-src 'none'; frame-ancestors 'none'",
    "table_name": "complaint-desk-order",
    "mail_domain": "company.example",
    "sender": "desk@company.example",
    "stage": "order",
    "keys_parameter": "/complaint-desk/order/keys",
    "operator_email": "operator@company.example",
    "company_files": "company/2026-12-01T09.00.00-0123456789ab",
    "rate_limit": "2000",
}
UNKNOWN = {"mail": ("Outputs", "DkimRecords"), "monitoring": ("Resources", "SweepIsSilent")}
ENDED = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


@pytest.fixture(scope="module")
def application(tmp_path_factory, ministack):
    """The application's template as AWS translates it, its code uploaded where it says."""
    out = tmp_path_factory.mktemp("package")
    result = CliRunner().invoke(package_command, ["--out", str(out)])
    assert result.exit_code == 0, result.output
    store = ministack.client("s3", region_name=REGION)
    place = {"LocationConstraint": REGION}
    store.create_bucket(Bucket="code", CreateBucketConfiguration=place)
    for path in out.glob("*.zip"):
        store.put_object(Bucket="code", Key=path.name, Body=path.read_bytes())
    return translate(json.loads((out / "template.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def steps(application, ministack):
    """What each step was given, how it ended, and what it gives out."""
    made, outputs = [], {}
    for stack in deployment(SETTINGS):
        template = application if stack.name == "application" else known(stack.name)
        region = stack.region or REGION
        service = ministack.client("cloudformation", region_name=region)
        given = stack.values(SETTINGS, outputs)
        ended, outputs[stack.name] = run(service, stack.name, template, given)
        made.append((stack.name, given, ended, outputs[stack.name]))
    return made


def known(name):
    """A template without what ministack does not know."""
    template = deepcopy(json.loads(json.dumps(declared(name))))
    if name in UNKNOWN:
        section, one = UNKNOWN[name]
        del template[section][one]
    return template


def run(service, name, template, given):
    """Make a stack, or update it where it stands."""
    request = {
        "StackName": f"order-{name}",
        "TemplateBody": json.dumps(template, ensure_ascii=False, separators=(",", ":")),
        "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in given.items()],
        "Capabilities": ["CAPABILITY_IAM"],
    }
    standing = {one["StackName"] for one in service.describe_stacks()["Stacks"]}
    kind = "update" if request["StackName"] in standing else "create"
    getattr(service, f"{kind}_stack")(**request)
    waiter = service.get_waiter(f"stack_{kind}_complete")
    waiter.wait(StackName=request["StackName"], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    (found,) = service.describe_stacks(StackName=request["StackName"])["Stacks"]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}
    return found["StackStatus"], outputs


def test_every_stack_is_made_with_the_settings_alone(steps):
    """Each has what it needs when its turn comes."""
    assert [name for name, *_ in steps] == list(ORDER)
    assert {ended for _, _, ended, _ in steps} <= set(ENDED)


def test_the_address_stays_when_the_api_comes_behind_it(steps, ministack):
    """The second pass changes what is behind the host, and not the host."""
    first, second = (outputs for name, _, _, outputs in steps if name == "site")
    assert first == second
    distribution = ministack.client("cloudfront", region_name="us-east-1").get_distribution(
        Id=second["DistributionId"]
    )
    config = distribution["Distribution"]["DistributionConfig"]
    (application,) = (outputs for name, _, _, outputs in steps if name == "application")
    origins = {one["Id"]: one for one in config["Origins"]["Items"]}
    assert origins["functions"]["DomainName"] == application["ApiDomain"]
    assert origins["functions"]["OriginPath"] == "/api"
    behaviours = {one["PathPattern"] for one in config["CacheBehaviors"]["Items"]}
    assert behaviours == {"/complaints*", "/desk*"}
    (edge,) = (outputs for name, _, _, outputs in steps if name == "edge")
    assert config["WebACLId"] == edge["WebAclArn"]


def test_only_pages_of_that_address_may_send_photos(steps, ministack):
    """Storage was made knowing it."""
    (storage,) = (outputs for name, _, _, outputs in steps if name == "storage")
    (site, _) = (outputs for name, _, _, outputs in steps if name == "site")
    service = ministack.client("s3", region_name=REGION)
    (rule,) = service.get_bucket_cors(Bucket=storage["PhotosBucket"])["CORSRules"]
    assert rule["AllowedOrigins"] == [site["SiteUrl"]]
