"""Only folders are remembered, and a damaged list is an empty one."""

import json
from pathlib import Path

import pytest

from intake_app.ui.recent_offices import KEPT, RecentOffices


def test_the_last_comes_first_and_none_twice(tmp_path: Path) -> None:
    recent = RecentOffices(tmp_path / "deep" / "offices.json")
    assert recent.folders() == ()
    for name in ("a", "b", "a"):
        recent.remember(tmp_path / name)
    assert recent.folders() == (tmp_path / "a", tmp_path / "b")


def test_the_file_holds_folders_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "offices.json"
    recent = RecentOffices(file)
    for number in range(KEPT + 3):
        recent.remember(tmp_path / f"office {number}")
    kept = json.loads(file.read_text("utf-8"))
    assert kept == [str(tmp_path / f"office {n}") for n in range(KEPT + 2, 2, -1)]


@pytest.mark.parametrize("damage", ["", "{", '{"a": 1}', "[1, null]", "\udcff"])
def test_a_damaged_list_is_empty(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "offices.json"
    file.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert RecentOffices(file).folders() == ()
