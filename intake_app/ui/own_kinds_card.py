"""The letters an office wrote itself: begun from another, changed and removed in place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.answers import show_date
from intake_app.core.errors import AppError
from intake_app.core.letters.kinds import KINDS, LetterKind
from intake_app.core.letters.own_kinds import OwnKind, new_key
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, may, who_may
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.half_typed import in_the_way
from intake_app.ui.jobs import Jobs
from intake_app.ui.own_kind_editor import OwnKindEditor
from intake_app.ui.page import Clock
from intake_app.ui.undo_line import UndoLine
from intake_app.ui.widgets import Card, EmptyLine, QuietButton, Words, dp, empty
from intake_app.workflows.letter_sources import kinds_of
from intake_app.workflows.own_kinds import copy_of, keep_own_kind, own_kinds_of, remove_own_kind


class _Shown(NamedTuple):
    own: tuple[OwnKind, ...]
    all: Mapping[str, LetterKind]


class OwnKindsCard(Card):
    """Whoever writes letters reads the list; attorneys write, since the words bear their names."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("The office’s own letters", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._new = False
        self._keys: frozenset[str] = frozenset()
        self.message, self.nothing = UndoLine(jobs, clock), EmptyLine()
        self.message.undone.connect(self._read)
        self.start = QComboBox()
        self.start.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.start.setAccessibleName("Begin a new letter from")
        self.begin = QuietButton("Begin a new letter from it")
        self.editor = OwnKindEditor(jobs, clock)
        self._list = QVBoxLayout()
        self._starting = QWidget()
        across = QHBoxLayout(self._starting)
        across.setContentsMargins(0, dp(4), 0, 0)
        across.setSpacing(dp(8))
        across.addWidget(self.start)
        across.addWidget(self.begin)
        across.addStretch(1)
        self.body.addWidget(
            Words(
                "Your own wording of a letter. Each is like one that ships with the program: the "
                "same checks decide whether it may be written and what may stand in it.",
                "quiet",
                wrap=True,
            )
        )
        for widget in (self.nothing, self.message, self._starting, self.editor):
            self.body.addWidget(widget)
        self.body.insertLayout(2, self._list)
        self.editor.hide()
        self.begin.clicked.connect(self._begin)
        self.editor.saved.connect(self._save)
        self.editor.cancelled.connect(self.close_form)

    def show_for(self, office: Office) -> None:
        """Read the kinds anew; an open editor stays as it is."""
        self._office = office
        self.message.clear()
        self._starting.setVisible(self._allowed and self.editor.isHidden())
        self._read()

    def leave(self) -> None:
        """No passphrase is here; an open editor waits."""

    def close_form(self) -> None:
        """Put the editor away; nothing typed stays in it."""
        self.editor.forget()
        self.editor.hide()
        self._starting.setVisible(self._allowed)

    @property
    def _allowed(self) -> bool:
        office = self._office
        return office is not None and may(office.member.role, Act.APPROVE_LETTERS)

    def _read(self) -> None:
        if self._office is not None:
            self._jobs.run(partial(_read, self._office), self._show, self._failed)

    def _show(self, shown: _Shown) -> None:
        self._keys = frozenset(shown.all)
        for own in shown.own:
            if not self._new and own.key == self.editor.key.text():
                self.editor.show_saved(own)
        self.start.clear()
        for key, kind in shown.all.items():
            self.start.addItem(kind.title, key)
        empty(self._list)
        self.nothing.setVisible(not shown.own)
        who = " or ".join(who_may(Act.APPROVE_LETTERS))
        self.nothing.setText(
            "None yet. Choose a letter below to begin from."
            if self._allowed
            else f"None yet. An {who} writes them."
        )
        if shown.own:
            self._list.addWidget(self._table(shown.own))

    def _table(self, kinds: tuple[OwnKind, ...]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(14))
        grid.setVerticalSpacing(dp(6))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, own in enumerate(kinds):
            at = 2 * number
            like = KINDS[own.like].title if own.like in KINDS else own.like
            grid.addWidget(Words(own.title, "strong", wrap=True), at, 0)
            grid.addWidget(Words(f"like “{like}”", "quiet", wrap=True), at, 1)
            grid.addWidget(Words(f"{self._day(own)}, {own.changed_by}", "quiet"), at, 2)
            if self._allowed:
                for column, (word, do) in enumerate(
                    (("Change", self._change), ("Remove", self._remove)), start=3
                ):
                    button = QuietButton(word, "small")
                    button.setAccessibleName(f"{word} {own.title}")
                    button.clicked.connect(partial(do, own))
                    grid.addWidget(button, at, column)
            grid.addWidget(rule(), at + 1, 0, 1, 5)
        return table

    def _day(self, own: OwnKind) -> str:
        zone = ZoneInfo(self._office.profile.zone) if self._office else None
        changed = datetime.fromisoformat(own.changed_at).astimezone(zone)
        return show_date(PartialDate.of(changed.date()))

    def _begin(self) -> None:
        if self._office is not None:
            work = partial(copy_of, self._office, self.start.currentData())
            self._jobs.run(work, self._begun, self._failed)

    def _begun(self, own: OwnKind) -> None:
        title = f"{own.title} (our own)"
        self._edit(replace(own, title=title, key=new_key(title, self._keys)), new=True)

    def _change(self, own: OwnKind, _checked: bool = False) -> None:
        self._edit(own, new=False)

    def _edit(self, own: OwnKind, *, new: bool) -> None:
        if self._office is None or in_the_way(self.editor, self.message):
            return
        self._new = new
        self.message.clear()
        self._starting.hide()
        self.editor.show()
        self.editor.edit(self._office, own, new=new)

    def _save(self) -> None:
        if self._office is None or not self.editor.save.isEnabled():
            return
        self.editor.save.setEnabled(False)
        work = partial(
            keep_own_kind, self._office, self.editor.kind(), self._clock(), new=self._new
        )
        self.message.do(self._office, work, self._saved, self._not_saved)

    def _saved(self, own: OwnKind) -> None:
        self.editor.save.setEnabled(True)
        self.close_form()
        self.message.done(f"Saved: {own.title}. It stands in the list of letters.")
        self._read()

    def _not_saved(self, error: AppError) -> None:
        self.editor.save.setEnabled(True)
        self.editor.check.say(error.sentence)

    def _remove(self, own: OwnKind, _checked: bool = False) -> None:
        if self._office is not None:
            work = partial(remove_own_kind, self._office, own.key, self._clock())
            self.message.do(self._office, work, self._removed, self._failed)

    def _removed(self, _nothing: None) -> None:
        self.message.done("Removed. Letters written from it stay.", "Put it back")
        self._read()

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _read(office: Office) -> _Shown:
    """On the office thread."""
    return _Shown(own_kinds_of(office), kinds_of(office))
