"""Who signs a letter: an attorney of the office with her signature block, or somebody typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.core.letters.options import Signer
from intake_app.ui.letter_addressee import Lines, narrow_combo
from intake_app.ui.line import Line
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Words, dp

_TYPED = "Somebody else…"


class SignerPart(QWidget):
    """The list of attorneys, the lines below the name, and the fields of one that is typed."""

    chosen = Signal(object)
    """A `Signer`, or None where nobody is known yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = narrow_combo("Signed by")
        self.said = Words("", "help", wrap=True)
        self.name, self.title = Line(), Line()
        self.block = Lines("Bar number, one thing a line", 2)
        self.name.setPlaceholderText("Name of the attorney")
        self.title.setPlaceholderText("Staff Attorney")
        self.typed = QWidget()
        form = PlainForm(self.typed)
        for words, field in (("Name", self.name), ("As", self.title), ("Below", self.block)):
            form.ask(words, field)
            field.setAccessibleName(f"Signed by: {words}")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(4))
        for widget in (self.combo, self.said, self.typed):
            down.addWidget(widget)
        self._choices: tuple[Signer | None, ...] = ()
        self._open = False
        self.combo.activated.connect(self._picked)
        for line in (self.name, self.title):
            line.textEdited.connect(lambda _words: self.chosen.emit(self.read()))
        self.block.textChanged.connect(lambda: self.chosen.emit(self.read()))

    def read(self) -> Signer | None:
        """What is typed; nothing without a name."""
        name = self.name.text().strip()
        return Signer(name, self.title.text().strip(), self.block.lines()) if name else None

    def start_over(self) -> None:
        """Another letter: the fields close and are emptied."""
        self._open = False
        self.name.clear()
        self.title.clear()
        self.block.show_lines(())

    def show_signer(self, chosen: Signer | None, now: Signer, signers: Sequence[Signer]) -> None:
        """Show who was chosen, and who stands under the letter as it is."""
        choices: tuple[Signer | None, ...] = (None, *signers)
        if choices != self._choices or not self.combo.count():
            self._choices = choices
            self.combo.clear()
            for one in choices:
                self.combo.addItem("Not known yet" if one is None else _line(one))
            self.combo.addItem(_TYPED)
        shown = chosen or (now if now.name else None)
        typed = self._open or (shown is not None and shown not in choices)
        row = self.combo.count() - 1 if typed else choices.index(shown)
        self.combo.setCurrentIndex(row)
        if typed and shown is not None:
            for line, words in ((self.name, shown.name), (self.title, shown.title)):
                if not line.hasFocus() and line.text().strip() != words:
                    line.setText(words)
            self.block.show_lines(shown.lines)
        lines = () if typed or shown is None else shown.lines
        self.said.setText(" · ".join(lines))
        self.said.setVisible(bool(lines))
        self.typed.setVisible(typed)

    def _picked(self, row: int) -> None:
        self._open = row == self.combo.count() - 1
        if self._open:
            self.typed.show()
            self.name.setFocus()
            self.chosen.emit(self.read())
        else:
            self.chosen.emit(self._choices[row])


def _line(one: Signer) -> str:
    return ", ".join(part for part in (one.name, one.title) if part)
