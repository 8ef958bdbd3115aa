"""A deployment: from the company's files and the operator's choices to a stage that runs.

`prepare` builds everything on this machine and asks the account only questions; `foresee` says
what would be done; `go` does it, in the order of desk.stacks. Whatever breaks it off, it is run
again and goes on: each step finds what is there already.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desk.company import CompanyFiles
from desk.deploying import settings as decided
from desk.deploying.changes import Change, Progress, StackChanges, Step
from desk.deploying.elsewhere import Adaptation, unaltered
from desk.deploying.first_keys import ensure_keys, keys_version
from desk.deploying.publishing import Published, StaticSite
from desk.deploying.releases import Releases, code_places, running_version, version_of
from desk.deploying.sender import Sender
from desk.deploying.stage import Stage, outputs_of
from desk.deploying.templates import with_code_at
from desk.site import security_policy
from desk.stacks import STACKS, Output, Stack, deployment, is_given


class Teller(Protocol):
    """Who tells the operator how far it is."""

    def say(self, key: str, **params: object) -> None:
        """One line, in the operator's language."""
        ...

    def changed(self, changes: Sequence[Change]) -> None:
        """What became of a stack, where it could not be foreseen."""
        ...

    def progress(self, progress: Progress) -> None:
        """How far the present stack is."""
        ...

    def records(self, sender: Sender) -> None:
        """What is to be done so that the sender is verified."""
        ...


class ChangedMeanwhileError(Exception):
    """Somebody else deployed this stage since its plan was made; what they did stays."""


class SenderNotVerifiedError(Exception):
    """SES does not know yet that the sender is the company's; the stages after it wait for that."""

    def __init__(self, sender: Sender) -> None:
        """Keep what has to be done."""
        super().__init__(sender.identity)
        self.sender = sender


@dataclass(frozen=True)
class Built:
    """What this machine made: the zips, the application's template, and the site."""

    archives: tuple[Path, ...]
    template: Path
    site: Path


@dataclass
class Deployment:
    """One deployment of a stage. `chosen` is what the operator decided, now or before.

    `changes` carries out and `teller` is told of each step; `now` (UTC) dates the company's files;
    `adapt` may alter a template's text on its way, where what answers is no AWS. `done` are the
    stacks that this run has brought about, `unwanted` those that stand and that no choice wants any
    more; they are taken down last. `surprises` are those whose changes could not be foreseen, and
    are told at their turn.
    """

    stage: Stage
    company: CompanyFiles
    chosen: decided.Settings
    built: Built
    changes: StackChanges
    teller: Teller
    now: datetime
    adapt: Adaptation = unaltered
    settings: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, str]] = field(default_factory=dict)
    began_from: str = ""
    done: list[str] = field(default_factory=list)
    unwanted: tuple[Stack, ...] = ()
    is_first: bool = False
    surprises: set[str] = field(default_factory=set)

    def prepare(self) -> None:
        """Settle every value that can be known now; what stands is asked and nothing changed."""
        organisation = self.company.read()
        standing = self.stage.standing()
        self.outputs = outputs_of(standing)
        self.is_first = "monitoring" not in standing
        self.began_from = running_version(self.stage)
        self.settings = {
            **self.chosen,
            **decided.derived(self.stage, organisation, self.chosen),
            "content_security_policy": security_policy(self.built.site),
            "company_files": version_of(self.company, self.began_from, self.now),
            "keys_version": keys_version(self.stage),
        }
        wanted = {stack.name for stack in self.steps}
        self.unwanted = tuple(STACKS[name] for name in standing if name not in wanted)
        for stack in self.unwanted:
            del self.outputs[stack.name]

    def foresee(self) -> Iterator[Step]:
        """What would be done, by the stacks as they stand; nothing is changed by asking.

        Raises StackFailedError for a change that CloudFormation refuses.
        """
        for stack in {one.name: one for one in self.steps}.values():
            is_new = stack.name not in self.outputs
            changes = () if is_new else self._foreseen(stack, self._text(stack))
            yield Step(stack, is_new, changes)

    def go(self) -> Sender:
        """Do it; how the sender stands at the end.

        Raises what StackChanges.bring_about raises, and SenderNotVerifiedError.
        """
        for number, stack in enumerate(self.steps, 1):
            self._before(stack.name)
            self.teller.say("step", number=number, all=len(self.steps), stack=stack.name)
            values = stack.values(self.settings, self.outputs)
            found, changes = self.changes.bring_about(
                stack, self._text(stack), values, self.teller.progress
            )
            self.outputs[stack.name] = found.outputs
            self.done.append(stack.name)
            if stack.name in self.surprises:
                self.teller.changed(changes)
            self._after(stack.name)
            if stack.name in ("releases", "application"):
                self.began_from = running_version(self.stage)
            self.teller.say("step_done" if changes else "step_same")
        self._publish()
        for stack in self.unwanted:
            self.teller.say("step_unwanted", stack=stack.name)
            self.changes.take_down(stack, self.teller.progress)
            self.teller.say("taken_down")
        return self._sender()

    def _foreseen(self, stack: Stack, text: str) -> tuple[Change, ...] | None:
        if self._waits_for_another(stack):
            self.surprises.add(stack.name)
            return None
        values = stack.values(self.settings, self.outputs)
        return self.changes.foresee(stack, text, values)

    def _waits_for_another(self, stack: Stack) -> bool:
        """Whether a stack before it in the order has yet to give out what it takes."""
        order = [one.name for one in self.steps]
        return any(
            source.name not in self.outputs.get(source.stack, {})
            for source in stack.parameters.values()
            if isinstance(source, Output)
            and source.stack in order[: order.index(stack.name)]
            and (not source.needs or is_given(self.settings, source.needs))
        )

    @property
    def steps(self) -> tuple[Stack, ...]:
        """The stacks, in the order in which they are brought about."""
        return deployment(self.settings)

    def _before(self, stack: str) -> None:
        """What a stack needs that no other stack gives."""
        if running_version(self.stage) != self.began_from:
            raise ChangedMeanwhileError
        if stack == "identity":
            sender = self._sender()
            if not sender.is_verified:
                raise SenderNotVerifiedError(sender)
        elif stack == "application":
            self._releases().keep_code(self.built.archives)
            if ensure_keys(self.stage):
                self.teller.say("keys_made", name=self.settings["keys_parameter"])
            self.settings["keys_version"] = keys_version(self.stage)

    def _after(self, stack: str) -> None:
        """What can be done as soon as a stack is there."""
        if stack == "releases":
            version = self.settings["company_files"]
            if self._releases().keep_company(version, self.company):
                self.teller.say("company_kept", version=version)
        elif stack == "mail":
            sender = self._sender()
            if not sender.is_verified:
                self.teller.say("sender_waits", identity=sender.identity)
                self.teller.records(sender)

    def pages(self) -> Published | None:
        """How many static pages would be sent and taken away; None where there is no site yet."""
        return self._static().compare(self.built.site) if "site" in self.outputs else None

    def _static(self) -> StaticSite:
        clients = (self.stage.client("s3"), self.stage.client("cloudfront"))
        site = self.outputs["site"]
        return StaticSite(*clients, site["SiteBucket"], site["DistributionId"])

    def _publish(self) -> None:
        done = self._static().publish(self.built.site)
        self.teller.say("published", sent=done.sent, removed=done.removed)

    def _sender(self) -> Sender:
        return Sender.of(self.stage.client("sesv2"), self.outputs["mail"])

    def _releases(self) -> Releases:
        return Releases(self.stage.client("s3"), self.outputs["releases"]["ReleasesBucket"])

    def _text(self, stack: Stack) -> str:
        """The template; the application's with its code where it is, or will be."""
        if stack.name != "application":
            return self.adapt(stack.name, stack.template.read_text("utf-8"))
        bucket = self.outputs.get("releases", {}).get("ReleasesBucket", "not-made-yet")
        places = code_places(bucket, self.built.archives)
        return self.adapt(stack.name, with_code_at(self.built.template, places))
