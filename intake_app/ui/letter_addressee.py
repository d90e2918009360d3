"""Whom a letter goes to: as usual, out of the office's directory, or typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from intake_app.core.letters.options import Addressee
from intake_app.ui.answer_edits import StillCombo
from intake_app.ui.line import Line
from intake_app.ui.long_field import LongField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import QuietButton, Words, dp

_TYPED = "Somebody else…"


class Lines(LongField):
    """A few lines, one thing each; Tab leaves it."""

    def __init__(self, hint: str, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self.document().setDocumentMargin(2)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + dp(16))

    def lines(self) -> tuple[str, ...]:
        """What stands in it, without empty lines."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show others, without any signal, unless the keyboard is in it."""
        if not self.hasFocus() and self.lines() != tuple(lines):
            self.blockSignals(True)
            self.setPlainText("\n".join(lines))
            self.blockSignals(False)


def narrow_combo(name: str) -> QComboBox:
    """A list that takes no more room than there is, whatever it holds."""
    combo = StillCombo()
    combo.setAccessibleName(name)
    combo.setMinimumContentsLength(16)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


class AddresseePart(QWidget):
    """The list, how the address will stand, and the fields of one that is typed."""

    chosen = Signal(object)
    """An `Addressee`, or None for the usual one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = narrow_combo("To")
        self.said = Words("", "help", wrap=True)
        self.change = QuietButton("Change the address or the copies", "link")
        self.warning = Words(
            "No address: an envelope with a window needs one.", "warning", wrap=True
        )
        self.title, self.name, self.agency = Line(), Line(), Line()
        self.address, self.copies = Lines("Street, city, state and ZIP", 3), Lines("One a line", 2)
        self.typed = QWidget()
        form = PlainForm(self.typed)
        for words, field in (
            ("Title", self.title),
            ("Name", self.name),
            ("Agency", self.agency),
            ("Address", self.address),
            ("Copies to", self.copies),
        ):
            form.ask(words, field)
        self.name.setPlaceholderText("Where you know it")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(4))
        for widget in (self.combo, self.said, self.warning, self.typed):
            down.addWidget(widget)
        down.insertWidget(3, self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices: tuple[Addressee | None, ...] = ()
        self._now = Addressee()
        self._open = False
        self.combo.activated.connect(self._picked)
        self.change.clicked.connect(lambda _checked: self._type())
        for line in (self.title, self.name, self.agency):
            line.textEdited.connect(lambda _words: self.chosen.emit(self.read()))
        for lines in (self.address, self.copies):
            lines.textChanged.connect(lambda: self.chosen.emit(self.read()))

    def read(self) -> Addressee:
        """What is typed."""
        return Addressee(
            name=self.name.text().strip(),
            title=self.title.text().strip(),
            agency=self.agency.text().strip(),
            lines=self.address.lines(),
            cc=self.copies.lines(),
        )

    def start_over(self) -> None:
        """Another letter: the fields close."""
        self._open = False

    def show_addressee(
        self, chosen: Addressee | None, now: Addressee, directory: Sequence[Addressee]
    ) -> None:
        """Show who was chosen (None: nobody, so the usual one), and whom it goes to."""
        self._now = now
        usual = [one for one in directory if chosen is None and one == now]
        choices = (None, *(one for one in directory if one not in usual))
        if choices != self._choices or not self.combo.count():
            self._choices = choices
            self.combo.clear()
            for one in choices:
                self.combo.addItem("The usual one" if one is None else _line(one))
            self.combo.addItem(_TYPED)
        if chosen is None:
            usual_line = f"As usual: {_line(now)}" if _line(now) else "Nobody chosen yet"
            self.combo.setItemText(0, usual_line)
            row = 0
        else:
            alike = [_same(one, chosen) for one in choices]
            row = alike.index(True) if True in alike else self.combo.count() - 1
        self._open = self._open or row == self.combo.count() - 1
        self.combo.setCurrentIndex(row)
        self._fill(now)
        copies = f" · copies to {'; '.join(now.cc)}" if now.cc else ""
        self.said.setText(" · ".join((*_parts(now), *now.lines)) + copies)
        self.warning.setVisible(not now.lines)
        self.said.setVisible(not self._open)
        self.change.setVisible(not self._open)
        self.typed.setVisible(self._open)

    def _fill(self, now: Addressee) -> None:
        for line, words in (
            (self.title, now.title),
            (self.name, now.name),
            (self.agency, now.agency),
        ):
            if not line.hasFocus() and line.text().strip() != words:
                line.setText(words)
        self.address.show_lines(now.lines)
        self.copies.show_lines(now.cc)

    def _picked(self, row: int) -> None:
        if row == self.combo.count() - 1:
            self._now = Addressee(cc=self._now.cc)
            self._type()
            self.chosen.emit(self._now)
            return
        self._open = False
        self.chosen.emit(self._choices[row])

    def _type(self) -> None:
        self._open = True
        self._fill(self._now)
        self.typed.show()
        self.said.hide()
        self.change.hide()
        self.title.setFocus()


def _parts(one: Addressee) -> tuple[str, ...]:
    return tuple(part for part in (one.name, one.title, one.agency) if part)


def _line(one: Addressee) -> str:
    return ", ".join(_parts(one))


def _same(one: Addressee | None, other: Addressee) -> bool:
    return one is not None and (one.name, one.title, one.agency, one.lines) == (
        other.name,
        other.title,
        other.agency,
        other.lines,
    )
