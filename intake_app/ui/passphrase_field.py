"""A field for a passphrase: hidden, with a way to look, a caps-lock warning and its strength."""

import unicodedata
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.passphrases import SHORTEST, normal_passphrase
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import QuietButton, Words, announce, dp

CAPS_LOCK = "Caps lock is on."


def strength(typed: str) -> tuple[str, Tone]:
    """How hard a passphrase is to guess, in words; nothing for an empty one.

    A rough measure: its length, and how many different letters and words it has. What counts
    is that a machine that holds the folder and guesses day and night does not get there.
    """
    normal = normal_passphrase(typed)
    if not normal:
        return "", Tone.PLAIN
    if len(normal) < SHORTEST:
        return f"Too short: {len(normal)} of at least {SHORTEST} characters", Tone.BAD
    different = len(set(normal.casefold()))
    words = {word for word in normal.casefold().split() if len(word) >= 3}
    if different < 6:
        return "Weak: the same few characters again and again", Tone.BAD
    if _in_a_row(normal) > len(normal) / 2:
        return "Weak: letters or figures in their usual order", Tone.BAD
    if len(words) >= 4 or (len(normal) >= 20 and different >= 10):
        return "Strong", Tone.GOOD
    if len(normal) >= 16 and different >= 8:
        return "Good. One more word makes it strong", Tone.GOOD
    return "Fair. Add a word or two that do not belong with the rest", Tone.SOON


def _in_a_row(text: str) -> int:
    """How many characters follow the one before them in the alphabet, in counting or on a row."""
    rows = "qwertyuiop asdfghjkl zxcvbnm"
    lower = text.casefold()
    return sum(abs(ord(b) - ord(a)) <= 1 or f"{a}{b}" in rows for a, b in pairwise(lower))


class _Edit(QLineEdit):
    caps_lock_seen = Signal(bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt does not tell about caps lock, but a capital typed without shift does."""
        text = event.text()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if len(text) == 1 and unicodedata.category(text) in ("Lu", "Ll"):
            self.caps_lock_seen.emit(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            # Whether it went on or off is told by the next letter.
            self.caps_lock_seen.emit(False)
        super().keyPressEvent(event)


class PassphraseField(QWidget):
    """One passphrase. `rate=True` shows how strong it is while it is typed."""

    changed = Signal()
    entered = Signal()

    def __init__(self, *, rate: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Edit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.look = QuietButton("Show")
        self.look.setCheckable(True)
        self.look.setAccessibleName("Show the passphrase")
        self.look.toggled.connect(self._look)
        self.note = Words("", "help", wrap=True)
        self.note.hide()
        self._rate, self._caps = rate, False
        across = QHBoxLayout()
        across.setSpacing(dp(8))
        across.addWidget(self.edit, 1)
        across.addWidget(self.look)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(3))
        down.addLayout(across)
        down.addWidget(self.note)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._typed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.caps_lock_seen.connect(self._saw_caps_lock)

    @override
    def setAccessibleName(self, name: str) -> None:
        """The field itself carries the name; the widget around it is only its frame."""
        self.edit.setAccessibleName(name)
        self.look.setAccessibleDescription(name)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget it, and hide it again."""
        self.edit.clear()
        self.look.setChecked(False)
        self._saw_caps_lock(False)

    def _look(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.look.setText("Hide" if shown else "Show")

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _saw_caps_lock(self, on: bool) -> None:
        if on and not self._caps:
            announce(self.edit, CAPS_LOCK)
        self._caps = on
        self._say()

    def _say(self) -> None:
        words, _tone = strength(self.text()) if self._rate else ("", Tone.PLAIN)
        said = "  ".join(part for part in (CAPS_LOCK if self._caps else "", words) if part)
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self.note.become("error" if self._caps or _tone is Tone.BAD else "help")
