"""The checklist for legal process as a page: all of it, tagged, on one sheet, the same again."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from intake_app.core.errors import AppError
from intake_app.core.legal_process import LegalProcess
from intake_app.documents.legal_process_sheet import legal_process_sheet
from intake_app.workflows.shipped import legal_process, letter_fonts
from tests.tagged_pdf import read_tagged

DAY = date(2026, 11, 22)


def drawn(page: LegalProcess) -> bytes:
    return legal_process_sheet(page, "Legal Aid of Đồng & Søn", DAY, letter_fonts())


def test_every_step_is_on_one_page_and_can_be_read_aloud() -> None:
    page = legal_process()
    pdf = drawn(page)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    words = " ".join(reader.pages[0].extract_text().split())
    steps = [step for part in page.parts for step in part.steps]
    for step in steps:
        # Digits and their units are tied with spaces that do not break.
        assert step.words.replace("§ ", "§ ") in words.replace("\xa0", " ")
    assert "Our counsel, telephone day and night:" in words
    assert "Legal Aid of Đồng & Søn, November 22, 2026." in words
    tagged = read_tagged(pdf)
    assert not tagged.unmarked
    assert len(tagged.of("LBody")) == len(steps)
    assert [tagged.words(node) for node in tagged.of("H2")] == [part.title for part in page.parts]


def test_it_is_the_same_again() -> None:
    assert drawn(legal_process()) == drawn(legal_process())


def test_a_page_made_too_long_is_refused() -> None:
    page = legal_process()
    with pytest.raises(AppError, match="too long for one page"):
        drawn(replace(page, parts=page.parts * 2))
