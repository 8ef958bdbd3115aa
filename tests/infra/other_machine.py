"""Builds a package as another machine would: another umask, time zone, locale and order of files.

python other_machine.py OUT ARCHITECTURE
"""

import os
import random
import sys
from pathlib import Path

from desk.company import CompanyFiles
from desk.packaging.command import build
from desk.packaging.targets import Target

SHUFFLE = random.Random(14)  # noqa: S311 - no secret
_SCANDIR, _LISTDIR = os.scandir, os.listdir


class _Shuffled:
    """A folder's entries in an order of no meaning, as some file systems give them."""

    def __init__(self, *path):
        with _SCANDIR(*path) as entries:
            self.entries = SHUFFLE.sample(found := list(entries), len(found))

    def __iter__(self):
        return self

    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Nothing is held open."""


def _shuffled_names(*path):
    return SHUFFLE.sample(found := _LISTDIR(*path), len(found))


if __name__ == "__main__":
    os.umask(0o077)
    os.scandir, os.listdir = _Shuffled, _shuffled_names
    build(Path(sys.argv[1]), Target(sys.argv[2]), CompanyFiles())
