"""The form for an entry of the library: to correct one, or to add one of the office's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from intake_app.core.authorities import Stance
from intake_app.core.authority_answers import WORDS, answers_of
from intake_app.core.authority_checks import Entry
from intake_app.core.authority_files import ASKED
from intake_app.ui.letter_addressee import Lines, narrow_combo
from intake_app.ui.library_rows import KINDS, MANDATES
from intake_app.ui.line import Line
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import InlineMessage, PrimaryButton, QuietButton, Words, dp

_LONG = frozenset({"proposition", "quotation", "rule", "caution"})
_HINTS = {
    "body": "The court, legislature or agency",
    "binds": "FL, GA; or nationwide; empty: only persuades",
    "quotation": "Exactly the words you see in the source",
    "paired_with": "Entries it must go with, like F01, C01",
    "authority": "The entry a letter cites for it, like L30",
    "seen_at": "Where others find it",
    "stale_after_days": "180",
}
_CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "source": tuple((kind.value, words.capitalize()) for kind, words in KINDS.items()),
    "stance": tuple((stance.value, stance.value.capitalize()) for stance in Stance),
    "mandate": tuple(
        (mandate.value, words.capitalize()) for mandate, (words, _tone) in MANDATES.items()
    ),
}
_WORDS_HELP = (
    "A sentence a letter may print. {quote} stands for the quotation in its marks, {cite} for the "
    "citation."
)
_Field = QLineEdit | Lines | QComboBox


class AuthorityForm(QWidget):
    """`saved` has the answers as `authority_answers` reads them."""

    saved = Signal(dict)
    cancelled = Signal()

    def __init__(self, entry: Entry | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, _Field] = {}
        self.message = InlineMessage()
        self.save = PrimaryButton("Save")
        self.cancel = QuietButton("Cancel")
        self._form = PlainForm(self)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(dp(6))
        self._form.addRow(Words(_said(entry), "help", wrap=True))
        for name, answer in answers_of(entry).items():
            if entry is not None and name == "quotation":
                self._fixed(answer)
            else:
                self._ask(name, answer)
        self._form.addRow(self.message)
        self._form.act(self.cancel, self.save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.cancelled)

    def answers(self) -> dict[str, str]:
        """What stands in the form."""
        return {name: _text(field) for name, field in self.fields.items()}

    def refused(self, sentence: str) -> None:
        """Say why it was not saved; nothing typed is lost."""
        self.save.setEnabled(True)
        self.message.say(sentence)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        next(iter(self.fields.values())).setFocus()

    def _ask(self, name: str, answer: str) -> None:
        field = _made(name, answer)
        self.fields[name] = field
        if name.startswith(WORDS):
            which = name.removeprefix(WORDS)
            called = ASKED["print_words"]
            words = called if which == "words" else f"{called}: {which}"
            self._form.ask(words, field, help=_WORDS_HELP)
        else:
            self._form.ask(ASKED[name], field)

    def _fixed(self, quotation: str) -> None:
        if quotation:
            self._form.tell(ASKED["quotation"], Words(f"“{quotation}”", wrap=True))

    def _save(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.message.clear()
            self.saved.emit(self.answers())


def _said(entry: Entry | None) -> str:
    if entry is None:
        return (
            "An entry of your office. No letter cites it until an attorney has compared it with a "
            "text."
        )
    return (
        "After a correction no letter relies on this entry until an attorney has compared it "
        "again. A quotation can’t be changed: other words are an entry of their own."
    )


def _made(name: str, answer: str) -> _Field:
    if name in _CHOICES:
        combo = narrow_combo(ASKED[name])
        for value, words in _CHOICES[name]:
            combo.addItem(words, value)
        combo.setCurrentIndex(max(combo.findData(answer), 0))
        return combo
    if name in _LONG or name.startswith(WORDS):
        box = Lines(_HINTS.get(name, ""), 3)
        box.setPlainText(answer)
        return box
    line = Line()
    line.setText(answer)
    line.setPlaceholderText(_HINTS.get(name, ""))
    return line


def _text(field: _Field) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    return field.toPlainText() if isinstance(field, Lines) else field.text()
