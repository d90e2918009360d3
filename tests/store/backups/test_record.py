"""What the office file keeps of its backups, and what it says of them later."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from intake_app.core.backups import BackupReason
from intake_app.store.backups.record import (
    OWN,
    PROVEN,
    InPlace,
    keep_in_place,
    last_proven,
    last_reached,
    last_sound,
    second_folder,
    set_second_folder,
    tell_proven,
)
from intake_app.store.office import Office
from tests.conftest import NOW

HOUR = timedelta(hours=1)
USB = "/media/usb/Intake Desk backups"
FULL = "There is no copy of it in the second folder. The disk is full."


def found(hours: int, place: str = OWN, fault: str = "") -> InPlace:
    """What became of the backup made so many hours after `NOW`."""
    name = f"backup of hour {hours}"
    return InPlace(place, name, NOW + hours * HOUR, BackupReason.DAILY, fault)


def keep(office: Office, *places: InPlace) -> None:
    """Write them down, each an hour after it was made."""
    for one in places:
        with office.writing() as connection:
            keep_in_place(connection, one, one.made_at + HOUR)


def rows(office: Office) -> list[Any]:
    with office.reading() as connection:
        asked = "SELECT place, name, verified_at, fault FROM backups ORDER BY id"
        return [tuple(row) for row in connection.exec_driver_sql(asked)]


def test_an_office_without_any_knows_of_none(filled: Office) -> None:
    with filled.reading() as connection:
        assert last_sound(connection, OWN) is None
        assert last_reached(connection, OWN) is None
        assert last_proven(connection) is None
        assert second_folder(connection) is None


def test_each_is_written_down_once_verified_or_with_its_fault(filled: Office) -> None:
    away, there = found(0, USB, FULL), found(0, USB)
    # Tried twice in vain, then the drive was back; a third look changes nothing.
    keep(filled, away, away, there, there)
    assert rows(filled) == [
        (USB, "backup of hour 0", None, FULL),
        (USB, "backup of hour 0", "2026-11-22T18:11:00+00:00", None),
    ]


def test_the_last_one_is_the_newest_verified_in_that_place(filled: Office) -> None:
    keep(filled, found(2), found(1), found(3, USB), found(4, fault="Something is wrong."))
    with filled.reading() as connection:
        assert last_sound(connection, OWN) == found(2)
        assert last_sound(connection, USB) == found(3, USB)


def test_a_place_was_reached_when_it_last_took_one(filled: Office) -> None:
    late = found(1, USB)
    keep(filled, found(5, USB), found(9, USB, FULL))
    with filled.writing() as connection:
        # An older backup that was copied there afterwards.
        keep_in_place(connection, late, NOW + 8 * HOUR)
        assert last_reached(connection, USB) == NOW + 8 * HOUR
        assert last_sound(connection, USB) == found(5, USB)
        assert last_reached(connection, OWN) is None


def test_another_folder_is_in_the_history_and_the_same_one_is_not(filled: Office) -> None:
    def lines() -> list[Any]:
        with filled.reading() as connection:
            asked = (
                "SELECT case_id, action, record, field, undoes FROM history "
                "WHERE action LIKE 'second%' ORDER BY seq"
            )
            return [tuple(row) for row in connection.exec_driver_sql(asked)]

    line = (None, "second backup folder changed", "office", "second_folder")
    for _times in range(2):
        set_second_folder(filled, Path(USB), NOW)
        with filled.reading() as connection:
            assert second_folder(connection) == Path(USB)
        assert lines() == [(*line, None)]
    set_second_folder(filled, None, NOW, undoes=3)
    with filled.reading() as connection:
        assert second_folder(connection) is None
    assert lines() == [(*line, None), (*line, 3)]
    assert filled.damage() == []


def test_the_last_drill_is_the_last_one_told(filled: Office) -> None:
    for hours, places in ((1, 2), (3, 1)):
        with filled.writing() as connection:
            tell_proven(filled, connection, places, NOW + hours * HOUR)
    with filled.reading() as connection:
        assert last_proven(connection) == NOW + 3 * HOUR
        asked = f"SELECT entry_id FROM history WHERE action = '{PROVEN}' ORDER BY seq"  # noqa: S608
        assert connection.exec_driver_sql(asked).scalars().all() == [2, 1]
    assert filled.damage() == []
