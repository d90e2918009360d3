"""A No. 10 envelope, read back: size, place of the address, and who sends it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from intake_app.core.errors import AppError
from intake_app.documents.envelope import envelope
from intake_app.workflows.shipped import letter_fonts

SHERIFF = ("Sheriff or Jail Commander", "Example County Jail", "100 Example Road", "Town, FL 33000")
OFFICE = ("Legal Aid Office of the Bay", "100 Example Avenue")


def placed(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each piece of text with its place in inches from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def see(text: str, _cm: object, tm: list[float], *_: object) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] / 72, tm[5] / 72))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return found


def test_its_size_and_where_the_post_office_looks_for_the_address() -> None:
    pdf = envelope(SHERIFF, OFFICE, letter_fonts())
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert [float(side) for side in page.mediabox[2:]] == [9.5 * 72, 4.125 * 72]
    where = {text: (x, y) for text, x, y in placed(pdf)}
    for line in SHERIFF:
        x, y = where[line]
        assert 3.5 < x < 5
        assert 0.625 < y < 2.75
    assert where[OFFICE[0]][0] < 1
    assert where[OFFICE[0]][1] > 3.5


def test_a_plain_one_shows_nobody_who_sends_it() -> None:
    pdf = envelope(SHERIFF, (), letter_fonts())
    assert [text for text, _, _ in placed(pdf)] == list(SHERIFF)
    assert b"Legal Aid" not in pdf


def test_the_same_words_give_the_same_bytes_and_no_name_in_the_metadata() -> None:
    pdf = envelope(SHERIFF, OFFICE, letter_fonts())
    assert pdf == envelope(SHERIFF, OFFICE, letter_fonts())
    told = PdfReader(BytesIO(pdf)).metadata
    assert told is not None
    assert (told.title, told.author) == ("Envelope", "")


def test_a_long_name_and_any_script_fit() -> None:
    names = ("N" * 200, "Nguyễn Ånna Müller", "Жанна 王小明 محمد")
    pdf = envelope((*names, *SHERIFF), OFFICE, letter_fonts())
    assert all(y > 0.625 and x < 9.5 for _, x, y in placed(pdf)[: -len(OFFICE)])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ((), "no address"),
        ((" ",), "no address"),
        (("x",) * 60, "too long"),
        (("\u1234",), "U\\+1234"),
    ],
)
def test_what_can_not_be_printed_is_one_sentence(address: tuple[str, ...], said: str) -> None:
    with pytest.raises(AppError, match=said):
        envelope(address, OFFICE, letter_fonts())
