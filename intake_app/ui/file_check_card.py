"""The check of the office file, for everybody."""

from functools import partial

from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, Words
from intake_app.workflows.check_office import check_office

CHECK, CHECKING = "Check now", "Checking…"


class FileCheckCard(Card):
    """Reads the whole file and says what is wrong with it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("Check of the file", parent)
        self._jobs = jobs
        self._office: Office | None = None
        self.button = self.add_button(CHECK, self._check)
        self.message = InlineMessage()
        self.body.addWidget(
            Words(
                "Reads the whole file: damaged pages, records without a case, letters that are no "
                "longer as approved, and a history that was changed or cut.",
                "quiet",
                wrap=True,
            )
        )
        self.body.addWidget(self.message)

    def show_for(self, office: Office) -> None:
        """Get ready to check this office."""
        self._office = office

    def leave(self) -> None:
        """There is nothing to put away."""

    def _check(self) -> None:
        if self._office is None:
            return
        self._working(True)
        self._jobs.run(partial(check_office, self._office), self._checked, self._could_not)

    def _checked(self, wrong: tuple[str, ...]) -> None:
        self._working(False)
        if wrong:
            self.message.say(" ".join(wrong))
        else:
            self.message.say("The file is sound.", Tone.GOOD)

    def _could_not(self, error: AppError) -> None:
        self._working(False)
        self.message.say(error.sentence)

    def _working(self, working: bool) -> None:
        self.button.setEnabled(not working)
        self.button.setText(CHECKING if working else CHECK)
