"""The paragraphs of a letter, each to be written anew or left out; what was edited is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.letters.edited import EditProblem
from intake_app.core.letters.options import Edit
from intake_app.documents.letter_template import Block, Paragraph
from intake_app.ui.desk_lists import NameButton, rule
from intake_app.ui.long_field import LongField
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Pill, QuietButton, Words, announce, dp

_FIXED = {Block.QUOTATION: "quotation", Block.TABLE: "table"}


@dataclass(frozen=True)
class Piece:
    """One paragraph on the list.

    stands: its words without an edit, stars for italics and bold. edit: what a person made of
    it. fixed: why it can't be written anew, only left out.
    """

    key: str
    stands: str
    edit: Edit | None
    fixed: str


def starred(paragraph: Paragraph) -> str:
    """The words of a paragraph as they are typed: `*italics*`, `**bold**`."""
    if paragraph.rows:
        return paragraph.text
    marks = [("**" if run.bold else "*" if run.italic else "", run.text) for run in paragraph.runs]
    return "".join(f"{mark}{text}{mark}" for mark, text in marks)


def pieces_of(
    body: Sequence[Paragraph], edits: Sequence[Edit], changed: Mapping[str, str]
) -> tuple[Piece, ...]:
    """The paragraphs of a letter with their edits; those left out stand in their place.

    changed: what paragraphs say now that said something else when they were edited, by key.
    """
    by_key = {edit.key: edit for edit in edits}
    found = {}
    for paragraph in body:
        edit = by_key.get(paragraph.key)
        stands = edit.was if edit is not None and paragraph.edited else starred(paragraph)
        fixed = _FIXED.get(paragraph.block, "")
        found[paragraph.key] = Piece(paragraph.key, changed.get(paragraph.key, stands), edit, fixed)
    for edit in edits:
        if edit.key not in found:
            found[edit.key] = Piece(edit.key, changed.get(edit.key, edit.was), edit, "")
    return tuple(sorted(found.values(), key=lambda one: _place(one.key)))


def in_one_line(words: str) -> str:
    """Typed words as a list shows them."""
    return " ".join(words.replace("*", "").split())


def _place(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (0, key)


def with_edit(edits: Sequence[Edit], piece: Piece, now: str | None) -> tuple[Edit, ...]:
    """The edits with this one; None, or the very words that stand there, puts it back."""
    others = tuple(edit for edit in edits if edit.key != piece.key)
    if now is None or now == piece.stands:
        return others
    return (*others, Edit(piece.key, piece.stands, now))


class _Editor(LongField):
    """Words of one paragraph; Tab leaves it, and it is as high as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines at another width."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        # The height of a plain document is counted in lines.
        lines = min(max(round(self.document().size().height()), 2), 16)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + dp(16))


class ParagraphRow(QWidget):
    """One paragraph: its first words; open, all of them in an editor."""

    changed = Signal(object)
    """The new words; empty leaves it out, None puts it back."""

    def __init__(self, piece: Piece) -> None:
        super().__init__()
        self.piece = piece
        self.mark = Pill()
        self.button = NameButton(piece.stands, "")
        self.button.clicked.connect(lambda _checked: self.toggle())
        self.editor: _Editor | None = None
        self.back = QuietButton("Put back", "link")
        self.out = QuietButton("Leave out", "link")
        self.keep = QuietButton("Keep my words", "link")
        self.done = QuietButton("Close", "link")
        self.problem = Words("", "error", wrap=True)
        self.back.clicked.connect(lambda _checked: self.changed.emit(None))
        self.out.clicked.connect(lambda _checked: self.changed.emit(""))
        self.keep.clicked.connect(lambda _checked: self.changed.emit(self._words))
        self.done.clicked.connect(lambda _checked: self.toggle())
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        head.addWidget(self.button, 1)
        head.addWidget(self.mark)
        self._acts = QWidget()
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        for button in (self.keep, self.back, self.out):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.done)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, dp(1), 0, dp(1))
        self._down.setSpacing(dp(2))
        self._down.addLayout(head)
        self._down.addWidget(self._acts)
        self._down.addWidget(self.problem)
        self._down.addWidget(rule())
        self._acts.hide()
        self.show_piece(piece)

    def toggle(self) -> None:
        """Open the editor, or close it."""
        opened = self._acts.isHidden()
        self._acts.setVisible(opened)
        if opened and not self.piece.fixed and self.editor is None:
            self.editor = _Editor()
            self.editor.setPlainText(self._words)
            self.editor.textChanged.connect(self._typed)
            self._down.insertWidget(1, self.editor)
        if self.editor is not None:
            self.editor.setVisible(opened)
            if opened:
                self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if not opened:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name()

    @property
    def _words(self) -> str:
        return self.piece.stands if self.piece.edit is None else self.piece.edit.now

    def show_piece(self, piece: Piece, problem: str = "", *, stale: bool = False) -> None:
        """Show the paragraph as it is now; words under the typing hand stay.

        stale: it says something else now than when it was edited.
        """
        self.piece = piece
        left_out = piece.edit is not None and not piece.edit.now.strip()
        words, tone = ("", Tone.PLAIN)
        if left_out:
            words, tone = "left out", Tone.SOON
        elif piece.edit is not None:
            words, tone = "edited", Tone.SOON
        elif piece.fixed:
            words = piece.fixed
        self.mark.say(words, tone)
        shown = piece.stands if left_out else self._words
        self.button.rename(in_one_line(shown))
        self.back.setVisible(piece.edit is not None)
        self.out.setVisible(not left_out)
        self.keep.setVisible(stale)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if self.editor is not None:
            self.editor.setAccessibleDescription(problem)
            if not self.editor.hasFocus() and self.editor.toPlainText() != self._words:
                self._put(self._words)
        self._name()

    def _put(self, words: str) -> None:
        assert self.editor is not None  # noqa: S101 - only called with one
        self.editor.blockSignals(True)
        self.editor.setPlainText(words)
        self.editor.blockSignals(False)

    def _typed(self) -> None:
        if self.editor is not None:
            self.changed.emit(self.editor.toPlainText())

    def _name(self) -> None:
        words = " ".join(in_one_line(self._words or self.piece.stands).split()[:6])
        does = "Close" if not self._acts.isHidden() else "Edit"
        mark = f", {self.mark.text()}" if self.mark.text() else ""
        self.button.setAccessibleName(f"{does} the paragraph: {words}{mark}")
        self.back.setAccessibleName(f"Put back: {words}")
        self.out.setAccessibleName(f"Leave out: {words}")
        self.keep.setAccessibleName(f"Keep my words: {words}")
        self.done.setAccessibleName(f"Close the paragraph: {words}")
        if self.editor is not None:
            self.editor.setAccessibleName(f"Words of the paragraph: {words}")


class ParagraphsCard(Card):
    """All paragraphs of the letter, in their order."""

    edited = Signal(object)
    """The edits of the letter as they are now: a tuple of `Edit`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Text", parent)
        self.body.setSpacing(0)
        how = Words("Press a paragraph to write it anew. *Stars* set italics.", "help", wrap=True)
        how.setContentsMargins(0, 0, 0, dp(6))
        self.body.addWidget(how)
        self.rows: dict[str, ParagraphRow] = {}
        self._edits: tuple[Edit, ...] = ()

    def show_paragraphs(
        self,
        body: Sequence[Paragraph],
        edits: Sequence[Edit],
        problems: Sequence[EditProblem],
    ) -> None:
        """Show them anew, each with what is wrong with its edit; an open editor stays open."""
        wrong: dict[str, str] = {}
        for one in problems:
            wrong[one.key] = f"{wrong.get(one.key, '')} {one.blocker.why}".strip()
        stands = {one.key: one.stands for one in problems if one.stands}
        self._edits = tuple(edits)
        pieces = pieces_of(body, edits, stands)
        wanted = {piece.key for piece in pieces}
        for key in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(key)
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, piece in enumerate(pieces, start=1):
            if piece.key not in self.rows:
                row = ParagraphRow(piece)
                row.changed.connect(partial(self._changed, row))
                self.rows[piece.key] = row
            row = self.rows[piece.key]
            row.show_piece(piece, wrong.get(piece.key, ""), stale=piece.key in stands)
            if self.body.indexOf(row) != place:
                self.body.insertWidget(place, row)

    def forget(self) -> None:
        """Another letter."""
        self.show_paragraphs((), (), ())

    def _changed(self, row: ParagraphRow, now: str | None) -> None:
        self._edits = with_edit(self._edits, row.piece, now)
        edit = next((one for one in self._edits if one.key == row.piece.key), None)
        row.show_piece(Piece(row.piece.key, row.piece.stands, edit, row.piece.fixed))
        if now is None or not now:
            announce(row, "Put back" if now is None else "Left out")
        self.edited.emit(self._edits)
