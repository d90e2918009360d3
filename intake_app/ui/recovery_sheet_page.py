"""The recovery sheet of a new office: shown once, and done with when it is kept somewhere safe."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.recovery_sheet_view import RecoverySheetView
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import Card, PrimaryButton, Words
from intake_app.workflows.create_office import CreatedOffice


class RecoverySheetPage(QWidget):
    """`kept` brings the open office when she has said that the sheet is kept."""

    kept = Signal(object)

    def __init__(self, jobs: Jobs, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office: Office | None = None
        self.view = RecoverySheetView(jobs, asking)
        self.done = PrimaryButton("Done")
        card = Card("Recovery sheet")
        card.body.addWidget(
            Words(
                "The office is made. This code opens it if a passphrase is forgotten, and it is "
                "shown only now. Whoever has the sheet and this computer can read everything: "
                "lock it away like the key of the office.",
                wrap=True,
            )
        )
        card.body.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.done)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.setFocusProxy(self.view.print)
        self.done.setEnabled(False)
        self.view.tick.toggled.connect(self.done.setEnabled)
        self.done.clicked.connect(self._finish)

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.view.page.themed(theme)

    def show_sheet(self, created: CreatedOffice) -> None:
        """Show the sheet of an office that was just made."""
        self._office = created.office
        self.view.show_sheet(created.recovery_code, created.recovery_sheet)

    def ask_to_keep(self) -> None:
        """Somebody wants to leave: say what has to be done first."""
        self.view.ask_to_keep()

    def _finish(self) -> None:
        office, self._office = self._office, None
        self.view.forget()
        self.kept.emit(office)
