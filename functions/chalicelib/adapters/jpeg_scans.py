"""How many scans a JPEG file holds, counted by its markers before anything is decoded.

A progressive file is painted over once for each scan. A telephone's has ten or so, but a small
file may have thousands, each of which costs as much as the whole picture.
"""

_MARK = b"\xff"
_START_OF_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset({0x00, 0x01, 0xFF, 0xD8, *range(0xD0, 0xD8)})
"""What follows a mark without a length of its own: stuffing, fill bytes, restarts, the start."""
_LENGTH = 2


def scans_of(content: bytes, most: int) -> int:
    """The number of scans, counted no further than one beyond `most`."""
    found, at = 0, 0
    while found <= most and (at := content.find(_MARK, at)) >= 0:
        kind = content[at + 1] if at + 1 < len(content) else _END
        if kind == _END:
            break
        found += kind == _START_OF_SCAN
        at += 1 if kind in _ALONE else _LENGTH + _length_at(content, at + _LENGTH)
    return found


def _length_at(content: bytes, at: int) -> int:
    """How long the segment is that begins there; its length counts itself."""
    return max(int.from_bytes(content[at : at + _LENGTH], "big"), _LENGTH)
