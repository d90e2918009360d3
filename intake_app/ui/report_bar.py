"""The head of the reports page: the dates, the check with its progress, and the release."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QWidget

from intake_app.core.reports.periods import Window
from intake_app.ui.widgets import ElidedWords, PrimaryButton, QuietButton, dp, restyle


@dataclass(frozen=True)
class Offer:
    """One line of the choice of dates. Without a window it can't be chosen, and says why."""

    words: str
    window: Window | None


class ReportBar(QWidget):
    """The button to press next is the only one in colour: Check, then Release."""

    window_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedWords("Reports", "title")
        self.dates = QComboBox()
        self.dates.setAccessibleName("Dates to publish")
        self.dates.setPlaceholderText("No dates to publish yet")
        self.dates.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.dates.setMinimumContentsLength(24)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(dp(110))
        self.progress.setAccessibleName("How much of the check is done")
        self.check = PrimaryButton("Check")
        self.cancel = QuietButton("Cancel")
        self.release = PrimaryButton("Release…")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(12))
        row.addWidget(self.title, 1)
        for widget in (self.dates, self.progress, self.check, self.cancel, self.release):
            row.addWidget(widget)
        self.dates.activated.connect(lambda _index: self.window_chosen.emit())
        self.say_idle(checkable=False, checked=False)

    @property
    def chosen(self) -> Window | None:
        """The dates that are chosen; None where there are none to choose."""
        chosen: Window | None = self.dates.currentData()
        return chosen

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these dates; what is chosen stays where it is still there, else the first."""
        before = self.chosen
        self.dates.clear()
        model = self.dates.model()
        assert isinstance(model, QStandardItemModel)  # noqa: S101 - a QComboBox makes one
        for place, offer in enumerate(offers):
            self.dates.addItem(offer.words, offer.window)
            self.dates.setItemData(place, offer.words, Qt.ItemDataRole.ToolTipRole)
            if offer.window is None:
                model.item(place).setEnabled(False)
        self.dates.setEnabled(any(offer.window is not None for offer in offers))
        windows = [offer.window for offer in offers]
        first = next((i for i, one in enumerate(windows) if one is not None), -1)
        kept = before is not None and before in windows
        self.dates.setCurrentIndex(windows.index(before) if kept else first)

    def choose(self, window: Window) -> None:
        """Choose dates that are offered."""
        for place in range(self.dates.count()):
            if self.dates.itemData(place) == window:
                self.dates.setCurrentIndex(place)

    def say_working(self, share: float, _words: str = "") -> None:
        """How much of the check is done, 0 to 1."""
        self._show(working=True)
        # A bar that runs to and fro says that nobody knows how long a step takes.
        self.progress.setRange(0, 100 if share > 0 else 0)
        self.progress.setValue(round(100 * share))

    def say_idle(self, *, checkable: bool, checked: bool) -> None:
        """No check runs. checkable: dates and a table are chosen. checked: it came out safe."""
        self._show(working=False)
        self.check.setEnabled(checkable)
        self.release.setEnabled(checked)
        for button, next_one in ((self.check, not checked), (self.release, checked)):
            button.setProperty("is", "primary" if next_one else "button")
            restyle(button)

    def _show(self, *, working: bool) -> None:
        # The keyboard stays where the button was that was pressed.
        had = self.check.hasFocus() or self.cancel.hasFocus()
        self.progress.setVisible(working)
        self.cancel.setVisible(working)
        self.check.setVisible(not working)
        if working:
            self.release.setEnabled(False)
        if had:
            (self.cancel if working else self.check).setFocus()
