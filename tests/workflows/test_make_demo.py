"""The demonstration office: a real, encrypted office of invented people."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from intake_app.core.casefile import RECORDS, Custody, Person
from intake_app.core.custody_clock import ClockState
from intake_app.core.demo_people import demo_cases
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment, questions, title_of
from intake_app.core.roles import Role
from intake_app.store.case_rows import read_case
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.case_history import case_history
from intake_app.workflows.find_people import CaseQuery, find_people, list_cases
from intake_app.workflows.make_demo import Demo, demo_material, make_demo
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.unlock_office import members_of, unlock_office

NOW = datetime(2026, 11, 22, 12, 11, tzinfo=ZoneInfo("America/New_York"))
COUNT = 300


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "an office"


@pytest.fixture(scope="module", name="demo")
def _demo(folder: Path) -> Demo:
    return make_demo(folder, NOW, COUNT, cost=OWASP_MINIMUM)


def test_each_role_has_a_member_who_can_open_it(demo: Demo, folder: Path) -> None:
    assert {slot.login: slot.role for slot in members_of(folder)} == {r.value: r for r in Role}
    assert set(demo.passphrases) == {role.value for role in Role}
    for login, passphrase in demo.passphrases.items():
        assert len(passphrase) >= 12
        assert len(passphrase.split()) == 4
        with unlock_office(folder, login, passphrase, NOW) as office:
            assert office.member.role.value == login
            assert office.profile.state == "FL"


def test_the_same_seed_makes_the_same_office(demo: Demo, tmp_path: Path) -> None:
    again = make_demo(tmp_path / "again", NOW, 40, cost=OWASP_MINIMUM)
    other = make_demo(tmp_path / "other", NOW, 40, seed=2, cost=OWASP_MINIMUM)
    assert again.passphrases == demo.passphrases
    assert not set(other.passphrases.values()) & set(demo.passphrases.values())
    first = [row.state for row in again.cases[:15]]
    assert first == [row.state for row in demo.cases[:15]]


def test_what_was_made_up_is_what_can_be_read(demo: Demo, folder: Path) -> None:
    made = list(demo_cases(demo_material(), COUNT, 1, NOW))
    assert len(demo.cases) == COUNT
    assert [row.number for row in demo.cases[:3]] == ["2026-0001", "2026-0002", "2026-0003"]
    with unlock_office(folder, "attorney", demo.passphrases["attorney"], NOW) as office:
        listed = list_cases(office, CaseQuery(), 0, COUNT)
        assert listed.total == COUNT
        assert {row.number for row in listed.rows} == {row.number for row in demo.cases}
        by_number = {row.number: row for row in listed.rows}
        for case, row in zip(made, demo.cases, strict=True):
            read = open_case(office, by_number[row.number].case_id)
            assert {cls: read.all(cls) for cls in RECORDS} == dict(case.records)
            state = read.one(Custody).facility_state
            assert row.state == (state.value if state else "")
        assert [person.number for person in find_people(office, "nguyen anh")] == ["2026-0006"]
        (started,) = case_history(office, 1)
        assert started.action == "case started"
        assert office.damage() == []


def test_the_desk_shows_every_clock_that_is_not_stopped(demo: Demo, folder: Path) -> None:
    with unlock_office(folder, "paralegal", demo.passphrases["paralegal"], NOW) as office:
        desk = read_desk(office, NOW)
    states = {row.reading.state if row.reading else None for row in desk.clocks}
    assert states == set(ClockState) - {ClockState.STOPPED}
    assert 20 < len(desk.clocks) < 60
    assert len(desk.to_do) >= 2
    assert len(desk.unfinished) >= 5
    first = next(row for row in desk.clocks if row.number == "2026-0001")
    assert first.masked
    assert first.reading is not None
    assert first.reading.state is ClockState.PLAIN_PAST_REG_RUNNING


def test_a_coordinator_learns_no_name(demo: Demo, folder: Path) -> None:
    people = [case.records[Person][0] for case in demo_cases(demo_material(), COUNT, 1, NOW)]
    names = {name for p in people for name in (p.given, p.surname, p.second_surname) if name}
    told = {name for name in names if len(name) > 4} | {p.booking_number for p in people}
    with unlock_office(folder, "coordinator", demo.passphrases["coordinator"], NOW) as office:
        assert not office.sealer.opens(Compartment.IDENTITY)
        with office.reading() as connection:
            for case_id in range(1, COUNT + 1):
                case = read_case(office, connection, case_id)
                assert case.name == ""
                assert not {str(v) for v in vars(case.one(Person)).values()} & told
            tables = [title_of(cls).table for cls in RECORDS] + ["cases", "history"]
            kept = [
                value
                for table in tables
                for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - ours
                for value in row
            ]
    plain = {value for value in kept if isinstance(value, str)}
    assert "FL" in plain
    assert not plain & told
    everything = b"\n".join(value for value in kept if isinstance(value, bytes))
    for name in told:
        assert name is None or name.encode() not in everything


def test_every_answer_of_identity_is_sealed(demo: Demo, folder: Path) -> None:
    with (
        unlock_office(folder, "attorney", demo.passphrases["attorney"], NOW) as office,
        office.reading() as connection,
    ):
        for cls in RECORDS:
            sealed = [asked.name for asked in questions(cls) if asked.keep.value]
            if not sealed:
                continue
            columns = ", ".join(sealed)
            table = title_of(cls).table
            rows = connection.execute(text(f"SELECT {columns} FROM {table}"))  # noqa: S608 - ours
            assert all(v is None or isinstance(v, bytes) for row in rows for v in row)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(AppError, match="not empty"):
        make_demo(tmp_path, NOW, 1, cost=OWASP_MINIMUM)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_office_without_cases_can_be_opened(tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "empty", NOW, 0, cost=OWASP_MINIMUM)
    assert demo.cases == ()
    with unlock_office(
        tmp_path / "empty", "volunteer", demo.passphrases["volunteer"], NOW
    ) as office:
        assert list_cases(office, CaseQuery(), 0, 10).total == 0
