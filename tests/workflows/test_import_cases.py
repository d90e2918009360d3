"""The import as a member runs it; the county file where it stands beside the checkout."""

import csv
import io
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from intake_app import paths
from intake_app.core.casefile import Charge, Detainer, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DetainerStatus,
    LiftReason,
)
from intake_app.store.office import Office
from intake_app.store.report_facts import read_episodes
from intake_app.store.schema import IMPORTED, RECORD_TABLES
from intake_app.workflows.find_people import find_people, load_roster
from intake_app.workflows.import_cases import ImportResult, import_cases
from intake_app.workflows.open_case import open_case_numbered
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE

COUNTY = Path(__file__).parents[2].parent / "shared/data/county_jail_detainers.csv"
county = pytest.mark.skipif(not COUNTY.exists(), reason="the county file is not here")

HEADER = (
    "booking_ref,sex,race,age_at_booking,booking_date,birthplace,charge_code,charge,level,"
    "sentence,disposition_date,disposition\n"
)
ROWS = (
    'T1,M,W,29,2014-05-01,"Guerrero, Mexico",54,DRIVING WHILE INTOXICATED,MB,,2014-05-03,'
    "SENTENCE COMPLETE\n"
    'T1,M,W,29,2014-05-01,"Guerrero, Mexico",4200,ICE DETAINER,F*,,2014-05-04,RELEASED TO ICE\n'
)
TABLE = (HEADER + ROWS).encode()


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return (
        result.rows_read,
        result.cases_added,
        result.cases_updated,
        result.cases_unchanged,
    )


def test_the_shipped_mapping_is_found_by_the_headings(office: Office, now: datetime) -> None:
    result = import_cases(office, TABLE, None, now)
    assert counts(result) == (2, 1, 0, 0)
    assert result.rejected == ()
    case = open_case_numbered(office, "2026-0001", NOW)
    (charge,), (detainer,) = case.all(Charge), case.all(Detainer)
    assert charge.level is ChargeLevel.MISDEMEANOR
    assert charge.outcome is ChargeOutcome.CONVICTED
    assert detainer.status is DetainerStatus.EXECUTED
    assert case.one(Person).born is None
    assert counts(import_cases(office, TABLE, None, now)) == (2, 0, 0, 1)


@pytest.mark.parametrize(
    ("level", "charge", "kept"),
    [
        ("F2", "x", "felony"),
        ("P", "x", "felony"),
        ("fs ", "x", "felony"),
        ("M*", "x", "misdemeanor"),
        ("mb", "x", "misdemeanor"),
        ("C", "PUBLIC INTOXICATION", "infraction"),
        ("MC", "TRAFFIC OFFENSE SINGLE", "criminal_traffic"),
        ("F", "FEDERAL DETAINER", "none"),
        ("X", "OUT OF STATE", "unknown"),
        ("", "x", None),
    ],
)
def test_texas_levels(
    office: Office, now: datetime, level: str, charge: str, kept: str | None
) -> None:
    row = f"T1,M,W,29,2014-05-01,Honduras,54,{charge},{level},,2014-05-03,DISMISSAL\n"
    result = import_cases(office, (HEADER + row).encode(), None, now)
    assert result.rejected == ()
    (read,) = open_case_numbered(office, "2026-0001", NOW).all(Charge)
    assert read.level == (ChargeLevel.of(kept) if kept else None)


@pytest.mark.parametrize(
    ("disposition", "sentence", "kept"),
    [
        ("SENTENCE COMPLETE", "", "convicted"),
        ("BOND-SURETY", "", "pending"),
        ("RELEASED TO TDCJ-ID", "2 years", "convicted"),
        ("RELEASED TO TDCJ-ID", "", "unknown"),
        ("DISMISSAL", "2 years", "dismissed"),
        ("", "2 years", "convicted"),
        ("", "", "pending"),
        ("GRAND JURY NO BILL", "", "no_charges"),
    ],
)
def test_texas_dispositions(
    office: Office, now: datetime, disposition: str, sentence: str, kept: str
) -> None:
    row = f"T1,M,W,29,2014-05-01,Honduras,54,x,F1,{sentence},2014-05-03,{disposition}\n"
    result = import_cases(office, (HEADER + row).encode(), None, now)
    assert result.rejected == ()
    (read,) = open_case_numbered(office, "2026-0001", NOW).all(Charge)
    assert read.outcome is ChargeOutcome.of(kept)


def test_a_withdrawn_detainer_is_lifted_and_an_open_one_has_no_status(
    office: Office, now: datetime
) -> None:
    rows = "".join(
        f"T{i},M,W,29,2014-05-01,Honduras,4200,ICE DETAINER,F,,,{word}\n"
        for i, word in enumerate(["WARRANT WITHDRAWN", "", "ICE DETAINER TIME LIMIT REACHED"])
    )
    import_cases(office, (HEADER + rows).encode(), None, now)
    numbers = [f"2026-000{i}" for i in (1, 2, 3)]
    found = [open_case_numbered(office, one, NOW).all(Detainer)[0] for one in numbers]
    assert [(one.status, one.lift_reason) for one in found] == [
        (DetainerStatus.CANCELLED, LiftReason.LIFTED),
        (None, None),
        (DetainerStatus.EXPIRED, None),
    ]


def test_a_dry_run_counts_and_writes_nothing(office: Office, now: datetime) -> None:
    assert counts(import_cases(office, TABLE, None, now, dry_run=True)) == (2, 1, 0, 0)
    assert find_people(office, "") == ()
    assert counts(import_cases(office, TABLE, None, now)) == (2, 1, 0, 0)


def test_the_open_case_list_shows_what_was_imported(office: Office, now: datetime) -> None:
    load_roster(office)
    import_cases(office, TABLE, None, now)
    (row,) = find_people(office, "t1")
    assert (row.booking_number, row.state) == ("T1", "TX")


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_who_may_not_import(staffed: Office, now: datetime, role: Role) -> None:
    folder = staffed.folder
    staffed.close()
    with (
        unlock_office(folder, role.value, PASSPHRASE, now) as mine,
        pytest.raises(NotAllowed),
    ):
        import_cases(mine, TABLE, None, now)


def test_no_mapping_or_two_that_fit_is_a_sentence(
    office: Office, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AppError, match="None of the mappings"):
        import_cases(office, b"a,b\n1,2\n", None, now)
    shipped = (paths.resources() / "imports/county_jail_detainers.toml").read_text("utf-8")
    (tmp_path / "imports").mkdir()
    for name in ("one", "two"):
        (tmp_path / "imports" / f"{name}.toml").write_text(shipped, "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(AppError, match="More than one mapping"):
        import_cases(office, TABLE, None, now)


any_cell = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    table=st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda tail: TABLE + tail),
        st.lists(st.lists(any_cell, min_size=12, max_size=12), max_size=5).map(
            lambda rows: HEADER.encode() + _csv(rows)
        ),
    )
)
def test_no_table_ever_breaks_the_import(office: Office, now: datetime, table: bytes) -> None:
    try:
        result = import_cases(office, table, None, now)
    except AppError as error:
        assert error.sentence
    else:
        again = import_cases(office, table, None, now)
        assert again.cases_added == again.cases_updated == 0
        assert again.rejected == result.rejected
        assert len(find_people(office, "", limit=1)) == (
            1 if result.rows_read and again.cases_unchanged else len(find_people(office, "", 1))
        )


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


@county
def test_the_county_file_is_imported_once_and_only_once(office: Office, now: datetime) -> None:
    table = COUNTY.read_bytes()
    result = import_cases(office, table, None, now)
    assert counts(result) == (24_839, 9_533, 0, 0)
    assert Counter(one.column for one in result.rejected) == {
        "birthplace": 296,
        "disposition": 130,
        "level": 1,
    }
    assert counts(import_cases(office, table, None, now)) == (24_839, 0, 0, 9_533)
    assert office.damage() == []
    with office.reading() as connection:
        assert len(connection.execute(select(IMPORTED)).all()) == 9_533
        charge, detainer = RECORD_TABLES[Charge], RECORD_TABLES[Detainer]
        levels = Counter(connection.execute(select(charge.c.level)).scalars())
        outcomes = Counter(connection.execute(select(charge.c.outcome)).scalars())
        statuses = Counter(connection.execute(select(detainer.c.status)).scalars())
        # Every case with a detainer can be counted in a summary.
        counted = read_episodes(office, connection, NOW).rows.size
        with_detainer = len(set(connection.execute(select(detainer.c.case_id)).scalars()))
    # 24,839 lines: 9,602 detainers and 15,237 charges, of which 80 and 50 were entered in error.
    assert sum(statuses.values()) == 9_522
    assert sum(levels.values()) == 15_187
    assert (levels["felony"], levels["misdemeanor"]) == (2_863, 9_455)
    assert outcomes["dismissed"] == 1_187
    assert statuses["executed"] == 7_928
    assert counted == with_detainer
    (found,) = find_people(office, "T00004")
    case = open_case_numbered(office, found.number, NOW)
    assert case.all(Charge)[0].charge_text == "POSS MARIJ >4OZ<=5LBS(FS)"
