"""A complaint as the staff see it: everything at a glance (principle 2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.application.history import History
from chalicelib.application.photo_links import Shown, rejected_photos
from chalicelib.application.queue import UNDECIDED
from chalicelib.application.records import Dossier, Line, SentLetter
from chalicelib.domain.confidence import confided
from chalicelib.domain.delivery import LETTER_OF, PENDING, UNREACHED
from chalicelib.domain.events import EventRecord, Judged, Noted
from chalicelib.domain.model import GROUP, OPERATOR, RESIDENT, Complaint, SentWord
from chalicelib.domain.staff import Directory
from chalicelib.views.deadline_view import DeadlineView
from chalicelib.views.history_view import HistoryView
from chalicelib.views.presentation import Content, Presenter, under
from chalicelib.views.residents_view import ResidentsView

_VALIDITY = {True: "yes", False: "no", None: "open"}


@dataclass(frozen=True)
class ComplaintPage:
    """Puts one complaint's page together for one reader, as seen at `now` (UTC)."""

    presenter: Presenter
    directory: Directory
    now: datetime

    @property
    def history_view(self) -> HistoryView:
        """Who tells its history."""
        return HistoryView(self.presenter, self.directory)

    def content(self, dossier: Dossier, together: Iterable[Line] = ()) -> Content:
        """What the page says, its forms aside; `together` are those that go on under it."""
        history, complaint = dossier.history, dossier.history.complaint
        return self.presenter.complaint(history, self.directory) | {
            "in_confidence": self._in_confidence(history),
            "version": complaint.version,
            "status_words": self.presenter.say(f"status.{complaint.shown_status}"),
            "severity_key": complaint.severity or UNDECIDED,
            "is_open": complaint.is_open,
            "erased": complaint.erased,
            "channel": self.say(f"by.{complaint.channel}"),
            "taken_by": self.history_view.who(complaint.taken_by) if complaint.taken_by else "",
            "validity": self.say(f"validity.{_VALIDITY[complaint.valid]}"),
            "engine": self._engine(history),
            "deadlines": DeadlineView(self.presenter, self.now).deadlines(history),
            "events": self.history_view.entries(history),
            "letters": [self._letter(one, history) for one in _all_letters(dossier)],
            "unconfirmed": self._unconfirmed(complaint),
            "email_failed": self._email_failed(complaint),
            "corrections": [*self._corrections(history)],
            "merged_into": under(complaint),
            "residents": ResidentsView(self.presenter).residents(history, together),
            "ties": self._ties(history),
        }

    def since(self, history: History, version: int) -> list[Content]:
        """What was recorded after the version that somebody had before them, oldest first."""
        records = (one for one in history.records if one.number > version)
        return [self.history_view.entry(one, history.complaint) for one in records]

    def photos(self, history: History, shown: Iterable[Shown]) -> Content:
        """The photos in their order, numbered, and the rejected files."""
        complaint, moment = history.complaint, self.presenter.moment
        return {
            "shown": [
                {
                    "number": self.say("complaint.photo_number", number=number),
                    "alt": self.say("complaint.photo_open", name=one.name),
                    "name": one.name,
                    "at": moment(one.record.at, complaint),
                    "large": one.large,
                    "small": one.small,
                }
                for number, one in enumerate(shown, 1)
            ],
            "refused": [
                (one.name, self.presenter.because(one.because), moment(one.record.at, complaint))
                for one in rejected_photos(history)
            ],
        }

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)

    def _engine(self, history: History) -> str:
        """The engine's own verdict, where a person judged otherwise; and the reason."""
        complaint = history.complaint
        if complaint.severity == complaint.verdict.severity:
            return ""
        language = self.presenter.language
        judged = [one for one in history.records if isinstance(one.event, Judged)]
        verdict = self.presenter.policy.severity_name(complaint.verdict.severity)[language]
        reason = judged[-1].words.get("reason", "") if judged else ""
        by = self.history_view.who(judged[-1].by) if judged else ""
        return self.say("complaint.engine", verdict=verdict, by=by, reason=reason)

    def _in_confidence(self, history: History) -> str:
        """What the reader must know of it: what is kept from them, or from whom to keep it."""
        complaint = history.complaint
        if not confided(complaint) or complaint.erased:
            return ""
        whose = "" if complaint.in_confidence else "_of_others"
        if history.withheld:
            return self.say(f"complaint.withheld{whose}")
        names = [self.presenter.department(one) for one in confided(complaint)]
        joined = self.presenter.say("morning.and").join(names)
        return self.say(f"complaint.in_confidence{whose}", department=joined)

    def _unconfirmed(self, complaint: Complaint) -> str:
        """What went to the resident by e-mail and is not known to have arrived."""
        on_its_way = complaint.unconfirmed if complaint.is_open else ()
        names = [self.say(f"letter.{_name_of(one)}") for one in on_its_way]
        joined = self.presenter.say("sentence.joined").join(dict.fromkeys(names))
        return self.say("complaint.unconfirmed", letters=joined) if names else ""

    def _email_failed(self, complaint: Complaint) -> str:
        """Why the resident's address gets no more letters, and what to do instead."""
        if not complaint.email_failed or complaint.erased:
            return ""
        because = self.presenter.say(f"email_failed.{complaint.email_failed}")
        return self.say("complaint.email_failed", because=because)

    def _letter(self, letter: SentLetter, history: History) -> Content:
        at = self.presenter.moment(letter.at, history.complaint) if letter.at else ""
        outside = letter.to in (RESIDENT, OPERATOR, GROUP)
        to = self.say(f"complaint.{letter.to}") if outside else self.history_view.who(letter.to)
        return {
            "name": self.say(f"letter.{letter.letter}"),
            "to": to,
            "state": self.say(f"letter_state.{self._state(letter)}"),
            "at": at,
        }

    def _state(self, letter: SentLetter) -> str:
        """A message to the group was not taken by the robot, whatever came of it."""
        is_given_up = letter.to == GROUP and letter.state in UNREACHED
        return "given_up" if is_given_up else letter.state

    def _ties(self, history: History) -> list[tuple[str, str]]:
        """The complaints about the same matter, earlier and later, by what ties them (5.1.1)."""
        complaint = history.complaint
        earlier = [(self.say("complaint.earlier"), one) for one in complaint.links]
        return earlier + [(self.say("complaint.later"), one) for one in complaint.repeats]

    def _corrections(self, history: History) -> Iterable[tuple[str, str, str]]:
        """Items that a later entry corrects; what was written first stays legible (6.1.1)."""
        for record in history.records:
            if isinstance(record.event, Noted) and record.event.corrects:
                yield self._correction(record, record.event.corrects, history)

    def _correction(self, record: EventRecord, item: str, history: History) -> tuple[str, str, str]:
        at = self.presenter.moment(record.at, history.complaint)
        signed = self.say("complaint.corrected", by=self.history_view.who(record.by), at=at)
        return self.presenter.say(f"item.{item}"), record.words.get("text", ""), signed


def _all_letters(dossier: Dossier) -> Iterator[SentLetter]:
    """The letters on the record, and those to the resident that nobody has taken to send yet."""
    taken = {one.number for one in dossier.letters if one.to == RESIDENT}
    yield from dossier.letters
    for word in dossier.history.complaint.unconfirmed:
        if word.number not in taken:
            yield SentLetter(word.number, RESIDENT, _name_of(word), PENDING, word.at)


def _name_of(word: SentWord) -> str:
    return LETTER_OF["explained" if word.explains else word.kind]
