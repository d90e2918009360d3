"""The ledger of published summaries: kept whole, or nothing more is published."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from intake_app.core.disclosure.table import ProtectedTable, Window
from intake_app.core.errors import NotSafe
from intake_app.core.roles import Key
from intake_app.store.office import Office
from intake_app.store.releases import keep_release, read_releases
from tests.conftest import NOW
from tests.offices import new_office, raw_office, unlocked


def published(figure: int) -> ProtectedTable:
    window = Window(date(2026, 1, 1), date(2026, 3, figure % 28 + 1))
    cells = ((figure, None, figure), (None, None, figure), (figure, figure, 2 * figure))
    return ProtectedTable("t", "T", "Row", "Column", ("a", "b"), ("c", "d"), window, cells)


def releases_of(office: Office) -> tuple[ProtectedTable, ...]:
    with office.reading() as connection:
        return read_releases(office, connection)


@pytest.fixture
def published_three(tmp_path: Path) -> tuple[Path, bytes]:
    """A closed office that published three tables, and its file key."""
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        assert releases_of(office) == ()
        for figure in (20, 30, 40):
            with office.writing() as connection:
                keep_release(office, connection, published(figure), NOW)
        return folder, office.keys[Key.FILE]


@pytest.fixture
def opened(published_three: tuple[Path, bytes]) -> Iterator[Office]:
    with unlocked(published_three[0]) as office:
        yield office


def test_what_was_published_is_read_back_in_order(opened: Office) -> None:
    assert releases_of(opened) == (published(20), published(30), published(40))
    assert opened.damage() == []


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM releases WHERE id = 1",),
        ("DELETE FROM releases WHERE id = 2",),
        ("DELETE FROM releases WHERE id = 3",),
        ("DELETE FROM releases",),
        ("DELETE FROM releases WHERE id = 1", "UPDATE releases SET id = id - 1"),
        ("UPDATE releases SET published = replace(published, '30', '31') WHERE id = 2",),
        ("UPDATE releases SET published = (SELECT published FROM releases WHERE id = 1)",),
        ("UPDATE releases SET mac = zeroblob(32) WHERE id = 3",),
        (
            "UPDATE releases SET id = 9 WHERE id = 1",
            "UPDATE releases SET id = 1 WHERE id = 2",
            "UPDATE releases SET id = 2 WHERE id = 9",
        ),
        (
            "INSERT INTO releases"
            " SELECT 4, table_id, made_at, made_by, published, mac FROM releases WHERE id = 3",
        ),
    ],
)
def test_a_ledger_cut_or_changed_stops_publishing(
    published_three: tuple[Path, bytes], statements: tuple[str, ...]
) -> None:
    folder, key = published_three
    with raw_office(folder, key) as raw:
        for sql in statements:
            raw.execute(sql)
    with unlocked(folder) as office, pytest.raises(NotSafe, match="ledger"):
        releases_of(office)


def test_a_publication_that_fails_leaves_no_entry(opened: Office) -> None:
    with pytest.raises(RuntimeError), opened.writing() as connection:
        keep_release(opened, connection, published(50), NOW)
        raise RuntimeError
    assert len(releases_of(opened)) == 3
