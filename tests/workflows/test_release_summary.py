"""Publishing a summary: safe against every earlier one, or not at all."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from intake_app.core.casefile import Charge, Detainer
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.errors import NotAllowed, NotSafe
from intake_app.core.roles import Act, Key, Role, may
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome
from intake_app.store.office import Office
from intake_app.store.releases import read_releases
from intake_app.store.schema import CASES, RECORD_TABLES
from intake_app.workflows import release_summary as workflow
from intake_app.workflows.release_summary import preview_summary, release_summary, report_tables
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, raw_office, staff, unlocked

TABLE = "charges_by_outcome"
SPRING = Window(date(2026, 1, 1), date(2026, 3, 31))
LATER = NOW + timedelta(days=1)
COUNTS = {
    (ChargeLevel.FELONY, ChargeOutcome.DISMISSED): 40,
    (ChargeLevel.FELONY, ChargeOutcome.PLEA): 3,
    (ChargeLevel.FELONY, ChargeOutcome.PENDING): 25,
    (ChargeLevel.MISDEMEANOR, ChargeOutcome.DISMISSED): 30,
    (ChargeLevel.MISDEMEANOR, ChargeOutcome.PLEA): 50,
    (ChargeLevel.MISDEMEANOR, ChargeOutcome.PENDING): 7,
    (ChargeLevel.INFRACTION, ChargeOutcome.DISMISSED): 20,
    (ChargeLevel.INFRACTION, ChargeOutcome.PLEA): 15,
}


def fill(office: Office, start: date, days: int) -> None:
    """Cases spread over `days` from `start`, as an import would write them."""
    with office.writing() as connection:
        number = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
        for (level, outcome), cases in COUNTS.items():
            for case in range(cases):
                number += 1
                day = start + timedelta(days=case * 7 % days)
                stamp = NOW.isoformat()
                connection.execute(
                    insert(CASES).values(
                        id=number, number=f"T-{number}", created_at=stamp, changed_at=stamp,
                        created_by=1,
                    )
                )  # fmt: skip
                for cls, answers in (
                    (Detainer, {"issued_on": day.isoformat()}),
                    (Charge, {"level": level.value, "outcome": outcome.value}),
                ):
                    connection.execute(insert(RECORD_TABLES[cls]).values(case_id=number, **answers))


@pytest.fixture
def counted(tmp_path: Path) -> tuple[Path, bytes]:
    """A closed, staffed office with cases from January to March, and its file key."""
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        staff(office)
        fill(office, date(2026, 1, 1), 90)
        return folder, office.keys[Key.FILE]


@pytest.fixture
def opened(counted: tuple[Path, bytes]) -> Iterator[Office]:
    with unlocked(counted[0], Role.COORDINATOR) as office:
        yield office


def ledger(office: Office) -> int:
    with office.reading() as connection:
        return len(read_releases(office, connection))


def test_a_coordinator_publishes_without_the_identity_key(opened: Office) -> None:
    assert Key.IDENTITY not in opened.keys
    assert Key.IDENTITY not in opened.key_file().slot("coordinator").open(PASSPHRASE)
    release = release_summary(opened, TABLE, SPRING, NOW)
    assert set(release.files) == {f"{TABLE}{end}" for end in (".csv", ".wide.csv", ".txt", ".json")}
    assert ledger(opened) == 1
    table = release.summary.table
    figures = [figure for line in table.cells for figure in line if figure is not None]
    assert all(figure == 0 or figure > 10 for figure in figures)
    assert table.withheld >= 2 * 2
    assert sum(COUNTS.values()) in figures
    for text in release.files.values():
        text.decode("utf-8")
    assert opened.damage() == []


def test_the_same_window_gives_the_same_figures_and_one_entry(opened: Office) -> None:
    first = release_summary(opened, TABLE, SPRING, NOW)
    again = release_summary(opened, TABLE, SPRING, NOW)
    assert again.files == first.files
    later = release_summary(opened, TABLE, SPRING, LATER)
    for end in (".csv", ".wide.csv"):
        assert later.files[TABLE + end] == first.files[TABLE + end]
    assert again.summary.published_before
    assert ledger(opened) == 1


def test_a_preview_publishes_nothing(opened: Office) -> None:
    preview = preview_summary(opened, TABLE, SPRING, NOW)
    assert not preview.published_before
    assert ledger(opened) == 0
    assert release_summary(opened, TABLE, SPRING, NOW).summary.table == preview.table


def test_windows_that_overlap_are_safe_or_refused(opened: Office) -> None:
    """Subtracting one from the other must not show a small group."""
    release_summary(opened, TABLE, SPRING, NOW)
    published = 1
    for days in (1, 15, 45):
        window = Window(date(2026, 1, 1), date(2026, 3, 31) - timedelta(days=days))
        try:
            release = release_summary(opened, TABLE, window, NOW)
        except NotSafe as error:
            assert error.sentence.endswith(".")
        else:
            published += 1
            assert release.summary.confirmation
        assert ledger(opened) == published
    # What was published stays available, whatever else was asked for.
    assert release_summary(opened, TABLE, SPRING, NOW).summary.published_before


def test_a_tampered_ledger_publishes_nothing(counted: tuple[Path, bytes]) -> None:
    folder, key = counted
    with unlocked(folder, Role.COORDINATOR) as office:
        release_summary(office, TABLE, SPRING, NOW)
    with raw_office(folder, key) as raw:
        raw.execute("DELETE FROM releases")
    with unlocked(folder, Role.COORDINATOR) as office:
        before = _everything(office)
        with pytest.raises(NotSafe, match="ledger"):
            release_summary(office, TABLE, SPRING, NOW)
        assert _everything(office) == before


def test_what_is_not_safe_writes_nothing(
    counted: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the protection switched off, the attacker refuses, and nothing is written."""

    def bare(window: Window, count_in: Callable[[Window], CountTable], _: object) -> ProtectedTable:
        counts = count_in(window)
        cells = tuple(
            tuple(None if 0 < figure < 11 else figure for figure in line)
            for line in counts.with_margins()
        )
        return ProtectedTable(
            counts.table_id, counts.title, counts.row_title, counts.column_title,
            counts.rows, counts.columns, window, cells,
        )  # fmt: skip

    monkeypatch.setattr(workflow, "protect", bare)
    with unlocked(counted[0], Role.COORDINATOR) as office:
        before = _everything(office)
        with pytest.raises(NotSafe):
            release_summary(office, TABLE, SPRING, NOW)
        assert _everything(office) == before


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_publish_do(counted: tuple[Path, bytes], role: Role) -> None:
    with unlocked(counted[0], role) as office:
        if may(role, Act.RELEASE_SUMMARIES):
            assert preview_summary(office, TABLE, SPRING, NOW).table.figures > 0
        else:
            with pytest.raises(NotAllowed, match="publish summaries"):
                release_summary(office, TABLE, SPRING, NOW)


def test_the_report_names_nobody_and_is_read_by_programs(opened: Office) -> None:
    release = release_summary(opened, TABLE, SPRING, NOW)
    told = json.loads(release.files[f"{TABLE}.json"])
    assert told
    assert "T-1" not in release.files[f"{TABLE}.txt"].decode()
    assert [report.id for report in report_tables()] == [TABLE]


def _everything(office: Office) -> list[object]:
    with office.reading() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*), max(rowid) FROM {table}").all()  # noqa: S608
            for table in ("releases", "history", "cases")
        ]
