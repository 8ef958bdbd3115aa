"""Work that goes on by itself beside the server, whatever fails on the way."""

import logging
import threading
from collections.abc import Callable

LOG = logging.getLogger("desk.offline")


def attempt(name: str, work: Callable[[], object]) -> bool:
    """Do it, and say whether it went well; a failure is logged and ends nothing."""
    try:
        work()
    except Exception:
        LOG.exception("%s failed. It is tried again at its next turn.", name)
        return False
    return True


def repeat(name: str, work: Callable[[], object], seconds: float, stop: threading.Event) -> None:
    """Do it every so many seconds, in a thread of its own, until told to stop."""

    def run() -> None:
        while not stop.wait(seconds):
            attempt(name, work)

    threading.Thread(target=run, name=name, daemon=True).start()
