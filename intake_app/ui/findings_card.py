"""Findings of a case as people read them: in a card of their section, or beside a question."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.core.findings import Finding, Weight
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Pill, QuietButton, Words, dp, empty

SAID: dict[Weight, tuple[str, Tone]] = {
    Weight.ALARM: ("act now", Tone.BAD),
    Weight.WARN: ("check", Tone.SOON),
    Weight.NOTE: ("note", Tone.PLAIN),
    Weight.FINE: ("fine", Tone.GOOD),
}
"""The word of each weight; never colour alone."""


class FindingsCard(Card):
    """The findings of one section that belong to no single question; hidden where there are none.

    The heaviest stand first.
    """

    def __init__(self, title: str = "What to look at", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown: tuple[Finding, ...] = ()
        self.hide()

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show them anew."""
        order = list(Weight)
        told = tuple(sorted(findings, key=lambda one: order.index(one.weight)))
        if told == self._shown:
            return
        self._shown = told
        empty(self.body)
        self.setVisible(bool(told))
        if not told:
            return
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(10))
        grid.setVerticalSpacing(dp(8))
        grid.setColumnStretch(1, 1)
        for row, finding in enumerate(told):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Pill(*SAID[finding.weight]), row, 0, top)
            grid.addWidget(_sentence(finding), row, 1, top)
        self.body.addWidget(table)


def _sentence(finding: Finding) -> QWidget:
    both = QWidget()
    down = QVBoxLayout(both)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(dp(1))
    down.addWidget(Words(finding.words, wrap=True))
    if finding.why:
        down.addWidget(Words(finding.why, "help", wrap=True))
    return both


class FieldFindings(QWidget):
    """What is said beside one question; hidden where there is nothing."""

    taken = Signal(object)
    """The answer a finding offered was taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(dp(1))
        self._shown: tuple[Finding, ...] = ()
        self.hide()

    @property
    def words(self) -> str:
        """All its sentences, for a screen reader."""
        return " ".join(finding.words for finding in self._shown)

    def show_findings(self, findings: Sequence[Finding]) -> bool:
        """Show them anew; return whether anything changed."""
        told = tuple(findings)
        if told == self._shown:
            return False
        self._shown = told
        empty(self._down)
        for finding in told:
            kind = {Weight.ALARM: "error", Weight.WARN: "warning"}.get(finding.weight, "help")
            line = Words(finding.words, kind, wrap=True)
            line.setToolTip(finding.why)
            self._down.addWidget(line)
            if finding.offer is not None:
                take = QuietButton("Use it", "link")
                take.setAccessibleName(f"Use it. {finding.words}")
                take.clicked.connect(partial(self._take, finding.offer))
                self._down.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(told))
        return True

    def _take(self, offered: object, _checked: bool = False) -> None:
        self.taken.emit(offered)
