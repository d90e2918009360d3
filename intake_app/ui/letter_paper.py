"""The page of a letter onto paper or out of the office: saved, printed, and its envelope.

The history is told first, by a `Note`: no copy is without a line.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.store.letters import KeptLetter
from intake_app.store.office import Office
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.jobs import Jobs
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import new_printer, print_document, print_envelope
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage, announce
from intake_app.workflows.envelopes import letter_envelope
from intake_app.workflows.read_letters import approved_letter

Note = Callable[[], None]
"""Tells the history, on the office thread."""


class LetterPaper(QObject):
    """Works on what the page shows. File and job are named by the number of the case alone."""

    def __init__(
        self, page: QWidget, view: PdfView, message: InlineMessage, jobs: Jobs, asking: Asking
    ) -> None:
        super().__init__(page)
        self._page, self._view, self._message = page, view, message
        self._jobs, self._asking = jobs, asking
        self._number = ""
        self._printer: QPrinter | None = None

    def save(self, number: str, note: Note, kind: str = "") -> None:
        """Save the very bytes that are shown. kind: as `-office-copy`."""
        suggested = Path.home() / f"letter-{number}{kind}.pdf"
        path = self._asking.save_as(self._page, "Save the letter", suggested, "PDF (*.pdf)")
        if path is not None:
            work = partial(_write_noted, note, path, self._view.pdf)
            self._jobs.run(work, self._saved, self._failed)

    def print_letter(self, number: str, note: Note) -> None:
        """Print what is shown."""
        if self._view.document is None:
            return
        printer = new_printer(f"Letter {number}")
        try:
            if self._asking.printer(self._page, printer):
                self._printer = printer
                self._jobs.run(note, self._print_now, self._failed)
        except AppError as error:
            self._failed(error)

    def _print_now(self, _noted: None) -> None:
        printer, self._printer = self._printer, None
        try:
            if printer is not None and self._view.document is not None:
                print_document(self._view.document, printer)
                self._say_printed()
        except AppError as error:
            self._failed(error)

    def print_envelope(
        self, office: Office, kept: KeptLetter, number: str, now: datetime, *, plain: bool
    ) -> None:
        """Print the envelope of an approved letter; plain: without the office's return address."""
        self._number = number
        address = approved_letter(kept).address
        work = partial(letter_envelope, office, kept.case_id, kept.kind, address, now, plain=plain)
        self._jobs.run(work, self._envelope_made, self._failed)

    def _envelope_made(self, pdf: bytes) -> None:
        try:
            if print_envelope(self._asking, self._page, pdf, self._number):
                self._say_printed()
        except AppError as error:
            self._failed(error)

    def _say_printed(self) -> None:
        self._message.say("Sent to the printer.", Tone.GOOD)
        announce(self._page, "Sent to the printer")

    def _saved(self, path: Path) -> None:
        self._message.say(
            f"Saved as {path.name}. That copy is outside the office and not encrypted.", Tone.GOOD
        )

    def _failed(self, error: AppError) -> None:
        self._message.say(error.sentence)


def _write_noted(note: Note, path: Path, content: bytes) -> Path:
    note()
    return write_file(path, content)
