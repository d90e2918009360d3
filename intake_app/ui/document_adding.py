"""Adding chosen files to a case, one after the other, while the case is worked on.

A file is read on a thread of its own, which may wait for a slow disk; its picture is drawn; then
the office thread writes it in short steps. A file that can't be added stops none of the others.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.pdf_trial import tried_pdf_picture
from intake_app.ui.pictures import small_picture
from intake_app.ui.steps import StepRunner
from intake_app.ui.widgets import ElidedWords, QuietButton, dp
from intake_app.workflows.add_document import add_document
from intake_app.workflows.clear_leftovers import clear_leftovers
from intake_app.workflows.steps import Steps
from intake_app.workflows.take_file import TakenFile, take_file


@dataclass(frozen=True)
class _Wanted:
    office: Office
    case_id: int
    case_number: str
    path: Path
    protected: bool


@dataclass(frozen=True)
class Refused:
    """A file that was not added: of which case, its name, and the sentence why."""

    case_id: int
    case_number: str
    name: str
    sentence: str


class AddingFiles(QWidget):
    """The line that says which file is being added, with "Cancel"; hidden where there is none.

    `files` is the thread that reads them, `runner` does the steps on the office thread.
    """

    added = Signal(object)
    """A document is in the file: a `Document`."""

    ended = Signal(int, object)
    """All are dealt with: how many were added, and what was `Refused`."""

    def __init__(
        self, files: Jobs, runner: StepRunner, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._files, self._runner, self._clock = files, runner, clock
        self._waiting: deque[_Wanted] = deque()
        self._now: _Wanted | None = None
        self._at, self._of, self._added = 0, 0, 0
        self._refused: list[Refused] = []
        self._steps: Steps[Document] | None = None
        self.stopped = Event()
        self.words = ElidedWords("", "quiet")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(dp(160))
        self.progress.setAccessibleName("How much of the file is added")
        self.cancel = QuietButton("Cancel", "small")
        self.cancel.setAccessibleName("Cancel adding files")
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(10))
        row.addWidget(self.words, 1)
        row.addWidget(self.progress)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a file is being added."""
        return self._now is not None

    def add(
        self, office: Office, case_id: int, number: str, paths: Iterable[Path], *, protected: bool
    ) -> None:
        """Add files to a case, after those already waiting."""
        wanted = [_Wanted(office, case_id, number, path, protected) for path in paths]
        self._waiting.extend(wanted)
        self._of += len(wanted)
        if self._now is None:
            self._next()

    def stop(self, _checked: bool = False) -> None:
        """Leave out whatever is not whole in the file yet."""
        if self._now is None:
            return
        self._waiting.clear()
        self.stopped.set()
        steps, self._steps = self._steps, None
        if steps is not None:
            self._runner.drop(steps)
            self._clear(self._now.office)

    def _next(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        if self._now is None:
            count, refused = self._added, tuple(self._refused)
            self._at = self._of = self._added = 0
            self._refused = []
            self.hide()
            self.ended.emit(count, refused)
            return
        self._at += 1
        self.stopped.clear()
        name = self._now.path.name
        which = f"{self._at} of {self._of}: " if self._of > 1 else ""
        self.words.say(f"Adding {which}{name}")
        self.progress.setValue(0)
        self.show()
        self._files.run(partial(_take, self._now.path, self.stopped), self._taken, self._refuse)

    def _taken(self, taken: tuple[TakenFile, bytes | None]) -> None:
        wanted = self._now
        file, picture = taken
        if wanted is None or self.stopped.is_set():
            self._next()
            return
        self._steps = add_document(
            wanted.office,
            wanted.case_id,
            file,
            picture,
            self._clock(),
            protected=wanted.protected,
        )
        self._runner.run(self._steps, self._done, self._not_written, self._moved)

    def _moved(self, share: float) -> None:
        self.progress.setValue(round(share * 100))

    def _done(self, document: Document) -> None:
        self._steps = None
        self._added += 1
        self.added.emit(document)
        self._next()

    def _not_written(self, error: AppError) -> None:
        """The file refused: what is written so far must go before the next one."""
        self._steps = None
        self._note(error)
        if self._now is not None:
            self._clear(self._now.office)

    def _clear(self, office: Office) -> None:
        self._runner.run(clear_leftovers(office), self._cleared, self._not_cleared)

    def _refuse(self, error: AppError) -> None:
        if not self.stopped.is_set():
            self._note(error)
        self._next()

    def _note(self, error: AppError) -> None:
        if self._now is not None:
            now = self._now
            self._refused.append(
                Refused(now.case_id, now.case_number, now.path.name, error.sentence)
            )

    def _cleared(self, _nothing: None) -> None:
        self._next()

    def _not_cleared(self, _error: AppError) -> None:
        # What is left is in no case, and goes when the office is next opened.
        self._next()


def _take(path: Path, stopped: Event) -> tuple[TakenFile, bytes | None]:
    """On the thread for files: the file, and the small picture of it."""
    file = take_file(path, stopped.is_set)
    if file.media is Media.PDF:
        return file, tried_pdf_picture(file.content, stopped.is_set)
    return file, small_picture(file.content, file.media)
