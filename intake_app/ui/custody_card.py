"""The custody card of a case: a line down the page with a dot for each moment."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.core.custody_story import CustodyStory, Mark, Moment
from intake_app.ui.widgets import Card, EmptyLine, Words, dp, empty

_EMPTY = "Times of arrest, detainer and release stand here."
_KIND = {Mark.DONE: "quiet", Mark.AHEAD: "plain", Mark.PASSED: "error_strong"}
_DOT = 9


class CustodyCard(Card):
    """The timeline, and what the clock says beside its times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Custody", parent)
        self.body.setSpacing(dp(3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.line = Timeline()
        self._nothing = EmptyLine(_EMPTY)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(dp(4))
        self._said: tuple[str, ...] = ()
        for widget in (self._nothing, self.line):
            self.body.addWidget(widget)
        self.body.addLayout(self._notes)
        self.line.hide()

    def show_story(self, story: CustodyStory) -> None:
        """Show another story."""
        self.line.show_moments(story.moments)
        self.line.setVisible(bool(story.moments))
        self._nothing.setVisible(not story.moments)
        if story.notes != self._said:
            self._said = story.notes
            empty(self._notes)
            for note in story.notes:
                self._notes.addWidget(Words(note, "help", wrap=True))


class Timeline(QListWidget):
    """Moments from top to bottom; a screen reader reads them as a list, arrow keys go along."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "timeline")
        self.setAccessibleName("Custody timeline")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._shown: tuple[Moment, ...] = ()
        self._rows: list[_Row] = []

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What is shown, from top to bottom."""
        return self._shown

    def show_moments(self, moments: tuple[Moment, ...]) -> None:
        """Show them; the place of the keyboard stays where it is."""
        if moments == self._shown:
            return
        here = self.currentRow()
        # The rows go first: emptying the list resizes it, and it would measure them once more.
        self._shown, self._rows = moments, []
        self.clear()
        for place, moment in enumerate(moments):
            first, last = place == 0, place == len(moments) - 1
            ahead = not last and moments[place + 1].mark is Mark.AHEAD
            row = _Row(moment, first=first, last=last, ahead=ahead)
            item = QListWidgetItem(self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken_moment(moment))
            item.setToolTip(moment.source)
            self.setItemWidget(item, row)
            self._rows.append(row)
        if 0 <= here < len(moments):
            self.setCurrentRow(here)
        self._fit()
        # Rows dressed by the style sheet only when shown are higher than they said.
        QTimer.singleShot(0, self, partial(self._fit))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._fit()
        # Where no row becomes higher, the list would keep them as wide as they were.
        self.scheduleDelayedItemsLayout()

    def _fit(self) -> None:
        wide, high = self.viewport().width(), 0
        for place, row in enumerate(self._rows):
            height = row.heightForWidth(wide)
            self.item(place).setSizeHint(QSize(0, height))
            high += height
        self.setFixedHeight(high + 2 * self.frameWidth() + dp(4))


def spoken_moment(moment: Moment) -> str:
    """A moment as a screen reader says it."""
    mark = "" if moment.mark is Mark.DONE else f", {moment.mark.value}"
    # A limit that has passed says so itself.
    mark = "" if moment.mark is Mark.PASSED else mark
    source = f" {moment.source}" if moment.source else ""
    return f"{moment.when}: {moment.words}{mark}.{source}"


class _Row(QWidget):
    """The line with its dot at the left, date and words at the right."""

    def __init__(self, moment: Moment, *, first: bool, last: bool, ahead: bool) -> None:
        super().__init__()
        line = QVBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        above = _thread(hidden=first, ahead=moment.mark is Mark.AHEAD)
        above.setFixedHeight(dp(5))
        dot = QFrame()
        dot.setProperty("is", "dot")
        dot.setProperty("mark", moment.mark.name.lower())
        dot.setFixedSize(dp(_DOT), dp(_DOT))
        middle = Qt.AlignmentFlag.AlignHCenter
        line.addWidget(above, 0, middle)
        line.addWidget(dot, 0, middle)
        line.addWidget(_thread(hidden=last, ahead=ahead), 1, middle)
        told = QVBoxLayout()
        told.setContentsMargins(0, 0, 0, dp(6))
        told.setSpacing(0)
        strong = moment.mark is Mark.PASSED
        when = Words(moment.when, "error" if strong else "help", wrap=True)
        words = Words(moment.words, _KIND[moment.mark], wrap=True)
        told.addWidget(when)
        told.addWidget(words)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(dp(1), 0, 0, 0)
        whole.setSpacing(dp(8))
        whole.addLayout(line)
        whole.addLayout(told, 1)


def _thread(*, hidden: bool, ahead: bool) -> QFrame:
    thread = QFrame()
    thread.setProperty("is", "" if hidden else "thread")
    thread.setProperty("ahead", "true" if ahead else "false")
    thread.setFixedWidth(max(2, dp(2)))
    return thread
