"""What each letter says: the values that its words are filled with."""

from dataclasses import dataclass

from chalicelib.domain.clocks import falls_due
from chalicelib.domain.events import Recorded
from chalicelib.domain.grounds import Grounds
from chalicelib.domain.notices import RESIDENT, Notice, department_head
from chalicelib.domain.roles import Staff
from chalicelib.domain.rules import Organisation, Policy
from chalicelib.service.history import History
from chalicelib.service.keys import Keys
from chalicelib.service.ports import ImportRun
from chalicelib.service.presentation import Content, Presenter


@dataclass(frozen=True)
class LetterContents:
    """Fills letters. `site_url` is where links lead, without a slash at its end."""

    policy: Policy
    organisation: Organisation
    keys: Keys
    site_url: str

    def of(self, notice: Notice, record: Recorded, history: History, grounds: Grounds) -> Content:
        """What one recipient's letter says; only the resident's holds her code."""
        staff = grounds.directory.person(notice.to)
        language = staff.language if staff else history.complaint.language
        presenter = self._presenter(language)
        content = presenter.complaint(history, grounds.directory)
        content |= {"words": record.words, "times": _times(record, history)}
        if notice.to == RESIDENT:
            return content | self._for_resident(history)
        return content | self._for_staff(staff, record, history, grounds, presenter)

    def _for_resident(self, history: History) -> Content:
        reference = history.complaint.reference
        code = self.keys.code(reference)
        return {"code": code, "url": f"{self.site_url}/complaints/{reference}?code={code}"}

    def _for_staff(
        self,
        staff: Staff | None,
        record: Recorded,
        history: History,
        grounds: Grounds,
        presenter: Presenter,
    ) -> Content:
        complaint = history.complaint
        policy = self.policy
        feedback_by = falls_due(policy.settings.feedback, record.at, policy, complaint.tz)
        before = getattr(record.event, "severity_before", None)
        return {
            "recipient": staff.name[presenter.language] if staff else "",
            "part": _part(staff, history, grounds),
            "feedback_by": presenter.promise(feedback_by, complaint),
            "was_undecided": before is None,
            "acknowledge_late": complaint.promises.acknowledge_by <= record.at,
            "severity_before": policy.severity_name(before)[presenter.language],
        }

    def of_summary(self, run: ImportRun, owner: str, grounds: Grounds) -> Content:
        """What an owner reads of an import: how many are hers, by severity."""
        staff = grounds.directory.person(owner)
        language = staff.language if staff else "zh"
        policy, counts = self.policy, run.owners[owner]
        return {
            "language": language,
            "company": self.organisation.name[language],
            "recipient": staff.name[language] if staff else "",
            "source": run.source,
            "total": sum(counts.values()),
            "ended": run.ended,
            "counts": [
                (policy.severity_name(key or None)[language], count)
                for key, count in counts.items()
            ],
            "desk_url": f"{self.site_url}/desk",
        }

    def _presenter(self, language: str) -> Presenter:
        return Presenter(self.policy, self.organisation, self.site_url, language)


def _times(record: Recorded, history: History) -> int:
    """Which one of its kind it is: a second reply has another subject than the first."""
    kind = _kind(record)
    return sum(_kind(one) == kind for one in history.records[: record.number])


def _kind(record: Recorded) -> tuple[str, bool]:
    return record.kind, getattr(record.event, "explains", False)


def _part(staff: Staff | None, history: History, grounds: Grounds) -> str:
    """What a letter asks of its reader: to handle it, to give feedback, or to know.

    Who stands in for the department's head is asked for the feedback (3.3).
    """
    if staff and staff.id == history.complaint.owner.staff:
        return "owner"
    return "head" if staff == department_head(history.complaint, grounds) else "told"
