"""Whole lives of complaints over the whole service: any verbs, any delays, any sweeps.

A small model keeps beside each complaint the state that the handbook says it is in, and
what stood on its record before; DESIGN.md's invariants are looked at after every step.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from chalicelib.application.work_list import work_list
from chalicelib.domain import commands
from chalicelib.domain.deadlines import NOT_PROMISED, deadlines
from chalicelib.domain.errors import RefusedError
from chalicelib.domain.escalation import next_due_at
from chalicelib.domain.evolve import replay
from chalicelib.domain.model import OPERATOR, OTHER_RESIDENT, RESIDENT
from chalicelib.domain.morning import Day, matter_of, morning_of
from chalicelib.domain.notices import FAREWELL
from chalicelib.domain.permissions import may
from chalicelib.domain.verbs import STAFF_VERBS
from support.actors import is_act_of_its_actor
from support.examples import SHANGHAI, correct_contact
from support.forms import POLICY
from support.office import Office
from support.people import HEAD, LEADER, MANAGER, STAFF, SUPERVISOR
from support.values import replace

OWNER = "the owner"
TEXT = "Something was said."
CAUSES = ("service", "promise", "facility", "unsure")
ASKED = {
    "acknowledge": lambda by, _: commands.Acknowledge(by),
    "agree-time": lambda by, now: commands.AgreeTime(by, now + timedelta(hours=30), TEXT),
    "update": lambda by, _: commands.Update(by, TEXT),
    "await-answer": lambda by, _: commands.AwaitAnswer(by, TEXT),
    "message": lambda by, _: commands.Message(by, TEXT),
    "reply": lambda by, _: commands.Reply(by, TEXT),
    "reply with a promise": lambda by, now: commands.Reply(
        by, TEXT, follow_up_by=now + timedelta(days=4)
    ),
    "reply and close": lambda by, _: commands.Reply(
        by, TEXT, done=TEXT, root_cause=TEXT, close_when_sent=True
    ),
    "settle": lambda by, _: commands.Settle(by, TEXT, TEXT, TEXT, "visit", root_cause=TEXT),
    "follow-up": lambda by, _: commands.FollowUp(by, TEXT),
    "close": lambda by, _: commands.Close(by, root_cause=TEXT, remedy=TEXT),
    "judge valid": lambda by, _: commands.Judge(by, TEXT, valid=True),
    "judge invalid": lambda by, _: commands.Judge(by, TEXT, valid=False),
    "judge minor": lambda by, _: commands.Judge(by, TEXT, severity="minor"),
    "judge the cause": lambda by, _: commands.Judge(by, TEXT, cause="facility", slight=True),
    "injury": lambda by, _: commands.RecordFacts(by, TEXT, hurt=True),
    "loss": lambda by, _: commands.RecordFacts(by, TEXT, loss=Decimal(6000)),
    "in confidence": lambda by, _: commands.RecordConfidence(by, True, "telephone", TEXT),
    "in confidence no more": lambda by, _: commands.RecordConfidence(by, False, "visit", TEXT),
    "pass-on": lambda by, _: commands.PassOn(by, TEXT, TEXT, TEXT, photos=True),
    "raised": lambda by, _: commands.RecordFacts(by, TEXT, times_raised=2),
    "hand-over": lambda by, _: commands.HandOver(by, HEAD.id, TEXT),
    "hand-back": lambda by, _: commands.HandBack(by, TEXT),
    "give-feedback": lambda by, _: commands.GiveFeedback(by, TEXT),
    "note": lambda by, _: commands.Note(by, TEXT),
    "call-for-help": lambda by, _: commands.CallForHelp(by, "property_manager"),
    "confirm": lambda by, _: commands.Confirm(by, "telephone"),
    "dispute": lambda by, _: commands.Dispute(by, TEXT, "telephone"),
    "return-visit": lambda by, _: commands.ReturnVisit(by, None, "telephone"),
    "renew-code": lambda by, _: commands.RenewCode(by, TEXT),
    "correct-contact": lambda by, now: correct_contact(
        by,
        TEXT,
        name=TEXT,
        phone=f"138{now:%H%M%S%d}",
        email="",
        building="3栋",
        unit="1",
        contact_by="phone",
        contact_time="",
    ),
    "separate": lambda by, _: commands.Separate(by, TEXT),
    "withdraw": lambda by, _: commands.Withdraw(by, TEXT),
    "reopen": lambda by, _: commands.Reopen(by, TEXT),
    "erase": lambda by, _: commands.Erase(by, TEXT),
    "resident's message": lambda _, __: commands.Message(RESIDENT, TEXT),
    "resident's dispute": lambda _, __: commands.Dispute(RESIDENT, "", "page"),
    "resident's confirmation": lambda _, __: commands.Confirm(RESIDENT, "page"),
    "resident's withdrawal": lambda _, __: commands.Withdraw(RESIDENT, ""),
}
USUAL = (
    [("judge valid", SUPERVISOR.id), ("reply", OWNER)],
    [("reply", OWNER), ("resident's dispute", OWNER)],
    [("judge valid", LEADER.id), ("reply", OWNER), ("close", OWNER)],
    [("judge invalid", SUPERVISOR.id), ("reply", OWNER)],
)
AWAY = [one for one in STAFF if one != LEADER]
BY = st.sampled_from([OWNER, OWNER, OWNER, SUPERVISOR.id, MANAGER.id, HEAD.id, LEADER.id])


@dataclass
class Model:
    """What the handbook says of one complaint, told apart from the code that replays it."""

    status: str = "received"
    valid: bool | None = None
    records: tuple = ()
    joined: bool = False

    def after(self, kind, event):
        """The state after an event, by the table of states and verbs."""
        match kind:
            case "acknowledged" | "replied":
                self.status = kind
            case "updated" | "answer_awaited" if self.status in ("received", "reopened"):
                self.status = "acknowledged"
            case "closed":
                self.status = event.ended_as
            case "withdrawn" if not event.others_go_on:
                self.status = kind
            case "absorbed" | "merged":
                self.joined = True
            case "disputed" | "reopened":
                self.status, self.valid = "reopened", self.valid or None
            case "judged" if event.valid is not None:
                explained_only = self.valid is False and event.valid
                if explained_only and self.status == "replied" and not self._was_answered():
                    self.status = "acknowledged"
                self.valid = event.valid

    def _was_answered(self):
        """Whether a reply that is no explanation stands since the last sweep began."""
        answered = False
        for one in self.records:
            if one.kind == "replied" and not one.event.explains:
                answered = True
            elif one.kind in ("disputed", "reopened"):
                answered = False
        return answered


class WholeLives(RuleBasedStateMachine):
    """An office in which anything may happen, in any order and at any time."""

    references = Bundle("references")

    def __init__(self):
        super().__init__()
        self.office = Office("Monday 2026-11-23 10:00")
        self.models = {}
        self.swept_at = None
        self.read = set()

    @rule(target=references, cause=st.sampled_from(CAUSES), hurt=st.sampled_from(["yes", "no"]))
    def receive(self, cause, hurt):
        """A form comes in; the stream may be late with it."""
        if len(self.models) == 3:
            return multiple()
        number = len(self.models)
        home = {"unit": "1", "phone": None, "email": f"{number}@example.com"}
        reference = self.office.receive(form_id=str(number), cause=cause, hurt=hurt, **home)
        self.models[reference] = Model()
        self._follow(reference)
        return reference

    @rule(reference=references, verb=st.sampled_from(sorted(ASKED)), by=BY)
    def act(self, reference, verb, by):
        """Somebody does something, or is told why not; a refusal leaves nothing behind."""
        complaint = self._complaint(reference)
        by = complaint.owner.staff if by == OWNER else by
        self.swept_at = None if verb == "separate" else self.swept_at
        before = self.office.complaints.load(reference)
        try:
            self.office.act(reference, ASKED[verb](by, self.office.clock.now()))
        except RefusedError:
            assert self.office.complaints.load(reference) == before
        for one in self.models:
            self._follow(one)

    @rule(reference=references, usual=st.sampled_from(USUAL))
    def what_is_usual(self, reference, usual):
        """What seldom comes of itself where anything may: it is judged, answered, or disputed."""
        for verb, by in usual:
            self.act(reference, verb, by)

    @rule(reference=references, into=references, by=BY)
    def merge(self, reference, into, by):
        """One complaint of the home goes on under another, where that can be.

        What of the one is now due of the other, the next sweep writes down.
        """
        self.swept_at = None
        by = self._complaint(reference).owner.staff if by == OWNER else by
        before = self.office.complaints.load(reference)
        try:
            self.office.act(reference, commands.Merge(by, into, TEXT))
        except RefusedError:
            assert self.office.complaints.load(reference) == before
        for one in self.models:
            self._follow(one)

    @invariant()
    def a_merge_loses_nothing(self):
        """Each stands in the other's record, and its facts, severity and promises are among all."""
        for reference in self.models:
            complaint = self._complaint(reference)
            if complaint.merged_into is None:
                continue
            survivor = self._complaint(complaint.merged_into)
            assert reference in survivor.absorbed
            assert survivor.received_at <= complaint.received_at
            assert survivor.owner == complaint.owner or survivor.merged_into

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def time_passes(self, minutes):
        """Hours or days in which nobody does anything, nor does the sweep run."""
        self.office.clock.at += timedelta(minutes=minutes)

    @rule()
    def until_something_is_due(self):
        """Just as far as the next thing that the clock has to say."""
        due = [one.due_at for one in self.office.complaints.saved.values() if one.due_at]
        self.office.clock.at = max(min(due, default=self.office.clock.at), self.office.clock.at)

    @rule(times=st.integers(1, 2))
    def sweep(self, times):
        """One sweep or two at the same moment; the second finds nothing."""
        for one in range(times):
            report = self.office.sweep.go()
            assert report.failed == ()
            assert not one or report.looked_at == 0
        self._settle()

    @rule()
    def sweeps_in_parallel(self):
        """A second sweep comes between the reading and the keeping of the first."""
        complaints = Overtaken(self.office)
        report = self.office.but(complaints=complaints).sweep.go()
        assert report.failed == ()
        self._settle()

    @rule(who=st.sampled_from(AWAY), absent=st.booleans())
    def somebody_is_away(self, who, absent):
        """A person is away, or back; somebody answers for the company always."""
        self.office.staff.put(replace(who, absent=absent))

    @rule(
        who=st.sampled_from(AWAY),
        deputy=st.sampled_from(STAFF),
        begins=st.integers(0, 2),
        lasts=st.integers(0, 4),
    )
    def somebody_goes_away_for_days(self, who, deputy, begins, lasts):
        """From a day until a day, with a deputy where that one may be it."""
        today = self.office.clock.now().astimezone(SHANGHAI).date()
        first = today + timedelta(days=begins)
        days = {"absent_from": first, "absent_until": first + timedelta(days=lasts)}
        named = deputy.id if deputy.may_be_deputy_of(who) else None
        self.office.staffing.change(None, replace(who, **days, deputy=named).on(today))
        self.office.deliver()
        for reference in self.models:
            self._follow(reference)

    @invariant()
    def every_open_complaint_has_one_owner(self):
        """Principle 1: exactly one named owner at every moment."""
        for reference in self.models:
            complaint = self._complaint(reference)
            assert not complaint.is_open or complaint.owner.staff

    @invariant()
    def it_is_where_the_handbook_says(self):
        """State and validity are those of the small model."""
        for reference, model in self.models.items():
            complaint = self._complaint(reference)
            known = (complaint.status, complaint.valid) == (model.status, model.valid)
            assert known or model.joined

    @invariant()
    def it_is_due_when_its_record_says(self):
        """Replaying the record gives the same state, deadlines and next due time."""
        for reference in self.models:
            kept = self.office.complaints.saved[reference]
            complaint = replay(kept.history.records)
            assert complaint == kept.history.complaint
            assert kept.due_at == next_due_at(complaint, POLICY)

    @invariant()
    def what_was_due_and_not_done_is_in_the_history(self):
        """After a sweep no promise has run out without its entry, and no month uncounted."""
        if self.swept_at != self.office.clock.at:
            return
        for reference in self.models:
            complaint = self._complaint(reference)
            running = deadlines(complaint, POLICY).values()
            over = {one.name for one in running if one.at <= self.swept_at}
            assert over - NOT_PROMISED <= complaint.missed
            assert "month" not in over

    @invariant()
    def closing_had_all_that_it_needs(self):
        """Principle 4: a judgement or an explanation, a reply, a root cause, nothing promised.

        What was closed with another has its root cause there.
        """
        for reference in self.models:
            history = self.office.complaints.load(reference)
            if history.complaint.status == "closed" and not history.complaint.merged_into:
                last = [one for one in history.records if one.kind == "closed"][-1]
                assert history.complaint.valid
                assert history.complaint.is_solved
                assert history.complaint.follow_up_by is None
                of = last.origin.partition("#")[0] or reference
                assert self._complaint(of).erased or self._first_told(last).words["root_cause"]

    @invariant()
    def severity_falls_by_a_judgement_alone(self):
        """No event but a person's judgement makes it less grave."""
        for reference in self.models:
            records = self.office.complaints.load(reference).records
            for count in range(2, len(records) + 1):
                before, after = replay(records[: count - 1]), replay(records[:count])
                fell = POLICY.graver(before.severity, after.severity)
                assert not fell or records[count - 1].kind in ("judged", "part_left")

    @invariant()
    def what_is_open_stands_in_somebody_s_morning_letter(self):
        """Were it sent now: whatever was done and whoever is away, nothing open is forgotten.

        Of what goes on as one, one of them stands there.
        """
        now, directory = self.office.clock.now(), self.office.staff.directory()
        day = Day(now - timedelta(days=1), now, now + timedelta(days=1))
        stands = defaultdict(list)
        for line in self.office.complaints.open():
            context = self.office.notifier.of_workday.contexts.of(line, directory)
            matter = matter_of(line.complaint, context, day)
            letters = [morning_of(one, [matter], day) for one in directory.staff]
            is_there = not all(one.is_empty for one in letters) or not matter.complaint.is_open
            stands[self._survivor(line.complaint)].append(is_there)
        assert all(any(those) for those in stands.values())

    @invariant()
    def what_is_open_stands_in_somebody_s_work(self):
        """As the desk shows it to each: at no moment is a complaint nobody's to go on with.

        Of what goes on as one, one of them stands there.
        """
        office, now = self.office, self.office.clock.now()
        lines, directory = tuple(office.complaints.open()), office.staff.directory()
        works = [work_list(lines, one, directory, office.contexts, now) for one in directory.staff]
        stands = {self._survivor(line.complaint) for work in works for _, line in work}
        open_ones = {self._survivor(one.complaint) for one in lines if one.complaint.is_open}
        assert open_ones <= stands

    @invariant()
    def nobody_reads_a_letter_of_what_they_may_not_see(self):
        """As things stand when it was sent; but for who learns that it is theirs no longer."""
        directory = self.office.staff.directory()
        for key, (letter, *_) in self.office.letters.sent.items():
            if key in self.read or key.to in (RESIDENT, OPERATOR) or letter == FAREWELL:
                continue
            complaint = self._complaint(key.about.reference)
            assert may(directory.person(key.to), "see", complaint), (letter, key)
        self.read.update(self.office.letters.sent)

    @invariant()
    def nobody_is_written_to_twice(self):
        """One letter for one event to one person; one reminder of one thing in a working day."""
        assert len(self.office.mailer.sent) == len(self.office.letters.sent)
        for reference in self.models:
            told = Counter(
                (step.deadline, step.due_at, step.to, one.at.astimezone(SHANGHAI).date())
                for one in self.office.complaints.load(reference).records
                if one.kind == "reminded"
                for step in one.event.steps
                if step.number and step.to
            )
            assert set(told.values()) <= {1}

    def teardown(self):
        """At the end of every life the clock runs on for two months, and leaves nothing."""
        for _ in range(400):
            due = [one.due_at for one in self.office.complaints.saved.values() if one.due_at]
            if not due or min(due) > self.office.clock.at + timedelta(days=60):
                break
            self.until_something_is_due()
            before = self.office.clock.at
            self.sweep(1)
            self.what_was_due_and_not_done_is_in_the_history()
            self.nobody_is_written_to_twice()
            due = [one.due_at for one in self.office.complaints.saved.values() if one.due_at]
            assert min(due, default=before + timedelta(1)) > before
            if self._month_is_over():
                break

    def _month_is_over(self):
        return all(
            self._complaint(one).received_at + timedelta(days=45) < self.office.clock.at
            for one in self.models
        )

    def _complaint(self, reference):
        return self.office.complaints.load(reference).complaint

    def _survivor(self, complaint):
        """The reference under which it goes on, if need be through others."""
        while complaint.merged_into:
            complaint = self._complaint(complaint.merged_into)
        return complaint.reference

    def _settle(self):
        self.swept_at = self.office.clock.at
        self.office.deliver()
        for reference in self.models:
            self._follow(reference)

    def _follow(self, reference):
        """Take what is new into the model; what stood before stands unchanged."""
        model = self.models[reference]
        records = self.office.complaints.load(reference).records
        erased = any(one.kind == "erased" for one in records)
        shape = [(one.number, one.at, one.by, one.event) for one in records]
        stood = [(one.number, one.at, one.by, one.event) for one in model.records]
        assert shape[: len(stood)] == stood
        assert erased or records[: len(stood)] == model.records
        new = records[len(stood) :]
        model.records = records[: len(stood)]
        for one in new:
            assert is_act_of_its_actor(one, self.office.staff.directory()), (one.kind, one.by)
            first = self._first_told(one)
            of_another = one.origin and first.by == RESIDENT
            assert one.by == (OTHER_RESIDENT if of_another else first.by)
            self._is_told_in_time(one)
            self._is_not_answered(one, model.records)
            model.after(one.kind, one.event)
            model.records = (*model.records, one)

    def _first_told(self, record):
        """The record of another complaint that this one was passed on from, if it was."""
        while record.origin:
            reference, number = record.origin.split("#")
            record = self.office.complaints.load(reference).record(int(number))
        return record

    def _is_told_in_time(self, record):
        """A new date is yet to come when the resident is told of it."""
        if record.kind == "new_date_set":
            assert all(one.anew.at > record.at for one in record.event.dates)

    def _is_not_answered(self, record, before):
        """What comes back to who was away was not replied to by whoever stood in."""
        if record.kind != "came_back":
            return
        away = record.event.owner.staff
        (*_, since) = (
            number
            for number, one in enumerate(before)
            if one.kind == "stood_in" and one.event.before.staff == away
        )
        assert "replied" not in {one.kind for one in before[since:]}


class Overtaken:
    """The complaints of an office in which another sweep comes in between, each time once."""

    def __init__(self, office):
        self.office = office
        self.overtaken = set()

    def __getattr__(self, name):
        return getattr(self.office.complaints, name)

    def load(self, reference):
        """What stands; and before it can be changed, another has changed it."""
        found = self.office.complaints.load(reference)
        if reference not in self.overtaken:
            self.overtaken.add(reference)
            self.office.sweep.go()
        return found


TestWholeLives = WholeLives.TestCase
TestWholeLives.settings = settings(
    max_examples=settings.default.max_examples // 5, stateful_step_count=25
)


def test_every_verb_is_among_them():
    """No verb of the staff is left out of these lives."""
    now = WholeLives().office.clock.now()
    asked = {type(make(MANAGER.id, now)) for make in ASKED.values()}
    assert asked >= {one.command for one in STAFF_VERBS.values()} - {commands.Merge}
