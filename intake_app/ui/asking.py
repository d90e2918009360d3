"""The system's own boxes that ask for a place on the disk, and writing there.

`Asking` is handed to the pages that need it, so that a test can answer instead of a person.
"""

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from intake_app.core.errors import AppError


class Asking:
    """Asks the person at the screen; None means she changed her mind."""

    def folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        """A folder."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
        return Path(chosen) if chosen else None

    def open_files(self, parent: QWidget, title: str, start: Path, kinds: str) -> list[Path]:
        """Some files to read. `kinds` is like "PDF (*.pdf);;All files (*)"."""
        chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(start), kinds)
        return [Path(one) for one in chosen]

    def save_as(self, parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
        """A file to write. `kind` is like "PDF (*.pdf)"."""
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), kind)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(suggested.suffix)

    def printer(self, parent: QWidget, printer: QPrinter) -> bool:
        """Whether to print, with `printer` set up as she chose.

        Raises `AppError` where this computer has no printer.
        """
        if not QPrinterInfo.availablePrinters():
            raise AppError("This computer has no printer set up. Save the PDF and print it later.")
        return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted


def write_file(path: Path, content: bytes) -> Path:
    """Write what somebody asked to have outside the office; raise `AppError`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AppError(
            "The file can’t be written there. Check that the disk is there, not full and not "
            "write-protected, or choose another folder."
        ) from error
    return path
