"""The small choices of a letter: those its kind has, and no others."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.answers import parse_time
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.options import LetterOptions
from intake_app.ui.letter_addressee import Lines
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, Words, dp, restyle
from intake_app.workflows.read_letter_page import LetterLook

NEXT_STEP, REPLY_BY = "next.step", "reply.by"
"""Placeholders of a letter's text: only where it has them are they asked for."""


class ExtrasCard(Card):
    """Next step, reply-by, enclosures, footnotes."""

    changed = Signal(str, object)
    """A field of `LetterOptions` and what was chosen for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("More", parent)
        self._zone = "America/New_York"
        self._known: LetterFacts | None = None
        self.next_step = Lines("What the signing attorney says will follow", 2)
        self.reply_by = QLineEdit()
        self.reply_by.setPlaceholderText("2026-11-20 12:00; empty: as usual")
        self.unread = Words("", "error", wrap=True)
        self.unread.hide()
        self.enclosures = Lines("One a line", 2)
        self.footnotes = QCheckBox("Citations at the foot of the page")
        asked = QWidget()
        down = QVBoxLayout(asked)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(2))
        down.addWidget(self.reply_by)
        down.addWidget(self.unread)
        self._asked = asked
        self.form = PlainForm()
        self.form.ask("Next step", self.next_step)
        self.form.ask("Answer by", asked).setBuddy(self.reply_by)
        self.reply_by.setAccessibleName("Answer by")
        self.form.ask("Enclosures", self.enclosures)
        self.form.addRow(self.footnotes)
        self.body.addLayout(self.form)
        self.next_step.textChanged.connect(
            lambda: self.changed.emit("next_step", self.next_step.toPlainText().strip())
        )
        self.enclosures.textChanged.connect(
            lambda: self.changed.emit("enclosures", self.enclosures.lines())
        )
        self.footnotes.clicked.connect(lambda on: self.changed.emit("footnotes", on))
        self.reply_by.editingFinished.connect(self._read_reply_by)

    def show_look(self, look: LetterLook, options: LetterOptions) -> None:
        """Show what was chosen, and only what this kind of letter has."""
        self._known = look.letter.known
        self._zone = look.letter.known.zone
        self.form.setRowVisible(self.next_step, NEXT_STEP in look.asks)
        self.form.setRowVisible(self._asked, REPLY_BY in look.asks)
        self.next_step.show_lines(options.next_step.splitlines())
        self.enclosures.show_lines(options.enclosures)
        self.footnotes.setChecked(options.footnotes)
        if not self.reply_by.hasFocus() and self.unread.isHidden():
            self.reply_by.setText(self._written())

    def flush(self) -> None:
        """Read what is half-typed."""
        self._read_reply_by()

    def sentences(self) -> list[str]:
        """What can't be read."""
        return [f"Answer by: {self.unread.text()}"] if not self.unread.isHidden() else []

    def typed(self) -> str:
        """A moment to answer by that can't be read."""
        return "" if self.unread.isHidden() else self.reply_by.text()

    def type_again(self, words: str) -> None:
        """Put back what `typed` gave."""
        if words:
            self.reply_by.setText(words)
            self._read_reply_by()

    def forget(self) -> None:
        """Another letter."""
        self._complain("")
        self._known = None
        self.reply_by.clear()

    def _written(self) -> str:
        if self._known is None:
            return ""
        return f"{self._known.reply_by.astimezone(ZoneInfo(self._zone)):%Y-%m-%d %H:%M}"

    def _read_reply_by(self) -> None:
        words = self.reply_by.text().strip()
        if words == self._written():
            self._complain("")
            return
        try:
            moment = parse_time(words, self._zone) if words else None
        except BadAnswer as error:
            self._complain(error.sentence)
            return
        self._complain("")
        self.changed.emit("reply_by", moment)

    def _complain(self, sentence: str) -> None:
        self.unread.setText(sentence)
        self.unread.setVisible(bool(sentence))
        self.reply_by.setProperty("wrong", "true" if sentence else "false")
        self.reply_by.setAccessibleDescription(sentence)
        restyle(self.reply_by)
