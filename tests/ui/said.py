"""Every word a window says: on the screen, in tooltips, and to a screen reader."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def said_by(top: QWidget, *, hidden: bool = True, but: tuple[QObject, ...] = ()) -> set[str]:
    """All of it; `hidden` also what is not shown now, `but` without what stands in these."""
    words: set[str] = set()
    for widget in (top, *top.findChildren(QWidget)):
        if widget in but or not (hidden or widget.isVisible()):
            continue
        words.update(_own(widget))
        words.update(_accessible(widget))
    return {word.strip() for word in words if word and word.strip()}


def _own(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    yield widget.statusTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    elif isinstance(widget, QPlainTextEdit):
        yield from (widget.toPlainText(), widget.placeholderText())
    elif isinstance(widget, QComboBox | QAbstractItemView):
        yield from _model(widget.model())


def _model(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        yield str(head) if head is not None else ""
        for row in range(model.rowCount()):
            for role in _ROLES:
                found = model.index(row, column).data(role)
                yield str(found) if found is not None else ""


def _accessible(widget: QWidget) -> Iterator[str]:
    face: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    if face is not None:
        for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
            yield face.text(kind)
