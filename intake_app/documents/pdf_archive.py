"""What makes a PDF one to keep (PDF/A-2, ISO 19005-2): metadata, colors, letters of the codes.

Nothing here knows the clock, the machine or the member; so the metadata holds no date.
"""

import struct
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFImageXObject,
    PDFInfo,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

PROGRAM = "Intake Desk"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>\
<rdf:li xml:lang={language_value}>{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{program}</pdf:Producer><xmp:CreatorTool>{program}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def new_canvas(out: BinaryIO, font: str) -> Canvas:
    """A canvas for letter-size pages that writes into `out`; `font` is one that is embedded."""
    settings: dict[str, Any] = {"pdfVersion": (1, 7), "initialFontName": font, "invariant": 1}
    canvas = Canvas(out, pagesize=LETTER, **settings)
    # The canvas makes its file itself, and asks nobody of what kind.
    document_of(canvas).__class__ = _Document
    return canvas


def make_archivable(canvas: Canvas, title: str, language: str) -> None:
    """Give the file title, language, metadata (twice, the same), an id and its colors' meaning.

    language: as RFC 3066 writes it. To be called before the canvas is saved.
    """
    document = document_of(canvas)
    catalog = document.Catalog
    document.info = _Info(title)
    catalog.Lang = PDFString(language)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    told = _XMP.format(
        title=escape(title),
        language=escape(language),
        language_value=quoteattr(language),
        program=PROGRAM,
    )
    # Metadata stays readable without unpacking.
    catalog.Metadata = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
        told.encode(),
    )
    profile = PDFStream(
        PDFDictionary({"N": 3, "Filter": PDFName("FlateDecode")}), _packed_profile()
    )
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    allow(catalog, OutputIntents=PDFArray([intent]))
    for number in range(1, document.pageCounter):
        # Left to itself ReportLab writes pages as text once more, longer and slower.
        page = document.idToObject[f"Page{number}"]
        document.updateSignature(page.stream.encode())
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])


def document_of(canvas: Any) -> Any:
    """The file a canvas writes; ReportLab has no other way to what a page can't say."""
    return canvas._doc


def allow(holder: Any, **entries: object) -> None:
    """Put entries into a catalog or a page that ReportLab has no name for."""
    holder.__NoDefault__ = [*holder.__NoDefault__, *entries]
    for name, value in entries.items():
        setattr(holder, name, value)


class _Stream(PDFStream):
    """A stream whose end stands on a line of its own (ISO 19005-2, 6.1.7.1)."""

    def format(self, document: Any) -> bytes:
        return _ended(super().format(document))


class _Image(PDFImageXObject):
    """A picture, with such an end."""

    def format(self, document: Any) -> bytes:
        return _ended(super().format(document))


def _ended(written: bytes) -> bytes:
    return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class _Document(PDFDocument):
    """A file all of whose streams have such an end; each is registered before it is written."""

    def Reference(self, obj: Any, name: str | None = None) -> Any:  # noqa: N802  # ReportLab's name
        if type(obj) is PDFStream:
            obj.__class__ = _Stream
        elif type(obj) is PDFImageXObject:
            obj.__class__ = _Image
        register: Any = super().Reference
        return register(obj, name)


class _Info(PDFInfo):
    """Title and program, and nothing else: no author, no date, no empty entries."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.author = self.subject = self.keywords = ""

    def format(self, document: Any) -> bytes:
        made: bytes = PDFDictionary(
            {
                "Title": PDFString(self.title),
                "Producer": PDFString(PROGRAM),
                "Creator": PDFString(PROGRAM),
            }
        ).format(document)
        return made


def to_unicode(subset: Sequence[str]) -> str:
    """The table that tells which letter a code of a font stands for (PDF 1.7, 9.10.3).

    subset: the letters in the order of the codes; code 0 is the missing letter, which none is.
    """
    pairs = [
        f"<{code:02X}> <{letters.encode('utf-16-be').hex().upper()}>"
        for code, letters in enumerate(subset)
        if letters != "\0"
    ]
    blocks = [pairs[first : first + 100] for first in range(0, len(pairs), 100)]
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def _packed_profile() -> bytes:
    return zlib.compress(srgb_profile())


@cache
def srgb_profile() -> bytes:
    """An ICC profile, version 2.1, of the sRGB colors (IEC 61966-2-1, adapted to D50)."""

    def xyz(*values: float) -> bytes:
        return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))

    def curve(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    name = b"sRGB IEC61966-2.1\0"
    steps = [round(65535 * curve(step / 1023)) for step in range(1024)]
    tones = struct.pack(">4s4xI1024H", b"curv", 1024, *steps)
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", len(name)) + name + bytes(78),
        b"cprt": struct.pack(">4s4x", b"text") + b"No copyright, use freely\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": tones,
        b"gTRC": tones,
        b"bTRC": tones,
    }
    start = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for tag, value in tags.items():
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
        table += struct.pack(">4sII", tag, places[value], len(value))
    head = struct.pack(
        ">I4xI4s4s4s6H4s4x4x4x4x8xI3i",
        start + len(data), 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp",
        0, round(0.9642 * 65536), 65536, round(0.8249 * 65536),
    )  # fmt: skip
    return head.ljust(128, b"\0") + table + data
