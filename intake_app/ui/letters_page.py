"""Letters: for whom to write the next one. People held on a detainer stand first."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.roles import Act
from intake_app.store.office import Office
from intake_app.ui.clock_words import clock_words
from intake_app.ui.desk_lists import LineList, Said
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.widgets import Heading, InlineMessage, Words, dp
from intake_app.workflows.read_desk import ClockRow, Desk, read_desk


class LettersPage(Page):
    """The place of letters in the rail; each line leads to a letter in one step."""

    key = "letters"
    words = "Letters"
    icon = "letters"
    needs = Act.COMPOSE_LETTERS

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._asked = 0
        self.message = InlineMessage()
        self.people = LineList(
            "Held on a detainer, the most urgent first",
            "Nobody is held on a detainer. For anybody else: find the person (Ctrl+K), open the "
            "case and press “New letter”.",
        )
        head = QHBoxLayout()
        head.addWidget(Heading("New letter", 1))
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addLayout(head)
        whole.addWidget(
            Words(
                "A request that the jail decline the detainer. The program writes it only where "
                "the law of the state lets it be asked, and tells what is missing.",
                "quiet",
                wrap=True,
            )
        )
        whole.addWidget(self.message)
        whole.addWidget(self.people, 1)
        self.people.opened.connect(self._write)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the list anew."""
        self._office = office
        self._asked += 1
        self.jobs.run(
            partial(read_desk, office, self.clock()),
            partial(self._show, self._asked),
            self._could_not,
        )

    def _show(self, asked: int, desk: Desk) -> None:
        if asked == self._asked:
            self.message.clear()
            self.people.show_lines(desk.clocks, self._said)

    def _said(self, row: ClockRow) -> Said:
        told = clock_words(row.reading, self.clock())
        return Said(f"{row.facility or 'facility not known'}", told.pill, told.tone)

    def _write(self, case_id: int) -> None:
        self.wanted.emit("letter", case_id)

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence)
