"""Papers and pictures dropped on a case: taken, drawn small, and shown, as the panel does it."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.ui import pdf_trial
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.pictures import TooLarge, read_page, small_picture
from intake_app.workflows.take_file import take_file
from tests.fuzz.bombs import papers, pictures
from tests.fuzz.targets import Target


class Documents(Target):
    """A file of any kind."""

    tokens = (b"/Length 0", b"/Type /Page", b"/Kids [3 0 R]", b"/MediaBox [0 0 1e9 1e9]", b"obj")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # What Qt says of a broken picture is for programmers.
        qInstallMessageHandler(lambda _kind, _where, _words: None)
        self._app = QApplication.instance() or QApplication([])
        pdf_trial.MOST_SECONDS = 4.0
        self._view = PdfView("Paper")
        self._view.resize(600, 700)
        self._view.show()
        self._file = folder / "dropped"
        self.seeds = [*papers(), *pictures()]

    def take(self, content: bytes) -> None:
        self._file.write_bytes(content)
        try:
            self._shown()
        finally:
            QApplication.processEvents()

    def _shown(self) -> None:
        taken = take_file(self._file, bool)
        if taken.media is Media.PDF:
            pdf_trial.tried_pdf_picture(taken.content, bool)
            self._view.show_pdf(taken.content)
            self._view.grab()
            return
        try:
            small_picture(taken.content, taken.media)
            page = read_page(taken.content, taken.media, 0)
            if page.pages > 1:
                read_page(taken.content, taken.media, page.pages - 1)
        except TooLarge as error:
            raise AppError(error.sentence) from error

    def close(self) -> None:
        self._view.clear()
        self._view.hide()
