"""What `desk deploy` and `desk destroy` say, in the operator's language, a line at a time."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from chalicelib import locales
from desk.deploying.changes import Change, Progress, StackFailedError, Step, TooLongError
from desk.deploying.sender import Sender

_SECONDS_BETWEEN = 20
_MOST_NAMED = 3


@dataclass
class Narrator:
    """Says things; a wait says every twenty seconds what it waits for.

    `passed` gives seconds that only ever grow.
    """

    language: str
    passed: Callable[[], float] = time.monotonic
    _last: float = field(default=0.0, init=False)
    _asked: set[str] = field(default_factory=set, init=False)

    def say(self, key: str, **params: object) -> None:
        """One line."""
        click.echo(self.word(key, **params))
        self._last = self.passed()

    def word(self, key: str, **params: object) -> str:
        """The words of a line."""
        return locales.say_desk(self.language, f"deploy.{key}", **params)

    def progress(self, progress: Progress) -> None:
        """How far a stack is, unless it was said just now; what is wanted of people at once."""
        for wanted in progress.wanted:
            if wanted not in self._asked:
                self._asked.add(wanted)
                self.say("make_record", words=wanted)
        if self.passed() - self._last < _SECONDS_BETWEEN:
            return
        more = ["…"] if len(progress.waiting) > _MOST_NAMED else []
        named = self.joined([*progress.waiting[:_MOST_NAMED], *more]) or "…"
        self.say("progress", done=progress.done, waiting=named)

    def step(self, step: Step) -> None:
        """What will be done to one stack."""
        what = self.word(f"stack_{step.stack.name}")
        if step.is_new:
            self.say("will_make", stack=step.stack.name, what=what)
        elif step.changes is None:
            self.say("will_see", stack=step.stack.name, what=what)
        elif not step.changes:
            self.say("will_keep", stack=step.stack.name, what=what)
        else:
            self.say("will_change", stack=step.stack.name, what=what)
            self.changed(step.changes)

    def changed(self, changes: Sequence[Change]) -> None:
        """The lines of a change set."""
        for change in changes:
            self.change(change)

    def change(self, change: Change) -> None:
        """One line of a change set."""
        action = self.word(f"change_{change.action.lower()}")
        is_kept = change.replacement not in ("True", "Conditional")
        replaced = "" if is_kept else self.word(f"replaced_{change.replacement.lower()}")
        click.echo(f"      {action} {change.resource} ({change.kind}){replaced}")

    @contextmanager
    def failures_told(self) -> Iterator[None]:
        """Turn a stack's failure into the sentences that end the command."""
        try:
            yield
        except StackFailedError as error:
            raise click.ClickException(self.failed(error)) from error
        except TooLongError as error:
            raise click.ClickException(self.word("too_long", stack=error)) from error

    def failed(self, error: StackFailedError) -> str:
        """Which stack failed, and CloudFormation's own words."""
        lines = [self.word("failed", stack=error.stack, status=error.status)]
        return "\n".join([*lines, *(f"    {reason}" for reason in error.reasons)])

    def broke_off(self, done: Sequence[str]) -> None:
        """Where it stands, and that it can be gone on with."""
        self.say("broke_off", done=self.joined(done) or "–")

    def records(self, sender: Sender) -> None:
        """What to do so that the sender is verified."""
        if not sender.is_domain:
            self.say("open_letter", address=sender.identity)
            return
        self.say("make_records", domain=sender.identity)
        for record in sender.records:
            click.echo(f"    {record.name}  {record.kind}  {record.value}")

    def joined(self, words: Sequence[str]) -> str:
        """A list in a sentence."""
        return locales.say(self.language, "sentence.joined").join(words)
