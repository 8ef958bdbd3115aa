"""The desk in a browser: signing in, and what is done on a complaint's page, by what it says."""

import json
import re

from chalicelib import locales
from chalicelib.domain.tasks import KEPT_BY, MESSAGE
from offline.running import SHANGHAI

VERB_OF = {**KEPT_BY, MESSAGE: "update"}
"""The verb whose form a task of each kind opens."""
WALK_IN = {
    "building": "7栋",
    "unit": "0901",
    "name": "赵奶奶",
    "description": "楼道灯坏了两天，晚上看不见台阶。",
    "place": "7 栋 9 层楼道",
    "request": "请今天修好。",
}


def account(running, staff_id):
    """The e-mail address and the password that `make run` left for this member of staff."""
    found = json.loads((running.local / "accounts.json").read_text("utf-8"))
    return found[staff_id]


class DeskVisit:
    """One member of staff at a browser."""

    def __init__(self, browsing, running, staff_id, language="zh", path="/desk"):
        self.browsing = browsing
        self.page = browsing.page
        self.w = locales.desk(language)
        self._running = running
        self._sign_in(staff_id, path)

    def open(self, path):
        """The page at a path of the desk."""
        return self.browsing.open(path)

    def complaint(self, reference):
        """The page of a complaint."""
        return self.open(f"/desk/complaints/{reference}")

    def press(self, name):
        """Press a button and wait for what is answered."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def do(self, verb, *, confirm=True, **values):
        """Fill in a verb's form and send it; where letters are shown first, confirm them."""
        sheet = self.page.locator(f"section#{verb}, details#{verb}")
        if sheet.locator("summary").count() and sheet.get_attribute("open") is None:
            sheet.locator("summary").click()
        for name, value in values.items():
            self._fill(sheet, name, value)
        with self.page.expect_navigation():
            sheet.get_by_role("button").click()
        if confirm and self.page.locator("button[name=checked][value=yes]").count():
            with self.page.expect_navigation():
                self.page.locator("button[name=checked][value=yes]").click()

    def done(self, verb):
        """Fails unless the page says that the verb was done."""
        assert self.page.get_by_role("status").inner_text() == self.w["done"][verb]

    def task(self, reference, kind):
        """Where a task stands in my work, among those of its kind; nowhere when there is none."""
        self.open("/desk")
        of_kind = self.page.locator(f".kinds a[href*='task={kind}&']")
        if of_kind.count():
            with self.page.expect_navigation():
                of_kind.click()
        name = self.w["task"][kind]
        return self.page.locator(".tasks li", has_text=name).filter(has_text=reference)

    def take_up(self, reference, kind):
        """Press a task's button: the complaint's page opens with the form that does it."""
        with self.page.expect_navigation():
            self.task(reference, kind).locator("a.button").click()
        step = self.page.locator("section.next")
        assert self.w["task"][kind] in step.locator("h2").inner_text()
        assert step.get_by_role("button", name=self.w["verb"][VERB_OF[kind]]).is_visible()

    def work_off(self, reference, kind, *, is_gone=True, **values):
        """Do a task from my work by its own form, where it stands no longer afterwards."""
        self.take_up(reference, kind)
        self.do(VERB_OF[kind], **values)
        self.done(VERB_OF[kind])
        assert self.task(reference, kind).count() == (not is_gone), kind

    def _fill(self, sheet, name, value):
        radio = sheet.locator(f"input[type=radio][name={name}][value='{value}']")
        field = sheet.locator(f"[name={name}]").first
        if radio.count():
            radio.check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def _sign_in(self, staff_id, path):
        found = account(self._running, staff_id)
        self.open(path)
        self.page.locator("input[autocomplete=username]").fill(found["email"])
        self.page.locator("input[type=password]").fill(found["password"])
        with self.page.expect_navigation():
            self.page.locator("main form button").first.click()
        assert self.page.url.endswith(path), self.page.locator("main").inner_text()


def written(at):
    """An instant as a field of date and time has it, on the wall of the front desk."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


def take_in(visit, *, opened=False, **changes):
    """A walk-in is written down, on a fresh form or the one that is open; the slip's reference."""
    page = visit.page if opened else visit.open("/desk/new")
    form = WALK_IN | changes
    for name, value in form.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("select[name=category]").select_option("building_repair")
    page.locator("select[name=about]").select_option("engineering")
    page.locator("select[name=contact_by]").select_option("visit")
    page.locator("input[name=cause][value=facility]").check()
    page.locator("input[name=hurt][value=no]").check()
    visit.press(visit.w["reception"]["save"])
    return re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page.url)[0]
