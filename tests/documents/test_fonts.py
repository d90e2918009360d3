"""Names in every script: written, shaped, broken into lines and read back."""

import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

from intake_app.core.errors import AppError
from intake_app.documents.fonts import Fonts, faces
from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Piece, Stretch, set_lines
from intake_app.documents.typeset import typeset_letter
from intake_app.workflows import shipped
from tests.documents.test_typeset import letter
from tests.pdf_words import shown_text
from tests.tagged_pdf import read_tagged

NAMES = (
    "محمد أحمد عبد الرحمن", "ګل مينه ځدراڼ", "فرزانه پژوهش‌گر", "مُحَمَّد الله", "שרה כהן", "שָׁלוֹם",
    "李明 王小红", "歐陽娜娜",  "たなか ゆうき", "Nguyễn Thị Hương", "Ђорђе Петровић",
    "Θεόδωρος", "Łukasz Żółć",
)  # fmt: skip
FONTS = shipped.letter_fonts()
INK = Ink(10, "0 0 0")


def placed(text: str, width: float = 400) -> list[tuple[Piece | Stretch, ...]]:
    return [line.parts for line in set_lines([Run(text)], faces(FONTS), INK, width)]


def said(part: Piece | Stretch) -> str:
    return part.text if isinstance(part, Piece) else "".join(piece.text for piece in part.pieces)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_as_it_was_typed_everywhere(name: str) -> None:
    one = letter(name, address=(name, "1 Jail Road"), signer=(name,), enclosures=(name,))
    made = typeset_letter(one, FONTS, draft=False)
    read = read_tagged(made.pdf)
    words = read.words(read.root)
    assert words.count(name) >= 6
    assert name in read.words(read.of("H1")[0])
    assert typeset_letter(one, FONTS, draft=False) == made
    assert read.file.check_pdf_syntax() == []
    if any(map(unicodedata.combining, name)):
        return  # readers differ about the order of points and their letter
    assert name.replace("\u200c", "") in shown_text(made.pdf).replace("\u200c", "").splitlines()


def test_arabic_letters_are_joined_and_stand_from_right_to_left() -> None:
    face = next(face for face, _ in faces(FONTS).spread("محمد", bold=False, italic=False))
    forms = face.shaped("محمد")
    assert [form.text for form in forms] == list(reversed("محمد"))
    alone = [face.shaped(letter)[0].letter for letter in "محمد"]
    assert [form.letter for form in forms] != list(reversed(alone))
    joined = face.shaped("الله")
    assert [(form.text, form.several) for form in joined] == [("لله", 1), ("ا", 1)]


def test_a_stretch_from_right_to_left_leaves_what_is_around_it_in_place() -> None:
    ((before, name, after),) = placed("of محمد أحمد, 26-119034 (May 3)")
    assert said(before) == "of "
    assert isinstance(name, Stretch)
    assert said(name) == "محمد أحمد"
    assert said(after) == ", 26-119034 (May 3)"
    ((first, latin, second),) = placed("محمد (Ahmed) أحمد")
    assert [said(first), said(latin), said(second)] == ["محمد", " (Ahmed) ", "أحمد"]


def test_digits_within_a_stretch_run_from_left_to_right() -> None:
    ((street,),) = placed("شارع 26 الملك")
    assert isinstance(street, Stretch)
    assert [piece.text for piece in street.pieces if not piece.forms] == [" 26 "]
    ((eastern,),) = placed("شارع ٢٦ الملك")
    assert isinstance(eastern, Stretch)
    assert "٢٦" in [piece.text.strip() for piece in eastern.pieces if not piece.forms]


def test_chinese_breaks_between_letters_but_not_before_a_closing_mark() -> None:
    lines = ["".join(map(said, parts)) for parts in placed("李明王小红，张伟（李娜）。" * 6, 60)]
    assert len(lines) > 5
    assert "".join(lines) == "李明王小红，张伟（李娜）。" * 6
    assert not [line for line in lines if line[0] in "，）。" or line[-1] == "（"]


def test_a_long_word_breaks_between_whole_letters() -> None:
    for word in ("Nguye\u0302\u0303n" * 30, "محمد" * 50, "שָׁלוֹם" * 30):
        parts = placed(word, 100)
        assert len(parts) > 3
        assert "".join(said(part) for line in parts for part in line) == word
        for line in parts:
            assert sum(part.width for part in line) <= 101
            assert said(line[0])[0] not in "\u0302\u0303\u05b8\u05c1\u05b9"


def test_a_letter_no_font_has_is_named_and_nothing_else_is_told() -> None:
    for missing in ("😀", "\U000f0000", "\ue001", "ཀ"):
        typeset_letter(letter("محمد"), FONTS)
        with pytest.raises(AppError) as stopped:
            typeset_letter(letter(f"Ana {missing} محمد"), FONTS)
        assert f"“{missing}” (U+{ord(missing):04X})" in stopped.value.sentence
        assert "Ana" not in stopped.value.sentence


def test_a_damaged_font_of_another_script_is_refused_with_a_sentence() -> None:
    broken = replace(FONTS, others=(lambda: b"no font",))
    assert typeset_letter(letter("Ana"), broken).pages == 1
    with pytest.raises(AppError, match="damaged"):
        typeset_letter(letter("李明"), broken)


def test_plain_latin_pays_for_no_other_script() -> None:
    read: list[str] = []

    def never() -> bytes:
        read.append("read")
        return b""

    fonts = Fonts(FONTS.regular, FONTS.bold, FONTS.italic, FONTS.bold_italic, others=(never,))
    typeset_letter(letter("Łukasz Nguyễn Θεόδωρος Ђорђе"), fonts)
    assert not read
    code = (
        "import sys; from intake_app.workflows import shipped; shipped.letter_fonts();"
        "assert shipped._font.cache_info().currsize == 4"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
