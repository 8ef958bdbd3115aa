"""Sets the clock of every Python that starts with this folder on its path.

`CLOCK_AHEAD` is by how many seconds, below 0 for days that have passed. What measures how long
something takes is left as it is.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + int(os.environ["CLOCK_AHEAD"])).start()  # noqa: TID251 - what is set apart
time.time()  # noqa: TID251 - the clock that is set goes on from when it is first read
