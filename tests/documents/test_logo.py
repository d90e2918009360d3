"""A logo: really decoded, plain dots on white, nothing else of the file it came in."""

from io import BytesIO

import pytest
from PIL import Image

from intake_app.core.errors import AppError
from intake_app.documents.logo import plain_logo


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> bytes:
    out = BytesIO()
    made = Image.new(mode, size)
    exif = made.getexif()
    exif[0x013B] = "Nobody Example"  # the author
    made.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("JPEG", "RGB"), ("JPEG", "CMYK")])
def test_any_picture_becomes_a_plain_png_without_its_author(kind: str, mode: str) -> None:
    content = picture(kind, mode)
    assert b"Nobody Example" in content
    made = plain_logo(content)
    assert b"Nobody" not in made
    with Image.open(BytesIO(made)) as logo:
        logo.load()
        assert (logo.format, logo.mode, logo.size) == ("PNG", "RGB", (40, 20))
        assert not logo.info


def test_what_is_transparent_is_white_and_a_large_picture_is_made_smaller() -> None:
    made = plain_logo(picture("PNG", "RGBA", (3000, 3000)))
    with Image.open(BytesIO(made)) as logo:
        assert logo.size == (600, 600)
        assert logo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PNG or JPEG"),
        (b"a letter, not a picture", "no PNG or JPEG"),
        (picture("PNG", size=(400, 400))[:-30], "no PNG or JPEG"),
        (picture("JPEG", size=(400, 400))[:-300], "no PNG or JPEG"),
        (picture("GIF", "P"), "no PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no PNG or JPEG"),
        (bytes(1_000_001), "larger than 1 MB"),
        (picture("PNG", "1", (10_001, 4)), "too many dots"),
    ],
)
def test_what_is_no_logo_is_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(AppError, match=said):
        plain_logo(content)
