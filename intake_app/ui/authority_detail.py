"""One entry of the library as it is read: its warning, its paragraphs, and who checked it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from intake_app.ui.library_rows import CITATION, SEEN_AT, LibraryRow
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import EmptyLine, InlineMessage, QuietButton, Words, dp


def fill_detail(body: QBoxLayout, row: LibraryRow | None, acts: QWidget | None) -> None:
    """Put an entry into an empty column; `acts` stand above its paragraphs."""
    body.setSpacing(dp(2))
    if row is None:
        body.addWidget(EmptyLine("Choose an entry to read it."))
        body.addStretch(1)
        return
    if row.warning:
        warning = InlineMessage()
        # Said only once it stands in the window: shown without a parent it is a window itself.
        body.addWidget(warning)
        warning.say(row.warning, Tone.SOON)
        body.addSpacing(dp(8))
    if acts is not None:
        body.addWidget(acts)
    for label, said in row.told:
        body.addLayout(_label(label, said))
        _paragraph(body, said)
    if row.checks:
        body.addWidget(Words("Checks of this office", "column"))
        for check in row.checks:
            _paragraph(body, check)
    body.addStretch(1)


def _label(label: str, said: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(Words(label, "column"), 1)
    if label in (CITATION, SEEN_AT):
        # The program opens no address: it is carried to the browser by hand.
        copy = QuietButton("Copy", "link")
        copy.setAccessibleName(f"Copy: {label.lower()}")
        copy.clicked.connect(partial(_copy, said))
        line.addWidget(copy)
    return line


def _copy(said: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(said)


def _paragraph(body: QBoxLayout, said: str) -> None:
    words = Words(said, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    body.addWidget(words)
    body.addSpacing(dp(8))
