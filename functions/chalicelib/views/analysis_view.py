"""The analysis of a month in words: what was written, who signed, and the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib import locales
from chalicelib.application import analysis_form
from chalicelib.domain.analysis import Analysis, Measure, Signature
from chalicelib.domain.errors import BadInputError, RefusedError
from chalicelib.domain.staff import Directory
from chalicelib.views.presentation import Content, Presenter


@dataclass(frozen=True)
class AnalysisView:
    """Puts an analysis into words, times in the community's `zone`."""

    presenter: Presenter
    directory: Directory
    zone: ZoneInfo

    def content(
        self, analysis: Analysis, to_check: tuple[Measure, ...], sent: Mapping[str, str] | None
    ) -> Content:
        """What its section shows; `sent` is what somebody has just typed."""
        values = sent if sent is not None else analysis_form.typed(analysis)
        checked = analysis.checked if analysis.signed else ()
        return {
            "version": analysis.version,
            "problems": analysis.problems,
            "measures": [self._measure(one) for one in analysis.measures],
            "checked": [self._measure(one.measure) | {"done": one.done} for one in checked],
            "to_check": [
                self._measure(one) | {"name": f"done_{number}"}
                for number, one in enumerate(to_check, 1)
            ],
            "rows": list(analysis_form.rows(values)),
            "values": values,
            "is_written": bool(analysis.problems or analysis.measures),
            "is_signed": analysis.signed is not None,
            "is_countersigned": analysis.countersigned is not None,
            "signatures": [
                self.say(f"analysis.{name}", who=self._who(one), moment=self._moment(one))
                for name, one in (
                    ("signed", analysis.signed),
                    ("countersigned", analysis.countersigned),
                )
                if one
            ],
            "of_policy": analysis.signed.policy_version if analysis.signed else "",
        }

    def sign_by(self, at: datetime, now: datetime) -> Content:
        """Until when it is to be signed, and whether that has passed."""
        moment = locales.moment(at, self.zone, self.presenter.language)
        key = "late" if now > at else "sign_by"
        return {"late": now > at, "text": self.say(f"analysis.{key}", moment=moment)}

    def faults(self, error: BadInputError) -> dict[str, str]:
        """What is wrong with each field, in a sentence."""
        return {one.field: self._fault(one.field, one.code, one.params) for one in error.faults}

    def refusal(self, error: RefusedError) -> str:
        """Why nothing was done."""
        return self.say(f"analysis.{error.code}")

    def _fault(self, name: str, code: str, params: Mapping[str, object]) -> str:
        _, _, rest = name.partition("_")
        number, _, part = rest.partition("_")
        label = self.say("analysis.problems")
        if part:
            label = self.say("analysis.of_row", part=self.say(f"analysis.{part}"), number=number)
        return self.presenter.say(f"field.{code}", label=label, **params)

    def _measure(self, measure: Measure) -> Content:
        due_on = locales.day(measure.due_on, self.presenter.language)
        return {"text": measure.text, "person": measure.person, "due_on": due_on}

    def _who(self, signature: Signature) -> str:
        person = self.directory.person(signature.by)
        return person.name[self.presenter.language] if person else signature.by

    def _moment(self, signature: Signature) -> str:
        return locales.moment(signature.at, self.zone, self.presenter.language)

    def say(self, key: str, **params: object) -> str:
        """A sentence of the staff's pages."""
        return self.presenter.say_desk(key, **params)
