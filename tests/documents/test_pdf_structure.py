"""Letters read back with another library: tree, reading order, metadata, fit to be kept."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from intake_app.core.letters.facts import Letterhead
from intake_app.documents.letter_template import Block, Paragraph, Run
from intake_app.documents.letter_text import Letter
from intake_app.documents.pdf_archive import srgb_profile
from intake_app.documents.typeset import typeset_letter
from intake_app.workflows import shipped
from tests.documents.test_typeset import letter
from tests.tagged_pdf import Node, Tagged, read_tagged

ROWS = (("When", "What"), *((f"November {n}, 2026", f"Event number {n}") for n in range(1, 40)))
CITE = Run("Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014)", italic=True, cite=True)


@cache
def logo() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (300, 120), (20, 60, 120, 128)).save(out, "PNG")
    return out.getvalue()


def full_letter(**changes: Any) -> Letter:
    body = (
        Paragraph(Block.TEXT, (Run("We write about محمد أحمد عبد الرحمن, no. 26, and 李明."),)),
        Paragraph(Block.HEADING, (Run("The facts"),)),
        Paragraph(Block.TABLE, (Run("rows"),), rows=ROWS),
        *(Paragraph(Block.TEXT, (Run(f"Part {n}. " + "It goes on and on. " * 30),))
          for n in range(12)),
        Paragraph(Block.QUOTATION, (Run("exact words of a court"),)),
        Paragraph(Block.TEXT, (CITE, Run(". That decision is persuasive."))),
        Paragraph(Block.NUMBERED, (Run("Release."),), "1."),
        Paragraph(Block.NUMBERED, (Run("Confirm."),), "2."),
        Paragraph(Block.BULLET, (Run("No warrant."),)),
        Paragraph(Block.TEXT, (Run("Thank you."),)),
    )  # fmt: skip
    head = Letterhead("Example Legal Aid", "1 Example Street\nTelephone 555", "UTC", logo())
    return replace(letter(letterhead=head, body=body), **changes)


def made(one: Letter, **choices: Any) -> bytes:
    return typeset_letter(one, shipped.letter_fonts(), **choices).pdf


@pytest.fixture(scope="module", params=[(False, False), (True, True)])
def tagged(request: pytest.FixtureRequest) -> Tagged:
    footnotes, draft = request.param
    return read_tagged(made(full_letter(footnotes=footnotes), draft=draft))


def test_every_piece_of_every_page_is_text_or_artifact(tagged: Tagged) -> None:
    assert tagged.unmarked == []
    kinds = Counter(kind for kind, _ in tagged.artifacts)
    pages = len(tagged.file.pages)
    assert pages >= 4
    assert kinds["/Header"] >= pages - 1
    assert sum(words.startswith("Page ") for _, words in tagged.artifacts) == pages


def test_every_marked_piece_has_one_parent_and_the_parent_tree_says_the_same(
    tagged: Tagged,
) -> None:
    placed = [kid for node in tagged.root.all() for kid in node.kids if not isinstance(kid, Node)]
    assert sorted(placed) == sorted(tagged.pieces)
    numbers = list(tagged.file.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    owner = {
        kid: node.entries.objgen
        for node in tagged.root.all()
        for kid in node.kids
        if not isinstance(kid, Node)
    }
    for number, page in enumerate(tagged.file.pages):
        assert page.Tabs == "/S"
        listed = parents[int(page.StructParents)]
        for mark, element in enumerate(listed):
            assert owner[number, mark] == element.objgen
        assert len(listed) == sum(1 for place, _ in tagged.pieces if place == number)


def test_the_order_of_reading_is_the_order_of_the_letter() -> None:
    one = full_letter()
    read = read_tagged(made(one, draft=False))
    words = re.sub(r"\s", "", read.words(read.root)).replace("Enclosures:", "Enclosure:")
    expected = one.text.replace(" · ", " ")
    assert ROWS[-1][-1] in expected
    expected = re.sub(r"^(No warrant)", r"• \1", expected, flags=re.MULTILINE)
    assert words == re.sub(r"\s", "", expected)


def test_every_element_is_where_it_may_be(tagged: Tagged) -> None:
    allowed = {
        "Document": {"P", "H1", "H2", "L", "Table", "Figure", "BlockQuote"},
        "P": {"Reference", "Note"},
        "LBody": {"Reference", "Note"},
        "BlockQuote": {"P"},
        "L": {"LI"},
        "LI": {"Lbl", "LBody"},
        "Table": {"TR"},
        "TR": {"TH", "TD"},
        "Note": {"Lbl"},
    }
    for node in tagged.root.all():
        below = {kid.kind for kid in node.kids if isinstance(kid, Node)}
        assert below <= allowed.get(node.kind, set()), node.kind
        assert node.kids, node.kind
    assert [tagged.words(node) for node in tagged.of("H2")] == ["The facts"]
    assert tagged.words(tagged.of("H1")[0]).startswith("Re:Marie")
    assert [len(node.kids) for node in tagged.of("L")] == [2, 1]
    assert str(tagged.of("L")[0].entries.A.ListNumbering) == "/Decimal"
    assert str(tagged.of("Figure")[0].entries.Alt) == "Example Legal Aid"
    (table,) = tagged.of("Table")
    assert len(table.kids) == len(ROWS)
    assert [str(head.entries.A.Scope) for head in tagged.of("TH")] == ["/Column", "/Column"]


def test_a_paragraph_over_two_pages_is_one_element(tagged: Tagged) -> None:
    split = [
        node
        for node in tagged.of("P")
        if len({kid[0] for kid in node.kids if not isinstance(kid, Node)}) == 2
    ]
    assert split
    for node in split:
        assert tagged.words(node).startswith("Part ")
        assert tagged.words(node).count("It goes on and on.") == 30


def test_a_table_over_two_pages_shows_its_head_again_and_tells_it_once(tagged: Tagged) -> None:
    pages = {kid[0] for node in tagged.of("TD") for kid in node.kids if not isinstance(kid, Node)}
    assert len(pages) == 2
    assert [tagged.words(node) for node in tagged.of("TH")] == ["When", "What"]
    assert [words for _, words in tagged.artifacts].count("When") == 1


def test_a_citation_at_the_foot_is_read_at_its_mark() -> None:
    read = read_tagged(made(full_letter(footnotes=True), draft=False))
    (note,) = read.of("Note")
    assert read.words(note) == "1 Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014)."
    assert note.parent is not None
    assert note.parent.parent is not None
    assert note.parent.parent.kind == "BlockQuote"
    assert read.words(note.parent).startswith("exact words of a court1")
    assert str(note.entries.ID) == "note001"
    names = read.file.Root.StructTreeRoot.IDTree.Kids[0].Names
    assert [str(names[0]), names[1].objgen] == ["note001", note.entries.objgen]
    mark = next(kid for kid in note.parent.kids if isinstance(kid, Node))
    assert mark.kind == "Reference"
    pages = {kid[0] for one in (mark, *note.all()) for kid in one.kids if not isinstance(kid, Node)}
    assert len(pages) == 1
    assert not read_tagged(made(full_letter(), draft=False)).of("Note")


def test_metadata_agree_and_tell_nothing_of_people_or_times(tagged: Tagged) -> None:
    root = tagged.file.Root
    info = {str(key): str(value) for key, value in tagged.file.trailer.Info.items()}
    title = "Request to decline an immigration detainer"
    assert info == {"/Title": title, "/Producer": "Intake Desk", "/Creator": "Intake Desk"}
    raw = root.Metadata.read_raw_bytes().decode()
    assert "/Filter" not in root.Metadata
    with tagged.file.open_metadata() as told:
        assert told["dc:title"] == title
        assert told["pdf:Producer"] == info["/Producer"]
        assert told["xmp:CreatorTool"] == info["/Creator"]
        assert told["dc:language"] == {"en-US"}
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
    assert "Date" not in raw
    assert "creator>" not in raw
    assert str(root.Lang) == "en-US"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)


def test_a_file_to_keep_holds_all_it_needs(tagged: Tagged) -> None:
    file = tagged.file
    assert file.check_pdf_syntax() == []
    assert len(file.trailer.ID) == 2
    (intent,) = file.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert intent.DestOutputProfile.read_bytes() == srgb_profile()
    for item in file.objects:
        if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        assert "/SMask" not in item
        assert "/JS" not in item
        assert item.get("/Type") not in ("/ExtGState", "/Group", "/Action")
        if item.get("/Type") == "/Font":
            assert len(item.FontDescriptor.FontFile2.read_bytes()) > 500
            assert re.match(r"/[A-Z]{6}\+", str(item.BaseFont))
            # A symbolic font names no encoding (ISO 19005-2, 6.2.11.6).
            assert int(item.FontDescriptor.Flags) & 4
            assert "/Encoding" not in item
            assert b"<0000>" not in item.ToUnicode.read_bytes()
            assert_letters_drawn(item)


def test_streams_end_on_a_line_of_their_own() -> None:
    pdf = made(full_letter(), draft=False, office_copy=True)
    ends = len(re.findall(rb"endstream\s+endobj", pdf))
    assert ends == len(re.findall(rb"\nendstream\nendobj", pdf)) > 10
    for length, data in re.findall(rb"/Length (\d+)[^>]*>>\s*stream\n(.*?)\nendstream", pdf, re.S):
        assert len(data) == int(length)


def assert_letters_drawn(font: Any) -> None:
    """Each code that stands for a letter has a form, as wide as the file says."""
    read = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
    forms, units = read["cmap"].tables[0].cmap, read["head"].unitsPerEm
    told = re.findall(rb"<([0-9A-F]{2})> <[0-9A-F]{4,}>", font.ToUnicode.read_bytes())
    for code in (int(one, 16) for one in told):
        width = read["hmtx"][forms.get(code, ".notdef")][0] * 1000 / units
        assert abs(float(font.Widths[code]) - width) <= 1
    # Space has its code in every subset; it is drawn with the letters of the family alone.
    if "NotoSerif-" in str(font.BaseFont):
        assert read.getGlyphID(forms[32]) != 0


def test_the_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert ours.profile.version == pytest.approx(2.1)
    colors = Image.new("RGB", (16, 16))
    colors.putdata([(x * 16, y * 16, (x + y) * 8) for y in range(16) for x in range(16)])
    through = ImageCms.profileToProfile(colors, ours, ImageCms.createProfile("sRGB"))
    assert through is not None
    off = [abs(a - b) for a, b in zip(through.tobytes(), colors.tobytes(), strict=True)]
    assert max(off) <= 2


def test_the_same_facts_give_the_same_bytes_whatever_was_written_before() -> None:
    first = made(full_letter())
    made(full_letter(re=(Run("ګل مينه ځدراڼ שלום 王小红 الله محمد"),)))
    assert made(full_letter()) == first
    assert read_tagged(first).file.trailer.ID[0] != read_tagged(made(letter())).file.trailer.ID[0]
