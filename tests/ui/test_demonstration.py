"""The demonstration office is made once a day, in a folder of its own."""

from datetime import timedelta
from pathlib import Path

from intake_app.ui.demonstration import demonstration
from intake_app.workflows.unlock_office import members_of, unlock_office
from tests.conftest import NOW


def test_made_today_it_is_found_again_and_tomorrow_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "demonstration"
    first = demonstration(place, NOW)
    assert len(members_of(first.folder)) == 5
    made_at = (first.folder / "keys.json").stat().st_ino
    again = demonstration(place, NOW + timedelta(minutes=5))
    assert again == first
    assert (first.folder / "keys.json").stat().st_ino == made_at
    before = (first.folder / "keys.json").read_bytes()
    tomorrow = NOW + timedelta(days=1)
    newer = demonstration(place, tomorrow)
    assert (newer.folder / "keys.json").read_bytes() != before
    unlock_office(newer.folder, "attorney", newer.passphrases["attorney"], tomorrow).close()


def test_half_made_it_is_made_anew(tmp_path: Path) -> None:
    place = tmp_path / "demonstration"
    (place / "office").mkdir(parents=True)
    (place / "office" / "keys.json").write_text("cut off")
    made = demonstration(place, NOW)
    assert len(members_of(made.folder)) == 5
