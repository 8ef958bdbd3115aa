"""Garbage is not collected while a function starts: what is made then stays for good.

A third of a cold start went into looking through it. `begin` stands before all other imports;
`end` comes when the first client of AWS has been made, or the first request was answered,
whichever is first, so that no function works on without collecting.
"""

import gc


def begin() -> None:
    """Put collecting off."""
    gc.disable()


def end() -> None:
    """Collect again, and never look through what stands by now. Later calls do nothing."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
