"""The disclosure report: enough for an attacker to start from, and nothing that helps it."""

import hashlib
import json
import re
from typing import Any

import pytest

from intake_app.core.disclosure.figures import ProtectedTable, Shape
from intake_app.core.reports.release import Prepared
from intake_app.documents.disclosure_report import disclosure_json, disclosure_text
from intake_app.documents.report_csv import long_csv
from tests.documents.test_report_csv import rows
from tests.report_parts import made, prepared, whole_list


def told(release: Prepared) -> tuple[dict[str, Any], str, dict[str, bytes]]:
    parts = [
        (f"TABLE_{part.part.id}.csv", part) for report in release.reports for part in report.parts
    ]
    files = {name: long_csv(part) for name, part in parts}
    found = json.loads(disclosure_json(release, parts, files, made()))
    return found, disclosure_text("Reports", release, parts, files, made()).decode(), files


@pytest.fixture(scope="module")
def release() -> Prepared:
    return whole_list(300)


def test_every_table_can_be_put_together_again_from_csv_and_json(release: Prepared) -> None:
    """What the command `attack FILE…` does with them."""
    found, _, files = told(release)
    again = []
    for entry in found["tables"]:
        shape = Shape.from_json(entry["shape"])
        figures: list[int | None] = []
        lines = rows(files[entry["file"]])[1:]
        for place in shape.places():
            labels = list(shape.labels(place))
            measures = entry["measures"]
            measure = measures[0]
            if len(measures) > 1:
                measure, labels = measures[place[-1]], labels[:-1]
            (line,) = [r for r in lines if r[2:-3] == labels and r[-3] == measure]
            figures.append(None if line[-1] == "s" else int(line[-2]))
        again.append(ProtectedTable(shape, tuple(figures)))
        assert entry["withheld"] == again[-1].withheld
        assert entry["zeros_withheld"] is (shape.table_id in ("T14a", "T15"))
    assert tuple(again) == release.tables


def test_the_json_tells_what_was_checked_against_what_by_whom(release: Prepared) -> None:
    found, _, files = told(release)
    assert found["product_version"] == "0.1.0"
    assert (found["release"], found["threshold"]) == ("4", 11)
    assert [g["result"] for g in found["guarantees"].values()] == ["pass"] * 7
    assert (found["period"], found["frequency"]) == ("2026-Q3", "a quarter")
    assert found["cells"] == release.figures
    assert found["withheld"] == release.withheld
    assert found["checked_against"] == {"releases": ["1", "2", "3"], "figures": 1204}
    assert found["attacker"] == {
        "name": "Second attacker",
        "version": "1",
        "cells_attacked": 61,
        "failures": 0,
        "in_whole_numbers": True,
    }
    assert found["solver"] == "HiGHS 1.15.1"
    assert found["made_at"] == "2026-11-28T09:30:00-05:00"
    assert found["sha256"] == {n: hashlib.sha256(c).hexdigest() for n, c in sorted(files.items())}


def test_it_does_not_tell_why_a_figure_is_withheld_nor_how_it_was_chosen(
    release: Prepared,
) -> None:
    found, text, _ = told(release)
    both = (json.dumps(found) + text).lower().replace("primary earner", "")
    for word in ("primary", "secondary", "seed", "interval", "bound", "<11", "< 11", "witness"):
        assert word not in both, word


def test_the_text_reads_like_a_letter_to_a_coordinator(release: Prepared) -> None:
    _, text, files = told(release)
    shown = release.figures - release.withheld
    flowing = re.sub(r"\s+", " ", text)
    assert f"{release.figures:,} figures: {shown:,} shown, {release.withheld:,} withheld" in flowing
    assert "no group smaller than 11 can be worked out" in flowing
    assert "Counts of cases, not of people" in text
    assert "s = withheld to protect people; may be small or large" in text
    assert "Earlier releases taken into account: 1, 2, 3." in flowing
    for n in range(7):
        assert f"G{n}: pass." in text
    for name, content in files.items():
        assert name in text
        assert hashlib.sha256(content).hexdigest() in text
    assert max(map(len, text.split("\n"))) <= 88


def test_a_first_release_says_so() -> None:
    release = whole_list(200)
    text = disclosure_text("R", prepared(*release.reports), [], {}, made(checked_against=()))
    assert b"none; this is the first" in text


def test_groups_are_told_in_words(release: Prepared) -> None:
    _, text, _ = told(release)
    assert (
        "    Traffic infraction, ordinance or civil: Traffic infraction or ordinance; Civil" in text
    )
    assert "    Felony\n" in text
