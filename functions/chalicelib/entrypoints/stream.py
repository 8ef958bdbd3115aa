"""What reaches the functions without HTTP: the table's stream and the schedule."""

from collections.abc import Mapping
from datetime import timedelta
from logging import Logger
from typing import Any

from chalice.app import DynamoDBEvent, DynamoDBRecord

from chalicelib.adapters.letters import post_from
from chalicelib.application.cached_staff import CachedStaff
from chalicelib.application.sweep import TimeLeft, no_limit
from chalicelib.bootstrap import container

RESERVE = timedelta(seconds=20)
"""What a sweep keeps of its time for the task that it has begun, and for its log."""


def post_each(event: DynamoDBEvent, log: Logger) -> dict[str, Any]:
    """Post each new event of a batch; answer with the records to be tried again.

    Records of one complaint stay in order, so that after a failure the rest of the
    batch is left for the next try. When a resident's words expire, her photos go as well.
    """
    notifier = container().notifier.with_staff(CachedStaff(container().staff, container().clock))
    for record in event:
        try:
            if _is_new_event(record):
                notifier.post(post_from(record.keys))
            elif _has_expired(record):
                reference = record.keys["pk"]["S"].removeprefix("C#")
                container().photo_store.discard_all(reference)
        except Exception:
            log.exception("What one record of the stream calls for could not be done.")
            return {"batchItemFailures": [{"itemIdentifier": record.sequence_number}]}
    return {"batchItemFailures": []}


def take_photo(event: Mapping[str, Any], log: Logger) -> dict[str, str]:
    """Take the photo whose file has arrived, as EventBridge tells; the key is not encoded there."""
    outcome = container().photo_processing.take(event["detail"]["object"]["key"])
    log.info("A file arrived: %s.", outcome)
    return {"outcome": outcome}


def run_sweep(context: Any, log: Logger) -> dict[str, Any]:  # noqa: ANN401 - Lambda's context
    """One sweep in the time that there is; what failed is named in the log and left for the next.

    The alarms count both lines (infra/application.yaml): of what is left, and of the end.
    """
    report = container().sweep.go(_time_left(context))
    left = [*report.failed, *(["what there was no time for"] if report.unfinished else [])]
    for one in left:
        log.error("Left for the next sweep: %s", one)
    told = {
        "looked_at": report.looked_at,
        "posted": report.posted,
        "failed": len(report.failed),
        "unfinished": report.unfinished,
    }
    log.info("Sweep finished: %s", told)
    return told


def _time_left(context: Any) -> TimeLeft:  # noqa: ANN401 - Lambda's context
    """Lambda's own time less the reserve; outside of Lambda there is no limit."""
    if context is None:
        return no_limit
    return lambda: timedelta(milliseconds=context.get_remaining_time_in_millis()) - RESERVE


def _is_new_event(record: DynamoDBRecord) -> bool:
    return record.event_name == "INSERT" and record.keys["sk"]["S"].startswith("E#")


def _has_expired(record: DynamoDBRecord) -> bool:
    """Whether the table itself removed somebody's words, their time being over."""
    by = record.to_dict().get("userIdentity") or {}
    expired = by.get("principalId") == "dynamodb.amazonaws.com"
    return record.event_name == "REMOVE" and expired and record.keys["sk"]["S"] == "CONTACT"
