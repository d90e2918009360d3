"""Rows out of a table saved as CSV, however the other system saved it.

Read: UTF-8 with or without its mark, UTF-16, and Windows-1252 where it is neither; comma,
semicolon or tab between cells; cells in quotes with line breaks in them.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake_app.core.errors import AppError

_NO_TABLE = (
    "This file is not a table saved as CSV. Open it in a spreadsheet, choose Save As and CSV, "
    "and import that file."
)
_EMPTY = "This file is empty. Export the table again and import the new file."
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"SQLite format 3")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")


@dataclass(frozen=True)
class Rows:
    """A table: its headings, and its rows as they stand, blank ones too, to be taken once.

    `first_row` is the number of the first row after the headings, as a spreadsheet counts. Taking
    a row raises `AppError` where the table is broken off.
    """

    header: tuple[str, ...]
    rows: Iterator[list[str]]
    first_row: int


def read_csv(content: bytes) -> Rows:
    """The rows of a CSV file; raise `AppError` where there is no table in it."""
    text = _text(content)
    if not text.strip():
        raise AppError(_EMPTY)
    rows = _rows(text, _delimiter(text))
    for number, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row):
            header = tuple(cell.strip() for cell in row)
            return Rows(header, rows, number + 1)
    raise AppError(_EMPTY)


def _text(content: bytes) -> str:
    if not content:
        raise AppError(_EMPTY)
    if content.startswith(_BINARY_STARTS):
        raise AppError(_NO_TABLE)
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        raise AppError(_NO_TABLE) from error
    if _CONTROLS.search(text, 0, 4_096) or "\0" in text:
        raise AppError(_NO_TABLE)
    return text


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:400]
    if b"\0" in start:
        # Latin letters in UTF-16 without its mark: every other byte is zero.
        halves = start[0::2].count(0), start[1::2].count(0)
        return "utf-16-be" if halves[0] > halves[1] else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(text: str) -> str:
    """The mark that divides the first row into the most cells."""
    start = text.lstrip("\r\n")[:100_000]
    cells = {}
    for mark in (",", ";", "\t"):
        try:
            cells[mark] = len(next(csv.reader(io.StringIO(start, newline=""), delimiter=mark)))
        except (csv.Error, StopIteration):
            cells[mark] = 0
    return max(cells, key=cells.__getitem__)


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        yield from reader
    except csv.Error as error:
        raise AppError(
            f"The table can’t be read at line {reader.line_num:,}: a cell there is longer than "
            f"{csv.field_size_limit():,} characters, or a quotation mark was never closed. "
            "Mend that line in a spreadsheet and save it again."
        ) from error
