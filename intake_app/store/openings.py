"""Who looked at what: one line of history for each case or document a member opens.

Every case, not only protected ones: a line that only those had would itself tell whoever holds
the file key who is a victim. Once for each case and unlocking, so that going back and forth
between pages fills nothing up. A disk that can't be written keeps nobody from a case: what could
not be told is told with the next opening, and the page says so meanwhile.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from intake_app.core.errors import AppError
from intake_app.store.history import Line
from intake_app.store.present_cases import require_present
from intake_app.store.schema import CASES

if TYPE_CHECKING:  # an office keeps its openings
    from intake_app.store.office import Office

OPENED = "opened"

_NOT_TOLD = (
    "That you opened this could not be written into the history: the office file can’t be written "
    "now. Check the disk."
)


class Openings:
    """What one member opened since unlocking. `fault`: a sentence while something is not told."""

    def __init__(self) -> None:
        self._told: set[tuple[str, int]] = set()
        self._waiting: dict[tuple[str, int], Line] = {}
        self.fault = ""

    def note(self, office: "Office", case_id: int, now: datetime) -> None:
        """Tell the history that the case was opened, if it was not told since unlocking.

        Raises `AppError` only for a case that is not there.
        """
        if (CASES.name, case_id) not in self._told:
            with office.reading() as connection:
                require_present(connection, case_id)
            at = now.isoformat(timespec="seconds")
            self.tell(office, CASES.name, case_id, Line(at, office.member.id, OPENED, case_id))

    def tell(self, office: "Office", table: str, row: int, line: Line) -> None:
        """Add the line of a row that was opened, if it was not told since unlocking."""
        if (table, row) in self._told:
            return
        self._waiting.setdefault((table, row), line)
        try:
            with office.writing() as connection:
                office.record(connection, *self._waiting.values())
        except AppError:
            self.fault = _NOT_TOLD
            return
        self._told |= self._waiting.keys()
        self._waiting.clear()
        self.fault = ""
