"""Labelled fields outside the case form: for opening and creating an office, and its settings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from intake_app.ui.widgets import Words, dp


class PlainForm(QFormLayout):
    """Labels right, fields left of the middle line; every field has its label as its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(dp(12))
        self.setVerticalSpacing(dp(8))
        self.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def ask(
        self, words: str, field: QWidget, beside: QWidget | None = None, *, help: str = ""
    ) -> QLabel:
        """Add one field; return its label.

        words: the label, also the field's accessible name. beside: a button at its right end.
        help: a quiet line under the field.
        """
        label = self._label(words, Qt.AlignmentFlag.AlignVCenter)
        label.setBuddy(field)
        field.setAccessibleName(words)
        if help:
            field.setAccessibleDescription(help)
        if beside is None and not help:
            self.addRow(label, field)
            return label
        place = QWidget()
        down = QBoxLayout(QBoxLayout.Direction.TopToBottom, place)
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for box in (down, across):
            box.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(3))
        across.setSpacing(dp(8))
        across.addWidget(field, 1)
        if beside is not None:
            across.addWidget(beside)
        down.addLayout(across)
        if help:
            down.addWidget(Words(help, "help", wrap=True))
        place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.addRow(label, place)
        return label

    def act(self, *buttons: QWidget) -> None:
        """Add the buttons that end the form, at its right; the one to press is the last."""
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.addRow(row)

    def tell(self, words: str, said: QWidget) -> None:
        """Add a line that only tells something."""
        said.setAccessibleDescription(words)
        self.addRow(self._label(words, Qt.AlignmentFlag.AlignTop), said)

    def _label(self, words: str, vertical: Qt.AlignmentFlag) -> Words:
        label = Words(words, "label")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | vertical)
        return label
