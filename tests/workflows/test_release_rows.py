"""Case rows of a real office: allowed, prepared, attacked, in the ledger, handed out once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intake_app.core.errors import AppError, NotAllowed, NotSafe
from intake_app.core.reports.periods import Window
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.reports.series import EntryKind, Series
from intake_app.core.reports.tables import Part, Side
from intake_app.core.roles import Role
from intake_app.documents.rows_csv import rows_csv
from intake_app.store.ledger import read_ledger as read_entries
from intake_app.store.ledger import read_running_series
from intake_app.store.office import Office
from intake_app.workflows import release_rows as release_module
from intake_app.workflows.allow_rows import allow_rows
from intake_app.workflows.prepare_rows import RowsAsked, prepare_rows, row_choices
from intake_app.workflows.read_ledger import read_ledger
from intake_app.workflows.release_reports import release_reports
from intake_app.workflows.release_rows import random_order, release_rows, rows_sentence
from tests.conftest import NOW
from tests.offices import unlocked
from tests.published_rows import FOUR, Q1, Q2, office_with_period

ASKED = RowsAsked(Q1, FOUR)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows") / "office"
    office_with_period(folder, 1500).close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """Open for its administrator, with case rows allowed."""
    with unlocked(folder) as opened:
        allow_rows(opened, allowed=True, now=NOW)
        yield opened


def series_of(office: Office) -> Series:
    with office.reading() as connection:
        return read_running_series(office, connection)


def tables(*sides: tuple[str, ...]) -> ReleaseAsked:
    parts = tuple(
        Part("-".join(each).replace("_", ""), " by ".join(each), tuple(Side(side) for side in each))
        for each in sides
    )
    return ReleaseAsked(Window((Q1,)), (), parts)


def test_rows_are_off_until_an_administrator_allows_them(folder: Path) -> None:
    with unlocked(folder, Role.COORDINATOR) as office:
        assert row_choices(office) is None
        with pytest.raises(NotAllowed, match="not allowed in this office"):
            release_rows(office, ASKED, NOW)
        with pytest.raises(NotAllowed):
            allow_rows(office, allowed=True, now=NOW)
    with unlocked(folder) as office:
        allow_rows(office, allowed=True, now=NOW)
        before = series_of(office).newest
        allow_rows(office, allowed=True, now=NOW)
        assert series_of(office).newest == before
    with unlocked(folder, Role.COORDINATOR) as office:
        choices = row_choices(office)
        assert choices is not None
        assert choices.periods == (Q1,)
        assert set(FOUR) <= {each.id for each in choices.columns}
        release_rows(office, ASKED, NOW)
    with unlocked(folder) as office:
        allow_rows(office, allowed=False, now=NOW)
        assert row_choices(office) is None
        told = [line.sentence for line in read_ledger(office)]
    assert told[-1] == "Case rows are not allowed any more."
    assert told[-2].startswith("Case rows published for January to March 2026: Most serious")


@pytest.mark.parametrize("column", ["victim", "citizen_claim", "citizen_family"])
def test_a_column_about_victims_or_status_needs_leave_of_its_own(
    office: Office, column: str
) -> None:
    asked = RowsAsked(Q1, ("outcome", column))
    with pytest.raises(NotAllowed, match="may not stand in case rows"):
        prepare_rows(office, asked)
    allow_rows(office, allowed=True, besides={column}, now=NOW)
    assert prepare_rows(office, asked).rows.classes.k >= 11
    for other in {"victim", "citizen_claim"} - {column}:
        with pytest.raises(NotAllowed):
            prepare_rows(office, RowsAsked(Q1, ("outcome", other)))


@pytest.mark.parametrize(
    "columns",
    [(), ("outcome", "outcome"), ("name",), ("letter_kind",), (*FOUR, "sex", "language", "state")],
)
def test_other_columns_are_refused(office: Office, columns: tuple[str, ...]) -> None:
    with pytest.raises(AppError, match="one to 6 columns"):
        prepare_rows(office, RowsAsked(Q1, columns))


def test_rows_are_published_once_and_kept_in_the_ledger(office: Office) -> None:
    with pytest.raises(AppError, match="Publish a table of these dates first"):
        release_rows(office, RowsAsked(Q2, FOUR), NOW)
    done = release_rows(office, ASKED, NOW)
    assert list(done.files) == ["ROWS_2026-Q1.csv", "ROWS_2026-Q1.txt", "ROWS_2026-Q1.json"]
    assert done.attack.rarest >= 11
    series = series_of(office)
    assert [rows.period for rows in series.rows] == [Q1]
    assert series.tables[-1].figures == (1500,)
    assert (series.rows[0].classes.class_of == done.prepared.rows.classes.class_of).all()
    with pytest.raises(AppError, match="published only once"):
        release_rows(office, ASKED, NOW)
    with office.reading() as connection:
        entry = read_entries(office, connection)[-1]
    assert entry.kind is EntryKind.ROWS
    assert "class_of" not in entry.published
    assert office.damage() == []


def test_the_order_is_another_each_time_and_the_rows_are_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare_rows(office, ASKED)
    first, second = (rows_csv(prepared.rows, random_order(1500)).splitlines() for _ in range(2))
    assert first != second
    assert sorted(first) == sorted(second)
    assert sorted(random_order(1000)) == list(range(1000))
    # Rows of the facts stand sorted; those of the file must not lean that way.
    places = np.array([np.corrcoef(np.arange(1500), random_order(1500))[0, 1] for _ in range(30)])
    assert abs(places.mean()) < 0.03


def test_an_attack_that_works_writes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare_rows(office, ASKED)
    before = series_of(office).newest
    # Two rows told otherwise than the rest of their class.
    classes = prepared.rows.classes
    class_of = np.where(classes.class_of == 0, 1, classes.class_of)
    class_of[:2] = 0
    wrong = replace(classes, class_of=class_of)
    broken = replace(prepared, rows=replace(prepared.rows, classes=wrong))
    with pytest.raises(NotSafe, match="Nothing was written"):
        release_rows(office, broken, NOW)
    assert series_of(office).newest == before


def test_what_changed_since_it_was_prepared_is_not_published(office: Office) -> None:
    prepared = prepare_rows(office, ASKED)
    allow_rows(office, allowed=True, besides={"victim"}, now=NOW)
    with pytest.raises(AppError, match="Prepare them again"):
        release_rows(office, prepared, NOW)
    assert series_of(office).rows == ()


def test_files_that_cannot_be_made_leave_the_ledger_as_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise OSError

    monkeypatch.setattr(release_module, "rows_text", fails)
    with pytest.raises(OSError):
        release_rows(office, ASKED, NOW)
    assert series_of(office).rows == ()


def test_tables_and_rows_are_published_beside_each_other(office: Office) -> None:
    release_reports(office, tables(("charge_level", "outcome"), ("charge_level", "sex")), NOW)
    done = release_rows(office, ASKED, NOW)
    assert done.attack.figures > 50
    assert done.attack.failures == ()
    later = release_reports(office, tables(("facility_kind",)), NOW)
    assert later.prepared.reports


def test_a_table_that_would_undo_published_rows_is_refused(office: Office) -> None:
    release_rows(office, ASKED, NOW)
    with pytest.raises(NotSafe, match="rows beside the table"):
        release_reports(office, tables(("charge_level", "outcome", "detainer_outcome")), NOW)


def test_a_small_office_is_advised_to_publish_tables(office: Office) -> None:
    prepared = prepare_rows(office, RowsAsked(Q1, (*FOUR, "sex")))
    assert prepared.advice[0].startswith("There are 1,500 cases in these dates.")
    assert "fewer columns" in prepared.advice[1]
    sentence = rows_sentence(prepared)
    assert "for groups of at least 11 identical rows" in sentence
