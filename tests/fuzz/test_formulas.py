"""Whatever a text says, no spreadsheet of any country runs it, and numbers stay numbers.

Every writer of a table is tried: published tables, case rows, workbooks, and the export of
everything. What is written is read back as programs do it, parted at every mark one may part at.
"""

import csv
import io
import re
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake_app.core.disclosure.case_rows import generalize
from intake_app.core.disclosure.figures import Group
from intake_app.core.disclosure.hierarchies import ANY, Hierarchy
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.documents.office_export import csv_head, csv_lines
from intake_app.documents.report_csv import long_csv, read_back, wide_csv
from intake_app.documents.report_xlsx import report_xlsx
from intake_app.documents.rows_csv import rows_csv
from tests.published_rows import Q1
from tests.report_parts import a_part
from tests.soak import how_many

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PARTS = [
    *STARTS,
    '"',
    "'",
    ",",
    ";",
    "|",
    " ",
    "\xa0",
    "\ufeff",
    "\u200b",
    "1",
    "A1",
    "()",
    "s",
    "é",
]

evil = st.one_of(
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
many = settings(max_examples=how_many(60, 3_000), deadline=None)


def starts_a_formula(cell: str) -> bool:
    """Told here anew, not with the program's own list."""
    unseen = r"[\s\x00\ufeff\u200b-\u200f\u2060\u202a-\u202e]*"
    return bool(re.match(rf"{unseen}[=+\-@＝＋－＠]", cell))


def check_csv(content: bytes) -> None:
    """Nothing runs wherever cells are parted; figures may be below zero."""
    text = content.decode("utf-8-sig")
    for mark in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            for cell in row:
                assert not starts_a_formula(cell) or _is_number(cell), (mark, cell)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


def _labels(word: str) -> tuple[str, str]:
    return word, word + "x"


@many
@given(evil)
@example('";=1+1')
@example("a;=cmd|' /C calc'!A0")
@example("a\n=1+1")
@example('a;"=1+1"')
@example(" =1+1")
@example("\ufeff=1+1")
def test_published_tables(word: str) -> None:
    part = a_part((20, None, 41), _labels(word), title=word)
    for content in (long_csv(part), wide_csv(part)):
        check_csv(content)
    read = list(csv.reader(io.StringIO(long_csv(part).decode("utf-8-sig"), newline="")))
    if "'" not in word:
        assert tuple(read_back(row[2]) for row in read[1:3]) == _labels(word)
    assert not read[1][2].startswith(STARTS)
    assert read[1][-2] == "20"


@many
@given(evil)
def test_case_rows(word: str) -> None:
    first, second = _labels(word)
    levels = (
        (Group(ANY, frozenset({first, second})),),
        (Group(first, frozenset({first})), Group(second, frozenset({second}))),
    )
    facts = Rows(Population.EPISODES, 40, {"county": Column.of((first, second) * 20)}, {})
    classes = generalize(facts, [Hierarchy("county", "County", levels)], 11)
    check_csv(rows_csv(PublishedRows(Q1, 11, classes), np.arange(40)))


@many
@given(evil, st.integers(-(10**12), 10**12))
@example("=cmd|' /C calc'!A0", -3)
def test_export_of_everything(word: str, number: int) -> None:
    columns = ["text", "figure", "none"]
    content = csv_head(columns) + csv_lines(
        columns, [{"text": word, "figure": number, "none": None}]
    )
    _, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert not starts_a_formula(row[0])
    assert not row[0].startswith(STARTS)
    assert row[0].replace("'", "") == word.replace("'", "")
    assert row[1:] == [str(number), ""]
    check_csv(csv_lines(columns, [{"text": word, "figure": 1, "none": None}]))


@settings(max_examples=how_many(10, 400), deadline=None)
@given(evil)
@example("=1+1")
def test_workbooks(word: str) -> None:
    part = a_part((20, None, 41), _labels(word), title=word)
    with ZipFile(io.BytesIO(report_xlsx(word, [word], {"T1": part}))) as book:
        names = book.namelist()
        sheets = [book.read(name).decode() for name in names if name.startswith("xl/worksheets/")]
        texts = [
            "".join(item.itertext())
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314
        ]
    assert not any("vba" in name.lower() or "external" in name.lower() for name in names)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert "<v>20</v>" in "".join(sheets)
    assert not any(starts_a_formula(text) for text in texts), texts
