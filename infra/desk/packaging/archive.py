"""The zips that Lambda gets: the same content gives the same bytes, whoever writes them.

Chalice's own zip keeps what the disk happened to say: the order of a folder, the modes that a
umask left. So what it gathered is written again: names in order, one time for all, modes by what
a file is, one level of compression. Pillow, two thirds of it all, goes to the photos' zip alone.
"""

import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

CODE = "deployment.zip"
PHOTOS = "photos.zip"

_PILLOW = ("PIL/", "pillow.libs/", "pillow-")
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_UNIX = 3
_LEVEL = 9


def write_archives(gathered: Path, out: Path) -> tuple[Path, ...]:
    """Write the zips of the functions into `out`, from the one that Chalice gathered."""
    contents = dict(_contents(gathered))
    without = {name: held for name, held in contents.items() if not name.startswith(_PILLOW)}
    written = {out / CODE: without, out / PHOTOS: contents}
    for path, held in written.items():
        write_archive(path, held)
    return tuple(written)


def write_archive(path: Path, contents: Mapping[str, bytes]) -> None:
    """Write a zip of these files, by name; nothing in it tells where or when it was made."""
    with zipfile.ZipFile(path, "w") as zipped:
        for name in sorted(contents):
            zipped.writestr(_entry(name), contents[name], zipfile.ZIP_DEFLATED, _LEVEL)


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as zipped:
        for name in zipped.namelist():
            yield name, zipped.read(name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _BEGINNING)
    entry.create_system = _UNIX
    mode = 0o755 if _is_binary(name) else 0o644
    entry.external_attr = (stat.S_IFREG | mode) << 16
    return entry


def _is_binary(name: str) -> bool:
    """Whether the loader maps it as a library: `_msgspec.cpython-311.so`, `libjpeg-1.so.62`."""
    return name.endswith(".so") or ".so." in name
