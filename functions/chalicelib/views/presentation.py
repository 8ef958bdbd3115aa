"""A complaint in words: what letters and pages say of it, in one language.

Nothing here decides; it looks up names, writes dates in the community's zone, and
puts the recorded items of 6.1.1 together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import locales
from chalicelib.application.history import History
from chalicelib.domain.clauses import month_ends_at
from chalicelib.domain.confidence import IDENTIFYING
from chalicelib.domain.deadlines import is_provisional, reply_told
from chalicelib.domain.events import Judged
from chalicelib.domain.model import ELSEWHERE, Complaint, Finding, Owner, Promise
from chalicelib.domain.policy import Clause, Organisation, Policy
from chalicelib.domain.promises import current_promises, hangs_on_calendar, promises_told
from chalicelib.domain.staff import Directory, Staff, rungs_from
from chalicelib.domain.verbs import ITEMS
from chalicelib.fields import FACTS, FIELDS, FormFields
from chalicelib.locales import LANGUAGES
from chalicelib.views.field_words import FieldWords, staff_label
from chalicelib.views.recorded_items import RecordedItems

Content = dict[str, Any]
_CLAUSES = "policy/clauses/"


def under(complaint: Complaint) -> str:
    """The reference under which it goes on; blank for none, and where the reader may not know."""
    return "" if complaint.merged_into == ELSEWHERE else complaint.merged_into or ""


@dataclass(frozen=True)
class Presenter:
    """Puts complaints into words. `site_url` has no slash at its end."""

    policy: Policy
    organisation: Organisation
    site_url: str
    language: str
    fields: FormFields = FIELDS

    def complaint(self, history: History, directory: Directory) -> Content:
        """Everything that a letter or a page may say of this complaint."""
        complaint, promises = history.complaint, current_promises(history.complaint, self.policy)
        community = self.organisation.community(complaint.community)
        return {
            "language": self.language,
            "company": self.organisation.name[self.language],
            "reference": complaint.reference,
            "community": community.name[self.language],
            "category": self.category(complaint.category),
            "building": history.words.get("building", ""),
            "emergency": community.emergency,
            "reception": community.reception,
            "status": complaint.status,
            "status_words": self.say(f"status.{complaint.status}"),
            "severity": self.policy.severity_name(complaint.severity)[self.language],
            "undecided": complaint.severity is None,
            "findings": [self._finding(one) for one in complaint.verdict.findings],
            "month": self._month(complaint),
            "acknowledge_by": self.promise(promises.acknowledge, complaint),
            "reply_by": self.promise(promises.reply, complaint),
            "received_at": self.moment(complaint.received_at, complaint),
            "owner": self.owner(complaint.owner, directory),
            "owner_name": self._owner_name(complaint.owner, directory),
            "withheld": history.withheld,
            "waits_for_text": complaint.waits_for_text,
            "recorded": self.recorded(history),
            "facts": self._facts(history),
            "desk_url": f"{self.site_url}/desk/complaints/{complaint.reference}",
            "said": {name: history.words.get(name, "") for name in ("name", "email")},
        }

    def for_resident(self, history: History, directory: Directory) -> Content:
        """The same as the resident may read it: with the dates that they were told."""
        content = self.complaint(history, directory) | self.told(history.complaint)
        if history.complaint.withdrawn_at:
            content |= {"status": "withdrawn", "status_words": self.say("status.withdrawn")}
        return content

    def told(self, complaint: Complaint) -> Content:
        """What the resident was promised. A new severity binds the staff, and takes none back."""
        told = promises_told(complaint, self.policy)
        return {
            "acknowledge_by": self.promise(told.acknowledge, complaint),
            "reply_by": self.due("reply", reply_told(complaint, self.policy).at, complaint),
        }

    def recorded(self, history: History) -> list[tuple[str, str]]:
        """The five items of a record (6.1.1), as the staff read them."""
        return self.items(history.complaint, history.words, withheld=history.withheld)

    def items(
        self,
        complaint: Complaint,
        words: Mapping[str, str],
        *,
        withheld: bool = False,
    ) -> list[tuple[str, str]]:
        """The same, from a complaint and its words; what is `withheld` from the reader says why."""
        instead = self._withheld(complaint, words) if withheld else {}
        shown = {**words, "place": instead["place"]} if "place" in instead else words
        recorded = RecordedItems(self.field_words, complaint, shown)
        blank = self.say("sentence.not_recorded")
        return [
            (self.say(f"item.{one}"), instead.get(one) or recorded.item(one) or blank)
            for one in ITEMS
        ]

    def _withheld(self, complaint: Complaint, words: Mapping[str, str]) -> dict[str, str]:
        """What stands where the reader may not know the resident, by item; and for the place."""
        if complaint.erased:
            return {}
        found = {}
        if not any(words.get(name) for name in IDENTIFYING):
            whose = "" if complaint.in_confidence else "_of_others"
            found["contact"] = self.say(f"sentence.withheld_contact{whose}")
        if complaint.waits_for_text:
            lacking = {"what": "description", "request": "request"}
            text = self.say("sentence.withheld_text")
            found |= {item: text for item, name in lacking.items() if not words.get(name)}
        if not words.get("place"):
            found["place"] = self.say("sentence.withheld_place")
        return found

    @property
    def field_words(self) -> FieldWords:
        """The words of the form's fields in this language."""
        return FieldWords(self.fields, self.policy, self.organisation, self.language)

    def person(self, person: Staff) -> str:
        """Somebody in a list to choose from: name, posts, department, communities."""
        language = self.language
        places = [self.organisation.community(key).name[language] for key in person.communities]
        said = [
            *(self.policy.role(one).name[language] for one in person.roles),
            *([self.department(person.department)] if person.department else []),
            *places,
        ]
        joined = self.say("sentence.joined").join(said)
        return self.say("sentence.by", name=person.name[language], role=joined)

    def department(self, key: str) -> str:
        """The department's name, or that the supervisor still has to name it."""
        if key == "unsure":
            return self.say("sentence.unsure_department")
        return self.organisation.department_name(key)[self.language]

    def owner(self, owner: Owner, directory: Directory) -> str:
        """Who answers for the complaint: name and post, or the post until a name is known."""
        person = directory.person(owner.staff or "")
        post = self.post(owner, person, directory)
        if person is None:
            return self.say("sentence.role_pending", role=post)
        return self.say("sentence.by", name=person.name[self.language], role=post)

    def post(self, owner: Owner, person: Staff | None, directory: Directory) -> str:
        """The post in which somebody owns a complaint: whoever only stands in says so.

        Who holds one above it, and has it as nobody else is there, is called by that.
        """
        if person is None or owner.role in person.roles:
            return self.policy.role(owner.role).name[self.language]
        above = [one for one in rungs_from(owner.role, self.policy) if one in person.roles]
        if above and not directory.is_deputy(person, owner.role):
            return self.policy.role(above[0]).name[self.language]
        role = self.policy.role(owner.role).name[self.language]
        return self.say("sentence.acting", role=role)

    def moment(self, at: datetime, complaint: Complaint) -> str:
        """An instant in the community's zone."""
        return locales.moment(at, complaint.tz, self.language)

    def promise(self, promise: Promise, complaint: Complaint) -> str:
        """The instant of a promise; provisional where it counts days beyond the calendar."""
        within, zone = promise.basis.within, complaint.tz
        provisional = hangs_on_calendar(within, promise.at, self.policy, zone)
        return self._maybe(promise.at, complaint, provisional=provisional)

    def due(self, deadline: str, at: datetime, complaint: Complaint) -> str:
        """When this deadline falls due; provisional as `promise`, and never the month."""
        provisional = is_provisional(deadline, at, complaint, self.policy)
        return self._maybe(at, complaint, provisional=provisional)

    def _maybe(self, at: datetime, complaint: Complaint, *, provisional: bool) -> str:
        text = self.moment(at, complaint)
        return self.say("sentence.provisional", moment=text) if provisional else text

    def say(self, key: str, **params: object) -> str:
        """A sentence of the catalogue in this language."""
        return locales.say(self.language, key, **params)

    def say_desk(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages in this language."""
        return locales.say_desk(self.language, key, **params)

    def field_of(self, name: str) -> str:
        """What the staff's pages call a word that stands on the record."""
        return staff_label(name, self.language, self.fields)

    def because(self, reason: str) -> str:
        """Why a photo was rejected."""
        return self.say(f"photo_because.{reason}")

    def entry(self, complaint: Complaint, words: Mapping[str, str]) -> Content:
        """What a list of complaints says of each: which one, how grave, of what, and where."""
        home = " ".join(words.get(name, "") for name in ("building", "unit")).strip()
        return {
            "reference": complaint.reference,
            "url": f"{self.site_url}/desk/complaints/{complaint.reference}",
            "severity": self.policy.severity_name(complaint.severity)[self.language],
            "category": self.category(complaint.category),
            "where": self._joined(home, words.get("place")),
        }

    def _owner_name(self, owner: Owner, directory: Directory) -> str:
        person = directory.person(owner.staff or "")
        return person.name[self.language] if person else ""

    def category(self, key: str) -> str:
        """The category's name. Raises KeyError for an unknown one."""
        return {one.key: one.name for one in self.policy.categories}[key][self.language]

    def _facts(self, history: History) -> str:
        """The facts on record, and whether the cause is the resident's view or was judged."""
        whose = _whose(history)
        words = self.field_words
        return RecordedItems(words, history.complaint, history.words, whose).item(FACTS)

    def _finding(self, finding: Finding) -> Content:
        clause = self._clause(finding)
        return {
            "number": clause.number,
            "words": clause.words[self.language],
            "url": f"{self.site_url}/{'en/' if self.language == 'en' else ''}{clause.page}",
            "facts": [self.policy.fact_words(fact)[self.language] for fact in finding.facts],
        }

    def _clause(self, finding: Finding) -> Clause:
        """The entry behind a finding; the nearest one when the policy has changed since."""
        entries = [one for one in self.policy.clauses if one.number == finding.clause]
        same = [one for one in entries if one.facts == finding.facts]
        gone = Clause(finding.clause, "", finding.facts, _CLAUSES, dict.fromkeys(LANGUAGES, ""))
        return [*same, *entries, gone][0]

    def _month(self, complaint: Complaint) -> str:
        """When 5.1.3 would make it major; nothing once it is met, solved or invalid."""
        over = "unsolved_for_a_month" in complaint.verdict.facts
        if over or complaint.is_solved or complaint.valid is False or not complaint.is_open:
            return ""
        ends_at = month_ends_at(complaint, self.policy.settings)
        moment = locales.moment(ends_at, complaint.tz, self.language)
        already = complaint.severity == self.policy.severities[0].key
        return self.say("sentence.month_major" if already else "sentence.month", moment=moment)

    def _joined(self, *parts: str | None) -> str:
        return self.say("sentence.joined").join(part for part in parts if part)


def _whose(history: History) -> str:
    """Whose word the cause is: ``given`` by the resident, or ``judged`` by the staff."""
    judged = (one.event for one in history.records if isinstance(one.event, Judged))
    return "judged" if any(event.cause for event in judged) else "given"
