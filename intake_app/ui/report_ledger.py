"""What was published, when and by whom: the ledger, read like a page of a book."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import day
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, Words, dp, empty
from intake_app.workflows.read_ledger import LedgerLine, read_ledger

_NOTHING = (
    "Nothing was published yet. When you release a report, it is written here with its figures, "
    "and stays."
)
_TOLD = (
    "Every release is kept here for good, so that later figures can be checked against it. Without "
    "this ledger nothing more can be published: keep backups of the office."
)


class LedgerView(Card):
    """One line for each entry, the newest first."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("What was published", parent)
        self._jobs = jobs
        self.message = InlineMessage()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(dp(6))
        self.body.addWidget(Words(_TOLD, "quiet", wrap=True))
        self.body.addWidget(self.message)
        self.body.addLayout(self.lines)

    def show_for(self, office: Office) -> None:
        """Read it anew."""
        self._jobs.run(partial(read_ledger, office), self._show, self._failed)

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
