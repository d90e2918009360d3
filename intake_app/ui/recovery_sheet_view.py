"""A recovery sheet on the screen: its code, its page, saving and printing it, and "it is kept"."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.jobs import Jobs
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import new_printer, print_document
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage, QuietButton, Words, dp

FILE_NAME = "recovery-sheet.pdf"


class RecoverySheetView(QWidget):
    """`tick` says that the sheet is kept; what follows from it is for the owner."""

    def __init__(self, jobs: Jobs, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._asking = jobs, asking
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
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.print)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(6))
        whole.addWidget(self.code)
        whole.addWidget(self.page, 1)
        whole.addLayout(row)
        whole.addWidget(self.message)
        whole.addWidget(self.tick)
        self.setFocusProxy(self.print)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)

    def show_sheet(self, code: str, pdf: bytes) -> None:
        """Show a sheet that was just made."""
        self.code.setText(code)
        self.tick.setChecked(False)
        try:
            self.page.show_pdf(pdf)
        except AppError:
            # The code above is all that matters of the sheet.
            self.page.clear("Write the code down by hand; the sheet can’t be shown.")
        for button in (self.save, self.print):
            button.setEnabled(bool(self.page.pdf))

    def forget(self) -> None:
        """Nothing of the sheet stays."""
        self.code.clear()
        self.page.clear()
        self.message.clear()
        self.tick.setChecked(False)

    def ask_to_keep(self) -> None:
        """Somebody wants to go on: say what has to be done first."""
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
