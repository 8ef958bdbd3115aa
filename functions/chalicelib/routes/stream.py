"""What reaches the functions without HTTP: the table's stream and the schedule."""

from logging import Logger
from typing import Any

from chalice.app import DynamoDBEvent, DynamoDBRecord

from chalicelib.adapters.letters import post_from
from chalicelib.bootstrap import parts


def post_each(event: DynamoDBEvent, log: Logger) -> dict[str, Any]:
    """Post each new event of a batch; answer with the records to be tried again.

    Records of one complaint stay in order, so that after a failure the rest of the
    batch is left for the next try.
    """
    for record in event:
        if not _is_new_event(record):
            continue
        try:
            parts().postroom.post(post_from(record.keys))
        except Exception:
            log.exception("The letters of one event could not be sent.")
            return {"batchItemFailures": [{"itemIdentifier": record.sequence_number}]}
    return {"batchItemFailures": []}


def go_round(log: Logger) -> dict[str, Any]:
    """One round; what failed is named in the log and left for the next round."""
    report = parts().rounds.go()
    for failure in report.failed:
        log.error("Left for the next round: %s", failure)
    return {
        "looked_at": report.looked_at,
        "posted": report.posted,
        "failed": len(report.failed),
    }


def _is_new_event(record: DynamoDBRecord) -> bool:
    return record.event_name == "INSERT" and record.keys["sk"]["S"].startswith("E#")
