"""The template that is deployed, as `desk package` merges and translates it."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.adapters.letters import LEASE
from chalicelib.entrypoints.http.routes import ROUTES
from chalicelib.entrypoints.schedule import RESERVE
from chalicelib.settings import Settings
from desk.deploying.stage import Stage

CONFIG = Path(__file__).parents[2] / "functions" / ".chalice" / "config.json"
FUNCTIONS = ["APIHandler", "Feedback", "Notifier", "Photos", "Sweep"]
NAME = Stage("production", "eu-west-1").keys_parameter
SENDERS = ["Notifier", "Sweep"]


def of_type(template, kind):
    resources = template["Resources"].items()
    return {name: it["Properties"] for name, it in resources if it["Type"] == kind}


def statements(template, function):
    """What a function may do, by statement id."""
    policies = template["Resources"][f"{function}Role"]["Properties"]["Policies"]
    return {it["Sid"]: it for policy in policies for it in policy["PolicyDocument"]["Statement"]}


def listed(value):
    return value if isinstance(value, list) else [value]


def test_these_are_the_functions(template):
    """What is asked for, each new event, what falls due and each photo have a function each."""
    assert sorted(of_type(template, "AWS::Serverless::Function")) == FUNCTIONS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_has_its_own_role_and_log(template, function):
    """No two functions share a role or a log, and no log is kept for ever."""
    properties = template["Resources"][function]["Properties"]
    assert properties["Role"] == {"Fn::GetAtt": [f"{function}Role", "Arn"]}
    assert properties["LoggingConfig"] == {"LogGroup": {"Ref": f"{function}Log"}}
    assert template["Resources"][f"{function}Log"]["Properties"] == {"RetentionInDays": 30}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_role_may_do_everything_or_touch_everything(template, function):
    """Each action is named in full, and each resource is one of ours."""
    for statement in statements(template, function).values():
        assert not [action for action in listed(statement["Action"]) if "*" in action]
        assert "*" not in listed(statement["Resource"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_can_delete_an_item(template, function):
    """A history that no function may delete from cannot be lost to a fault in one."""
    actions = {it for s in statements(template, function).values() for it in listed(s["Action"])}
    found = [action for action in actions if action.startswith("dynamodb:")]
    assert not [action for action in found if "Delete" in action or "Batch" in action]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_only_the_notifier_and_the_sweep_send_letters(template, function):
    """Nothing is sent inside a request, and what is sent comes from the company's identity."""
    allowed = statements(template, function).get("SendLetters")
    assert (allowed is not None) == (function in SENDERS)
    if allowed:
        assert allowed["Action"] == ["ses:SendEmail", "ses:SendRawEmail"]
        identity, letters = (one["Fn::Sub"] for one in allowed["Resource"])
        assert identity.endswith(":identity/${MailIdentity}")
        assert letters.endswith(":configuration-set/${ConfigurationSet}")


@pytest.mark.parametrize("function", SENDERS)
def test_who_posts_a_receipt_may_look_for_repeats(template, function):
    """The earlier complaints of the home are found by its index, and nothing more is read."""
    allowed = statements(template, function)["RecogniseRepeats"]
    assert allowed["Action"] == "dynamodb:Query"
    assert allowed["Resource"]["Fn::Sub"].endswith("/index/household")


@pytest.mark.parametrize("function", SENDERS)
def test_who_tells_of_a_morning_may_read_what_is_open(template, function):
    """The sweep computes it anew, the notifier puts it into words: the one index, and to read."""
    allowed = statements(template, function)["ReadDue"]
    assert allowed["Action"] == "dynamodb:Query"
    assert allowed["Resource"]["Fn::Sub"].endswith("/index/due")


def test_settings_stand_in_the_fragment_alone(template):
    """Chalice's configuration sets no variable, so a test's own are never overlaid."""
    assert "environment_variables" not in CONFIG.read_text()
    functions = of_type(template, "AWS::Serverless::Function").values()
    assert not [function for function in functions if "Environment" in function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_gets_every_setting_from_a_parameter(translated, function):
    """The same package serves each stage."""
    environment = translated["Resources"][function]["Properties"]["Environment"]
    assert environment["Variables"] == {
        "TABLE_NAME": {"Ref": "TableName"},
        "SITE_URL": {"Ref": "SiteUrl"},
        "STAGE": {"Ref": "Stage"},
        "KEYS_PARAMETER": {"Ref": "KeysParameter"},
        "KEYS_VERSION": {"Ref": "KeysVersion"},
        "USER_POOL_ID": {"Ref": "UserPoolId"},
        "USER_POOL_CLIENT_ID": {"Ref": "UserPoolClientId"},
        "PHOTOS_BUCKET": {"Ref": "PhotosBucket"},
        "OPERATOR_EMAIL": {"Ref": "OperatorEmail"},
        "SECOND_FACTOR": {"Ref": "SecondFactor"},
    }


def test_only_what_answers_requests_knows_the_staffs_accounts(template):
    """The API's function may add and disable staff in the one pool, and nobody may be removed."""
    for function in FUNCTIONS:
        actions = {
            it
            for s in statements(template, function).values()
            for it in listed(s["Action"])
            if it.startswith("cognito-idp:")
        }
        assert bool(actions) == (function == "APIHandler")
        assert not [it for it in actions if "Password" in it or "Auth" in it]
    allowed = statements(template, "APIHandler")["KnowTheStaff"]
    assert allowed["Resource"]["Fn::Sub"].endswith(":userpool/${UserPoolId}")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_may_read_the_keys_and_no_other_parameter(template, function):
    """No key stands in a template or a function's settings, and none may be written."""
    allowed = statements(template, function)["ReadKeys"]
    assert allowed["Action"] == "ssm:GetParameter"
    assert allowed["Resource"]["Fn::Sub"].endswith(":parameter${KeysParameter}")
    assert re.fullmatch(template["Parameters"]["KeysParameter"]["AllowedPattern"], NAME)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_only_who_sends_may_read_the_robots_url(template, function):
    """It stands beside the keys, where `desk robot` puts it, under a name of its own."""
    allowed = statements(template, function).get("ReadRobot")
    assert (allowed is not None) == (function in SENDERS)
    if allowed:
        assert allowed["Action"] == "ssm:GetParameter"
        assert allowed["Resource"]["Fn::Sub"].endswith(":parameter${KeysParameter}/robot")
    stage = Stage("production", "eu-west-1")
    assert Settings("", "", keys_parameter=NAME).robot_parameter == stage.robot_parameter


@pytest.fixture
def mapping(translated):
    (found,) = of_type(translated, "AWS::Lambda::EventSourceMapping").values()
    return found


def test_the_notifier_follows_the_stream_from_its_beginning(mapping):
    """The stream is the table stack's, and nothing kept before the mapping is passed over."""
    assert mapping["FunctionName"] == {"Ref": "Notifier"}
    assert mapping["EventSourceArn"] == {"Ref": "StreamArn"}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"


def test_only_a_new_event_and_an_expiry_wake_the_notifier(mapping):
    """Heads, letters and changed items start no function; words whose time is over do."""
    new, expired = (json.loads(one["Pattern"]) for one in mapping["FilterCriteria"]["Filters"])
    assert new == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "E#"}]}}},
    }
    assert expired == {
        "eventName": ["REMOVE"],
        "userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]},
        "dynamodb": {"Keys": {"sk": {"S": ["CONTACT"]}}},
    }


def test_one_bad_record_holds_up_no_other(mapping):
    """What failed is named, tried again a few times, and then laid aside."""
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["MaximumRetryAttempts"] == 5
    assert mapping["DestinationConfig"]["OnFailure"] == {
        "Destination": {"Fn::GetAtt": ["NotifierDeadLetters", "Arn"]}
    }


def test_the_notifier_may_lay_aside_what_failed(template):
    """Lambda writes the dead letter with the function's own role."""
    allowed = statements(template, "Notifier")["LayAsideWhatFailed"]
    assert allowed["Action"] == "sqs:SendMessage"
    assert allowed["Resource"] == {"Fn::GetAtt": ["NotifierDeadLetters", "Arn"]}


def test_sweeps_are_made_every_five_minutes(translated):
    """A sweep ends before the next begins."""
    rules = of_type(translated, "AWS::Events::Rule").values()
    (rule,) = (one for one in rules if "ScheduleExpression" in one)
    assert rule["ScheduleExpression"] == "rate(5 minutes)"
    assert translated["Resources"]["Sweep"]["Properties"]["Timeout"] < 5 * 60


@pytest.mark.parametrize("function", SENDERS)
def test_a_claim_on_a_letter_outlives_the_function_that_holds_it(translated, function):
    """Who claimed a letter has sent it or has ended before another may claim it."""
    assert translated["Resources"][function]["Properties"]["Timeout"] < LEASE.total_seconds()


@pytest.fixture(scope="module")
def throttles(translated):
    """Rate and burst by method and path, as the one stage of the API has them."""
    (stage,) = of_type(translated, "AWS::ApiGateway::Stage").values()
    return {
        (one["HttpMethod"], one["ResourcePath"].replace("/~1", "/").replace("~1", "/")): (
            one["ThrottlingRateLimit"],
            one["ThrottlingBurstLimit"],
        )
        for one in stage["MethodSettings"]
    }


def test_a_flood_of_the_residents_locks_out_no_staff(throttles):
    """Whatever residents reach has a ceiling of its own; the rest, the desk, shares none of it."""
    residents = {
        (method, route.path)
        for route in ROUTES
        if not route.path.startswith("/desk")
        for method in route.methods
    }
    assert set(throttles) == residents | {("*", "/*")}


def test_a_flood_of_the_form_leaves_the_residents_their_pages(throttles):
    """The form, the pages and the desk are counted apart, and the form is let do the least."""
    form = throttles["POST", "/complaints"]
    page = throttles["GET", "/complaints/{reference}"]
    desk = throttles["*", "/*"]
    assert form < page < desk
    assert desk == (20, 40)


@pytest.mark.parametrize(
    ("kind", "status", "title"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", "404", "There is no such page"),
        ("THROTTLED", "429", "Too many requests just now"),
        ("DEFAULT_4XX", None, "This request cannot be taken"),
        ("DEFAULT_5XX", None, "The system gave no answer"),
    ],
)
def test_what_api_gateway_answers_by_itself_is_a_page(translated, kind, status, title):
    """Somebody reads it: in both languages, without a style or a script that its header forbids."""
    body = translated["Resources"]["RestAPI"]["Properties"]["Body"]
    answer = body["x-amazon-apigateway-gateway-responses"][kind]
    assert answer.get("statusCode") == status
    html = "'text/html; charset=utf-8'"
    assert answer["responseParameters"]["gatewayresponse.header.Content-Type"] == html
    (page,) = answer["responseTemplates"].values()
    assert f"<h1>{title}</h1>" in page
    assert 'lang="zh-CN"' in page
    assert not re.search(r"style|<script|\$|http", page)


@pytest.mark.parametrize("function", ["Notifier", "Photos", "Sweep"])
def test_what_runs_by_itself_may_keep_a_share(template, function):
    """Where the account is large enough, no flood of requests stops letters, photos and sweeps."""
    reserved = template["Resources"][function]["Properties"]["ReservedConcurrentExecutions"]
    condition, share, otherwise = reserved["Fn::If"]
    assert (condition, otherwise) == ("Reserving", {"Ref": "AWS::NoValue"})
    assert share >= 1
    assert template["Parameters"]["ReserveConcurrency"]["Default"] == "no"


def test_metrics_of_two_stages_are_told_apart(translated):
    """API Gateway counts by the API's name: it is the stack's, as monitoring is told."""
    name = {"Ref": "AWS::StackName"}
    assert translated["Resources"]["RestAPI"]["Properties"]["Body"]["info"]["title"] == name
    assert translated["Outputs"]["ApiName"]["Value"] == name


def test_answers_travel_compressed(translated):
    """Pages and JSON are compressed for whoever takes them so; a few bytes are not worth it."""
    (api,) = of_type(translated, "AWS::ApiGateway::RestApi").values()
    assert api["MinimumCompressionSize"] == 1024


def test_forms_reach_the_function_untouched(template):
    """API Gateway treats a form's body as binary, so that what is not UTF-8 can be refused."""
    api = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    types = api["x-amazon-apigateway-binary-media-types"]
    assert "application/x-www-form-urlencoded" in types


def in_bucket(template, function):
    """What a function may do in the bucket of photos: action and place."""
    return {
        (action, it["Resource"]["Fn::Sub"].partition("${PhotosBucket}")[2])
        for it in statements(template, function).values()
        for action in listed(it["Action"])
        if action.startswith("s3:")
    }


GOING = {("s3:ListBucket", ""), ("s3:DeleteObject", "/photos/*")}


@pytest.mark.parametrize(
    ("function", "allowed"),
    [
        (
            "APIHandler",
            {
                ("s3:PutObject", "/incoming/*"),
                ("s3:GetObject", "/photos/*"),
                ("s3:PutObject", "/exports/*"),
                ("s3:GetObject", "/exports/*"),
            },
        ),
        ("Notifier", GOING),
        ("Sweep", GOING),
        (
            "Photos",
            {
                ("s3:GetObject", "/incoming/*"),
                ("s3:DeleteObject", "/incoming/*"),
                ("s3:ListBucket", ""),
                ("s3:PutObject", "/photos/*"),
                ("s3:DeleteObject", "/photos/*"),
            },
        ),
    ],
)
def test_each_function_may_do_its_own_with_photos(template, function, allowed):
    """What a browser sends no page can show, and what is shown or made here none can send."""
    assert in_bucket(template, function) == allowed


@pytest.mark.parametrize("function", ["Notifier", "Sweep"])
def test_who_lets_photos_go_sees_no_other_file(template, function):
    """The list of the bucket is asked for kept photos alone."""
    found = statements(template, function)["FindPhotos"]
    assert found["Condition"] == {"StringLike": {"s3:prefix": "photos/*"}}


def test_a_file_that_arrives_wakes_the_darkroom(translated):
    """S3 tells EventBridge, whose rule knows the bucket and where files arrive."""
    rules = of_type(translated, "AWS::Events::Rule")
    rule = rules["PhotosArrived"]
    assert rule["EventPattern"] == {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {
            "bucket": {"name": [{"Ref": "PhotosBucket"}]},
            "object": {"key": [{"prefix": "incoming/"}]},
        },
    }
    (target,) = rule["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": ["Photos", "Arn"]}
    permission = of_type(translated, "AWS::Lambda::Permission")["PhotosMayBeCalled"]
    assert permission["SourceArn"] == {"Fn::GetAtt": ["PhotosArrived", "Arn"]}


def test_a_photo_that_fails_is_tried_again_and_then_laid_aside(translated):
    """Whether the rule could not call the function, or the function failed each time."""
    queue = {"Fn::GetAtt": ["PhotosDeadLetters", "Arn"]}
    (tries,) = (
        one
        for one in of_type(translated, "AWS::Lambda::EventInvokeConfig").values()
        if one["FunctionName"] == {"Ref": "Photos"}
    )
    assert tries["MaximumRetryAttempts"] == 2
    assert tries["DestinationConfig"]["OnFailure"]["Destination"] == queue
    (target,) = of_type(translated, "AWS::Events::Rule")["PhotosArrived"]["Targets"]
    assert target["DeadLetterConfig"]["Arn"] == queue
    policy = of_type(translated, "AWS::SQS::QueuePolicy")["PhotosMayBeLaidAside"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}


def test_a_sweep_keeps_time_to_end_in_its_timeout(translated):
    """The reserve is part of the timeout and leaves most of it to the work."""
    timeout = translated["Resources"]["Sweep"]["Properties"]["Timeout"]
    assert RESERVE.total_seconds() < timeout / 4


def test_the_sweep_may_read_and_write_their_book(template):
    """The book is an item of the table, read and written over."""
    allowed = statements(template, "Sweep")["KeepComplaints"]
    assert {"dynamodb:GetItem", "dynamodb:UpdateItem"} <= set(allowed["Action"])


def test_what_ses_tells_of_letters_reaches_its_function(translated):
    """By the topic that mail.yaml has made, and by no other."""
    heard = of_type(translated, "AWS::SNS::Subscription")["FeedbackIsHeard"]
    assert heard["TopicArn"] == {"Ref": "FeedbackTopic"}
    assert heard["Endpoint"] == {"Fn::GetAtt": ["Feedback", "Arn"]}
    permission = of_type(translated, "AWS::Lambda::Permission")["FeedbackMayBeCalled"]
    assert permission["Principal"] == "sns.amazonaws.com"
    assert permission["SourceArn"] == {"Ref": "FeedbackTopic"}
    assert permission["FunctionName"] == {"Ref": "Feedback"}


def test_what_is_told_and_cannot_be_recorded_is_tried_again_and_then_laid_aside(translated):
    """Twice more; what is laid aside holds an address, and goes after four days."""
    (invoking,) = [
        one
        for one in of_type(translated, "AWS::Lambda::EventInvokeConfig").values()
        if one["FunctionName"] == {"Ref": "Feedback"}
    ]
    assert invoking["MaximumRetryAttempts"] == 2
    queue = {"Fn::GetAtt": ["FeedbackDeadLetters", "Arn"]}
    assert invoking["DestinationConfig"]["OnFailure"]["Destination"] == queue
    laid_aside = of_type(translated, "AWS::SQS::Queue")["FeedbackDeadLetters"]
    assert laid_aside["MessageRetentionPeriod"] == 4 * 24 * 60 * 60
    assert laid_aside["SqsManagedSseEnabled"] is True


def test_who_hears_of_letters_sends_none(template):
    """It keeps complaints and their letters' states; what follows from that the notifier sends."""
    may = statements(template, "Feedback")
    assert may.keys() == {"WriteItsLog", "ReadKeys", "KeepComplaints", "LayAsideWhatFailed"}
