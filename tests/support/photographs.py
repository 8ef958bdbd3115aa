"""Pictures and what only calls itself one, made as real bytes."""

import io
import struct
import zipfile
import zlib

from PIL import Image

EXIF_ORIENTATION, EXIF_MAKE, EXIF_GPS = 0x0112, 0x010F, 0x8825


def encoded(image, kind="JPEG", **more):
    """The file of an image."""
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def a_photo(width=64, height=48, colour="red", kind="JPEG", mode="RGB", **more):
    """A file of one colour."""
    return encoded(Image.new(mode, (width, height), colour), kind, **more)


def from_a_camera(**more):
    """A photo lying on its side, which tells where it was taken, by whom and with what."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION], exif[EXIF_MAKE] = 6, "SecretCamera"
    exif.get_ifd(EXIF_GPS)[1] = "N"
    return a_photo(exif=exif, comment=b"SecretComment", dpi=(300, 300), **more)


def opened(content):
    """The image in a file."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def png_that_claims(width, height):
    """A PNG of a few bytes whose head says that it is huge, with as many rows as are there."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    pixels = zlib.compress(row * min(height, 100))
    chunks = [(b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")]
    made = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + made


def a_zip_bomb():
    """Ten megabytes of nothing in ten kilobytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.jpg", b"\0" * 10_000_000)
    return file.getvalue()


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
NO_PICTURES = {"zip bomb": a_zip_bomb(), "SVG": SVG, "PDF": PDF, "HTML": HTML, "nothing": b""}


def with_scans(scans, width=7000, height=7000):
    """A grey progressive JPEG with so many scans, which ends as often as it is painted over."""
    content = a_photo(width, height, colour="grey", mode="L", progressive=True)
    begins = content.rindex(b"\xff\xda")
    ends = content.rindex(b"\xff\xd9")
    more = scans - content.count(b"\xff\xda")
    return content[:ends] + content[begins:ends] * more + content[ends:]
