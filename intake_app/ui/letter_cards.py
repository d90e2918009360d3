"""Beside a letter: what to check before it goes out, and what it cites."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.ui.desk_lists import NameButton, rule
from intake_app.ui.library_rows import TONES, day
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, Pill, Words, dp, empty
from intake_app.workflows.compose_letter import UsedAuthority


class WarningsCard(Card):
    """What to look at before the letter goes out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Check before it goes out", parent)

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Show the sentences; the card is there only when there are any."""
        empty(self.body)
        for warning in warnings:
            self.body.addWidget(Words(f"· {warning}", wrap=True))
        self.setVisible(bool(warnings))


class AuthoritiesCard(Card):
    """What the letter cites, its weight at this jail, and what the recipient will raise."""

    entry_wanted = Signal(str)

    ticked = Signal(object)
    """The ids an attorney has checked for this very letter, as a frozenset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Authorities", parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._chosen: frozenset[str] = frozenset()
        self._shown: object = None

    def show_authorities(
        self,
        used: Sequence[UsedAuthority],
        adverse: Sequence[UsedAuthority],
        to_tick: Sequence[UsedAuthority] = (),
        chosen: frozenset[str] = frozenset(),
        *,
        attorney: bool = False,
    ) -> None:
        """Show those that stand in the letter, those against it, and those a check would open."""
        self._chosen = chosen
        shown = (tuple(used), tuple(adverse), tuple(to_tick), chosen, attorney)
        if shown == self._shown:
            return
        self._shown = shown
        had = next((key for key, box in self.boxes.items() if box.hasFocus()), "")
        empty(self.body)
        self.boxes = {}
        if not used and not adverse and not to_tick:
            self.body.addWidget(EmptyLine("What the letter cites stands here."))
        waiting = {one.id for one in to_tick}
        cited = {one.id for one in used}
        for one in used:
            said = f"{one.weight} · checked {day(one.verified_on)}"
            self._add(one, said, tick=attorney and one.id in waiting)
        for one in to_tick:
            if one.id not in cited:
                who = "" if attorney else "; an attorney can"
                said = f"not cited: nobody has checked it for this letter{who}"
                self._add(one, said, tick=attorney)
        for one in adverse:
            if one.id not in cited | waiting:
                self._add(one, "not cited; the recipient may raise it", caution=True)
        if had in self.boxes:
            self.boxes[had].setFocus()

    def _add(
        self, one: UsedAuthority, under: str, *, tick: bool = False, caution: bool = False
    ) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, dp(3), 0, dp(3))
        row.setSpacing(dp(10))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = NameButton(one.short_name, f"Read {one.short_name} in the library")
        name.clicked.connect(partial(self._open, one.id))
        words.addWidget(name)
        said = [under, *([one.caution] if one.caution and (caution or tick) else [])]
        for line in said:
            below = Words(line, "help", wrap=True)
            below.setContentsMargins(dp(5), 0, 0, 0)
            words.addWidget(below)
        if tick:
            box = QCheckBox("I checked it for this letter")
            box.setAccessibleName(f"{one.short_name}: I checked it for this letter")
            box.setChecked(one.id in self._chosen)
            box.clicked.connect(partial(self._tick, one.id))
            self.boxes[one.id] = box
            words.addWidget(box)
        row.addLayout(words, 1)
        row.addWidget(Pill(one.stance, TONES.get(one.stance, Tone.PLAIN)))
        self.body.addLayout(row)
        self.body.addWidget(rule())

    def _open(self, entry: str, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry)

    def _tick(self, entry: str, _checked: bool = False) -> None:
        ticked = self.boxes[entry].isChecked()
        self.ticked.emit(self._chosen | {entry} if ticked else self._chosen - {entry})
