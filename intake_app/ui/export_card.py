"""Leaving with everything: all records, documents and letters as open files."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.steps import StepRunner
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, Words
from intake_app.workflows.export_office import Exported, export_office
from intake_app.workflows.reauthenticate import Proof
from intake_app.workflows.steps import Steps

EXPORT, STOP = "Export everything…", "Stop"


class ExportCard(Card):
    """For administrators; asks for a folder, then for the passphrase."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Take everything along", parent)
        self._clock, self._asking = clock, asking
        self._runner = StepRunner(jobs, self)
        self._office: Office | None = None
        self._into = Path()
        self._steps: Steps[Exported] | None = None
        self.button = self.add_button(EXPORT, self._pressed)
        self.message = InlineMessage()
        self.again = PassphraseAgain(jobs, clock)
        for words in (
            "Writes every table as CSV and JSON, every document and every approved letter, with a "
            "description, into a folder that any program can read: to move to another system, or "
            "to close the office.",
            "The folder is not encrypted. Whoever has it can read every name, number and victim "
            "fact. For safety copies use Backups, which stay encrypted.",
        ):
            self.body.addWidget(Words(words, wrap=True))
        self.body.addWidget(self.again)
        self.body.addWidget(self.message)

    def show_for(self, office: Office) -> None:
        """Get ready for this office."""
        self._office = office

    def leave(self) -> None:
        """No passphrase stays; an export that has begun goes on."""
        self.again.forget()

    def _pressed(self) -> None:
        if self._steps is not None:
            self._runner.drop(self._steps)
            self._end()
            self.message.say("Stopped. Nothing of the export was left behind.", Tone.PLAIN)
            return
        chosen = self._asking.folder(self, "A folder for the export", Path.home())
        if chosen is None or self._office is None:
            return
        self._into = chosen
        self.message.clear()
        self.again.ask(
            self._office,
            "Everything in this office will be written to that folder, readable by anybody who "
            "can open it. The history will tell that you did it.",
            self._begin,
            "Export",
        )

    def _begin(self, proof: Proof) -> None:
        if self._office is None:
            return
        now: datetime = self._clock()
        self._steps = export_office(self._office, self._into, proof, now)
        self.button.setText(STOP)
        self._runner.run(self._steps, self._done, self._failed, self._moved)

    def _moved(self, share: float) -> None:
        self.message.say(f"Writing… {share:.0%}", Tone.PLAIN)

    def _done(self, made: Exported) -> None:
        self._end()
        self.message.say(
            f"Written: {made.rows:,} rows of {made.tables} tables, {made.documents:,} documents, "
            f"{made.letters:,} letters, in {made.folder}. Keep it on an encrypted disk.",
            Tone.GOOD,
        )

    def _failed(self, error: AppError) -> None:
        self._end()
        self.message.say(error.sentence)

    def _end(self) -> None:
        self._steps = None
        self.button.setText(EXPORT)
