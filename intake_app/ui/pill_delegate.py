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
        wraps = bool(option.features & QStyleOptionViewItem.ViewItemFeature.WrapText)
        font, lines = self._laid_out(option.font, words, option.rect.width(), wraps=wraps)
        colour, ground = self.theme.tone(self._tone_of(words))
        metrics = QFontMetricsF(font)
        side, ends = self.theme.dp(8), self.theme.dp(2)
        wide = min(
            max(map(metrics.horizontalAdvance, lines)) + 2 * side, option.rect.width() - side
        )
        high = len(lines) * metrics.height() + 2 * ends
        left, middle = option.rect.left() + side, option.rect.center().y() + 0.5
        pill = QRectF(left, middle - high / 2, wide, high)
        bend = (metrics.height() + 2 * ends) / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, bend, bend)
        painter.setPen(colour)
        painter.setFont(font)
        shown = (
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, wide - 2 * side + 1)
            for line in lines
        )
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "\n".join(shown))
        painter.restore()

    def height(self, words: str, wide: int, font: QFont) -> int:
        """How high the pill is in a cell `wide` pixels wide whose words may wrap."""
        small, lines = self._laid_out(font, words, wide, wraps=True)
        return round(len(lines) * QFontMetricsF(small).height() + 2 * self.theme.dp(2))

    def _laid_out(
        self, cell: QFont, words: str, wide: int, *, wraps: bool
    ) -> tuple[QFont, list[str]]:
        """The font of the pill, and its words in lines as long as the cell allows."""
        font = QFont(cell)
        font.setPointSizeF(font.pointSizeF() * 11 / 13)
        font.setWeight(QFont.Weight.DemiBold)
        if not wraps:
            return font, [words]
        metrics, room = QFontMetricsF(font), wide - 3 * self.theme.dp(8) + 1
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return font, lines
