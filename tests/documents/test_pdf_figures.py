"""Tables of figures set on a page: which columns stand beside each other, and how large."""

import pytest

from intake_app.documents.fonts import faces
from intake_app.documents.pdf_figures import Bar, Bars, Row, figure_table
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import Setter
from intake_app.workflows import shipped


def table(columns: int, rows: int = 3, *, word: str = "Heading", bars: bool = False) -> list[Block]:
    root = Element("Document")
    lines = [
        Row(f"Line {n}", ("1,234",) * columns, Bar(0.5, "50%") if bars else None)
        for n in range(rows)
    ]
    heads = ["Corner", *([word] * columns)]
    shown = Bars("Percent", "Bar chart") if bars else None
    made = figure_table(heads, lines, Setter(faces(shipped.letter_fonts()), tinted=False), root,
                        shown)  # fmt: skip
    tables = [kid for kid in root.kids if isinstance(kid, Element) and kid.kind == "Table"]
    told = [len(t.kids) for t in tables]
    assert sum(told) == len(made)
    return made


@pytest.mark.parametrize(("columns", "tables"), [(1, 1), (6, 1), (8, 1), (16, 2), (30, 4)])
def test_columns_that_do_not_fit_follow_in_tables_of_even_width(columns: int, tables: int) -> None:
    assert len(table(columns)) == tables * 4


def test_a_short_table_stays_whole_and_a_long_one_may_break() -> None:
    short = table(2, rows=20)
    assert all(block.keep for block in short[:-1])
    long = table(2, rows=60)
    assert [n for n, block in enumerate(long) if block.keep] == [0, 1, 59]
    assert all(block.head is long[0] for block in long[1:])


def test_bars_take_room_from_the_columns() -> None:
    assert len(table(7, word="Heading")) == 4
    assert len(table(7, word="Heading", bars=True)) > 4
