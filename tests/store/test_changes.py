"""The history as people read it, and taking a change back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.casefile import RECORDS, Abuser, Charge, Person, Protection
from intake_app.core.errors import AppError
from intake_app.core.fields import Question, title_of
from intake_app.core.roles import Role
from intake_app.core.vocabulary import YesNo
from intake_app.store.changes import Change
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS, example, shown_example
from tests.offices import new_office, staff, unlocked


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which each test has a case of its own."""
    folder = tmp_path_factory.mktemp("shared") / "office"
    with new_office(folder).office as office:
        staff(office)
    # An attorney, for she may answer every question.
    with unlocked(folder, Role.ATTORNEY) as office:
        yield office


@pytest.fixture(scope="module")
def filled_case(shared: Office) -> tuple[int, dict[type, int | None]]:
    """A case with a row of every kind of record."""
    case = start_intake(shared, NOW).case_id
    return case, {
        cls: add_entry(shared, case, cls, NOW).entry_id if title_of(cls).many else None
        for cls in RECORDS
    }


def newest(office: Office, case: int) -> Change:
    return case_history(office, case)[0]


@pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)
def test_a_change_of_every_question_is_told_and_can_be_undone(
    shared: Office, filled_case: tuple[int, dict[type, int | None]], cls: type, asked: Question
) -> None:
    case, entries = filled_case
    before = getattr(open_case(shared, case).one(cls), asked.name)
    save_answer(shared, case, cls, entries[cls], asked.name, example(cls, asked), NOW)
    change = newest(shared, case)
    assert (change.record, change.label) == (title_of(cls).title, asked.label)
    assert change.after == shown_example(cls, asked)
    assert change.undoable
    undone = undo_change(shared, change.seq, NOW)
    assert getattr(undone.one(cls), asked.name) == before
    assert (newest(shared, case).before, newest(shared, case).after) == (
        change.after,
        change.before,
    )


def test_adding_and_removing_can_be_undone_and_undone_again(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    entry = add_entry(shared, case, Charge, NOW).entry_id
    save_answer(shared, case, Charge, entry, "ncic", "1399", NOW)
    remove_entry(shared, case, Charge, entry, NOW)
    removed = newest(shared, case)
    assert undo_change(shared, removed.seq, NOW).one(Charge).ncic == "1399"
    back = newest(shared, case)
    assert back.action == "brought back"
    assert undo_change(shared, back.seq, NOW).kept(Charge) == ()
    assert undo_change(shared, newest(shared, case).seq, NOW).one(Charge).ncic == "1399"
    added = next(change for change in case_history(shared, case) if change.action == "added")
    assert undo_change(shared, added.seq, NOW).kept(Charge) == ()
    assert shared.damage() == []


def test_a_change_that_was_written_over_is_not_undone(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    save_answer(shared, case, Person, None, "surname", "First", NOW)
    first = newest(shared, case)
    save_answer(shared, case, Person, None, "given", "Other field", NOW)
    save_answer(shared, case, Person, None, "surname", "Second", NOW)
    second = newest(shared, case)
    with pytest.raises(AppError, match="changed again later"):
        undo_change(shared, first.seq, NOW)
    assert open_case(shared, case).one(Person).surname == "Second"
    # One after the other, newest first, everything comes back.
    assert undo_change(shared, second.seq, NOW).one(Person).surname == "First"
    with pytest.raises(AppError, match="changed again later"):
        undo_change(shared, second.seq, NOW)


def test_what_can_not_be_undone_is_a_sentence(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    started = next(c for c in case_history(shared, case) if c.action == "case started")
    assert not started.undoable
    for seq in (started.seq, 1, 0, -1, 10**9):
        with pytest.raises(AppError, match="can’t be undone"):
            undo_change(shared, seq, NOW)


def test_an_answer_of_a_removed_row_is_not_undone(shared: Office) -> None:
    case = start_intake(shared, NOW).case_id
    entry = add_entry(shared, case, Charge, NOW).entry_id
    save_answer(shared, case, Charge, entry, "ncic", "1399", NOW)
    answered = newest(shared, case)
    remove_entry(shared, case, Charge, entry, NOW)
    with pytest.raises(AppError, match="no longer in the case"):
        undo_change(shared, answered.seq, NOW)


def test_a_volunteer_neither_sees_nor_undoes_victim_facts(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        staff(office)
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Protection, None, "survivor", YesNo.YES, NOW)
        fact = newest(office, case)
        abuser = add_entry(office, case, Abuser, NOW).entry_id
        added = newest(office, case)
        save_answer(office, case, Person, None, "surname", "Seen", NOW)
    with unlocked(folder, Role.VOLUNTEER) as office:
        told = case_history(office, case)
        assert [change.after for change in told if change.label == "Surname"] == ["Seen"]
        assert not [c for c in told if c.record in ("Protection", "Abuser")]
        # In the very words of a change that never was: that there is one is a victim fact too.
        for seq in (fact.seq, added.seq, 9_999):
            with pytest.raises(AppError, match=r"^That change can’t be undone\.$"):
                undo_change(office, seq, NOW)
        assert undo_change(office, told[0].seq, NOW).one(Person).surname is None
    with unlocked(folder) as office:
        found = open_case(office, case)
        assert found.one(Protection).survivor is YesNo.YES
        assert [entry.id for entry in found.kept(Abuser)] == [abuser]
