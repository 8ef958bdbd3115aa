"""What the table's stream brings: new entries of the outbox, and personal data that expired."""

from collections.abc import Mapping
from logging import Logger
from typing import Any

from chalice.app import DynamoDBEvent

from chalicelib.adapters.stream_records import expired_complaint, new_entry
from chalicelib.application.notifier import Notifier
from chalicelib.bootstrap import container


def post_each(event: DynamoDBEvent, log: Logger) -> dict[str, Any]:
    """Handle each record of a batch; answer with the records to be tried again.

    Records of one complaint stay in order, so that after a failure the rest of the
    batch is left for the next try. The staff are read once for the whole batch.
    """
    notifier = container().notifier
    for record in event:
        try:
            _handle(record.to_dict(), notifier)
        except Exception:
            log.exception("What one record of the stream calls for could not be done.")
            return {"batchItemFailures": [{"itemIdentifier": record.sequence_number}]}
    return {"batchItemFailures": []}


def _handle(record: Mapping[str, Any], notifier: Notifier) -> None:
    """Send what is to be sent. When a resident's contact expires, texts and photos go as well."""
    entry, expired = new_entry(record), expired_complaint(record)
    if entry:
        notifier.post(entry)
    if expired:
        container().forget(expired)
