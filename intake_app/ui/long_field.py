"""A field of several lines into which a whole book can be pasted by mistake."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from intake_app.core.answers import LONGEST_TEXT
from intake_app.ui.widgets import dp


class LongField(QPlainTextEdit):
    """As high as its lines need, from `least` to `most`; beyond that it scrolls. Tab leaves it.

    Takes one letter more than any answer may have, so that the answer is told to be too long.
    Laying out ten million letters would hold the window for minutes.
    """

    def __init__(self, parent: QWidget | None = None, *, least: int = 3, most: int = 12) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.document().setModified(False)  # nobody has typed yet
        self.textChanged.connect(self._fit)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines at another width."""
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Lines of another height in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

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

    def _fit(self) -> None:
        needed = max(self.document().lineCount(), self.blockCount())
        # Where Qt decides about the bar, it comes, makes other lines, and goes, for seconds.
        bar = Qt.ScrollBarPolicy
        shown = bar.ScrollBarAlwaysOn if needed > self._most else bar.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != shown:
            self.setVerticalScrollBarPolicy(shown)
        lines = min(max(needed, self._least), self._most)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + dp(16))
