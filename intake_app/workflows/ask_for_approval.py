"""Ask an attorney to approve a letter: a to-do on every attorney's desk."""

from datetime import datetime

from intake_app.core.casefile import ToDo
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import ToDoKind
from intake_app.store import cases
from intake_app.store.office import Office


def ask_for_approval(office: Office, case_id: int, letter: str, now: datetime) -> bool:
    """Put a letter on the attorneys' desks; return False where it waits there already.

    letter: the title of its kind, as letters are called on the screen. Nobody by name is asked
    and no day is set: those are for people to decide.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        case = cases.read_case(office, connection, case_id, (ToDo,))
        if any(waits(one, letter) for one in case.all(ToDo)):
            return False
        entry_id = cases.add_entry(office, connection, case_id, ToDo, now)
        for field, value in (("what", letter), ("kind", ToDoKind.LETTER)):
            cases.write_answer(office, connection, case_id, ToDo, entry_id, field, value, now)
    return True


def waits(to_do: ToDo, letter: str) -> bool:
    """Whether a to-do is this letter, waiting for an attorney."""
    return to_do.kind is ToDoKind.LETTER and to_do.what == letter and to_do.done_on is None
