"""Every declared question, from what was typed to what lies in the file and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.answers import parse, to_stored
from intake_app.core.case import CaseFile
from intake_app.core.casefile import (
    RECORDS,
    Charge,
    Custody,
    Detainer,
    Intake,
    OtherName,
    Person,
    Protection,
)
from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.core.fields import Kind, Question, question, title_of
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import DetainerStatus, YesNo
from intake_app.store import cases
from intake_app.store.office import Office
from intake_app.store.roster import PersonRow, Roster, RosterQuery
from intake_app.store.sealing import Sealer, place
from intake_app.workflows.find_people import load_roster
from intake_app.workflows.open_case import open_case, open_case_numbered
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS, example, typed_answer
from tests.offices import new_office, raw_office, staff, unlocked

each_question = pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)


class Filled:
    """A closed office in which every question of one case was typed in, and read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with new_office(folder).office as office:
            staff(office)
            self.keys = dict(office.keys)
        # An attorney answers what only she may decide.
        with unlocked(folder, Role.ATTORNEY) as office:
            case = start_intake(office, NOW).case_id
            rows = {cls: add_entry(office, case, cls, NOW).entry_id for cls in RECORDS
                    if title_of(cls).many}  # fmt: skip
            for cls, asked in EVERY_QUESTION:
                value = parse(asked, typed_answer(cls, asked))
                save_answer(office, case, cls, rows.get(cls), asked.name, value, NOW)
        self.seen: dict[Role, CaseFile] = {}
        for role in (Role.ADMINISTRATOR, Role.ATTORNEY, Role.PARALEGAL, Role.VOLUNTEER):
            with unlocked(folder, role) as office:
                self.seen[role] = open_case(office, case)
        with raw_office(folder, self.keys[Key.FILE]) as raw:
            self.columns: dict[str, tuple[int, object]] = {}
            for cls, asked in EVERY_QUESTION:
                table = title_of(cls).table
                (found,) = raw.execute(f"SELECT id, {asked.name} FROM {table}")  # noqa: S608
                self.columns[f"{table}.{asked.name}"] = found
            self.lines = raw.execute("SELECT * FROM cases").fetchall()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return Filled(tmp_path_factory.mktemp("filled") / "office")


@each_question
def test_a_question_is_kept_as_it_is_declared(filled: Filled, cls: type, asked: Question) -> None:
    """Facts stand in plain in the encrypted file; every other column holds a sealed value."""
    table = title_of(cls).table
    row, kept = filled.columns[f"{table}.{asked.name}"]
    stored = to_stored(asked, example(cls, asked))
    if not asked.keep.value:
        assert kept == stored
        assert type(kept) is type(stored) or isinstance(kept, str)
        return
    assert isinstance(kept, bytes)
    for words in (str(stored).encode(), typed_answer(cls, asked).encode()):
        # Two or three bytes ("No") turn up in sealed ones by chance; five do not.
        assert len(words) < 5 or words not in kept
    where = place(table, asked.name, row)
    assert Sealer(filled.keys).open(asked.keep, where, kept) == str(stored)
    for key in Key:
        fewer = Sealer({held: filled.keys[held] for held in Key if held is not key})
        if key in asked.keep.value:
            assert not fewer.opens(asked.keep)
        else:
            assert fewer.open(asked.keep, where, kept) == str(stored)


@each_question
def test_a_question_is_read_back_after_reopening(
    filled: Filled, cls: type, asked: Question
) -> None:
    for role, case in filled.seen.items():
        wanted = example(cls, asked)
        if role is Role.VOLUNTEER and Key.PROTECTED in asked.keep.value:
            wanted = None
        assert getattr(case.one(cls), asked.name) == wanted, role


def test_the_line_of_the_case_list_is_sealed(filled: Filled) -> None:
    (line,) = filled.lines
    whole = repr(line).encode()
    for name in ("surname", "given", "a_number", "booking_number"):
        assert str(example(Person, question(Person, name))).encode() not in whole
        assert b"Nguy" not in whole
        assert b"nguyen" not in whole


@each_question
def test_undoing_and_emptying_leave_the_column_empty(cls: type, asked: Question) -> None:
    """An empty answer is NULL, never an empty text: one says "not asked", one would say it was."""
    assert to_stored(asked, None) is None
    if asked.kind is Kind.CHOICES:
        assert to_stored(asked, ()) == ""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that the tests below fill with cases of their own."""
    with new_office(tmp_path_factory.mktemp("shared") / "office").office as office:
        yield office


def history_length(office: Office) -> int:
    with office.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM history").scalar_one())


def test_an_answer_that_did_not_change_writes_nothing(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    assert save_answer(shared, case, Person, None, "surname", "Núñez", NOW).changed
    before = history_length(shared)
    assert not save_answer(shared, case, Person, None, "surname", "Núñez", NOW).changed
    assert not save_answer(shared, case, Person, None, "given", None, NOW).changed
    assert history_length(shared) == before


def test_a_single_record_has_one_row_however_often_it_is_answered(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    first = save_answer(shared, case, Custody, None, "arrest_county", "Dade", NOW)
    second = save_answer(shared, case, Custody, None, "facility", "North", NOW)
    assert first.entry_id == second.entry_id
    assert len(open_case(shared, case).kept(Custody)) == 1
    with pytest.raises(TypeError):
        add_entry(shared, case, Custody, NOW)
    with pytest.raises(TypeError), shared.writing() as connection:
        cases.remove_entry(shared, connection, case, Custody, first.entry_id, NOW)


def test_rows_of_another_case_can_not_be_reached(shared: Office) -> None:
    one, other = (start_intake(shared, NOW).case_id for _ in range(2))
    entry = add_entry(shared, one, Charge, NOW).entry_id
    with pytest.raises(AppError, match="no longer in the case"):
        save_answer(shared, other, Charge, entry, "ncic", "1399", NOW)
    with pytest.raises(AppError, match="no longer in the case"):
        remove_entry(shared, other, Charge, entry, NOW)
    assert len(open_case(shared, one).kept(Charge)) == 1


def test_a_removed_row_takes_no_answers_and_is_removed_once(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    entry = add_entry(shared, case, Charge, NOW).entry_id
    remove_entry(shared, case, Charge, entry, NOW)
    assert open_case(shared, case).kept(Charge) == ()
    before = history_length(shared)
    with pytest.raises(AppError, match="no longer in the case"):
        save_answer(shared, case, Charge, entry, "ncic", "1399", NOW)
    with pytest.raises(AppError, match="no longer in the case"):
        remove_entry(shared, case, Charge, entry, NOW)
    assert history_length(shared) == before


def test_a_case_that_is_not_there_is_a_sentence(shared: Office) -> None:
    with pytest.raises(AppError, match="no longer in the office"):
        open_case(shared, 999_999)
    with pytest.raises(AppError, match="no case with that number"):
        open_case_numbered(shared, "2026-9999", NOW)


def test_an_answer_to_a_case_that_is_not_there_writes_nothing(shared: Office) -> None:
    before = history_length(shared)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        save_answer(shared, 999_999, Person, None, "surname", "X", NOW)
    assert history_length(shared) == before


def test_numbers_start_anew_each_year_and_never_repeat(office: Office) -> None:
    numbers = [start_intake(office, NOW).number for _ in range(3)]
    assert numbers == ["2026-0001", "2026-0002", "2026-0003"]
    assert start_intake(office, NOW.replace(year=2027)).number == "2027-0001"
    assert open_case_numbered(office, " 2026-0002 ", NOW).number == "2026-0002"
    with office.writing() as connection:
        connection.exec_driver_sql("UPDATE cases SET number = '2027-10000' WHERE id = 4")
    assert start_intake(office, NOW.replace(year=2027)).number == "2027-10001"


def test_a_sealed_answer_moved_to_another_case_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        one, other = (start_intake(office, NOW).case_id for _ in range(2))
        save_answer(office, one, Person, None, "surname", "One", NOW)
        save_answer(office, other, Person, None, "surname", "Other", NOW)
        key = office.keys[Key.FILE]
    with raw_office(folder, key) as raw:
        raw.execute(
            "UPDATE person SET surname = (SELECT surname FROM person WHERE case_id = 1)"
            " WHERE case_id = 2"
        )
    with unlocked(folder) as office:
        assert open_case(office, one).one(Person).surname == "One"
        with pytest.raises(OfficeDamaged, match="sealed answer"):
            open_case(office, other)


LISTED = [
    (Person, "surname", "Nguyễn"),
    (Person, "given", "Văn"),
    (Person, "middle", "Anh"),
    (Person, "second_surname", "Đặng"),
    (Person, "suffix", "Jr."),
    (Person, "preferred_name", "Andy"),
    (Person, "a_number", "A-012-345-678"),
    (Person, "booking_number", "B-77"),
    (OtherName, "name", "Wynn"),
    (Custody, "facility", "Turner Guilford Knight"),
    (Custody, "facility_state", question(Custody, "facility_state").vocabulary.of("TX")),  # type: ignore[union-attr]  # a choice has a vocabulary
    (Intake, "opened_on", NOW.date().replace(day=1)),
    (Detainer, "status", DetainerStatus.ACTIVE),
    (Protection, "survivor", YesNo.YES),
    (Protection, "hide_from_lists", YesNo.NO),
]


def told_by(roster: Roster) -> tuple[PersonRow, bool, list[str]]:
    """The only case as the list shows it, whether its detainer is active, and what finds it."""
    (shown,) = roster.page(RosterQuery(), 0, 10)
    active = roster.count(RosterQuery(detainer_active=True)) == 1
    return shown, active, [word for word in WORDS if roster.count(RosterQuery(word))]


def in_memory(office: Office) -> tuple[PersonRow, bool, list[str]]:
    """What the open office's own list tells."""
    return told_by(office.roster)


def in_file(office: Office) -> tuple[PersonRow, bool, list[str]]:
    """The same from a fresh reading of the file."""
    fresh = Roster()
    with office.reading() as connection:
        fresh.add(list(cases.roster_rows(office, connection)), 0)
    told = told_by(fresh)
    fresh.close()
    return told


WORDS = ("nguyen", "wynn", "a012345678")


def test_the_case_list_follows_every_answer_it_shows(office: Office) -> None:
    """In memory after each edit it is what a fresh reading of the file gives."""
    load_roster(office)
    case = start_intake(office, NOW).case_id
    for cls, field, value in LISTED:
        entry = add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
        save_answer(office, case, cls, entry, field, value, NOW)
        assert in_memory(office) == in_file(office), field
    shown, active, words = in_memory(office)
    assert shown.name == "Nguyễn Đặng, Văn Anh Jr."
    assert not shown.masked
    assert active
    assert set(words) == {"nguyen", "wynn", "a012345678"}
    for cls in (OtherName, Detainer):
        (entry_kept,) = open_case(office, case).kept(cls)
        remove_entry(office, case, cls, entry_kept.id, NOW)
        assert in_memory(office) == in_file(office)
    _, active, words = in_memory(office)
    assert not active
    assert "wynn" not in words
