"""A list inside a card that scrolls when there is no room, on the card's own ground."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.ui.widgets import Column


class CardColumn(Column):
    """Like `Column`, without a ground of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = self.inside()
        inside.setProperty("is", "")
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.body.setSpacing(0)

    def inside(self) -> QWidget:
        """The widget that scrolls."""
        inside = self.widget()
        assert inside is not None  # noqa: S101 - `Column` has put one in
        return inside

    def make_room(self, *new: QWidget) -> None:
        """For what was just put in, at once: by itself the column does it some turns later.

        Where rows come some at a time, those that are there would be squeezed till the last came.
        """
        inside, wide = self.inside(), self.viewport().width()
        for part in new:
            for widget in (part, *part.findChildren(QWidget)):
                widget.ensurePolished()
        self.body.activate()
        high = self.body.totalMinimumHeightForWidth(wide)
        inside.resize(wide, max(high, self.viewport().height()))

    @override
    def sizeHint(self) -> QSize:
        """As high as what is inside."""
        inside = self.inside().sizeHint()
        return QSize(inside.width(), inside.height())
