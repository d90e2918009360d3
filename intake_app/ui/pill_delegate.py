"""Paints the words of one column of a table as a pill."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from intake_app.ui.theme import Theme, Tone


class PillDelegate(QStyledItemDelegate):
    """`tone_of` says which tone the words of a cell have; a cell without words stays empty."""

    def __init__(self, tone_of: Callable[[str], Tone], parent: QWidget) -> None:
        super().__init__(parent)
        self._tone_of = tone_of
        self.theme = Theme()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The row's ground, then the pill at the left of the cell."""
        words = str(index.data() or "")
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        if not words:
            return
        colour, ground = self.theme.tone(self._tone_of(words))
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 11 / 13)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        side, ends = self.theme.dp(8), self.theme.dp(2)
        wide = min(metrics.horizontalAdvance(words) + 2 * side, option.rect.width() - side)
        high = metrics.height() + 2 * ends
        left, middle = option.rect.left() + side, option.rect.center().y() + 0.5
        pill = QRectF(left, middle - high / 2, wide, high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setPen(colour)
        painter.setFont(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide - 2 * side + 1)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()
