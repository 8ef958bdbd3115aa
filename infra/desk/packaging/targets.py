"""What a package is built for: a processor's architecture, and this interpreter's Python.

Graviton (arm64) costs a fifth less than x86-64 at AWS and is the default. Handlers are started
from a package only where the machine can load it.
"""

import platform
import sys
from dataclasses import dataclass

from desk.packaging.errors import PackagingError

ARCHITECTURES = ("arm64", "x86_64")
"""As Lambda calls them; the first is built unless told."""

_RUNTIMES = ((3, 11), (3, 12), (3, 13))
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}


@dataclass(frozen=True)
class Target:
    """Lambda on one architecture, with the Python that builds."""

    architecture: str = ARCHITECTURES[0]

    @property
    def platform(self) -> str:
        """What pip calls it: the oldest Linux that Lambda's runtimes stand on."""
        return f"manylinux2014_{_MACHINES[self.architecture]}"

    @property
    def is_here(self) -> bool:
        """Whether this machine can load what is built for it."""
        here = (platform.system(), platform.machine())
        return here == ("Linux", _MACHINES[self.architecture])


def python_version(running: tuple[int, ...] = tuple(sys.version_info[:2])) -> str:
    """The Python that builds, which is the one that will run. Raises PackagingError for others."""
    if running not in _RUNTIMES:
        known = ", ".join(f"{major}.{minor}" for major, minor in _RUNTIMES)
        found = ".".join(map(str, running))
        raise PackagingError(f"Lambda is to run Python {known}; the one that builds is {found}.")
    return ".".join(map(str, running))


def target_here() -> Target:
    """What this machine is itself; the default where Lambda has no such architecture."""
    found = (Target(name) for name in ARCHITECTURES)
    return next((target for target in found if target.is_here), Target())
