"""A hand at the keyboard: answers typed into the real controls, for the tour and for tests."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from intake_app.core.fields import title_of
from intake_app.ui.answer_edits import LineAnswer, TextAnswer, TimeAnswer
from intake_app.ui.case_page import CasePage
from intake_app.ui.choice_edits import ChoiceAnswer, ChoicesAnswer, SearchAnswer, YesNoAnswer
from intake_app.ui.form_view import AnswerRow, FormView
from intake_app.ui.section_view import SectionView


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press one key."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(widget, key, held)


def type_into(widget: QWidget, words: str) -> None:
    """Replace what a field says, key by key where a keyboard has the keys."""
    widget.setFocus()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        widget.selectAll()
    press(widget, Qt.Key.Key_Backspace)
    for letter in words:
        if letter == "\n":
            press(widget, Qt.Key.Key_Return)
        elif letter.isascii():
            QTest.keyClicks(widget, letter)
        elif isinstance(widget, QLineEdit):
            widget.insert(letter)
            widget.textEdited.emit(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            widget.insertPlainText(letter)


def tick(box: QCheckBox) -> None:
    """Click a box, where its mark is."""
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))


def answer(row: AnswerRow, words: str) -> None:
    """Type or choose an answer the way its control wants it, and leave the field.

    Several choices are parted by `|`. Raises `ValueError` for a choice that is not offered.
    """
    edit = row.edit
    if isinstance(edit, LineAnswer | TimeAnswer | SearchAnswer):
        type_into(edit.line, words)
        press(edit.line, Qt.Key.Key_Return)
    elif isinstance(edit, TextAnswer):
        type_into(edit.text, words)
        press(edit.text, Qt.Key.Key_Tab)
    elif isinstance(edit, ChoiceAnswer):
        place = [choice.label for choice in edit.choices].index(words) + 1
        edit.combo.setCurrentIndex(place)
        edit.combo.activated.emit(place)
    elif isinstance(edit, YesNoAnswer):
        labels = [button.text() for button in edit.buttons]
        QTest.mouseClick(edit.buttons[labels.index(words)], Qt.MouseButton.LeftButton)
    elif isinstance(edit, ChoicesAnswer):
        for box in edit.boxes:
            if box.text() in words.split("|"):
                tick(box)
    else:
        raise TypeError(f"{row.question.name} has a control no hand knows")


def section_with(page: CasePage, record: type) -> str:
    """The title of the section of a case where a record stands."""
    for section in page.forms.sections:
        if record in section.records and record not in section.only:
            return section.title
    raise LookupError(title_of(record).title)


def section_of(page: CasePage, record: type) -> SectionView:
    """Open the section of a case where a record stands."""
    title = section_with(page, record)
    page.open_section(title)
    return page.forms.view(title)


def form_of(page: CasePage, record: type) -> FormView:
    """The form of a record, its section opened; of the chosen row where there are several."""
    view = section_of(page, record)
    return view.forms[record] if record in view.forms else view.tables[record].form


def add(page: CasePage, record: type) -> None:
    """Press "Add …" of a repeated record."""
    QTest.mouseClick(section_of(page, record).tables[record].add, Qt.MouseButton.LeftButton)
