"""Ctrl+Z: one's own edits are taken back one after the other, and made again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core.casefile import Charge, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.history import PURGED, Line, forget_values
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_change import undo_change
from intake_app.workflows.undo_last import redo_last, undo_last
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked


@pytest.fixture
def paralegal(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "office").office as office:
        staff(office)
    with unlocked(tmp_path / "office", Role.PARALEGAL) as office:
        yield office


def name(office: Office, case: int, surname: str | None) -> None:
    save_answer(office, case, Person, None, "surname", surname, NOW)


def surname(office: Office, case: int) -> str | None:
    return open_case(office, case).one(Person).surname


def test_edits_of_one_answer_go_back_and_forth(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    for words in ("First", "Second", "Third"):
        name(paralegal, case, words)
    seen = []
    for act in (undo_last, undo_last, redo_last, redo_last, undo_last, undo_last, undo_last):
        back = act(paralegal, case, NOW)
        assert back.words == "Person · Surname"
        seen.append(back.case.one(Person).surname)
    assert seen == ["Second", "First", "Second", "Third", "Second", "First", None]
    for _ in range(3):
        redo_last(paralegal, case, NOW)
    assert surname(paralegal, case) == "Third"
    with pytest.raises(AppError, match="nothing to make again"):
        redo_last(paralegal, case, NOW)
    assert paralegal.damage() == []


def test_answers_rows_and_their_removal_go_back_in_order(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    entry = add_entry(paralegal, case, Charge, NOW).entry_id
    save_answer(paralegal, case, Charge, entry, "ncic", "1399", NOW)
    remove_entry(paralegal, case, Charge, entry, NOW)
    told = [undo_last(paralegal, case, NOW) for _ in range(3)]
    assert [one.words for one in told] == ["Charge removed", told[1].words, "Charge added"]
    assert [len(one.case.kept(Charge)) for one in told] == [1, 1, 0]
    again = [redo_last(paralegal, case, NOW).case for _ in range(3)]
    assert [[row.ncic for row in one.all(Charge)] for one in again] == [[None], ["1399"], []]


def test_a_new_edit_ends_making_again(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    name(paralegal, case, "First")
    undo_last(paralegal, case, NOW)
    save_answer(paralegal, case, Person, None, "given", "Ana", NOW)
    with pytest.raises(AppError, match="nothing to make again"):
        redo_last(paralegal, case, NOW)


def test_others_edits_and_yesterdays_are_left_alone(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    name(paralegal, case, "Mine")
    folder = paralegal.folder
    paralegal.close()
    with unlocked(folder, Role.ATTORNEY) as attorney:
        save_answer(attorney, case, Person, None, "given", "Hers", NOW)
    with unlocked(folder, Role.PARALEGAL) as office:
        with pytest.raises(AppError, match="No edit of yours from today"):
            undo_last(office, case, NOW + timedelta(hours=13))
        assert undo_last(office, case, NOW).case.one(Person).surname is None
        with pytest.raises(AppError, match="No edit of yours"):
            undo_last(office, case, NOW)
        assert open_case(office, case).one(Person).given == "Hers"


def test_what_another_member_wrote_over_is_not_taken_back(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    name(paralegal, case, "Mine")
    folder = paralegal.folder
    paralegal.close()
    with unlocked(folder, Role.ATTORNEY) as attorney:
        name(attorney, case, "Hers")
    with unlocked(folder, Role.PARALEGAL) as office:
        with pytest.raises(AppError, match="changed again later"):
            undo_last(office, case, NOW)
        assert surname(office, case) == "Hers"


def test_a_value_that_was_destroyed_is_refused_with_a_sentence(paralegal: Office) -> None:
    case = start_intake(paralegal, NOW).case_id
    for words in ("First", "Second"):
        name(paralegal, case, words)
    seq = case_history(paralegal, case)[0].seq
    with paralegal.writing() as connection:
        forget_values(connection, [seq])
        line = Line(NOW.isoformat(), paralegal.member.id, PURGED, case)
        paralegal.record(connection, line)
    with pytest.raises(AppError, match="destroyed for good"):
        undo_change(paralegal, seq, NOW)
    with pytest.raises(AppError, match="destroyed for good"):
        undo_last(paralegal, case, NOW)
    assert surname(paralegal, case) == "Second"
    assert paralegal.damage() == []


def test_a_coordinator_takes_nothing_back(paralegal: Office) -> None:
    case, folder = start_intake(paralegal, NOW).case_id, paralegal.folder
    paralegal.close()
    with unlocked(folder, Role.COORDINATOR) as office:
        for act in (undo_last, redo_last):
            with pytest.raises(NotAllowed):
                act(office, case, NOW)
