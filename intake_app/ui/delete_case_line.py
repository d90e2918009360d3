"""The quiet way to delete a case, at the foot of its history; it asks once more on its line."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.widgets import QuietButton, Words, announce, dp
from intake_app.workflows.delete_case import delete_case

SURE = (
    "Delete case {}? It leaves every list, clock and report. For 30 days it can be brought back, "
    "under “Office”, “Recently deleted”."
)


class DeleteCaseLine(QWidget):
    """Hidden for members who may not delete cases."""

    deleted = Signal(int)
    """The case with that number in the file was deleted."""

    failed = Signal(str)
    """It could not be: a sentence."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self.words = Words("", "help", wrap=True)
        self.ask = QuietButton("Delete this case", "small")
        self.delete, self.keep = QuietButton("Delete it", "small"), QuietButton("Keep it", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, dp(4), 0, 0)
        row.setSpacing(dp(10))
        row.addWidget(self.words, 1)
        for button in (self.ask, self.keep, self.delete):
            row.addWidget(button)
        self.ask.clicked.connect(lambda _checked: self._open())
        self.keep.clicked.connect(lambda _checked: self._back())
        self.delete.clicked.connect(lambda _checked: self._delete())
        self.hide()

    def show_case(self, office: Office, case: CaseFile) -> None:
        """Be ready for this case."""
        self._office, self._case = office, case
        self.setVisible(may(office.member.role, Act.DELETE_CASES))
        self.close_question()

    def close_question(self) -> None:
        """Ask nothing any more."""
        self._show(asking=False)

    def _open(self) -> None:
        if self._case is not None:
            self._show(asking=True)
            self.keep.setFocus()
            announce(self, self.words.text())

    def _back(self) -> None:
        self.close_question()
        self.ask.setFocus()

    def _show(self, *, asking: bool) -> None:
        number = self._case.number if self._case is not None else ""
        self.words.setText(SURE.format(number) if asking else "")
        self.ask.setVisible(not asking)
        self.keep.setVisible(asking)
        self.delete.setVisible(asking)

    def _delete(self) -> None:
        if self._office is not None and self._case is not None:
            case_id = self._case.case_id
            work = partial(delete_case, self._office, case_id, self._clock())
            self._jobs.run(work, partial(self._done, case_id), self._failed)
            self.close_question()

    def _done(self, case_id: int, _nothing: None) -> None:
        self.deleted.emit(case_id)

    def _failed(self, error: AppError) -> None:
        self.failed.emit(error.sentence)
