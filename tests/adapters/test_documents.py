"""Documents of the table: read by many at once from the first moment on."""

import subprocess
import sys
from pathlib import Path

MANY_AT_ONCE = """
import sys, threading
from chalicelib.adapters import items
from support.examples import received

sys.setswitchinterval(1e-6)
complaint = received("Monday 2026-11-23 10:00").complaint
head = {"doc": items.encoded(complaint)}
together = threading.Barrier(24)

def read():
    together.wait()
    assert items.complaint_from(head) == complaint

readers = [threading.Thread(target=read) for _ in range(24)]
for one in readers:
    one.start()
for one in readers:
    one.join()
"""
TIMES = 8
TESTS = Path(__file__).parents[1]


def test_many_threads_read_their_first_document_at_once():
    """A new process serves many at once: reading each for itself ended every other one."""
    where = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "functions")]
    script = f"import sys; sys.path[:0] = {where!r}\n{MANY_AT_ONCE}"
    for _ in range(TIMES):
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", script], check=False, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
