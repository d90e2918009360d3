"""An office’s records as files any program can read: CSV for people, JSON lines for programs."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from intake_app.documents.plain_text import as_file, heading, paragraphs
from intake_app.documents.report_csv import cell

Row = Mapping[str, str | int | None]


def csv_head(columns: Sequence[str]) -> bytes:
    """The first line of a CSV: UTF-8 with byte order mark, CRLF."""
    return (",".join(map(cell, columns)) + "\r\n").encode("utf-8-sig")


def csv_lines(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """One line a row; no text can start a formula, and no answer is an empty cell."""
    return "".join(
        ",".join("" if row[name] is None else cell(row[name]) for name in columns) + "\r\n"
        for row in rows
    ).encode()


def json_lines(rows: Sequence[Row]) -> bytes:
    """One JSON object a line, exactly as kept."""
    return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows).encode()


def read_me(office: str, day: date, version: str, left_out: Mapping[str, str]) -> bytes:
    """What the folder holds and how to read it, for whoever opens it years from now."""
    lines = [f"{office}: everything, as of {day.isoformat()}", ""]
    lines += paragraphs(
        "THIS FOLDER IS NOT ENCRYPTED. It holds names, numbers, addresses and victim facts of "
        "everybody in the office’s cases. Whoever has it can read all of it. Keep it on an "
        "encrypted disk, and destroy it when it has been taken in elsewhere.",
    )
    lines += heading("What is here")
    lines += paragraphs(
        "tables/NAME.csv: a line for each row. UTF-8 with byte order mark. A text that a "
        "spreadsheet would run as a formula has an apostrophe in front.",
        "tables/NAME.jsonl: the same rows, one JSON object a line, exactly as kept. Programs "
        "should read these.",
        "documents/CASE/: the documents as they were added. letters/CASE/: the letters as they "
        "were approved, as PDF.",
        "data_dictionary.md: every question and the codes of its answers. schema.sql: how the "
        "tables belong together. Rows of a case have its number in case_id; cases.number is the "
        "number people use.",
        "SHA256SUMS.txt: a fingerprint of each file.",
    )
    lines += heading("How values are written")
    lines += paragraphs(
        "Days as 2026-11-28, a month or year alone as 2026-11 or 2026; times with their offset "
        "from UTC; amounts in cents; several choices with a blank between them. removed_at: the "
        "row was deleted then. In history, before and after are what an answer was and became.",
    )
    lines += heading("What is left out")
    lines += paragraphs(*(f"{name}: {why}." for name, why in left_out.items()))
    lines += paragraphs(
        "Keys and passphrases. Documents that were deleted. Whatever retention destroyed stands "
        "as (destroyed).",
        f"Written by Intake Desk {version}.",
    )
    return as_file(lines)
