"""A new recovery sheet, for an administrator whose old one is lost or was seen."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.recovery_sheet_view import RecoverySheetView
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.new_recovery_sheet import (
    RecoverySheet,
    draw_recovery_sheet,
    put_in_force,
)
from intake_app.workflows.reauthenticate import Proof

_WHAT = (
    "The sheet in the safe opens the office when a passphrase is forgotten. If it is lost, or "
    "somebody has seen it who should not have, make a new one: the old sheet then opens this "
    "office no more. It still opens backups and copies of the folder made before."
)
_FIRST = (
    "Print or save the new sheet before it counts. Until you press “Use this sheet”, the old one "
    "stays the one that opens the office."
)
_SURE = "The sheet in the safe will open this office no more; the new one will. Swap them there."


class RecoveryCard(Card):
    """Shows the new sheet first; only when it is kept does it replace the old one."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Recovery sheet", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._sheet: RecoverySheet | None = None
        self._request = 0
        self.make = self.add_button("Make a new sheet", self._make)
        self.view = RecoverySheetView(jobs, asking)
        self.cancel = QuietButton("Keep the old sheet")
        self.use = PrimaryButton("Use this sheet")
        self.again = PassphraseAgain(jobs, clock)
        self.message = InlineMessage()
        self._made = QWidget()
        self._lay_out()
        self.view.tick.toggled.connect(self._show_what_is_possible)
        self.cancel.clicked.connect(self._keep_old)
        self.use.clicked.connect(self._use)
        self.leave()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.use)
        inside = QVBoxLayout(self._made)
        inside.setContentsMargins(0, dp(4), 0, 0)
        inside.setSpacing(dp(8))
        inside.addWidget(Words(_FIRST, "strong", wrap=True))
        inside.addWidget(self.view)
        inside.addLayout(row)
        self.body.addWidget(Words(_WHAT, wrap=True))
        self.body.addWidget(self._made)
        self.body.addWidget(self.again)
        self.body.addWidget(self.message)

    def show_for(self, office: Office) -> None:
        """Get ready for this office."""
        self._office = office

    def leave(self) -> None:
        """Nothing of a sheet that was not put in force stays; the old one still holds."""
        self._request += 1
        self._sheet = None
        self.view.forget()
        self.again.forget()
        self._made.hide()
        self.make.setEnabled(True)

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.view.page.themed(theme)

    def _make(self) -> None:
        if self._office is None:
            return
        self.message.clear()
        self.make.setEnabled(False)
        self._request += 1
        self._jobs.run(
            partial(draw_recovery_sheet, self._office, self._clock()),
            partial(self._drawn, self._request),
            self._failed,
        )

    def _drawn(self, request: int, sheet: RecoverySheet) -> None:
        if request != self._request:
            return
        self._sheet = sheet
        self.view.show_sheet(sheet.code, sheet.pdf)
        self._made.show()
        self._show_what_is_possible()
        self.view.setFocus()

    def _show_what_is_possible(self) -> None:
        self.use.setEnabled(self._sheet is not None and self.view.tick.isChecked())

    def _keep_old(self) -> None:
        self.leave()
        self.message.say(
            "Nothing was changed. Tear up the new sheet if it was printed; it opens nothing.",
            Tone.PLAIN,
        )
        self.make.setFocus()

    def _use(self) -> None:
        if self._office is not None and self._sheet is not None:
            self.again.ask(self._office, _SURE, self._put_in_force, "Use the new sheet")

    def _put_in_force(self, proof: Proof) -> None:
        if self._office is not None and self._sheet is not None:
            self.use.setEnabled(False)
            work = partial(put_in_force, self._office, self._sheet, proof, self._clock())
            self._jobs.run(work, self._in_force, self._failed)

    def _in_force(self, _nothing: None) -> None:
        self.leave()
        self.message.say(
            "The new sheet opens the office now. Lock it in the safe and destroy the old one.",
            Tone.GOOD,
        )

    def _failed(self, error: AppError) -> None:
        self.make.setEnabled(self._sheet is None)
        self._show_what_is_possible()
        self.message.say(error.sentence)
