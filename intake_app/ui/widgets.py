"""The few kinds of widget every page is built from.

A widget says what it is (`setProperty("is", …)` and `tone`) and `resources/style.qss` gives it
its looks; nothing here holds a colour or a size of text. Lengths in layouts are given at 100 %
and passed through `dp(…)`, which follows the size of the text.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.ui.theme import Tone, text_height


def dp(pixels: float) -> int:
    """A length that is `pixels` at 100 %, in the present size of the text."""
    # Inter at 13 pixels is 16 pixels high.
    return max(1, round(pixels * text_height() / 16))


def restyle(widget: QWidget) -> None:
    """Look the widget up in the style sheet again, after a property it is styled by changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it was never looked up, and will be before it is shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say `words` (for example "saved 12:11") when it has a moment."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def empty(layout: QBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            if isinstance(inner, QBoxLayout):
                empty(inner)
            inner.deleteLater()


class Words(QLabel):
    """Words on the page. `kind` is one of the looks of style.qss:

    "plain", "quiet", "title" (of a page), "heading" (of a card), "column", "strong", "error".
    Text is always shown as it stands, never read as markup: a name may hold a `<`.
    """

    def __init__(
        self,
        words: str = "",
        kind: str = "plain",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("is", kind)
        self.setText(words)
        self.setWordWrap(wrap)

    def become(self, kind: str) -> None:
        """Change the look."""
        if self.property("is") != kind:
            self.setProperty("is", kind)
            restyle(self)


class Heading(Words):
    """A heading: level 1 for a page, 2 for a card."""

    def __init__(self, words: str, level: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(words, "title" if level == 1 else "heading", parent=parent)


class ElidedWords(Words):
    """One line that ends in … where there is no room; the whole text is its tooltip."""

    def __init__(self, words: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        self._whole = words
        super().__init__(words, kind, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(1)

    def say(self, words: str) -> None:
        """Show other words."""
        self._whole = words
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.contentsRect().width(), 1)
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)


class Pill(QLabel):
    """A small coloured label with words: `Pill("2 open", Tone.SOON)`."""

    def __init__(
        self, words: str = "", tone: Tone = Tone.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("is", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.say(words, tone)

    def say(self, words: str, tone: Tone) -> None:
        """Change words and tone; no words hides it."""
        self.setText(words)
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            restyle(self)
        if not words:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        else:
            # Shown now it would be a window of its own; it comes up with its parent instead.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)


class PrimaryButton(QPushButton):
    """The one thing to do next on a page."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("is", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class QuietButton(QPushButton):
    """Any other button. `kind` "small" stands in the head of a card, "link" within words."""

    def __init__(self, words: str, kind: str = "button", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("is", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class Card(QFrame):
    """A white card with a thin border. Put what it holds into `body`.

    `head` is the row with its title; `Card.add_button` puts a small button at its right end.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "card")
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self.title = Heading(title)
        self.head.addWidget(self.title, 1)
        self._whole = QVBoxLayout(self)
        self.set_margins(16, 12)
        self._whole.setSpacing(dp(8))
        self._whole.addLayout(self.head)
        self._whole.addLayout(self.body, 1)
        self.body.setSpacing(dp(6))
        self.title.setVisible(bool(title))

    def set_margins(self, sides: int, ends: int) -> None:
        """Room between the border and what the card holds, at 100 %."""
        self._whole.setContentsMargins(dp(sides), dp(ends), dp(sides), dp(ends + 2))

    def set_title(self, title: str) -> None:
        """Change the title; none hides it."""
        self.title.setText(title)
        self.title.setVisible(bool(title))

    def add_button(self, words: str, pressed: Callable[[], object]) -> QuietButton:
        """Put a small button into the head."""
        button = QuietButton(words, "small")
        button.clicked.connect(lambda _checked: pressed())
        self.head.addWidget(button)
        return button


class EmptyLine(Words):
    """What a list says when it is empty: what it would show, and what to do."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, "empty", wrap=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setContentsMargins(0, dp(4), 0, dp(4))


class InlineMessage(QFrame):
    """A sentence on the page instead of a box over it, with at most one thing to do about it.

    Hidden until `say`. `acted` is emitted when its button is pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "message")
        self.words = Words(wrap=True)
        self.button = QuietButton("", "small")
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(dp(12), dp(8), dp(12), dp(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, sentence: str, tone: Tone = Tone.BAD, action: str = "") -> None:
        """Show a sentence and, where `action` has words, a button with them."""
        self.words.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        for widget in (self, self.words):
            widget.setProperty("tone", tone.value)
            restyle(widget)
        self.show()
        announce(self, sentence)

    def clear(self) -> None:
        """Take it away."""
        self.words.clear()
        self.hide()


class LaidOutButton(QPushButton):
    """A button that holds a layout, and is as high as its words need at a width."""

    @override
    def sizeHint(self) -> QSize:
        """As high as its words, which may take several lines."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    @override
    def hasHeightForWidth(self) -> bool:
        """Its words may be broken."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        layout = self.layout()
        return max(layout.heightForWidth(width), self.minimumHeight()) if layout else -1


class SectionButton(LaidOutButton):
    """One line of a list of sections: its title left, a count, tick or pill right.

    Sections of one list exclude each other; the arrow keys go up and down.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "section")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Not fixed: beside a pill a long title takes a second line.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._title = title
        self._words = Words(title, "section_title", wrap=True)
        self._note = Words("", "section_note")
        self._pill = Pill()
        row = QHBoxLayout(self)
        row.setContentsMargins(dp(10), dp(4), dp(10), dp(4))
        self.setMinimumHeight(dp(30))
        row.setSpacing(dp(4))
        row.addWidget(self._words, 1)
        row.addWidget(self._note)
        row.addWidget(self._pill)
        for label in (self._words, self._note, self._pill):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._restyle)
        self.note("")

    def note(self, words: str, tone: Tone | None = None, spoken: str = "") -> None:
        """What stands right: words of a count, or a pill where a tone is given."""
        self._note.setText("" if tone else words)
        self._pill.say(words if tone else "", tone or Tone.PLAIN)
        self.setAccessibleName(f"{self._title}, {spoken or words}" if words else self._title)

    @override
    def minimumSizeHint(self) -> QSize:
        """No narrower than its words can be broken."""
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()

    def _restyle(self) -> None:
        for label in (self._words, self._note):
            label.setProperty("chosen", self.isChecked())
            restyle(label)


class Column(QScrollArea):
    """A column that scrolls up and down when there is no room. Put things into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "column")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The fields inside take the keyboard; the column itself is no stop on the way.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self.viewport())
        inside.setProperty("is", "ground")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(dp(14))
        self.setWidget(inside)

    @override
    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside needs, so that nothing is cut off at the right."""
        inside = self.widget()
        wide = inside.minimumSizeHint().width() if inside else 0
        return QSize(wide, super().minimumSizeHint().height())


class SideColumn(Column):
    """A column of cards at the side of a page: 250 wide, and the first to give way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        # Not what the cards need: a page may be narrower and leave the column out.
        self.setMinimumWidth(1)

    @override
    def sizeHint(self) -> QSize:
        """Always of one width."""
        return QSize(dp(250), super().sizeHint().height())


def set_up_table(table: QTableView, name: str, widths: Sequence[int]) -> None:
    """Give a table our looks: one row at a time, fixed heights, no lines between columns.

    name: what a screen reader calls it. widths: of the columns at 100 %; 0 takes what is left.
    """
    table.setAccessibleName(name)
    table.setProperty("is", "table")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    rows = table.verticalHeader()
    rows.hide()
    # Measuring each row of a long table takes seconds; all are of one height.
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(dp(34))
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column, wide in enumerate(widths):
        if wide:
            table.setColumnWidth(column, dp(wide))
        else:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
