"""A line on a card that asks for the passphrase once more, before something grave is done.

    self.again = PassphraseAgain(jobs, clock)
    self.again.ask(office, "A copy leaves the office file.", self._export)   # gets a `Proof`

Hidden until `ask`. Whoever proved herself on this card less than five minutes ago only presses
Continue. The card calls `forget` when it is left.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import AppError, NotAllowed, WrongPassphrase
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.theme import Tone
from intake_app.ui.waiting import Waiting
from intake_app.ui.widgets import PrimaryButton, QuietButton, Words, announce, dp
from intake_app.workflows.reauthenticate import Proof, reauthenticate, require_proof

CONTINUE, CHECKING = "Continue", "Checking…"


class PassphraseAgain(QFrame):
    """Why it is asked, the field, Continue and Cancel."""

    cancelled = Signal()
    """Nothing is to be done after all."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._proof: Proof | None = None
        self._then: Callable[[Proof], None] | None = None
        self._action = CONTINUE
        self._request = 0
        self.setProperty("is", "message")
        self.setProperty("tone", Tone.SOON.value)
        self.words = Words(wrap=True)
        self.words.setProperty("tone", Tone.SOON.value)
        self.label = Words("Your passphrase", "label")
        self.field = PassphraseField()
        self.field.setAccessibleName("Your passphrase")
        self.label.setBuddy(self.field.edit)
        self.sentence = Words("", "error", wrap=True)
        self.cancel = QuietButton("Cancel")
        self.go = PrimaryButton(CONTINUE)
        self._waiting = Waiting(self)
        self._waiting.changed.connect(self._show_what_is_possible)
        self._lay_out()
        self.field.entered.connect(self._continue)
        self.field.changed.connect(self._show_what_is_possible)
        self.go.clicked.connect(self._continue)
        self.cancel.clicked.connect(self._cancel)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        row.addWidget(self.label)
        row.addWidget(self.field, 1)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(12), dp(10), dp(12), dp(10))
        whole.setSpacing(dp(8))
        whole.addWidget(self.words)
        whole.addLayout(row)
        whole.addWidget(self.sentence)
        self.sentence.hide()

    def ask(
        self,
        office: Office,
        words: str,
        then: Callable[[Proof], None],
        action: str = CONTINUE,
    ) -> None:
        """Ask the member who has `office` open; `then` is called at most once, with the proof.

        words: what will be done, as the person should know it before. action: the words of the
        button. `then` is a method of a widget that outlives the asking.
        """
        self._request += 1
        if self._office is not office:
            self._proof = None
        self._office, self._then, self._action = office, then, action
        self.words.setText(words)
        self._say("")
        self.field.clear()
        self._working(False)
        self._show_field()
        self.show()
        announce(self, words)
        (self.go if self.field.isHidden() else self.field).setFocus()

    def forget(self) -> None:
        """Empty it, hide it, and let no earlier proof count any more."""
        self._office = self._proof = None
        self.put_away()

    def put_away(self) -> None:
        """Ask no more; an earlier proof goes on counting."""
        self._request += 1
        self._then = None
        self.field.clear()
        self._say("")
        self._working(False)
        self.hide()

    def _cancel(self, _checked: bool = False) -> None:
        self.put_away()
        self.cancelled.emit()

    def _good_proof(self) -> Proof | None:
        if self._office is None or self._proof is None:
            return None
        try:
            require_proof(self._office, self._proof, self._clock())
        except NotAllowed:
            self._proof = None
        return self._proof

    def _show_field(self) -> None:
        needed = self._good_proof() is None
        self.label.setVisible(needed)
        self.field.setVisible(needed)
        self._show_what_is_possible()

    def _continue(self, _checked: bool = False) -> None:
        if self._office is None or self._then is None or not self.go.isEnabled():
            return
        proof = self._good_proof()
        if proof is not None:
            self._finish(proof)
            return
        if self.field.isHidden():  # it was good when the line came up, and is too old by now
            self._show_field()
            self.field.setFocus()
            return
        self._say("")
        self._working(True)
        self._jobs.run(
            partial(reauthenticate, self._office, self.field.text(), self._clock()),
            partial(self._proved, self._request),
            partial(self._refused, self._request),
        )

    def _proved(self, request: int, proof: Proof) -> None:
        if request == self._request:
            self._proof = proof
            self._finish(proof)

    def _finish(self, proof: Proof) -> None:
        then = self._then
        self.put_away()
        if then is not None:
            then(proof)

    def _refused(self, request: int, error: AppError) -> None:
        if request != self._request:
            return
        self._waiting.begin(error)
        self._working(False)
        self._say(error.sentence)
        if isinstance(error, WrongPassphrase):
            self.field.edit.selectAll()
        self.field.setFocus()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def _working(self, working: bool) -> None:
        self.field.setEnabled(not working)
        self.go.setText(CHECKING if working else self._action)
        self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        checking = self.go.text() == CHECKING
        typed = self.field.isHidden() or bool(self.field.text())
        if not checking:
            self.go.setText(self._waiting.words or self._action)
        self.go.setEnabled(typed and not checking and not self._waiting.seconds)
