"""The files of a summary: what a spreadsheet reads, and a report that gives nothing away."""

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake_app.core.disclosure.attack import Confirmation, confirm_safe
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.disclosure.withholding import protect
from intake_app.documents.summary_csv import (
    Disclosure,
    disclosure_json,
    disclosure_text,
    long_csv,
    period,
    wide_csv,
)

YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
COUNTS = CountTable(
    "charges_by_outcome",
    "Charge level by outcome",
    "Charge level",
    "Outcome",
    ("Felony", "Misdemeanor", "Infracción"),
    ("Dismissed", "Convicted", "Pending"),
    ((7, 913, 0), (1814, 2718, 87), (103, 95, 66)),
)


def _made() -> ProtectedTable:
    return protect(YEAR, lambda _: COUNTS, [])


def _done(table: ProtectedTable) -> Disclosure:
    return Disclosure(
        product="Intake Desk",
        product_version="0.1.0",
        table=table,
        definition="each charge of a case, by its level and by how it ended",
        threshold=11,
        confirmation=confirm_safe(table, [], lambda _: COUNTS),
        files={"T.wide.csv": wide_csv(table), "T.csv": long_csv(table)},
        made_at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
    )


def _read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_long_form_has_one_line_for_each_figure() -> None:
    table = _made()
    assert long_csv(table).count(b"\n") == long_csv(table).count(b"\r\n") == 17
    header, *lines = _read(long_csv(table))
    assert header == [
        "table_id", "period", "charge_level", "outcome", "measure", "value", "flag",
    ]  # fmt: skip
    assert len(lines) == table.figures == 16
    for row, line in zip([*table.rows, "Total"], table.cells, strict=True):
        for column, figure in zip([*table.columns, "Total"], line, strict=True):
            expected = ["", "s"] if figure is None else [str(figure), ""]
            start = ["charges_by_outcome", "2025-01-01 to 2025-12-31", row, column, "cases"]
            assert [*start, *expected] in lines
    assert lines[0][-2:] == ["", "s"]


def test_the_wide_form_looks_like_the_window() -> None:
    table = _made()
    lines = _read(wide_csv(table))
    assert lines[0] == ["Charge level", *table.columns, "Total"]
    assert [line[0] for line in lines[1:]] == [*table.rows, "Total"]
    assert lines[1][1] == "s"
    assert lines[-1][-1] == "5803"
    assert [[None if f == "s" else int(f) for f in line[1:]] for line in lines[1:]] == [
        list(line) for line in table.cells
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_label_is_run_as_a_formula(start: str) -> None:
    table = _made()
    label = f'{start}HYPERLINK("x",1)'
    bad = replace(
        table,
        table_id=label,
        row_title=label,
        rows=(label, *table.rows[1:]),
        columns=(label, *table.columns[1:]),
    )
    for content in (long_csv(bad), wide_csv(bad)):
        cells = [cell for line in _read(content) for cell in line]
        assert f"'{label}" in cells
        assert not any(cell.startswith(start) for cell in cells)


def test_column_names_do_not_collide() -> None:
    table = _made()
    for row_title, column_title in (("Value", "Flag"), ("Año", "Ano"), ("¿?", "…")):
        named = replace(table, row_title=row_title, column_title=column_title)
        header = _read(long_csv(named))[0]
        assert len(set(header)) == 7
        assert all(re.fullmatch("[a-z0-9_]+", name) for name in header)


def test_the_period_in_words() -> None:
    assert period(YEAR) == "2025-01-01 to 2025-12-31"
    assert period(Window(None, date(2025, 3, 1))) == "up to 2025-03-01"
    assert period(Window(date(2025, 3, 1), None)) == "from 2025-03-01"
    assert period(Window(None, None)) == "all dates"


def test_the_report_says_what_was_done() -> None:
    table = _made()
    report = json.loads(disclosure_json(_done(table)))
    assert report["threshold"] == 11
    assert report["cells"] == 16
    assert report["cells_shown"] + report["cells_withheld"] == 16
    assert report["cells_withheld"] == table.withheld == 4
    assert report["window"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert {name: each["result"] for name, each in report["guarantees"].items()} == {
        "G0": "pass", "G1": "pass", "G4": "pass",
    }  # fmt: skip
    assert report["attacker"]["failures"] == 0
    assert report["attacker"]["cells_attacked"] == 4
    assert report["solver"].startswith("HiGHS ")
    assert report["sha256"]["T.csv"] == hashlib.sha256(long_csv(table)).hexdigest()
    assert report["sha256"]["T.wide.csv"] == hashlib.sha256(wide_csv(table)).hexdigest()
    assert report["made_at"] == "2026-11-22T03:04:05+00:00"


def test_the_text_is_for_a_coordinator() -> None:
    text = disclosure_text(_done(_made())).decode()
    plain = " ".join(text.split())
    assert "5,803 cases, 1 table, 16 figures: 12 shown, 4 withheld." in plain
    assert "Checked against 16 figures: no group smaller than 11 can be worked out." in plain
    assert "s = withheld to protect people; may be small or large" in plain
    assert "counts of cases, not of people" in plain
    assert "each charge of a case" in plain
    assert "tried 4 withheld figures and increases" in plain
    assert max(map(len, text.splitlines())) <= 88


def test_earlier_figures_are_named() -> None:
    done = _done(_made())
    checked = replace(done.confirmation, earlier_releases=7, earlier_figures=1204)
    text = disclosure_text(replace(done, confirmation=checked)).decode()
    assert "Checked against 16 + 1,204 earlier figures:" in " ".join(text.split())


def test_a_withheld_total_is_not_told() -> None:
    counts = replace(COUNTS, rows=("Felony",), columns=("A", "B"), counts=((5, 6),))
    table = protect(YEAR, lambda _: counts, [])
    assert table.cells[-1][-1] is None
    done = replace(_done(_made()), table=table, files={})
    text = disclosure_text(done).decode()
    assert text.splitlines()[3].startswith("The number of cases is withheld, 1 table, 6 figures")


def test_no_file_holds_a_withheld_value() -> None:
    table = _made()
    withheld = {
        str(true)
        for truths, figures in zip(COUNTS.with_margins(), table.cells, strict=True)
        for true, figure in zip(truths, figures, strict=True)
        if figure is None and true > 16
    }
    assert len(withheld) == 3
    shown = disclosure_json(_done(table)) + disclosure_text(_done(table))
    without_fingerprints = re.sub(rb"[0-9a-f]{64}", b"", shown)
    for content in (long_csv(table), wide_csv(table), without_fingerprints):
        numbers = set(re.findall(r"\d+", content.decode().replace(",", " "))) | set(
            re.findall(r"\d+", content.decode().replace(",", ""))
        )
        assert not withheld & numbers
    assert b"seed" not in shown
    assert not re.search(rb"\bprimary|secondary\b", shown)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert long_csv(_made()) == long_csv(_made())
    assert wide_csv(_made()) == wide_csv(_made())
    assert disclosure_json(_done(_made())) == disclosure_json(_done(_made()))


def test_the_time_needs_a_zone() -> None:
    done = _done(_made())
    with pytest.raises(ValueError, match="time zone"):
        replace(done, made_at=done.made_at.replace(tzinfo=None))
    assert isinstance(done.confirmation, Confirmation)
