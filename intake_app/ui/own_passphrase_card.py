"""Change one's own passphrase."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, QuietButton
from intake_app.workflows.manage_members import change_passphrase

CHANGE, CHANGING = "Change it", "Changing…"


class OwnPassphraseCard(Card):
    """For everybody."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Your passphrase", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self.old = PassphraseField()
        self.new = PassphraseField(rate=True)
        self.again = PassphraseField()
        self.button = QuietButton(CHANGE)
        self.message = InlineMessage()
        form = PlainForm()
        form.ask("Now", self.old)
        form.ask("New", self.new)
        form.ask("New again", self.again)
        self.body.addLayout(form)
        self.body.addWidget(self.message)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.button.clicked.connect(self._change)
        self.again.entered.connect(self._change)

    def show_for(self, office: Office) -> None:
        """Whose it is."""
        self._office = office

    def leave(self) -> None:
        """Nothing typed stays on the page."""
        for field in (self.old, self.new, self.again):
            field.clear()

    def _change(self) -> None:
        if self._office is None or not self.button.isEnabled():
            return
        if self.new.text() != self.again.text():
            self.message.say("The two new passphrases are not the same. Type them again.")
            self.again.setFocus()
            return
        self.message.clear()
        self._working(True)
        self._jobs.run(
            partial(
                change_passphrase, self._office, self.old.text(), self.new.text(), self._clock()
            ),
            self._changed,
            self._failed,
        )

    def _working(self, working: bool) -> None:
        self.button.setEnabled(not working)
        self.button.setText(CHANGING if working else CHANGE)

    def _changed(self, _nothing: None) -> None:
        self._working(False)
        self.leave()
        self.message.say("Changed. Use the new passphrase from now on.", Tone.GOOD)

    def _failed(self, error: AppError) -> None:
        self._working(False)
        self.message.say(error.sentence)
