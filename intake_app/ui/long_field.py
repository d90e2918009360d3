"""A field of several lines into which a whole book can be pasted by mistake."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from intake_app.core.answers import LONGEST_TEXT


class LongField(QPlainTextEdit):
    """Takes one letter more than any answer may have, so that the answer is told to be too long.

    Laying out ten million letters would hold the window for minutes.
    """

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop, as far as there is room."""
        text = source.text()
        kept = self.document().characterCount() - len(self.textCursor().selectedText())
        room = max(LONGEST_TEXT + 2 - kept, 0)
        if len(text) <= room:
            super().insertFromMimeData(source)
        else:
            self.insertPlainText(text[:room])
