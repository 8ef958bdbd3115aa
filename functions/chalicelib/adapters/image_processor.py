"""Photos made afresh by Pillow: pixels are all that is taken over from what was sent.

Metadata cannot be forgotten by mistake, for a new picture is painted and the old one left.
Only a process of `TimedImageProcessor` imports this.
"""

import io
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from chalicelib.adapters.jpeg_scans import scans_of
from chalicelib.application.ports.image_processor import Copies, ImageRefusedError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
"""More than any telephone's camera makes, and what fits into the function's memory."""
MOST_SCANS = 64
"""Several times what any camera or program writes into a progressive JPEG."""
LARGE_SIDE, SMALL_SIDE = 2048, 400
_QUALITY = 85
_KNOWN_MODES = ("RGB", "RGBA", "L", "LA", "CMYK")
_SRGB = ImageCms.createProfile("sRGB")


class PillowImageProcessor:
    """The `ImageProcessor` port."""

    def copies(self, content: bytes) -> Copies:
        """Two JPEG files of it, upright, on white, in sRGB. Raises PictureRefusedError."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = _painted(_opened(content))
        small = picture.copy()
        small.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return Copies(_jpeg(picture), _jpeg(small))


def _opened(content: bytes) -> Any:  # noqa: ANN401 - the class depends on the format
    """The picture with its head read; its size and scans are known before a pixel is decoded."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefusedError("too_large_picture") from None
    except UnidentifiedImageError:
        raise ImageRefusedError("not_a_picture") from None
    except Exception:  # noqa: BLE001 - whatever a made-up file does to a decoder, the file is wrong
        raise ImageRefusedError("unreadable") from None
    if image.width * image.height > MOST_PIXELS:
        raise ImageRefusedError("too_large_picture")
    if image.format == "JPEG" and scans_of(content, MOST_SCANS) > MOST_SCANS:
        raise ImageRefusedError("too_many_scans")
    return image


def _painted(image: Any) -> Image.Image:  # noqa: ANN401 - as above
    """A new picture of the first frame, with nothing of the old one but what is seen."""
    try:
        reduced = _upright(_reduced(image))
        coloured = _in_srgb(reduced)
        white = Image.new("RGB", coloured.size, "white")
        mask = coloured.getchannel("A") if "A" in coloured.getbands() else None
        white.paste(coloured.convert("RGB"), mask=mask)
    except Exception:  # noqa: BLE001 - as above
        raise ImageRefusedError("unreadable") from None
    return white


def _reduced(image: Any) -> Image.Image:  # noqa: ANN401 - as above
    """No side longer than is kept: what follows then costs little."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode not in _KNOWN_MODES or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((LARGE_SIDE, LARGE_SIDE), reducing_gap=2)
    image.load()
    reduced: Image.Image = image
    return reduced


def _upright(image: Image.Image) -> Image.Image:
    """As it was held; an unreadable note about it is no reason to reject a photo."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - as above
        return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours as they were meant, where the file says what they mean."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, meant, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return file.getvalue()
