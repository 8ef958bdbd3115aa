"""Photos made afresh in a process of their own, which is ended when its time is up.

A decoder cannot be interrupted from within. Run by itself, as ``python -m`` this module, it is
given a file and gives back the copies, or the reason why there are none. It has no credentials.
"""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.application.ports.image_processor import Copies, ImageRefusedError

TIME_LIMIT = timedelta(seconds=20)
"""Many times what any photo takes, and a third of what the function has."""
_REFUSED = 3
"""How the process ends for a file that makes no photo."""
_SIZE = 8
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class TimedImageProcessor:
    """The `ImageProcessor` port over a process for each photo."""

    limit: timedelta = TIME_LIMIT

    def copies(self, content: bytes) -> Copies:
        """The copies of another process. Raises ImageRefusedError, ``took_too_long`` among them."""
        seconds = self.limit.total_seconds()
        try:
            done = subprocess.run(  # noqa: S603 - this module and nothing that was sent
                [sys.executable, "-m", __name__, str(max(1, round(seconds)))],
                input=content,
                capture_output=True,
                timeout=seconds,
                env=_environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ImageRefusedError("took_too_long") from None
        if done.returncode == _REFUSED:
            raise ImageRefusedError(done.stdout.decode())
        if done.returncode:
            # Ended by the system, for want of memory or time: whatever the file did, it is wrong.
            raise ImageRefusedError("unreadable")
        return _unpacked(done.stdout)


def _environment() -> dict[str, str]:
    """What a process needs to find its code, and nothing that opens anything."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _packed(copies: Copies) -> bytes:
    return len(copies.large).to_bytes(_SIZE, "big") + copies.large + copies.small


def _unpacked(answer: bytes) -> Copies:
    length = int.from_bytes(answer[:_SIZE], "big")
    return Copies(answer[_SIZE : _SIZE + length], answer[_SIZE + length :])


def _make_copies(seconds: int) -> int:
    """Read a file, write its copies or the reason why there are none; how the process ends."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # Pillow stays out of the process that waits.
    from chalicelib.adapters.image_processor import PillowImageProcessor  # noqa: PLC0415

    try:
        answer = _packed(PillowImageProcessor().copies(sys.stdin.buffer.read()))
    except ImageRefusedError as refused:
        sys.stdout.buffer.write(refused.because.encode())
        return _REFUSED
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_make_copies(int(sys.argv[1])))
