"""Letters as real PDFs, read back: words, fonts, pages, metadata, the same bytes again."""

import itertools
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from intake_app.core.errors import AppError
from intake_app.core.letters.facts import Letterhead
from intake_app.documents import pdf_pages
from intake_app.documents.fonts import Fonts
from intake_app.documents.letter_template import Block, Paragraph, Run
from intake_app.documents.letter_text import Checked, Letter
from intake_app.documents.pdf_pen import TINT
from intake_app.documents.pdf_styles import WIDTH
from intake_app.documents.typeset import typeset_letter
from intake_app.documents.typography import tidy, tie
from tests.pdf_words import placed_words

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
        consents=(),
        footnotes=False,
        template_version="1",
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
    edges = [word.right for word in placed_words(made.pdf)]
    assert len(edges) > 100
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


def painted(pdf: bytes) -> str:
    """The operators of all pages."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "\n".join(page.get_contents().get_data().decode("latin-1") for page in pages)  # type: ignore[union-attr]


def test_what_a_person_wrote_and_what_needed_consent_shows_in_the_draft_alone() -> None:
    plain = letter(body=(Paragraph(Block.TEXT, (Run("born May 3, 1990"),)),))
    opened = (Run("born "), Run("May 3, 1990", group="health"))
    secret = letter(body=(Paragraph(Block.TEXT, opened),))
    edited = letter(body=(Paragraph(Block.TEXT, (Run("born May 3, 1990"),), edited=True),))
    drafts = {painted(typeset_letter(one, FONTS).pdf) for one in (plain, secret, edited)}
    assert len(drafts) == 3
    assert sum(f"{TINT} rg" in one for one in drafts) == 1
    sent = {painted(typeset_letter(one, FONTS, draft=False).pdf) for one in (plain, edited)}
    assert len(sent) == 1
    assert TINT not in painted(typeset_letter(secret, FONTS, draft=False).pdf)


def test_only_the_office_copy_tells_the_checks() -> None:
    checked = (Checked("C01", "Galarza", date(2026, 11, 2)),)
    one = letter(checked=checked, template_version="text-7", library_version="law-9")
    sent = typeset_letter(one, FONTS, draft=False)
    office = typeset_letter(one, FONTS, draft=False, office_copy=True)
    for told in ("text-7", "law-9", "C01", "November 2, 2026", "Office copy"):
        assert told not in words(sent.pdf)
        assert told in words(office.pdf)
    assert office.pages == sent.pages
    pages = PdfReader(BytesIO(office.pdf)).pages
    assert len(pages) == sent.pages + 1
    # The pages before it are those that are sent.
    sent_pages = PdfReader(BytesIO(sent.pdf)).pages
    for mine, theirs in zip(pages, sent_pages, strict=False):
        assert mine.extract_text() == theirs.extract_text()


def picture(kind: str, mode: str, color: Any, size: tuple[int, int] = (400, 100)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, color).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    "logo",
    [
        picture("PNG", "RGBA", (10, 20, 200, 90)), picture("PNG", "P", 3),
        picture("PNG", "LA", (9, 9)), picture("JPEG", "CMYK", (0, 90, 90, 10)),
        picture("JPEG", "L", 90),
        picture("PNG", "RGB", (1, 2, 3), (40, 4000)),
    ],
)  # fmt: skip
def test_a_logo_of_any_colors_stands_in_the_letterhead(logo: bytes) -> None:
    head = Letterhead("Example Legal Aid", "1 Example Street", "UTC", logo)
    pdf = typeset_letter(letter(letterhead=head), FONTS, draft=False).pdf
    (image,) = (one for one in _objects(pdf) if isinstance(one, StreamObject)
                and one.get("/Subtype") == "/Image")  # fmt: skip
    assert str(image["/ColorSpace"]) == "/DeviceRGB"
    assert "/SMask" not in image
    wide, _, _, high, left, bottom = map(
        float, re.findall(r"(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) cm\s+/FormXob", painted(pdf))[0]
    )
    assert wide <= 150
    assert high <= 58
    across, down = Image.open(BytesIO(logo)).size
    assert wide / high == pytest.approx(across / down, rel=0.02)
    assert left + wide == pytest.approx(WIDTH - 72)
    assert bottom + high == pytest.approx(792 - 54)
    assert "Example Legal Aid" in words(pdf)


def test_a_logo_that_is_no_picture_is_refused_with_a_sentence() -> None:
    good = picture("PNG", "RGB", (1, 2, 3))
    for bad in (b"no picture", good[: len(good) // 2], b"GIF89a" + bytes(40), b""):
        head = Letterhead("Example Legal Aid", "1 Example Street", "UTC", bad)
        with pytest.raises(AppError, match="picture"):
            typeset_letter(letter(letterhead=head), FONTS)


CITE = (Run("Galarza", italic=True, cite=True), Run(", 745 F.3d 634", cite=True))


def cited(*runs: Run, before: str = "It is a request. ") -> str:
    one = letter(
        body=(
            Paragraph(Block.TEXT, (Run("First."),)),
            Paragraph(Block.TEXT, (Run(before), *CITE, *runs)),
        ),
        footnotes=True,
    )
    return words(typeset_letter(one, FONTS, draft=False).pdf)


def test_a_citation_that_is_a_sentence_goes_to_the_foot() -> None:
    assert "It is a request. 1 That is binding." in cited(Run(". That is binding.")).replace(
        "request.1", "request. 1"
    )
    assert re.search(r"First\. ?1 ?That is binding\.", cited(Run(". That is binding."), before=""))
    assert "In Galarza, 745 F.3d 634, it" in cited(Run(", it was held."), before="In ")
    assert "It is a request. Galarza, 745 F.3d 634, says so." in cited(Run(", says so."))
    assert "See Galarza, 745 F.3d 634." in cited(Run("."), before="See ")
    two = cited(Run("; "), Run("Lopez", cite=True), Run(". So it is."))
    assert re.search(r"1 ?Galarza, 745 F\.3d 634; Lopez\.", two)
    assert "request. Galarza" not in two


def heights(page: Any, shown: str) -> list[float]:
    """How high on the page the pieces stand that hold these words."""
    found: list[float] = []

    def visit(text: str, at: Any, line: Any, _font: Any, _size: Any) -> None:
        if shown in text:
            found.append(float(at[5] + line[5]))

    page.extract_text(visitor_text=visit)
    return found


def lowest_text(page: Any) -> float:
    return min(heights(page, "goes"))


def highest_note(page: Any) -> float:
    return max(heights(page, "Galarza"))


@pytest.mark.parametrize("sentences", range(25, 50, 3))
def test_notes_are_numbered_through_the_letter_and_stand_on_the_page_of_their_mark(
    sentences: int,
) -> None:
    text = "It goes on. " * sentences
    body = tuple(
        Paragraph(Block.TEXT, (Run(f"Part {n} begins. {text}"), *CITE, Run(f". End{n}.")))
        for n in range(24)
    )
    made = typeset_letter(letter(body=body, footnotes=True), FONTS, draft=False)
    seen = []
    for page in PdfReader(BytesIO(made.pdf)).pages:
        text = page.extract_text()
        marks = re.findall(r"It goes on\.\s?(\d+)\s?End\d+\.", " ".join(text.split()))
        notes = re.findall(r"^(\d+)\s*Galarza", text, re.MULTILINE)
        assert marks == notes
        seen += notes
        assert lowest_text(page) > highest_note(page) + 14
    assert seen == [str(number) for number in range(1, 25)]
    assert made.pages >= 3


def test_six_pages_with_all_there_is_lose_no_word() -> None:
    rows = (("When", "What"), *((f"day {n}", f"event {n}") for n in range(30)))
    one = letter(paragraphs=30)
    body = (*one.body, Paragraph(Block.TABLE, (Run("x"),), rows=rows), *one.body)
    made = typeset_letter(replace(one, body=body, footnotes=True), FONTS, draft=False)
    assert made.pages >= 6
    text = words(made.pdf)
    assert text.count("8 C.F.R. § 287.7(a)") == 2 * 30 * 4
    for n in range(30):
        assert f"day {n} event {n}" in text


def test_a_letter_a_little_too_long_is_set_closer(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Words of the letter, one after the other, that fill a line or two. " * 2

    def pages(paragraphs: int) -> int:
        body = tuple(Paragraph(Block.TEXT, (Run(words),)) for _ in range(paragraphs))
        return typeset_letter(letter(body=body), FONTS, draft=False).pages

    counts = range(8, 30)
    closer = [pages(count) for count in counts]
    monkeypatch.setattr(pdf_pages, "_CLOSER", ())
    usual = [pages(count) for count in counts]
    saved = [before - after for before, after in zip(usual, closer, strict=True)]
    assert set(saved) == {0, 1}
    # Only where the last page would be all but empty: a longer one is left as it is.
    assert saved.count(1) < len(saved) / 3
