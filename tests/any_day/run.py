"""`make any-day`: the tests that read the machine's clock, on days that are unlike the others.

The clock of pytest, and of whatever it starts, is set apart (sitecustomize.py); the machine's is
left alone. What holds the repository to the day that it really is stays out: that the calendar
covers the year, that no page's review is overdue, that AWS still takes the package's Python. On a
day to come these would ask for what is not published, read or due yet. Beyond the calendar promises
are provisional, and everything else holds.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "functions")]

from support.examples import at  # noqa: E402 - on the path only from here

PYTEST = Path(sys.executable).parent / "pytest"
UNWARNED = ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
"""What has set the clock was there before pytest, which would have liked to read it first."""
DAYS = {
    "Monday 2026-02-16 14:00": "Spring Festival's eve",
    "Saturday 2026-09-19 11:00": "a Saturday",
    "Sunday 2026-09-20 08:58": "a make-up Sunday, as work begins",
    "Monday 2026-11-30 23:58": "a month ends in Shanghai",
    "Tuesday 2026-12-01 00:01": "a month has begun in Shanghai, and not yet in UTC",
    "Tuesday 2026-12-01 07:58": "a month ends in UTC",
    "Tuesday 2026-12-01 08:01": "a month has begun in UTC",
    "Thursday 2026-12-31 23:58": "a year ends, and with it what the calendar covers",
    "Sunday 2027-02-28 21:00": "28 February, the last day of its month",
    "Monday 2028-02-28 23:58": "28 February of a leap year",
    "Tuesday 2028-02-29 10:00": "29 February",
}
"""Moments on the wall in Shanghai, and what each is unlike others in."""
FEW = ("Sunday 2026-09-20 08:58", "Thursday 2026-12-31 23:58")


def main(asked: str) -> None:
    """Run all days, a `few` without the slow proofs, or one moment; exits with what failed."""
    moments = {"": tuple(DAYS), "few": FEW}.get(asked, (asked,))
    which = "today and not browser" + (" and not slow" if asked == "few" else "")
    failed = [moment for moment in moments if not _passes(moment, which)]
    if failed:
        sys.exit(f"Not every test passes on: {', '.join(failed)}")


def _passes(moment: str, which: str) -> bool:
    print(f"· {moment} in Shanghai: {DAYS.get(moment, 'as asked')}", flush=True)  # noqa: T201 - a command line prints
    ahead = int(at(moment).timestamp() - time.time())  # noqa: TID251 - what is set apart
    path = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(  # noqa: S603 - our own tests, no shell
        [PYTEST, "-n", "auto", "--dist", "loadfile", "--quiet", *UNWARNED, "-m", which],
        cwd=ROOT,
        env=os.environ | {"CLOCK_AHEAD": str(ahead), "PYTHONPATH": path},
        check=False,
    )
    return done.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
