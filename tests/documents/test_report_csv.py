"""CSV of a part, read back as spreadsheets and programs do."""

import csv
import io
from dataclasses import replace

import pytest

from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.rows import Population
from intake_app.documents.report_csv import long_csv, no_formula, plain, read_back, wide_csv
from intake_app.documents.spreadsheets import read_csv
from tests.report_parts import a_part, invented_part, shipped_tables
from tests.report_rows import invented_rows

EVIL = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1",
    'a;=cmd|" /C calc"!A0', 'b,=1+1', "c\t=1+1", "d\n=1+1", 'e"=1+1',
)  # fmt: skip


def rows(content: bytes, mark: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=mark))


def seven(part_id: str, size: int = 5000) -> ReportPart:
    (table,) = [t for t in shipped_tables() if any(p.id == part_id for p in t.parts)]
    (part,) = [p for p in table.parts if p.id == part_id]
    return invented_part(table, part, invented_rows(size, 3))


def test_each_figure_has_a_line_that_says_where_it_stands() -> None:
    part = a_part((20, None, 41, 30, 0, 30, 50, None, 71), ("A", "B"), ("C", "D"))
    content = long_csv(part)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == 10
    assert rows(content)[:4] == [
        ["table_id", "period", "side0", "side1", "measure", "value", "flag"],
        ["T1", "2026-Q3", "A", "C", "cases", "20", ""],
        ["T1", "2026-Q3", "A", "D", "cases", "", "s"],
        ["T1", "2026-Q3", "A", "Total", "cases", "41", ""],
    ]
    assert rows(content)[-1] == ["T1", "2026-Q3", "Total", "Total", "cases", "71", ""]


@pytest.mark.parametrize(
    ("population", "measure"),
    [
        (Population.EPISODES, "cases"),
        (Population.LETTERS, "letters"),
        (Population.RESPONSES, "responses"),
    ],
)
def test_the_measure_says_what_is_counted(population: Population, measure: str) -> None:
    content = long_csv(a_part((11,), population=population))
    assert rows(content)[1] == ["T1", "2026-Q3", measure, "11", ""]


def test_amounts_are_further_measures() -> None:
    part = seven("T7a")
    told = {row[2]: row[3] for row in rows(long_csv(part))[1:]}
    assert list(told) == [
        "cases",
        *(f"hours_held {word}" for word in
          ("known", "not known", "total", "mean", "median", "reached")),
    ]  # fmt: skip
    assert int(told["hours_held known"]) + int(told["hours_held not known"]) == int(told["cases"])
    assert told["hours_held total"] == plain(part.amounts[0].totals[0] or 0)


def test_a_withheld_amount_is_flagged_like_a_count() -> None:
    part = seven("T7a")
    amounts = replace(part.amounts[0], means=(None,))
    found = [r for r in rows(long_csv(replace(part, amounts=(amounts,)))) if "mean" in r[2]]
    assert found == [["T7a", "2026-Q3", "hours_held mean", "", "s"]]


def test_three_sides_lie_as_blocks_in_the_wide_form() -> None:
    sides = (("A", "B"), ("C", "D"), ("E", "F"))
    told = rows(wide_csv(a_part(tuple(range(100, 127)), *sides, guard=Guard.VICTIM)))
    assert told[1] == ["s = withheld to protect people; may be small or large, and may be zero"]
    assert told[2:8] == [
        [],
        ["Side 0: A"],
        ["Side 1 / Side 2", "E", "F", "Total"],
        ["C", "100", "101", "102"],
        ["D", "103", "104", "105"],
        ["Total", "106", "107", "108"],
    ]
    assert ["Side 0: Total"] in told
    assert told[-1] == ["Total", "124", "125", "126"]


def test_a_withheld_figure_is_s_in_the_wide_form() -> None:
    told = rows(wide_csv(a_part((None, 30, None), ("A", "B"))))
    assert told[-4:] == [["Side 0", "Cases"], ["A", "s"], ["B", "30"], ["Total", "s"]]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_no_text_can_start_a_formula_in_any_countrys_spreadsheet(evil: str, mark: str) -> None:
    part = a_part((20, 30, 50, 20, 30, 50, 40, 60, 100), (evil, "B"), ("C", evil), title=evil)
    axes = tuple(replace(axis, title=evil) for axis in part.table.shape.axes)
    part = replace(part, table=replace(part.table, shape=replace(part.table.shape, axes=axes)))
    for content in (long_csv(part), wide_csv(part)):
        for row in rows(content, mark):
            for cell in row:
                assert not cell.lstrip(' "').startswith(EVIL[:4]), row
                assert not cell.startswith(("＝", "＋", "－", "＠")), row
                assert mark != "," or not cell.startswith(("\t", "\r", "\n")), row
    assert evil in {read_back(cell) for row in rows(wide_csv(part)) for cell in row}


def test_a_number_is_never_made_a_text() -> None:
    assert [plain(n) for n in (-3, 0, 91000.0, 2.5, 0.12, 12_000_000.0)] == [
        "-3", "0", "91000", "2.5", "0.12", "12000000",
    ]  # fmt: skip
    assert no_formula("-3") == "'-3"
    part = seven("T7a")
    amounts = replace(part.amounts[0], means=(-3.5,))
    assert b"hours_held mean,-3.5,\r\n" in long_csv(replace(part, amounts=(amounts,)))


def test_the_programs_own_reader_reads_it() -> None:
    read = read_csv(long_csv(a_part((20, 30, 50), ("Ångström, “x”", "B"))))
    assert read.header[:3] == ("table_id", "period", "side0")
    assert next(read.rows)[2] == "Ångström, “x”"


def test_a_side_named_like_a_column_gets_a_name_of_its_own() -> None:
    part = a_part((20, 30, 50), ("A", "B"))
    axes = (replace(part.table.shape.axes[0], dimension="value"),)
    part = replace(part, table=replace(part.table, shape=replace(part.table.shape, axes=axes)))
    header = rows(long_csv(part))[0]
    assert len(set(header)) == len(header)
