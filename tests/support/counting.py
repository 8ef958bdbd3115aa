"""How often something is called, as the interpreter itself reports it: nothing is replaced."""

import sys
from collections import Counter
from contextlib import contextmanager


@contextmanager
def calls_of(*functions):
    """The calls of these functions in this thread while this is open, counted by name."""
    names = {one.__code__: one.__name__ for one in functions}
    counted = Counter()

    def see(frame, event, _):
        if event == "call" and frame.f_code in names:
            counted[names[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        yield counted
    finally:
        sys.setprofile(before)
