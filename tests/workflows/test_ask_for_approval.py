"""A letter waits on the attorneys' desks, once."""

from dataclasses import replace

import pytest

from intake_app.core.casefile import ToDo
from intake_app.core.errors import NotAllowed
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.letters import kept_options
from tests.offices import unlocked

LETTER, TITLE = "decline", "Request to decline the detainer"
CHOSEN = LetterOptions(next_step="We will call.")


def test_it_is_asked_once_and_keeps_what_was_chosen_since(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    keep_letter(office, case, LETTER, LetterOptions(), NOW)
    assert ask_for_approval(office, case, LETTER, CHOSEN, NOW)
    (kept,) = letters_of(office, case)
    assert (kept.stage, kept.options) == (Stage.WAITING, CHOSEN)
    edited = replace(CHOSEN, footnotes=True)
    assert not ask_for_approval(office, case, LETTER, edited, NOW)
    assert kept_options(office, case, LETTER) == edited
    assert open_case(office, case).all(ToDo) == ()


def test_attorneys_see_all_a_paralegal_hers_and_nobody_else_any(staffed: Office) -> None:
    folder, case = staffed.folder, start_intake(staffed, NOW).case_id
    ask_for_approval(staffed, start_intake(staffed, NOW).case_id, LETTER, CHOSEN, NOW)
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        ask_for_approval(office, case, LETTER, CHOSEN, NOW)
        (row,) = read_desk(office, NOW).letters
        assert (row.case_id, row.title, row.mine) == (case, TITLE, True)
    for role in (Role.ATTORNEY, Role.ADMINISTRATOR):
        with unlocked(folder, role) as office:
            desk = read_desk(office, NOW)
            assert [(row.title, row.made_by) for row in desk.letters] == [
                (TITLE, "A. Ruiz"),
                (TITLE, "Paralegal Person"),
            ]
            assert desk.to_do == ()
    with unlocked(folder, Role.VOLUNTEER) as office:
        desk = read_desk(office, NOW)
        assert (desk.letters, desk.unanswered, desk.to_do) == ((), (), ())
        with pytest.raises(NotAllowed):
            ask_for_approval(office, case, LETTER, CHOSEN, NOW)
