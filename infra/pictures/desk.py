"""The pictures of the staff's desk: one working day of a community, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pictures.camera import Camera
from pictures.offline import Cloud
from pictures.staff import Person, fill

WIDE, TALL, NARROW = 1280, 900, 760
PHONE = (360, 740)


@dataclass(frozen=True)
class DeskPictures:
    """Takes them all; `story` is one language's part of the stories.

    `references` are those of the complaints, by the residents' names.
    """

    camera: Camera
    cloud: Cloud
    story: Mapping[str, Any]
    references: Mapping[str, str]
    _people: dict[str, Person] = field(default_factory=dict)

    def act_before(self) -> None:
        """What the staff do before the day of the pictures."""
        for act in self.story["act"]:
            self._act(act, act.get("values", {}))

    def take(self) -> None:
        """All pictures."""
        self._sign_in()
        self._agree_a_time()
        self._reception()
        self._log()
        self._queue()
        self._list()
        self._complaint()
        self._preview()
        self._archive()
        self._staff()

    def _sign_in(self) -> None:
        page = self.camera.page(NARROW, TALL)
        page.goto(f"{self.cloud.address}/desk/sign-in?lang={self.camera.language}")
        self.camera.keep(page, "sign-in", until=page.locator("main"))

    def _agree_a_time(self) -> None:
        promise = self.story["agree-time"]
        moment = f"{self.cloud.now():%Y-%m-%d}T{promise['at']}"
        self._act(promise | {"verb": "agree-time"}, {"at": moment, "note": promise["note"]})

    def _reception(self) -> None:
        """The form filled in, the supervisor called; and the slip."""
        person = self._person("receptionist")
        page, form = person.page, person.page.locator("main form")
        person.look("/desk/new")
        today = f"{self.cloud.now():%Y-%m-%d}"
        values = {"community": self.story["community"], "happened_on": today}
        fill(form, values | self.story["reception"])
        page.locator("[name=do][value=call]").click()
        page.locator("[data-look-up] li").first.wait_for()
        self.camera.keep(page, "reception", until=page.locator("#description"))
        page.locator("[name=do][value=save]").click()
        page.wait_for_url("**/slip**")
        page.set_viewport_size({"width": NARROW, "height": TALL})
        self.camera.keep(page, "slip", until=page.locator("main .no-print"))

    def _log(self) -> None:
        """The day's log, with a note, its correction, and a note for the next shift."""
        person = self._person("receptionist")
        for entry in self.story["log"]:
            person.look("/desk/log")
            form = person.page.locator("form", has=person.page.locator("#text"))
            values = {"kind": entry["kind"], "text": entry["text"]}
            if entry.get("corrects"):
                last = form.locator("#corrects option").last
                values["corrects"] = last.get_attribute("value") or ""
            fill(form, values)
            form.locator("button").click()
        person.look("/desk/log")
        self.camera.keep(person.page, "log", until=person.page.locator(".log"))

    def _queue(self) -> None:
        person = self._person("supervisor")
        person.look("/desk?view=community")
        self.camera.keep(person.page, "queue", until=person.page.locator("tbody tr").nth(2))

    def _list(self) -> None:
        """The list of a month, its filters open."""
        person = self._person("supervisor")
        person.look(f"/desk/complaints?month={self.cloud.now():%Y-%m}&status=open")
        self.camera.keep(person.page, "list", until=person.page.locator("#files"))

    def _complaint(self) -> None:
        """The owner's page of a complaint, on a desktop and on a phone."""
        person = self._person("manager")
        person.look(f"/desk/complaints/{self.references[self.story['shown']]}")
        self.camera.keep(person.page, "complaint", until=person.page.locator("#history"))
        width, height = PHONE
        person.page.set_viewport_size({"width": width, "height": height})
        self.camera.keep(person.page, "complaint-phone")

    def _preview(self) -> None:
        """The letter of a reply, as its owner reads it before it is sent."""
        person = self._person("manager")
        person.type(self.references[self.story["shown"]], "reply", self.story["reply"])
        self.camera.keep(person.page, "preview", until=person.page.locator(".letter").first)

    def _archive(self) -> None:
        person = self._person("supervisor")
        person.look("/desk/archive")
        page, asked = person.page, dict(self.story["archive"])
        way = page.locator("details", has=page.locator(f"[value={asked.pop('way')}]"))
        way.locator("summary").click()
        fill(way, {"community": self.story["community"]} | asked)
        way.locator("button").click()
        self.camera.keep(page, "archive", until=page.locator("main .history").last)

    def _staff(self) -> None:
        person = self._person("manager")
        person.look("/desk/staff")
        self.camera.keep(person.page, "staff", until=person.page.locator("tbody tr").nth(2))

    def _act(self, act: Mapping[str, Any], values: Mapping[str, str]) -> None:
        reference = self.references[act.get("of", self.story["shown"])]
        self._person(act.get("by", "manager")).act(reference, act["verb"], values)

    def _person(self, part: str) -> Person:
        """Whoever has this part in the story, signed in at a computer."""
        if part not in self._people:
            person = Person(self.camera.page(WIDE, TALL), self.cloud)
            self._people[part] = person.sign_in(self.story[part], self.camera.language)
        page = self._people[part].page
        page.set_viewport_size({"width": WIDE, "height": TALL})
        return self._people[part]
