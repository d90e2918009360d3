"""The paragraphs of a letter, each to be written anew or left out; what was edited is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.letters.edited import EditProblem
from intake_app.core.letters.options import Edit
from intake_app.documents.letter_template import Block, Paragraph
from intake_app.ui.desk_lists import NameButton, rule
from intake_app.ui.long_field import LongField
from intake_app.ui.theme import Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import Card, Pill, QuietButton, Words, announce, dp

_A_TURN = 8
"""So many paragraphs are made at a time: those on top first."""

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


class _Acts(QWidget):
    """What can be done with an opened paragraph."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.keep = QuietButton("Keep my words", "link", self)
        self.back = QuietButton("Put back", "link", self)
        self.out = QuietButton("Leave out", "link", self)
        self.done = QuietButton("Close", "link", self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        for button in (self.keep, self.back, self.out):
            across.addWidget(button)
        across.addStretch(1)
        across.addWidget(self.done)


class ParagraphRow(QWidget):
    """One paragraph: its first words; open, all of them in an editor."""

    changed = Signal(object)
    """The new words; empty leaves it out, None puts it back."""

    def __init__(self, piece: Piece, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = piece
        self._stale = False
        self.mark = Pill(parent=self)
        self.button = NameButton(piece.stands, "", self)
        self.button.clicked.connect(lambda _checked: self.toggle())
        self.editor: LongField | None = None
        self._acts: _Acts | None = None
        self.problem = Words("", "error", wrap=True, parent=self)
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        head.addWidget(self.button, 1)
        head.addWidget(self.mark)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, dp(1), 0, dp(1))
        self._down.setSpacing(dp(2))
        self._down.addLayout(head)
        self._down.addWidget(self.problem)
        self._down.addWidget(rule(self))
        self.show_piece(piece)

    @property
    def acts(self) -> _Acts:
        """Made when the paragraph is first opened: most never are, and a letter has many."""
        if self._acts is None:
            self._acts = acts = _Acts(self)
            acts.hide()
            acts.back.clicked.connect(lambda _checked: self.changed.emit(None))
            acts.out.clicked.connect(lambda _checked: self.changed.emit(""))
            acts.keep.clicked.connect(lambda _checked: self.changed.emit(self._words))
            acts.done.clicked.connect(lambda _checked: self.toggle())
            self._down.insertWidget(1, acts)
            self._say_acts()
        return self._acts

    def toggle(self) -> None:
        """Open the editor, or close it."""
        opened = self.acts.isHidden()
        self.acts.setVisible(opened)
        if opened and not self.piece.fixed and self.editor is None:
            self.editor = LongField(self, least=2, most=16)
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

    @property
    def _left_out(self) -> bool:
        return self.piece.edit is not None and not self.piece.edit.now.strip()

    def show_piece(self, piece: Piece, problem: str = "", *, stale: bool = False) -> None:
        """Show the paragraph as it is now; words under the typing hand stay.

        stale: it says something else now than when it was edited.
        """
        self.piece, self._stale = piece, stale
        words, tone = ("", Tone.PLAIN)
        if self._left_out:
            words, tone = "left out", Tone.SOON
        elif piece.edit is not None:
            words, tone = "edited", Tone.SOON
        elif piece.fixed:
            words = piece.fixed
        self.mark.say(words, tone)
        shown = piece.stands if self._left_out else self._words
        self.button.rename(in_one_line(shown))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if self.editor is not None:
            self.editor.setAccessibleDescription(problem)
            if not self.editor.hasFocus() and self.editor.toPlainText() != self._words:
                self._put(self._words)
        self._say_acts()
        self._name()

    def _say_acts(self) -> None:
        if self._acts is not None:
            self._acts.back.setVisible(self.piece.edit is not None)
            self._acts.out.setVisible(not self._left_out)
            self._acts.keep.setVisible(self._stale)

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
        does = "Close" if self._acts is not None and not self._acts.isHidden() else "Edit"
        mark = f", {self.mark.text()}" if self.mark.text() else ""
        self.button.setAccessibleName(f"{does} the paragraph: {words}{mark}")
        if self._acts is not None:
            self._acts.back.setAccessibleName(f"Put back: {words}")
            self._acts.out.setAccessibleName(f"Leave out: {words}")
            self._acts.keep.setAccessibleName(f"Keep my words: {words}")
            self._acts.done.setAccessibleName(f"Close the paragraph: {words}")
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
        self._pieces: tuple[Piece, ...] = ()
        self._wrong: dict[str, str] = {}
        self._stale: frozenset[str] = frozenset()
        self._edits: tuple[Edit, ...] = ()

    def show_paragraphs(
        self,
        body: Sequence[Paragraph],
        edits: Sequence[Edit],
        problems: Sequence[EditProblem],
    ) -> None:
        """Show them anew, each with what is wrong with its edit; an open editor stays open."""
        self._wrong = {}
        for one in problems:
            self._wrong[one.key] = f"{self._wrong.get(one.key, '')} {one.blocker.why}".strip()
        stands = {one.key: one.stands for one in problems if one.stands}
        self._stale = frozenset(stands)
        self._edits = tuple(edits)
        self._pieces = pieces_of(body, edits, stands)
        wanted = {piece.key for piece in self._pieces}
        for key in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(key)
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        if self._show_rows():
            Turns.of_the_window().soon(self, self._show_rows)

    def _show_rows(self) -> bool:
        """Show the rows there are and make some of those that are missing, from the top."""
        made = 0
        for place, piece in enumerate(self._pieces, start=1):
            row = self.rows.get(piece.key)
            if row is None and made == _A_TURN:
                return True
            if row is None:
                made += 1
                row = self.rows[piece.key] = self._made(piece)
            row.show_piece(piece, self._wrong.get(piece.key, ""), stale=piece.key in self._stale)
            if self.body.indexOf(row) != place:
                self.body.insertWidget(place, row)
        return False

    def _made(self, piece: Piece) -> ParagraphRow:
        # Made where it belongs: Qt looks at the style of all that is moved.
        row = ParagraphRow(piece, self)
        row.changed.connect(partial(self._changed, row))
        return row

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
