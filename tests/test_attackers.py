"""The attackers of the tests must find what there is to find."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from intake_app.core.disclosure.figures import Place, ProtectedTable
from intake_app.core.disclosure.protect import protect
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.tables import Part
from intake_app.documents.report_csv import long_csv, wide_csv
from tests.attackers import (
    ScipyReader,
    least_shown,
    search_files,
    search_folders,
    withheld_values,
)
from tests.small_tables import axis, counted, hide, rows_from, shape_of, truth_of

TRUE = counted(
    shape_of(axis("one", 3), axis("two", 4)), [[5, 21, 31, 17], [42, 53, 64, 19], [75, 8, 91, 22]]
)
TABLE = hide(TRUE, (0, 0), (0, 1), (2, 0), (2, 1))
PART = ReportPart(Part("own", "Own", ()), TABLE)


def test_published_files_hold_no_withheld_value() -> None:
    files = {"a.csv": long_csv(PART), "a.wide.csv": wide_csv(PART)}
    assert search_files(files, TABLE, TRUE) == []
    assert len(withheld_values(TABLE, TRUE)) == 4


@pytest.mark.parametrize(
    "leak",
    [
        b"T,2025-Q1,A,A,cases,5,\r\n",
        b"One A, two A: 5 cases\r\n",
        b"One,A,B,C,D,Total\r\nA,5,s,31,17,74\r\n",
        b"[[5, 21, 31, 17], [42, 53, 64, 19]]",
        "A und A 5".encode("utf-16"),
    ],
)
def test_a_value_left_in_a_file_is_found(leak: bytes, tmp_path: Path) -> None:
    assert search_files({"left": leak}, TABLE, TRUE) == ["left"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("sheet.xml", leak)
    assert search_files({"a.xlsx": packed.getvalue()}, TABLE, TRUE)[-1] == "a.xlsx/sheet.xml"
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "JJUit.dat").write_bytes(leak)
    assert search_folders([tmp_path], TABLE, TRUE) == [str(tmp_path / "under" / "JJUit.dat")]


def test_two_symbols_give_away_what_one_does_not() -> None:
    """A table like F, safe with one symbol: a second one for large figures makes it worse."""
    sides = {"country": 16, "charge": 4, "dv": 2}
    truth = truth_of({"2025-Q1": rows_from(sides, 3_000, np.random.default_rng(0))})
    shape = shape_of(*(axis(name, answers) for name, answers in sides.items()))
    (table,) = protect([shape], [], [], truth, threshold=11, seconds=5).tables
    true = truth(shape)
    hidden = [(0, place) for place in shape.places() if table.at(place) is None]
    two = {(0, place): (1, 10) if true.counts[place] < 11 else (11, np.inf) for _, place in hidden}
    assert _known(table, None, hidden) == 0
    assert _known(table, two, hidden) > 0


def _known(
    table: ProtectedTable,
    limits: Mapping[tuple[int, Place], tuple[int, float]] | None,
    hidden: Sequence[tuple[int, Place]],
) -> int:
    reader = ScipyReader([table], least_shown([table]), limits)
    within_two = 0
    for _, place in hidden:
        unknown = reader.unknown(table, place)
        within_two += reader.bound(unknown, -1) - reader.bound(unknown, 1) < 2.5
    return within_two
