"""A stage deployed on ministack from its packages, and a complaint's way through it.

Everything is real but AWS: the functions run from their zips with the rights of their roles, the
browser is at the deployed address, and each letter is read where the mail service left it. It is
the machine's own day, here and in the functions; nothing depends on which.
"""

import re
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import ClientError

from browser.desk_pages import DeskVisit
from browser.filling import checked, fill, go_on, reference_on, send
from chalicelib import locales
from chalicelib.application.outbox import ComplaintEvent
from chalicelib.application.ports.letters import LetterKey
from desk.deploying.stage import Stage
from desk.stacks import DATA
from offline.running import until
from second_opinion.deployed import Deployed, ministack_with_rights
from second_opinion.front import serving
from support import mail
from support.chromium import PATIENCE, chromium
from support.cognito import code_of
from support.companies import a_company
from support.forms import a_form
from support.photographs import from_a_camera

REGION = "eu-west-1"
RECEPTION, NEW_RECEPTION = "021-6123-1101", "021-6123-9900"
RESIDENT = "li@resident.example"
MANAGER, MANAGERS_MAIL = "zhao", "zhao@wuye.cn"
OPERATOR = ("--operator-email", "operator@wuye.cn")
PASSWORD = "a password of one's own"
REPLY = "阀门老化，已经更换。"
PHOTO = "#photos-shown img"
SEEN = f"() => document.querySelector('{PHOTO}').naturalWidth > 0"
AT_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Visit:
    """One visit with a browser: its page, every address it asked for, what a policy refused."""

    def __init__(self, context, address):
        self._address = address
        self.asked, self.refused = [], []
        context.on("request", lambda request: self.asked.append(request.url))
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._note)

    def open(self, path):
        """The page at a path of the deployed address."""
        self.page.goto(f"{self._address}{path}")
        return self.page

    def _note(self, message):
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)


class FirstVisit(DeskVisit):
    """The first visit of a manager: with the password of the invitation, then an authenticator."""

    def _sign_in(self, staff_id, path):
        stage = self._running
        page = self.open(path)
        page.locator("input[autocomplete=username]").fill(staff_id)
        page.locator("input[type=password]").fill(temporary_password(stage, MANAGERS_MAIL))
        self.press(self.w["sign_in"]["sign_in"])
        for field in page.locator("input[autocomplete=new-password]").all():
            field.fill(PASSWORD)
        self.press(self.w["sign_in"]["set_password"])
        secret = page.locator("main .code").inner_text().replace(" ", "")
        page.locator("input[autocomplete=one-time-code]").fill(code_of(secret))
        page.locator("input[autocomplete=current-password]").fill(PASSWORD)
        self.press(self.w["staff"]["factor_confirm"])
        assert page.url == f"{stage.address}{path}", page.locator("main").inner_text()


def temporary_password(stage, email):
    """What the invitation says; the letter is Cognito's own, of our template."""
    said = (letter["BodyHtml"] or letter["BodyText"] for letter in stage.letters_to(email))
    found = (re.search(r"Temporary password: (\S+?)</p>", one) for one in said)
    return next(one[1] for one in found if one)


def items_and_photos(stage):
    """All keys of the table, and of what stands in the bucket of photos."""
    storage, client = stage.outputs("storage"), stage.stage.client
    pages = client("dynamodb").get_paginator("scan").paginate(TableName=storage["TableName"])
    items = {(one["pk"]["S"], one["sk"]["S"]) for page in pages for one in page["Items"]}
    listed = client("s3").list_objects_v2(Bucket=storage["PhotosBucket"])
    photos = {one["Key"] for one in listed["Contents"]}
    return items, photos


def letter_of_the_reply(stage, reference):
    """The letter of a complaint's reply, as the stage's table has it."""
    letters = stage.container.complaints.dossier(reference).letters
    return next(one for one in letters if one.letter == "reply")


def assert_complaint_is_there(visit, resident):
    """The resident's link leads to their complaint, with the reply in it."""
    page = visit.open(resident.path)
    assert REPLY in page.locator("main").inner_text()
    return page


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """The files of a company that is not the demonstration's."""
    return a_company(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory, company):
    """The stage, deployed for the first time."""
    folder = tmp_path_factory.mktemp("ministack")
    first = ("--first-id", MANAGER, "--first-email", MANAGERS_MAIL)
    named = ("--first-name-zh", "赵国强", "--first-name-en", "Zhao Guoqiang")
    with (
        ministack_with_rights(folder) as cloud,
        serving(cloud) as front,
        pytest.MonkeyPatch.context() as shell,
    ):
        shell.setenv("AWS_ENDPOINT_URL", cloud.url)
        shell.setenv("AWS_CA_BUNDLE", str(cloud.certificate))
        deployed = Deployed(cloud, front, Stage("journey", REGION))
        deployed.deploy(company, *OPERATOR, *first, *named, "--rate-limit", "2000")
        yield deployed


@pytest.fixture(scope="module")
def visits():
    """Every visit, in their order."""
    return []


@pytest.fixture(scope="module")
def visit(stage, visits):
    """Open a browser that finds the deployed address at the front; it shares no cookies."""
    there = f"--host-resolver-rules=MAP *.cloudfront.net 127.0.0.1:{stage.front.port}"
    with chromium(there) as browser:

        def begin():
            context = browser.new_context(locale="zh-CN", ignore_https_errors=True)
            visits.append(Visit(context, stage.address))
            return visits[-1]

        yield begin


@pytest.fixture(scope="module")
def resident(stage, visit):
    """The visit of a resident who filled in, checked and sent a complaint, and sees its page."""
    browsing = visit()
    page = browsing.open("/complain/")
    today = f"{stage.container.clock.now().astimezone(AT_SHANGHAI):%Y-%m-%d}"
    form = a_form(happened_at=today, email=RESIDENT)
    fill(page, "zh", form)
    go_on(page, "zh")
    assert form["unit"] in checked(page, "zh").inner_text()
    send(page, "zh")
    browsing.reference = reference_on(page, "zh")
    browsing.path = page.url.removeprefix(stage.address)
    return browsing


@pytest.fixture(scope="module")
def answered(stage, visit, resident):
    """The same, after the manager has acknowledged, judged and replied at the desk."""
    desk = FirstVisit(visit(), stage, MANAGER)
    desk.complaint(resident.reference)
    desk.do("acknowledge", reached="yes", told_by="visit")
    desk.done("acknowledge")
    desk.do("judge", valid="yes", reason="现场看过，属实。")
    desk.do("reply", text=REPLY, done="换了阀门。", told_by="email")
    desk.done("reply")
    return resident


@pytest.fixture(scope="module")
def pictured(resident):
    """The same, with a photo that was sent and is shown."""
    page = resident.page
    photo = {"name": "leak.jpg", "mimeType": "image/jpeg", "buffer": from_a_camera()}
    page.set_input_files("#photo-file", [photo])
    page.click("#photo-form button")
    page.wait_for_selector(PHOTO)
    return resident


def test_who_has_no_right_is_refused(stage):
    """Rights are evaluated: whatever the functions do here, their roles let them."""
    iam = stage.stage.client("iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]
    nobody = stage.cloud.client(
        "dynamodb",
        key=(key["AccessKeyId"], key["SecretAccessKey"]),
        region_name=REGION,
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        nobody.scan(TableName=stage.outputs("storage")["TableName"])


def test_what_stands_is_told_of_one_another(stage):
    """The host of the API and of the rule against floods, and storage of the host."""
    origins = {one["Id"]: one for one in stage.front.deployed["Origins"]["Items"]}
    assert origins["functions"]["DomainName"] == stage.outputs("application")["ApiDomain"]
    assert origins["functions"]["OriginPath"] == "/api"
    assert stage.front.deployed["WebACLId"] == stage.outputs("edge")["WebAclArn"]
    photos = stage.outputs("storage")["PhotosBucket"]
    (rule,) = stage.stage.client("s3").get_bucket_cors(Bucket=photos)["CORSRules"]
    assert rule["AllowedOrigins"] == [stage.address]


def test_the_letter_leads_back_to_the_complaint(stage, visit, resident):
    """The stream woke the notifier, which sent it; its link is followed on another device."""
    until(lambda: stage.letters_to(RESIDENT))
    (letter, *_) = stage.letters_to(RESIDENT)
    assert resident.reference in letter["Subject"]
    link = re.search(rf"{stage.address}(/complaints/\S+)", letter["BodyText"])[1]
    page = visit().open(link)
    assert resident.reference in page.locator("main").inner_text()


def test_the_manager_acknowledges_and_replies(stage, answered):
    """Invited by e-mail, with a password and an authenticator of their own."""
    answered.page.reload()
    assert REPLY in answered.page.locator("main").inner_text()
    until(lambda: any(REPLY in letter["BodyText"] for letter in stage.letters_to(RESIDENT)))


def test_what_the_mail_service_tells_makes_the_reply_count(stage, answered):
    """Published to the topic as SES does, it reaches its function by the subscription."""
    reference, complaints = answered.reference, stage.container.complaints
    until(lambda: letter_of_the_reply(stage, reference).state == "sent")
    assert complaints.load(reference).complaint.status == "acknowledged"
    letter = letter_of_the_reply(stage, reference)
    key = LetterKey(ComplaintEvent(reference, letter.number), letter.to)
    (record,) = mail.told(key, mail.DELIVERED, letter.sent_at)["Records"]
    topic = stage.outputs("mail")["FeedbackTopic"]
    stage.stage.client("sns").publish(TopicArn=topic, Message=record["Sns"]["Message"])
    until(lambda: complaints.load(reference).complaint.status == "replied")
    assert letter_of_the_reply(stage, reference).state == "delivered"


def test_a_photo_is_sent_and_seen(pictured):
    """S3 told the function that looks at it, and the page shows the copy by a signed address."""
    pictured.page.wait_for_function(SEEN)


def test_a_sweep_goes_round(stage, resident):  # noqa: ARG001 - there is something to look at
    """It leaves in the table that it finished, and `desk status` is content."""
    log = stage.container.sweep_log
    before = log.last().finished
    stage.sweep()
    done = log.last().finished
    assert done != before
    assert (done.failed, done.unfinished) == (0, False)
    stage.desk("status")


def test_a_page_that_is_not_there_says_so_in_words(stage, visit):
    """The bucket has none, so the API is asked, which has none either."""
    page = visit().page
    answer = page.goto(f"{stage.address}/nowhere")
    assert page.url == f"{stage.address}/nowhere/"
    assert answer.status == 404
    assert "找不到这一页" in page.locator("h1").all_inner_texts()


@pytest.mark.parametrize(("path", "kept"), [("/", "public, max-age=300"), ("/desk", "no-store")])
def test_each_answer_says_how_it_may_be_used(stage, visit, path, kept):
    """The distribution adds what an answer does not say itself."""
    headers = visit().page.goto(f"{stage.address}{path}").all_headers()
    assert headers["cache-control"] == kept
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"] == "max-age=63072000"
    assert headers["x-content-type-options"] == "nosniff"


def test_static_pages_travel_compressed(stage, visit):
    """Their behaviour asks for it, and its cache policy lets CloudFront do it."""
    answer = visit().page.goto(f"{stage.address}/whole/")
    assert answer.all_headers()["content-encoding"] == "gzip"


def test_no_policy_refused_anything_and_nobody_else_was_asked(stage, resident, visits):
    """What pages load and run is what their policies, and the distribution's, allow."""
    assert len(resident.asked) > 1
    assert [one.refused for one in visits if one.refused] == []
    known = (f"{stage.address}/", f"{stage.cloud.url}/", "data:", "blob:")
    assert [url for one in visits for url in one.asked if not url.startswith(known)] == []


def test_a_deployment_that_changes_the_company_keeps_the_complaint(stage, company, visit, answered):
    """Both pages that name the front desk have its new number, at the address there was.

    The rule against floods is not wanted any more, and goes.
    """
    address = stage.address
    text = company.organisation.read_text("utf-8")
    company.organisation.write_text(text.replace(RECEPTION, NEW_RECEPTION), "utf-8")
    stage.deploy(company, "--rate-limit", "0")
    assert stage.address == address
    assert "edge" not in stage.stage.standing()
    for path in ("/complain/", "/complaints/find"):
        said = visit().open(path).content()
        assert NEW_RECEPTION in said
        assert RECEPTION not in said
    assert_complaint_is_there(visit(), answered)


def test_a_deployment_without_files_takes_those_that_run_and_changes_nothing(stage):
    """Neither a stack nor a page."""
    said = stage.deploy()
    steps = [line for line in said.splitlines() if line.startswith("[")]
    assert said.count(locales.say_desk("en", "deploy.step_same")) == len(steps) > 1
    assert locales.say_desk("en", "deploy.published", sent=0, removed=0) in said


def test_what_is_taken_down_leaves_the_data(stage, visit, answered, pictured):  # noqa: ARG001 - a photo as well
    """Deployed again, at an address of its own, it goes on with everything there was."""
    kept = items_and_photos(stage)
    stage.desk("destroy", typed=f"{stage.stage.name}\n")
    assert set(stage.stage.standing()) == set(DATA)
    assert items_and_photos(stage) == kept
    stage.deploy(None, *OPERATOR)
    page = assert_complaint_is_there(visit(), answered)
    page.wait_for_function(SEEN)


def test_nothing_is_left_where_the_words_say_so(stage):
    """No table, no bucket, no account and no key."""
    words = locales.say_desk("en", "deploy.words_of_data", stage=stage.stage.name)
    stage.desk("destroy", "--with-data", typed=f"{words}\n")
    assert stage.stage.standing() == {}
    client = stage.stage.client
    assert client("dynamodb").list_tables()["TableNames"] == []
    assert client("s3").list_buckets()["Buckets"] == []
    assert client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
    assert client("ssm").describe_parameters()["Parameters"] == []
