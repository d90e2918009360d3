"""A bar chart of published counts. It is only ever given protected figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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


class CountChart(QWidget):
    """Bars from the left, longest the largest count. A withheld one is named, never drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.theme = Theme()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Show other bars; `title` is what a screen reader calls the chart."""
        self._bars = tuple(bars)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{b.label}: {_said(b)}" for b in self._bars))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(dp(400), self._line() * max(len(self._bars), 1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(dp(240), self.sizeHint().height())

    def _line(self) -> int:
        return dp(30)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        labels = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        left = min(labels, self.width() // 2) + dp(14)
        numbers = metrics.horizontalAdvance("0,000,000")
        room = max(self.width() - left - numbers - dp(8), dp(20))
        most = max((bar.count or 0 for bar in self._bars), default=0)
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, bar in enumerate(self._bars):
            top = number * self._line()
            painter.setPen(self.theme.colour("text"))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - dp(14))
            painter.drawText(QRectF(0, top, left, self._line()), middle, words)
            wide = room * (bar.count or 0) / most if most else 0
            ground = QRectF(left, top + dp(5), wide, self._line() - dp(10))
            painter.fillRect(ground, self.theme.colour("accent"))
            place = QRectF(left + wide + (dp(8) if wide else 0), top, numbers * 2, self._line())
            painter.setPen(self.theme.colour("quiet" if bar.count is None else "text"))
            painter.drawText(place, middle, _said(bar))
        painter.end()


def _said(bar: Bar) -> str:
    return WITHHELD if bar.count is None else f"{bar.count:,}"
