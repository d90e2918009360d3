"""A bar chart of published counts. It is only ever given protected figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from intake_app.ui.theme import Theme
from intake_app.ui.widgets import dp

WITHHELD = "withheld"


@dataclass(frozen=True)
class Bar:
    """One bar; `count` is None for a withheld figure, which gets no bar at all."""

    label: str
    count: int | None


class ReportChart(QWidget):
    """Bars from the left, the longest the largest count, each with its number.

    A withheld one is named and never drawn. Long labels take several lines.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Show other bars; `title` is what a screen reader calls the chart."""
        self._bars = tuple(bars)
        self.setAccessibleName(f"Bar chart. {title}")
        self.setAccessibleDescription("; ".join(f"{b.label}: {_said(b)}" for b in self._bars))
        self._fit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(dp(240), self.height())

    def _fit(self) -> None:
        self.setFixedHeight(max(sum(self._heights()), dp(10)))

    def _labels(self) -> int:
        """The width of the labels: as wide as the widest, at most two fifths."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        return min(widest + dp(2), max(self.width(), dp(240)) * 2 // 5)

    def _heights(self) -> list[int]:
        room = QRect(0, 0, self._labels(), 10_000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        metrics = self.fontMetrics()
        return [
            max(metrics.boundingRect(room, wrap, bar.label).height() + dp(8), dp(28))
            for bar in self._bars
        ]

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        labels = self._labels()
        left = labels + dp(12)
        numbers = painter.fontMetrics().horizontalAdvance("0,000,000")
        room = max(self.width() - left - numbers - dp(8), dp(20))
        most = max((bar.count or 0 for bar in self._bars), default=0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        top = 0
        for bar, high in zip(self._bars, self._heights(), strict=True):
            painter.setPen(self.theme.colour("text"))
            words = QRectF(0, top, labels, high)
            painter.drawText(words, middle | int(Qt.TextFlag.TextWordWrap), bar.label)
            wide = room * (bar.count or 0) / most if most else 0
            ground = QRectF(left, top + (high - dp(18)) / 2, wide, dp(18))
            painter.fillRect(ground, self.theme.colour("accent"))
            place = QRectF(left + wide + (dp(8) if wide else 0), top, numbers * 2, high)
            painter.setPen(self.theme.colour("quiet" if bar.count is None else "text"))
            painter.drawText(place, middle, _said(bar))
            top += high
        painter.end()


def _said(bar: Bar) -> str:
    return WITHHELD if bar.count is None else f"{bar.count:,}"
