"""The head of the office's letters: name, lines and logo, with a picture of how it will look."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.core.letters.letter_setup import SignatureBlock
from intake_app.core.roles import Act, may, who_may
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.half_typed import kept, show_saved
from intake_app.ui.head_preview import HeadPreview
from intake_app.ui.jobs import Jobs
from intake_app.ui.line import Line
from intake_app.ui.long_field import LongField
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.undo_line import UndoLine
from intake_app.ui.widgets import Card, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.preview_letterhead import preview_letterhead
from intake_app.workflows.set_letterhead import (
    logo_of,
    own_block,
    remove_logo,
    set_letterhead,
    set_logo_file,
    set_own_block,
)

PAUSE = 400
"""Milliseconds of rest before the picture follows what is typed."""

Shown = tuple[SignatureBlock, bool]
"""One's own signature block, and whether there is a logo."""


class LetterheadCard(Card):
    """Attorneys and administrators change the head; an attorney her own signature block."""

    changed = Signal()
    """Something was saved; the office may have another name now."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Letterhead and signature", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._office: Office | None = None
        self._request = 0
        self._show_again: Callable[[], None] = self._show_head
        self.message = UndoLine(jobs, clock)
        self.message.undone.connect(self._undone)
        self.preview = HeadPreview(0.62)
        self._head, self._signature = self._make_head(), self._make_signature()
        self.who = Words("", "quiet", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(dp(10))
        for widget in (self.who, self._head, self._signature, self.message):
            left.addWidget(widget)
        left.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(24))
        sides.addLayout(left, 1)
        sides.addWidget(self.preview)
        self.body.addLayout(sides)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._draw)
        for field in (self.name, self.title_line):
            field.textEdited.connect(self._pause.start)
        for several in (self.lines, self.below):
            several.textChanged.connect(self._pause.start)

    def _make_head(self) -> QWidget:
        self.name, self.lines = Line(), LongField(least=4, most=4)
        self.save = PrimaryButton("Save the letterhead")
        self.choose, self.remove = QuietButton("Choose a logo…"), QuietButton("Remove the logo")
        whole = QWidget()
        form = PlainForm(whole)
        form.ask("Name of the office", self.name)
        form.ask("Address and telephone", self.lines)
        form.ask("Logo", self.choose, self.remove, help="PNG or JPEG, no more than 1 MB.")
        form.act(self.save)
        self.save.clicked.connect(self._save)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        return whole

    def _make_signature(self) -> QWidget:
        self.title_line, self.below = Line(), LongField(least=4, most=4)
        self.sign = QuietButton("Save my signature")
        whole = QWidget()
        form = PlainForm(whole)
        form.ask("Your title", self.title_line)
        form.ask("Below it", self.below, help="Such as your bar number. Only you can change it.")
        form.act(self.sign)
        self.title_line.setPlaceholderText("Attorney")
        self.sign.clicked.connect(self._save_signature)
        return whole

    def show_for(self, office: Office) -> None:
        """Show the head as it is now; what is being typed stays."""
        self._office = office
        role = office.member.role
        sets_up = may(role, Act.SET_UP_OFFICE)
        self._head.setVisible(sets_up)
        self._signature.setVisible(may(role, Act.APPROVE_LETTERS))
        who = " or ".join(who_may(Act.SET_UP_OFFICE))
        self.who.setText(f"An {who} changes it.")
        self.who.setVisible(not sets_up)
        self.message.clear()
        self._show_head()
        self._pause.stop()
        self._jobs.run(partial(_read, office), self._show, self._failed)

    def leave(self) -> None:
        """The picture waits for nothing any more; what is typed waits."""
        self._pause.stop()
        self._request += 1

    def _show(self, shown: Shown) -> None:
        block, has_logo = shown
        self._show_block(block)
        self.remove.setVisible(has_logo)
        self._draw()

    def _draw(self) -> None:
        if self._office is None:
            return
        self._pause.stop()
        self._request += 1
        block = SignatureBlock(self.title_line.text(), tuple(self.below.toPlainText().split("\n")))
        name, lines = self.name.text(), self.lines.toPlainText()
        work = partial(preview_letterhead, self._office, name, lines, block, self._clock())
        self._jobs.run(work, partial(self._drawn, self._request), self._failed)

    def _drawn(self, request: int, pdf: bytes) -> None:
        if request == self._request:
            self.preview.show_pdf(pdf)

    def _save(self) -> None:
        if self._office is not None:
            lines = self.lines.toPlainText()
            work = partial(set_letterhead, self._office, self.name.text(), lines, self._clock())
            again, fields = self._show_head, (self.name, self.lines)
            self._do(work, "Saved. New letters begin like this.", again, *fields)

    def _save_signature(self) -> None:
        if self._office is not None:
            title, below = self.title_line.text(), self.below.toPlainText()
            work = partial(set_own_block, self._office, title, below, self._clock())
            again, fields = self._show_signature, (self.title_line, self.below)
            self._do(work, "Saved. Your letters end like this.", again, *fields)

    def _choose(self) -> None:
        kinds = "Pictures (*.png *.jpg *.jpeg)"
        chosen = self._asking.open_files(self, "Choose the logo", Path.home(), kinds)
        if chosen and self._office is not None:
            work = partial(set_logo_file, self._office, chosen[0], self._clock())
            self._do(work, "The logo is on new letters now.")

    def _remove(self) -> None:
        if self._office is not None:
            work = partial(remove_logo, self._office, self._clock())
            self._do(work, "The logo is gone from new letters.")

    def _do(
        self,
        work: Callable[[], None],
        words: str,
        again: Callable[[], None] | None = None,
        *fields: QLineEdit | LongField,
    ) -> None:
        """again: shows after an undo what stands; of the other half nothing typed is lost.

        fields: those the work saves.
        """
        self._show_again = again or (lambda: None)
        if self._office is not None:
            self.message.do(self._office, work, partial(self._done, words, fields), self._failed)

    def _done(self, words: str, fields: tuple[QLineEdit | LongField, ...], _nothing: None) -> None:
        # What is typed in the other half of the card stays as it is.
        kept(*fields)
        self.message.done(words)
        self.changed.emit()
        if self._office is not None:
            self._jobs.run(partial(logo_of, self._office), self._logo_known, self._failed)
        self._draw()

    def _undone(self) -> None:
        self._show_again()
        self.changed.emit()
        if self._office is not None:
            self._jobs.run(partial(logo_of, self._office), self._logo_known, self._failed)
        self._draw()

    def _show_head(self) -> None:
        if self._office is not None:
            show_saved(self.name, self._office.profile.name)
            show_saved(self.lines, self._office.profile.letterhead)

    def _show_signature(self) -> None:
        if self._office is not None:
            self._jobs.run(partial(own_block, self._office), self._show_block, self._failed)

    def _show_block(self, block: SignatureBlock) -> None:
        show_saved(self.title_line, block.title)
        show_saved(self.below, "\n".join(block.lines))

    def _logo_known(self, logo: bytes | None) -> None:
        self.remove.setVisible(logo is not None)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _read(office: Office) -> Shown:
    """On the office thread."""
    return own_block(office), logo_of(office) is not None
