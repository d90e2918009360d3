"""Small pictures and papers that ask for much: huge sizes, many pages, deep nesting."""

import io
import struct
import zlib

from PIL import Image

from tests.papers import locked_pdf, pdf, png, png_bomb


def pictures() -> list[bytes]:
    """Pictures of every kind that is taken, good ones and bombs."""
    made = [png(), png_bomb(), png(9_999, 40), wide_png(9_990, 9_990)]
    small = Image.radial_gradient("L").resize((90, 60)).convert("RGB")
    for kind, how in (
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ):
        out = io.BytesIO()
        small.save(out, kind, **how)
        made.append(out.getvalue())
    out = io.BytesIO()
    small.save(out, "TIFF", save_all=True, append_images=[small] * 5)
    made.append(out.getvalue())
    out = io.BytesIO()
    small.convert("P").save(
        out, "PNG", exif=b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0"
    )
    made += [out.getvalue(), huge_jpeg(progressive=True), huge_jpeg(progressive=False)]
    return made


def wide_png(width: int, height: int) -> bytes:
    """A picture of many dots in few bytes: one bit for each, all white."""
    line = b"\0" + b"\xff" * ((width + 7) // 8)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(line * height, 9)),
            _chunk(b"IEND", b""),
        )
    )


def huge_jpeg(*, progressive: bool) -> bytes:
    """A small JPEG that says it has 60,000 by 60,000 dots."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "JPEG", progressive=progressive, subsampling=0)
    made = bytearray(out.getvalue())
    frame = made.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    made[frame + 5 : frame + 9] = struct.pack(">HH", 60_000, 60_000)
    return bytes(made)


def papers() -> list[bytes]:
    """PDFs: plain, locked, and some that ask for much."""
    plain = pdf()
    return [
        plain,
        locked_pdf(),
        plain.replace(b"[ 0 0 612 792 ]", b"[ 0 0 9e9 9e9 ]"),
        plain.replace(b"[ 0 0 612 792 ]", b"[ 0 0 1e-9 792]"),
        paper(b"q " * 200_000),
        paper(b"/F Do " * 500, form=b"/F Do " * 500),
        paper(b"600 0 0 600 0 0 cm /I Do", picture=(50_000, 50_000)),
        paper(b"0 0 m " + b"9 9 l 1 1 l " * 50_000 + b"b*"),
        paper(b"[1 1] 0 d 1e-3 w 0 0 m 1e7 1e7 l S"),
    ]


def paper(content: bytes, form: bytes = b"", picture: tuple[int, int] | None = None) -> bytes:
    """A PDF of one page that draws `content`; /F is a form, which may call itself, /I a picture."""
    inner = b"/Resources << /XObject << /F 5 0 R /I 6 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R " + inner + b" >>",
        _stream(b"", content),
        _stream(b"/Type /XObject /Subtype /Form /BBox [0 0 600 600] " + inner, form),
    ]
    width, height = picture or (1, 1)
    dots = zlib.compress(b"\x55" * ((width + 7) // 8 * height), 9)
    objects.append(
        _stream(
            b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 1 "
            b"/Filter /FlateDecode /Width %d /Height %d" % (width, height),
            dots,
        )
    )
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%btrailer << /Size 7 /Root 1 0 R >>\n" % table
    return made + end + b"startxref\n%d\n%%%%EOF\n" % len(made)


def _stream(words: bytes, content: bytes) -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), words, content)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
