"""What a piece of work costs: time of the processor, and memory that it holds on the way."""

import gc
import time
import tracemalloc
from collections.abc import Callable


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds of the processor, which others on the machine do not lengthen."""
    started_at = time.process_time()
    work()
    return time.process_time() - started_at


def memory_of(work: Callable[[], object]) -> int:
    """Bytes that it holds at most, beyond what is kept when it is done.

    What is kept is the fakes' own, which stand for the table: in the cloud it lies elsewhere.
    """
    tracemalloc.start()
    try:
        work()
        gc.collect()
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most - kept
