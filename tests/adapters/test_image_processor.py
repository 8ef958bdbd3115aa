"""Pillow's copies: what is seen is kept, and nothing else of what was sent."""

import io
import tracemalloc

import pytest
from PIL import Image, ImageCms

from chalicelib.adapters.image_processor import (
    LARGE_SIDE,
    MOST_PIXELS,
    MOST_SCANS,
    SMALL_SIDE,
    PillowImageProcessor,
)
from chalicelib.adapters.jpeg_scans import scans_of
from chalicelib.application.ports.image_processor import ImageRefusedError
from support.photographs import (
    NO_PICTURES,
    a_photo,
    encoded,
    from_a_camera,
    opened,
    png_that_claims,
    with_scans,
)

COPIES = PillowImageProcessor().copies


def because(content):
    """Why it is refused."""
    with pytest.raises(ImageRefusedError) as refused:
        COPIES(content)
    return refused.value.because


def is_near(pixel, colour):
    """Whether a pixel has this colour, as far as JPEG keeps one."""
    return all(abs(one - other) < 8 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_wrote_is_not_kept(kind):
    """No place, no maker, no comment, no profile, in neither copy."""
    content = from_a_camera(kind=kind)
    assert b"SecretCamera" in content
    for copy in (COPIES(content).large, COPIES(content).small):
        kept = opened(copy)
        assert kept.format == "JPEG"
        assert dict(kept.getexif()) == {}
        assert not set(kept.info) & {"exif", "icc_profile", "comment", "xmp", "photoshop"}
        assert b"Secret" not in copy


def test_a_photo_stands_upright():
    """What the camera noted about how it was held is done, as the note is not kept."""
    assert opened(COPIES(from_a_camera()).large).size == (48, 64)


def test_copies_are_no_larger_than_they_are_looked_at():
    """2048 and 400 pixels at the longer side; what is smaller is not blown up."""
    copies = COPIES(a_photo(4000, 3000))
    assert opened(copies.large).size == (LARGE_SIDE, LARGE_SIDE * 3 // 4)
    assert opened(copies.small).size == (SMALL_SIDE, SMALL_SIDE * 3 // 4)
    assert opened(COPIES(a_photo(30, 20)).large).size == (30, 20)


@pytest.mark.parametrize("size", [(1, 1), (20_000, 1), (1, 20_000)])
def test_an_odd_shape_is_a_picture_too(size):
    """One pixel, one row, one column: there is no harm in them."""
    assert min(opened(COPIES(a_photo(*size, kind="PNG")).small).size) == 1


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
        ("LA", (0, 0), (255, 255, 255)),
        ("L", 0, (0, 0, 0)),
        ("1", 1, (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("I;16", 40_000, (156, 156, 156)),
    ],
)
def test_every_kind_of_pixel_is_seen_as_it_was_meant(mode, colour, shown):
    """What is transparent is white; grey of 16 bits is as light as it was."""
    kept = opened(COPIES(a_photo(mode=mode, colour=colour, kind="PNG")).large)
    assert kept.mode == "RGB"
    assert is_near(kept.getpixel((10, 10)), shown)


def test_a_picture_for_print_becomes_one_for_the_screen():
    """CMYK is converted."""
    kept = opened(COPIES(a_photo(mode="CMYK", colour=(0, 255, 255, 0))).large)
    assert kept.mode == "RGB"
    red, green, blue = kept.getpixel((10, 10))
    assert red > 150
    assert max(green, blue) < 80


def test_colours_mean_what_their_profile_says():
    """By this profile red is blue, and blue is what is kept when the profile goes."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = usual.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    kept = opened(COPIES(a_photo(colour=(255, 0, 0), icc_profile=swapped)).large)
    assert is_near(kept.getpixel((10, 10)), (0, 0, 255))


def test_a_profile_that_cannot_be_read_spoils_no_photo():
    """Then the numbers are taken for what they usually mean."""
    kept = opened(COPIES(a_photo(colour=(90, 90, 90), icc_profile=b"nonsense")).large)
    assert is_near(kept.getpixel((10, 10)), (90, 90, 90))


def test_of_what_moves_the_first_picture_is_kept():
    """An animation is a photo of its beginning."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    content = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert is_near(opened(COPIES(content).large).getpixel((4, 4)), (255, 0, 0))


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused(name):
    """Whatever it calls itself, its bytes are looked at."""
    assert because(NO_PICTURES[name]) == "not_a_picture"


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP", "ICO"])
def test_other_kinds_of_picture_are_not_even_looked_into(kind):
    """Fewer decoders are fewer faults to be used."""
    assert because(a_photo(kind=kind)) == "not_a_picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_refused(kind):
    """Half a picture is told apart from none."""
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    content = encoded(noise, kind)
    assert because(content[: len(content) // 2]) in ("unreadable", "not_a_picture")


def test_a_huge_picture_is_refused_before_it_is_decoded():
    """A few bytes that claim billions of pixels take no memory."""
    bomb = png_that_claims(60_000, 60_000)
    assert len(bomb) < 10_000
    tracemalloc.start()
    assert because(bomb) == "too_large_picture"
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(("width", "height"), [(10_000, 5_001), (12_000, 8_000), (20_000, 10_000)])
def test_more_pixels_than_any_telephone_makes_are_refused(width, height):
    """Whether Pillow itself would have let it pass, warned or refused."""
    assert width * height > MOST_PIXELS
    assert because(png_that_claims(width, height)) == "too_large_picture"


def test_a_small_file_that_never_ends_is_refused_before_it_is_decoded():
    """Six thousand scans of forty-nine million pixels in half a megabyte: none is looked at."""
    endless = with_scans(6_000)
    assert len(endless) < 1_000_000
    tracemalloc.start()
    assert because(endless) == "too_many_scans"
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(("scans", "is_taken"), [(MOST_SCANS, True), (MOST_SCANS + 1, False)])
def test_as_many_scans_as_are_allowed_are_taken(scans, is_taken):
    """The limit itself is a photo, one more is none."""
    content = with_scans(scans, 64, 48)
    if is_taken:
        assert opened(COPIES(content).large).size == (64, 48)
    else:
        assert because(content) == "too_many_scans"


@pytest.mark.parametrize("progressive", [True, False])
def test_scans_are_counted_as_a_decoder_meets_them(progressive):
    """Not in notes that look like them, nor among the pixels of a photo full of noise."""
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    exif = b"Exif\0\0" + b"\xff\xda" * (MOST_SCANS + 1)
    content = encoded(noise, quality=95, progressive=progressive, exif=exif)
    assert content.count(b"\xff\xda") > MOST_SCANS
    assert scans_of(content, 1_000) == (10 if progressive else 1)
    assert opened(COPIES(content).large).size == (300, 300)


@pytest.mark.parametrize("ending", [b"\xff", b"\xff\xda", b"\xff\xda\x00", b"\xff\xd8"])
def test_a_file_that_breaks_off_is_counted_to_its_end(ending):
    """Whatever it breaks off in, the counting ends."""
    assert scans_of(ending, 10) <= 1


def test_a_note_that_cannot_be_read_spoils_no_photo():
    """A camera's nonsense is no fault of the resident's."""
    content = a_photo(exif=b"Exif\0\0nonsense")
    assert opened(COPIES(content).large).size == (64, 48)


def test_what_a_text_hides_is_not_unpacked():
    """A note of gigabytes in a PNG is left where it is."""
    from PIL import PngImagePlugin  # noqa: PLC0415 - for this one file

    notes = PngImagePlugin.PngInfo()
    notes.add_text("a", "x" * 5_000_000, zip=True)
    content = encoded(Image.new("RGB", (9, 9)), "PNG", pnginfo=notes)
    assert io.BytesIO(content).getbuffer().nbytes < 20_000
    assert because(content) in ("unreadable", "not_a_picture")
