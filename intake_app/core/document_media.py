"""Which files may become documents of a case, told by their first bytes and not by their name."""

from intake_app.core.errors import AppError
from intake_app.core.fields import Choice

LARGEST = 50 * 1024 * 1024
"""Bytes of the largest document, inclusive."""

LONGEST_TITLE = 200
"""Letters of the longest title."""


class BadFile(AppError):
    """A file that can't become a document; the sentence says what to do instead."""


class Media(Choice):
    """What a document is made of, and the ending of a copy's name."""

    PDF = "pdf", "PDF"
    PNG = "png", "Picture (PNG)"
    JPEG = "jpg", "Picture (JPEG)"
    TIFF = "tif", "Scan (TIFF)"
    WEBP = "webp", "Picture (WebP)"


HEAD = 1024
"""First bytes of a file that `media_of` needs: a PDF may begin with something else."""

_STARTS = {
    b"\x89PNG\r\n\x1a\n": Media.PNG,
    b"\xff\xd8\xff": Media.JPEG,
    b"II*\0": Media.TIFF,
    b"MM\0*": Media.TIFF,
    # BigTIFF
    b"II+\0": Media.TIFF,
    b"MM\0+": Media.TIFF,
}
_IPHONE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")


def media_of(head: bytes) -> Media:
    """What a file that begins with `head` is; raise `BadFile` for anything not taken."""
    if not head:
        raise BadFile("This file is empty. Scan the paper again, or choose another file.")
    for start, media in _STARTS.items():
        if head.startswith(start):
            return media
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Media.WEBP
    if b"%PDF-" in head[:HEAD]:
        return Media.PDF
    if head[4:8] == b"ftyp" and head[8:12] in _IPHONE:
        raise BadFile(
            "This is a photo in the HEIC format of a phone, which can’t be shown here. Open it in "
            "the program for photos, save it as JPEG, and add that."
        )
    raise BadFile(
        "This file is neither a PDF nor a picture (PNG, JPEG, TIFF, WebP). Print or save it as "
        "PDF in the program it comes from, and add that."
    )


def too_large() -> BadFile:
    """The error for a file of more than `LARGEST` bytes."""
    return BadFile(
        "This file is larger than 50 MB. Scan it with fewer dots per inch or in black and white, "
        "or split it into several files."
    )


def size_words(size: int) -> str:
    """A length in bytes as people say it: "812 KB", "1.4 MB", "50 MB"."""
    if size < 1024:
        return "1 KB"
    if size < 1024 * 1000:
        return f"{size / 1024:.0f} KB"
    megabytes = size / 1024 / 1024
    return f"{megabytes:.0f} MB" if megabytes >= 9.95 else f"{megabytes:.1f} MB"
