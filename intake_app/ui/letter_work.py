"""The letter that is open: what was chosen for it, written anew and kept as it changes.

Everything is done on the office thread. Answers to an older question are dropped.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.core.errors import AppError
from intake_app.core.letters.options import LetterOptions
from intake_app.store.cases import Saved
from intake_app.store.letters import KeptLetter, Stage
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.workflows.answer_missing import answer_missing
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.office_copy import office_copy
from intake_app.workflows.read_letter_page import (
    LetterLook,
    LetterStart,
    begin_letter,
    look_at_letter,
)

TYPING = 250
"""Milliseconds without a key after which the page is set anew and what was chosen is kept."""


class LetterWork(QObject):
    """One letter at a time; `open` before anything else."""

    begun = Signal(object)
    """A letter is open: its `LetterStart`."""

    looked = Signal(object)
    """It was written anew: its `LetterLook`."""

    unwritten = Signal(str)
    """It can't be written at all; the sentence says why."""

    kept = Signal(object)
    """What was chosen is on the disk, at this moment."""

    not_kept = Signal(str)
    refused = Signal(str)
    """Something asked for was not done; nothing typed is lost."""

    answered = Signal(object, str, object, str)
    """A missing answer is on the disk: record, question, answer, and "" or why it is not."""

    asked_attorney = Signal(bool)
    copy_made = Signal(bytes)

    def __init__(self, jobs: Jobs, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self.office: Office | None = None
        self.case_id: int | None = None
        self.kind = ""
        self.options = LetterOptions()
        self.letter: KeptLetter | None = None
        self.trouble = ""
        self._carry: LetterOptions | None = None
        self._unkept = False
        self._former: list[LetterOptions] = []
        self.back: tuple[int, str, LetterOptions | None] | None = None
        self._request = 0
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.look)

    @property
    def approved(self) -> bool:
        """Whether the letter shown is an approved one, which nobody changes."""
        return self.letter is not None and self.letter.stage is Stage.APPROVED

    @property
    def settled(self) -> bool:
        """Whether the page shows everything that was chosen."""
        return not self._typing.isActive() and not self._unkept

    def open(
        self,
        office: Office,
        case_id: int,
        *,
        kind: str = "",
        letter_id: int | None = None,
        carry: LetterOptions | None = None,
    ) -> None:
        """Open a letter; as `begin_letter`. carry: to begin with where nothing is kept."""
        self.flush()
        self._typing.stop()
        self.office, self.case_id, self._carry = office, case_id, carry
        # Until the letter is there, what is chosen belongs to none.
        self.kind = ""
        self._request += 1
        if self.back is not None and self.back[0] == case_id and letter_id is None:
            kind = kind or self.back[1]
        work = partial(begin_letter, office, case_id, self._clock(), kind=kind, letter_id=letter_id)
        self._jobs.run(
            work, partial(self._began, self._request), partial(self._failed, self._request)
        )

    @property
    def unkept(self) -> LetterOptions | None:
        """What was chosen and could not be kept; None where all of it is on the disk."""
        return self.options if self._unkept and self.kind else None

    def take_back(
        self, office: Office, case_id: int, kind: str, options: LetterOptions | None
    ) -> None:
        """Try to keep what could not be kept before the office was locked; None for nothing.

        `open` comes back to this kind of letter of the case. Where the options are refused
        again, it shows them in place of what the file has.
        """
        self.back = (case_id, kind, options)
        if options is not None:
            work = partial(keep_letter, office, case_id, kind, options, self._clock())
            self._jobs.run(work, self._back_kept, self._back_refused)

    def change(self, **chosen: Any) -> None:
        """Something was chosen or typed: fields of `LetterOptions`."""
        changed = replace(self.options, **chosen)
        if changed != self.options and self.kind and not self.approved:
            if not self._typing.isActive():
                # What is typed without a pause is one step back.
                self._former.append(self.options)
            self.options, self._unkept = changed, True
            self._typing.start()

    def undo(self) -> bool:
        """Go one step back in this letter; return whether there was one since it was opened."""
        if not self._former or self.approved:
            return False
        self.options, self._unkept = self._former.pop(), True
        self.look()
        return True

    def look(self) -> None:
        """Write the letter anew, and keep what was chosen."""
        if self.office is None or self.case_id is None or not self.kind or self.approved:
            return
        self.flush()
        self._request += 1
        work = partial(
            look_at_letter, self.office, self.case_id, self.kind, self.options, self._clock()
        )
        self._jobs.run(
            work, partial(self._looked, self._request), partial(self._failed, self._request)
        )

    def flush(self) -> None:
        """Hand over what was chosen to be kept; nothing where nothing was."""
        self._typing.stop()
        if self.office is None or self.case_id is None or not self._unkept:
            return
        self._unkept = False
        work = partial(
            keep_letter, self.office, self.case_id, self.kind, self.options, self._clock()
        )
        self._jobs.run(work, self._kept, partial(self._not_kept, (self.case_id, self.kind)))

    def answer(self, record: type, entry_id: int | None, field: str, value: Any) -> None:
        """Save an answer of the case that the letter needs, then write the letter anew."""
        if self.office is None or self.case_id is None:
            return
        work = partial(
            answer_missing,
            self.office,
            self.case_id,
            record,
            entry_id,
            field,
            value,
            self._clock(),
        )
        self._jobs.run(
            work,
            partial(self._answered, record, field, value),
            partial(self._unanswered, record, field, value),
        )

    def ask_attorney(self) -> None:
        """Let it wait for an attorney."""
        if self.office is not None and self.case_id is not None:
            self.flush()
            work = partial(
                ask_for_approval,
                self.office,
                self.case_id,
                self.kind,
                self.options,
                self._clock(),
            )
            self._jobs.run(work, self._waits, self._refused)

    def approve(self) -> None:
        """Freeze it, and open it as it is then."""
        if self.office is not None and self.case_id is not None:
            self.flush()
            work = partial(
                approve_letter, self.office, self.case_id, self.kind, self.options, self._clock()
            )
            self._jobs.run(work, self._approved, self._refused)

    def make_copy(self) -> None:
        """Set the office's own copy of an approved letter."""
        if self.office is not None and self.letter is not None:
            work = partial(office_copy, self.office, self.letter.id)
            self._jobs.run(work, self._copied, self._refused)

    def _began(self, request: int, start: LetterStart) -> None:
        if request != self._request:
            return
        self.kind, self.letter = start.kind, start.kept
        fresh = self._carry if start.kept is None and self._carry is not None else None
        self.options = fresh or start.options
        self.trouble, self._unkept = "", False
        self._former.clear()
        if self.back is not None and self.back[:2] == (self.case_id, self.kind):
            if self.back[2] is not None:
                self.options, self._unkept = self.back[2], not self.approved
            self.back = None
        self.begun.emit(start)
        self.look()

    def _back_kept(self, _letter_id: int) -> None:
        if self.back is not None:
            self.back = (*self.back[:2], None)

    def _back_refused(self, error: AppError) -> None:
        self.trouble = error.sentence

    def _looked(self, request: int, look: LetterLook) -> None:
        if request == self._request:
            self.looked.emit(look)

    def _failed(self, request: int, error: AppError) -> None:
        if request == self._request:
            self.unwritten.emit(error.sentence)

    def _kept(self, _letter_id: int) -> None:
        self.trouble = ""
        self.kept.emit(self._clock())

    def _not_kept(self, letter: tuple[int, str], error: AppError) -> None:
        if letter == (self.case_id, self.kind):
            self._unkept = True
        self.trouble = error.sentence
        self.not_kept.emit(error.sentence)

    def _answered(self, record: type, field: str, value: Any, _saved: Saved) -> None:
        self.answered.emit(record, field, value, "")
        self.kept.emit(self._clock())
        self.look()

    def _unanswered(self, record: type, field: str, value: Any, error: AppError) -> None:
        self.answered.emit(record, field, value, error.sentence)

    def _waits(self, new: bool) -> None:
        self.asked_attorney.emit(new)

    def _copied(self, pdf: bytes) -> None:
        self.copy_made.emit(pdf)

    def _approved(self, letter: KeptLetter) -> None:
        if self.office is not None:
            self.open(self.office, letter.case_id, letter_id=letter.id)

    def _refused(self, error: AppError) -> None:
        self.refused.emit(error.sentence)
