"""A protected table as files: CSV in long and in wide form, and the report of what was done.

The report, as JSON for programs and as plain text for a coordinator, tells nothing that the
figures do not tell: no withheld value, no bound of one, no seed, and not which figures were
withheld for being small.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from typing import Any

from intake_app.core.disclosure.attack import Confirmation
from intake_app.core.disclosure.table import TOTAL, ProtectedTable, Window

WITHHELD = "s"
"""The one symbol for a withheld figure."""

_FIXED_COLUMNS = ("table_id", "period", "measure", "value", "flag")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Disclosure:
    """What was done to make one table safe.

    `definition` says in plain English what is counted. `files` are the CSV files by name, for
    their SHA-256. `made_at` must know its time zone; ValueError when it does not.
    """

    product: str
    product_version: str
    table: ProtectedTable
    definition: str
    threshold: int
    confirmation: Confirmation
    files: Mapping[str, bytes]
    made_at: datetime

    def __post_init__(self) -> None:
        if self.made_at.utcoffset() is None:
            raise ValueError("the time made must have a time zone")


def long_csv(table: ProtectedTable) -> bytes:
    """One line for each figure: UTF-8 with byte order mark, CRLF.

    Columns table_id, period, the two questions, measure, value, flag. A withheld figure has an
    empty value and the flag s; a margin has the label Total.
    """
    row_name, column_name = _question_names(table)
    lines = [["table_id", "period", row_name, column_name, "measure", "value", "flag"]]
    for row, figures in zip([*table.rows, TOTAL], table.cells, strict=True):
        for column, figure in zip([*table.columns, TOTAL], figures, strict=True):
            value, flag = ("", WITHHELD) if figure is None else (str(figure), "")
            lines.append([table.table_id, period(table.window), row, column, "cases", value, flag])
    return _csv(lines)


def wide_csv(table: ProtectedTable) -> bytes:
    """The table as in the window: UTF-8 with byte order mark, CRLF.

    First row and first column are labels, last row and last column totals, a withheld figure
    is s.
    """
    lines = [[table.row_title, *table.columns, TOTAL]]
    for row, figures in zip([*table.rows, TOTAL], table.cells, strict=True):
        lines.append([row, *(WITHHELD if f is None else str(f) for f in figures)])
    return _csv(lines)


def period(window: Window) -> str:
    """The dates in words that no spreadsheet takes for a date or a formula."""
    if window.start is None and window.end is None:
        return "all dates"
    if window.start is None:
        return f"up to {window.end}"
    if window.end is None:
        return f"from {window.start}"
    return f"{window.start} to {window.end}"


def disclosure_json(done: Disclosure) -> bytes:
    """What was done, for programs: UTF-8, keys in a fixed order."""
    table, checked = done.table, done.confirmation
    report: dict[str, Any] = {
        "product": done.product,
        "product_version": done.product_version,
        "made_at": done.made_at.isoformat(timespec="seconds"),
        "table_id": table.table_id,
        "title": table.title,
        "definition": done.definition,
        "window": table.window.to_json_dict(),
        "threshold": done.threshold,
        "guarantees": {
            "G0": {"says": _g0(done.threshold), "result": "pass"},
            "G1": {"says": _g1(done.threshold), "result": "pass"},
            "G4": {"says": _g4(done.threshold), "result": "pass"},
        },
        "cells": table.figures,
        "cells_shown": table.figures - table.withheld,
        "cells_withheld": table.withheld,
        "earlier_releases_checked": checked.earlier_releases,
        "earlier_figures_checked": checked.earlier_figures,
        "attacker": {
            "name": checked.attacker,
            "version": checked.attacker_version,
            "cells_attacked": checked.cells_attacked,
            "failures": checked.failures,
        },
        "solver": checked.solver,
        "sha256": {name: _sha256(content) for name, content in sorted(done.files.items())},
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def disclosure_text(done: Disclosure) -> bytes:
    """What was done, for a coordinator: plain English, UTF-8."""
    table, checked, t = done.table, done.confirmation, done.threshold
    total = table.cells[-1][-1]
    cases = "The number of cases is withheld" if total is None else _counted(total, "case")
    shown = table.figures - table.withheld
    earlier = (
        f" + {checked.earlier_figures:,} earlier figures" if checked.earlier_figures else " figures"
    )
    paragraphs = [
        f"{cases}, 1 table, {_counted(table.figures, 'figure')}: {shown:,} shown, "
        f"{table.withheld:,} withheld. Checked against {table.figures:,}{earlier}: no group "
        f"smaller than {t} can be worked out.",
        _heading("How to read the table"),
        f"{WITHHELD} = withheld to protect people; may be small or large. It is not 0: a 0 is "
        "shown. Figures that are shown are true and add up exactly.",
        "The figures are counts of cases, not of people: a person with two cases counts twice.",
        f"What is counted: {done.definition}",
        _heading("What was checked"),
        _g0(t),
        _g1(t),
        _g4(t),
        "What this does not promise: protection from someone who already knows most of the cases "
        "of a row or column. If you give out other figures about the same cases, put them beside "
        "this table first.",
        _heading("How it was made"),
        f"{done.product} {done.product_version}, "
        f"{done.made_at:%Y-%m-%d %H:%M %Z}. Table {table.table_id}. "
        f"Earlier summaries of this table taken into account: {checked.earlier_releases:,}. "
        f"{checked.attacker}, version {checked.attacker_version}, tried "
        f"{checked.cells_attacked:,} withheld figures and increases and found "
        f"{checked.failures} small ones that could be worked out. Solver: {checked.solver}.",
    ]
    lines = [table.title, f"Dates: {period(table.window)}", ""]
    for paragraph in paragraphs:
        wrapped = fill(paragraph, 88, break_long_words=False, break_on_hyphens=False)
        lines += [paragraph] if paragraph.endswith("-") else [wrapped, ""]
    if done.files:
        lines.append(
            _heading("Fingerprints of the files (SHA-256): if one differs, it was changed")
        )
        lines += [f"  {name}\n    {_sha256(data)}" for name, data in sorted(done.files.items())]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _g0(threshold: int) -> str:
    return f"No figure from 1 to {threshold - 1} is shown anywhere, totals included."


def _g1(threshold: int) -> str:
    return (
        f"No withheld figure under {threshold} can be shown to be under {threshold} from the "
        "figures that are shown."
    )


def _g4(threshold: int) -> str:
    return (
        "The same holds for differences between this summary and earlier summaries of this "
        f"table: no increase under {threshold} can be worked out."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_no_formula(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _no_formula(value: str) -> str:
    """A spreadsheet runs a text that starts like a formula; an apostrophe keeps it a text."""
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value


def _question_names(table: ProtectedTable) -> tuple[str, str]:
    """Column names for the two questions, different from each other and from the fixed ones."""
    taken = set(_FIXED_COLUMNS)
    names = []
    for title, otherwise in ((table.row_title, "row"), (table.column_title, "column")):
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or otherwise
        while name in taken:
            name = f"{otherwise}_{name}"
        taken.add(name)
        names.append(name)
    return names[0], names[1]
