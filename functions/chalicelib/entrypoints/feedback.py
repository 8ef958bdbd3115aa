"""What the mail service tells of the letters that it took."""

import json
from collections.abc import Mapping
from logging import Logger
from typing import Any

from chalicelib.adapters.mail_events import report_from
from chalicelib.bootstrap import container
from chalicelib.domain.errors import NotFoundError


def take_feedback(event: Mapping[str, Any], log: Logger) -> dict[str, int]:
    """Record what became of each letter that is told of; what cannot be is tried again.

    No address is logged: what SES tells holds them.
    """
    told = [report_from(json.loads(one["Sns"]["Message"])) for one in event["Records"]]
    feedback = container().mail_feedback
    for report in told:
        if report is None:
            log.info("The mail service told of what is no letter of ours.")
            continue
        try:
            feedback.take(report)
        except NotFoundError:
            log.info("A letter is told of that is not on record: %s.", report.key.about.name)
        else:
            log.info("A letter about %s: %s.", report.key.about.name, report.state)
    return {"told": sum(one is not None for one in told)}
