"""Saving an edit: who may, and that it is on the disk."""

from pathlib import Path

import pytest

from intake_app.core.case import Entry
from intake_app.core.casefile import (
    RECORDS,
    Abuser,
    Charge,
    Person,
    may_decide,
    questions_for,
)
from intake_app.core.errors import NotAllowed
from intake_app.core.fields import title_of
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import ImmigrationConviction
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW
from tests.examples import EVERY_QUESTION, example
from tests.offices import new_office, staff, unlocked


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, staffed office with one case that has a row of each kind."""
    folder = tmp_path_factory.mktemp("save") / "office"
    with new_office(folder).office as office:
        staff(office)
        case = start_intake(office, NOW).case_id
        for cls in RECORDS:
            if title_of(cls).many:
                add_entry(office, case, cls, NOW)
    return folder


@pytest.mark.parametrize("role", list(Role))
def test_a_member_answers_just_the_questions_she_is_asked(closed: Path, role: Role) -> None:
    with unlocked(closed) as office:
        case = open_case(office, 1)
        entries: dict[type, tuple[Entry[object], ...]] = {cls: case.kept(cls) for cls in RECORDS}
    with unlocked(closed, role) as office:
        before = _history_length(office)
        answered = 0
        # Two roles may not answer everything: they are asked everything.
        limited = role in (Role.VOLUNTEER, Role.COORDINATOR)
        tried = EVERY_QUESTION if limited else EVERY_QUESTION[::9]
        for cls, asked in tried:
            entry = entries[cls][0].id if title_of(cls).many else None
            value = example(cls, asked)
            known = may(role, Act.WRITE_CASES) and asked in questions_for(role, cls)
            if known and may_decide(role, asked):
                answered += save_answer(office, 1, cls, entry, asked.name, value, NOW).changed
                answered += save_answer(office, 1, cls, entry, asked.name, None, NOW).changed
            else:
                with pytest.raises(NotAllowed):
                    save_answer(office, 1, cls, entry, asked.name, value, NOW)
        assert _history_length(office) == before + answered
        assert office.damage() == []
    if role is Role.COORDINATOR:
        assert answered == 0
    elif role is Role.VOLUNTEER:
        assert 0 < answered < 2 * len(EVERY_QUESTION)
    else:
        decided = sum(not may_decide(role, asked) for _, asked in tried)
        assert answered == 2 * (len(tried) - decided)


def test_only_an_attorney_says_what_is_a_conviction_and_takes_it_back(closed: Path) -> None:
    with unlocked(closed) as office:
        entry = open_case(office, 1).kept(Charge)[0].id
    where = (1, Charge, entry, "immigration_conviction", ImmigrationConviction.NO)
    for role in Role:
        if role is not Role.ATTORNEY:
            with unlocked(closed, role) as office, pytest.raises(NotAllowed):
                save_answer(office, *where, NOW)
    with unlocked(closed, Role.ATTORNEY) as office:
        save_answer(office, *where, NOW)
        decided = case_history(office, 1)[0].seq
    with unlocked(closed, Role.PARALEGAL) as office, pytest.raises(NotAllowed, match="attorney"):
        undo_change(office, decided, NOW)
    with unlocked(closed, Role.ATTORNEY) as office:
        undo_change(office, decided, NOW)


def test_a_volunteer_adds_and_removes_only_what_she_sees(closed: Path) -> None:
    with unlocked(closed, Role.VOLUNTEER) as office:
        entry = add_entry(office, 1, Charge, NOW).entry_id
        remove_entry(office, 1, Charge, entry, NOW)
        with pytest.raises(NotAllowed, match="volunteer"):
            add_entry(office, 1, Abuser, NOW)
        with pytest.raises(NotAllowed):
            remove_entry(office, 1, Abuser, 1, NOW)
    with unlocked(closed, Role.COORDINATOR) as office:
        for act in (
            lambda: add_entry(office, 1, Charge, NOW),
            lambda: remove_entry(office, 1, Charge, 1, NOW),
            lambda: open_case(office, 1),
            lambda: start_intake(office, NOW),
            lambda: case_history(office, 1),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_question_that_is_not_asked_is_refused(closed: Path) -> None:
    with unlocked(closed) as office:
        for field in ("no_such_field", "id", "case_id", "removed_at"):
            with pytest.raises(NotAllowed):
                save_answer(office, 1, Person, None, field, 1, NOW)


def test_a_new_intake_assumes_nothing(office: Office) -> None:
    case = start_intake(office, NOW)
    answers = [
        (cls, name)
        for cls, entries in case.entries.items()
        for entry in entries
        for name, value in vars(entry.record).items()
        if value is not None
    ]
    assert {name for _, name in answers} == {"opened_on", "status"}


def _history_length(office: Office) -> int:
    with office.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM history").scalar_one())
