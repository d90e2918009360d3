"""What was published, when and by whom: the ledger, read like a page of a book."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import day
from intake_app.ui.page import Clock
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, QuietButton, Words, dp, empty
from intake_app.workflows.read_ledger import LedgerLine, read_ledger
from intake_app.workflows.start_series import start_new_series

_NOTHING = (
    "Nothing was published yet. When you release a report, it is written here with its figures, "
    "and stays."
)
_TOLD = (
    "Every release is kept here for good, so that later figures can be checked against it. Without "
    "this ledger nothing more can be published: keep backups of the office."
)


_ANEW = (
    "A new series is for a ledger that is lost or damaged, or an office brought back from an old "
    "backup. Nothing dated up to today can be published in it, ever. Start one?"
)


class LedgerView(Card):
    """One line for each entry, the newest first. An administrator can start a new series here."""

    begun = Signal()
    """A new series was started: other dates can be published now."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("What was published", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self.anew = QuietButton("Start a new series…", "small")
        self.message = InlineMessage()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(dp(6))
        self.body.addWidget(Words(_TOLD, "quiet", wrap=True))
        self.body.addWidget(self.message)
        self.body.addLayout(self.lines)
        self.head.addWidget(self.anew)
        self.anew.clicked.connect(lambda _checked: self._ask())
        self.message.acted.connect(self._begin)

    def show_for(self, office: Office) -> None:
        """Read it anew."""
        self._office = office
        self.anew.setVisible(may(office.member.role, Act.START_SERIES))
        self._jobs.run(partial(read_ledger, office), self._show, self._failed)

    def _ask(self) -> None:
        self.message.say(_ANEW, Tone.SOON, "Start a new series")
        self.message.button.setFocus()

    def _begin(self) -> None:
        if self._office is not None:
            work = partial(start_new_series, self._office, self._clock())
            self._jobs.run(work, self._begun, self._failed)

    def _begun(self, _earliest: date) -> None:
        if self._office is not None:
            self.show_for(self._office)
        self.begun.emit()

    def _show(self, entries: tuple[LedgerLine, ...]) -> None:
        self.message.clear()
        empty(self.lines)
        if not entries:
            self.lines.addWidget(EmptyLine(_NOTHING))
        for entry in reversed(entries):
            self.lines.addWidget(rule())
            self.lines.addWidget(Words(entry.sentence, wrap=True))
            who = f", {entry.made_by}" if entry.made_by else ""
            self.lines.addWidget(Words(f"{day(entry.made_on)}{who}", "help", wrap=True))

    def _failed(self, error: AppError) -> None:
        empty(self.lines)
        self.message.say(error.sentence)
