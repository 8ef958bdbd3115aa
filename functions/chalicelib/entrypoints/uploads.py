"""What storage tells: that a file has arrived."""

from collections.abc import Mapping
from logging import Logger
from typing import Any

from chalicelib.bootstrap import container


def take_photo(event: Mapping[str, Any], log: Logger) -> dict[str, str]:
    """Take the photo whose file has arrived, as EventBridge tells; the key is not encoded there."""
    outcome = container().photo_processing.take(event["detail"]["object"]["key"])
    log.info("A file arrived: %s.", outcome)
    return {"outcome": outcome}
