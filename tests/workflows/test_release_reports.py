"""Publishing: the ledger first, then the files; once published, figures never change."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.casefile import Charge, Detainer
from intake_app.core.errors import AppError, NotAllowed, NotSafe
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.reports.tables import Part, Side
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import ChargeOutcome
from intake_app.store.office import Office
from intake_app.workflows import release_reports as workflow
from intake_app.workflows.open_case import open_case
from intake_app.workflows.prepare_reports import prepare_reports
from intake_app.workflows.read_ledger import read_ledger
from intake_app.workflows.release_reports import Release, release_reports
from intake_app.workflows.report_choices import report_choices
from intake_app.workflows.save_case import remove_entry, save_answer
from intake_app.workflows.start_series import start_new_series
from tests.offices import new_office, raw_office, staff, unlocked
from tests.report_offices import add_cases, after, ledger_state, own, window_of

CHARGES = own("charges", "charge_level", "outcome")
VICTIMS = own("victims", "charge_level", "victim")
HOURS = Part("hours", "Hours held", (Side("charge_level"),), ("hours_held",))
QUARTERS = [read_period(f"2026-Q{number}") for number in (1, 2, 3, 4)]
THEN = after(QUARTERS[0].end)
LATER = after(QUARTERS[1].end)


def asked(*parts: Part, period: str = "2026-Q1", **more: Any) -> ReleaseAsked:
    return ReleaseAsked(window_of(period), (), parts or (CHARGES,), **more)


def csvs(release: Release) -> dict[str, bytes]:
    return {name: data for name, data in release.files.items() if name.endswith(".csv")}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed, staffed office with cases of four quarters, and its file key."""
    folder = tmp_path_factory.mktemp("release") / "office"
    with new_office(folder).office as office:
        staff(office)
        for number, quarter in enumerate(QUARTERS):
            add_cases(office, number, quarter, 120)
        return folder, office.keys[Key.FILE]


@pytest.fixture
def copied(counted: tuple[Path, bytes], tmp_path: Path) -> tuple[Path, bytes]:
    return Path(shutil.copytree(counted[0], tmp_path / "office")), counted[1]


@pytest.fixture
def opened(copied: tuple[Path, bytes]) -> Iterator[Office]:
    with unlocked(copied[0], Role.COORDINATOR) as office:
        yield office


def change_cases(folder: Path) -> None:
    """Correct many published outcomes, take some detainers away and add late cases."""
    with unlocked(folder) as office:
        for case_id in range(1, 40):
            (charge,) = open_case(office, case_id).kept(Charge)
            answer = ChargeOutcome.TRIAL
            save_answer(office, case_id, Charge, charge.id, "outcome", answer, LATER)
        for case_id in range(40, 60):
            (detainer,) = open_case(office, case_id).kept(Detainer)
            remove_entry(office, case_id, Detainer, detainer.id, LATER)
        add_cases(office, 9, QUARTERS[0], 30)


def test_the_same_wish_twice_gives_the_same_bytes_and_one_entry(opened: Office) -> None:
    first = release_reports(opened, asked(CHARGES, VICTIMS, HOURS), THEN)
    entries = ledger_state(opened)
    again = release_reports(opened, asked(CHARGES, VICTIMS, HOURS), THEN + timedelta(days=1))
    assert csvs(first)
    assert csvs(again) == csvs(first)
    assert ledger_state(opened) == entries
    assert [line.kind.value for line in read_ledger(opened)] == ["series", "period", "release"]
    assert opened.damage() == []


def test_what_was_prepared_is_what_is_published(opened: Office) -> None:
    prepared = prepare_reports(opened, asked(), THEN)
    release = release_reports(opened, prepared, THEN + timedelta(hours=2))
    assert release.prepared is prepared
    (name,) = (n for n in release.files if n.endswith(".csv") and "wide" not in n)
    lines = list(csv.DictReader(io.StringIO(release.files[name].decode("utf-8-sig"))))
    values = [None if line["flag"] == "s" else int(line["value"]) for line in lines]
    assert tuple(values) == prepared.tables[0].figures


def test_a_published_period_keeps_its_figures_whatever_is_corrected(
    copied: tuple[Path, bytes],
) -> None:
    folder = copied[0]
    with unlocked(folder, Role.COORDINATOR) as office:
        first = release_reports(office, asked(CHARGES), THEN)
    change_cases(folder)
    with unlocked(folder, Role.COORDINATOR) as office:
        again = release_reports(office, asked(CHARGES), LATER)
        assert csvs(again) == csvs(first)
        # Tables added later for the same dates count the same cases, as they were.
        more = release_reports(office, asked(own("levels", "charge_level")), LATER)
        assert more.prepared.tables[0].figures[-1] == first.prepared.tables[0].figures[-1] == 120
        # What came late is in the next period, what was counted is not counted again.
        second = release_reports(office, asked(CHARGES, period="2026-Q2"), LATER)
        assert second.prepared.tables[0].figures[-1] == 150


def test_a_year_is_published_when_all_of_it_was(opened: Office) -> None:
    for quarter in QUARTERS:
        now = after(quarter.end)
        if quarter is not QUARTERS[0]:
            with pytest.raises(AppError, match=r"total of a year|overlap"):
                prepare_reports(opened, asked(period="2026"), now)
        assert report_choices(opened, now).years == ()
        release_reports(opened, asked(period=quarter.id), now)
    (year,) = report_choices(opened, now).years
    release = release_reports(opened, ReleaseAsked(year, (), (CHARGES,)), now)
    assert release.prepared.tables[0].figures[-1] == 480
    assert release.prepared.asked.window.id == "2026"


def test_the_year_before_stands_beside_a_table(copied: tuple[Path, bytes]) -> None:
    next_year = read_period("2027-Q1")
    with unlocked(copied[0]) as office:
        add_cases(office, 77, next_year, 300)
        first = release_reports(office, asked(CHARGES), THEN)
        release_reports(office, asked(CHARGES, period="2026-Q2"), LATER)
        later = release_reports(office, asked(CHARGES, period="2027-Q1"), after(next_year.end))
    (part,) = later.prepared.reports[0].parts
    assert part.year_before is not None
    assert part.year_before.figures == first.prepared.tables[0].figures


def test_the_choices_follow_what_was_published(opened: Office) -> None:
    now = after(QUARTERS[2].end)
    choices = report_choices(opened, now)
    assert [period.id for period in choices.periods[:2]] == ["2026-Q3", "2026-Q2"]
    assert (choices.series, choices.start, choices.published) == (0, None, ())
    release_reports(opened, asked(), now)
    choices = report_choices(opened, now)
    assert [period.id for period in choices.periods] == ["2026-Q2", "2026-Q3"]
    assert [window.id for window in choices.published] == ["2026-Q1"]
    assert (choices.series, choices.start) == (1, QUARTERS[0].start)
    for wish in ("2026-H1", "2025-Q4"):
        with pytest.raises(AppError, match="overlap"):
            prepare_reports(opened, asked(period=wish), now)
    # A quarter left out is counted in the next one.
    third = release_reports(opened, asked(period="2026-Q3"), now)
    assert third.prepared.tables[0].figures[-1] == 240


def test_figures_looked_at_before_a_change_are_not_published(
    copied: tuple[Path, bytes],
) -> None:
    with unlocked(copied[0], Role.COORDINATOR) as office:
        prepared = prepare_reports(office, asked(), THEN)
    change_cases(copied[0])
    with unlocked(copied[0], Role.COORDINATOR) as office:
        before = ledger_state(office)
        with pytest.raises(AppError, match="was changed since"):
            release_reports(office, prepared, THEN)
        assert ledger_state(office) == before
        # Nor where another release came in between.
        one, other = (prepare_reports(office, asked(part), THEN) for part in (CHARGES, VICTIMS))
        release_reports(office, one, THEN)
        with pytest.raises(AppError, match="was changed since"):
            release_reports(office, other, THEN)


def test_a_forged_release_says_it_was_published(opened: Office) -> None:
    release_reports(opened, asked(CHARGES), THEN)
    other = prepare_reports(opened, asked(CHARGES, period="2026-Q2"), LATER)
    forged = type(other)(
        asked(CHARGES), other.reports, other.confirmation, published_before=frozenset({"charges"})
    )
    with pytest.raises(AppError, match="ledger changed"):
        release_reports(opened, forged, LATER)


@pytest.mark.parametrize("what", ["report_files", "publish", "gathered_at", "release_to_json"])
def test_whatever_fails_no_entry_no_period_no_file(
    opened: Office, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """In particular where the files can't be made after the entry was written."""
    prepared = prepare_reports(opened, asked(), THEN)
    before = ledger_state(opened)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(workflow, what, fails)
    with pytest.raises(RuntimeError):
        release_reports(opened, prepared, THEN)
    assert ledger_state(opened) == before
    monkeypatch.undo()
    assert release_reports(opened, prepared, THEN).files


def test_only_those_who_may_publish_do(counted: tuple[Path, bytes], opened: Office) -> None:
    prepared = prepare_reports(opened, asked(), THEN)
    with unlocked(counted[0], Role.ATTORNEY) as office:
        functions: tuple[Callable[[], object], ...] = (
            lambda: release_reports(office, prepared, THEN),
            lambda: report_choices(office, THEN),
            lambda: read_ledger(office),
        )
        for function in functions:
            with pytest.raises(NotAllowed, match="publish summaries"):
                function()


def test_losing_the_ledger_ends_the_series(copied: tuple[Path, bytes]) -> None:
    folder, key = copied
    with unlocked(folder, Role.COORDINATOR) as office:
        release_reports(office, asked(), THEN)
    with raw_office(folder, key) as raw:
        raw.execute("DELETE FROM releases WHERE kind = 'release'")
    with unlocked(folder, Role.COORDINATOR) as office:
        with pytest.raises(NotSafe, match="ask an administrator to start a new series"):
            release_reports(office, asked(period="2026-Q2"), LATER)
        choices = report_choices(office, LATER)
        assert "ledger" in choices.trouble
        assert choices.periods == ()
        with pytest.raises(NotAllowed, match="start a new series"):
            start_new_series(office, LATER)
    with unlocked(folder) as office:
        earliest = start_new_series(office, LATER)
        assert earliest > LATER.date()
        # Nothing that may have been published is: the quarter that runs began before.
        now = after(QUARTERS[3].end)
        for gone in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-H2", "2026"):
            with pytest.raises(AppError, match="overlap"):
                release_reports(office, asked(period=gone), now)
        assert [period.id for period in report_choices(office, now).periods] == ["2026-Q4"]
        release = release_reports(office, asked(period="2026-Q4"), now)
        assert release.prepared.tables[0].figures[-1] == 120, "cases of the lost dates stay out"
        assert report_choices(office, now).series > 1


def test_what_a_file_or_the_ledger_tells_names_nobody(copied: tuple[Path, bytes]) -> None:
    with unlocked(copied[0], Role.COORDINATOR) as office:
        release = release_reports(office, asked(CHARGES, HOURS), THEN)
        sentences = " ".join(line.sentence for line in read_ledger(office))
    assert "Published for January to March 2026: charges, Hours held." in sentences
    told = b"".join(data for name, data in release.files.items() if not name.endswith(".pdf"))
    assert b"2026-00" not in told, "a case number"
    with raw_office(*copied) as raw:
        for published, sealed in raw.execute("SELECT published, sealed FROM releases"):
            assert "keys" not in json.loads(published)
            assert sealed is None or b"episodes" not in sealed
