"""Legal process received: a checklist to go through with counsel, and never a way to export.

Ticks are for the screen only. They are kept nowhere and gone when the page is left.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.legal_process import LegalProcess, Part, Step
from intake_app.store.office import Office
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Heading, InlineMessage, Words, dp, empty
from intake_app.workflows.print_legal_process import print_legal_process
from intake_app.workflows.shipped import legal_process

FILE_NAME = "Legal process checklist.pdf"
TICKS = "Ticks help you only while you are here: they are kept nowhere, and gone when you leave."


class LegalProcessCard(Card):
    """For everybody: whoever is at the door first must know what to do."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Legal process received", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._office: Office | None = None
        self.save = self.add_button("Save as PDF…", self._make)
        self.message = InlineMessage()
        self.boxes: list[QCheckBox] = []
        self._page = QVBoxLayout()
        self._page.setSpacing(dp(6))
        self.body.addWidget(self.message)
        self.body.addLayout(self._page)

    def show_for(self, office: Office) -> None:
        """Show the checklist with nothing ticked."""
        self._office = office
        self.message.clear()
        self._jobs.run(legal_process, self._show, self._failed)

    def leave(self) -> None:
        """Nothing ticked stays."""
        self.message.clear()
        for box in self.boxes:
            box.setChecked(False)

    def _show(self, page: LegalProcess) -> None:
        empty(self._page)
        self.boxes = []
        self._page.addWidget(Words(page.about, wrap=True))
        self._page.addWidget(Words(TICKS, "quiet", wrap=True))
        for part in page.parts:
            self._add(part)
        self._page.addSpacing(dp(4))
        self._page.addWidget(rule())
        self._page.addWidget(Words(page.standing, "help", wrap=True))

    def _add(self, part: Part) -> None:
        self._page.addSpacing(dp(8))
        self._page.addWidget(Heading(part.title))
        for step in part.steps:
            self._page.addWidget(self._row(step))

    def _row(self, step: Step) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, dp(2), 0, dp(2))
        across.setSpacing(dp(4))
        box = QCheckBox()
        box.setAccessibleName(step.words)
        box.setAccessibleDescription(step.source)
        self.boxes.append(box)
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout()
        down.setSpacing(dp(1))
        for words in (Words(step.words, wrap=True), Words(step.source, "help", wrap=True)):
            if words.text():
                # The words of a box that wrap are as good to click as the box.
                words.installEventFilter(_Clicks(box, words))
                down.addWidget(words)
        across.addLayout(down, 1)
        return row

    def _make(self) -> None:
        if self._office is not None:
            work = partial(print_legal_process, self._office, self._clock())
            self._jobs.run(work, self._save, self._failed)

    def _save(self, pdf: bytes) -> None:
        path = self._asking.save_as(
            self, "Save the checklist", Path.home() / FILE_NAME, "PDF (*.pdf)"
        )
        if path is not None:
            self._jobs.run(partial(write_file, path, pdf), self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self.message.say(
            f"Saved as {path.name}. Print it, write your counsel’s name and telephone on it, and "
            "lay it beside the telephone.",
            Tone.GOOD,
        )

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)


class _Clicks(QObject):
    """Passes a click on words to the box beside them."""

    def __init__(self, box: QCheckBox, words: QWidget) -> None:
        super().__init__(words)
        self._box = box

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Toggle at the press."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._box.setFocus(Qt.FocusReason.MouseFocusReason)
            self._box.toggle()
            return True
        return super().eventFilter(watched, event)
