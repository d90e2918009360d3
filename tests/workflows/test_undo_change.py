"""Undo, as the history page asks for it."""

import pytest

from intake_app.core.casefile import Charge, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.find_people import find_people
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW
from tests.offices import unlocked


def test_everything_can_be_taken_back_one_by_one(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    empty = case_history(office, case)
    save_answer(office, case, Person, None, "surname", "Núñez", NOW)
    entry = add_entry(office, case, Charge, NOW).entry_id
    save_answer(office, case, Charge, entry, "ncic", "1399", NOW)
    assert [row.name for row in find_people(office, "nunez")] == ["Núñez"]
    mine = [change for change in case_history(office, case) if change not in empty]
    for change in mine:
        undone = undo_change(office, change.seq, NOW)
    assert undone.one(Person).surname is None
    assert undone.kept(Charge) == ()
    assert find_people(office, "nunez") == ()
    assert office.damage() == []


def test_undoing_the_same_change_twice_is_a_sentence(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "surname", "Núñez", NOW)
    entry = add_entry(office, case, Charge, NOW)
    for change in case_history(office, case)[:2]:
        undo_change(office, change.seq, NOW)
        with pytest.raises(AppError):
            undo_change(office, change.seq, NOW)
    assert entry.changed


def test_a_coordinator_undoes_nothing(staffed: Office) -> None:
    case = start_intake(staffed, NOW).case_id
    seq = case_history(staffed, case)[0].seq
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office, pytest.raises(NotAllowed):
        undo_change(office, seq, NOW)
