"""A letter waits on the attorneys' desks, once."""

from pathlib import Path

import pytest

from intake_app.core.casefile import ToDo
from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ToDoKind
from intake_app.store.office import Office
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import unlocked

LETTER = "Request to decline the detainer"


def test_it_is_asked_once_until_it_is_done(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    assert ask_for_approval(office, case, LETTER, NOW)
    assert not ask_for_approval(office, case, LETTER, NOW)
    (entry,) = open_case(office, case).kept(ToDo)
    assert entry.record == ToDo(what=LETTER, kind=ToDoKind.LETTER)
    save_answer(office, case, ToDo, entry.id, "done_on", NOW.date(), NOW)
    assert ask_for_approval(office, case, LETTER, NOW)
    assert ask_for_approval(office, case, "Another letter", NOW)


def test_attorneys_and_who_writes_letters_see_it_and_a_volunteer_may_not_ask(
    staffed: Office,
) -> None:
    folder: Path = staffed.folder
    case = start_intake(staffed, NOW).case_id
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        ask_for_approval(office, case, LETTER, NOW)
        assert [row.what for row in read_desk(office, NOW).letters] == [LETTER]
    with unlocked(folder, Role.ATTORNEY) as office:
        desk = read_desk(office, NOW)
        assert [(row.case_id, row.what) for row in desk.letters] == [(case, LETTER)]
        assert desk.to_do == ()
    with unlocked(folder, Role.VOLUNTEER) as office:
        desk = read_desk(office, NOW)
        assert desk.letters == ()
        assert desk.to_do == ()
        with pytest.raises(NotAllowed):
            ask_for_approval(office, case, LETTER, NOW)
