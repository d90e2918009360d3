"""The ledger: kept whole, or nothing more is published until a new series is started."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from intake_app.core.errors import NotSafe
from intake_app.core.reports.frozen import Frozen
from intake_app.core.reports.released import release_to_json
from intake_app.core.reports.rows import Population
from intake_app.core.reports.series import Entry, EntryKind, Series
from intake_app.core.roles import Key, Role
from intake_app.store.ledger import (
    append,
    begin_anew,
    read_ledger,
    read_running_series,
    snapshot,
)
from intake_app.store.office import Office
from intake_app.store.report_moment import publish
from tests.conftest import NOW
from tests.core.reports.published import frozen, released
from tests.offices import new_office, raw_office, staff, unlocked

LATER = NOW + timedelta(days=100)


def entries_of(office: Office) -> tuple[Entry, ...]:
    with office.reading() as connection:
        return read_ledger(office, connection)


def series_of(office: Office) -> Series:
    with office.reading() as connection:
        return read_running_series(office, connection)


def publish_one(office: Office, connection: Connection, closes: Frozen, *figures: int) -> int:
    series = read_running_series(office, connection)
    told = release_to_json(released(*figures, period=closes.period.id))
    return publish(office, connection, series, closes, told, NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed, staffed office that published two quarters, and its file key."""
    folder = tmp_path_factory.mktemp("ledger") / "office"
    with new_office(folder).office as office:
        staff(office)
        assert series_of(office) == Series()
        with office.writing() as connection:
            assert publish_one(office, connection, frozen("2026-Q1", "a" * 30), 30, 0, 0, 30) == 3
        with office.writing() as connection:
            closes = frozen("2026-Q2", "b" * 40, first=900)
            assert publish_one(office, connection, closes, 0, 40, 0, 40) == 5
        return folder, office.keys[Key.FILE]


@pytest.fixture
def published(made: tuple[Path, bytes], tmp_path: Path) -> tuple[Path, bytes]:
    return Path(shutil.copytree(made[0], tmp_path / "office")), made[1]


@pytest.fixture
def opened(published: tuple[Path, bytes]) -> Iterator[Office]:
    with unlocked(published[0], Role.COORDINATOR) as office:
        yield office


def test_what_was_published_is_read_back_in_order(opened: Office) -> None:
    kinds = [entry.kind.value for entry in entries_of(opened)]
    assert kinds == ["series", "period", "release", "period", "release"]
    series = series_of(opened)
    assert series.number == 1
    assert [period.id for period in series.periods] == ["2026-Q1", "2026-Q2"]
    assert [table.figures for table in series.tables] == [(30, 0, 0, 30), (0, 40, 0, 40)]
    assert series.taken[Population.EPISODES] == {*range(1, 31), *range(900, 940)}
    assert series.frozen[0].rows[Population.EPISODES].size == 30
    assert series.newest == 5
    assert opened.damage() == []


def test_a_coordinator_reads_and_writes_it_without_the_identity_key(opened: Office) -> None:
    assert Key.IDENTITY not in opened.keys
    with opened.writing() as connection:
        publish_one(opened, connection, frozen("2026-Q3", "c" * 20), 0, 0, 20, 20)
    assert len(series_of(opened).tables) == 3
    with opened.reading() as connection:
        told = connection.exec_driver_sql(
            "SELECT action, entry_id FROM history WHERE record = 'releases' ORDER BY seq DESC"
        ).all()
    assert [tuple(line) for line in told[:2]] == [
        ("figures published", 7),
        ("period closed for publishing", 6),
    ]


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM releases WHERE id = 1",),
        ("DELETE FROM releases WHERE id = 3",),
        ("DELETE FROM releases WHERE id = 5",),
        ("DELETE FROM releases",),
        ("DELETE FROM releases WHERE id = 1", "UPDATE releases SET id = id - 1"),
        ("UPDATE releases SET published = replace(published, '30', '31') WHERE id = 3",),
        ("UPDATE releases SET published = 'no JSON' WHERE id = 3",),
        ("UPDATE releases SET kind = 'series' WHERE id = 3",),
        ("UPDATE releases SET kind = 'table' WHERE id = 3",),
        ("UPDATE releases SET kind = 'something' WHERE id = 3",),
        ("UPDATE releases SET made_at = '2020-01-01T00:00:00' WHERE id = 3",),
        ("UPDATE releases SET made_by = 2 WHERE id = 3",),
        ("UPDATE releases SET sealed = NULL WHERE id = 2",),
        ("UPDATE releases SET sealed = (SELECT sealed FROM releases WHERE id = 2) WHERE id = 4",),
        ("UPDATE releases SET mac = zeroblob(32) WHERE id = 5",),
        (
            "UPDATE releases SET id = 9 WHERE id = 2",
            "UPDATE releases SET id = 2 WHERE id = 4",
            "UPDATE releases SET id = 4 WHERE id = 9",
        ),
        (
            "INSERT INTO releases SELECT 6, kind, made_at, made_by, published, mac, sealed"
            " FROM releases WHERE id = 5",
        ),
        ("UPDATE releases SET published = replace(published, '{', '{\"lost\": true, ')",),
    ],
)
def test_a_ledger_cut_or_changed_stops_publishing(
    published: tuple[Path, bytes], statements: tuple[str, ...]
) -> None:
    folder, key = published
    with raw_office(folder, key) as raw:
        for sql in statements:
            raw.execute(sql)
    with unlocked(folder, Role.COORDINATOR) as office:
        with pytest.raises(NotSafe, match="ledger"):
            series_of(office)
        with pytest.raises(NotSafe, match="ledger"), office.writing() as connection:
            append(office, connection, EntryKind.ROWS, {}, None, NOW)


def test_a_lost_ledger_begins_anew_and_forgets_what_came_before(
    published: tuple[Path, bytes],
) -> None:
    for lost in ("DELETE FROM releases", "UPDATE releases SET mac = zeroblob(32) WHERE id = 2"):
        with raw_office(*published) as raw:
            raw.execute(lost)
    with unlocked(published[0]) as office:
        with office.writing() as connection:
            begin_anew(office, connection, {"series": 2, "earliest": "2027-01-01"}, LATER)
        series = series_of(office)
        assert (series.number, series.earliest, series.tables) == (2, date(2027, 1, 1), ())
        assert not series.can_follow(frozen("2026-Q4", "").period)
        with office.writing() as connection:
            publish_one(office, connection, frozen("2027-Q1", "a" * 30), 30, 0, 0, 30)
        assert [table.figures for table in series_of(office).tables] == [(30, 0, 0, 30)]
    # The new one is guarded as the old one was.
    with raw_office(*published) as raw:
        raw.execute("DELETE FROM releases WHERE id = (SELECT max(id) FROM releases)")
    with unlocked(published[0]) as office, pytest.raises(NotSafe, match="ledger"):
        series_of(office)


def test_a_new_series_by_decision_knows_which_records_were_counted(opened: Office) -> None:
    with opened.writing() as connection:
        told = {"series": 2, "earliest": "2027-01-01"}
        append(opened, connection, EntryKind.SERIES, told, None, LATER)
    series = series_of(opened)
    assert (series.number, series.tables, series.periods) == (2, (), ())
    assert 900 in series.taken[Population.EPISODES]


def test_periods_that_overlap_are_no_ledger(opened: Office) -> None:
    with opened.writing() as connection:
        append(
            opened, connection, EntryKind.PERIOD, {"period": "2026-Q2"},
            frozen("2026-Q2", "a").to_bytes(), NOW,
        )  # fmt: skip
    with pytest.raises(NotSafe, match="can’t be read"):
        series_of(opened)


def test_a_publication_that_fails_leaves_no_entry(opened: Office) -> None:
    with pytest.raises(RuntimeError), opened.writing() as connection:
        publish_one(opened, connection, frozen("2026-Q3", "c" * 20), 0, 0, 20, 20)
        raise RuntimeError
    assert len(entries_of(opened)) == 5


def test_which_records_were_counted_is_sealed(published: tuple[Path, bytes]) -> None:
    """With the file key alone: what stands open tells nothing but what was published."""
    with raw_office(*published) as raw:
        for kind, told, sealed in raw.execute("SELECT kind, published, sealed FROM releases"):
            assert (sealed is not None) == (kind == "period")
            assert set(json.loads(told)) <= {
                "series", "earliest", "period", "asked", "parts", "confirmation", "gap",
            }  # fmt: skip
            if sealed:
                assert b"keys" not in sealed
                assert len(sealed) % 4096 == 29, "the length tells how many were counted"


def test_rows_are_not_kept_beside_their_records() -> None:
    """Which row is of which record is not to be found, even with the key."""
    kept = json.loads(frozen("2026-Q1", "cabbc").to_bytes())
    assert kept["keys"] == {"episodes": [1, 2, 3, 4, 5]}
    again = Frozen.from_bytes(frozen("2026-Q1", "cabbc").to_bytes())
    assert again.rows[Population.EPISODES].columns["outcome"].codes.tolist() == [0, 1, 1, 2, 2]


def test_a_summary_of_an_older_version_still_stands(tmp_path: Path) -> None:
    """The released office of revision 0003 published one; nothing is counted again before it."""
    source = Path(__file__).parents[1] / "released" / "0003"
    folder = Path(shutil.copytree(source, tmp_path / "office"))
    with unlocked(folder, Role.COORDINATOR) as office:
        (entry,) = entries_of(office)
        assert entry.kind is EntryKind.TABLE
        assert entry.published["table_id"] == "charges_by_outcome"
        series = series_of(office)
        assert (series.number, series.earliest) == (0, date(2026, 4, 1))
        assert series.can_follow(frozen("2026-Q2", "").period)
        assert not series.can_follow(frozen("2026-Q1", "").period)
        with office.writing() as connection:
            publish_one(office, connection, frozen("2026-Q2", "a" * 30), 30, 0, 0, 30)
        assert series_of(office).start == date(2026, 4, 1)
        assert [entry.kind.value for entry in entries_of(office)] == [
            "table", "series", "period", "release",
        ]  # fmt: skip
        key = office.keys[Key.FILE]
    with raw_office(folder, key) as raw:
        raw.execute("UPDATE releases SET published = replace(published, '190', '191') WHERE id = 1")
        assert raw.execute("SELECT changes()").fetchone() == (1,)
        raw.execute("UPDATE releases SET published = published || ' ' WHERE id = 1")
    with unlocked(folder) as office, pytest.raises(NotSafe, match="ledger"):
        series_of(office)


def test_a_snapshot_needs_the_key_and_every_part(opened: Office) -> None:
    marks = [snapshot(opened, b"a", b"b"), snapshot(opened, b"ab", b""), snapshot(opened, b"a")]
    assert len(set(marks)) == 3
    assert marks[0] == snapshot(opened, b"a", b"b")
