"""The recovery sheet of a new office: shown once, and done with when it is kept somewhere safe."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.jobs import Jobs
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import new_printer, print_document
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.create_office import CreatedOffice

FILE_NAME = "recovery-sheet.pdf"


class RecoverySheetPage(QWidget):
    """`kept` brings the open office when she has said that the sheet is kept."""

    kept = Signal(object)

    def __init__(self, jobs: Jobs, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._asking = jobs, asking
        self._office: Office | None = None
        self.code = Words("", "strong")
        self.code.setAccessibleName("Recovery code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.page = PdfView("Recovery sheet")
        self.page.setFixedHeight(dp(270))
        self.save = QuietButton("Save PDF…")
        self.print = QuietButton("Print…")
        self.message = InlineMessage()
        self.tick = QCheckBox("The sheet is printed or saved, and kept away from this computer")
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
        card.body.addWidget(self.code)
        card.body.addWidget(self.page, 1)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.print)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(self.message)
        card.body.addWidget(self.tick)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.done)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.setFocusProxy(self.print)
        self.done.setEnabled(False)
        self.tick.toggled.connect(self.done.setEnabled)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)
        self.done.clicked.connect(self._finish)

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.page.themed(theme)

    def show_sheet(self, created: CreatedOffice) -> None:
        """Show the sheet of an office that was just made."""
        self._office = created.office
        self.code.setText(created.recovery_code)
        self.tick.setChecked(False)
        try:
            self.page.show_pdf(created.recovery_sheet)
        except AppError:
            # The code above is all that matters of the sheet.
            self.page.clear("Write the code down by hand; the sheet can’t be shown.")
        for button in (self.save, self.print):
            button.setEnabled(bool(self.page.pdf))

    def ask_to_keep(self) -> None:
        """Somebody wants to leave: say what has to be done first."""
        self.message.say(
            "Print or save the sheet first, and tick that it is kept. It can’t be shown again.",
            Tone.SOON,
        )
        self.tick.setFocus()

    def _save(self) -> None:
        path = self._asking.save_as(
            self, "Save the recovery sheet", Path.home() / FILE_NAME, "PDF (*.pdf)"
        )
        if path is not None:
            self._jobs.run(partial(write_file, path, self.page.pdf), self._saved, self._could_not)

    def _saved(self, path: Path) -> None:
        self.message.say(
            f"Saved as {path.name}. Move it to a stick or print it, then delete it here.", Tone.GOOD
        )

    def _print(self) -> None:
        if self.page.document is None:
            return
        printer = new_printer("Recovery sheet")
        try:
            if self._asking.printer(self, printer):
                print_document(self.page.document, printer)
                self.message.say("Sent to the printer.", Tone.GOOD)
        except AppError as error:
            self._could_not(error)

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence)

    def _finish(self) -> None:
        office, self._office = self._office, None
        self.code.clear()
        self.page.clear()
        self.message.clear()
        self.kept.emit(office)
