"""Carries each file that arrives to the function that takes photos, as EventBridge does."""

import queue
import threading
from typing import Any

from desk.offline.aws import ACCOUNT, REGION

_TRIES = 3


class Arrivals:
    """Files that have arrived and of which the function has yet to be told."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue()

    def tell(self, bucket: str, key: str, size: int, tag: str) -> None:
        """An object was created."""
        self._waiting.put(_event(bucket, key, size, tag))

    def run(self, functions: Any, stopping: threading.Event) -> None:  # noqa: ANN401 - the module app.py
        """Tell the function of whatever arrives, until told to stop."""
        while not stopping.is_set():
            try:
                event = self._waiting.get(timeout=0.5)
            except queue.Empty:
                continue
            _invoke(functions, event)


def _invoke(functions: Any, event: dict[str, Any]) -> None:  # noqa: ANN401 - the module app.py
    """Try so many times; what fails then is laid aside, which offline is a line in the log."""
    for _ in range(_TRIES):
        try:
            functions.photos(event, None)
        except Exception:
            functions.app.log.exception("A photo could not be taken.")
        else:
            return


def _event(bucket: str, key: str, size: int, tag: str) -> dict[str, Any]:
    """The event of S3 as EventBridge hands it over; the key is not encoded in it."""
    return {
        "version": "0",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "account": ACCOUNT,
        "region": REGION,
        "resources": [f"arn:aws:s3:::{bucket}"],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket},
            "object": {"key": key, "size": size, "etag": tag},
            "reason": "PostObject",
        },
    }
