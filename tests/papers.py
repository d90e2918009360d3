"""Invented papers for tests: small, large, broken, locked."""

import io
import os
import struct
import zlib

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

MARK = "Zitronenfalter-5512-Marker"
"""Words no file may hold in the clear."""


def pdf(pages: int = 2, words: str = MARK) -> bytes:
    """A plain PDF with words on each page, not compressed: they stand in its bytes."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=letter, pageCompression=0)
    for page in range(pages):
        canvas.setFont("Helvetica", 24)
        canvas.drawString(72, 700, f"{words} page {page + 1}")
        canvas.rect(72, 300, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt("open sesame", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def png(width: int = 300, height: int = 200, seed: bytes = b"") -> bytes:
    """A grey picture; with `seed` a chunk of words in it."""
    line = b"\0" + bytes(x * 255 // max(width, 1) for x in range(width))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            _chunk(b"tEXt", b"Comment\0" + seed),
            _chunk(b"IDAT", zlib.compress(line * height)),
            _chunk(b"IEND", b""),
        )
    )


def png_bomb() -> bytes:
    """A few kilobytes that ask for 40,000 by 40,000 dots."""
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(bytes(1_000_000))),
            _chunk(b"IEND", b""),
        )
    )


def large_pdf(size: int) -> bytes:
    """A PDF of exactly `size` bytes that can't be compressed: most of it an unused stream."""
    head = pdf(1)
    cut = head.index(b"1 0 obj")
    noise = size - len(head) - 100
    # A larger number of where the table stands has more digits: the second time it fits.
    for _ in range(2):
        stream = b"99 0 obj\n<</Length %d>>\nstream\n" % noise + os.urandom(noise)
        stream += b"\nendstream\nendobj\n"
        made = _with_offsets(head[:cut] + stream + head[cut:], len(stream))
        noise -= len(made) - size
    return made


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _with_offsets(made: bytes, moved: int) -> bytes:
    """Put the table of a PDF right after everything moved by so many bytes."""
    table = made.rindex(b"\nxref\n") + 1
    lines = made[table:].split(b"\n")
    for at, line in enumerate(lines):
        if line.rstrip().endswith(b" n"):
            lines[at] = f"{int(line[:10]) + moved:010}".encode() + line[10:]
        if line == b"startxref":
            lines[at + 1] = str(int(lines[at + 1]) + moved).encode()
    return made[:table] + b"\n".join(lines)
