"""The recovery sheet: one page, the code readable to the last mark."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.core.errors import AppError
from intake_app.documents.fonts import Fonts
from intake_app.documents.recovery_sheet import recovery_sheet

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"
FONTS = Fonts(
    *((FOLDER / f"NotoSerif-{style}.ttf").read_bytes() for style in
      ("Regular", "Bold", "Italic", "BoldItalic"))
)  # fmt: skip
CODE = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"
DAY = date(2026, 11, 22)


def read(pdf: bytes) -> tuple[int, str]:
    reader = PdfReader(BytesIO(pdf))
    return len(reader.pages), "\n".join(page.extract_text() for page in reader.pages)


def test_the_code_can_be_read_back_from_one_page() -> None:
    pages, text = read(recovery_sheet("Legal Aid of Đồng & Søn", CODE, DAY, FONTS))
    assert pages == 1
    assert CODE in re.sub(r"\s+", "", text)
    assert "Legal Aid of Đồng & Søn" in text
    assert "November 22, 2026" in text
    for heading in ("What it is for", "Keep it in a safe", "How to use it"):
        assert heading in text


def test_it_is_the_same_again_and_tells_nothing_in_its_metadata() -> None:
    pdf = recovery_sheet("Example", CODE, DAY, FONTS)
    assert pdf == recovery_sheet("Example", CODE, DAY, FONTS)
    assert b"ABCD-EFGH" not in pdf
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.title == "Recovery sheet"
    assert not metadata.author
    assert b"Helvetica" not in pdf


def test_a_long_office_name_still_fits_and_a_long_code_is_refused() -> None:
    pages, text = read(recovery_sheet("Very Long Name " * 60, CODE, DAY, FONTS))
    assert pages == 1
    assert CODE in re.sub(r"\s+", "", text)
    assert "Put there by" in text
    with pytest.raises(AppError, match="too long"):
        recovery_sheet("Example", "-".join(["ABCD"] * 25), DAY, FONTS)


def test_a_letter_the_fonts_lack_makes_no_sheet() -> None:
    with pytest.raises(AppError, match="法"):
        recovery_sheet("法律", CODE, DAY, FONTS)
