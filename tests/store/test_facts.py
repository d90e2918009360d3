"""Facts for summaries: read from plain columns of whole cases, without the identity key."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Select, event

from intake_app.core.case_facts import CaseFacts
from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.fields import question
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome, YesNo
from intake_app.store import facts
from intake_app.store.facts import read_facts
from intake_app.store.office import Office
from intake_app.store.schema import RECORD_TABLES
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import unlocked


def add(office: Office, case: int, cls: type, **answers: object) -> int:
    entry = add_entry(office, case, cls, NOW).entry_id
    for name, value in answers.items():
        save_answer(office, case, cls, entry, name, value, NOW)
    return entry


def facts_of(office: Office) -> list[CaseFacts]:
    with office.reading() as connection:
        return list(read_facts(connection))


def test_each_case_with_a_detainer_is_one_row(office: Office) -> None:
    start_intake(office, NOW)  # no detainer: not counted
    case = start_intake(office, NOW).case_id
    add(office, case, Detainer, issued_on=PartialDate(2026, 11, 20))
    add(office, case, Detainer, issued_on=PartialDate(2026, 11, 3))
    add(office, case, Charge, level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PLEA)
    felony = add(office, case, Charge, level=ChargeLevel.FELONY, outcome=ChargeOutcome.DISMISSED)
    counted = CaseFacts(date(2026, 11, 3), ChargeLevel.FELONY, ChargeOutcome.DISMISSED)
    assert facts_of(office) == [counted]
    remove_entry(office, case, Charge, felony, NOW)
    counted = CaseFacts(date(2026, 11, 3), ChargeLevel.MISDEMEANOR, ChargeOutcome.PLEA)
    assert facts_of(office) == [counted]


def test_a_case_whose_detainer_was_removed_is_not_counted(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    entry = add(office, case, Detainer, issued_on=PartialDate(2026, 11, 20))
    save_answer(office, case, Custody, None, "booked_on", PartialDate(2026, 11, 1), NOW)
    assert len(facts_of(office)) == 1
    remove_entry(office, case, Detainer, entry, NOW)
    assert facts_of(office) == []


def test_the_marked_charge_and_the_booking_are_read(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    add(office, case, Detainer)
    save_answer(office, case, Custody, None, "booked_on", PartialDate(2026, 11, 1), NOW)
    add(office, case, Charge, level=ChargeLevel.FELONY)
    add(office, case, Charge, level=ChargeLevel.INFRACTION, top_charge=YesNo.YES)
    assert facts_of(office) == [
        CaseFacts(date(2026, 11, 1), ChargeLevel.INFRACTION, ChargeOutcome.UNKNOWN)
    ]


def test_a_coordinator_reads_them_without_the_identity_key(staffed: Office) -> None:
    case = start_intake(staffed, NOW).case_id
    add(staffed, case, Detainer, issued_on=PartialDate(2026, 11, 20))
    expected = facts_of(staffed)
    folder: Path = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office:
        assert Key.IDENTITY not in office.keys
        assert facts_of(office) == expected != []


def test_no_sealed_column_is_read(office: Office) -> None:
    """By the declarations, and by the very statements that reach the file."""
    for cls, names in facts._READ.items():
        assert not any(question(cls, name).keep.value for name in names)
    sealed = {
        column.name
        for table in RECORD_TABLES.values()
        for column in table.columns
        if (asked := column.info.get("question")) is not None and asked.keep.value
    }
    read: set[str] = set()

    def note(connection: Connection, clause: Select[Any], *_: object) -> None:
        read.update(column.name for column in clause.exported_columns)

    with office.reading() as connection:
        event.listen(connection, "before_execute", note)
        list(read_facts(connection))
    assert {"level", "outcome", "case_id"} <= read
    assert not read & sealed


@pytest.mark.parametrize("cases", [0, 3])
def test_every_case_gives_one_row(office: Office, cases: int) -> None:
    for _ in range(cases):
        case = start_intake(office, NOW).case_id
        for _ in range(3):
            add(office, case, Detainer, issued_on=PartialDate(2026, 11, 20))
    assert len(facts_of(office)) == cases
