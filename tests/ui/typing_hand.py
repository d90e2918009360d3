"""A hand that has only a keyboard, and counts: keys pressed, and places the keyboard stopped at."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.ui.answer_edits import LineAnswer, TextAnswer, TimeAnswer
from intake_app.ui.case_page import CasePage
from intake_app.ui.choice_edits import ChoiceAnswer, ChoicesAnswer, SearchAnswer, YesNoAnswer
from intake_app.ui.form_view import AnswerRow
from intake_app.ui.keyboard import form_of, section_of
from intake_app.ui.question_finder import Place, fitting, places
from intake_app.ui.section_view import SectionView

_CTRL = Qt.KeyboardModifier.ControlModifier
_CLOSE_BY = 6
"""So many times Tab is pressed before one thinks of going there by name."""


class TypingHand:
    """Works a case page; `only_tab` keeps to Tab and Ctrl+PgDown, as before there was more."""

    def __init__(self, page: CasePage, *, only_tab: bool = False) -> None:
        self.page, self.only_tab = page, only_tab
        self.presses = 0
        self.letters = 0
        self.stops = 0

    @property
    def ways(self) -> int:
        """Keys pressed to get from one answer to the next, and for nothing else."""
        return self.presses - self.letters

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """One key, or one chord, where the keyboard is."""
        before = QApplication.focusWidget()
        QTest.keyClick(before or self.page, key, held or Qt.KeyboardModifier.NoModifier)
        self.presses += 1
        QApplication.processEvents()
        if QApplication.focusWidget() is not before:
            self.stops += 1

    def write(self, words: str) -> None:
        """Letters where the keyboard is."""
        for letter in words:
            widget = QApplication.focusWidget()
            assert widget is not None
            if letter == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(widget, letter)
            self.presses += 1
            self.letters += 1

    def add(self, record: type) -> None:
        """A new row of a repeated record."""
        view = self._open(record)
        table = view.tables[record]
        others = [one for one in view.tables if one is not record]
        inside = QApplication.focusWidget()
        there = inside is not None and table.isAncestorOf(inside)
        if self.only_tab or (others and not there and next(iter(view.tables)) is not record):
            self._tab_to(table.add)
            self.press(Qt.Key.Key_Space)
        else:
            self.press(Qt.Key.Key_I, _CTRL)

    def answer(self, record: type, field: str, words: str) -> None:
        """Go to a question and answer it."""
        self._go(record, field)
        row = form_of(self.page, record).rows[field]
        self._type_answer(row, words)

    def _type_answer(self, row: AnswerRow, words: str) -> None:
        edit = row.edit
        if isinstance(edit, LineAnswer | TimeAnswer | TextAnswer):
            self.write(words)
        elif isinstance(edit, YesNoAnswer):
            self.write(words[0].lower())
        elif isinstance(edit, ChoiceAnswer):
            for letter in words:
                self.write(letter.lower())
                if edit.combo.currentText() == words:
                    break
            assert edit.combo.currentText() == words, (words, edit.combo.currentText())
        elif isinstance(edit, SearchAnswer):
            for letter in words:
                self.write(letter)
                starts, holds = edit._fits(edit.line.text())
                if [one.label for one in (starts or holds)] == [words]:
                    break
        elif isinstance(edit, ChoicesAnswer):
            for label in words.split("|"):
                box = next(box for box in edit.boxes if box.text() == label)
                for _ in edit.boxes:
                    if QApplication.focusWidget() is box:
                        break
                    self.write(label[0].lower())
                self.press(Qt.Key.Key_Space)

    def _open(self, record: type) -> SectionView:
        """The section of a record, gone to section by section."""
        sections = self.page.forms.sections
        title = next(
            one.title for one in sections if record in one.records and record not in one.only
        )
        for _ in self.page.list.buttons:
            if self.page.open_title == title:
                break
            titles = list(self.page.list.buttons)
            back = titles.index(self.page.open_title) > titles.index(title)
            self.press(Qt.Key.Key_PageUp if back else Qt.Key.Key_PageDown, _CTRL)
        return section_of(self.page, record)

    def _go(self, record: type, field: str) -> None:
        forms = self.page.forms
        title = next(
            one.title
            for one in forms.sections
            if record in one.records and (record not in one.only or field in one.only[record])
        )
        if self.page.open_title != title or self._row(title, record, field) is None:
            title = next(
                one.title
                for one in forms.sections
                if record in one.records and record not in one.only
            )
        wanted = self._row(title, record, field)
        if not self.only_tab and wanted is not None:
            here = forms.view(self.page.open_title).row_with_keyboard()
            if here is wanted:
                return
            found = forms.next_open(self.page.open_title, here)
            if found is not None and found[1] is wanted:
                self.press(Qt.Key.Key_Return, _CTRL)
                return
        near = self._tabs(wanted.edit) if wanted and self.page.open_title == title else None
        if not self.only_tab and (near is None or near > _CLOSE_BY):
            self._by_name(record, field)
            return
        if self.page.open_title != title:
            self._open(record)
        row = form_of(self.page, record).rows[field]
        self._tab_to(row.edit)

    def _row(self, title: str, record: type, field: str) -> AnswerRow | None:
        view = self.page.forms.view(title)
        form = view.forms.get(record) or (
            view.tables[record].form if record in view.tables else None
        )
        return form.rows.get(field) if form is not None else None

    def _by_name(self, record: type, field: str) -> None:
        office = self.page._office
        assert office is not None
        known = places(self.page.forms.sections, office.member.role)
        target = next(
            one for one in known if one.record is record and one.question and
            one.question.name == field
        )  # fmt: skip
        assert target.question is not None
        label = target.question.label
        self.press(Qt.Key.Key_G, _CTRL)
        best = min(
            range(1, len(label) + 1),
            key=lambda count: count + _place(fitting(known, label[:count]), target),
        )
        words = label[:best]
        for letter in words:
            self.write(letter)
            self.letters -= 1
        for _ in range(_place(fitting(known, words), target)):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def _tabs(self, target: QWidget) -> int | None:
        """How often Tab must be pressed to get there; None where it is too far or before."""
        widget = QApplication.focusWidget()
        count = 0
        for _ in range(400):
            if widget is None:
                return None
            if widget is target or target.isAncestorOf(widget):
                return count
            widget = widget.nextInFocusChain()
            if widget is None:
                return None
            tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tab and widget.isVisible() and widget.isEnabled():
                count += 1
        return None

    def _tab_to(self, target: QWidget) -> None:
        for _ in range(120):
            here = QApplication.focusWidget()
            if here is not None and (here is target or target.isAncestorOf(here)):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("the keyboard does not get there")


def _place(found: list[Place], target: Place) -> int:
    return found.index(target) if target in found[:12] else 1000
