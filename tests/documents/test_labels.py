"""A sheet of 30 labels, read back: each address on its own label, from the one chosen."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from intake_app.core.errors import AppError
from intake_app.documents.labels import label_sheets
from intake_app.workflows.shipped import letter_fonts


def label_of(x: float, y: float) -> int:
    """Which label a place in points from the lower left corner is on, from 1; 0: between two."""
    column, row = (x - 13.5) / 198, (792 - 36 - y) / 72
    inside = 0 <= column % 1 <= 189 / 198 and 0 <= row < 10
    return int(row) * 3 + int(column) + 1 if inside else 0


def sheets(pdf: bytes) -> list[dict[str, int]]:
    told = []
    for page in PdfReader(BytesIO(pdf)).pages:
        found: dict[str, int] = {}

        def see(
            text: str, _cm: object, tm: list[float], *_: object, found: dict[str, int] = found
        ) -> None:
            if text.strip():
                found[text.strip()] = label_of(tm[4], tm[5])

        page.extract_text(visitor_text=see)
        told.append(found)
    return told


def test_every_address_is_on_a_label_of_its_own_from_the_one_chosen() -> None:
    addresses = [(f"Jail {n}", f"{n} Example Road") for n in range(40)]
    first, second = sheets(label_sheets(addresses, letter_fonts(), first=5))
    assert [first[f"Jail {n}"] for n in range(26)] == list(range(5, 31))
    assert [second[f"Jail {n}"] for n in range(26, 40)] == list(range(1, 15))
    assert all(first[f"{n} Example Road"] == first[f"Jail {n}"] for n in range(26))


def test_a_sheet_that_is_just_full_has_no_empty_one_after_it() -> None:
    assert len(sheets(label_sheets([("A", "B")] * 30, letter_fonts()))) == 1


def test_a_long_name_stays_on_its_label() -> None:
    (sheet,) = sheets(label_sheets([("Long " * 40, "Road", "Town")], letter_fonts(), first=8))
    assert set(sheet.values()) == {8}


@pytest.mark.parametrize(
    ("addresses", "first", "said"),
    [
        ([("A",)], 0, "from 1 to 30"),
        ([("A",)], 31, "from 1 to 30"),
        ([], 1, "Choose somebody"),
        ([("A",), ()], 1, "no address"),
        ([("x",) * 20], 1, "too long"),
    ],
)
def test_what_can_not_be_printed_is_one_sentence(
    addresses: list[tuple[str, ...]], first: int, said: str
) -> None:
    with pytest.raises(AppError, match=said):
        label_sheets(addresses, letter_fonts(), first)
