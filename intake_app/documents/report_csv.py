"""A part of a release as CSV, in long form for programs and in wide form for spreadsheets.

UTF-8 with byte order mark, CRLF. No text can start a formula, in whichever spreadsheet.
"""

import re
from collections.abc import Iterable, Sequence

from intake_app.core.disclosure.figures import WITHHELD
from intake_app.core.reports.release import ReportPart
from intake_app.documents.report_grid import Value, all_series, grids
from intake_app.documents.report_words import meaning

_FIXED = ("table_id", "period", "measure", "value", "flag")
_NOT_SEEN = r"[\s\"\0\u200b-\u200f\u202a-\u202e\u2060\ufeff]*"
_CELL_STARTS, _SIGN = rf"((?:^|[,;|\t\r\n]){_NOT_SEEN})", r"(?=[=+\-@＝＋－＠])"
_FORMULA, _KEPT_FROM_IT = (re.compile(f"{_CELL_STARTS}{kept}{_SIGN}") for kept in ("", "'"))
_STARTS_A_FORMULA = ("\t", "\r", "\n")
_PARTS_CELLS = frozenset(',;\t"\r\n')

_Line = Sequence[str | Value]


def long_csv(part: ReportPart) -> bytes:
    """One line for each figure: table_id, period, each side, measure, value, flag.

    A side's column is named by its dimension. A withheld figure has an empty value and the flag
    s; a total has the label Total. Measures: the counts (cases, letters, responses), then for a
    number M “M known” and “M not known”, which are counts, and “M total”, “M mean”, “M median”
    and “M reached”.
    """
    shape = part.table.shape
    sides = [_column(axis.dimension) for axis in shape.axes]
    lines: list[_Line] = [["table_id", "period", *sides, "measure", "value", "flag"]]
    labels = [shape.labels(place) for place in shape.places()]
    for series in all_series(part):
        for beside, value in zip(labels, series.values, strict=True):
            told: tuple[str | Value, str] = ("", WITHHELD) if value is None else (value, "")
            lines.append([shape.table_id, shape.window.id, *beside, series.name, *told])
    return _csv(lines)


def wide_csv(part: ReportPart) -> bytes:
    """The part as it is printed: a title, what s means, then its grids one under another."""
    shape = part.table.shape
    lines: list[_Line] = [
        [part.part.title, shape.window.words],
        [meaning(shape.guard)],
    ]
    for grid in grids(part):
        lines += [[], *([[grid.title]] if grid.title else []), [grid.corner, *grid.columns]]
        lines += [[label, *values] for label, values in grid.rows]
    return _csv(lines)


def no_formula(text: str) -> str:
    """A spreadsheet runs a cell that starts like a formula; an apostrophe keeps it a text.

    Where another country's spreadsheet parts the line at another mark, or at a line break, a cell
    starts in the middle of the text too: quotes around the whole do not hold it together there.
    """
    safe = _FORMULA.sub(r"\1'", text)
    return f"'{safe}" if safe.startswith(_STARTS_A_FORMULA) else safe


def read_back(cell: str) -> str:
    """The text a cell was made of."""
    text = cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS_A_FORMULA) else cell
    return _KEPT_FROM_IT.sub(r"\1", text)


def plain(value: int | float) -> str:
    """A number as programs read it: no thousands mark, no exponent."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")


def _column(dimension: str) -> str:
    name = "".join(c if c.isascii() and c.isalnum() else "_" for c in dimension)
    return f"{name}_" if name in _FIXED else name


def _csv(lines: Iterable[_Line]) -> bytes:
    written = (",".join(map(cell, line)) + "\r\n" for line in lines)
    return "".join(written).encode("utf-8-sig")


def cell(value: str | Value) -> str:
    """One field of a file, in quotes where any country's spreadsheet would part it.

    So no part of it is a formula; None is a withheld figure.
    """
    if value is None:
        return WITHHELD
    if not isinstance(value, str):
        return plain(value)
    safe = no_formula(value)
    if _PARTS_CELLS.isdisjoint(safe):
        return safe
    return '"' + safe.replace('"', '""') + '"'
