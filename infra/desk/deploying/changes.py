"""Makes and changes stacks by change sets, and waits for them.

A stack is brought about from whatever state it is in: one that was broken off, by an earlier
deployment or by CloudFormation, is mended or made anew. What a change set would do to data
(replace or remove what cannot be made again) is refused here, whoever asked for it.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from desk.deploying.stage import STANDING, Stage, Standing, stack_name
from desk.stacks import DATA, Stack

KEEPERS = (
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
)
"""Kinds of resources that hold what cannot be made again.

A sender is none of them: one that is changed for another stays in SES as it was.
"""

DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
BROKEN = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED")
"""A stack that was never whole; it is taken away and made anew."""

_SETTLING = "_IN_PROGRESS"
_UNEXECUTED = "REVIEW_IN_PROGRESS"
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
_LONGEST = 2 * 60 * 60
"""Seconds; a certificate whose record nobody makes would wait for three days."""

CloudFormation = Any
"""A client of botocore's, which have no type."""

_WANTS_RECORD = "DNS Record"
"""In CloudFormation's words where a certificate waits for a record that nobody made yet."""


@dataclass(frozen=True)
class Progress:
    """How many resources of a stack are done, which are under way, and what these wait for."""

    done: int
    waiting: tuple[str, ...]
    wanted: tuple[str, ...] = ()


Watch = Callable[[Progress], None]
"""Told, at each look, how far a stack is."""


class StackFailedError(Exception):
    """CloudFormation could not make a stack; `reasons` are its own words, the first fault first."""

    def __init__(self, stack: str, status: str, reasons: Sequence[str]) -> None:
        """Name the stack and what became of it."""
        super().__init__(f"{stack}: {status}")
        self.stack = stack
        self.status = status
        self.reasons = tuple(reasons)


class DataAtRiskError(Exception):
    """A change would replace or remove what cannot be made again; nothing was done."""

    def __init__(self, stack: str, changes: Sequence["Change"]) -> None:
        """Name the stack and the resources."""
        super().__init__(stack)
        self.stack = stack
        self.changes = tuple(changes)


class TooLongError(Exception):
    """A stack is still under way after two hours; it goes on by itself."""


@dataclass(frozen=True)
class Change:
    """What becomes of one resource: Add, Modify, Remove or Import; and whether by a new one.

    `replacement` is True, False or Conditional, in CloudFormation's words, or blank.
    """

    action: str
    resource: str
    kind: str
    replacement: str = ""

    @property
    def endangers_data(self) -> bool:
        """Whether what the resource holds would be gone, or left behind."""
        goes = self.action == "Remove" or self.replacement == "True"
        return self.kind in KEEPERS and goes


@dataclass(frozen=True)
class Step:
    """What a deployment will do to one stack: make it, change it, or leave it.

    `changes` is None where it is known only at its turn: it waits for what a new stack gives out.
    """

    stack: Stack
    is_new: bool
    changes: tuple[Change, ...] | None = ()


@dataclass(frozen=True)
class StackChanges:
    """The stacks of one stage. `pause` is how long to wait between two looks, in seconds."""

    stage: Stage
    pause: float = 5.0

    def foresee(self, stack: Stack, text: str, values: Mapping[str, str]) -> tuple[Change, ...]:
        """What an update would do to a stack that stands. The change set is taken back again."""
        service = self._service(stack)
        made = self._make(service, stack, "UPDATE", text, values)
        try:
            return self._read(service, stack.name, made)
        finally:
            service.delete_change_set(ChangeSetName=made)

    def bring_about(
        self, stack: Stack, text: str, values: Mapping[str, str], watch: Watch
    ) -> tuple[Standing, tuple[Change, ...]]:
        """Make the stack, or change it into this; how it stands then, and what was done.

        Raises StackFailedError, DataAtRiskError and TooLongError.
        """
        service, name = self._service(stack), stack_name(self.stage.name, stack.name)
        kind = self._ready(service, stack, watch)
        made = self._make(service, stack, kind, text, values)
        changes = self._read(service, stack.name, made)
        if risky := [change for change in changes if change.endangers_data]:
            service.delete_change_set(ChangeSetName=made)
            raise DataAtRiskError(stack.name, risky)
        if changes:
            began = self._last_event(service, name)
            service.execute_change_set(ChangeSetName=made)
            status = self._wait(service, name, watch, began, begun=False)
            if status not in DONE:
                raise StackFailedError(stack.name, status, self._reasons(service, name, began))
        else:
            service.delete_change_set(ChangeSetName=made)
        found = self.stage.stack(stack.name)
        if found is None:
            raise StackFailedError(stack.name, "GONE", ())
        return found, changes

    def take_down(self, stack: Stack, watch: Watch) -> None:
        """Delete the stack, where there is one. Raises StackFailedError and TooLongError."""
        service, name = self._service(stack), stack_name(self.stage.name, stack.name)
        if self.stage.described(stack.name) is None:
            return
        began = self._last_event(service, name)
        service.delete_stack(StackName=name)
        status = self._wait(service, name, watch, began, begun=False)
        if status:
            raise StackFailedError(stack.name, status, self._reasons(service, name, began))

    def _service(self, stack: Stack) -> CloudFormation:
        return self.stage.client("cloudformation", stack.region)

    def _ready(self, service: CloudFormation, stack: Stack, watch: Watch) -> str:
        """The kind of change set that the stack is ready for now; what was broken is mended."""
        name = stack_name(self.stage.name, stack.name)
        found = self.stage.described(stack.name)
        if found and found.status.endswith(_SETTLING) and found.status != _UNEXECUTED:
            self._wait(service, name, watch)
            found = self.stage.described(stack.name)
        if found and found.status == "UPDATE_ROLLBACK_FAILED":
            service.continue_update_rollback(StackName=name)
            self._wait(service, name, watch)
            found = self.stage.described(stack.name)
        if found and found.status in BROKEN:
            self.take_down(stack, watch)
            found = None
        return "UPDATE" if found and found.status in STANDING else "CREATE"

    def _make(
        self,
        service: CloudFormation,
        stack: Stack,
        kind: str,
        text: str,
        values: Mapping[str, str],
    ) -> str:
        """Ask for a change set; its ARN."""
        # What an earlier stack of this name left behind on purpose is taken in again.
        adopting = kind == "CREATE" and stack.name in DATA
        made: str = service.create_change_set(
            StackName=stack_name(self.stage.name, stack.name),
            ChangeSetName=f"desk-{secrets.token_hex(8)}",
            ChangeSetType=kind,
            TemplateBody=text,
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in values.items()],
            Capabilities=_CAPABILITIES,
            **({"ImportExistingResources": True} if adopting else {}),
        )["Id"]
        return made

    def _read(self, service: CloudFormation, stack: str, made: str) -> tuple[Change, ...]:
        """What it would do; nothing, where nothing is new. Raises StackFailedError."""
        for _ in self._looks():
            found = service.describe_change_set(ChangeSetName=made)
            if not found["Status"].endswith(("_PENDING", _SETTLING)):
                break
        if found["Status"] == "FAILED":
            reason = found.get("StatusReason", "")
            if "didn't contain changes" in reason or "No updates are to be performed" in reason:
                return ()
            service.delete_change_set(ChangeSetName=made)
            raise StackFailedError(stack, "FAILED", (reason,))
        return tuple(_changes(service, found))

    def _wait(
        self,
        service: CloudFormation,
        name: str,
        watch: Watch,
        since: str | None = None,
        *,
        begun: bool = True,
    ) -> str:
        """The state in which the stack settles; blank when it is gone. Raises TooLongError.

        What was asked for a moment ago may not have `begun`: then the state is still the former one
        until something has happened `since` that event.
        """
        for _ in self._looks():
            try:
                (one,) = service.describe_stacks(StackName=name)["Stacks"]
            except ClientError as error:
                if "does not exist" in str(error):
                    return ""
                raise
            status: str = one["StackStatus"]
            if status == "DELETE_COMPLETE":
                return ""
            events = self._events(service, name, since)
            begun = begun or bool(events)
            if begun and not status.endswith(_SETTLING):
                return status
            watch(_under_way(events))
        raise TooLongError(name)

    def _looks(self) -> Iterator[None]:
        """Turns of waiting, at most two hours of them."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            yield
            time.sleep(self.pause)

    def _last_event(self, service: CloudFormation, name: str) -> str | None:
        """The newest event there is, after which ours begin."""
        try:
            found = service.describe_stack_events(StackName=name)["StackEvents"]
        except ClientError:
            return None
        return str(found[0]["EventId"]) if found else None

    def _events(
        self, service: CloudFormation, name: str, since: str | None
    ) -> list[dict[str, Any]]:
        """What happened since, the newest first."""
        happened: list[dict[str, Any]] = []
        try:
            pages = service.get_paginator("describe_stack_events").paginate(StackName=name)
            for page in pages:
                for event in page["StackEvents"]:
                    if event["EventId"] == since:
                        return happened
                    happened.append(event)
        except ClientError:
            return happened
        return happened

    def _reasons(self, service: CloudFormation, name: str, since: str | None) -> list[str]:
        """What failed, the first fault first; what was called off for its sake is left out."""
        return [
            f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
            for event in reversed(self._events(service, name, since))
            if event["ResourceStatus"].endswith("_FAILED")
            and "cancelled" not in event.get("ResourceStatusReason", "").lower()
        ]


def _changes(service: CloudFormation, found: dict[str, Any]) -> Iterator[Change]:
    """All pages of a change set."""
    while True:
        for one in found.get("Changes", ()):
            resource = one["ResourceChange"]
            yield Change(
                resource["Action"],
                resource["LogicalResourceId"],
                resource["ResourceType"],
                resource.get("Replacement", ""),
            )
        if not (token := found.get("NextToken")):
            return
        found = service.describe_change_set(ChangeSetName=found["ChangeSetId"], NextToken=token)


def _under_way(events: Sequence[Mapping[str, Any]]) -> Progress:
    """By the newest event of each resource."""
    latest: dict[str, str] = {}
    wanted = []
    for event in events:
        if event["LogicalResourceId"] == event.get("StackName"):
            continue
        latest.setdefault(event["LogicalResourceId"], event["ResourceStatus"])
        if _WANTS_RECORD in (reason := event.get("ResourceStatusReason", "")):
            wanted.append(reason)
    done = sum(status.endswith("_COMPLETE") for status in latest.values())
    waiting = sorted(name for name, status in latest.items() if status.endswith(_SETTLING))
    return Progress(done, tuple(waiting), tuple(wanted))
