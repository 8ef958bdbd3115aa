"""Light pictures: a PNG of 256 colours, which is all that a page of text needs.

The browser that took the picture counts its colours; the commonest stay, and each of the
others becomes the nearest of these.
"""

import base64
import struct
import zlib

from playwright.sync_api import Browser

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COUNT = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const rgb = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = colours.slice(0, 256).map(rgb);
  const far = (one, other) => one.reduce((sum, part, n) => sum + (part - other[n]) ** 2, 0);
  const nearest = (one) => {
    let best = 0;
    for (let n = 1; n < palette.length; n++)
      if (far(one, palette[n]) < far(one, palette[best])) best = n;
    return best;
  };
  const places = new Map(colours.map((one, n) => [one, n < 256 ? n : nearest(rgb(one))]));
  let drawn = "";
  for (const pixel of pixels) drawn += String.fromCharCode(places.get(pixel));
  return { width, height, palette: palette.flat(), drawn: btoa(drawn) };
}"""


def lightened(png: bytes, browser: Browser) -> bytes:
    """The same picture with 256 colours at most."""
    page = browser.new_page()
    found = page.evaluate(_COUNT, base64.b64encode(png).decode())
    page.close()
    width, height = found["width"], found["height"]
    drawn = base64.b64decode(found["drawn"])
    rows = (drawn[at : at + width] for at in range(0, width * height, width))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(found["palette"])),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A piece of a PNG file: its length, kind, data and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
