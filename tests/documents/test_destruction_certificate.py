"""The certificate: all it says is on its pages, tagged, and the same again."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from intake_app.documents.destruction_certificate import (
    Certified,
    CertifiedGroup,
    destruction_certificate,
)
from intake_app.workflows.shipped import letter_fonts
from tests.tagged_pdf import read_tagged

DAY = date(2026, 11, 22)
NUMBERS = tuple(f"2019-{number:04}" for number in range(1, 501))
TOLD = Certified(
    office="Legal Aid of Đồng & Søn",
    number=3,
    moment="November 22, 2026 at 13:11 (America/New_York)",
    by="A. Ruiz",
    groups=(
        CertifiedGroup("the whole case", "rule “The whole case, 7 years after closing”", NUMBERS),
        CertifiedGroup("deleted entries", "deleted more than 30 days ago", ("2026-0001",)),
    ),
    counts=("500 records of answers", "2 documents"),
    removed=("In one transaction.",),
    backups=("No backup that can be reached holds any of it.",),
    not_reached=(),
    stays=("The numbers of the cases.",),
)


def drawn(told: Certified = TOLD) -> bytes:
    return destruction_certificate(told, DAY, letter_fonts())


def words_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\xa0", " ")


def test_every_case_and_sentence_is_on_it_and_can_be_read_aloud() -> None:
    pdf = drawn()
    words = words_of(pdf)
    assert all(number in words for number in NUMBERS)
    assert "500 cases: 2019-0001, 2019-0002" in words
    assert "The whole case (rule “The whole case, 7 years after closing”)" in words
    assert "Destroyed on November 22, 2026 at 13:11 (America/New_York) by A. Ruiz." in words
    for sentence in (*TOLD.counts, *TOLD.removed, *TOLD.backups, *TOLD.stays):
        assert sentence in words
    tagged = read_tagged(pdf)
    assert not tagged.unmarked
    assert [tagged.words(node) for node in tagged.of("H1")] == ["Certificate of destruction 3"]
    headings = [tagged.words(node) for node in tagged.of("H2")]
    assert headings == [
        "What was destroyed, and why",
        "How much",
        "How it was removed, and checked",
        "Backups",
        "What stays",
    ]
    count = len(PdfReader(BytesIO(pdf)).pages)
    assert count > 1
    assert f"Page {count} of {count}" in words


def test_it_is_the_same_again_and_another_run_is_another() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(replace(TOLD, number=4))
