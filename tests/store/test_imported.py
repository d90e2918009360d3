"""What an import writes: sealed as declared, chained, recognised again, hand edits kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge, Custody, Detainer, Intake, Person
from intake_app.core.import_mapping import parse_mapping
from intake_app.core.import_reading import Reading, read_rows
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome, Sex, State
from intake_app.store.case_lines import refresh_roster_line, roster_rows
from intake_app.store.case_rows import read_case
from intake_app.store.cases import add_entry, remove_entry, write_answer
from intake_app.store.changes import changes_of, undo
from intake_app.store.imported import Compared, add_cases, compare_cases
from intake_app.store.imported_again import update_cases
from intake_app.store.office import Office
from intake_app.store.schema import CASES, HISTORY, IMPORTED, RECORD_TABLES

MAPPING = """
source = "jail"
title = "Jail"
case = "ref"
[set]
"intake.mode" = "import"
"custody.facility_state" = "TX"
[[rows]]
make = "detainer"
column = "charge"
words = ["ICE DETAINER"]
[[rows]]
make = "charge"
same_when = ["charge_text"]
[[answer]]
fill = "person.booking_number"
column = "ref"
[[answer]]
fill = "person.surname"
column = "name"
[[answer]]
fill = "person.sex"
column = "sex"
[answer.words]
male = ["M"]
female = ["F"]
[[answer]]
fill = "charge.charge_text"
column = "charge"
[[answer]]
fill = "charge.sentence_days"
column = "days"
[[answer]]
fill = "charge.level"
column = "level"
[answer.words]
felony = ["F"]
misdemeanor = ["M"]
[[answer]]
fill = "charge.outcome"
column = "end"
[answer.words]
dismissed = ["DISMISSED"]
convicted = ["GUILTY"]
pending = ["BOND"]
[[answer]]
fill = "charge.outcome_on"
column = "on"
[[answer]]
fill = "detainer.ended_on"
column = "on"
"""
HEADER = ["ref", "name", "sex", "charge", "level", "days", "end", "on"]
THEFT = ["7", "Núñez", "M", "THEFT", "M", "30", "BOND", "2015-01-02"]
DUI = ["7", "Núñez", "M", "DUI", "M", "", "GUILTY", "2015-01-03"]
HELD = ["7", "Núñez", "M", "ICE DETAINER", "F", "", "", "2015-01-05"]


def reading_of(*rows: list[str], mapping: str = MAPPING) -> Reading:
    return read_rows(parse_mapping(mapping), HEADER, rows, "America/Chicago")


def run(office: Office, now: datetime, *rows: list[str], mapping: str = MAPPING) -> Compared:
    reading = reading_of(*rows, mapping=mapping)
    with office.writing() as connection:
        found = compare_cases(office, connection, "jail", reading)
        add_cases(office, connection, "jail", reading, found, now)
        update_cases(office, connection, "jail", reading, found, now)
    return found


def the_case(office: Office, case_id: int = 1) -> CaseFile:
    with office.reading() as connection:
        return read_case(office, connection, case_id)


def write(office: Office, now: datetime, record: type, row: int, field: str, value: Any) -> None:
    with office.writing() as connection:
        write_answer(office, connection, 1, record, row, field, value, now)


def outcomes(office: Office) -> list[tuple[str | None, ChargeOutcome | None]]:
    return [(charge.charge_text, charge.outcome) for charge in the_case(office).all(Charge)]


def test_a_case_is_written_whole_and_read_back(office: Office, now: datetime) -> None:
    run(office, now, THEFT, DUI, HELD)
    case = the_case(office)
    assert case.number == "2026-0001"
    assert case.one(Person) == Person(booking_number="7", surname="Núñez", sex=Sex.MALE)
    assert case.one(Custody).facility_state is State.TX
    assert case.one(Intake).opened_on == now.date()
    assert case.all(Charge) == (
        Charge(
            charge_text="THEFT",
            sentence_days=30,
            level=ChargeLevel.MISDEMEANOR,
            outcome=ChargeOutcome.PENDING,
            outcome_on=PartialDate(2015, 1, 2),
        ),
        Charge(
            charge_text="DUI",
            level=ChargeLevel.MISDEMEANOR,
            outcome=ChargeOutcome.CONVICTED,
            outcome_on=PartialDate(2015, 1, 3),
        ),
    )
    assert case.all(Detainer) == (Detainer(ended_on=PartialDate(2015, 1, 5)),)
    with office.reading() as connection:
        (change,) = changes_of(office, connection, 1)
    assert (change.action, change.record, change.undoable) == ("imported", "", False)
    assert office.damage() == []


def test_nought_is_an_answer_and_empty_is_none(office: Office, now: datetime) -> None:
    days = ["0", "", "5", "", "0"]
    run(office, now, *([*THEFT[:5], one, *THEFT[6:]] for one in days))
    kept = [charge.sentence_days for charge in the_case(office).all(Charge)]
    assert kept == [0, None, 5, None, 0]


def test_nothing_that_names_a_person_stands_open_in_any_table(
    office: Office, now: datetime
) -> None:
    run(office, now, THEFT, HELD)
    with office.reading() as connection:
        for table in (*RECORD_TABLES.values(), CASES, HISTORY, IMPORTED):
            for row in connection.execute(select(table)):
                for value in row:
                    bare = value if isinstance(value, bytes) else str(value).encode()
                    assert "Núñez".encode() not in bare
                    assert b"THEFT" not in bare
        kept = connection.execute(select(IMPORTED)).one()
    assert kept.key_mac != kept.content_mac
    assert len(kept.key_mac) == len(kept.content_mac) == 16


def test_what_is_sealed_in_bulk_opens_only_in_its_place(office: Office, now: datetime) -> None:
    run(office, now, THEFT, DUI)
    with office.reading() as connection:
        table = RECORD_TABLES[Charge]
        sealed = connection.execute(select(table.c.charge_text).order_by(table.c.id)).scalars()
        values = list(sealed)
    assert all(isinstance(value, bytes) for value in values)
    assert len({value[1:13] for value in values}) == 2, "a nonce was used twice"


def test_history_of_many_is_one_unbroken_chain(office: Office, now: datetime) -> None:
    with office.reading() as connection:
        before = len(connection.execute(select(HISTORY)).all())
    run(office, now, *([str(i), *THEFT[1:]] for i in range(123)))
    assert office.damage() == []
    run(office, now, *([str(i), *THEFT[1:]] for i in range(100, 153)))
    assert office.damage() == []
    with office.reading() as connection:
        assert len(connection.execute(select(HISTORY)).all()) == before + 153


@pytest.mark.parametrize("named", [True, False])
def test_the_case_list_reads_as_if_every_answer_had_been_typed(
    office: Office, now: datetime, named: bool
) -> None:
    surname = '[[answer]]\nfill = "person.surname"\ncolumn = "name"\n'
    mapping = MAPPING if named else MAPPING.replace(surname, "")
    assert named or mapping != MAPPING
    keys = ["7", "A-12", "Đ’ 9", '"q" \\', "x--y", "T00001", "-"]
    run(office, now, *([key, *THEFT[1:]] for key in keys), mapping=mapping)
    with office.writing() as connection:
        imported = list(roster_rows(office, connection))
        for row in imported:
            refresh_roster_line(office, connection, row.case_id)
        assert list(roster_rows(office, connection)) == imported
    assert {row.booking_number for row in imported} == set(keys)
    assert imported[0].opened_on == now.date().isoformat()


def test_again_is_unchanged_and_new_ones_are_added(office: Office, now: datetime) -> None:
    first = run(office, now, THEFT, HELD)
    assert (len(first.new), len(first.changed), first.unchanged) == (1, 0, 0)
    again = run(office, now, THEFT, HELD)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 1)
    more = run(office, now, THEFT, HELD, ["8", *THEFT[1:]])
    assert (len(more.new), len(more.changed), more.unchanged) == (1, 0, 1)
    assert the_case(office, 2).one(Person).booking_number == "8"
    assert the_case(office, 2).number == "2026-0002"
    assert len(the_case(office).all(Charge)) == 1


def test_what_changed_in_the_table_is_changed_in_the_case(office: Office, now: datetime) -> None:
    run(office, now, THEFT, DUI, HELD)
    guilty = [*THEFT[:5], "", "GUILTY", "2015-02-01"]
    new = [*THEFT[:3], "ROBBERY", "F", "", "BOND", ""]
    later = now + timedelta(days=1)
    found = run(office, later, new, guilty, HELD)
    assert list(found.changed) == [0]
    case = the_case(office)
    assert [entry.record.charge_text for entry in case.kept(Charge)] == ["THEFT", "ROBBERY"]
    theft = case.kept(Charge)[0]
    assert theft.id == 1
    assert theft.record.outcome is ChargeOutcome.CONVICTED
    assert theft.record.sentence_days is None
    assert office.damage() == []
    # The line that went comes back, as the same entry.
    run(office, later, new, guilty, DUI, HELD)
    assert [entry.id for entry in the_case(office).kept(Charge)] == [1, 2, 3]
    assert office.damage() == []


def test_the_case_list_follows_a_changed_name(office: Office, now: datetime) -> None:
    run(office, now, THEFT)
    run(office, now, [THEFT[0], "Ibáñez", *THEFT[2:]])
    with office.reading() as connection:
        (row,) = roster_rows(office, connection)
    assert row.name == "Ibáñez"
    assert "ibanez" in row.words


def test_an_answer_changed_by_hand_stays_and_the_others_follow(
    office: Office, now: datetime
) -> None:
    run(office, now, THEFT, DUI, HELD)
    write(office, now, Charge, 1, "outcome", ChargeOutcome.DIVERTED)
    write(office, now, Charge, 1, "charge_text", "Theft, first offense")
    write(office, now, Person, 1, "sex", Sex.FEMALE)
    guilty = [*THEFT[:5], "60", "GUILTY", "2015-02-01"]
    run(office, now, DUI, guilty, HELD)
    case = the_case(office)
    theft, _ = case.all(Charge)
    assert theft.outcome is ChargeOutcome.DIVERTED
    assert theft.charge_text == "Theft, first offense"
    assert theft.sentence_days == 60
    assert theft.outcome_on == PartialDate(2015, 2, 1)
    assert case.one(Person).sex is Sex.FEMALE


def test_entries_added_removed_or_changed_by_hand_are_left_alone(
    office: Office, now: datetime
) -> None:
    run(office, now, THEFT, DUI, HELD)
    with office.writing() as connection:
        mine = add_entry(office, connection, 1, Charge, now)
        write_answer(office, connection, 1, Charge, mine, "charge_text", "DUI", now)
        empty = add_entry(office, connection, 1, Charge, now)
        remove_entry(office, connection, 1, Charge, 2, now)
    write(office, now, Charge, 1, "level", ChargeLevel.FELONY)
    # The theft is gone from the table, but somebody worked on it; the DUI was removed by hand.
    changed = [*DUI[:6], "DISMISSED", "2015-03-01"]
    run(office, now, changed, HELD)
    assert outcomes(office) == [("THEFT", ChargeOutcome.PENDING), ("DUI", None), (None, None)]
    assert [entry.id for entry in the_case(office).kept(Charge)] == [1, mine, empty]


def test_two_equal_charges_stay_two(office: Office, now: datetime) -> None:
    run(office, now, THEFT, THEFT)
    second = [*THEFT[:6], "GUILTY", "2015-02-01"]
    run(office, now, second, THEFT)
    assert sorted(outcomes(office), key=str) == [
        ("THEFT", ChargeOutcome.CONVICTED),
        ("THEFT", ChargeOutcome.PENDING),
    ]
    kept = the_case(office).kept(Charge)
    assert [entry.id for entry in kept] == [1, 2]
    assert kept[0].record.outcome is ChargeOutcome.PENDING, "the line that did not change moved"


def test_an_update_can_be_undone_from_history(office: Office, now: datetime) -> None:
    run(office, now, THEFT, DUI)
    run(office, now, [*THEFT[:6], "GUILTY", "2015-01-02"])
    with office.writing() as connection:
        changes = changes_of(office, connection, 1)
        removed, outcome = (
            next(c for c in changes if c.action == "removed"),
            next(c for c in changes if c.label == "Outcome"),
        )
        assert (outcome.before, outcome.after) == ("Pending", "Convicted")
        undo(office, connection, removed.seq, now)
        undo(office, connection, outcome.seq, now)
    assert outcomes(office) == [
        ("THEFT", ChargeOutcome.PENDING),
        ("DUI", ChargeOutcome.CONVICTED),
    ]
    # What somebody brought back or took back is decided by hand: the next import leaves it.
    run(office, now, [*THEFT[:6], "DISMISSED", "2015-01-02"])
    assert outcomes(office) == [
        ("THEFT", ChargeOutcome.PENDING),
        ("DUI", ChargeOutcome.CONVICTED),
    ]


def test_a_failure_anywhere_leaves_the_file_as_it_was(office: Office, now: datetime) -> None:
    run(office, now, THEFT, HELD)
    tables = (*RECORD_TABLES.values(), CASES, HISTORY, IMPORTED)

    def everything() -> list[Any]:
        with office.reading() as connection:
            return [connection.execute(select(table)).all() for table in tables]

    before = everything()
    reading = reading_of([*THEFT[:6], "GUILTY", ""], ["8", *THEFT[1:]], ["9", *THEFT[1:]])
    with pytest.raises(ZeroDivisionError), office.writing() as connection:
        found = compare_cases(office, connection, "jail", reading)
        add_cases(office, connection, "jail", reading, found, now)
        update_cases(office, connection, "jail", reading, found, now)
        raise ZeroDivisionError
    assert everything() == before
    assert office.damage() == []
