"""A release as a workbook: a first sheet that says what it is, then a sheet for each part.

Texts and numbers only: no formula, no macro, no link. Written in memory, without a clock, so
that the same release gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from intake_app.core.disclosure.figures import WITHHELD
from intake_app.core.reports.release import ReportPart
from intake_app.documents.report_csv import no_formula
from intake_app.documents.report_grid import Grid, Value, grids
from intake_app.documents.report_words import meaning

_CHOICES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # Excel knows no zones; not a time of anything
_WIDEST, _NARROWEST = 44, 9
_MOST_SHEETS_LETTERS = 31


def report_xlsx(title: str, about: Sequence[str], parts: Mapping[str, ReportPart]) -> bytes:
    """`about` are the paragraphs of the first sheet; `parts` by the name of their sheet."""
    out = BytesIO()
    book = Workbook(out, _CHOICES)
    book.set_properties({"title": title, "created": _CREATED})
    looks = _Looks(book)
    _first_sheet(book, looks, title, about, parts)
    for name, part in parts.items():
        _part_sheet(book, looks, name, part)
    book.close()
    return out.getvalue()


class _Looks:
    """The formats of the cells."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quiet = book.add_format({"font_color": "#555555"})
        self.strong = book.add_format({"bold": True})
        head: dict[str, Any] = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        self.corner = book.add_format(head)
        self.head = book.add_format(head | {"align": "right"})
        line: dict[str, Any] = {"bottom": 4, "bottom_color": "#BBBBBB"}
        last: dict[str, Any] = {"bold": True, "top": 1}
        self._kinds = {
            (kind, total): book.add_format((last if total else line) | more)
            for total in (False, True)
            for kind, more in (
                ("label", {"text_wrap": True, "valign": "top"}),
                ("whole", {"num_format": "#,##0"}),
                ("broken", {"num_format": "#,##0.0##"}),
                ("withheld", {"align": "right", "font_color": "#555555"}),
            )
        }

    def of(self, kind: str, *, total: bool) -> Any:
        """The format of a label or a figure, on a usual line or the total."""
        return self._kinds[kind, total]


def _first_sheet(
    book: Workbook,
    looks: _Looks,
    title: str,
    about: Sequence[str],
    parts: Mapping[str, ReportPart],
) -> None:
    sheet = book.add_worksheet("About")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, no_formula(title), looks.title)
    row = 2
    for paragraph in about:
        sheet.merge_range(row, 0, row, 1, "", looks.text)
        sheet.write_string(row, 0, no_formula(paragraph), looks.text)
        sheet.set_row(row, 15 * (1 + len(paragraph) // 100))
        row += 1
    sheet.write_string(row + 1, 0, "Sheet", looks.corner)
    sheet.write_string(row + 1, 1, "What it shows", looks.corner)
    for number, (name, part) in enumerate(parts.items(), row + 2):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, no_formula(part.table.shape.title), looks.text)
    _print_like(sheet, (0, 0))


def _part_sheet(book: Workbook, looks: _Looks, name: str, part: ReportPart) -> None:
    sheet = book.add_worksheet(name[:_MOST_SHEETS_LETTERS])
    sheet.hide_gridlines(2)
    shape = part.table.shape
    sheet.write_string(0, 0, no_formula(shape.title), looks.title)
    sheet.write_string(1, 0, f"{shape.window.words} · {meaning(shape.guard)}", looks.quiet)
    made = grids(part)
    row = 3
    for grid in made:
        if grid.title:
            sheet.write_string(row, 0, no_formula(grid.title), looks.strong)
            row += 1
        _grid(sheet, looks, grid, row)
        row += len(grid.rows) + 2
    _widths(sheet, made)
    # One head stays in sight; of several grids only the labels can.
    first = 3 + bool(made[0].title) + 1
    sheet.freeze_panes(first if len(made) == 1 else 3, 1)
    _print_like(sheet, (0, first - 1 if len(made) == 1 else 1))


def _grid(sheet: Any, looks: _Looks, grid: Grid, row: int) -> None:
    sheet.write_string(row, 0, no_formula(grid.corner), looks.corner)
    for column, label in enumerate(grid.columns, 1):
        sheet.write_string(row, column, no_formula(label), looks.head)
    for number, (label, values) in enumerate(grid.rows, 1):
        total = grid.totals and number == len(grid.rows)
        sheet.write_string(row + number, 0, no_formula(label), looks.of("label", total=total))
        for column, value in enumerate(values, 1):
            _figure(sheet, looks, (row + number, column), value, total=total)


def _figure(sheet: Any, looks: _Looks, spot: tuple[int, int], value: Value, *, total: bool) -> None:
    if value is None:
        sheet.write_string(*spot, WITHHELD, looks.of("withheld", total=total))
    else:
        kind = "whole" if value == int(value) else "broken"
        sheet.write_number(*spot, value, looks.of(kind, total=total))


def _widths(sheet: Any, made: Sequence[Grid]) -> None:
    labels = [label for grid in made for label, _ in grid.rows]
    sheet.set_column(0, 0, _fitting([*labels, *(grid.corner for grid in made)]))
    for column in range(max(len(grid.columns) for grid in made)):
        heads = [g.columns[column] for g in made if column < len(g.columns)]
        # A heading may break between words; no word may.
        sheet.set_column(column + 1, column + 1, _fitting(w for h in heads for w in h.split()))


def _fitting(words: Any) -> int:
    return min(_WIDEST, max(_NARROWEST, max(map(len, words), default=0) + 2))


def _print_like(sheet: Any, heads: tuple[int, int]) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(1)
    if heads[1]:
        sheet.repeat_rows(*heads)
