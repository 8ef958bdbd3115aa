"""One ordinary life of a complaint, counted as AWS bills it, from the form to the return visit.

What is counted stands in infra/desk/deploying/counts.toml, by which `desk deploy` and
docs/running/costs.md reckon. Each test fails where something else stands there.
"""

import gzip
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
import pytest
from docs.generator.moments import at

import app
from chalicelib.adapters.stream_records import new_entry
from chalicelib.application.cached_staff import REMEMBERED_FOR
from desk.deploying.counts import COUNTS, Counted, Life
from entrypoints.http.desk_office import PEOPLE, value_of
from support.clouds import a_light_cloud, client
from support.cognito import password_of
from support.desk_web import Browser, Desk, hidden_of
from support.forms import a_form
from support.mail import hear
from support.metering import Meter, bytes_kept, bytes_of_line, metered
from support.people import HEAD, MANAGER, SUPERVISOR
from support.photographs import a_photo
from support.stream import hand_over
from support.web import get, post_form, post_unchecked

RECEIVED, ANSWERED = "Tuesday 2026-11-24 10:00", "Wednesday 2026-11-25 15:00"
CLOSED, ASKED = "Thursday 2026-11-26 10:00", "Wednesday 2026-12-02 15:01"
OPENINGS = (
    "Wednesday 2026-11-25 09:01",
    "Thursday 2026-11-26 09:01",
    "Friday 2026-11-27 09:01",
    "Monday 2026-11-30 09:01",
    "Tuesday 2026-12-01 09:01",
    "Wednesday 2026-12-02 09:01",
)
"""When the deadlines of an open complaint are looked at first on each working day."""
MOST_OF_A_BATCH = 10
"""Records that an invocation of the notifier takes (functions/app.py)."""
COMPRESSED_FROM = 1024
"""Bytes of an answer (MinimumCompressionSize in infra/application.yaml)."""
NEARLY = 0.1
"""How far sizes may be from what is written down: words change, and a page with them."""
STATIC_PAGES = 1
"""The form, which holds its styles and scripts itself."""
SCHEDULED = dict.fromkeys(("version", "account", "region", "id", "source", "time"), "x") | {
    "detail": {},
    "detail-type": "Scheduled Event",
    "resources": [],
}
JUDGE = {"valid": "yes", "reason": "现场看过，情况属实。"}
CALL = {"reached": "yes", "told_by": "telephone"}
FEEDBACK = {"text": "已派人更换阀门，今天下午完成。"}
REPLY = {"text": "查明是阀门老化，已经更换，漏水已止。", "done": "更换阀门。", "told_by": "email"}
CLOSE = {"root_cause": "阀门老化。", "remedy": "同一批阀门全部检查。"}


@dataclass
class Office:
    """A cloud at work, and what is counted beside the meter's requests and units."""

    cloud: object
    meter: Meter = field(default_factory=Meter)
    invocations: Counter = field(default_factory=Counter)
    is_counting: bool = False
    seen: Counter = field(default_factory=Counter)

    def asked(self, answer, status=200):
        """An answer over HTTP, counted as it goes out."""
        body = answer.body
        assert answer.status_code == status, body.decode()
        packed = gzip.compress(body) if len(body) >= COMPRESSED_FROM else body
        self.seen.update(http_requests=1, http_bytes=len(packed))
        self.seen["photos_shown"] += len(re.findall(rb'<img src="https://', body))
        return answer

    def deliver(self):
        """Invoke the notifier with what it listens for, as its event source mapping does.

        And the function that is told of each letter that has arrived.
        """
        self._carry()
        while heard := hear(self.cloud.news()):
            self.invocations["feedback"] += heard * self.is_counting
            self._carry()

    def _carry(self):
        while records := self.cloud.watched.new_records():
            heard = [one for one in records if new_entry(one)]
            for start in range(0, len(heard), MOST_OF_A_BATCH):
                self.invocations["notifier"] += self.is_counting
                assert hand_over(heard[start : start + MOST_OF_A_BATCH]) == []

    def sweep(self):
        """Invoke the sweep, and the notifier with what that writes."""
        self.invocations["sweep"] += self.is_counting
        assert app.sweep(SCHEDULED, None)["failed"] == 0
        self.deliver()

    def until(self, moment):
        """Move the clock on."""
        self.cloud.container.clock.move_to(at(moment))

    def begin_day(self):
        """The working day begins, and its letters go out: `morning` counts what that takes."""
        start_workday = self.cloud.container.start_workday
        for one in start_workday.come(self.cloud.container.clock.now()):
            start_workday.begin(one)
            self.cloud.container.month_reports.begin(one.community)
        self.deliver()

    @contextmanager
    def counting(self):
        """Count all that is asked for meanwhile, on top of what was counted before."""
        self.is_counting = True
        with metered(self.cloud, self.meter):
            yield
        self.is_counting = False

    def counted(self, letters=()):
        """All of it, in the words of the file."""
        return {
            "http_requests": self.seen["http_requests"],
            "http_kilobytes": thousands(self.seen["http_bytes"]),
            "letters": len(letters),
            "letter_kilobytes": thousands(sum(len(one.as_bytes()) for one in letters)),
            "read_units": self.meter.read_units,
            "write_units": self.meter.write_units,
            "invocations": dict(sorted((+self.invocations).items())),
            "requests": dict(sorted((+self.meter.requests).items())),
        }


@dataclass
class ComplaintsLife:
    """The people of one complaint, each at a browser, all of them counted."""

    office: Office
    desk: Desk
    browsers: dict = field(default_factory=dict)
    reference: str = ""
    code: str = ""

    @property
    def page(self):
        """The resident's own page."""
        return f"/complaints/{self.reference}?code={self.code}"

    @property
    def at_desk(self):
        """The complaint's page at the desk."""
        return f"/desk/complaints/{self.reference}"

    def sign_in(self):
        """Whoever has to do with it signs in for the day, which `sign_in` counts."""
        people = (SUPERVISOR, MANAGER, HEAD)
        self.browsers = {one.id: self.desk.sign_in(one.id) for one in people}

    def submit(self):
        """The form is sent, its answers are looked at and confirmed, and its page is shown."""
        form = a_form(person="")
        self.office.asked(post_unchecked(form))
        leads = self.office.asked(post_form(form), 303).headers["Location"]
        self.reference, self.code = re.search(r"/complaints/(.+)\?code=(.+)", leads).groups()
        self.look()
        self.office.deliver()

    def send_photo(self):
        """The browser asks leave, sends the file to storage and shows the page again."""
        path = f"/complaints/{self.reference}/photos"
        answer = post_form({"code": self.code}, path, accept="application/json")
        fields = self.office.asked(answer).json_body["fields"]
        key = fields["key"].replace("${filename}", "leak.jpg")
        bucket = self.office.cloud.container.settings.photos_bucket
        client("s3").put_object(Bucket=bucket, Key=key, Body=a_photo())
        self.office.meter.requests["s3.PostObject"] += 1
        self.office.invocations["photos"] += 1
        assert app.photos({"detail": {"object": {"key": key}}}, None) == {"outcome": "added"}
        self.office.deliver()
        self.look()

    def look_at_queue(self, person):
        """What there is to do."""
        self.office.seen["queue_views"] += 1
        self.office.asked(self.browsers[person.id].get("/desk"))

    def act(self, person, verb, fields, *, sends):
        """Open the complaint, send the verb's form, and read what was done.

        Where it `sends` a letter that is read first.
        """
        browser, path = self.browsers[person.id], f"{self.at_desk}/{verb}"
        page = self.office.asked(browser.get(self.at_desk)).body.decode()
        assert f'action="{path}"' in page
        typed = {"version": value_of(page, "version"), **fields}
        if sends:
            preview = self.office.asked(browser.post(path, typed))
            assert 'class="letter"' in preview.body.decode()
        confirmed = typed | ({"checked": "yes"} if sends else {})
        done = self.office.asked(browser.post(path, confirmed), 303)
        self.office.asked(browser.get(done.headers["Location"]))
        self.office.deliver()

    def look(self, done=""):
        """The resident looks at their page, so late that nobody's names are remembered."""
        self.office.cloud.advance(seconds=2 * REMEMBERED_FOR.total_seconds())
        return self.office.asked(get(self.page + done)).body.decode()

    def say_solved(self):
        """The resident says that it is solved, and sees that it was taken."""
        assert 'value="satisfied"' in self.look()
        fields = {"code": self.code, "language": "zh", "satisfaction": "satisfied"}
        path = f"/complaints/{self.reference}/confirm"
        leads = self.office.asked(post_form(fields, path), 303).headers["Location"]
        assert leads == f"{self.page}&done=confirm#done"
        self.look(done="&done=confirm")
        self.office.deliver()

    def let_time_pass(self, *moments):
        """A sweep at each moment, less what a sweep takes that finds nothing.

        The first of a day, soon after midnight, looks at absences: `morning` counts that.
        """
        for moment in moments:
            self.office.until(f"{moment[:-5]}00:10")
            self.office.sweep()
            self.office.until(moment)
            self.office.begin_day()
            with self.office.counting():
                self.office.sweep()
            nothing = Meter()
            with metered(self.office.cloud, nothing):
                app.sweep(SCHEDULED, None)
            self.office.invocations["sweep"] -= 1
            self.office.meter.take_away(nothing)


@pytest.fixture
def cloud():
    """An empty table, and staff who have accounts."""
    with a_light_cloud(staff=PEOPLE) as fresh:
        yield fresh


@pytest.fixture
def desk(cloud):
    """The desk, where those whose work it is have an account."""
    made = Desk(cloud)
    for person in (SUPERVISOR, MANAGER, HEAD):
        made.enrol(person.id)
    return made


@pytest.fixture
def office(cloud):
    return Office(cloud)


def thousands(size):
    """Whole thousands of bytes, begun ones among them."""
    return -(-size // 1000)


def compared(counted, kind, written):
    """Compare what was counted with what is written down, sizes nearly, all else exactly."""
    found = msgspec.convert(counted, kind)
    sizes = [one for one in kind.__struct_fields__ if one.endswith("kilobytes")]
    for name in sizes:
        assert getattr(written, name) == pytest.approx(getattr(found, name), rel=NEARLY), name
    same = {name: getattr(written, name) for name in sizes}
    assert msgspec.structs.replace(found, **same) == written, msgspec.json.encode(found)


def lived(life):
    """From the form to the return visit; what stood in the queue of it meanwhile, in bytes."""
    office = life.office
    office.until(RECEIVED)
    office.begin_day()
    life.sign_in()
    with office.counting():
        life.submit()
        life.send_photo()
        life.look_at_queue(SUPERVISOR)
        life.act(SUPERVISOR, "judge", JUDGE, sends=False)
        life.look_at_queue(MANAGER)
        life.act(MANAGER, "acknowledge", CALL, sends=False)
        life.act(HEAD, "give-feedback", FEEDBACK, sends=True)
    life.let_time_pass(OPENINGS[0], ANSWERED)
    life.sign_in()
    with office.counting():
        life.look_at_queue(MANAGER)
        life.act(MANAGER, "reply", REPLY, sends=True)
        life.look()
    line = bytes_of_line(office.cloud, life.reference)
    life.let_time_pass(OPENINGS[1], CLOSED)
    life.sign_in()
    with office.counting():
        life.look_at_queue(MANAGER)
        life.act(MANAGER, "close", CLOSE, sends=True)
    life.let_time_pass(*OPENINGS[2:], ASKED)
    with office.counting():
        life.say_solved()
    return line


def is_of_a_morning(mail):
    """Whether a letter is a morning's, which `morning` counts."""
    return str(mail["Subject"]).startswith("【晨报】")


def test_an_ordinary_life(office, desk):
    """Every request, unit and letter of it stands in the file."""
    line = lived(life := ComplaintsLife(office, desk))
    letters = [one for one in office.cloud.mails() if not is_of_a_morning(one)]
    days = [at(moment).date() for moment in (RECEIVED, CLOSED, ASKED)]
    counted = office.counted(letters) | {
        "static_pages": STATIC_PAGES,
        "queue_views": office.seen["queue_views"],
        "photos_shown": office.seen["photos_shown"],
        "open_days": (days[1] - days[0]).days,
        "visit_days": (days[2] - days[1]).days,
        "line_kilobytes": round(line / 1000, 1),
        "table_kilobytes": thousands(bytes_kept(office.cloud, life.reference)),
    }
    kinds = [one.kind for one in office.cloud.container.complaints.load(life.reference).records]
    assert {"photo_added", "return_visit_asked", "confirmed"} <= set(kinds), kinds
    compared(counted, Life, COUNTS.life)


def test_a_sweep_that_finds_nothing(office):
    """Two hundred and eighty-eight of them a day are what the product costs when idle."""
    office.until(RECEIVED)
    office.begin_day()
    office.sweep()
    office.invocations.clear()
    with office.counting():
        office.sweep()
    compared(office.counted(), Counted, COUNTS.sweep)


def test_a_sign_in(office, desk):
    """The page and the password; that the queue follows is counted with each life."""
    desk.sign_in(MANAGER.id)
    office.cloud.advance(seconds=1)
    browser = Browser()
    with office.counting():
        page = office.asked(browser.get("/desk/sign-in"))
        given = {"who": MANAGER.id, "password": password_of(MANAGER.id)}
        office.asked(browser.post("/desk/sign-in", hidden_of(page) | given), 303)
    compared(office.counted(), Counted, COUNTS.sign_in)


def test_a_morning(office, desk):
    """The first sweep of a working day, with everybody's letter; less a sweep as any other."""
    life = ComplaintsLife(office, desk)
    office.until(RECEIVED)
    office.begin_day()
    life.submit()
    office.until(OPENINGS[0])
    office.invocations.clear()
    office.seen.clear()
    before = len(office.cloud.mails())
    with office.counting():
        office.sweep()
    nothing = Meter()
    with metered(office.cloud, nothing):
        app.sweep(SCHEDULED, None)
    office.meter.take_away(nothing)
    office.invocations["sweep"] -= 1
    letters = office.cloud.mails()[before:]
    assert all(map(is_of_a_morning, letters))
    compared(office.counted(letters), Counted, COUNTS.morning)
