"""The office's logo: any PNG or JPEG in, one plain PNG out, or a sentence."""

import math
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from intake_app.core.errors import AppError

LARGEST_FILE = 1_000_000
_LARGEST_SIDE = 10_000
_MOST_DOTS = 24_000_000
"""A few kilobytes can ask for gigabytes; 6,000 by 4,000 is more than any logo needs."""

_WIDE, _HIGH = 1500, 600
"""Dots kept: 5 by 2 inches at 300 dots an inch, more than a letterhead has room for."""


def plain_logo(content: bytes) -> bytes:
    """The picture as a PNG on white, without the metadata it came with.

    It is decoded whole: what only begins like a picture is none. Author, place and path in the
    file would go out with every letter, so nothing but the dots is kept. Raises `AppError`.
    """
    if len(content) > LARGEST_FILE:
        raise AppError("The logo is larger than 1 MB. Save it smaller, then choose it again.")
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if max(opened.size) > _LARGEST_SIDE or math.prod(opened.size) > _MOST_DOTS:
                raise AppError("The logo has too many dots. Save it smaller, then choose it again.")
            picture = _on_white(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise AppError(
            "That file is no PNG or JPEG picture, or it is damaged. Choose another; nothing was "
            "changed."
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AppError(
            "The logo has too many dots. Save it smaller, then choose it again."
        ) from error
    picture.thumbnail((_WIDE, _HIGH), Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    with_alpha = picture.convert("RGBA")
    white = Image.new("RGBA", with_alpha.size, "white")
    white.alpha_composite(with_alpha)
    return white.convert("RGB")
