"""Take back a change of the office's own tables, from the history of the office."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from intake_app.store import office_changes
from intake_app.store.office import Office

T = TypeVar("T")


def undo_office_change(office: Office, seq: int, now: datetime) -> None:
    """Let a table be again what it was before one line of history, as a new change.

    Asks leave for what the change itself asked leave for; nobody but she undoes an attorney's own
    signature. Raises `NotAllowed`, or `AppError` where it was changed again since, can't be
    undone, or was destroyed.
    """
    office_changes.undo_office_change(office, seq, now)


def undo_lines(office: Office, lines: Sequence[int], now: datetime) -> None:
    """Take back the lines of one change, as `and_lines` told them."""
    for seq in reversed(lines):
        undo_office_change(office, seq, now)


def and_lines(office: Office, work: Callable[[], T]) -> tuple[T, tuple[int, ...]]:
    """Do a change of the office's own tables; tell too which lines it wrote that can be undone."""
    with office.reading() as connection:
        newest = office_changes.newest_line(connection)
    made = work()
    with office.reading() as connection:
        return made, office_changes.lines_after(connection, newest)


def office_change(office: Office, seq: int) -> tuple[str, str]:
    """What stood before one change of the office's own tables and what after it.

    As people read it; empty where nothing stood. Asks the same leave, and raises the same.
    """
    with office.reading() as connection:
        return office_changes.sides_told(office, connection, seq)
