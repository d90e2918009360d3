"""Letters as real PDFs, read back: words, fonts, pages, metadata, the same bytes again."""

import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from intake_app.core.errors import AppError
from intake_app.core.letter_facts import Letterhead
from intake_app.documents.fonts import Fonts
from intake_app.documents.letter_template import Block, Paragraph, Run
from intake_app.documents.letter_text import Letter
from intake_app.documents.typeset import WIDTH, tidy, tie, typeset_letter

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"
FONTS = Fonts(
    *((FOLDER / f"NotoSerif-{style}.ttf").read_bytes() for style in
      ("Regular", "Bold", "Italic", "BoldItalic"))
)  # fmt: skip

NAMES = (
    "Nguyễn Thị Hương", "Łukasz Żółć", "Ђорђе Петровић", "Θεόδωρος", "Jean-Baptiste",
    "Ɓala Ƴaya", "Þórdís Ægisdóttir", "Ştefan Țurcanu", "Чыңгыз Ўткир Ґалаґан", "Ὀδυσσεύς",
)  # fmt: skip


def letter(name: str = "Marie Jean-Baptiste", paragraphs: int = 6, **changes: Any) -> Letter:
    body = [
        Paragraph(Block.HEADING, (Run("The facts"),)),
        *(
            Paragraph(Block.TEXT, (Run(f"{name} is held, 8 C.F.R. § 287.7(a) says. " * 4),))
            for _ in range(paragraphs)
        ),
        Paragraph(Block.QUOTATION, (Run("exact words"),)),
        Paragraph(Block.TEXT, (Run("In "), Run("Galarza", italic=True), Run(" it was held."))),
        Paragraph(Block.NUMBERED, (Run("Release."),), "1."),
        Paragraph(Block.BULLET, (Run("No warrant.", bold=True, italic=True),)),
        Paragraph(Block.TEXT, (Run("Thank you."),)),
    ]
    made = Letter(
        kind="decline",
        title="Request to decline an immigration detainer",
        letterhead=Letterhead("Example Legal Aid", "1 Example Street\nTelephone 555", "UTC"),
        dated="November 22, 2026",
        address=("Sheriff or Jail Commander", "Example Jail", "1 Jail Road", "Town, CA 90000"),
        re=(Run(f"{name}, booking no. 26-119034"),),
        greeting="Dear Sheriff or Jail Commander:",
        body=tuple(body),
        closing="Respectfully,",
        signer=("R. Okafor", "Staff Attorney"),
        prepared_for="Prepared for review by R. Okafor, attorney or accredited representative.",
        cc=("County Counsel, Example County",),
        enclosures=("Form I-247A",),
        language="en-US",
        authorities=("F01",),
        checked=(),
        facts=(),
        library_version="abc",
    )
    return replace(made, **changes)


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def fonts_of(pdf: bytes) -> list[DictionaryObject]:
    found = {}
    for value in _objects(pdf):
        if isinstance(value, DictionaryObject) and value.get("/Type") == "/Font":
            found[str(value["/BaseFont"]) + str(value.get("/Name"))] = value
    return list(found.values())


def _objects(pdf: bytes) -> list[Any]:
    reader = PdfReader(BytesIO(pdf))
    count = int(str(reader.trailer["/Size"]))
    return [reader.get_object(number) for number in range(1, count)]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_world_are_written_and_can_be_searched(name: str) -> None:
    text = words(typeset_letter(letter(name), FONTS).pdf)
    assert name in text
    assert "8 C.F.R. § 287.7(a)" in text
    assert "\u00a0" not in text


def test_every_font_is_embedded_as_a_subset() -> None:
    pdf = typeset_letter(letter(" ".join(NAMES)), FONTS).pdf
    fonts = fonts_of(pdf)
    styles = {str(font["/BaseFont"]).split("-")[-1] for font in fonts}
    assert styles == {"Regular", "Bold", "Italic", "BoldItalic"}
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+NotoSerif-", str(font["/BaseFont"]))
        descriptor = cast("DictionaryObject", font["/FontDescriptor"])
        assert len(cast("StreamObject", descriptor["/FontFile2"]).get_data()) > 1000
    assert len(pdf) < 150_000


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = typeset_letter(letter(), FONTS)
    typeset_letter(letter("Łukasz"), FONTS, draft=False)
    assert typeset_letter(letter(), FONTS) == first
    assert typeset_letter(letter(), replace(FONTS)) == first
    assert typeset_letter(letter("Other"), FONTS) != first


def test_metadata_tells_nothing_of_client_member_or_machine() -> None:
    pdf = typeset_letter(letter(), FONTS).pdf
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Request to decline an immigration detainer"
    shown = str(dict(reader.metadata))
    for secret in ("Marie", "Baptiste", "Okafor", "anonymous", "unspecified", "/home", "ReportLab"):
        assert secret not in shown
    assert not reader.metadata.author
    assert str(cast("DictionaryObject", reader.trailer["/Root"])["/Lang"]) == "en-US"
    assert str(FOLDER.parent).encode() not in pdf
    assert b"119034" not in pdf


def test_a_draft_says_so_on_every_page_behind_the_text_until_approved() -> None:
    long = letter(paragraphs=24)
    pages = [p.extract_text() for p in PdfReader(BytesIO(typeset_letter(long, FONTS).pdf)).pages]
    for page in pages:
        assert "DRAFT" in page.replace("DRAFT – not approved", "")
        assert "DRAFT – not approved" in page
        # What is drawn first lies behind.
        assert page.index("DRAFT") < page.index("is held")
    assert "DRAFT" not in words(typeset_letter(long, FONTS, draft=False).pdf)


def test_pages_are_numbered_with_their_total() -> None:
    made = typeset_letter(letter(paragraphs=24), FONTS)
    pages = PdfReader(BytesIO(made.pdf)).pages
    assert made.pages == len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {made.pages}" in " ".join(page.extract_text().split())


def test_a_closing_never_stands_alone() -> None:
    for paragraphs in range(6, 26):
        made = typeset_letter(letter(paragraphs=paragraphs), FONTS)
        last = PdfReader(BytesIO(made.pdf)).pages[-1].extract_text()
        assert "Thank you." in last
        assert "Respectfully," in last
        assert "R. Okafor" in last


def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph() -> None:
    sentence = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor. "
    # Paragraphs of three to nine lines come to split at every place.
    for times, count in itertools.product(range(3, 10), range(5, 13)):
        body = tuple(
            Paragraph(Block.TEXT, (Run(f"Start{n}. {sentence * times}End{n}."),))
            for n in range(count)
        )
        made = typeset_letter(letter(body=body), FONTS, draft=False)
        pages = [p.extract_text().splitlines() for p in PdfReader(BytesIO(made.pdf)).pages]
        for lines in pages:
            text = [line for line in lines if "ipsum" in line or "tempor" in line or "elit" in line
                    or "Start" in line or "End" in line]  # fmt: skip
            assert not re.match(r"Start\d+\.", text[-1])
            assert not re.search(r"End\d+\.$", text[0])


def test_the_address_shows_in_a_window_envelope() -> None:
    seen: dict[str, tuple[float, float]] = {}

    def visit(text: str, page: Any, line: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            seen[text.strip()] = (float(page[4] + line[4]), float(page[5] + line[5]))

    made = typeset_letter(letter(), FONTS)
    PdfReader(BytesIO(made.pdf)).pages[0].extract_text(visitor_text=visit)
    # Wherever the folded sheet slides in a No. 10 envelope, its window shows this much of it,
    # from the top: 2.04 to 3.17 inches where the sheet lies low; from the left: 0.875 to 4.375.
    for line in letter().address:
        left, base = next(spot for text, spot in seen.items() if line in text)
        assert 0.875 * 72 <= left <= 4.375 * 72
        assert 2.04 * 72 + 10 <= 792 - base <= 3.17 * 72


def test_long_names_and_addresses_wrap_inside_the_page() -> None:
    unbroken = "Wolfeschlegelsteinhausenbergerdorff" * 6
    made = typeset_letter(
        letter(
            unbroken[:200],
            address=("Commander", "The Consolidated " * 12, unbroken[:200], "Town"),
            letterhead=Letterhead("The Very Long Legal Aid Office " * 7, "line\n" * 9, "UTC"),
        ),
        FONTS,
        draft=False,
    )
    assert unbroken[:200] in words(made.pdf).replace(" ", "")
    for page in PdfReader(BytesIO(made.pdf)).pages:
        assert float(page.mediabox.width) == WIDTH
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=made.pdf, capture_output=True, check=True
    ).stdout.decode()
    edges = [float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)]
    assert edges
    assert max(edges) <= WIDTH - 72 + 0.5


def test_a_letter_the_fonts_lack_stops_everything_and_is_named() -> None:
    for missing in ("李", "א", "ع", "😀"):
        with pytest.raises(AppError) as stopped:
            typeset_letter(letter(f"Ana {missing}"), FONTS)
        assert missing in stopped.value.sentence
        assert f"U+{ord(missing):04X}" in stopped.value.sentence
        assert "Ana" not in stopped.value.sentence
    # The letters after it are whole again.
    assert "Ana" in words(typeset_letter(letter("Ana"), FONTS).pdf)


def test_markup_in_a_name_is_only_letters() -> None:
    text = words(typeset_letter(letter("<b>A&B</b> <img src='x'/>"), FONTS).pdf)
    assert "<b>A&B</b>" in text


def test_damaged_fonts_are_refused_with_a_sentence() -> None:
    with pytest.raises(AppError, match="damaged"):
        typeset_letter(letter(), Fonts(b"no font", b"", b"", b""))


def test_marks_and_ties() -> None:
    assert tidy("the Sheriff's Commanders' Hu\u031bo\u031bng") == "the Sheriff’s Commanders’ Hương"
    tied = tie("8 C.F.R. § 287.7(a); 745 F.3d 634 (3d Cir. 2014); No. 26; Form I-247A; 48 hours")
    assert tied.count("\u00a0") == 9
    assert tie("Apr. 11, 2014") == "Apr.\u00a011, 2014"
