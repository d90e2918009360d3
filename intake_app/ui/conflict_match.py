"""One person whom a conflict check found, as the panel shows her."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from intake_app.core.conflicts import Stands
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Pill, QuietButton, Words, dp
from intake_app.workflows.check_conflicts import ShownMatch

_THERE = {
    Stands.CLIENT: "Client in case {}",
    Stands.ADVERSE: "Adverse party in case {}",
    Stands.ABUSER: "Named as an abuser in case {}",
}
_HERE = {
    Stands.CLIENT: "the person held",
    Stands.ADVERSE: "the adverse party {}",
    Stands.ABUSER: "the abuser {}",
}
_TONES = {"very likely": Tone.BAD, "probably": Tone.SOON}


class ConflictMatch(QWidget):
    """Who it is, in which case, how sure it is and why, and the way to that case."""

    wanted = Signal(int)
    """Her case is to be opened: its number in the file."""

    def __init__(self, match: ShownMatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.match = match
        grid = QGridLayout(self)
        grid.setContentsMargins(0, dp(6), 0, dp(6))
        grid.setVerticalSpacing(dp(2))
        grid.setHorizontalSpacing(dp(10))
        grid.setColumnStretch(0, 1)
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        head.addWidget(Words(match.name or "No name yet", "strong"))
        tone = next((t for start, t in _TONES.items() if match.words.startswith(start)), Tone.PLAIN)
        head.addWidget(Pill(match.words, tone))
        if match.protected:
            head.addWidget(Pill("protected", Tone.PROTECTED))
        head.addStretch(1)
        grid.addLayout(head, 0, 0)
        here = _HERE[match.asked_stands].format(match.asked)
        born = f", born {match.born}" if match.born else ""
        where = Words(
            f"{_THERE[match.stands].format(match.number)}{born}; like {here} in this case.",
            wrap=True,
        )
        grid.addWidget(where, 1, 0)
        reasons = "; ".join(match.reasons)
        grid.addWidget(Words(reasons[:1].upper() + reasons[1:], "help", wrap=True), 2, 0)
        self.open = QuietButton("Open case", "small")
        self.open.setAccessibleName(f"Open case {match.number}")
        self.open.clicked.connect(self._open)
        grid.addWidget(self.open, 0, 1, 3, 1, Qt.AlignmentFlag.AlignTop)

    def _open(self, _checked: bool) -> None:
        self.wanted.emit(self.match.case_id)
